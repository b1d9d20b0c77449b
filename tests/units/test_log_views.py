"""The auditor's pages: whose events they show, what they find, and that a look leaves a trace."""

import csv
from io import StringIO

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests import factories
from units.acting import Act, acting, because
from units.events import Action, Event, record
from units.log_reading import EVENTS_PER_PAGE
from units.log_text import cell, visible
from units.models import EventDetail
from units.roles import Role


@pytest.fixture
def auditor(cast) -> Client:
    browser = Client()
    browser.force_login(cast.auditor)
    return browser


def shown(browser, **asked) -> list[Event]:
    """The events on the page, as the template gets them."""
    return [row[0] for row in browser.get(reverse("log"), asked).context["rows"]]


def lines(browser, **asked) -> list[list[str]]:
    answer = browser.get(reverse("log-file"), asked)
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.reader(StringIO(text)))


def test_log_opens_for_auditors_alone(cast, school):
    """Check 15: the administrator cannot read the log, nor can anybody who writes in it."""
    event = Event.objects.filter(unit=school).first()
    pages = [reverse("log"), reverse("log-file"), reverse("log-event", args=[event.number])]
    seen = {}
    for part, user in cast:
        browser = Client()
        browser.force_login(user)
        seen[part] = {browser.get(page).status_code for page in pages}
    assert seen.pop("auditor") == {200}
    assert seen == dict.fromkeys(seen, {403})


def test_log_is_only_read(auditor, school):
    """Check 15: the auditor writes nothing."""
    event = Event.objects.filter(unit=school).first()
    for page in (reverse("log"), reverse("log-file"), reverse("log-event", args=[event.number])):
        for method in ("post", "put", "patch", "delete"):
            assert getattr(auditor, method)(page).status_code == 405


def test_events_of_other_units_are_not_shown(auditor, school, other_school, cast):
    """Check 24."""
    factories.member(school, "王小明")
    hidden = factories.member(other_school, "李小红")
    foreign = Event.objects.filter(unit=other_school)
    assert foreign.filter(object_id=str(hidden.pk)).exists()
    units = {event.unit_id for event in shown(auditor)}
    assert school.pk in units
    assert other_school.pk not in units
    for event in foreign:
        assert auditor.get(reverse("log-event", args=[event.number])).status_code == 404
    assert shown(auditor, unit=other_school.pk) == []
    assert shown(auditor, actor=cast.colleague.pk) == []
    assert not any("李小红" in "".join(line) for line in lines(auditor))


def test_auditor_of_the_district_reads_the_logs_below(district, school, other_school):
    browser = Client()
    browser.force_login(factories.user(Role.AUDITOR, unit=district))
    factories.member(school)
    factories.member(other_school)
    assert {school.pk, other_school.pk} <= {event.unit_id for event in shown(browser)}


def test_what_happens_to_an_account_is_seen_where_it_works(auditor, cast):
    numbers = {}
    for user in (cast.clerk, cast.colleague):
        user.full_name = "改名"
        user.save()
        numbers[user.username] = Event.objects.latest("number").number
    seen = {event.number for event in shown(auditor)}
    assert numbers["clerk"] in seen
    assert numbers["colleague"] not in seen


def test_what_belongs_to_nobody_is_seen_at_the_top(auditor, district):
    record(Action.SIGN_IN_FAILED)
    number = Event.objects.latest("number").number
    assert number not in {event.number for event in shown(auditor)}
    top = Client()
    top.force_login(factories.user(Role.AUDITOR, unit=district))
    assert number in {event.number for event in shown(top)}


def test_log_is_filtered_by_person_kind_record_unit_action_and_day(auditor, cast, school):
    """Check 71."""
    with acting(Act(user=cast.clerk)):
        theme = factories.theme(school)
    with acting(Act(user=cast.secretary)):
        theme.delete()
    made, gone = Event.objects.filter(model="activities.theme").order_by("number")
    assert shown(auditor, model="activities.theme") == [gone, made]
    assert shown(auditor, actor=cast.clerk.pk) == [made]
    assert shown(auditor, model="activities.theme", object_id=made.object_id) == [gone, made]
    assert shown(auditor, action="delete") == [gone]
    assert {event.unit for event in shown(auditor, unit=school.pk)} == {school}
    today = timezone.localdate()
    yesterday = today - timezone.timedelta(days=1)
    assert shown(auditor, model="activities.theme", since=today, until=today) == [gone, made]
    assert shown(auditor, until=yesterday) == []
    assert shown(auditor, since=today + timezone.timedelta(days=1)) == []


def test_filters_that_cannot_be_read_find_nothing(auditor, school):
    factories.theme(school)
    for asked in ({"since": "x"}, {"actor": "0"}, {"before": "-1"}, {"action": "' OR 1"}):
        assert shown(auditor, **asked) == []


