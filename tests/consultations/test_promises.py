"""Promises: out of a sealed report, through the year, into the next draft, carried over if left."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from consultations import statistics
from consultations.models import Promise, PromiseKept
from consultations.promising import take_over
from reports.annual import annual_report
from reports.document import Document, Heading, Paragraph, Run
from reports.promised import sentences
from tests import factories
from units.scoping import scope_of_unit

SHORT = "对统战对象的了解不深不透"
FIRST = "一是要完善责任区工作，使之常态化制度化"
SECOND = "二是党总支委员要主动关心、融入党派的支部、小组活动"


def browser_of(user) -> Client:
    browser = Client()
    browser.force_login(user)
    return browser


def page(name, unit, *args) -> str:
    return reverse(name, args=[unit.code, *args])


def names(statistic, unit, year=2018) -> tuple:
    return statistic(year=unit.reporting_year(year)).value()


@pytest.fixture
def sealed(cast, school):
    """The school's report of 2017, signed, with a part about shortcomings and one before it."""
    report = factories.report(school, 2017)
    factories.section(report, 1, heading="本年度工作", body="将继续开展活动。")
    factories.section(
        report, 2, heading="存在不足及改进措施", body=f"{SHORT}。因此，今后{FIRST}；{SECOND}。"
    )
    return factories.sealed(report, author=cast.clerk, signer=cast.secretary)


# --- out of the report ---


def test_sentences_are_read_under_their_headings_only():
    document = Document(
        name="",
        title=(),
        subtitle=(),
        blocks=(
            Heading(1, (Run("一、成绩"),)),
            Paragraph((Run("今后要加强。"),)),
            Heading(1, (Run("二、存在不足及改进措施"),)),
            Heading(2, (Run("（一）不足"),)),
            Paragraph((Run("了解"), Run("不深。"))),
            Heading(2, (Run("（二）措施"),)),
            Paragraph((Run("一是要走访，二是要座谈；"), Run("共同努力。"))),
            Heading(1, (Run("三、附录"),)),
            Paragraph((Run("将另行印发。"),)),
        ),
    )
    assert [(each.wording, each.kind) for each in sentences(document)] == [
        ("了解不深", "shortcoming"),
        ("一是要走访", "measure"),
        ("二是要座谈", "measure"),
        ("共同努力", ""),
    ]


def test_chosen_sentences_of_a_signed_report_become_open_items(cast, school, sealed):
    clerk = browser_of(cast.clerk)
    address = page("report-promises", school, 2017)
    rows = clerk.get(address).context["rows"].initial
    assert [(row["kind"], row["wording"]) for row in rows] == [
        ("shortcoming", SHORT),
        ("measure", f"因此，今后{FIRST}"),
        ("measure", SECOND),
    ]
    sent = {"form-TOTAL_FORMS": 5, "form-INITIAL_FORMS": 3}
    for place, (kind, wording) in enumerate(
        [("shortcoming", SHORT), ("measure", FIRST), ("", SECOND), ("measure", "自拟的措施")]
    ):
        sent |= {f"form-{place}-kind": kind, f"form-{place}-wording": wording}
    assert clerk.post(address, sent)["Location"] == page("promises", school)
    assert clerk.post(address, sent).status_code == 302  # the second click
    with scope_of_unit(school):
        found = list(Promise.objects.values_list("made_in", "kind", "position", "wording"))
        # The report stays as it was signed.
        assert SECOND in annual_report(school, 2017).document.blocks[-1].runs[0].text
    assert found == [
        (2017, "measure", 2, FIRST),
        (2017, "measure", 3, "自拟的措施"),
        (2017, "shortcoming", 1, SHORT),
    ]
    shown = clerk.get(page("promises", school), {"year": 2018}).content.decode()
    assert FIRST in shown
    assert FIRST not in clerk.get(page("promises", school), {"year": 2017}).content.decode()


