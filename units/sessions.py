"""How long a sign-in lasts, and who ends it.

A session is good while its :class:`OpenSession` row is there, was used within the idle limit, is
younger than twelve hours, and the account's roles are those it was opened with. Django itself ends
the sessions of a changed password; here the rows go as well, so that nobody sees dead ones listed.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth import SESSION_KEY, logout
from django.contrib.auth.signals import user_logged_in
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import F, QuerySet
from django.db.models.signals import post_save
from django.utils import timezone

from units.account_events import report
from units.acting import Act, acting
from units.addresses import browser_of
from units.events import Action, hold_chain
from units.models import OpenSession, User

TOUCHED_EVERY = timedelta(minutes=1)
RECENT = timedelta(minutes=10)
_FACTS = (
    *("session_key", "pk", "signed_in_at", "seen_at", "confirmed_at"),
    *("second_factor", "roles"),
)
"""What is read of each :class:`OpenSession`; all but the first is a :class:`SessionInUse`."""


@dataclass(frozen=True)
class SessionInUse:
    """What a request knows of the session it came with; read together with its account."""

    key: int
    signed_in_at: datetime
    seen_at: datetime
    confirmed_at: datetime
    second_factor: bool
    roles: str
    roles_now: frozenset[tuple[int, str]]

    def over_because(self, *, now: datetime) -> str | None:
        """Why the session must end: "idle", "age" or "roles"; None while it may go on."""
        if now >= self.seen_at + timedelta(minutes=settings.IDLE_MINUTES):
            return "idle"
        if now >= self.signed_in_at + timedelta(seconds=settings.SESSION_COOKIE_AGE):
            return "age"
        return "roles" if self.roles != _stamp(self.roles_now) else None

    def is_recent(self, *, now: datetime) -> bool:
        """Whether the password was asked for within the last ten minutes."""
        return now < self.confirmed_at + RECENT


class OpenSessionMiddleware:
    """Ends sessions that are over, and keeps the time of last use to the minute.

    ``request.open_session`` is what it found, or None; ``request.was_signed_in`` the account whose
    session ended just now, so that what it sent can be kept for it (:mod:`units.drafts`).
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.open_session = request.was_signed_in = None
        if request.user.is_authenticated:
            self._look(request, now=timezone.now())
        elif request.session.get(SESSION_KEY):
            # The account is disabled: the session must not come back to life with it.
            request.session.flush()
        return self.get_response(request)

    def _look(self, request, *, now: datetime):
        found = session_in_use(request)
        if found is None:
            logout(request)
            return
        reason = found.over_because(now=now)
        if reason is not None:
            request.was_signed_in = request.user
            _end_this(request, reason)
            return
        if now >= found.seen_at + TOUCHED_EVERY:
            OpenSession.objects.filter(pk=found.key).update(seen_at=now)
        request.open_session = found


def account_in_use(key) -> User | None:
    """The active account with that key, or None.

    Every request asks for the account, its roles and its sessions: they come in one query.
    """
    facts = {f"session_{name}": F(f"open_sessions__{name}") for name in _FACTS}
    rows = list(
        User.objects.filter(pk=key, is_active=True)
        .annotate(unit_held=F("grants__unit"), role_held=F("grants__role"), **facts)
        .order_by("unit_held", "role_held")
    )
    if not rows:
        return None
    account = rows[0]
    held = [(row.unit_held, row.role_held) for row in rows if row.unit_held is not None]
    account.take_grants(dict.fromkeys(held))
    account.sessions_read = {row.session_session_key: _in_use(row, held) for row in rows}
    return account


def _in_use(row: User, held: list[tuple[int, str]]) -> SessionInUse:
    _session_key, *facts = (getattr(row, f"session_{name}") for name in _FACTS)
    return SessionInUse(*facts, roles_now=frozenset(held))


def session_in_use(request) -> SessionInUse | None:
    """The open session of this request's person and cookie, with the roles held at present."""
    return request.user.sessions_read.get(request.session.session_key)


