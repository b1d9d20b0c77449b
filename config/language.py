"""Chinese unless somebody chose otherwise."""

from django.conf import settings
from django.utils import translation


class ChineseFirstMiddleware:
    """Activates the language of the cookie, else Chinese.

    Django's own LocaleMiddleware follows the browser, so that an English Windows would get English
    pages in a Chinese office.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
        known = {code for code, _ in settings.LANGUAGES}
        language = chosen if chosen in known else settings.LANGUAGE_CODE
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response
