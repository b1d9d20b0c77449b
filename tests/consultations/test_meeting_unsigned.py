"""Suggestions entered with a meeting: who signs, who is in doubt, and that unsigned is unsigned."""

import json
from datetime import date

import pytest
from django.apps import apps
from django.urls import reverse

from activities.models import Activity
from consultations.models import Suggestion
from tests import factories
from tests.activities.sending_entries import (
    address_of,
    address_of_new,
    browser_of,
    entered,
    faults_on,
    send,
    typed_into,
)
from units.drafts import kept
from units.models import EventDetail
from units.scoping import scope_of_unit

SYMPOSIUM = Activity.Kind.SYMPOSIUM
DAY = date(2017, 6, 19)


@pytest.fixture
def clerk(cast):
    return browser_of(cast.clerk)


@pytest.fixture
def speaker(school):
    return factories.person(school, "钱学文")


def stored(unit) -> list[tuple]:
    """(wording, how signed, by whom) of each, in the order of numbers."""
    with scope_of_unit(unit):
        rows = Suggestion.objects.select_related("organisation").order_by("year", "number")
        return [(row.wording, row.signature, row.made_by) for row in rows]


def row_of(unit) -> Suggestion:
    with scope_of_unit(unit):
        return Suggestion.objects.select_related("unit").get()


def test_signed_by_one_several_an_organisation_or_nobody(clerk, school, speaker):
    factories.person(school, "王明")
    factories.organisation(school, "民进支部")
    key = entered(
        clerk,
        school,
        SYMPOSIUM,
        started_on="2017-6-19",
        suggestions__0__wording="甲",
        suggestions__0__signed_by="钱学文",
    )
    meeting = Activity(pk=key, unit=school)
    for place, (wording, names) in enumerate(
        [("乙", "钱学文，王明"), ("丙", "民进支部"), ("丁", ""), ("戊", "不署名")], start=1
    ):
        typed = {f"suggestions-{place}-wording": wording, f"suggestions-{place}-signed_by": names}
        assert send(clerk, address_of(meeting), **typed).status_code == 302
    assert stored(school) == [
        ("甲", "persons", "钱学文"),
        ("乙", "persons", "钱学文、王明"),
        ("丙", "organisation", "民进支部"),
        ("丁", "unsigned", "不署名"),
        ("戊", "unsigned", "不署名"),
    ]


def test_an_unknown_name_is_shown_and_nothing_is_stored(clerk, school, speaker):
    answer = send(
        clerk,
        address_of_new(school, SYMPOSIUM),
        **{"suggestions-pasted": "钱学闻：建议增设停车位。"},
    )
    assert answer.status_code == 200
    assert "钱学闻" in faults_on(answer)[0]
    assert stored(school) == []


def test_namesakes_are_told_apart(clerk, school):
    first = factories.person(school, "王明", born_on=date(1971, 5, 1))
    factories.person(school, "王明", born_on=date(1980, 5, 1))
    typed = {"started_on": "2017-6-19", "suggestions__0__wording": "甲"}
    answer = send(
        clerk, address_of_new(school, SYMPOSIUM), **typed, suggestions__0__signed_by="王明"
    )
    assert "1971" in faults_on(answer)[0]
    assert "1980" in faults_on(answer)[0]
    label = next(
        name
        for name, _found in answer.context["suggestions"].register.suggestions
        if "1971" in name
    )
    entered(clerk, school, SYMPOSIUM, **typed, suggestions__0__signed_by=label)
    with scope_of_unit(school):
        assert [person.pk for person in row_of(school).proposers.all()] == [first.pk]


@pytest.mark.parametrize(
    ("line", "row"),
    [
        ("建议：增设停车位。", ("建议：增设停车位。", "unsigned", "不署名")),
        ("（3）钱学文：增设停车位。", ("增设停车位。", "persons", "钱学文")),
        ("匿名：增设停车位。", ("增设停车位。", "unsigned", "不署名")),
        ("钱 学文：增设停车位。", None),
    ],
)
def test_what_stands_before_the_colon_is_a_name_or_part_of_the_wording(
    clerk, school, speaker, line, row
):
    send(
        clerk,
        address_of_new(school, SYMPOSIUM),
        started_on="2017-6-19",
        **{"suggestions-pasted": line},
    )
    assert stored(school) == ([row] if row else [("增设停车位。", "persons", "钱学文")])


def test_pasted_lines_are_laid_out_as_rows_for_checking(clerk, school, speaker):
    address = address_of_new(school, SYMPOSIUM)
    data = typed_into(clerk, address, **{"suggestions-pasted": "钱学文：甲\n乙"})
    data["suggestions-0-wording"] = "先写的"
    answer = clerk.post(reverse("suggestion-rows", args=[school.code]), data.dict())
    rows = [(f["wording"].value(), f["signed_by"].value() or "") for f in answer.context["part"]]
    assert rows == [("先写的", ""), ("甲", "钱学文"), ("乙", "")]
    assert stored(school) == []


