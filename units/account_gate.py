"""What a signed-in person must do before anything else: every page leads there until it is done."""

from datetime import datetime

from django.http import HttpRequest
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from units.passwords import must_change
from units.second_factor import is_compulsory_for

PASSWORD = "change-password"  # noqa: S105 - the name of a page
SECOND_FACTOR = "set-up-second-factor"


def open_to(*demands: str):
    """Mark a view as one that people may use while they still have to meet ``demands``."""

    def mark(view):
        view.open_to = frozenset(demands)
        return view

    return mark


class AccountGateMiddleware:
    """Sends people to the change of a one-time or expired password, and to the set-up of a
    compulsory second factor, from whatever page they ask for."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        """Redirect unless the view is open to everybody, or to people with that demand."""
        if not request.user.is_authenticated or not getattr(view, "login_required", True):
            return None
        demand = demand_on(request, now=timezone.now())
        if demand is None or demand in getattr(view, "open_to", ()):
            return None
        query = {"next": request.get_full_path()} if request.method == "GET" else None
        return redirect(reverse(demand, query=query))


def demand_on(request: HttpRequest, *, now: datetime) -> str | None:
    """The name of the page where the signed-in person must go first, or None."""
    if must_change(request.user, now=now):
        return PASSWORD
    session = request.open_session
    roles = {role for _unit, role in session.roles_now} if session else set()
    if is_compulsory_for(roles) and not (session and session.second_factor):
        return SECOND_FACTOR
    return None
