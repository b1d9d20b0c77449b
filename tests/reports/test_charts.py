"""Charts: each number the size of the list it leads to, drawn for screen and paper alike."""

import re
import subprocess
from datetime import date
from xml.etree import ElementTree

import pytest
from django.urls import reverse
from PIL import Image

from activities.models import Activity
from reports.charts.chart import Bar, Chart
from reports.charts.drawing import WIDTH, drawn, svg
from reports.charts.of_year import charts_of
from reports.rendering import pdf_engine
from tests import factories
from tests.reports.addresses import address
from units.scoping import scope_of_unit

END = date(2017, 12, 31)
SVG = "{http://www.w3.org/2000/svg}"
NASTY = '<script>&"甲'


@pytest.fixture
def people(school):
    """Nine people, of whom seven count, one of them in two parties."""
    born = {"≤30": date(1990, 5, 1), "51-60": date(1961, 1, 1), "≥61": date(1950, 1, 1)}
    factories.member(school, party="民革", born_on=born["≤30"], title="二级教师")
    factories.member(school, party="民进", born_on=born["51-60"], title="高级教师")
    both = factories.member(school, party="民进", born_on=born["51-60"], title="一级教师")
    factories.title_of(both, "高级教师", started_on=date(2016, 9, 1))
    factories.membership(both, "民盟")
    factories.member(school, party="民进", born_on=born["≥61"])
    factories.member(school, party="台盟")
    factories.member(school, party="九三", title="教授")
    later = factories.member(school, party="九三", title="副教授")
    factories.title_of(later, "教授", started_on=date(2018, 9, 1))
    factories.member(school, born_on=born["≤30"])
    factories.member(school, party="民革", employed_on=date(2018, 1, 1))
    return school


def numbers(unit, *, day=END) -> dict[str, dict[str, int]]:
    with scope_of_unit(unit):
        charts = charts_of(unit.reporting_year(2017), day=day)
    return {chart.key: {bar.label: bar.number for bar in chart.bars} for chart in charts}


def test_members_are_counted_by_party_in_official_order_with_the_zeros(people):
    assert list(numbers(people)["party"].items()) == [
        ("民革", 1),
        ("民盟", 1),
        ("民建", 0),
        ("民进", 3),
        ("农工党", 0),
        ("致公党", 0),
        ("九三学社", 2),
        ("台盟", 1),
    ]


def test_ages_and_titles_are_those_of_the_day(people):
    found = numbers(people)
    assert found["age"] == {"≤30": 1, "31-40": 0, "41-50": 0, "51-60": 2, "≥61": 1, "未填": 3}
    assert found["title"] == {"正高级": 1, "副高级": 3, "中级": 0, "初级": 1, "未填": 2}
    # A year earlier the 高级教师 of September 2016 was still 一级教师.
    assert numbers(people, day=date(2015, 12, 31))["title"]["中级"] == 1


def test_activities_are_counted_by_the_month_in_which_they_began(school):
    for day in (date(2016, 12, 31), date(2017, 1, 1), date(2017, 1, 31), date(2017, 12, 31)):
        factories.activity(school, started_on=day, times=3)
    factories.activity(school, started_on=date(2018, 1, 1))
    factories.activity(school, started_on=None)
    found = numbers(school)["month"]
    assert found == {f"2017-{month:02}": {1: 2, 12: 1}.get(month, 0) for month in range(1, 13)}


def test_a_year_that_closes_in_october_has_its_own_months(school):
    factories.unit_year(school, 2016, closes_on=date(2016, 10, 31))
    factories.unit_year(school, 2017, closes_on=date(2017, 10, 15))
    for day in (date(2016, 11, 1), date(2017, 10, 15), date(2017, 10, 16)):
        factories.activity(school, started_on=day)
    found = numbers(school)["month"]
    assert (list(found)[0], list(found)[-1]) == ("2016-11", "2017-10")
    assert {month: number for month, number in found.items() if number} == {
        "2016-11": 1,
        "2017-10": 1,
    }


def test_every_number_is_the_size_of_the_list_it_leads_to(client, cast, people):
    factories.unit_year(people)
    for month in (1, 3, 3, 12):
        factories.activity(people, started_on=date(2017, month, 28), kind=Activity.Kind.VISIT)
    client.force_login(cast.clerk)
    charts = client.get(address("this-year", people)).context["charts"]
    assert [chart.key for chart, _picture in charts] == ["party", "age", "title", "month"]
    for chart, _picture in charts:
        for bar in chart.bars:
            page = client.get(bar.address).context["page"]
            assert page.paginator.count == bar.number, (chart.key, bar.label, bar.address)