def test_more_lines_than_fit_are_refused_and_stay(clerk, school):
    pasted = "\n".join(f"第{each}条建议" for each in range(500))
    answer = send(clerk, address_of_new(school, SYMPOSIUM), **{"suggestions-pasted": pasted})
    # 500 lines and the row that is there: one more than there can be.
    assert faults_on(answer) == ["这里最多录入500条意见建议：请少粘贴几行。"]
    assert "第499条建议" in answer.content.decode()
    assert stored(school) == []


def traces_of(row: Suggestion, person) -> list[str]:
    """Every place, besides the person's own records, that could tell who had signed ``row``."""
    found = []
    key = str(row.pk)
    details = EventDetail.objects.filter(event__model="consultations.suggestion")
    for each in details.filter(event__object_id=key):
        written = json.dumps(each.content, ensure_ascii=False, default=str)
        if "proposers" in each.content or person.name in written:
            found.append(f"log {each.event_id}")
    with scope_of_unit(row.unit):
        through = Suggestion.proposers.through.objects.filter(suggestion=row.pk)
        found += ["link"] * through.count()
        for version in row.history.all():
            if version.signature != "unsigned" or version.organisation_id:
                found.append("version")
    for model in apps.get_models():
        if "historical" in model._meta.model_name and "proposers" in model._meta.model_name:
            found += [model._meta.label] * model._base_manager.filter(suggestion=row.pk).count()
    return found


def test_a_signature_that_is_emptied_leaves_no_trace(clerk, cast, school, speaker):
    key = entered(
        clerk,
        school,
        SYMPOSIUM,
        started_on="2017-6-19",
        suggestions__0__wording="甲",
        suggestions__0__signed_by="钱学文",
    )
    row = row_of(school)
    assert traces_of(row, speaker) != []
    address = address_of(Activity(pk=key, unit=school))
    assert send(clerk, address, suggestions__0__signed_by="").status_code == 302
    assert stored(school) == [("甲", "unsigned", "不署名")]
    assert traces_of(row, speaker) == []
    assert kept(cast.clerk, address) is None


def test_what_was_typed_before_it_was_called_unsigned_is_not_kept(cast, school, speaker):
    browser = browser_of(cast.clerk)
    path = reverse("new-suggestion", args=[school.code])
    typed = [
        ["wording", "甲"],
        ["signature", "unsigned", "不署名"],
        ["proposers", str(speaker.pk), "钱学文"],
        ["organisation", "7", "民盟支部"],
    ]
    sent = {"path": path, "user": cast.clerk.pk, "fields": json.dumps(typed)}
    browser.post(reverse("draft"), sent)
    assert kept(cast.clerk, path)[0] == typed[:2]
    typed[1][1] = "persons"
    browser.post(reverse("draft"), {**sent, "fields": json.dumps(typed)})
    assert kept(cast.clerk, path)[0] == typed


def test_suggestions_follow_the_date_that_is_entered_later(clerk, school):
    key = entered(clerk, school, SYMPOSIUM, suggestions__0__wording="甲")
    made = row_of(school)
    factories.suggestion(school, year=2017, number=8)
    meeting = Activity(pk=key, unit=school)
    send(clerk, address_of(meeting), started_on="2017-6-19")
    with scope_of_unit(school):
        row = Suggestion.objects.get(pk=made.pk)
    assert (str(row), row.registered_on) == ("2017-9", DAY)


def test_a_suggestion_on_its_way_keeps_day_and_number(clerk, school):
    meeting = factories.consultation(school, started_on=DAY)
    row = factories.suggestion(school, consultation=meeting, registered_on=DAY, number=3)
    factories.course_step(row, "accepted")
    send(clerk, address_of(meeting), started_on="2017-6-20")
    assert row_of(school).registered_on == DAY
    answer = send(clerk, address_of(meeting), suggestions__0__wording="")
    assert faults_on(answer) == ["这一条已在办理，不能删去。编号：2017-3"]


def test_a_suggestion_nobody_worked_on_is_taken_off(clerk, school):
    meeting = factories.consultation(school, started_on=DAY)
    factories.suggestion(school, consultation=meeting, registered_on=DAY)
    assert send(clerk, address_of(meeting), suggestions__0__wording="").status_code == 302
    assert stored(school) == []


def test_the_page_of_the_meeting_leads_to_each_suggestion(clerk, school, speaker):
    meeting = factories.consultation(school, started_on=DAY)
    rows = [
        factories.suggestion(
            school, consultation=meeting, signature="persons", proposers=[speaker], wording=words
        )
        for words in ("甲", "乙")
    ]
    page = clerk.get(address_of(meeting, "activity")).content.decode()
    for row in rows:
        assert reverse("suggestion", args=[school.code, row.pk]) in page
    assert page.count("钱学文") == 2


def test_a_meeting_with_suggestions_stays_a_meeting(clerk, school):
    meeting = factories.consultation(school, started_on=DAY)
    answer = send(clerk, address_of(meeting), kind="study", suggestions__0__wording="甲")
    assert faults_on(answer) == ["所选类型放不下已填写的内容。"]
    assert stored(school) == []
    factories.suggestion(school, consultation=meeting)
    choices = dict(clerk.get(address_of(meeting)).context["main"].fields["kind"].choices)
    assert "study" not in choices
    assert "briefing" in choices