def test_pages_of_the_log_follow_without_gap_or_repetition(auditor, school):
    """Check 71."""
    for _each in range(EVENTS_PER_PAGE + 20):
        record(Action.VIEW, unit=school)
    everything = [event.number for event in Event.objects.filter(action="view")]
    first = auditor.get(reverse("log"), {"action": "view"})
    older = first.context["older"]
    seen = [row[0].number for row in first.context["rows"]]
    assert f"before={older}" in first.content.decode()
    seen += [event.number for event in shown(auditor, action="view", before=older)]
    assert seen == everything


def test_log_takes_the_same_queries_for_one_event_and_for_thirty(auditor, school):
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            auditor.get(reverse("log"))
        return len(asked)

    queries()
    before = queries()
    for _each in range(29):
        factories.theme(school)
    assert queries() == before


def test_event_shows_before_and_after_and_the_look_is_an_event(auditor, cast, school):
    """Check 66: whoever reads the details is in the log as well."""
    person = factories.member(school, "王小明")
    with acting(Act(user=cast.clerk)), because("更名"):
        person.name = "王大明"
        person.save()
    event = Event.objects.latest("number")
    page = auditor.get(reverse("log-event", args=[event.number])).content.decode()
    for words in ("王小明", "王大明", "更名", str(cast.clerk)):
        assert words in page
    look = Event.objects.latest("number")
    assert (look.action, look.actor, look.unit) == ("view", cast.auditor, school)
    assert look.detail.content == {"number": event.number}


def test_event_whose_detail_was_erased_says_so(auditor, school):
    factories.theme(school)
    event = Event.objects.filter(model="activities.theme").latest("number")
    EventDetail.objects.filter(event=event).delete()
    assert auditor.get(reverse("log-event", args=[event.number])).context["is_erased"]


def test_file_holds_every_event_asked_for_and_is_an_event(auditor, cast, school):
    """Checks 64 and 71."""
    factories.theme(school, name="甲")
    expected = [str(e.number) for e in Event.objects.filter(model="activities.theme")]
    headers, *rows, (mark,) = lines(auditor, model="activities.theme")
    assert headers[:3] == ["number", "time", "account"]
    assert [row[0] for row in rows] == expected
    assert cast.auditor.full_name in mark
    assert "甲" in rows[0][-1]
    export = Event.objects.latest("number")
    assert (export.action, export.actor) == ("export", cast.auditor)
    assert export.detail.content == {
        "file": "log",
        "format": "csv",
        "rows": len(expected),
        "asked": {"model": "activities.theme"},
    }


def test_file_of_nothing_has_headers_and_its_mark(auditor):
    assert [len(line) for line in lines(auditor, action="erase")] == [12, 1]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("王小明\r\n2017 伪造", "王小明⟨U+000D⟩⟨U+000A⟩2017 伪造"),
        ("abc\u202egpj.exe", "abc⟨U+202E⟩gpj.exe"),
        ("零\u200b宽", "零⟨U+200B⟩宽"),
        ("行\u2028段\u2029", "行⟨U+2028⟩段⟨U+2029⟩"),
        ("\x1b[31m", "⟨U+001B⟩[31m"),
        ("𠮷、阿卜杜拉·买买提", "𠮷、阿卜杜拉·买买提"),
        (None, ""),
        (["a", 1], '["a", 1]'),
    ],
)
def test_words_that_hide_something_are_made_visible(written, read):
    """Check 71."""
    assert visible(written) == read


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "＝", "＋", "－", "＠"])
def test_file_holds_no_formula(sign):
    """Check 45."""
    assert cell(f"{sign}cmd|' /C calc'!A1").startswith(f"'{sign}")


def test_hidden_signs_of_a_log_are_shown_on_its_pages(auditor, cast, school):
    """Check 71."""
    nasty = "x\u202etxt.exe"
    with acting(Act(user=cast.clerk, source=f"/{nasty}/")), because(f"理由\r\n{nasty}"):
        record(Action.VIEW, unit=school, **{nasty: nasty})
    event = Event.objects.latest("number")
    pages = [reverse("log"), reverse("log-event", args=[event.number])]
    texts = [auditor.get(page).content.decode() for page in pages]
    texts.append("".join("".join(row) for row in lines(auditor)))
    for text in texts:
        assert "\u202e" not in text
        assert "⟨U+202E⟩" in text


def test_home_of_an_auditor_is_the_log(auditor):
    assert auditor.get(reverse("home"))["Location"] == reverse("log")
    assert reverse("log") in auditor.get(reverse("log")).content.decode()
