"""manage.py check_units: finds rows mixed between units, and nothing where all is well."""

from datetime import date
from io import StringIO
from uuid import uuid4

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from activities.aid_deeds import close
from activities.models import Evidence, NotNeeded
from consultations.models import Tally
from members.models import Consent, Contact, CorrectionRequest, LegalHold
from members.models.merged import MergedEntry
from members.models.requests import Erasure
from tests import factories
from tests.factories.rows import saved
from tests.one_of_everything import one_of_everything
from units.roles import Role
from units.row_check import references
from units.scoping import UnitRow, scope_of_unit


def printed(*, faults: bool = False) -> list[str]:
    """The lines of the command, which must fail exactly where there are faults."""
    output = StringIO()
    if faults:
        with pytest.raises(CommandError):
            call_command("check_units", stdout=output)
    else:
        call_command("check_units", stdout=output)
    return output.getvalue().splitlines()


def run(statement: str, *values):
    """One statement of SQL, which no rule of ours sees."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def test_two_full_units_have_no_mixed_row(school, other_school):
    """Check 30."""
    one_of_everything(school)
    one_of_everything(other_school)
    assert printed() == ["0 rows"]


REFERENCES = {
    (model, name)
    for model in apps.get_models()
    if issubclass(model, UnitRow) and not model._meta.proxy
    for name in references(model)
}


def rows_with_every_reference(unit):
    """Besides one of everything: rows for the references that those leave empty."""
    one_of_everything(unit)
    day = date(2017, 5, 1)
    person = factories.member(unit, department=factories.department(unit))
    branch = factories.organisation(unit, party=factories.party("民盟"))
    factories.organisation(unit, parent=factories.organisation(unit))
    factories.organisation_name(branch, "旧名", started_on=date(2001, 1, 1), ended_on=day)
    factories.membership(person, organisation=branch)
    factories.appointment(person, organisation=branch, kind="party")
    factories.honour(unit, member=person)
    factories.honour(unit, organisation=branch)
    factories.guest_group(factories.activity(unit))
    ceremony = factories.activity(unit, kind="ceremony")
    factories.gift_donor(factories.gift(factories.aid_round(unit, ceremony=ceremony)), branch)
    aid_rows_with_every_reference(unit, person, branch)
    factories.suggestion(unit, organisation=branch, signature="organisation")
    saved(Consent(unit=unit, member=person, kind="contact", notice_version="1", given_on=day))
    saved(CorrectionRequest(unit=unit, member=person, asked_on=day, wording="更正"))
    saved(LegalHold(unit=unit, member=person, reason="诉讼", placed_on=day))
    saved(Contact(unit=unit, member=person))
    saved(
        MergedEntry(unit=unit, member=person, key=9, person=uuid4(), merged_on=day, reason="重复")
    )
    saved(Erasure(unit=unit, member=person, person=uuid4(), number=1, erased_on=day, reason="x"))
    event = factories.activity(unit)
    saved(Evidence(unit=unit, activity=event, slot="news", address="https://x.cn/1"))
    saved(NotNeeded(unit=unit, activity=event, slot="plan", reason="当天临时决定"))
    saved(Tally(unit=unit, consultation=factories.consultation(unit), took_part=19))
    factories.kept_promise(unit)
    office = factories.department(unit, "总务处")
    raised = factories.suggestion(unit, department=office)
    factories.agenda_item(factories.consultation(unit), department=office)
    merged = factories.suggestion(unit)
    factories.course_step(raised, "assigned", department=office, co_department=office, due_on=day)
    factories.course_step(merged, "merged", merged_into=raised)
    factories.proposal(unit, organisation=branch)
    # The seal last: it closes its year.
    author, signer = (factories.user(role, unit=unit) for role in (Role.CLERK, Role.SECRETARY))
    factories.text_answer(factories.report(unit, 2014), author)
    seal = factories.sealed(factories.report(unit, 2015), author=author, signer=signer)
    with scope_of_unit(unit):
        closed = seal.closed_year
    factories.year_exception(closed, author, by=factories.user(Role.SECRETARY, unit=unit))


def aid_rows_with_every_reference(unit, person, branch):
    """A closed account, carried over to an open one."""
    clerk, secretary = (factories.user(role, unit=unit) for role in (Role.CLERK, Role.SECRETARY))
    before, aid = factories.aid_round(unit), factories.aid_round(unit)
    factories.gift(before, donors=[branch])
    with scope_of_unit(unit):
        close(
            before,
            by=secretary,
            moment=timezone.now(),
            reason="结清",
            rest="next_round",
            carried_to=aid,
        )
    other, promised = factories.person(unit), factories.pledge(person)
    factories.pledge(branch)
    gift = factories.gift(aid, counter=person, second_counter=other, pledge=promised)
    signed = {"signed_as": "colleague", "signed_by": person}
    pupil = factories.recipient(unit)
    factories.reversal(factories.grant(aid, pupil, "1", **signed), clerk)
    factories.reversal(factories.gift(aid), clerk)
    factories.grant(aid, pupil, "1", gift=gift, **signed)
    factories.gift(aid, counter=person, second_counter=other, pledge=promised, donors=[branch])


def moved(row, unit) -> bool:
    """Move ``row`` to ``unit`` by SQL; False where the database itself refuses that."""
    table = connection.ops.quote_name(row._meta.db_table)
    try:
        with transaction.atomic():
            run(f"UPDATE {table} SET unit_id = %s WHERE id = %s", unit.pk, row.pk)  # noqa: S608
    except DatabaseError as refusal:
        if "written once" not in str(refusal):
            raise
        return False
    return True


def test_a_row_moved_by_sql_is_found_for_every_reference(school, other_school):
    """Check 30: every foreign key between rows of a unit, mixed behind the back of the models."""
    rows_with_every_reference(school)
    found = set()
    for model, name in REFERENCES:
        with scope_of_unit(school), transaction.atomic():
            row = model.objects.filter(**{f"{name}__isnull": False}).order_by("-pk").first()
            if row is not None and (
                not moved(row, other_school)
                or f"{model._meta.label} {row.pk}: {name}" in printed(faults=True)
            ):
                found.add((model, name))
            transaction.set_rollback(True)
    assert REFERENCES - found == set()


def test_a_link_between_units_is_found(school, other_school):
    """Check 30."""
    event = factories.activity(school)
    theme = factories.theme(other_school)
    table = type(event).themes.through._meta.db_table
    run(
        f"INSERT INTO {table} (activity_id, theme_id) VALUES (%s, %s)",  # noqa: S608
        event.pk,
        theme.pk,
    )
    assert printed(faults=True) == [f"activities.Activity {event.pk}: themes", "1 rows"]


def test_exclusive_roles_put_together_by_sql_are_found(school):
    """Check 15."""
    account = factories.user(Role.AUDITOR, unit=school, username="both")
    run(
        "INSERT INTO units_rolegrant (user_id, unit_id, role) VALUES (%s, %s, 'secretary')",
        account.pk,
        school.pk,
    )
    assert printed(faults=True) == ["units.User both: exclusive roles", "1 rows"]
