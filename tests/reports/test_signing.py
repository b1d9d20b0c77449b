"""The way of a report: which steps lead on, who may take them, and that there is no other way."""

import threading

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from reports.annual import annual_report
from reports.models import Report, Step
from reports.models.step import DeedRefused, obstacle_to
from reports.signing import hand_in, obstacle_in_content, obstacles, send_back, take_up
from reports.states import EDGES, Deed, State
from tests import factories
from units.acting import Act, acting
from units.roles import Role
from units.scoping import scope_of_unit

NOW = factories.SIGNED_AT


@pytest.fixture
def report(in_scope, cast):
    """A draft that can be handed in: the clerk's text, the clerk's head counts."""
    with acting(Act(user=cast.clerk)):
        factories.unit_year(in_scope)
        row = factories.report(in_scope)
        factories.section(row, body="共有党派成员{members_total}。")
    return row


def brought_to(state, report, cast) -> Report:
    """``report`` on its way as far as ``state``."""
    if state is not State.DRAFT:
        factories.handed_in(report, cast.clerk)
    if state is State.RETURNED:
        factories.step(report, "return", cast.secretary, reason="补充不足之处")
    if state is State.SIGNED:
        factories.sealed(report, author=cast.clerk, signer=cast.secretary)
    return Report.objects.get(pk=report.pk)


def new_step(report, deed, by) -> Step:
    return Step(unit=report.unit, report=report, deed=deed, by=by, at=NOW, reason="补充")


WAYS = {
    "save": lambda report, deed, by: new_step(report, deed, by).save(),
    "create": lambda report, deed, by: Step.objects.create(
        unit=report.unit, report=report, deed=deed, by=by, at=NOW, reason="补充"
    ),
    "related create": lambda report, deed, by: report.steps.create(
        unit=report.unit, deed=deed, by=by, at=NOW, reason="补充"
    ),
    "add": lambda report, deed, by: report.steps.add(new_step(report, deed, by), bulk=False),
}
BULK_WAYS = {
    "bulk_create": lambda report, deed, by: Step.objects.bulk_create([new_step(report, deed, by)]),
    "update": lambda report, deed, by: report.steps.update(deed=deed),
    "all": lambda report, deed, by: Step.objects.all().update(deed=deed),
    "change": lambda report, deed, by: _changed(report, deed).save(),
    "bulk_update": lambda report, deed, by: Step.objects.bulk_update(
        [_changed(report, deed)], ["deed"]
    ),
}


def _changed(report, deed) -> Step:
    step = report.steps.last() or Step(pk=1, unit=report.unit, report=report)
    step.deed = deed
    return step


@pytest.mark.parametrize("state", State)
def test_every_deed_from_every_state(report, cast, state):
    """Check 19: no skipping, no going back, through every way of making a step."""
    row = brought_to(state, report, cast)
    led_to = {}
    for deed in Deed:
        for way, make in WAYS.items():
            with transaction.atomic():
                led_to[deed, way] = _state_after(make, row, deed, _doer(deed, cast))
                transaction.set_rollback(True)
    assert led_to == {
        # Signing is more than a step: without its seal it is refused in every state.
        (deed, way): edge.target if edge.source is state and deed is not Deed.SIGN else "refused"
        for deed, edge in EDGES.items()
        for way in WAYS
    }
    assert row.state is state


def _state_after(make, report, deed, by):
    try:
        with transaction.atomic():
            make(report, deed, by)
    except DeedRefused:
        return "refused"
    return report.state


def _doer(deed, cast):
    """Somebody whose role lets them do it."""
    return cast.clerk if deed in (Deed.SUBMIT, Deed.TAKE_UP) else cast.secretary


@pytest.mark.parametrize("state", [State.SUBMITTED, State.RETURNED, State.SIGNED])
def test_steps_are_neither_made_nor_changed_in_bulk(report, cast, state):
    """Check 19: the ways around the checks are closed."""
    row = brought_to(state, report, cast)
    before = list(Step.objects.values_list("deed", flat=True))
    for way in BULK_WAYS.values():
        for deed in Deed:
            refused = pytest.raises((PermissionDenied, DatabaseError, DeedRefused))
            with refused, transaction.atomic():
                way(row, deed, cast.secretary)
    assert list(Step.objects.values_list("deed", flat=True)) == before


def test_from_each_state_the_deeds_of_the_table_and_no_others():
    """Check 19: the table itself, so that a new line in it is a decision."""
    assert {(deed.value, edge.source.value, edge.target.value) for deed, edge in EDGES.items()} == {
        ("submit", "draft", "submitted"),
        ("return", "submitted", "returned"),
        ("take_up", "returned", "draft"),
        ("sign", "submitted", "signed"),
    }


