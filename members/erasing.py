"""Erasing a person: the words go, the numbers stay (PIPL 47).

The person becomes 已删除人员01: in the roster, in every earlier version, in the texts of the unit
and in the details of the log. Memberships, posts and attendance stay without a name, because the
figures of past years and signed reports rest on them.
"""

import logging
from dataclasses import dataclass, field
from datetime import date

from django.db import OperationalError, transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from members.erasure_list import Listed, append_to_list
from members.models import Appointment, Erasure, LegalHold, Member, MergedEntry
from members.name_removal import (
    NameInTexts,
    places_left,
    remove_from_admin_log,
    remove_from_texts,
)
from members.person_rows import RowsAbout, keys_about, names_of, rows_about
from units.blanking import (
    empty,
    forget_details,
    overwrite,
    overwrite_versions,
    scrub_free_space,
    words_of,
)
from units.events import Action, hold_chain, record
from units.field_register import BLANK, NAME, register
from units.imports.plans import forget_plans_about
from units.retention import ends_on

logger = logging.getLogger("records")


class ErasureRefused(Exception):  # noqa: N818 - it names what happened
    """The person may not be erased, or not yet; the message says why."""


@dataclass(frozen=True)
class Erased:
    """What was done: the name given instead, how many details of the log were forgotten, and
    ``left``, the places where people must still look (kind of record, key, field)."""

    pseudonym: str
    details_forgotten: int
    left: list[str] = field(default_factory=list)


def erase(member: Member, *, reason: str, day: date) -> Erased:
    """Erase ``member``, as decided on ``day`` for ``reason``; in the scope of the unit.

    The reason may be empty only where the retention of the roster is over. ErasureRefused for
    somebody who still counts, is on legal hold, or was erased before.
    """
    refuse_unless_allowed(member, reason=reason, day=day)
    return _erase(member, reason=reason or str(_("retention is over")), day=day)


def refuse_unless_allowed(member: Member, *, reason: str, day: date):
    """Raise ErasureRefused if :func:`erase` would refuse."""
    if Erasure.objects.filter(member=member).exists():
        raise ErasureRefused(_("This person was erased before."))
    posts = Appointment.objects.on(day).filter(member=member)
    if Member.objects.filter(pk=member.pk).of_a_party_on(day).exists() or posts.exists():
        raise ErasureRefused(
            _("This person still counts, or holds a post: end memberships and posts first.")
        )
    if LegalHold.objects.on(day).filter(member=member).exists():
        raise ErasureRefused(_("A legal hold is in force: lift it first."))
    over = ends_on(member, "name")
    if not reason.strip() and (over is None or over > day):
        raise ErasureRefused(
            _("The roster has to be kept: state the reason why this person is erased all the same.")
        )
    if any(name in reason for name in names_of(member)):
        raise ErasureRefused(_("Leave the name out of the reason: the reason is kept."))


def erase_again(member: Member, listed: Listed) -> Erased:
    """Repeat an erasure in a database restored from before it; under the same number."""
    return _erase(member, reason=listed.reason, day=listed.day, number=listed.number)


@transaction.atomic
def _erase(member: Member, *, reason: str, day: date, number: int | None = None) -> Erased:
    hold_chain()
    member = Member.objects.select_for_update(of=("self",)).get(pk=member.pk)
    erasure = _erasure(member, reason=reason, day=day, number=number)
    name = NameInTexts.of(member, pseudonym=str(erasure))
    own = keys_about(member)
    forget_plans_about(names_of(member), unit=member.unit)
    blanked = {about.model._meta.label_lower for about in rows_about(member) if _blank(about, name)}
    remove_from_texts(name)
    remove_from_admin_log(name, own)
    erasure.full_clean()
    erasure.save()
    forgotten = forget_details(
        unit=member.unit,
        says=lambda label, key, content: (
            (label in blanked and key in own.get(label, ())) or name.is_in(words_of(content))
        ),
    )
    record(Action.ERASE, row=member, events=forgotten)
    listed = lines_of(erasure)
    transaction.on_commit(lambda: _after_commit(listed))
    return Erased(str(erasure), len(forgotten), places_left(name))


def lines_of(erasure: Erasure) -> list[Listed]:
    """The lines of the list for one erasure: for the person, and for entries merged into theirs."""
    persons = [erasure.person]
    persons += MergedEntry.objects.filter(member=erasure.member).values_list("person", flat=True)
    return [
        Listed(erasure.unit.code, each, erasure.number, erasure.erased_on, erasure.reason)
        for each in persons
    ]


def _erasure(member: Member, *, reason: str, day: date, number: int | None) -> Erasure:
    given = Erasure.objects.filter(unit=member.unit)
    if number is None or given.filter(number=number).exists():
        number = (given.aggregate(last=Max("number"))["last"] or 0) + 1
    return Erasure(
        unit=member.unit,
        member=member,
        person=member.person,
        number=number,
        erased_on=day,
        reason=reason,
    )


def _blank(about: RowsAbout, name: NameInTexts) -> bool:
    """Empty what must go in the person's own rows and their versions; False if nothing need go."""
    if about.versions is None:
        return False
    entries = register().of(about.model)
    values = empty(about.model, (n for n, entry in entries.items() if entry.on_erasure == BLANK))
    if about.model is Member:
        values["name"] = name.pseudonym
    if not values:
        return False
    for row in about.rows:
        overwrite(row, values)
        if about.model is Member:
            values |= {n: getattr(row, n) for n, e in entries.items() if e.on_erasure == NAME}
    overwrite_versions(about.versions, values)
    return True


def _after_commit(listed: list[Listed]):
    """Note the erasure outside the database, and leave no words in the database file's free space.

    The erasure itself is done by now: a failure here is logged, and ``replay_erasures`` makes up
    for it.
    """
    append_to_list(listed)
    try:
        scrub_free_space()
    except OperationalError:
        logger.warning("The database file was not rewritten; run manage.py replay_erasures.")
