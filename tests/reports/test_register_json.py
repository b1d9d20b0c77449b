"""The figures for machines: exact values, words, and the records behind them."""

import json
from datetime import date

import pytest
from django.utils import translation

from reports.annual import annual_report
from reports.figures import REGISTER
from tests import factories


@pytest.fixture
def content(in_scope):
    """Renders the year 2017 and reads it back."""

    def read() -> dict:
        return json.loads(annual_report(in_scope, 2017).render("json"))

    factories.unit_year(in_scope)
    return read


def test_json_heads_with_unit_year_and_period(content):
    assert {key: value for key, value in content().items() if key != "figures"} == {
        "name": "普陀区教育学院2017年统战工作总结",
        "unit": "putuo-jy",
        "year": 2017,
        "period": ["2017-01-01", "2017-12-31"],
    }


def test_json_holds_every_figure_with_its_meaning(content):
    figures = content()["figures"]
    assert list(figures) == list(REGISTER)
    assert [key for key, f in figures.items() if not (f["name"] and f["definition"])] == []


def test_json_of_a_count(in_scope, content):
    member = factories.member(in_scope, party="民盟")
    entry = content()["figures"]["members_total"]
    assert (entry["value"], entry["phrase"], entry["at"]) == (1, "1人", ["2017-12-31"])
    assert entry["phrases"] == {
        "digits": "1人",
        "cn": "一人",
        "about": "一人",
        "several": "一人",
        "bare": "1",
    }
    assert entry["evidence"] == {"model": "members.Member", "ids": [member.pk]}


def test_json_of_a_share_is_exact(in_scope, content):
    factories.member(in_scope, party="民盟")
    entry = content()["figures"]["members_share_of_staff"]
    assert (entry["value"], entry["phrase"]) == ({"part": 1, "base": 105}, "1%")
    assert entry["base"]


def test_json_of_money_is_written_to_the_cent(in_scope, content):
    aid = factories.aid_round(in_scope)
    rows = [factories.grant(aid, factories.recipient(in_scope), "1500") for _ in range(4)]
    figures = content()["figures"]
    # 4 × 1500.00
    assert (figures["aid_total"]["value"], figures["aid_total"]["phrase"]) == ("6000.00", "6000元")
    assert figures["aid_per_student"]["value"] == ["1500.00"]
    assert set(figures["aid_total"]["evidence"]["ids"]) == {row.pk for row in rows}
    assert "code" not in json.dumps(figures["aid_total"])


def test_json_of_occasions(in_scope, content):
    factories.consultation(in_scope, occasion="学期结束前", started_on=date(2017, 6, 22))
    entry = content()["figures"]["symposia_occasions"]
    assert entry["value"] == [{"occasion": "学期结束前", "day": "2017-06-22", "times": 1}]
    assert entry["at"] == ["2017-01-01", "2017-12-31"]


def test_json_of_a_gap(content):
    entry = content()["figures"]["motto"]
    assert (entry["value"], entry["phrases"], entry["phrase"]) == (None, {}, entry["gap"])
    assert "evidence" not in entry


def test_json_of_a_contradiction_keeps_its_evidence(in_scope, content):
    facts = in_scope.reporting_year(2017).facts
    facts.staff_total = facts.full_time_teachers = 1
    facts.save()
    people = {factories.member(in_scope, party="民盟").pk for _ in range(2)}
    entry = content()["figures"]["members_share_of_staff"]
    assert (entry["value"], entry["phrase"]) == (None, entry["gap"])
    assert set(entry["evidence"]["ids"]) == people


def test_json_is_the_same_twice_and_in_every_language(in_scope, content):
    factories.member(in_scope, party="民盟")
    first = annual_report(in_scope, 2017).render("json")
    with translation.override("en"):
        assert annual_report(in_scope, 2017).render("json") == first


def test_json_is_readable_text(content, in_scope):
    text = annual_report(in_scope, 2017).render("json").decode()
    assert "普陀区教育学院" in text
    assert text.endswith("}\n")
