"""From which address a request comes: the connection's own, or what a known proxy says of it."""

from django.conf import settings


class RealAddressMiddleware:
    """Puts the browser's address in place of the proxy's, for proxies named in TRUSTED_PROXIES.

    Anybody can write X-Forwarded-For. It is believed only on connections from a proxy of ours, and
    only its last entry that is no proxy of ours, because that one our proxy wrote itself. The same
    goes for X-Forwarded-Proto, which says whether the browser's side of the proxy is HTTPS.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        trusted = settings.TRUSTED_PROXIES
        if request.META.get("REMOTE_ADDR") in trusted:
            hops = [hop.strip() for hop in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")]
            real = next((hop for hop in reversed(hops) if hop and hop not in trusted), None)
            if real is not None:
                request.META["REMOTE_ADDR"] = real
            if request.META.get("HTTP_X_FORWARDED_PROTO") == "https":
                request.META["wsgi.url_scheme"] = "https"
        return self.get_response(request)


def browser_of(request) -> str:
    """Browser and system in two words, for people to tell their sessions apart; "" if unknown."""
    said = request.META.get("HTTP_USER_AGENT", "")
    return " · ".join(word for names in (_BROWSERS, _SYSTEMS) if (word := _first(names, said)))


# In this order: most browsers name those they descend from as well.
_BROWSERS = {
    "MicroMessenger": "微信",
    "Edg": "Edge",
    "QQBrowser": "QQ 浏览器",
    "Firefox": "Firefox",
    "Chrome": "Chrome",
    "Safari": "Safari",
}
_SYSTEMS = {
    "HarmonyOS": "HarmonyOS",
    "Android": "Android",
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Windows": "Windows",
    "Mac OS": "macOS",
    "Linux": "Linux",
}


def _first(names: dict[str, str], said: str) -> str:
    return next((shown for mark, shown in names.items() if mark in said), "")
