"""The records behind each figure, as the figure's page lists them."""

from datetime import date
from decimal import Decimal

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext

from activities.models import Activity, Recipient
from cases.loading import load
from members.codes import EducationLevel
from reports.annual import annual_report
from reports.evidence import SHEETS
from reports.figures import REGISTER
from reports.readings import Figures
from reports.records_table import ROWS_PER_PAGE, records_table, text_of
from tests import factories
from units.scoping import scope_of_unit
from units.statistic import Count, Share, Total


@pytest.fixture
def case(db):
    """The figures of the 2017 case, within its scope."""
    unit = load("2017")
    with scope_of_unit(unit):
        yield annual_report(unit, 2017).figures


def table_of(reading, page=None):
    return records_table(reading, page=page, link_of=lambda row: "")


def words_of(row):
    return tuple(" ".join(parts) for _header, parts in row.cells)


def figures_of(unit) -> Figures:
    return Figures(unit.reporting_year(2017))


def test_every_figure_of_the_case_has_records_and_a_sheet(case):
    without = {key for key in case if not table_of(case[key]).rows}
    # The case has nobody retired, joined or gone in 2017, and no word of what it does not tell.
    assert without == {
        *("members_retired", "members_joined", "members_left"),
        *("talks_count", "calls_count", "trainings_count"),
        *("written_requests_count", "bimonthly_talks_count"),
        *("suggestions_satisfied_share", "suggestions_carried_over"),
        *("proposals_submitted", "proposals_adopted", "adoptions_count"),
        *("adoptions_above_district", "promises_kept", "promises_due", "promises_done"),
        *("promises_partly", "promises_dropped", "promises_carried_over"),
        *("adoptions_national", "adoptions_provincial", "adoptions_district"),
        "suggestions_declined",
    }


def test_the_number_of_rows_is_the_value_of_a_count(case):
    counted = {key: case[key] for key in case if isinstance(case[key].statistic, Count)}
    assert {key: len(table_of(reading).rows) for key, reading in counted.items()} == {
        key: reading.value for key, reading in counted.items()
    }
    assert counted["members_total"].value == 19


def test_a_share_lists_its_part_and_states_its_base(case):
    shares = {key: case[key] for key in case if isinstance(case[key].statistic, Share)}
    for reading in shares.values():
        table = table_of(reading)
        assert len(table.rows) == reading.value.part
        assert str(reading.value.base) in table.derivation
    assert shares["members_share_of_staff"].value.base == 105


def test_a_sum_shows_the_column_that_adds_up_to_it(case):
    sums = {key: case[key] for key in case if isinstance(case[key].statistic, Total)}
    held = {key for key, reading in sums.items() if reading.value}
    assert held == {
        *("aid_total", "study_sessions_count", "visits_count"),
        *("symposia_count", "briefings_count", "hearings_count", "polls_count"),
    }
    for reading in (sums[key] for key in held):
        table = table_of(reading)
        added = sum(Decimal(words_of(row)[-1].replace(",", "")) for row in table.rows)
        assert added == reading.value
        assert table.total == text_of(reading.value)


def test_grants_show_codes_of_students_and_the_givers(case):
    # Four grants of 1500: one out of the gift that 民进, 民盟 and 农工 signed in that order.
    first = table_of(case["aid_total"]).rows[0]
    assert words_of(first)[0] == "受助学生01"
    assert "民进、民盟、农工党" in words_of(first)
    assert words_of(first)[-1] == "1,500.00"


def test_recipients_have_no_field_that_could_hold_a_name():
    texts = {field.name for field in Recipient._meta.fields if field.get_internal_type() in _TEXTS}
    assert texts == {"code", "category", "stage", "community"}


_TEXTS = {"CharField", "TextField"}


def test_columns_that_are_empty_everywhere_are_left_out(in_scope):
    factories.activity(in_scope, "参观", kind=Activity.Kind.VISIT, place="航海博物馆")
    table = table_of(figures_of(in_scope)["visit_places"])
    assert len(table.headers) == 5  # title, date, kind, place, times
    assert [words_of(row) for row in table.rows][0][1:] == (
        "2017-03-15",
        str(Activity.Kind.VISIT.label),
        "航海博物馆",
        "1",
    )


def test_a_gap_without_records_has_no_table(in_scope):
    assert table_of(figures_of(in_scope)["staff_total"]) is None


def test_pages_hold_a_hundred_rows_and_the_sum_of_all(in_scope):
    for number in range(ROWS_PER_PAGE + 1):
        factories.activity(in_scope, f"学习{number}")
    reading = figures_of(in_scope)["study_sessions_count"]
    first, last = table_of(reading), table_of(reading, page="2")
    assert (len(first.rows), len(last.rows)) == (100, 1)
    assert (first.total, last.total) == ("101", "101")
    assert len(table_of(reading, page="what").rows) == 100
    assert len(table_of(reading, page="99").rows) == 1


