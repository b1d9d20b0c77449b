"""What a sealed report states and today's records no longer give, and which records make it so."""

from datetime import date, timedelta

import pytest
import time_machine
from django.db import connection
from django.utils import timezone

from activities.models import Activity, Theme
from members.models import Membership
from reports.changed_records import Became
from reports.drift import drift_of, printed_places
from tests import factories
from units.acting import Act, acting
from units.models import Unit

MARCH = "2018-03-03T10:00:00+08:00"


@pytest.fixture
def seal(in_scope, cast):
    """The report of 2017, signed on 5 January 2018 over records entered in 2017."""
    with time_machine.travel("2017-12-20T10:00:00+08:00"):
        factories.unit_year(in_scope)
        factories.member(in_scope, "张三丰", party="民盟")
        factories.person(in_scope, "李四光")
        theme = factories.theme(in_scope, "中国梦")
        factories.activity(in_scope, "学习", themes=[theme], times=23)
        factories.activity(in_scope, "参观航海博物馆", kind="visit", place="航海博物馆")
        report = factories.report(in_scope, title="{report_year}年统战工作总结")
        factories.section(
            report,
            heading="队伍",
            body="共有党派成员{members_total}，占{members_share_of_staff}。",
        )
        factories.section(
            report,
            2,
            heading="共建",
            body="研修{study_sessions_count}，主题为{study_themes}；参观{visit_places}。",
        )
    with time_machine.travel(factories.SIGNED_AT):
        return factories.sealed(report, author=cast.clerk, signer=cast.secretary)


@pytest.fixture
def exception(seal, cast):
    with time_machine.travel("2018-03-01T09:00:00+08:00"):
        return factories.year_exception(
            seal.closed_year, cast.clerk, cast.secretary, reason="十二月入盟，三月才得知"
        )


def in_march(cast, deed):
    """What the clerk does under the exception in March."""
    with time_machine.travel(MARCH, tick=False), acting(Act(user=cast.clerk)):
        return deed()


def line_of(seal, key):
    return next(line for line in drift_of(seal).lines if line.key == key)


def facts(record) -> tuple:
    return (record.became, record.kind, record.words, record.true_on)


def test_nothing_drifts_while_nothing_changes(seal):
    drift = drift_of(seal)
    assert (drift.lines, drift.records) == ((), ())


def test_joiner_of_december_typed_in_march(seal, exception, cast, in_scope):
    """Probe 7: on the roster of 31 December, and flagged as learned later than the report."""
    person = factories.person(in_scope, "王小明")
    employment = in_march(cast, lambda: factories.employment(person, started_on=date(2017, 9, 1)))
    membership = in_march(cast, lambda: factories.membership(person, started_on=date(2017, 12, 5)))
    line = line_of(seal, "members_total")
    assert (line.name, line.sealed, line.present) == ("民主党派成员", "1人", "2人")
    assert [(each.place, each.sealed, each.present) for each in line.printed] == [
        ("一、队伍", "1人", "2人")
    ]
    found = {record.key[1]: record for record in line.records if "Membership" in record.key[0]}
    record = found[str(membership.pk)]
    assert facts(record) == (
        Became.ADDED,
        "党派成员身份",
        "王小明 民盟盟员",
        "2017-12-05起至…",
    )
    assert record.entered_at == timezone.datetime.fromisoformat(MARCH)
    assert record.entered_at > seal.signed_at
    assert (record.entered_by, record.exception) == (cast.clerk, exception)
    assert ("members.Employment", str(employment.pk)) in {r.key for r in line.records}


def test_record_that_went_is_still_named(seal, exception, cast):
    membership = Membership.objects.get()
    in_march(cast, lambda: Membership.objects.get().delete())
    line = line_of(seal, "members_total")
    assert (line.sealed, line.present) == ("1人", "0人")
    record = next(r for r in line.records if r.key == ("members.Membership", str(membership.pk)))
    assert facts(record)[0] is Became.GONE
    assert "民盟盟员" in record.words
    assert (record.entered_by, record.exception) == (cast.clerk, exception)


def test_record_that_changed_is_named_with_its_figure(seal, exception, cast):
    in_march(cast, lambda: _changed(_visit(), place="城市规划馆"))
    line = line_of(seal, "visit_places")
    assert [(p.place, p.sealed, p.present) for p in line.printed] == [
        ("二、共建", "航海博物馆", "城市规划馆")
    ]
    assert [(r.became, r.words, r.true_on) for r in line.records] == [
        (Became.CHANGED, "参观航海博物馆", "2017-03-15")
    ]