def test_a_report_that_is_not_signed_gives_nothing(cast, school):
    factories.report(school, 2017)
    clerk = browser_of(cast.clerk)
    address = page("report-promises", school, 2017)
    assert "尚未签发" in clerk.get(address).content.decode()
    sent = {
        "form-TOTAL_FORMS": 1,
        "form-INITIAL_FORMS": 0,
        "form-0-kind": "measure",
        "form-0-wording": "x",
    }
    assert clerk.post(address, sent).status_code == 200
    with scope_of_unit(school):
        assert Promise.objects.count() == 0


def test_a_wording_too_long_is_refused_and_nothing_is_kept(cast, school, sealed):
    clerk = browser_of(cast.clerk)
    sent = {"form-TOTAL_FORMS": 2, "form-INITIAL_FORMS": 0}
    for place, wording in enumerate(["短", "长" * 301]):
        sent |= {f"form-{place}-kind": "measure", f"form-{place}-wording": wording}
    answer = clerk.post(page("report-promises", school, 2017), sent)
    assert "300字" in answer.content.decode()
    with scope_of_unit(school):
        assert Promise.objects.count() == 0


def test_taking_over_is_all_or_nothing(in_scope):
    with pytest.raises(ValidationError):
        take_over(in_scope, year=2016, items=[("measure", "甲"), ("nonsense", "乙")])
    assert Promise.objects.count() == 0
    assert take_over(in_scope, year=2016, items=[("measure", "甲"), ("measure", "甲")]) == 1
    assert take_over(in_scope, year=2016, items=[("measure", "甲"), ("measure", "乙")]) == 1
    assert list(Promise.objects.values_list("wording", "position")) == [("甲", 1), ("乙", 2)]


# --- what became of them, and the next year ---


def review(promise, day, outcome, **fields):
    return factories.review(promise, on=day, outcome=outcome, **fields)


@pytest.fixture
def year(in_scope):
    """Five promises of the report of 2017, at the end of 2018: one of each outcome, one without."""
    made = {
        name: factories.promise(in_scope, name, made_in=2017, position=place)
        for place, name in enumerate(["完成", "部分", "放弃", "未动", "迟到"])
    }
    review(made["完成"], date(2018, 6, 1), "partly")
    review(made["完成"], date(2018, 12, 31), "done")
    review(made["部分"], date(2018, 6, 1), "partly")
    review(made["放弃"], date(2018, 6, 1), "dropped", words="条件不具备")
    review(made["迟到"], date(2019, 1, 1), "done")
    factories.promise(in_scope, "不足", made_in=2017, kind="shortcoming")
    factories.promise(in_scope, "同年", made_in=2018)
    return made


def test_each_is_done_partly_dropped_or_carried_over_on_the_closing_day(in_scope, year):
    assert names(statistics.promises_due, in_scope) == 6
    assert names(statistics.promises_done, in_scope) == ("完成",)
    assert names(statistics.promises_partly, in_scope) == ("部分",)
    assert names(statistics.promises_dropped, in_scope) == ("放弃",)
    # Neither done nor dropped by 31 December: what was done on 1 January is still open then.
    left = names(statistics.promises_carried_over, in_scope)
    assert left == ("部分", "未动", "迟到", "不足")
    # One of five measures; the shortcoming is no measure.
    kept = names(statistics.promises_kept, in_scope)
    assert (kept.part, kept.base) == (1, 5)


def test_what_was_left_is_due_again_and_what_was_ended_is_not(in_scope, year):
    # 2019: the partly done, the untouched, the late one and the shortcoming are carried over;
    # 同年 was promised by the report of 2018.
    assert names(statistics.promises_due, in_scope, 2019) == 5
    assert names(statistics.promises_done, in_scope, 2019) == ("迟到",)
    kept = names(statistics.promises_kept, in_scope, 2019)
    # Measures: 部分, 未动, 迟到, 同年.
    assert (kept.part, kept.base) == (1, 4)
    # 2020: 迟到 was done in 2019.
    carried = names(statistics.promises_carried_over, in_scope, 2020)
    assert carried == ("部分", "未动", "不足", "同年")


