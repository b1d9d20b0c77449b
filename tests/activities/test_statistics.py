"""Study, visits and service of a year, with the activities behind each figure."""

from datetime import date

import pytest
from django_scopes import scope

from activities import statistics
from activities.models import Activity
from tests import factories
from units.dates import Period

YEAR = Period(date(2017, 1, 1), date(2017, 12, 31))
BORDERS = [
    date(2016, 12, 31),
    date(2017, 1, 1),
    date(2017, 1, 2),
    date(2017, 12, 30),
    date(2017, 12, 31),
    date(2018, 1, 1),
]
Kind = Activity.Kind

NAMED = {
    statistics.study_themes: ("中国梦教育行",),
    statistics.study_platforms: ("中心组学习",),
    statistics.visit_places: ("规划馆",),
    statistics.joint_projects: ("助学项目",),
    statistics.joint_project_partners: ("金鼎学校",),
    statistics.joint_project_organisers: ("民盟支部",),
    statistics.service_events: ("健康咨询",),
    statistics.service_event_helpers: ("盟员医生",),
}


def everything_on(unit, day):
    """One study session, visit, project and service event, all on ``day``."""
    factories.activity(
        unit,
        started_on=day,
        series=factories.series(unit, "中心组学习"),
        themes=[factories.theme(unit, "中国梦教育行")],
    )
    factories.activity(unit, kind=Kind.VISIT, started_on=day, place="规划馆")
    factories.activity(
        unit,
        "助学项目",
        kind=Kind.SERVICE_PROJECT,
        started_on=day,
        partner="金鼎学校",
        organisers=[factories.organisation(unit, "民盟支部", party=factories.party())],
    )
    event = factories.activity(unit, "健康咨询", kind=Kind.SERVICE_EVENT, started_on=day)
    factories.guest_group(event, "盟员医生")


def read(unit) -> dict:
    """The value of each statistic that gives names, and of the two that count."""
    read = [*NAMED, statistics.study_sessions_count, statistics.visits_count]
    return {statistic: statistic(unit=unit, period=YEAR).value() for statistic in read}


ALL = {**NAMED, statistics.study_sessions_count: 1, statistics.visits_count: 1}
NONE = {**dict.fromkeys(NAMED, ()), statistics.study_sessions_count: 0, statistics.visits_count: 0}


@pytest.mark.parametrize(
    ("day", "expected"), list(zip(BORDERS, [NONE, ALL, ALL, ALL, ALL, NONE], strict=True))
)
def test_work_at_the_borders_of_the_year(in_scope, day, expected):
    everything_on(in_scope, day)
    assert read(in_scope) == expected


def test_work_of_another_unit_is_never_counted(school, other_school):
    everything_on(other_school, date(2017, 6, 15))
    with scope(unit=[school.pk, other_school.pk]):
        assert read(school) == NONE
        assert read(other_school) == ALL


def test_work_of_other_kinds_is_not_counted(in_scope):
    for kind in (Kind.TALK, Kind.CEREMONY, Kind.TRAINING, Kind.OTHER, Kind.SYMPOSIUM):
        activity = factories.activity(
            in_scope,
            kind=kind,
            place="某处",
            partner="某校",
            series=factories.series(in_scope),
            themes=[factories.theme(in_scope)],
            organisers=[factories.organisation(in_scope)],
        )
        factories.guest_group(activity)
    assert read(in_scope) == NONE


def test_study_sessions_count_adds_the_times_of_a_series(in_scope):
    rows = [factories.activity(in_scope, times=times) for times in (3, 4, 1)]
    sessions = statistics.study_sessions_count(unit=in_scope, period=YEAR)
    # 3 + 4 + 1 = 8, in three rows.
    assert (sessions.value(), list(sessions.rows)) == (8, rows)


def test_study_sessions_count_with_several_themes_counts_each_once(in_scope):
    themes = [factories.theme(in_scope) for _ in range(3)]
    factories.activity(in_scope, times=2, themes=themes)
    # Joined with its themes, the row would count 3 × 2 = 6.
    assert statistics.study_sessions_count(unit=in_scope, period=YEAR).value() == 2


def test_study_themes_each_once_in_the_units_order(in_scope):
    second = factories.theme(in_scope, "五大发展理念", position=2)
    first = factories.theme(in_scope, "社会主义核心价值观", position=1)
    factories.theme(in_scope, "没有开展的主题", position=0)
    factories.activity(in_scope, themes=[second])
    factories.activity(in_scope, themes=[second, first])
    themes = statistics.study_themes(unit=in_scope, period=YEAR)
    assert themes.value() == ("社会主义核心价值观", "五大发展理念")
    assert list(themes.rows) == [first, second]


def test_study_platforms_each_once_in_the_units_order(in_scope):
    second = factories.series(in_scope, "党员组织生活", position=2)
    first = factories.series(in_scope, "中心组学习", position=1)
    for series in (second, first, second):
        factories.activity(in_scope, series=series)
    platforms = statistics.study_platforms(unit=in_scope, period=YEAR)
    assert platforms.value() == ("中心组学习", "党员组织生活")
    assert list(platforms.rows) == [first, second]


def test_visit_places_in_the_order_of_the_visits(in_scope):
    for day, place in [(9, "航海博物馆"), (3, "规划馆"), (5, ""), (7, "规划馆")]:
        factories.activity(in_scope, kind=Kind.VISIT, started_on=date(2017, 3, day), place=place)
    places = statistics.visit_places(unit=in_scope, period=YEAR)
    visits = statistics.visits_count(unit=in_scope, period=YEAR)
    # Two different places on record, four visits.
    assert (places.value(), visits.value()) == (("规划馆", "航海博物馆"), 4)
    assert [row.place for row in places.rows] == ["规划馆", "", "规划馆", "航海博物馆"]


def test_joint_projects_need_a_partner_outside(in_scope):
    factories.activity(in_scope, "独立项目", kind=Kind.SERVICE_PROJECT)
    assert statistics.joint_projects(unit=in_scope, period=YEAR).value() == ()


def test_joint_project_organisers_in_the_official_order(in_scope):
    organisers = [
        factories.organisation(in_scope, name, party=brief and factories.party(brief))
        for name, brief in [("农工支部", "农工"), ("民盟支部", "民盟"), ("第一支部", None)]
    ]
    factories.activity(
        in_scope, kind=Kind.SERVICE_PROJECT, partner="金鼎学校", organisers=organisers
    )
    found = statistics.joint_project_organisers(unit=in_scope, period=YEAR)
    # The Communist Party's branch first, on every database.
    assert found.value() == ("第一支部", "民盟支部", "农工支部")
    assert list(found.rows) == organisers[::-1]


def test_service_event_helpers_in_the_order_of_the_record(in_scope):
    event = factories.activity(in_scope, kind=Kind.SERVICE_EVENT)
    factories.guest_group(event, "护士", position=2)
    factories.guest_group(event, "盟员医生", position=1)
    helpers = statistics.service_event_helpers(unit=in_scope, period=YEAR)
    assert helpers.value() == ("盟员医生", "护士")
    assert [row.capacity for row in helpers.rows] == ["盟员医生", "护士"]