SHELL = """
from django.utils import timezone
from reports.models import Report
from units.models import Unit
from units.scoping import scope_of_unit

with scope_of_unit(Unit.objects.get(pk={unit})):
    report = Report.objects.get(pk={report})
    report.steps.create(unit=report.unit, deed="sign", at=timezone.now(), by_id={by})
"""


def test_shell_takes_the_same_way(report, cast):
    """Check 19: the command line knows no other."""
    code = SHELL.format(unit=report.unit_id, report=report.pk, by=cast.secretary.pk)
    with pytest.raises(DeedRefused):
        call_command("shell", command=code, verbosity=0)
    assert report.state is State.DRAFT


# --- who ---


@pytest.mark.parametrize(
    ("deed", "may"),
    [
        (Deed.SUBMIT, {"clerk", "secretary"}),
        (Deed.RETURN, {"secretary"}),
        (Deed.TAKE_UP, {"clerk", "secretary"}),
        (Deed.SIGN, {"secretary"}),
    ],
)
def test_each_deed_asks_for_its_right_in_this_very_unit(report, cast, deed, may, in_scope):
    """Checks 16 and 17."""
    row = brought_to(EDGES[deed].source, report, cast)
    everybody = {
        **dict(cast),
        "secretary of another unit": factories.user(
            Role.SECRETARY, unit=factories.unit(name="别校")
        ),
        "secretary of the district": factories.user(Role.SECRETARY, unit=in_scope.parent),
        "left": factories.user(Role.SECRETARY, unit=in_scope, is_active=False),
    }
    able = {part for part, account in everybody.items() if not obstacle_to(deed, row, account)}
    assert able == may
    for part in set(everybody) - may:
        with pytest.raises(DeedRefused):
            new_step(row, deed, everybody[part]).save()


def test_nobody_acts_in_anothers_name(report, cast):
    """Check 16."""
    brought_to(State.SUBMITTED, report, cast)
    with acting(Act(user=cast.clerk)), pytest.raises(PermissionDenied):
        new_step(report, Deed.RETURN, cast.secretary).save()


# --- the deeds, and what they ask for ---


def test_return_says_why(report, cast):
    brought_to(State.SUBMITTED, report, cast)
    with pytest.raises(DeedRefused) as refusal:
        send_back(report, by=cast.secretary, moment=NOW, reason="  ")
    assert list(refusal.value.message_dict) == ["reason"]
    step = send_back(report, by=cast.secretary, moment=NOW, reason="补充不足之处")
    assert (step.number, step.reason, report.state) == (2, "补充不足之处", State.RETURNED)


def test_report_goes_round_and_round(report, cast):
    for _round in range(2):
        hand_in(annual_report(report.unit, 2017), by=cast.clerk, moment=NOW)
        send_back(report, by=cast.secretary, moment=NOW, reason="再改")
        take_up(report, by=cast.clerk, moment=NOW)
    assert [(step.number, step.deed) for step in report.steps.all()] == list(
        enumerate(["submit", "return", "take_up"] * 2, start=1)
    )
    assert report.state is State.DRAFT


def test_report_that_states_a_gap_is_not_handed_in(report, cast):
    section = report.sections.get()
    section.body = "年度特征：{motto}。"
    section.save()
    annual = annual_report(report.unit, 2017)
    assert obstacle_in_content(annual) == "总结中还有待填写的缺项：年度特征。"
    assert obstacles(annual, cast.clerk, [Deed.SUBMIT, Deed.RETURN]) == {
        Deed.SUBMIT: "总结中还有待填写的缺项：年度特征。",
        Deed.RETURN: "总结目前“起草中”，此时不能退回。",
    }
    with pytest.raises(DeedRefused):
        hand_in(annual, by=cast.clerk, moment=NOW)


def test_report_that_is_not_begun_is_not_handed_in(in_scope, cast):
    factories.unit_year(in_scope)
    with pytest.raises(DeedRefused):
        hand_in(annual_report(in_scope, 2017), by=cast.clerk, moment=NOW)


@pytest.mark.parametrize(
    "statement",
    ["UPDATE reports_step SET deed = 'sign'", "DELETE FROM reports_step"],
)
def test_database_refuses_to_alter_steps(report, cast, statement):
    """Check 19: also by hand."""
    brought_to(State.SUBMITTED, report, cast)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.django_db(transaction=True)
def test_of_two_at_the_same_instant_one_hands_it_in(school, cast):
    """Check 19 under two writers: one step, and the other is told."""
    report = factories.report(school)
    second = factories.user(Role.CLERK, unit=school)
    done, refused = [], []

    def try_to(user):
        try:
            done.append(factories.step(report, "submit", user))
        except DeedRefused as refusal:
            refused.append(refusal.messages)
        finally:
            connection.close()

    threads = [threading.Thread(target=try_to, args=[who]) for who in (cast.clerk, second)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(done), refused) == (1, [["总结目前“已提交”，此时不能提交。"]])
    with scope_of_unit(school):
        assert Step.objects.count() == 1
