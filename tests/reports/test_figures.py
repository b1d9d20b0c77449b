"""The register: every figure names itself, its base and its wordings, and can be read."""

from datetime import date

import pytest
from django.utils import translation

from activities import statistics as activities
from consultations import statistics as consultations
from members import statistics as members
from reports.figures import REGISTER, known_tokens
from reports.wording import WORDINGS, Kind
from tests import factories
from units import statistics as units
from units.statistic import Gap, Ratio

SHOWN_ONLY = {
    *("members_by_party", "members_by_age", "members_by_title_level", "activities_by_month"),
    "terms_ending",
}
"""Statistics that the start page draws or lists, and no report states."""


def statistics_of(module) -> set[str]:
    """The public functions that a module of statistics defines itself."""
    return {
        name
        for name, value in vars(module).items()
        if callable(value) and value.__module__ == module.__name__ and not name.startswith("_")
    }


def test_register_holds_every_statistic_under_its_own_name():
    modules = (units, members, activities, consultations)
    defined = set().union(*map(statistics_of, modules))
    assert set(REGISTER) == defined - SHOWN_ONLY
    assert defined >= SHOWN_ONLY
    assert {key for key, figure in REGISTER.items() if figure.statistic.__name__ != key} == set()


def test_figures_have_different_names():
    names = [str(figure.name) for figure in REGISTER.values()]
    assert [name for name in names if names.count(name) > 1] == []


def test_figures_are_defined_in_one_sentence():
    with translation.override("en"):
        definitions = {key: str(figure.definition) for key, figure in REGISTER.items()}
    wrong = [key for key, text in definitions.items() if not text.endswith(".") or ". " in text]
    assert wrong == []


def test_shares_and_only_shares_name_their_base():
    with_base = {key for key, figure in REGISTER.items() if figure.base}
    assert with_base == {key for key, figure in REGISTER.items() if figure.kind is Kind.SHARE}


@pytest.mark.parametrize("figure", REGISTER.values(), ids=lambda figure: figure.key)
def test_figure_usual_wording_comes_first(figure):
    assert set(figure.wordings) == set(WORDINGS[figure.kind])
    assert figure.wordings[0] == (figure.usual or next(iter(WORDINGS[figure.kind])))


def test_counts_and_names_have_a_measure_word():
    counted = {Kind.COUNT, Kind.SHARE, Kind.NAMES, Kind.NUMBERS, Kind.OCCASIONS}
    without = [key for key, f in REGISTER.items() if f.kind in counted and not f.measure]
    assert without == []


def test_known_tokens_are_the_register():
    assert known_tokens()["members_total"] == ("digits", "cn", "about", "several", "bare")
    assert set(known_tokens()) == set(REGISTER)


# --- reading all of them ---

# What cannot be known of a unit that has entered nothing at all.
GAPS_OF_AN_EMPTY_YEAR = {
    "motto": "units.UnitYear",
    "staff_total": "units.UnitYear",
    "full_time_teachers": "units.UnitYear",
    "members_share_of_staff": "units.UnitYear",
    "members_share_of_teachers": "units.UnitYear",
    "senior_title_members": "members.Member",
    "days_to_first_reply": "consultations.Reply",
}


def test_figures_of_an_empty_year_are_gaps_or_empty(in_scope):
    year = in_scope.reporting_year(2017)
    read = {key: figure.of(year) for key, figure in REGISTER.items()}
    gaps = {key: found.where for key, found in read.items() if isinstance(found, Gap)}
    assert gaps == GAPS_OF_AN_EMPTY_YEAR
    stated = {key: found.value() for key, found in read.items() if key not in gaps}
    filled = {key: value for key, value in stated.items() if value not in (0, (), Ratio(0, 0))}
    assert filled == {"unit_name": "普陀区教育学院", "unit_short_name": "学院", "report_year": 2017}


@pytest.mark.parametrize("field", ["staff_total", "full_time_teachers", "motto"])
def test_figures_stated_by_the_year(in_scope, field):
    facts = factories.unit_year(in_scope, motto="共建共融共享")
    statistic = REGISTER[field].of(in_scope.reporting_year(2017))
    assert statistic.value() == getattr(facts, field)
    assert list(statistic.rows) == [facts]


def test_figure_at_a_day_is_of_the_closing_day(in_scope):
    factories.unit_year(in_scope, closes_on=date(2017, 10, 31))
    for joined_on in (date(2017, 10, 31), date(2017, 11, 1)):
        factories.member(in_scope, party="民盟", joined_on=joined_on)
    year = in_scope.reporting_year(2017)
    assert REGISTER["members_total"].of(year).value() == 1


def test_figure_over_a_period_is_of_the_whole_year(in_scope):
    factories.unit_year(in_scope, closes_on=date(2017, 10, 31))
    for day in (date(2016, 10, 31), date(2016, 11, 1), date(2017, 10, 31), date(2017, 11, 1)):
        factories.activity(in_scope, started_on=day)
    year = in_scope.reporting_year(2017)
    assert REGISTER["study_sessions_count"].of(year).value() == 2
