"""The 2017 case: its records go in through the models, the year's summary comes out of them.

``FACTS`` has every computed fact of the case with the words it stands in, and the figures that
give them, each with the number of records it opens to.
"""

import io
import re
from dataclasses import dataclass

import pdfplumber
import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import transaction

from cases.loading import CaseError, load
from members.models import Member, Membership, Party
from reports.annual import AnnualReport, annual_report
from reports.document import Document, Run
from reports.models import Section
from units.models import Unit, UnitYear
from units.scoping import scope_of_unit

OURS = ("units", "members", "activities", "consultations", "reports")

FACTS = {
    1: ("——普陀区教育学院2017年统战工作总结", {"unit_name": 1, "report_year": 1}),
    2: ("以“共建共融共享”为特征", {"motto": 1}),
    # 3 民革 + 8 民盟 + 5 民进 + 3 农工 = 19 memberships of 19 people
    3: ("现有民革、民盟、民进、农工四个民主党派", {"parties_present": 19}),
    4: ("共19人", {"members_total": 19}),
    # 19 / 105 = 18.1 %
    5: ("占教职工总数的18%", {"members_share_of_staff": 19}),
    # 19 / 57 = 1 / 3
    6: ("占到专职教师三分之一", {"members_share_of_teachers": 19}),
    # 13 of 19 are 正高 or 副高; 幼儿园高级教师 and 小学高级教师 are not among them
    7: ("大多是高级教师", {"senior_title_members": 13}),
    8: ("有多人是硕士研究生学历", {"masters_members": 7}),
    9: ("民盟区委主委、民进区委副主委、农工区委委员", {"leading_party_posts": 3}),
    10: ("徐文清、刘友霞两位书记", {"secretaries": 2}),
    11: ("荣获全国文明单位称号", {"unit_honours": 1}),
    # 3 + 4 + 3 + 5 + 4 + 1 + 1 + 2 = 23 times in 8 rows
    12: ("主题研修活动20余次", {"study_sessions_count": 8}),
    13: (
        "社会主义核心价值观、五大发展理念、中国梦教育行、党风廉政建设",
        {"study_themes": 4},
    ),
    14: ("中心组学习、党员组织生活、全院教职工大会等三个平台", {"study_platforms": 3}),
    15: ("下属三个支部", {"party_branches": 3}),
    16: ("举行两次的党派人员座谈会", {"symposia_count": 2}),
    17: ("迎“中秋国庆”双节和6月学期结束前各一次", {"symposia_occasions": 2}),
    18: ("“三创”行动规划、绩效考核分配方案", {"symposia_subjects": 2}),
    19: (
        "听取意见、建议8条，已答复8条，已向本人反馈7条",
        {"suggestions_raised": 8, "suggestions_answered": 8, "suggestions_fed_back": 7},
    ),
    20: ("上海城市建设规划馆、上海金融并购博物馆、中国航海博物馆", {"visit_places": 3}),
    21: ("中层干部选拔、“师德标兵”、“服务明星”", {"selections_heard": 3}),
    22: ("年度“双评”工作", {"briefing_subjects": 1}),
    23: ("三个支部专门开展民意测验", {"polling_branches": 3}),
    24: (
        "石泉社区四位家庭经济困难的学生每人提供1500元",
        {"aid_communities": 4, "students_aided": 4, "aid_per_student": 4},
    ),
    # 4 × 1500 = 6000
    25: ("共计6000元（陆仟元整）", {"aid_total": 4}),
    26: (
        "民进、民盟和农工三个民主党派成员捐助一个学生，总支所属三个支部各捐助一个学生",
        {
            "joint_givers_as_signed": 3,
            "joint_givers": 3,
            "students_of_joint_gifts": 1,
            "giving_branches": 3,
            "students_per_branch": 3,
        },
    ),
    27: ("1月，在普陀教育图书馆", {"ceremony_months": 1, "ceremony_places": 1}),
    28: (
        "学院领导、总支委员、支部书记、民主党派基层负责人、和平居委会党总支负责人、辖区警官和受助学生",
        {"ceremony_guests": 7},
    ),
    29: (
        "民盟支部与金鼎学校共建了“关爱外来务工人员子女成长”的助学项目",
        {"joint_project_organisers": 1, "joint_project_partners": 1, "joint_projects": 1},
    ),
    30: (
        "利群医院盟员医生来学院开展健康咨询活动",
        {"service_event_helpers": 1, "service_events": 1},
    ),
}
WRITTEN = ("三、存在不足及改进措施", "一是要完善责任区工作", "二是党总支委员要主动关心")
HEADINGS = (
    "一、党派队伍基本情况",
    "二、本年度统战工作总结",
    "（一）共建：坚持统战工作围绕中心",
    "（二）共融：坚持党派协商的内容和形式",
    "（三）共享：坚持以人为本、资源共享的原则",
    "三、存在不足及改进措施",
)


