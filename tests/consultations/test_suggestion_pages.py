"""Pages about suggestions: who opens them, what they do, and that nobody unsigned is found out."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from consultations.models import State, Step, Suggestion
from tests import factories
from units.editing import STAMP_FIELD, TOKEN_FIELD
from units.models import EventDetail
from units.scoping import scope_of_unit

TODAY = timezone.localdate()


def browser_of(user) -> Client:
    browser = Client()
    browser.force_login(user)
    return browser


@pytest.fixture
def clerk(cast):
    return browser_of(cast.clerk)


def page(name, unit, *args) -> str:
    return reverse(name, args=[unit.code, *args])


def hidden_of(answer) -> dict:
    field = answer.context["careful"]
    return {field["name"]: field["value"]}


def sent(browser, address, **fields):
    """What the form at ``address`` answers, sent with its own hidden field."""
    return browser.post(address, {**hidden_of(browser.get(address)), **fields})


def registered(clerk, school, **fields) -> Suggestion:
    fields = {"wording": "建议增设停车位。", "registered_on": str(TODAY), **fields}
    answer = sent(clerk, page("new-suggestion", school), **fields)
    assert answer.status_code == 302, answer.context["form"].errors
    with scope_of_unit(school):
        return Suggestion.objects.get(pk=answer["Location"].rstrip("/").split("/")[-1])


def test_a_suggestion_is_registered_with_the_next_number_of_its_year(clerk, school):
    factories.suggestion(school, year=TODAY.year, number=7)
    made = registered(clerk, school, signature="unsigned")
    assert (made.year, made.number, made.signature) == (TODAY.year, 8, "unsigned")


def test_the_form_sent_twice_registers_one(clerk, school):
    address = page("new-suggestion", school)
    fields = {
        **hidden_of(clerk.get(address)),
        "wording": "建议",
        "registered_on": str(TODAY),
        "signature": "unsigned",
    }
    first, second = clerk.post(address, fields), clerk.post(address, fields)
    assert first["Location"] == second["Location"]
    with scope_of_unit(school):
        assert Suggestion.objects.count() == 1


def test_a_course_is_walked_from_page_to_page(clerk, school):
    office = factories.department(school, "总务处")
    row = registered(clerk, school, signature="unsigned")
    day = str(TODAY)
    for kind, fields in (
        ("accepted", {}),
        ("assigned", {"department": office.pk, "due_on": day}),
        ("reply", {"replied_on": day, "way": "letter", "wording": "已列入计划"}),
        ("result", {"result": "planned", "words": "下学期施工"}),
        ("fed_back", {"way": "face", "satisfaction": "satisfied"}),
        ("closed", {}),
        ("followed_up", {"outcome": "done"}),
    ):
        name = "reply" if kind == "reply" else "step"
        args = [row.pk] if kind == "reply" else [row.pk, kind]
        dates = {} if kind == "reply" else {"on": day}
        answer = sent(clerk, page(name, school, *args), **dates, **fields)
        assert answer.status_code == 302, (kind, answer.context["form"].errors)
    shown = clerk.get(page("suggestion", school, row.pk))
    titles = [entry.title for entry in shown.context["entries"]]
    assert titles == ["受理", "交办", "答复", "认定结果", "反馈", "办结", "跟踪办理"]
    assert shown.context["row"].state == State.CLOSED


def test_a_step_that_does_not_fit_says_why_and_keeps_what_was_typed(clerk, school):
    row = registered(clerk, school, signature="unsigned")
    address = page("step", school, row.pk, "closed")
    answer = sent(clerk, address, on=str(TODAY), words="先记下")
    assert answer.status_code == 200
    assert "不能办理“办结”" in answer.content.decode()
    assert "先记下" in answer.content.decode()
    with scope_of_unit(school):
        assert Step.objects.count() == 0


def test_no_deadline_beyond_the_longest(clerk, school):
    office = factories.department(school, "总务处")
    row = factories.suggestion(school, registered_on=date(2017, 3, 15))
    factories.course_step(row, "accepted")
    address = page("step", school, row.pk, "assigned")
    # 92 days after 15 March 2017: 15 June.
    late = sent(clerk, address, on="2017-3-16", department=office.pk, due_on="2017-6-16")
    assert "2017-06-15" in late.content.decode()
    fits = sent(clerk, address, on="2017-3-16", department=office.pk, due_on="2017-6-15")
    assert fits.status_code == 302


def test_two_editors_of_one_suggestion(clerk, school):
    row = factories.suggestion(school, registered_on=date(2017, 3, 15))
    address = page("edit-suggestion", school, row.pk)
    fields = {"registered_on": "2017-3-15", "signature": "unsigned"}
    first, second = hidden_of(clerk.get(address)), hidden_of(clerk.get(address))
    assert STAMP_FIELD in first
    assert TOKEN_FIELD not in first
    assert clerk.post(address, {**first, **fields, "wording": "甲"}).status_code == 302
    answer = clerk.post(address, {**second, **fields, "wording": "乙"})
    assert answer.status_code == 200
    assert "乙" in answer.content.decode()
    with scope_of_unit(school):
        assert Suggestion.objects.get(pk=row.pk).wording == "甲"


def test_who_signed_is_forgotten_when_the_signature_is_taken_back(clerk, cast, school):
    speaker = factories.member(school, "钱学文", party="民盟")
    row = registered(clerk, school, signature="persons", proposers=[speaker.pk])
    answer = sent(
        clerk,
        page("edit-suggestion", school, row.pk),
        wording=row.wording,
        registered_on=str(TODAY),
        signature="unsigned",
    )
    assert answer.status_code == 302
    with scope_of_unit(school):
        assert Suggestion.objects.get(pk=row.pk).proposers.count() == 0
        assert set(row.history.values_list("signature", flat=True)) == {"unsigned"}
    details = EventDetail.objects.filter(
        event__model="consultations.suggestion", event__object_id=str(row.pk)
    ).exclude(event__action="erase")
    assert [each.content for each in details if "proposers" in each.content] == []
    for name in ("suggestion", "edit-suggestion", "suggestion-slip"):
        shown = clerk.get(page(name, school, row.pk)).content.decode()
        # The form offers everybody's name for choosing; elsewhere nobody stands.
        assert ("钱学文" in shown) == (name == "edit-suggestion")
    selected = clerk.get(page("edit-suggestion", school, row.pk)).context["form"]
    assert selected["proposers"].value() == []


def test_the_notice_names_nobody_and_publishes_only_what_may_be(clerk, school):
    speaker = factories.member(school, "钱学文", party="民盟")
    for wording, published in (("公开的建议", True), ("内部的建议", False)):
        row = factories.suggestion(
            school,
            wording=wording,
            registered_on=date(2017, 3, 15),
            signature="persons",
            proposers=[speaker],
            may_be_published=published,
        )
        factories.reply(row)
    factories.unit_year(school)
    notice = clerk.get(page("results-notice", school, 2017)).content.decode()
    assert "公开的建议" in notice
    assert "内部的建议" not in notice
    assert "钱学文" not in notice
    assert "共提出意见建议2条" in notice


@pytest.mark.parametrize("state", ["overdue", "soon", "open", "planned", "registered", "closed"])
def test_the_list_is_narrowed_by_how_things_stand(clerk, school, state):
    late = factories.suggestion(school, registered_on=date(2017, 3, 15))
    fresh = factories.suggestion(school, year=TODAY.year, registered_on=TODAY)
    answered = factories.suggestion(school, registered_on=date(2017, 3, 15))
    factories.reply(answered)
    factories.told(answered, date(2017, 4, 12))
    factories.course_step(answered, "result", on=date(2017, 4, 12), result="planned", words="明年")
    factories.course_step(answered, "closed", on=date(2017, 4, 13))
    near = factories.suggestion(school, year=TODAY.year, registered_on=TODAY)
    factories.course_step(near, "accepted")
    factories.course_step(near, "assigned", department=factories.department(school), due_on=TODAY)
    expected = {
        "overdue": {late},
        # A new one has to be decided within five working days, which is when reminders begin.
        "soon": {near, fresh},
        "open": {late, fresh, near},
        "planned": {answered},
        "registered": {late, fresh},
        "closed": {answered},
    }
    rows = clerk.get(page("suggestions", school), {"state": state}).context["page"].object_list
    assert set(rows) == expected[state]


def test_the_board_shows_each_once_and_the_late_ones_first(clerk, school):
    late = factories.suggestion(school, registered_on=date(2017, 3, 15))
    fresh = factories.suggestion(school, year=TODAY.year, registered_on=TODAY)
    columns = clerk.get(page("suggestion-board", school)).context["columns"]
    shown = [[card["row"] for card in column["cards"]] for column in columns]
    assert shown == [[late, fresh], [], [], [], [], []]
    assert [card["is_late"] for card in columns[0]["cards"]] == [True, False]


@pytest.mark.parametrize("name", ["suggestions", "suggestion-board"])
def test_pages_ask_the_same_number_of_queries(
    clerk, school, name, django_assert_max_num_queries, django_assert_num_queries
):
    def add(number):
        for _each in range(number):
            row = factories.suggestion(school, year=TODAY.year, registered_on=TODAY)
            factories.reply(row, replied_on=TODAY)

    add(1)
    clerk.get(page(name, school))
    with django_assert_max_num_queries(20) as one:
        clerk.get(page(name, school))
    add(29)
    with django_assert_num_queries(len(one.captured_queries)):
        clerk.get(page(name, school))


def test_an_empty_form_says_what_is_needed(clerk, school):
    address = page("new-suggestion", school)
    answer = clerk.post(address)
    assert {"wording", "registered_on", "signature"} == set(answer.context["form"].errors)
