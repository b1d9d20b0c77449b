"""Forty suggestions of a made-up year: every figure by hand, and what the report makes of them."""

from collections import Counter
from datetime import date, timedelta

import pytest

from consultations import statistics
from consultations.digest import digest
from consultations.ledger import ledger
from consultations.models import State, Suggestion
from reports.annual import annual_report
from reports.readings import Figures
from tests import factories
from tests.consultations.forty import YEAR, year_of_forty

LAST = date(2018, 12, 31)


@pytest.fixture
def forty(in_scope):
    factories.unit_year(in_scope, YEAR)
    return year_of_forty(in_scope)


def value(key, unit, year=YEAR):
    return Figures(unit.reporting_year(year))[key].value


def words(key, unit, wording="") -> str:
    return Figures(unit.reporting_year(YEAR))[key].phrase(wording)


def share(key, unit) -> tuple[int, int]:
    found = value(key, unit)
    return found.part, found.base


def test_every_state_is_there_on_the_closing_day(in_scope, forty):
    rows = Suggestion.objects.filter(unit=in_scope).with_course(day=LAST)
    assert Counter(row.state for row in rows) == {
        # 2 that nobody decided.
        State.REGISTERED: 2,
        State.ACCEPTED: 2,
        # 1 of 3 declined was not told.
        State.DECLINED: 1,
        State.MERGED: 2,
        # 3 assigned, 3 opened again, 1 whose answer comes in January.
        State.IN_HAND: 3 + 3 + 1,
        # 1 solved that was not told.
        State.ANSWERED: 1,
        # 2 declined that were told.
        State.FED_BACK: 2,
        # 11 solved, 8 planned, 4 noted.
        State.CLOSED: 11 + 8 + 4,
    }


def test_the_figures_by_hand(in_scope, forty):
    assert value("suggestions_raised", in_scope) == 40
    # 12 solved + 8 planned + 4 noted + 3 opened again + 2 accepted + 3 in hand + 1 answered later;
    # not the 3 declined, 2 merged, 2 registered.
    assert value("suggestions_accepted", in_scope) == 12 + 8 + 4 + 3 + 2 + 3 + 1 == 33
    # 12 + 8 + 4 + 3; the one of January is not answered yet.
    assert value("suggestions_answered", in_scope) == 12 + 8 + 4 + 3 == 27
    # 11 solved + 8 + 4 + 3 opened again + 2 declined.
    assert value("suggestions_fed_back", in_scope) == 11 + 8 + 4 + 3 + 2 == 28
    assert value("suggestions_solved", in_scope) == 12
    # Waiting: 2 registered, 2 accepted, 7 in hand.
    assert value("suggestions_carried_over", in_scope) == 2 + 2 + 7 == 11
    assert value("suggestions_planned", in_scope) == 8
    assert value("suggestions_noted", in_scope) == 4
    assert value("suggestions_declined", in_scope) == 3


def test_the_shares_by_hand(in_scope, forty):
    assert share("suggestions_accepted_share", in_scope) == (33, 40)
    # Due after 30 days: 12 came on the 10th, 8 on the 20th, 3 (never assigned, so the usual 30
    # days) on the 5th; 4 on the 40th.
    assert share("suggestions_in_time_share", in_scope) == (12 + 8 + 3, 27)
    # Of the 27 answered all were told but one.
    assert share("suggestions_fed_back_share", in_scope) == (26, 27)
    # Words: 11 of the solved, 6 of the planned, 2 of the noted, 3 of those opened again = 22;
    # satisfied or mostly: 9 + 2 of the solved, 3 + 2 of the planned.
    assert share("suggestions_satisfied_share", in_scope) == (11 + 5, 11 + 6 + 2 + 3)
    # Days to the first reply: 5 three times, 10 twelve times, 20 eight times, 40 four times. Of 27
    # the 14th is a 10.
    assert value("days_to_first_reply", in_scope) == 10


def test_a_percentage_stands_beside_the_numbers_only_from_ten_on(in_scope, forty):
    assert words("suggestions_satisfied_share", in_scope) == "73%（22条中16条）"
    # By the 20th day of the year only a few were registered and answered: a base below ten.
    few = in_scope.reporting_year(2017)
    for number in (1, 2, 3):
        row = factories.suggestion(in_scope, year=2017, number=number, registered_on=few.first)
        if number < 3:
            factories.course_step(row, "accepted")
    reading = Figures(few)["suggestions_accepted_share"]
    assert reading.phrase("") == "3条中2条"


