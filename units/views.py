"""Signing in and out, the language, and the pages of errors."""

import logging
import secrets

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import LoginView
from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_POST
from django.views.i18n import set_language

from units.forms import SignInForm
from units.signin import password_given

logger = logging.getLogger("records")


@method_decorator(login_not_required, name="dispatch")
class SignIn(LoginView):
    """The one sign-in page; ``?next=`` leads back only within this site."""

    template_name = "units/sign_in.html"
    form_class = SignInForm
    redirect_authenticated_user = True

    def form_valid(self, form):
        """The password was right: sign in, or ask for the code of the second factor."""
        user, going_to = form.get_user(), self.get_success_url()
        try:
            complete = password_given(self.request, user, going_to=going_to)
        except ValidationError as refused:
            form.add_error(None, refused)
            return self.form_invalid(form)
        return HttpResponseRedirect(going_to) if complete else redirect("enter-code")


@login_not_required
@require_POST
def choose_language(request) -> HttpResponseRedirect:
    """Remember the posted ``language`` in a cookie and go back to the page it was chosen on."""
    return set_language(request)


def server_error(request) -> HttpResponse:
    """The page of a failure, with a number under which the log tells what happened.

    It must not fail itself: it asks neither the database nor the session for anything.
    """
    number = secrets.token_hex(4)
    logger.error("Failure %s at %s", number, request.path, exc_info=True)
    return render(None, "500.html", {"number": number}, status=500)
