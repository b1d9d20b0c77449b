"""What a system administrator does for other people's accounts: unlock, sign out, disable, reset.

Only who administers every unit an account has a role in may touch it, and nobody their own: the
password of an account opens all of them.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from units.lockout import locks
from units.models import RoleGrant, SecondFactor, Unit, User
from units.roles import Role
from units.second_factor import remove
from units.sessions import live_sessions, sign_out_elsewhere

UNUSED_AFTER = timedelta(days=90)


@dataclass(frozen=True)
class AccountState:
    """One line of the administrators' list."""

    account: User
    sessions: int
    has_second_factor: bool
    unused: bool
    locked_until: datetime | None


def units_administered_by(user: User) -> QuerySet[Unit]:
    """The units where ``user`` is system administrator, and every unit below them."""
    tops = Unit.objects.filter(grants__user=user, grants__role=Role.ADMINISTRATOR)
    below = Q(pk__in=[])
    for path in tops.values_list("path", flat=True):
        below |= Q(path__startswith=path)
    return Unit.objects.filter(below)


def accounts_in_care_of(administrator: User) -> QuerySet[User]:
    """The accounts that ``administrator`` may touch, by name."""
    units = units_administered_by(administrator)
    grants = RoleGrant.objects.filter(user=OuterRef("pk"))
    return (
        User.objects.filter(Exists(grants.filter(unit__in=units)))
        .exclude(Exists(grants.exclude(unit__in=units)))
        .exclude(pk=administrator.pk)
        .order_by("username")
    )


def states(accounts: QuerySet[User], *, now: datetime) -> list[AccountState]:
    """How each of ``accounts`` stands: sessions, second factor, lock, and whether it is unused."""
    live = Q(open_sessions__in=live_sessions(now=now))
    rows = list(
        accounts.annotate(
            protected=Exists(SecondFactor.objects.filter(user=OuterRef("pk"))),
            sessions=Count("open_sessions", filter=live),
        )
    )
    ends = locks(rows, now=now)
    return [
        AccountState(
            account=account,
            sessions=account.sessions,
            has_second_factor=account.protected,
            unused=is_unused(account, now=now),
            locked_until=ends.get(account.pk),
        )
        for account in rows
    ]


def is_unused(account: User, *, now: datetime) -> bool:
    """Whether nobody signed in to this active account for 90 days (GB/T 22239 访问控制 c)."""
    last = account.last_login or account.created_at
    return account.is_active and last <= now - UNUSED_AFTER


def disable(account: User):
    """Close the account of somebody who leaves: no sign-in, no session, history untouched."""
    account.is_active = False
    account.save()


def reset_second_factor(account: User):
    """Take the lost second factor away and end the account's sessions."""
    with transaction.atomic():
        remove(account)
        sign_out_elsewhere(account)
