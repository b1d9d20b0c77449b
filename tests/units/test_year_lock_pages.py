"""A closed year at the doors people use: forms, rows below a form, lists, deleting."""

import re
from datetime import date
from html import unescape

import pytest
from django.test import RequestFactory
from django.urls import reverse

from activities.models import Activity
from members.models import Membership
from tests import factories
from tests.admin_forms import add_row, errors_of, form_data
from units.acting import Act, acting
from units.middleware import ChangeRefusedMiddleware
from units.models import ClosedYear, Event
from units.scoping import scope_of_unit
from units.year_lock import YearClosed

pytestmark = pytest.mark.ignore_template_errors

IN, AFTER = date(2017, 6, 1), date(2018, 6, 1)


@pytest.fixture
def rows(school, cast):
    """An activity, a theme and a member of the closed year 2017."""
    activity = factories.activity(school, "参观航海博物馆", started_on=IN)
    member = factories.member(school, "张三丰", party="民盟")
    theme = factories.theme(school)
    factories.closed_year(school, cast.secretary)
    return activity, member, theme


@pytest.fixture
def clerk(client, cast):
    client.force_login(cast.clerk)
    return client


def page_of(row, name="change") -> str:
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_{name}", args=[row.pk])


def said(page, cast) -> bool:
    """Whether the page says what is closed, since when, and whom to ask."""
    words = f"该年度已由{cast.secretary}于2018-01-05签发总结并封存"
    return words in page.content.decode() and f"向{cast.secretary}申请例外" in page.content.decode()


@pytest.mark.parametrize("values", [{"title": "改"}, {"started_on": "2018-06-01"}])
def test_form_of_a_closed_years_record_refuses(clerk, rows, cast, school, values):
    """Check 76, probe 17."""
    activity, *_ = rows
    data = form_data(clerk.get(page_of(activity))) | values
    answer = clerk.post(page_of(activity), data)
    assert (answer.status_code, said(answer, cast)) == (200, True)
    assert len(errors_of(answer)) == 1
    with scope_of_unit(school):
        stored = Activity.objects.get()
    assert (stored.title, stored.started_on) == ("参观航海博物馆", IN)


def test_form_refuses_a_link_and_keeps_what_was_typed(clerk, rows, cast, school):
    """The record itself stays as it is: only the writing of the link is refused."""
    activity, _member, theme = rows
    data = form_data(clerk.get(page_of(activity))) | {"themes": [theme.pk]}
    answer = clerk.post(page_of(activity), data)
    assert (answer.status_code, said(answer, cast)) == (200, True)
    assert answer.context["adminform"].form["themes"].value() == [str(theme.pk)]
    with scope_of_unit(school):
        assert (activity.themes.count(), Activity.objects.get().version) == (0, activity.version)


def test_empty_form_refuses_a_date_in_the_closed_year(clerk, rows, cast, school):
    add = reverse("admin:activities_activity_add")
    data = form_data(clerk.get(add)) | {"kind": "visit", "title": "新", "started_on": "2017-06-02"}
    assert said(clerk.post(add, data), cast)
    assert clerk.post(add, data | {"started_on": "2018-06-02"}).status_code == 302
    with scope_of_unit(school):
        assert Activity.objects.filter(title="新").count() == 1


@pytest.mark.parametrize(
    "values",
    [
        {"memberships-0-DELETE": "on"},
        {"memberships-0-started_on": "2018-01-02"},
        {"memberships-0-ended_on": "2017-12-31"},
    ],
)
def test_row_below_a_form_refuses(clerk, rows, cast, school, values):
    _activity, member, _theme = rows
    data = form_data(clerk.get(page_of(member))) | values
    answer = clerk.post(page_of(member), data)
    assert (answer.status_code, said(answer, cast)) == (200, True)
    with scope_of_unit(school):
        row = Membership.objects.get()
    assert (row.started_on, row.ended_on) == (factories.JOINED_ON, None)


