"""Who somebody is: the check of user name and password, and the steps of signing in and out."""

from dataclasses import replace
from datetime import datetime, timedelta

from django.contrib.auth import login, logout
from django.contrib.auth.backends import BaseBackend
from django.contrib.auth.hashers import make_password
from django.contrib.auth.signals import user_logged_in
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from units.account_events import report
from units.acting import acting, current_act
from units.events import Action, hold_chain
from units.models import OpenSession, User
from units.passwords import one_time_password_is_dead, use_one_time_password
from units.second_factor import has_second_factor
from units.sessions import account_in_use
from units.turns import turn_to_check

BACKEND = "units.signin.RoleBackend"
PENDING_FOR = timedelta(minutes=5)
_PENDING = "sign_in"


class RoleBackend(BaseBackend):
    """Signs in by user name and password; rights are asked of the account itself."""

    def authenticate(self, request, username=None, password=None, **kwargs):
        """The account, or None. An unknown name costs the same time as a wrong password."""
        user = User.objects.filter(username=username).first() if username else None
        with turn_to_check():
            if user is None:
                make_password(password)
                return None
            is_right = user.check_password(password or "")
        return user if is_right and user.is_active else None

    def get_user(self, user_id):
        """The active account with that key, or None."""
        return account_in_use(user_id)


def refuse_dead_password(user: User):
    """ValidationError for a one-time password that was used, or is older than 24 hours.

    Only somebody who has that password is told, and it opens nothing any more.
    """
    if one_time_password_is_dead(user, now=timezone.now()):
        raise ValidationError(
            _(
                "This one-time password was used already, or is older than 24 hours. Ask the "
                "system administrator for a new one."
            ),
            code="one_time_password_dead",
        )


def password_given(request, user: User, *, going_to: str) -> bool:
    """The first step is done. True if that was all; False if a code has to follow.

    Until the code is there, the session knows only who is expected: nobody is signed in.
    """
    if not has_second_factor(user):
        sign_in(request, user)
        return True
    request.session.cycle_key()
    request.session[_PENDING] = {
        "user": user.pk,
        "password": user.get_session_auth_hash(),
        "at": timezone.now().isoformat(),
        "going_to": going_to,
    }
    return False


def expected_user(request, *, now: datetime) -> tuple[User | None, str]:
    """Who gave the right password in this browser less than five minutes ago, and where to go."""
    pending = request.session.get(_PENDING)
    if pending is None or now >= parse_datetime(pending["at"]) + PENDING_FOR:
        return None, ""
    user = User.objects.filter(pk=pending["user"], is_active=True).first()
    if user is None or user.get_session_auth_hash() != pending["password"]:
        return None, ""
    return user, pending["going_to"]


def sign_in(request, user: User, *, second_factor: str = ""):
    """Open a session for ``user``, whose factors were all right, and report it.

    ``second_factor`` names what was given besides the password. ValidationError if the one-time
    password was used up by another request in the meantime.
    """
    with acting(replace(current_act(), user=user)), transaction.atomic():
        hold_chain()
        if user.must_change_password and not use_one_time_password(user, now=timezone.now()):
            refuse_dead_password(user)
        request.session.pop(_PENDING, None)
        user.gave_second_factor = bool(second_factor)
        login(request, user, backend=BACKEND)
        report(Action.SIGN_IN, user, **({"second_factor": second_factor} if second_factor else {}))


def sign_out(request):
    """End this browser's session here and in the database, and report it."""
    with transaction.atomic():
        hold_chain()
        if request.user.is_authenticated:
            report(Action.SIGN_OUT, request.user)
        OpenSession.objects.filter(session_key=request.session.session_key).delete()
        logout(request)


def connect():
    """Note the time of a sign-in without an event of its own; called when the apps are ready."""
    # Under the name of Django's own receiver, which then is not connected beside it.
    user_logged_in.disconnect(dispatch_uid="update_last_login")
    user_logged_in.connect(_note_last_login, dispatch_uid="update_last_login")


def _note_last_login(sender, user, **kwargs):
    """As Django's ``update_last_login``. The event of the sign-in says all that this changes, so
    the queryset is the plain one, which reports nothing."""
    user.last_login = timezone.now()
    models.QuerySet(User).filter(pk=user.pk).update(last_login=user.last_login)