def add_member(unit, number):
    person = factories.member(unit, party="民盟", title="高级教师", full_time_teacher=True)
    factories.education(person, level=EducationLevel.MASTER)
    factories.appointment(person, post=f"委员{number}")


def add_aid(unit, number):
    aid = factories.aid_round(unit)
    branch = factories.organisation(unit)
    gift = factories.gift(aid, donors=[factories.party("民进"), branch])
    factories.grant(aid, factories.recipient(unit, community=f"社区{number}"), gift=gift)
    alone = factories.gift(aid, donors=[branch])
    factories.grant(aid, factories.recipient(unit), gift=alone)
    aid.ceremony = factories.activity(unit, kind=Activity.Kind.CEREMONY, place=f"图书馆{number}")
    aid.save()
    factories.guest_group(aid.ceremony, f"辖区警官{number}")


def add_activities(unit, number):
    study = {"series": factories.series(unit), "themes": [factories.theme(unit)]}
    factories.activity(unit, organisers=[factories.organisation(unit)], **study)
    factories.activity(unit, kind=Activity.Kind.VISIT, place=f"博物馆{number}")
    for kind in (Activity.Kind.TALK, Activity.Kind.CALL, Activity.Kind.TRAINING):
        factories.activity(unit, kind=kind)
    factories.activity(
        unit,
        kind=Activity.Kind.SERVICE_PROJECT,
        partner=f"学校{number}",
        organisers=[factories.organisation(unit, party=factories.party())],
    )
    event = factories.activity(unit, kind=Activity.Kind.SERVICE_EVENT)
    factories.guest_group(event, f"医生{number}")


def add_consultations(unit, number):
    symposium = factories.consultation(unit, occasion=f"节日{number}")
    factories.agenda_item(symposium, f"规划{number}", kind="heard")
    briefing = factories.consultation(unit, kind=Activity.Kind.BRIEFING)
    factories.agenda_item(briefing, f"双评{number}")
    factories.consultation(unit, f"选拔{number}", kind=Activity.Kind.HEARING)
    branch = factories.organisation(unit)
    factories.consultation(unit, kind=Activity.Kind.POLL, organisers=[branch])
    for kind in (Activity.Kind.WRITTEN_REQUEST, Activity.Kind.BIMONTHLY):
        factories.consultation(unit, kind=kind)
    add_suggestions(unit, number)
    factories.participation(symposium, factories.member(unit))
    factories.honour(unit, f"荣誉{number}")


def add_suggestions(unit, number):
    raised = factories.suggestion(unit)
    factories.course_step(raised, "accepted")
    factories.reply(raised)
    factories.course_step(raised, "result", on=date(2017, 6, 1), result="solved")
    factories.told(raised, date(2017, 6, 1), satisfaction="satisfied")
    factories.suggestion(unit)
    adopted = factories.proposal(unit, f"提案{number}")
    factories.adoption(adopted)
    factories.kept_promise(unit, f"措施{number}")


def add_all(unit, number):
    for add in (add_member, add_aid, add_activities, add_consultations):
        add(unit, number)


def queries_per_figure(unit) -> dict[str, int]:
    """How many queries the table of each figure takes, the value left out."""
    figures = figures_of(unit)
    numbers = {}
    for key, reading in figures.items():
        if reading.evidence is None:
            continue
        _ = reading.value
        with CaptureQueriesContext(
            connection,
        ) as queries:
            table_of(reading)
        numbers[key] = len(queries)
    return numbers


def test_a_table_takes_the_same_queries_for_one_row_for_three_and_for_thirty(in_scope):
    factories.unit_year(in_scope, motto="共建")
    add_all(in_scope, 1)
    one = queries_per_figure(in_scope)
    for number in range(2, 4):
        add_all(in_scope, number)
    three = queries_per_figure(in_scope)
    for number in range(4, 31):
        add_all(in_scope, number)
    assert one == three == queries_per_figure(in_scope)
    assert len(table_of(figures_of(in_scope)["members_total"]).rows) == 30
    # One query counts the rows, the next reads them: of figures without records there are none.
    figures = figures_of(in_scope)
    empty = {key for key in REGISTER if one[key] < 2}
    assert empty == {key for key in REGISTER if not figures[key].evidence.exists()}
    assert len(REGISTER) - len(empty) > 50


def test_every_model_that_a_figure_shows_has_a_sheet(case):
    shown = {case[key].evidence.model._meta.label for key in case}
    assert shown <= set(SHEETS)
    assert all(apps.get_model(label) for label in SHEETS)