def test_another_units_people_and_activities_are_in_no_chart(people, other_school):
    assert numbers(other_school) == {}
    factories.activity(people)
    factories.activity(other_school)
    assert sum(numbers(other_school)["month"].values()) == 1


def test_a_unit_without_records_has_no_charts(client, cast, school):
    factories.unit_year(school)
    client.force_login(cast.clerk)
    page = client.get(address("this-year", school))
    assert page.context["charts"] == []
    assert "<svg" not in page.content.decode()


def test_all_numbers_come_in_two_queries(people, in_scope, django_assert_num_queries):
    year = people.reporting_year(2017)
    with django_assert_num_queries(2):
        charts_of(year, day=END)


# --- drawing ---


def chart(*bars, **more) -> Chart:
    return Chart("test", "各党派人数", "人", tuple(Bar(*bar) for bar in bars), **more)


def test_bars_are_as_long_as_their_numbers_and_0_has_none():
    drawing = drawn(chart(("民革", 10), ("民盟", 5), ("民建", 0), ("民进", 1)))
    assert [shape.width for shape in drawing.shapes] == [232, 116, 0, 23]  # 360 - 84 - 44 = 232
    found = ElementTree.fromstring(svg(drawing.chart))  # noqa: S314 - it is our own
    assert [rect.get("width") for rect in found.iter(f"{SVG}rect")] == ["232", "116", "23"]
    assert [text.text for text in found.iter(f"{SVG}text")] == [
        *("民革", "10", "民盟", "5", "民建", "0", "民进", "1")
    ]


@pytest.mark.parametrize("upright", [True, False])
@pytest.mark.parametrize("most", [0, 1, 7, 100_000])
def test_nothing_is_drawn_outside_the_picture(upright, most):
    drawing = drawn(chart(*((str(n), most * n // 12) for n in range(1, 13)), upright=upright))
    for shape in drawing.shapes:
        assert 0 <= shape.x <= shape.x + shape.width <= WIDTH
        assert 0 <= shape.y <= shape.y + shape.height <= drawing.height
        assert 0 < shape.number_y <= drawing.height
        assert 0 < shape.label_y <= drawing.height


def test_it_says_what_it_shows_to_those_who_cannot_see_it():
    found = ElementTree.fromstring(svg(chart(("民革", 3), ("民盟", 5))))  # noqa: S314
    assert found.get("role") == "img"
    told = found.get("aria-labelledby").split()
    parts = {each.get("id"): each.text for each in found}
    assert [parts[key] for key in told] == ["各党派人数", "民革 3，民盟 5"]


def test_labels_are_text_and_no_style_stands_in_it():
    drawing = svg(Chart("test", NASTY, "人", (Bar(NASTY, 1),)))
    found = ElementTree.fromstring(drawing)  # noqa: S314
    assert {text.text for text in found.iter(f"{SVG}text")} == {NASTY, "1"}
    assert not re.search(r"<style|<script|\sstyle=|\son\w+=|href", drawing)


@pytest.mark.parametrize("upright", [True, False])
def test_the_same_picture_is_drawn_into_a_pdf_and_read_back(tmp_path, upright):
    bars = [("民革", 3), ("九三学社", 12), ("台盟", 0)]
    picture = svg(chart(*bars, upright=upright))
    page = f"<html lang=zh><head><title>图</title></head><body>{picture}</body></html>"
    pdf = pdf_engine().write_pdf(page, style="svg { width: 120mm } @page { size: A4 }")
    (tmp_path / "chart.pdf").write_bytes(pdf)
    command = ["pdftotext", "-layout", str(tmp_path / "chart.pdf"), "-"]
    text = subprocess.run(command, capture_output=True, text=True, check=True).stdout  # noqa: S603
    words = text.split()
    assert set(words) == {"民革", "3", "九三学社", "12", "台盟"} | (set() if upright else {"0"})
    command = ["pdftoppm", "-r", "50", "-png", "-singlefile", str(tmp_path / "chart.pdf")]
    subprocess.run([*command, str(tmp_path / "page")], check=True)  # noqa: S603
    with Image.open(tmp_path / "page.png") as page:
        colours = {colour: number for number, colour in page.convert("RGB").getcolors(100_000)}
    # Of the two bars the longer one alone is some 20 by 30 dots.
    assert colours.get((156, 38, 34), 0) > 600


def test_a_viewer_sees_the_charts_too(client, cast, people):
    factories.unit_year(people)
    client.force_login(cast.viewer)
    page = client.get(address("this-year", people)).content.decode()
    assert page.count("<svg") == 3
    roster = reverse("roster", args=[people.code])
    assert f'<a href="{roster}?day=2017-12-31&amp;party=07">3</a>' in page