def _visit():
    return Activity.objects.get(kind="visit")


def _changed(row, **values):
    for name, value in values.items():
        setattr(row, name, value)
    row.save()
    return row


def test_base_of_a_share_is_named(seal, exception, cast, in_scope):
    """18% of all staff: the base moved, not the part."""
    in_march(cast, lambda: _changed(in_scope.reporting_year(2017).facts, staff_total=200))
    line = line_of(seal, "members_share_of_staff")
    assert [record.key[0] for record in line.records] == ["units.UnitYear"]


def test_number_that_moved_within_its_words(seal, exception, cast):
    """20余次 is still true of 24: shown, and told apart from what the paper states wrongly."""
    in_march(cast, lambda: _changed(Activity.objects.get(kind="study"), times=24))
    drift = drift_of(seal)
    line = next(line for line in drift.lines if line.key == "study_sessions_count")
    assert [(p.sealed, p.present, p.still_true) for p in line.printed] == [
        ("20余次", "20余次", True)
    ]
    assert line in drift.others
    assert line not in drift.printed_otherwise


def test_what_belongs_to_no_year_drifts_too(seal, in_scope, cast):
    """A theme's name stands in the report and can be changed at any time."""
    theme = Theme.objects.get()
    in_march(cast, lambda: _changed(theme, name="中国梦教育行"))
    line = line_of(seal, "study_themes")
    assert [(p.sealed, p.present) for p in line.printed] == [("中国梦", "中国梦教育行")]
    assert [(r.became, r.words, r.entered_by) for r in line.records] == [
        (Became.CHANGED, "中国梦教育行", cast.clerk)
    ]


def test_figure_that_the_report_does_not_print(seal, exception, cast, in_scope):
    in_march(cast, lambda: factories.consultation(in_scope, "座谈会"))
    drift = drift_of(seal)
    line = next(line for line in drift.lines if line.key == "symposia_count")
    assert (line.printed, line.is_printed_otherwise) == ((), False)
    assert drift.printed_otherwise == ()


def test_record_that_moves_no_figure_is_listed(seal, exception, cast, in_scope):
    in_march(cast, lambda: factories.guest_group(_visit(), "居民"))
    drift = drift_of(seal)
    assert drift.lines == ()
    assert [facts(record) for record in drift.records_behind_no_figure] == [
        (Became.ADDED, "来宾", "居民", "2017-03-15")
    ]


def test_change_by_hand_in_the_database_is_found(seal):
    """Nobody's name stands by it: that is what there is to say."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE activities_activity SET place = '别处' WHERE kind = 'visit'")
    record = line_of(seal, "visit_places").records[0]
    assert (record.became, record.entered_at, record.entered_by, record.exception) == (
        Became.CHANGED,
        None,
        None,
        None,
    )


def test_unit_that_is_called_otherwise_today(seal, in_scope):
    unit = Unit.objects.get(pk=in_scope.pk)
    _changed(unit, name="普陀区教师进修学院")
    line = line_of(seal, "unit_name")
    assert (line.sealed, line.present, line.records) == (
        "普陀区教育学院",
        "普陀区教师进修学院",
        (),
    )


def test_later_years_do_not_drift_into_it(seal, in_scope):
    with time_machine.travel(factories.SIGNED_AT + timedelta(days=100)):
        factories.activity(in_scope, kind="visit", place="别处", started_on=date(2018, 4, 1))
        factories.member(in_scope, party="民进", employed_on=date(2018, 3, 1))
        membership = Membership.objects.get(party=factories.party("民盟"))
        _changed(membership, ended_on=date(2018, 4, 1))
    drift = drift_of(seal)
    assert (drift.lines, drift.records) == ((), ())


def test_places_of_tokens_are_named_as_they_were_printed():
    sections = [
        {"heading": "队伍{members_total|cn}", "body": "{members_total}\n{members_total|cn}"},
        {"heading": "", "body": "{aid_total}"},
    ]
    content = {
        "text": {"title": "{report_year}年", "subtitle": "", "sections": sections},
        "document": {
            "blocks": [
                {"kind": "heading", "runs": [["一、", "", 0], ["队伍", "", 0], ["两人", "x", 0]]},
                {"kind": "paragraph", "runs": []},
            ]
        },
    }
    assert dict(printed_places(content)) == {
        "report_year": [("标题", "")],
        "members_total": [
            ("一、队伍两人", "cn"),
            ("一、队伍两人", ""),
            ("一、队伍两人", "cn"),
        ],
        "aid_total": [("一、队伍两人", "")],
    }
