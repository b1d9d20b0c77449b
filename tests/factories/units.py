"""Units, what they state each year, and accounts."""

from datetime import date, timedelta

from django.utils import timezone

from tests.factories.rows import made_up_name, next_number, saved
from units.models import ClosedYear, Department, RoleGrant, Unit, UnitYear, User, YearException


def unit(*, code: str | None = None, name: str = "普陀区教育学院", **fields) -> Unit:
    """A school without a superior; ``parent=`` and ``kind=`` make it anything else."""
    fields.setdefault("short_name", "学院")
    row = Unit(code=code or f"unit-{next_number()}", name=name, **fields)
    # ``path`` is worked out by save() and must not be empty for full_clean().
    row.full_clean(exclude=["path"])
    row.save()
    return row


def user(role: str | None = None, *, unit: Unit | None = None, **fields) -> User:
    """An account that holds ``role`` in ``unit``; without a role, one that may do nothing.

    It has no usable password (sign in with ``client.force_login``) unless ``password=`` is given.
    """
    fields.setdefault("username", f"{role or 'nobody'}-{next_number()}")
    fields.setdefault("full_name", made_up_name())
    account = User.objects.create_user(**fields)
    if role is not None:
        role_grant(account, unit, role)
    return account


def role_grant(account: User, unit: Unit, role: str) -> RoleGrant:
    """One more role for ``account``."""
    row = RoleGrant(user=account, unit=unit, role=role)
    row.save()  # which checks it, whatever door it comes through
    account.__dict__.pop("_held_grants", None)
    return row


def unit_year(unit: Unit, year: int = 2017, **fields) -> UnitYear:
    """The head counts of the 2017 case: 105 staff, 57 of them full-time teachers."""
    fields.setdefault("closes_on", date(year, 12, 31))
    fields.setdefault("staff_total", 105)
    fields.setdefault("full_time_teachers", 57)
    return saved(UnitYear(unit=unit, year=year, **fields))


def department(unit: Unit, name: str | None = None) -> Department:
    """A department; its name differs from the ones before."""
    return saved(Department(unit=unit, name=name or f"第{next_number()}教研室"))


def closed_year(unit: Unit, by: User, year: int = 2017, **fields) -> ClosedYear:
    """The calendar year, closed by a secretary in January of the next."""
    fields.setdefault("first_on", date(year, 1, 1))
    fields.setdefault("last_on", date(year, 12, 31))
    fields.setdefault("closed_at", timezone.make_aware(timezone.datetime(year + 1, 1, 5, 9)))
    return saved(ClosedYear(unit=unit, year=year, closed_by=by, **fields))


def year_exception(closed: ClosedYear, user: User, by: User, **fields) -> YearException:
    """An exception for ``user``, from now on for a week."""
    fields.setdefault("reason", "补录漏登的活动")
    fields.setdefault("started_at", timezone.now())
    fields.setdefault("ends_at", fields["started_at"] + timedelta(days=7))
    return saved(
        YearException(unit=closed.unit, closed_year=closed, user=user, granted_by=by, **fields)
    )
