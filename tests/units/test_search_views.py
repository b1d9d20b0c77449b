"""The pages of the search: for whom, what they show, and where the words go."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import factories
from tests.units.searching import excerpt_of, found, one_of_each, search
from tests.units.test_access import given
from units.events import Action
from units.models import Event
from units.roles import Role


@pytest.fixture
def clerk(client, cast):
    """The clerk's browser."""
    client.force_login(cast.clerk)
    return client


# --- who ---


def test_everybody_finds_their_own_units_rows_alone(client, cast, school, other_school):
    """Checks 28 and 29: the whole cast, and two schools with the same words."""
    one_of_each(school, "绩效")
    one_of_each(other_school, "绩效")
    counts = {}
    for part, account in cast:
        client.force_login(account)
        answer = search(client, school, "绩效")
        context = answer.context or {}
        counts[part] = answer.status_code, context.get("count")
    assert counts == {
        "clerk": (200, 9),
        "secretary": (200, 9),
        "auditor": (403, None),
        "administrator": (403, None),
        "viewer": (200, 9),
        "colleague": (404, None),
    }


def test_a_district_finds_nothing_of_a_school_without_an_access(client, cast, district, school):
    """Check 22: with one, it does, and is told whose it is."""
    one_of_each(school, "绩效")
    factories.report(district)
    officer = factories.user(Role.VIEWER, unit=district)
    client.force_login(officer)
    assert search(client, school, "绩效").status_code == 404
    assert found(client, district, "绩效") == {}
    given(school, cast.secretary, to_unit=district)
    groups = search(client, district, "绩效").context["groups"]
    assert {line.unit for group in groups for line in group.lines} == {school.short_name}
    assert [group.count for group in groups] == [1] * 9


def test_what_a_viewer_cannot_open_has_no_link(client, cast, school):
    one_of_each(school, "绩效")
    dead = {}
    for part in ("clerk", "viewer"):
        client.force_login(getattr(cast, part))
        groups = search(client, school, "绩效").context["groups"]
        lines = {group.kind.key: group.lines[0].address for group in groups}
        for address in filter(None, lines.values()):
            assert client.get(address).status_code == 200, (part, address)
        dead[part] = [kind for kind, address in lines.items() if not address]
    # Organisations of the Communist Party have no page but their form.
    assert dead == {"clerk": [], "viewer": ["organisations"]}


def test_a_democratic_partys_organisation_leads_to_its_people(clerk, school):
    branch = factories.organisation(school, "民盟支部", party=factories.party("民盟"))
    factories.membership(factories.member(school, "徐文清"), "民盟", organisation=branch)
    factories.member(school, "王明", party="民盟")
    (group,) = search(clerk, school, "民盟支部").context["groups"]
    page = clerk.get(group.lines[0].address).content.decode()
    assert ("徐文清" in page, "王明" in page) == (True, False)


# --- where the words go ---


def test_words_are_posted_and_stand_in_no_address_and_no_log(clerk, school):
    """Check 61: words may be somebody's name."""
    factories.person(school, "徐文清")
    address = reverse("search", args=[school.code])
    asked_openly = clerk.get(address, {"words": "徐文清"})
    assert asked_openly.context["groups"] == []
    page = search(clerk, school, "徐文清").content.decode()
    assert not re.search(r'(?:href|action)="[^"]*(?:徐|%E5%BE%90)', page)
    events = Event.objects.filter(action=Action.VIEW)
    assert [(event.source, event.detail.content) for event in events] == [
        (address, {"page": "search"})
    ]
    search(clerk, school, "徐文清")
    assert Event.objects.filter(action=Action.VIEW).count() == 1


# --- what is shown ---


def test_hits_are_marked_in_a_short_excerpt_as_they_are_written(clerk, school):
    long = "前" * 60 + "讨论绩效Ｐｌａｎ方案" + "后" * 60
    factories.activity(school, "教代会", summary=f"第一段。\n{long}")
    (group,) = search(clerk, school, "绩效plan").context["groups"]
    assert (
        excerpt_of(group.lines[0]) == "…" + "前" * 16 + "讨论[绩效Ｐｌａｎ]方案" + "后" * 46 + "…"
    )
    page = search(clerk, school, "绩效plan").content.decode()
    assert "<mark>绩效Ｐｌａｎ</mark>" in page


def test_what_was_typed_is_shown_as_text(clerk, school):
    factories.activity(school, "甲<b>乙")
    page = search(clerk, school, "<b>").content.decode()
    assert "<mark>&lt;b&gt;</mark>" in page
    assert "<b>" not in page


def test_of_many_the_first_few_are_shown_and_all_of_a_kind_page_by_page(clerk, school):
    for number in range(57):
        factories.activity(school, f"学习{number:02}", started_on=date(2017, 1, 1 + number % 28))
    (group,) = search(clerk, school, "学习").context["groups"]
    assert (group.count, len(group.lines), group.has_more) == (57, 5, True)
    pages = [found(clerk, school, "学习", kind="activities", page=page) for page in (1, 2)]
    titles = [title for page in pages for title in page["activities"]]
    assert [len(page["activities"]) for page in pages] == [50, 7]
    assert sorted(titles) == [f"学习{number:02}" for number in range(57)]
    assert titles[:2] == ["学习55", "学习27"]  # both on 28 January, the later entry first


def test_an_unknown_kind_finds_nothing_rather_than_too_much(clerk, school):
    factories.activity(school, "学习党章")
    assert found(clerk, school, "学习", kind="recipients") == {}


def test_without_words_or_hits_the_page_says_what_to_do(clerk, school):
    empty = clerk.get(reverse("search", args=[school.code])).content.decode()
    assert "多个词用空格隔开" in empty
    assert "多个词用空格隔开" in search(clerk, school, "   ").content.decode()
    assert "请减少词语" in search(clerk, school, "没有这个词").content.decode()
    assert "字符" in search(clerk, school, "长" * 61).content.decode()


@pytest.mark.parametrize("only", ["", "activities"])
def test_the_queries_do_not_depend_on_the_rows(clerk, school, only):
    asked = []
    for more in (1, 2, 297):
        for _each in range(more):
            factories.person(school, "绩效")
            factories.activity(school, "绩效", themes=[factories.theme(school)])
            factories.suggestion(school, wording="绩效")
        search(clerk, school, "绩效")
        with CaptureQueriesContext(connection) as queries:
            search(clerk, school, "绩效", **({"kind": only} if only else {}))
        asked.append(len(queries))
    print("queries of a search:", asked[0])
    assert asked[0] == asked[1] == asked[2] <= 12


def test_a_long_suggestion_is_named_by_its_beginning_and_shown_where_it_was_hit(clerk, school):
    factories.suggestion(school, wording="建议" + "很" * 60 + "改善食堂", category="后勤", number=3)
    (group,) = search(clerk, school, "食堂").context["groups"]
    assert found(clerk, school, "食堂") == {"suggestions": ["2017-3 建议" + "很" * 29 + "…"]}
    # 66 characters fit into 72.
    assert excerpt_of(group.lines[0]) == "建议" + "很" * 60 + "改善[食堂]"
    (group,) = search(clerk, school, "后勤").context["groups"]
    assert excerpt_of(group.lines[0]) == "[后勤]"
