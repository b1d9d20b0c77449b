"""What changes in a colleague's life, as the office writes it down: one deed, one function.

No deed overwrites anything. It gives an end to rows that last, and adds rows that begin; what was
true before stays true of the days before. A deed is planned first, so that a page can say in words
what it will do, and carried out as planned.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from members.models import Appointment, Employment, Member, Membership, Organisation, Title
from units.dates import DatedRow, Precision, first_day_of
from units.events import hold_chain
from units.written_dates import written


@dataclass(frozen=True)
class Move:
    """What one deed does: the rows that get their end, and the rows that begin."""

    ends: tuple[DatedRow, ...] = ()
    begins: tuple[DatedRow, ...] = ()

    def words(self) -> list[str]:
        """A sentence for each row: until when it counts, or from when on."""
        return [*map(_end_in_words, self.ends), *map(_beginning_in_words, self.begins)]

    def carry_out(self) -> DatedRow:
        """Store all of it or nothing; the row that begins or, where none does, the first that ends.

        ValidationError in words, also where a closed year forbids it (``units.year_lock``).
        """
        with transaction.atomic():
            hold_chain()
            for row in (*self.ends, *self.begins):
                row.full_clean()
                row.save()
        return (*self.begins, *self.ends)[0]


def leaving(member: Member, *, day: date, ending: Iterable[DatedRow] = ()) -> Move:
    """``member`` leaves the unit (调出); posts that end as well are in ``ending``.

    A party membership is the party's and goes on, as do titles; nobody is counted without an
    employment. ValidationError where there is none that lasts.
    """
    return Move(ends=_ended([_employment_of(member), *ending], day))


def retirement(member: Member, *, day: date, status: str, ending: Iterable[DatedRow] = ()) -> Move:
    """``member`` retires: 退休 or 离休, as ``status`` says. Party membership stays as it is."""
    employment = _employment_of(member)
    if employment.status != Employment.Status.IN_SERVICE:
        raise ValidationError(
            _("%(name)s is retired already: correct that entry instead.") % {"name": member}
        )
    retired = Employment(unit=member.unit, member=member, status=status, started_on=day)
    return Move(ends=_ended([employment, *ending], day), begins=(retired,))


def coming_back(employment: Employment) -> Move:
    """Somebody who left comes back, or somebody retired is employed again (返聘)."""
    lasting = _lasting(Employment, employment.member).first()
    if lasting is not None and lasting.status == employment.status:
        raise ValidationError(
            _("%(name)s is employed here already: end that entry first.")
            % {"name": employment.member}
        )
    return Move(ends=_followed(lasting, employment), begins=(employment,))


def taking_post(post: Appointment, *, ending: Iterable[Appointment] = ()) -> Move:
    """A post begins; the posts it follows (one's own before it, a predecessor's) end that day."""
    ending = list(ending)
    if ending and post.started_on is None:
        raise ValidationError(_("Enter since when: on that day the other post ends."))
    return Move(ends=_ended(ending, post.started_on), begins=(post,))


def giving_up_post(post: Appointment, *, day: date) -> Move:
    """A post ends."""
    return Move(ends=_ended([post], day))


def new_title(title: Title) -> Move:
    """A title is awarded. Earlier ones stay: the latest is the one that counts."""
    return Move(begins=(title,))


def joining(membership: Membership) -> Move:
    """Somebody joins a democratic party. Two parties at once are two rows."""
    return Move(begins=(membership,))


def leaving_party(membership: Membership, *, day: date, ending: Iterable[DatedRow] = ()) -> Move:
    """A membership ends, and the posts in that party named in ``ending``."""
    return Move(ends=_ended([membership, *ending], day))


def changing_organisation(
    membership: Membership, *, day: date, organisation: Organisation | None
) -> Move:
    """The membership goes on in another organisation of the same party."""
    if organisation == membership.organisation:
        raise ValidationError(_("That is the organisation of today: choose the new one."))
    goes_on = Membership(
        unit=membership.unit,
        member=membership.member,
        party=membership.party,
        organisation=organisation,
        started_on=day,
    )
    return Move(ends=_ended([membership], day), begins=(goes_on,))


def lasting_posts(member: Member):
    """The posts of ``member`` that have no end yet: what a deed may end together with it."""
    return _lasting(Appointment, member).select_related("party", "organisation")


def _lasting(model: type[DatedRow], member: Member):
    return model.objects.filter(member=member, ended_on__isnull=True)


def _employment_of(member: Member) -> Employment:
    employment = _lasting(Employment, member).select_related("department").first()
    if employment is None:
        raise ValidationError(
            _("%(name)s has no employment here that lasts: there is nothing to end.")
            % {"name": member}
        )
    return employment


def _followed(lasting: Employment | None, by: Employment) -> tuple[DatedRow, ...]:
    if lasting is None:
        return ()
    if by.started_on is None:
        raise ValidationError(_("Enter since when: on that day the employment before it ends."))
    return _ended([lasting], by.started_on)


def _ended(rows: Iterable[DatedRow], day: date) -> tuple[DatedRow, ...]:
    """``rows`` with their end on ``day``. ValidationError for one that ended already or begins
    only then: its entry has to be corrected, which no deed does."""
    rows = tuple(rows)
    for row in rows:
        if row.ended_on is not None:
            raise ValidationError(
                _("%(row)s ended on %(day)s already: correct that entry instead.")
                % {"row": named(row), "day": row.ended_on}
            )
        if row.started_on is not None and row.started_on >= day:
            raise ValidationError(
                _("%(row)s begins on %(day)s: it can only end on a later day.")
                % {"row": named(row), "day": row.started_on}
            )
    for row in rows:
        row.ended_on = day
    return rows


def named(row: DatedRow) -> str:
    """The row in a sentence: its kind, and what it says."""
    where = getattr(row, "organisation", None) if isinstance(row, Membership) else None
    what = " ".join(filter(None, (str(row), str(where or ""))))
    return _("%(kind)s “%(row)s”") % {"kind": row._meta.verbose_name, "row": what}


def _end_in_words(row: DatedRow) -> str:
    return _("%(row)s: %(eve)s still counts, from %(day)s on it does not.") % {
        "row": named(row),
        "eve": row.ended_on - timedelta(days=1),
        "day": row.ended_on,
    }


def _beginning_in_words(row: DatedRow) -> str:
    if row.started_on is None:
        return _("%(row)s: counts; nobody knows since when.") % {"row": named(row)}
    words = {"row": named(row), "day": written(row.started_on, row.started_precision)}
    if row.started_precision == Precision.DAY:
        return _("%(row)s: counts from %(day)s on.") % words
    words["first"] = first_day_of(row.started_on, row.started_precision)
    return _("%(row)s: counts from %(day)s on, taken as %(first)s.") % words
