"""The annex: every figure of the paper leads to its records, with no more of a name than is due."""

import io
import re
from datetime import UTC, date, datetime

import pdfplumber
import pikepdf
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from reports.annex import records_csv, with_annex
from reports.annual import annual_report
from reports.archival import files_in
from reports.rendering import render_archival, render_html
from tests import factories
from tests.reports.addresses import address
from units.models import Event

MOMENT = datetime(2018, 1, 5, 1, 0, tzinfo=UTC)


@pytest.fixture
def annual(in_scope):
    """Two members, one visit, one gift of 1500 yuan; the text states four figures."""
    factories.unit_year(in_scope)
    given = factories.member(in_scope, "徐文清", party="民盟")
    factories.member(in_scope, "曾曦", party="民进")
    factories.activity(in_scope, "参观航海博物馆", kind="visit", place="航海博物馆")
    aid = factories.aid_round(in_scope)
    gift = factories.gift(aid, amount="1500.00", donors=[given])
    factories.grant(aid, factories.recipient(in_scope), gift=gift, amount="1500.00")
    report = factories.report(in_scope, title="{unit_name}总结")
    body = "共{members_total}，参观{visit_places}{visits_count}，资助{aid_total}，{staff_total}。"
    factories.section(report, body=body)
    return annual_report(in_scope, 2017)


def annexed(annual, *, with_names=False):
    return with_annex(annual.document, annual.figures, with_names=with_names)


def entry(document, key):
    return next(each for each in document.annex if each.key == key)


def test_every_figure_of_the_text_has_an_entry_in_its_order(annual):
    """The unit's name is no number: there is no list behind it."""
    document = annexed(annual)
    assert [each.key for each in document.annex] == [
        *("members_total", "visit_places", "visits_count", "aid_total", "staff_total"),
    ]
    total = entry(document, "members_total")
    assert (total.words, total.when) == ("2人", "截至2017年12月31日")
    assert total.derivation == "指标值即以下记录的条数：2。"


def test_the_number_is_the_length_of_its_list(annual):
    document = annexed(annual)
    assert len(entry(document, "members_total").records.rows) == 2
    # One visit of one time, and 1500 yuan given once: the record, and the line of the sum below it.
    assert [row[-1] for row in entry(document, "visits_count").records.rows] == ["1", "1"]
    assert [row[-1] for row in entry(document, "aid_total").records.rows] == ["1,500.00"] * 2
    assert entry(document, "aid_total").records.rows[-1][0] == "合计"


def test_gap_has_no_entry(in_scope):
    report = factories.report(in_scope)
    factories.section(report, body="共{staff_total}。")
    assert annexed(annual_report(in_scope, 2017)).annex == ()


def test_people_stand_by_their_first_character_unless_names_are_asked_for(annual):
    def names(document):
        return [row[0] for row in entry(document, "members_total").records.rows]

    assert sorted(names(annexed(annual))) == ["徐＊＊", "曾＊"]
    assert sorted(names(annexed(annual, with_names=True))) == ["徐文清", "曾曦"]
    givers = [row for row in entry(annexed(annual), "aid_total").records.rows if row[0]]
    assert "徐文清" not in str(givers)
    assert "徐＊＊" in str(givers)


def test_figures_lead_to_their_entries(annual):
    html = render_html(annexed(annual))
    led_to = re.findall(r'<a class="figure" href="#a-(\w+)">([^<]+)</a>', html)
    assert led_to == [
        *(("members_total", "2人"), ("visit_places", "航海博物馆"), ("visits_count", "一次")),
        *(("aid_total", "1500元"), ("staff_total", "105人")),
    ]
    assert [key for key, _words in led_to] == re.findall(r'id="a-(\w+)"', html)
    assert 'id="a-unit_name"' not in html


def test_without_an_annex_the_paper_is_as_before(annual):
    html = render_html(annual.document)
    assert "附件：" not in html
    assert 'class="figure" href' not in html


@pytest.fixture
def paper(annual) -> bytes:
    document = annexed(annual)
    return render_archival(document, {"records.csv": records_csv(document)}, moment=MOMENT)


def test_pdf_links_every_figure_to_a_place_behind_the_text(paper):
    """On the paper's own pages: as many links as figures, each to a later page."""
    with pikepdf.open(io.BytesIO(paper)) as pdf:
        links = [note for note in pdf.pages[0].get("/Annots", []) if note.Subtype == "/Link"]
        named = dict(zip(*[iter(pdf.Root.Names.Dests.Names)] * 2, strict=True))
        pages = [page.obj.objgen for page in pdf.pages]
        targets = {str(link.Dest): pages.index(named[str(link.Dest)][0].objgen) for link in links}
    assert sorted(targets) == [
        *("a-aid_total", "a-members_total", "a-staff_total", "a-visit_places", "a-visits_count"),
    ]
    assert min(targets.values()) == 1


