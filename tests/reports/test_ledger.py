"""The ledger of suggestions: its columns as of the closing day, on a page and in files."""

import io
from datetime import date

import fitz
import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from consultations.ledger import ledger
from consultations.models import Step
from tests import factories
from units.scoping import scope_of_unit

MADE_ON = date(2017, 3, 15)
LAST = date(2017, 12, 31)
KIND = Step.Kind


def lines_of(unit, year=2017, day=LAST) -> list[dict]:
    return list(ledger(unit.reporting_year(year), day=day).lines)


@pytest.fixture
def full(school):
    """A signed suggestion that went the whole way; some of it only after the closing day."""
    speaker = factories.member(school, "钱学文", party="民盟")
    meeting = factories.consultation(school, "年中座谈会", started_on=MADE_ON)
    row = factories.suggestion(
        school,
        number=1,
        registered_on=MADE_ON,
        wording="建议增设停车位",
        category="后勤",
        consultation=meeting,
        signature="persons",
        proposers=[speaker],
        edited=True,
    )
    office = factories.department(school, "总务处")
    other = factories.department(school, "工会")
    factories.course_step(row, KIND.ACCEPTED, on=date(2017, 3, 16))
    factories.course_step(row, KIND.INSTRUCTED, on=date(2017, 3, 17), words="请总务处研究")
    factories.course_step(
        row,
        KIND.ASSIGNED,
        on=date(2017, 3, 20),
        department=office,
        co_department=other,
        due_on=date(2017, 4, 14),
    )
    factories.course_step(row, KIND.NOTE, on=date(2017, 4, 1), words="已勘察")
    factories.reply(row, replied_on=date(2017, 4, 10), wording="已列入计划。")
    factories.course_step(
        row, KIND.RESULT, on=date(2017, 4, 10), result="planned", words="下学期施工"
    )
    factories.told(row, date(2017, 4, 12), satisfaction="mostly")
    factories.course_step(row, KIND.CLOSED, on=date(2017, 4, 13))
    factories.course_step(row, KIND.FOLLOWED_UP, on=date(2018, 3, 1), outcome="done")
    return row


def test_a_line_has_what_superiors_ask_for(full, school):
    with scope_of_unit(school):
        (line,) = lines_of(school)
    assert line == {
        "number": "2017-1",
        "made_at": "年中座谈会 2017-03-15",
        "made_by": "钱学文",
        "party": "民盟",
        "signature": "个人署名（一人或多人）",
        "category": "后勤",
        "wording": "建议增设停车位",
        "edited": "整理稿",
        "merged_into": "",
        "registered_on": MADE_ON,
        "registered_by": "",
        "instructions": "2017-03-17 请总务处研究",
        "department": "总务处",
        "co_department": "工会",
        "assigned_on": date(2017, 3, 20),
        "due_on": date(2017, 4, 14),
        "progress": "2017-04-01 已勘察",
        "replies": "2017-04-10 书面 已列入计划。",
        "result": "已列入计划（B类）",
        "reason": "下学期施工",
        "told": "2017-04-12 面谈",
        "told_by": "",
        "satisfaction": "基本满意（理解）",
        "reopened": "",
        "state": "办结",
        # Followed up in March 2018, after the closing day.
        "outcome": "",
        "published": "否",
        "evidence": 0,
    }


def test_what_happens_later_is_not_on_it(full, school):
    with scope_of_unit(school):
        (early,) = lines_of(school, day=date(2017, 4, 10))
        (later,) = lines_of(school, day=date(2018, 3, 1))
    assert (early["state"], early["told"], early["satisfaction"]) == ("已答复", "", "")
    assert early["result"] == "已列入计划（B类）"
    assert later["outcome"] == "已落实"


def test_what_was_left_from_before_is_on_the_next_years_list_too(in_scope):
    left = factories.suggestion(in_scope, number=1, registered_on=date(2017, 12, 1))
    done = factories.suggestion(in_scope, number=2, registered_on=date(2017, 12, 1))
    factories.reply(done, replied_on=date(2017, 12, 20))
    own = factories.suggestion(in_scope, year=2018, number=1, registered_on=date(2018, 1, 1))
    factories.suggestion(in_scope, year=2019, number=1, registered_on=date(2019, 1, 1))
    numbers = [line["number"] for line in lines_of(in_scope, 2018, date(2018, 12, 31))]
    assert numbers == [str(left), str(own)]


