"""What the desk shows while somebody types: the whole text, the figures, and who else is there."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from tests.reports.addresses import address
from tests.reports.test_desk_pages import clerk, first, report, sections, text
from units.drafts import keep
from units.models import Draft

__all__ = ["clerk", "first", "report"]  # fixtures


def test_preview_shows_what_is_typed_and_stores_nothing(clerk, school, first):
    page = address("typed-preview", school)
    typed = {
        "section": str(first.pk),
        "level": "1",
        "heading": "新题",
        "body": "去了{visits_count}。",
    }
    shown = text(clerk.post(page, typed))
    assert "新题" in shown
    assert "去了<a" in shown
    assert ">一次</a>" in shown
    assert "还不够。" in shown
    assert sections(school)[0][2] == "共建"


def test_preview_of_a_new_section_stands_where_it_will(clerk, school, first):
    typed = {"section": "", "after": str(first.pk), "level": "1", "heading": "新题", "body": "新。"}
    shown = text(clerk.post(address("typed-preview", school), typed))
    assert re.findall(r"<h2[^>]*>(.+)</h2>", shown) == ["一、共建", "二、新题", "三、不足"]


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"level": "1", "heading": "题", "body": "共{nobody}。"}, "{nobody}"),
        ({"level": "nine", "heading": "题", "body": "好。"}, "好。"),
        ({}, "还不够。"),
    ],
)
def test_preview_of_what_cannot_be_read(clerk, school, first, typed, told):
    answer = clerk.post(address("typed-preview", school), {"section": str(first.pk), **typed})
    assert answer.status_code == 200
    assert told in text(answer)


def test_panel_offers_every_figure_in_all_its_wordings(clerk, school, report):
    shown = text(clerk.get(address("figure-panel", school)))
    assert 'data-token="{visits_count|digits}">1次</button>' in shown
    assert shown.count("data-figure=") > 50
    assert "〔缺" in shown or "请在" in shown


def test_who_else_is_writing_is_told_of_colleagues_only(clerk, cast, school, first, other_school):
    page = address("report-section", school, first.pk)
    keep(cast.secretary, page, [["body", "正在写"]])
    keep(cast.colleague, page, [["body", "别校的人"]])
    shown = text(clerk.get(page))
    assert f"{cast.secretary.full_name}也正在写这一节" in shown
    assert f"{cast.colleague.full_name}也正在写" not in shown
    assert "正在写</" not in shown
    Draft.objects.update(saved_at=timezone.now() - timedelta(minutes=4))
    assert "也正在写这一节" not in text(clerk.get(page))