def test_annex_is_printed_as_the_standard_wants_it(paper):
    """GB/T 9704-2012, 7.3.4 and 7.3.7: named below the text; 附件 flush left on a new page."""
    with pdfplumber.open(io.BytesIO(paper)) as pdf:
        first, second = (page.extract_text_lines() for page in pdf.pages[:2])
    named = next(line for line in first if line["text"].startswith("附件"))
    assert named["text"] == "附件：指标佐证"
    assert second[0]["text"] == "附件"
    # The type area begins 28 mm from the left: 79.37 pt.
    assert abs(second[0]["x0"] - 79.37) < 2
    assert second[1]["text"] == "指标佐证"
    middle = (second[1]["x0"] + second[1]["x1"]) / 2
    assert abs(middle - (79.37 + 156 * 72 / 25.4 / 2)) < 3
    assert second[-1]["text"].strip(" —") == "2"


def test_archival_pdf_names_both_standards_and_has_what_they_ask_for(paper):
    """ISO 19005-3 and ISO 14289-1, as far as the file's structure shows it."""
    with pikepdf.open(io.BytesIO(paper)) as pdf:
        with pdf.open_metadata() as xmp:
            claims = (xmp.pdfa_status, xmp["{http://www.aiim.org/pdfua/ns/id/}part"])
            title = xmp["{http://purl.org/dc/elements/1.1/}title"]
        assert claims == ("3A", "1")
        assert title == "统战工作总结"
        assert "/Filter" not in pdf.Root.Metadata
        assert str(pdf.Root.Lang) == "zh-Hans"
        assert pdf.Root.MarkInfo.Marked
        assert len(pdf.Root.OutputIntents) == 1
        assert [str(spec.AFRelationship) for spec in pdf.Root.AF] == ["/Source"]
        headers = [each for each in pdf.objects if _is(each, "/TH")]
        assert {str(each.A.Scope) for each in headers} == {"/Column"}
        assert len(headers) > 10


def _is(each, kind: str) -> bool:
    return isinstance(each, pikepdf.Dictionary) and each.get("/S") == kind


def test_pdf_carries_the_records_as_csv(paper, annual):
    content = files_in(paper)["records.csv"]
    lines = content.decode("utf-8-sig").splitlines()
    assert lines[2].startswith("民主党派成员,2人,")
    assert lines[3].startswith("姓名,党派")
    assert [line[:3] for line in lines[4:6]] == ["徐＊＊", "曾＊,"]
    assert "徐文清" not in content.decode()


def test_same_content_same_bytes(annual, paper):
    document = annexed(annual)
    again = render_archival(document, {"records.csv": records_csv(document)}, moment=MOMENT)
    assert again == paper
    later = MOMENT.replace(year=2019)
    assert paper != render_archival(document, {"records.csv": b"x"}, moment=later)


# --- handed out ---


@pytest.mark.parametrize(
    ("part", "plain", "names"),
    [("clerk", 200, 200), ("secretary", 200, 200), ("viewer", 200, 403), ("colleague", 404, 404)]
    + [("auditor", 403, 403), ("administrator", 403, 403)],
)
def test_who_gets_the_annex_and_who_with_names(cast, school, annual, part, plain, names):
    browser = Client()
    browser.force_login(getattr(cast, part))
    page = address("report-file", school, "pdf")
    assert browser.get(f"{page}?annex=1").status_code == plain
    assert browser.get(f"{page}?annex=names").status_code == names


def test_annex_with_names_is_in_the_log_as_such(cast, school, annual):
    browser = Client()
    browser.force_login(cast.clerk)
    for asked in ("1", "names"):
        browser.get(address("report-file", school, "pdf") + f"?annex={asked}")
    said = [
        event.detail.content["file"]
        for event in Event.objects.filter(action="export").order_by("number")
    ]
    assert said == ["report", "report with names"]


def test_annex_takes_the_same_queries_for_one_record_and_for_many(in_scope, annual):
    def queries() -> tuple[int, str]:
        with CaptureQueriesContext(connection) as asked:
            document = annexed(annual_report(in_scope, 2017))
        return len(asked), document.annex[0].words

    few, words = queries()
    assert words == "2人"
    for _each in range(30):
        factories.member(in_scope, party="民盟")
    assert queries() == (few, "32人")


def test_dates_of_records_are_written_as_known(in_scope):
    factories.member(in_scope, "徐文清", party="民盟", joined_on=date(2016, 5, 1))
    report = factories.report(in_scope)
    factories.section(report, body="共{members_total}。")
    assert "2016-05-01" in str(annexed(annual_report(in_scope, 2017)).annex[0].records.rows)