def runs_of(document: Document) -> list[Run]:
    """Every run of the document in its order."""
    return [*document.title, *document.subtitle, *(r for b in document.blocks for r in b.runs)]


def text_of(document: Document) -> str:
    """The whole text, without breaks."""
    return "".join(run.text for run in runs_of(document))


def figures_in(document: Document, phrase: str) -> set[str]:
    """The figures that gave at least a part of ``phrase``, wherever it stands."""
    found, start = set(), 0
    places = [match.span() for match in re.finditer(re.escape(phrase), text_of(document))]
    for run in runs_of(document):
        end = start + len(run.text)
        if run.figure and any(start < last and first < end for first, last in places):
            found.add(run.figure)
        start = end
    return found


def row_counts() -> dict[str, int]:
    """How many rows each table of ours has."""
    models = [model for label in OURS for model in apps.get_app_config(label).get_models()]
    return {model._meta.label: model._base_manager.count() for model in models}


def report_of_2017() -> AnnualReport:
    """The report of the loaded case; its unit's scope must be open."""
    return annual_report(Unit.objects.get(code="putuo-jiaoyu"), 2017)


@dataclass(frozen=True)
class Loaded:
    """What the case comes to, read once for all the tests that change nothing."""

    document: Document
    evidence: dict[str, int]
    pdf: bytes
    json: str
    member_names: list[str]


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker):
    """The case loaded, read and rolled back."""
    with django_db_blocker.unblock(), transaction.atomic():
        with scope_of_unit(load("2017")):
            report = report_of_2017()
            read = {key: reading.evidence for key, reading in report.figures.items()}
            loaded = Loaded(
                document=report.document,
                evidence={key: len(rows) for key, rows in read.items() if rows is not None},
                pdf=report.render("pdf"),
                json=report.render("json").decode(),
                member_names=[m.name for m in Member.objects.filter(memberships__isnull=False)],
            )
        transaction.set_rollback(True)
    return loaded


@pytest.fixture
def case(db):
    """The case loaded for one test, its unit's scope open."""
    unit = load("2017")
    with scope_of_unit(unit):
        yield unit


# --- the facts ---


@pytest.mark.parametrize("number", FACTS)
def test_fact_stands_in_the_document(loaded, number):
    phrase, _figures = FACTS[number]
    assert phrase in text_of(loaded.document)


@pytest.mark.parametrize("number", FACTS)
def test_fact_is_computed_and_not_typed(loaded, number):
    phrase, figures = FACTS[number]
    assert figures_in(loaded.document, phrase) == set(figures)


@pytest.mark.parametrize("number", FACTS)
def test_fact_opens_to_its_records(loaded, number):
    _phrase, figures = FACTS[number]
    assert {key: loaded.evidence[key] for key in figures} == figures


def test_every_figure_of_the_text_is_a_fact(loaded):
    used = {run.figure for run in runs_of(loaded.document) if run.figure}
    assert used == {key for _phrase, figures in FACTS.values() for key in figures}


