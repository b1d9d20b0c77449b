"""Too many wrong passwords: the name, or the address they come from, is refused for a while.

Built on django-axes, with its own way of counting. Every failure is a row of its own, so that
exactly those of the last 30 minutes count; five for one name or twenty from one address lock that
name or address for 30 minutes (GB/T 22239 身份鉴别 b). The rows hold no password, no browser and,
because people type passwords into the wrong field, no name: only a keyed hash of it.
"""

import uuid
from collections.abc import Iterable
from datetime import datetime

from axes.handlers.database import AxesDatabaseHandler
from axes.handlers.proxy import AxesProxyHandler
from axes.models import AccessAttempt
from django.conf import settings
from django.contrib.auth.signals import user_login_failed
from django.db import transaction
from django.db.models import Count, Max, QuerySet
from django.utils import timezone
from django.utils.crypto import salted_hmac

from units.account_events import report
from units.events import Action, hold_chain
from units.models import User


def name_key(request, credentials) -> str:
    """What stands for the typed user name in the table of failures (AXES_USERNAME_CALLABLE)."""
    return _key((credentials or {}).get("username") or "")


class Lockout(AxesDatabaseHandler):
    """Counts failures, locks, and reports both to the change log (AXES_HANDLER)."""

    def get_failures(self, request, credentials=None) -> int:
        """Failures of the name, or those of the address in proportion if that is worse."""
        by_name, by_address = (
            each.count() for each in self.get_user_attempts(request, credentials)
        )
        in_proportion = by_address * settings.AXES_FAILURE_LIMIT // settings.ADDRESS_FAILURE_LIMIT
        return max(by_name, in_proportion)

    def user_login_failed(self, sender, credentials, request=None, step="password", **kwargs):
        """Note a failure. While locked nothing is noted: the lock neither grows nor fills the log.

        ``step`` says what was wrong: the password, or the second factor's code.
        """
        request.axes_credentials = credentials
        if request.axes_locked_out:
            return
        account = User.objects.filter(username=credentials.get("username")).first()
        with transaction.atomic():
            hold_chain()
            self.clean_expired_user_attempts(request, credentials)
            self._note(request, credentials)
            report(Action.SIGN_IN_FAILED, account, step=step)
            if self.is_locked(request, credentials):
                request.axes_locked_out = True
                self._lock(request, credentials, account)

    def user_logged_in(self, sender, request, user, **kwargs):
        """A complete sign-in forgives the name's failures, never those of the address."""
        forgive(user)

    def user_logged_out(self, sender, request, user, **kwargs):
        """Signing out changes nothing here; the change log reports it."""

    def _note(self, request, credentials):
        AccessAttempt.objects.create(
            username=name_key(request, credentials),
            ip_address=request.axes_ip_address,
            # django-axes allows one row per name, address and browser: a mark keeps them apart.
            user_agent=str(uuid.uuid4()),
            path_info=request.axes_path_info,
            failures_since_start=1,
        )

    def _lock(self, request, credentials, account):
        """Let all failures that count run out together, 30 minutes from now."""
        by_name, by_address = self.get_user_attempts(request, credentials)
        named = by_name.count() >= settings.AXES_FAILURE_LIMIT
        # Without this, a lock would end when the first of five failures is 30 minutes old.
        (by_name if named else by_address).update(attempt_time=timezone.now())
        report(Action.LOCKED, account if named else None, whose="name" if named else "address")


def refuse_code(request, user: User):
    """Note a wrong code of ``user``'s second factor, as a wrong password is noted."""
    user_login_failed.send(
        sender=__name__, credentials={"username": user.username}, request=request, step="code"
    )


def is_locked(request, user: User) -> bool:
    """Whether ``user`` is refused at the moment; the answer then is the lock-out page."""
    credentials = {"username": user.username}
    locked = not AxesProxyHandler.is_allowed(request, credentials)
    if locked:
        request.axes_locked_out, request.axes_credentials = True, credentials
    return locked


def locks(accounts: Iterable[User], *, now: datetime) -> dict[int, datetime]:
    """When the lock of each locked one of ``accounts`` ends, by the account's key."""
    counted = (
        AccessAttempt.objects.filter(attempt_time__gt=now - settings.AXES_COOLOFF_TIME)
        .order_by()
        .values_list("username")
        .annotate(Count("pk"), Max("attempt_time"))
    )
    ends = {
        key: last + settings.AXES_COOLOFF_TIME
        for key, number, last in counted
        if number >= settings.AXES_FAILURE_LIMIT
    }
    keys = ((account.pk, _key(account.username)) for account in accounts)
    return {pk: ends[key] for pk, key in keys if key in ends}


def forgive(user: User) -> int:
    """Forget the failures of ``user``'s name; returns how many there were.

    They go on counting for the address: one good account must not wash it clean.
    """
    return _failures(user).update(username="")


def unlock(user: User) -> bool:
    """Open a locked account before its time, and report it; False if it was not locked."""
    with transaction.atomic():
        hold_chain()
        was_locked = bool(locks([user], now=timezone.now()))
        forgive(user)
        if was_locked:
            report(Action.UNLOCKED, user, whose="name")
    return was_locked


def unlock_address(address: str) -> bool:
    """Open a locked address before its time, and report it; False if nothing was noted of it."""
    with transaction.atomic():
        hold_chain()
        noted = AccessAttempt.objects.filter(ip_address=address)
        forgotten = noted.update(ip_address=None)
        if forgotten:
            report(Action.UNLOCKED, None, whose="address", address=address)
    return bool(forgotten)


def _failures(user: User) -> QuerySet:
    return AccessAttempt.objects.filter(username=_key(user.username))


def _key(name: str) -> str:
    return salted_hmac("units.lockout", name, algorithm="sha256").hexdigest()