def test_the_new_draft_tells_what_became_of_each(in_scope, year):
    factories.unit_year(in_scope, 2018)
    blocks = annual_report(in_scope, 2018).document.blocks
    texts = ["".join(run.text for run in block.runs) for block in blocks]
    assert texts[-1] == (
        "上年度总结提出、须继续落实的不足和改进措施共6项。已落实的有：完成。部分落实的有：部分。"
        "不再落实的有：放弃。结转下年度继续落实的有：部分、未动、迟到、不足。"
    )


def test_a_draft_says_nothing_where_nothing_was_promised(in_scope):
    factories.unit_year(in_scope, 2018)
    blocks = annual_report(in_scope, 2018).document.blocks
    texts = ["".join(run.text for run in block.runs) for block in blocks]
    assert [text for text in texts if "上年度" in text or "结转" in text] == []


# --- the pages ---


def test_a_review_is_entered_with_its_records_and_corrected(cast, school):
    promise = factories.promise(school, "完善责任区工作", made_in=2016)
    visit = factories.activity(school, "责任区访谈", started_on=date(2017, 5, 4))
    opinion = factories.suggestion(school)
    clerk = browser_of(cast.clerk)
    address = page("review-promise", school, promise.pk)
    hidden = clerk.get(address).context["careful"]
    answer = clerk.post(
        address,
        {
            hidden["name"]: hidden["value"],
            **{"outcome": "partly", "on": "2017-11-1", "words": "半数已访"},
            **{"activities": [visit.pk], "suggestions": [opinion.pk]},
        },
    )
    assert answer["Location"] == f"{page('promises', school)}?year=2017"
    shown = clerk.get(page("promises", school), {"year": 2017}).content.decode()
    for words in (
        "部分落实",
        "半数已访",
        "责任区访谈",
        str(opinion),
        page("activity", school, visit.pk),
    ):
        assert words in shown
    with scope_of_unit(school):
        made = PromiseKept.objects.get()
    address = page("edit-review", school, promise.pk, made.pk)
    hidden = clerk.get(address).context["careful"]
    fields = {"outcome": "dropped", "on": "2017-11-1", "words": ""}
    answer = clerk.post(address, {hidden["name"]: hidden["value"], **fields})
    assert answer.context["form"].errors["words"] == ["请写明为何不再落实。"]
    fields["words"] = "机构调整"
    assert clerk.post(address, {hidden["name"]: hidden["value"], **fields}).status_code == 302
    with scope_of_unit(school):
        made.refresh_from_db()
        assert (made.outcome, made.words, made.activities.count()) == ("dropped", "机构调整", 0)


def test_a_promise_is_entered_by_hand_behind_the_others(cast, school):
    factories.promise(school, made_in=2016)
    clerk = browser_of(cast.clerk)
    address = page("new-promise", school)
    hidden = clerk.get(address).context["careful"]
    fields = {"made_in": 2016, "kind": "measure", "wording": "加强走访"}
    answer = clerk.post(address, {hidden["name"]: hidden["value"], **fields})
    assert answer["Location"] == f"{page('promises', school)}?year=2017"
    with scope_of_unit(school):
        assert Promise.objects.get(wording="加强走访").position == 2


@pytest.mark.parametrize("year", ["x", "0", "9999", "²"])
def test_what_is_no_year_is_not_found(cast, school, year):
    assert browser_of(cast.clerk).get(page("promises", school), {"year": year}).status_code == 404


def test_the_page_asks_the_same_for_one_and_for_three(
    cast, school, django_assert_max_num_queries, django_assert_num_queries
):
    clerk = browser_of(cast.clerk)
    address = f"{page('promises', school)}?year=2017"

    def add():
        kept = factories.kept_promise(school)
        with scope_of_unit(school):
            kept.activities.add(factories.activity(school))

    add()
    clerk.get(address)
    with django_assert_max_num_queries(20) as one:
        clerk.get(address)
    add()
    add()
    with django_assert_num_queries(len(one.captured_queries)):
        clerk.get(address)
