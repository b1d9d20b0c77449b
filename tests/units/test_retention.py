"""What has been kept long enough: each rule on the day before, the day and the day after."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command
from django.urls import reverse

from activities.models import Activity
from members.models import Contact, LegalHold, Member
from members.person_rows import held_rows
from tests import factories
from units.events import Action, Event, EventDetail
from units.field_register import register
from units.log_check import faults
from units.retention import LOG_DAYS, blank_due, due, ends_on, years_after
from units.scoping import scope_of_unit

LEFT = date(2020, 7, 1)


@pytest.fixture
def leaver(school):
    """Somebody who left on :data:`LEFT`, with a number and with particulars."""
    row = factories.person(school, "张三丰", staff_number="J0815", note="档案在人事科")
    factories.employment(row, started_on=date(2000, 9, 1), ended_on=LEFT)
    contact(row)
    return row


def contact(member):
    with scope_of_unit(member.unit):
        row = Contact(member=member, phone="13912345678")
        row.full_clean()
        row.save()
    return row


def keys(unit, day):
    """(rule, kind of record) of everything due."""
    return [(item.rule.key, item.key[0]) for item in due(unit=unit, day=day)]


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2021, 6, 30), []),
        (date(2021, 7, 1), [("contact", "members.contact")]),
        (date(2025, 6, 30), [("contact", "members.contact")]),
        (
            date(2025, 7, 1),
            [("contact", "members.contact"), ("particulars", "members.member")],
        ),
    ],
)
def test_leaver_due_from_the_day(leaver, in_scope, day, expected):
    """Check 60: a number one year after leaving, particulars five years after."""
    assert keys(in_scope, day) == expected


def test_nothing_due_while_somebody_is_here(school, in_scope):
    row = factories.member(school, "李四光", note="在职")
    contact(row)
    assert keys(in_scope, date(2100, 1, 1)) == []


def test_who_came_back_is_not_due(leaver, in_scope):
    factories.employment(leaver, started_on=date(2021, 1, 1))
    assert keys(in_scope, date(2100, 1, 1)) == []


def test_last_of_several_ends_counts(leaver, in_scope):
    factories.employment(leaver, started_on=date(2021, 1, 1), ended_on=date(2022, 1, 1))
    assert keys(in_scope, date(2022, 12, 31)) == []
    assert keys(in_scope, date(2023, 1, 1)) == [("contact", "members.contact")]


def test_empty_fields_are_not_due(school, in_scope):
    row = factories.person(school)
    factories.employment(row, started_on=date(2000, 9, 1), ended_on=LEFT)
    assert keys(in_scope, date(2100, 1, 1)) == []


@pytest.mark.parametrize(
    ("kind", "day", "expected"),
    [
        ("call", date(2020, 3, 14), []),
        ("call", date(2020, 3, 15), [("talks", "activities.activity")]),
        ("study", date(2020, 3, 15), []),
        ("study", date(2047, 3, 14), []),
        ("study", date(2047, 3, 15), [("work", "activities.activity")]),
    ],
)
def test_notes_of_calls_due_before_other_activities(in_scope, kind, day, expected):
    """Check 60: notes of calls after three years, all else after thirty."""
    factories.activity(in_scope, kind=kind, started_on=date(2017, 3, 15), summary="谈工作")
    assert keys(in_scope, day) == expected


def test_permanent_data_is_never_due(in_scope):
    member = factories.person(in_scope)
    factories.membership(member, ended_on=LEFT)
    factories.employment(member, ended_on=LEFT)
    factories.honour(in_scope, member=member)
    assert keys(in_scope, date(2999, 1, 1)) == []
    assert ends_on(member, "name") is None


def test_rows_of_another_unit_are_not_due(leaver, other_school):
    with scope_of_unit(other_school):
        assert keys(other_school, date(2100, 1, 1)) == []


def test_year_after_a_leap_day_is_never_early():
    assert years_after(date(2020, 2, 29), 1) == date(2021, 3, 1)
    assert years_after(date(2020, 2, 29), 4) == date(2024, 2, 29)


def test_blanking_empties_row_versions_and_log(leaver, in_scope):
    """Check 60, 66: blanked for good, reported, and the log stays whole."""
    done = blank_due(unit=in_scope, day=date(2025, 7, 1), held=set())
    assert [(item.rule.key, item.fields) for item in done] == [
        ("contact", ("phone_sealed", "phone_index")),
        (
            "particulars",
            ("staff_number", "ethnic_group", "born_on", "checked_on", "source", "note"),
        ),
    ]
    row = Member.objects.get(pk=leaver.pk)
    assert (row.name, row.staff_number, row.note) == ("张三丰", "", "")
    assert {version.note for version in Member.history.all()} == {""}
    assert Contact.objects.get().phone == ""
    assert [v.phone_sealed for v in Contact.history.all()] == ["", ""]
    words = [str(detail.content) for detail in EventDetail.objects.all()]
    assert not [text for text in words if "J0815" in text or "人事科" in text]
    assert Event.objects.filter(action=Action.ERASE).count() == 2
    assert list(faults([])) == []
    assert keys(in_scope, date(2025, 7, 1)) == []


def test_blanking_leaves_permanent_words_of_the_same_row_in_the_log(leaver, in_scope):
    factories.title_of(leaver, "高级教师")
    blank_due(unit=in_scope, day=date(2025, 7, 1), held=set())
    assert EventDetail.objects.filter(event__model="members.title").count() == 1


def test_held_rows_stay(leaver, in_scope):
    """Check 60: a legal hold."""
    hold = LegalHold(unit=in_scope, member=leaver, reason="劳动争议", placed_on=date(2025, 1, 1))
    hold.full_clean()
    hold.save()
    held = held_rows(unit=in_scope, day=date(2025, 7, 1))
    assert blank_due(unit=in_scope, day=date(2025, 7, 1), held=held) == []
    hold.lifted_on = date(2025, 7, 2)
    hold.save()
    assert ("members.contact", leaver.contact.pk) in held_rows(unit=in_scope, day=date(2025, 7, 1))
    assert held_rows(unit=in_scope, day=date(2025, 7, 2)) == set()


def test_hold_covers_the_talk_somebody_took_part_in(leaver, in_scope):
    talk = factories.activity(in_scope, kind="call", started_on=date(2017, 3, 15), summary="谈工作")
    other = factories.activity(
        in_scope, kind="call", started_on=date(2017, 3, 16), summary="谈教学"
    )
    factories.participation(talk, leaver)
    LegalHold(unit=in_scope, member=leaver, reason="争议", placed_on=LEFT).save()
    held = held_rows(unit=in_scope, day=date(2021, 1, 1))
    done = blank_due(unit=in_scope, day=date(2021, 1, 1), held=held)
    assert [item.key for item in done] == [("activities.activity", other.pk)]
    assert Activity.objects.get(pk=talk.pk).summary == "谈工作"


def run(**options) -> list[str]:
    output = StringIO()
    call_command("retention", stdout=output, **options)
    return output.getvalue().splitlines()


def test_dry_run_lists_and_changes_nothing(leaver, school, transactional_db):
    """Check 60."""
    before = Event.objects.count()
    lines = run(on=date(2025, 7, 1), dry_run=True)
    assert [line.split()[:4] for line in lines[:-1]] == [
        [school.code, "2021-07-01", "contact", "members.contact"],
        [school.code, "2025-07-01", "particulars", "members.member"],
    ]
    assert "张三丰" not in "".join(lines)
    assert str(LOG_DAYS) in lines[-1]
    assert Event.objects.count() == before


def test_command_blanks_and_leaves_decisions_to_people(leaver, school, transactional_db):
    factories.activity(school, started_on=date(1990, 1, 1), summary="旧活动")
    run(on=date(2025, 7, 1))
    with scope_of_unit(school):
        assert keys(school, date(2025, 7, 1)) == [("work", "activities.activity")]


def test_log_is_kept_for_six_months_at_least():
    """Check 70: the longest six months, July to December, have 184 days."""
    assert (date(2025, 12, 31) - date(2025, 6, 30)).days == LOG_DAYS
    assert register().classes["log"].years is None
    assert str(LOG_DAYS) in register().classes["log"].reason


def test_page_by_cast(client, cast, leaver, school):
    addresses = {
        "list": ("get", reverse("person-retention")),
        "blank": ("post", reverse("person-blank", args=[school.code])),
    }
    expected = {
        "clerk": {"list": 200, "blank": 403},
        "secretary": {"list": 200, "blank": 302},
        "auditor": {"list": 403, "blank": 403},
        "administrator": {"list": 403, "blank": 403},
        "viewer": {"list": 403, "blank": 403},
        "colleague": {"list": 200, "blank": 403},
    }
    codes = {}
    for part, account in cast:
        client.logout()
        client.force_login(account)
        codes[part] = {
            name: getattr(client, method)(address).status_code
            for name, (method, address) in addresses.items()
        }
    assert codes == expected


def test_page_lists_what_is_due_and_blanks_it(client, cast, leaver, school):
    client.force_login(cast.secretary)
    shown = client.get(reverse("person-retention")).content.decode()
    assert shown.count("张三丰") == 2
    client.post(reverse("person-blank", args=[school.code]))
    assert "张三丰" not in client.get(reverse("person-retention")).content.decode()