def test_unsigned_shows_nobody_even_where_a_name_is_left(in_scope):
    speaker = factories.member(in_scope, "钱学文", party="民盟")
    row = factories.suggestion(
        in_scope, registered_on=MADE_ON, signature="persons", proposers=[speaker]
    )
    row.signature = "unsigned"
    row.save()
    (line,) = lines_of(in_scope)
    assert (line["made_by"], line["party"], line["signature"]) == ("不署名", "", "不署名")


def test_one_in_an_organisations_name_shows_its_party(in_scope):
    branch = factories.organisation(in_scope, "民盟支部", party=factories.party("民盟"))
    factories.suggestion(
        in_scope, registered_on=MADE_ON, signature="organisation", organisation=branch
    )
    (line,) = lines_of(in_scope)
    assert (line["made_by"], line["party"]) == ("民盟支部", "民盟")


def test_who_entered_it_is_known_from_the_versions(cast, school):
    clerk = Client()
    clerk.force_login(cast.clerk)
    address = reverse("new-suggestion", args=[school.code])
    hidden = clerk.get(address).context["careful"]
    fields = {"wording": "建议", "registered_on": "2017-3-15", "signature": "unsigned"}
    clerk.post(address, {hidden["name"]: hidden["value"], **fields})
    with scope_of_unit(school):
        (line,) = lines_of(school)
    assert line["registered_by"] == str(cast.clerk)


def answer_of(cast, school, kind=""):
    browser = Client()
    browser.force_login(cast.viewer)
    name = "suggestion-ledger-file" if kind else "suggestion-ledger"
    return browser.get(reverse(name, args=[school.code, 2017, *([kind] if kind else [])]))


def test_the_files_say_the_same_as_the_page(cast, school, full):
    page = answer_of(cast, school)
    book = load_workbook(io.BytesIO(answer_of(cast, school, "xlsx").content))
    heads, line, rule = list(book.active.values)
    text = answer_of(cast, school, "csv").content.decode("utf-8-sig")
    assert len(heads) == 28
    assert heads[:3] == ("编号", "来源活动", "提出人")
    assert line[:3] == ("2017-1", "年中座谈会 2017-03-15", "钱学文")
    assert rule[0] == page.context["ledger"].rule
    assert "截至2017-12-31" in rule[0]
    for words in ("建议增设停车位", "总务处", "2017-04-14", rule[0], "钱学文"):
        assert words in page.content.decode()
        assert words in text


def test_the_pdf_is_landscape_with_the_rule_below_and_the_heads_on_each_page(cast, school, full):
    for _each in range(40):
        factories.suggestion(school, registered_on=MADE_ON)
    answer = answer_of(cast, school, "pdf")
    assert answer["Content-Type"] == "application/pdf"
    with fitz.open(stream=answer.content) as document:
        sizes = {(round(page.rect.width), round(page.rect.height)) for page in document}
        texts = ["".join(page.get_text().split()) for page in document]
    # A4 on its side: 297 by 210 mm.
    assert sizes == {(842, 595)}
    assert len(texts) > 1
    assert all("分管领导批示" in text and "承办部门" in text for text in texts)
    assert "收录范围：2017-01-01至2017-12-31" in texts[-1]
    assert "建议增设停车位" in texts[0]
    assert "�" not in "".join(texts)


def test_a_year_without_suggestions_has_an_empty_ledger(cast, school):
    assert "本年度没有登记意见建议" in answer_of(cast, school).content.decode()
    with fitz.open(stream=answer_of(cast, school, "pdf").content) as document:
        assert "本年度没有登记意见建议" in "".join(document[0].get_text().split())
    assert answer_of(cast, school, "docx").status_code == 404


def test_the_page_asks_the_same_for_one_and_for_three(
    cast, school, full, django_assert_max_num_queries, django_assert_num_queries
):
    def add():
        speaker = factories.member(school, party="民盟")
        row = factories.suggestion(
            school, registered_on=MADE_ON, signature="persons", proposers=[speaker]
        )
        factories.course_step(row, KIND.NOTE, words="x")
        factories.reply(row)

    add()
    answer_of(cast, school)
    with django_assert_max_num_queries(40) as one:
        answer_of(cast, school)
    add()
    add()
    with django_assert_num_queries(len(one.captured_queries)):
        answer_of(cast, school)