def test_row_below_a_form_is_not_added_and_ends_after_the_year(clerk, rows, cast, school):
    _activity, member, _theme = rows
    data = form_data(clerk.get(page_of(member)))
    more = dict(data)
    add_row(more, "memberships", party=factories.party("民进").pk, started_on="2017-06-01")
    more["memberships-1-started_precision"] = "day"
    assert said(clerk.post(page_of(member), more), cast)
    data["memberships-0-ended_on"] = "2018-03-01"
    assert clerk.post(page_of(member), data).status_code == 302


def test_deleting_refuses_on_its_page_and_from_the_list(clerk, rows, cast, school):
    activity, *_ = rows
    answer = clerk.post(page_of(activity, "delete"), {"post": "yes"}, follow=True)
    assert (answer.redirect_chain[0][0], said(answer, cast)) == (page_of(activity), True)
    places = reverse("admin:activities_activity_changelist")
    chosen = {"action": "delete_selected", "_selected_action": [activity.pk], "post": "yes"}
    assert said(clerk.post(places, chosen, follow=True), cast)
    with scope_of_unit(school):
        assert Activity.objects.count() == 1


def test_person_with_an_exception_corrects_and_it_is_noted(client, rows, cast, school):
    activity, *_ = rows
    with scope_of_unit(school):
        year = ClosedYear.objects.get()
    exception = factories.year_exception(year, cast.clerk, cast.secretary)
    client.force_login(cast.clerk)
    data = form_data(client.get(page_of(activity))) | {"title": "参观中国航海博物馆"}
    assert client.post(page_of(activity), data).status_code == 302
    with scope_of_unit(school):
        note = exception.changes.get()
    event = Event.objects.get(number=note.number)
    assert event == Event.objects.filter(action="change").latest("number")
    assert (event.actor, event.reason) == (cast.clerk, "补录漏登的活动")


# --- the site's own pages ---


def own_page(name, school, *more) -> str:
    return reverse(name, args=[school.code, *more])


@pytest.mark.parametrize("name", ["delete-activity", "edit-activity"])
def test_own_pages_say_why_and_change_nothing(clerk, rows, cast, school, name):
    activity, *_ = rows
    page = own_page(name, school, activity.pk)
    data = _filled(clerk.get(page)) | {"title": "改"}
    answer = clerk.post(page, data)
    assert answer.status_code in (200, 409)
    assert said(answer, cast)
    with scope_of_unit(school):
        assert Activity.objects.get().title == "参观航海博物馆"


def test_aims_of_a_closed_year_stay(clerk, rows, cast, school):
    page = own_page("aims", school, 2017)
    answer = clerk.post(page, _filled(clerk.get(page)) | {"symposium-due": "3"})
    assert answer.status_code in (200, 409)
    assert said(answer, cast)


def test_refusal_that_no_page_says_has_a_page_of_its_own(clerk, rows, cast, school):
    """Whatever a page forgets to ask, the writing refuses, and the middleware says why."""
    activity, *_ = rows

    def view(request):
        with scope_of_unit(school):
            Activity.objects.get(pk=activity.pk).delete()

    request = RequestFactory().post("/")
    request.user, request.session = cast.clerk, {}
    with pytest.raises(YearClosed) as refusal, acting(Act(user=cast.clerk)):
        view(request)
    answer = ChangeRefusedMiddleware(view).process_exception(request, refusal.value)
    assert answer.status_code == 409
    assert said(answer, cast)
    assert ChangeRefusedMiddleware(view).process_exception(request, ValueError()) is None


def _filled(page) -> dict[str, str]:
    """What the form on the page sends when nothing is changed."""
    found = re.findall(r"<(?:input|textarea|select)[^>]*>", page.content.decode())
    pairs = {}
    for tag in found:
        name = re.search(r'name="([^"]+)"', tag)
        value = re.search(r'value="([^"]*)"', tag)
        if name and 'type="checkbox"' not in tag:
            pairs[name[1]] = unescape(value[1]) if value else ""
    return pairs