def test_what_happens_after_the_closing_day_changes_nothing(in_scope, forty):
    before = {key: reading.value for key, reading in Figures(in_scope.reporting_year(YEAR)).items()}
    for row in forty["in hand"]:
        factories.reply(row, replied_on=LAST + timedelta(days=1))
        factories.told(row, LAST + timedelta(days=2), satisfaction="satisfied")
    after = {key: reading.value for key, reading in Figures(in_scope.reporting_year(YEAR)).items()}
    assert after == before
    # A year later, the three and the one of January wait no longer.
    assert value("suggestions_carried_over", in_scope, 2019) == 11 - 3 - 1


def test_the_ledger_and_the_digest_agree_with_the_figures(in_scope, forty):
    year = in_scope.reporting_year(YEAR)
    lines = ledger(year, day=LAST).lines
    assert len(lines) == value("suggestions_raised", in_scope)
    assert sum(line["result"].endswith("（A类）") for line in lines) == 12
    parts = {part.key: len(part.items) for part in digest(in_scope, day=LAST).parts}
    # All eleven that wait are late by the end of the year; to be told are the solved one and the
    # declined one; of eight planned one is done.
    assert parts == {"overdue": 11, "soon": 0, "to_tell": 2, "planned": 7, "promised": 0}
    # On the ledger of 2019 stand those eleven again, as left from before.
    later = ledger(in_scope.reporting_year(2019), day=date(2019, 12, 31)).lines
    assert len(later) == 11


def test_the_report_states_them(in_scope, forty):
    text = "".join(
        "".join(run.text for run in block.runs)
        for block in annual_report(in_scope, YEAR).document.blocks
    )
    assert "全年共听取意见、建议40条，已答复27条，已反馈28条。" in text


def test_meetings_and_people_are_counted_apart(in_scope, forty):
    # One symposium of the forty; then one of each other kind, at which two and one people sit.
    pair = [factories.member(in_scope, party="民盟") for _each in range(2)]
    for kind in ("briefing", "hearing", "written_request", "bimonthly"):
        held = factories.consultation(in_scope, kind=kind, started_on=date(2018, 5, 4))
        for person in pair if kind == "briefing" else pair[:1]:
            factories.participation(held, person)
    counted = [
        value(f"{kind}_count", in_scope)
        for kind in ("symposia", "briefings", "hearings", "written_requests", "bimonthly_talks")
    ]
    assert counted == [1, 1, 1, 1, 1]
    # 2 + 1 + 1 + 1 attendances (人次) of two persons (人).
    assert value("consultation_attendances", in_scope) == 5
    assert value("consultation_participants", in_scope) == 2


def test_a_unit_that_does_none_of_this_has_a_correct_report(in_scope):
    factories.unit_year(in_scope, YEAR)
    annual = annual_report(in_scope, YEAR)
    text = "".join(run.text for block in annual.document.blocks for run in block.runs)
    for absent in ("意见", "建议", "座谈会", "答复", "提案", "结转", "民意测验"):
        assert absent not in text
    zero = {
        *("suggestions_raised", "suggestions_answered", "suggestions_carried_over"),
        *("proposals_submitted", "adoptions_count", "promises_due"),
    }
    assert {key: value(key, in_scope) for key in zero} == dict.fromkeys(zero, 0)
    assert annual.figures["days_to_first_reply"].is_gap
    assert "days_to_first_reply" not in annual.document.gaps
    assert ledger(in_scope.reporting_year(YEAR), day=LAST).lines == ()
    assert digest(in_scope, day=LAST).total == 0


@pytest.mark.parametrize("level", ["national", "provincial", "district"])
def test_adoptions_are_counted_by_level(in_scope, level):
    row = factories.proposal(in_scope, submitted_on=date(2018, 3, 1))
    for number, each in enumerate(("national", "provincial", "provincial", "district"), start=1):
        day = date(2018, 3 + number, 1)
        factories.adoption(row, f"机关{number}", level=each, adopted_on=day)
    expected = {"national": 1, "provincial": 2, "district": 1}[level]
    counted = getattr(statistics, f"adoptions_{level}")
    assert counted(unit=in_scope, period=in_scope.reporting_year(YEAR).period).value() == expected