def test_facts_stand_in_the_pdf(loaded):
    with pdfplumber.open(io.BytesIO(loaded.pdf)) as pdf:
        pages = [page.extract_text() for page in pdf.pages]
    # Layout puts spaces, joiners and page numbers between the characters of a phrase.
    lines = [line for page in pages for line in page.splitlines()]
    body = "".join(line for line in lines if not re.fullmatch(r"— \d+ —", line.strip()))
    text = re.sub(r"[\s\u200b\u200d\u2060]", "", body)
    phrases = [phrase for phrase, _figures in FACTS.values()]
    assert [phrase for phrase in (*phrases, *WRITTEN, *HEADINGS) if phrase not in text] == []


def test_headings_and_written_parts(loaded):
    text = text_of(loaded.document)
    assert [part for part in (*HEADINGS, *WRITTEN) if part not in text] == []
    places = [text.index(heading) for heading in HEADINGS]
    assert places == sorted(places)
    assert loaded.document.name == "普陀区教育学院2017年统战工作总结"


def test_no_gap_in_the_document(loaded):
    assert [run for run in runs_of(loaded.document) if run.gap] == []


def test_nobody_is_named_but_the_secretaries(loaded):
    text = text_of(loaded.document)
    assert len(loaded.member_names) == 19
    assert [name for name in loaded.member_names if name in text + loaded.json] == []
    # 受助学生 are guests of the ceremony; their codes stay in the ledger.
    assert re.findall(r"受助学生\d+", text + loaded.json) == []


# --- the records change, the text follows ---


def test_one_membership_less_changes_three_figures_and_no_text(case):
    before = text_of(report_of_2017().document)
    written = list(Section.objects.order_by("position").values_list("body", flat=True))
    Membership.objects.get(member__name="方昇").delete()
    after = text_of(report_of_2017().document)
    # 18 / 105 = 17.1 %, and 18 / 57 = 31.6 % is no third any more.
    changed = before.replace("共19人", "共18人").replace("总数的18%", "总数的17%")
    assert after == changed.replace("占到专职教师三分之一", "占到专职教师32%")
    assert list(Section.objects.order_by("position").values_list("body", flat=True)) == written


def test_last_member_of_a_party_gone_changes_the_parties(case):
    Membership.objects.filter(party__brief="民革").delete()
    text = text_of(report_of_2017().document)
    # 19 − 3 = 16 of 105 = 15.2 %
    assert "现有民盟、民进、农工三个民主党派的成员共16人，占教职工总数的15%" in text


def test_gaps_where_no_head_count_is_entered(case):
    UnitYear.objects.update(staff_total=None, full_time_teachers=None)
    runs = runs_of(report_of_2017().document)
    gaps = {run.figure: run.text for run in runs if run.gap}
    assert set(gaps) == {"members_share_of_staff", "members_share_of_teachers"}
    assert all(text and not re.search(r"\d", text) for text in gaps.values())
    assert "占教职工总数的0" not in "".join(run.text for run in runs)


# --- loading ---


def test_load_command_names_the_unit(db, capsys):
    call_command("load_case", "2017")
    assert "putuo-jiaoyu" in capsys.readouterr().out


def test_load_twice_is_refused_and_changes_nothing(case):
    before = row_counts()
    with pytest.raises(CommandError) as refused:
        call_command("load_case", "2017")
    assert (refused.value.returncode, len(str(refused.value).splitlines())) == (2, 1)
    with pytest.raises(CaseError):
        load("2017")
    assert row_counts() == before
    assert (before["members.Member"], before["members.Membership"]) == (21, 19)


def test_load_that_fails_in_the_middle_leaves_nothing(db):
    # Without the party the last members cannot be entered; sixteen have been by then.
    Party.objects.get(brief="农工").delete()
    before = row_counts()
    with pytest.raises(KeyError):
        load("2017")
    assert row_counts() == before
    assert before["units.Unit"] == 0


def test_load_beside_another_unit_leaves_it_alone(school, district):
    unit = load("2017")
    # The district office is there already, by its code, and is used.
    assert unit.parent == district
    assert list(district.children.order_by("code")) == [unit, school]
