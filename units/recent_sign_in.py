"""The password once more, before what must not happen at a screen that somebody left."""

from functools import wraps
from urllib.parse import urlsplit

from django.http import HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from units.drafts import keep_posted


def recent_sign_in_required(view):
    """Ask for the password again unless it was given within the last ten minutes.

    What a form was about to send is kept as a draft and offered when its page opens again.
    """

    @wraps(view)
    def checked(request, *args, **kwargs):
        return password_once_more(request) or view(request, *args, **kwargs)

    return checked


def password_once_more(request) -> HttpResponseRedirect | None:
    """The way to the page that asks; None if the password was given within the last ten minutes."""
    session = request.open_session
    if session is not None and session.is_recent(now=timezone.now()):
        return None
    if request.method == "POST":
        keep_posted(request, request.user)
    return redirect(reverse("confirm-sign-in", query={"next": _way_back(request)}))


def safe_address(request, address: str | None) -> str:
    """``address`` if it lies within this site, else the start page."""
    hosts = {request.get_host()}
    if address and url_has_allowed_host_and_scheme(
        address, allowed_hosts=hosts, require_https=request.is_secure()
    ):
        return address
    return reverse("home")


def _way_back(request) -> str:
    """The page to return to: this one, or the one whose button was pressed."""
    if request.method == "GET":
        return request.get_full_path()
    page = urlsplit(safe_address(request, request.headers.get("Referer")))
    return page.path + (f"?{page.query}" if page.query else "")
