"""What every request passes: the scope of its person, and the ban on keeping copies."""

import logging
import uuid

from django.shortcuts import render
from django.utils.cache import patch_cache_control

from units.acting import Act, acting
from units.events import LogUnavailable
from units.recording import ChangeRefused
from units.scoping import scope_of_units, units_seen_by

logger = logging.getLogger("records")


class ScopeMiddleware:
    """Runs the view, and the making of its answer, in the signed-in person's scope.

    ``request.units_seen`` are the units of that scope.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.units_seen = units_seen_by(request.user)
        with scope_of_units(request.units_seen):
            response = self.get_response(request)
            # A template response renders lazily; outside this block its queries would raise.
            if hasattr(response, "render") and not response.is_rendered:
                response.render()
        return response


class ActMiddleware:
    """Tells the change log who is asking, through which page and from where.

    The query of the address is left out: it may hold a name that was searched for. The address is
    the connection's own; X-Forwarded-For could be written by anybody.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        act = Act(
            user=request.user if request.user.is_authenticated else None,
            source=request.path,
            request_id=str(uuid.uuid4()),
            address=request.META.get("REMOTE_ADDR", ""),
        )
        with acting(act):
            return self.get_response(request)


class LogUnavailableMiddleware:
    """Says in words that nothing was done, where the change log could not be written."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        """The page of a failed log; None for every other failure."""
        if not isinstance(exception, LogUnavailable):
            return None
        logger.error("The change log cannot be written at %s", request.path, exc_info=exception)
        return render(request, "units/log_unavailable.html", status=503)


class ChangeRefusedMiddleware:
    """Says in words why something must not be written, where the page itself does not say it.

    A closed year refuses at the writing too (:mod:`units.year_lock`), so a page that forgot to ask
    before gives no failure, and nothing slips through.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        """The page of a refused change; None for every other failure."""
        if not isinstance(exception, ChangeRefused):
            return None
        context = {"refusals": exception.messages}
        return render(request, "units/change_refused.html", context, status=409)


class NoStoreMiddleware:
    """Forbids browsers and proxies to keep what a signed-in person was shown.

    Office computers are shared: after signing out, the Back button must show nothing.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        signed_in = request.user.is_authenticated
        response = self.get_response(request)
        if signed_in or request.user.is_authenticated:
            patch_cache_control(response, no_store=True, private=True)
        return response