def open_session(request, user: User, *, second_factor: bool | None = None) -> OpenSession:
    """Make this browser's session one of ``user``'s open ones.

    What was known of the same browser's sign-in stays (a changed session key is no new sign-in);
    ``second_factor`` None leaves that as it was.
    """
    now, before = timezone.now(), getattr(request, "open_session", None)
    return OpenSession.objects.create(
        user=user,
        session_key=request.session.session_key,
        signed_in_at=before.signed_in_at if before else now,
        seen_at=now,
        confirmed_at=now,
        second_factor=bool(before and before.second_factor)
        if second_factor is None
        else second_factor,
        roles=_stamp(user.grants.values_list("unit_id", "role")),
        address=request.META.get("REMOTE_ADDR", ""),
        browser=browser_of(request)[:60],
    )


def renew_session_key(request, *, second_factor: bool | None = None):
    """Give the session a new id, as after every rise of rights, and note that the password was
    asked for just now."""
    with transaction.atomic():
        OpenSession.objects.filter(session_key=request.session.session_key).delete()
        request.session.cycle_key()
        open_session(request, request.user, second_factor=second_factor)


def end_sessions(user: User, *, but: str | None = None) -> int:
    """End every session of ``user`` but the one with that session key; returns how many ended."""
    return _end(user.open_sessions.exclude(session_key=but) if but else user.open_sessions.all())


def sign_out_elsewhere(user: User, *, only: str | None = None, but: str | None = None) -> int:
    """End sessions of ``user`` from another browser, and report it; returns how many ended.

    ``only`` is the key of one :class:`OpenSession`; ``but`` the session key of one that stays.
    """
    with transaction.atomic():
        hold_chain()
        if only is None:
            ended = end_sessions(user, but=but)
        else:
            ended = _end(user.open_sessions.filter(pk=int(only) if only.isdecimal() else None))
        if ended:
            report(Action.SIGN_OUT, user, why="ended from another browser", sessions=ended)
    return ended


def live_sessions(*, now: datetime) -> QuerySet[OpenSession]:
    """The sessions, of everybody, that can still be used; the latest used first."""
    return OpenSession.objects.filter(
        seen_at__gt=now - timedelta(minutes=settings.IDLE_MINUTES),
        signed_in_at__gt=now - timedelta(seconds=settings.SESSION_COOKIE_AGE),
    )


def connect():
    """Attach to what Django says about accounts; called once, when the apps are ready."""
    user_logged_in.connect(_opened, dispatch_uid="units.sessions")
    post_save.connect(_disabled, sender=User, dispatch_uid="units.sessions")


def _opened(sender, request, user, **kwargs):
    """Whatever signed the person in: a session without its row would end at once."""
    now = timezone.now()
    _end(user.open_sessions.exclude(pk__in=live_sessions(now=now)))
    request.open_session = None
    _take_new_key(request)
    open_session(request, user, second_factor=bool(getattr(user, "gave_second_factor", False)))
    if settings.ONE_SESSION:
        end_sessions(user, but=request.session.session_key)


def _take_new_key(request):
    """Django leaves two cases without a new key: somebody else was signed in here, or oneself."""
    key = request.session.session_key
    if key is None:
        request.session.create()
    elif OpenSession.objects.filter(session_key=key).delete()[0]:
        request.session.cycle_key()


def _disabled(sender, instance, **kwargs):
    if not instance.is_active:
        end_sessions(instance)


def _end(rows: QuerySet[OpenSession]) -> int:
    keys = list(rows.values_list("session_key", flat=True))
    if keys:
        OpenSession.objects.filter(session_key__in=keys).delete()
        Session.objects.filter(session_key__in=keys).delete()
    return len(keys)


def _end_this(request, reason: str):
    act = Act(user=request.user, source=request.path, address=request.META.get("REMOTE_ADDR", ""))
    with acting(act), transaction.atomic():
        hold_chain()
        report(Action.SIGN_OUT, request.user, why=reason)
        OpenSession.objects.filter(session_key=request.session.session_key).delete()
        logout(request)


def _stamp(roles) -> str:
    """A short name for a set of (unit key, role); another set has another."""
    return hashlib.sha256(repr(sorted(roles)).encode()).hexdigest()
