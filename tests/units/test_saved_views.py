"""Views of lists kept under a name: for oneself, or for everybody of the unit."""

import pytest
from django.test import Client
from django.urls import reverse

from tests import factories
from tests.listed import shown
from units.models import SavedView
from units.roles import Role
from units.scoping import scope_of_unit


def browser_of(user) -> Client:
    browser = Client()
    browser.force_login(user)
    return browser


@pytest.fixture
def roster(school):
    """The address of the list that the views are of."""
    return reverse("roster", args=[school.code])


def keep(browser, roster, **fields):
    data = {"list_name": "roster", "name": "民盟在职", "query": "party=05", "next": roster}
    address = roster.replace("people/", "views/")
    return browser.post(address, data | fields, follow=True)


def views_on(answer) -> list[str]:
    return [view.name for view in answer.context["views"]]


def stored(school) -> list[tuple]:
    with scope_of_unit(school):
        return list(SavedView.objects.values_list("owner__username", "name", "query", "shared"))


def test_kept_view_leads_back_to_itself(cast, school, roster):
    factories.member(school, "徐文清", party="民盟")
    factories.member(school, "陈喆", party="民革")
    browser = browser_of(cast.clerk)
    answer = keep(browser, roster)
    assert answer.redirect_chain == [(f"{roster}?party=05", 302)]
    assert "“民盟在职”" in answer.content.decode()
    assert stored(school) == [("clerk", "民盟在职", "party=05", False)]
    assert f'href="{roster}?party=05" aria-current="page"' in answer.content.decode()
    assert [row[0] for row in shown(answer)[1:]] == ["徐文清"]


def test_own_view_is_nobody_elses_and_a_shared_one_the_units(cast, school, roster):
    keep(browser_of(cast.clerk), roster)
    keep(browser_of(cast.clerk), roster, name="全部", query="who=all", shared="on")
    found = {
        part: views_on(browser_of(getattr(cast, part)).get(roster))
        for part in ("clerk", "secretary", "viewer")
    }
    assert found == {"clerk": ["全部", "民盟在职"], "secretary": ["全部"], "viewer": ["全部"]}
    other = roster.replace(school.code, "caoyang")
    assert views_on(browser_of(cast.colleague).get(other)) == []


def test_only_its_owner_lets_a_view_go(cast, school, roster):
    keep(browser_of(cast.clerk), roster, shared="on")
    with scope_of_unit(school):
        key = SavedView.objects.get().pk
    address = reverse("remove-view", args=[school.code, key])
    assert "btn-close" not in browser_of(cast.secretary).get(roster).content.decode()
    assert browser_of(cast.secretary).post(address).status_code == 404
    assert "btn-close" in browser_of(cast.clerk).get(roster).content.decode()
    browser_of(cast.clerk).post(address)
    assert stored(school) == []


def test_same_name_twice_is_refused_with_a_reason(cast, school, roster):
    browser = browser_of(cast.clerk)
    keep(browser, roster)
    answer = keep(browser, roster, query="sex=male")
    assert "您已有同名视图，请换一个名称。" in answer.content.decode()
    assert len(stored(school)) == 1


def test_words_and_pages_are_never_kept(cast, school, roster):
    """Check 63: a query that somebody made up holds no name afterwards either."""
    keep(browser_of(cast.clerk), roster, query="words=徐文清&party=05&page=3&csrfmiddlewaretoken=x")
    assert stored(school) == [("clerk", "民盟在职", "party=05", False)]


@pytest.mark.parametrize("away", ["https://example.org/", "//example.org/", "javascript:alert(1)"])
def test_way_back_stays_on_this_site(cast, school, roster, away):
    browser = browser_of(cast.clerk)
    data = {"list_name": "roster", "name": "x", "query": "party=05", "next": away}
    answer = browser.post(reverse("save-view", args=[school.code]), data)
    assert answer["Location"] == "/"


def test_somebody_from_outside_leaves_nothing_behind(cast, school, roster, district):
    """An access opens the list, not a place to keep views."""
    for part in ("administrator", "auditor"):
        assert keep(browser_of(getattr(cast, part)), roster).status_code == 403
    assert keep(browser_of(cast.colleague), roster).status_code == 404
    office = factories.user(Role.VIEWER, unit=district)
    assert keep(browser_of(office), roster).status_code == 404
    assert stored(school) == []


def test_keeping_is_offered_where_the_list_is_looked_at_in_another_way(cast, roster):
    browser = browser_of(cast.viewer)
    assert "save-view" not in browser.get(roster).content.decode()
    assert "save-view" in browser.get(roster, {"party": "05"}).content.decode()
