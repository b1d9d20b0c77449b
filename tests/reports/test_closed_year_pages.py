"""The pages about a sealed year: what drifted, and the exceptions under which it is corrected."""

from datetime import date, timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from activities.models import Activity
from tests import factories
from tests.reports.addresses import address
from units.acting import Act, acting
from units.models import Event, YearException
from units.roles import Role
from units.scoping import scope_of_unit


@pytest.fixture
def seal(school, cast):
    """The report of 2017, signed just now."""
    factories.unit_year(school)
    factories.member(school, "张三丰", party="民盟")
    factories.activity(school, "参观航海博物馆", kind="visit", place="航海博物馆")
    report = factories.report(school)
    factories.section(report, heading="队伍", body="共有{members_total}，参观{visit_places}。")
    return factories.sealed(report, author=cast.clerk, signer=cast.secretary, moment=timezone.now())


def browser_of(user) -> Client:
    browser = Client()
    browser.force_login(user)
    return browser


def text(answer) -> str:
    return answer.content.decode()


def corrected(school, by, **values):
    """The visit, changed by somebody."""

    with scope_of_unit(school), acting(Act(user=by)):
        row = Activity.objects.get()
        for name, value in values.items():
            setattr(row, name, value)
        row.save()


def in_a_week() -> str:
    return (timezone.localdate() + timedelta(days=7)).isoformat()


def test_drift_page_says_that_all_is_as_it_was(seal, cast, school):
    shown = text(browser_of(cast.viewer).get(address("report-drift", school)))
    assert "封存总结中的每一个数字，按现有记录仍然成立。" in shown


def test_drift_page_names_number_record_and_who(seal, cast, school):
    """Probe 7: true on the day, not known when it was signed."""
    exception = factories.year_exception(
        seal.closed_year, cast.clerk, cast.secretary, reason="地点登记有误"
    )
    corrected(school, cast.clerk, place="中国航海博物馆")
    shown = text(browser_of(cast.viewer).get(address("report-drift", school)))
    for words in (
        "已印出、而按现有记录不再成立的数字",
        "一、队伍",
        "航海博物馆",
        "中国航海博物馆",
        "参观航海博物馆",
        f"{cast.clerk}于",
        "签发时尚不知道",
        f"依据{cast.secretary}开具的例外：地点登记有误",
    ):
        assert words in shown
    listed = address("year-exception", school, exception.pk)
    shown = text(browser_of(cast.viewer).get(listed))
    assert "参观航海博物馆" in shown
    assert "航海博物馆 → 中国航海博物馆" in shown
    assert "总结中已印出" in shown


def test_look_at_drift_is_in_the_log(seal, cast, school):
    browser_of(cast.viewer).get(address("report-drift", school))
    event = Event.objects.filter(action="view", actor=cast.viewer).get()
    assert event.detail.content == {"page": "drift", "year": 2017}


def test_drift_page_asks_no_more_for_more_records(seal, cast, school):
    factories.year_exception(seal.closed_year, cast.clerk, cast.secretary)
    browser, page = browser_of(cast.viewer), address("report-drift", school)
    numbers = []
    for many in (1, 3):
        with acting(Act(user=cast.clerk)):
            for number in range(many):
                factories.activity(school, kind="visit", place=f"{many}{number}")
        with CaptureQueriesContext(connection) as queries:
            browser.get(page)
        numbers.append(len(queries))
    # Each changed record costs the same few: itself, its versions, its exception, who did it.
    first, second = numbers
    assert second - first <= 3 * 6


def test_pages_of_a_year_that_is_not_sealed_are_not_there(cast, school):
    factories.unit_year(school)
    for name in ("report-drift", "year-exceptions", "report-sealed"):
        assert browser_of(cast.secretary).get(address(name, school)).status_code == 404


def test_secretary_gives_an_exception_and_withdraws_it(seal, cast, school):
    """Check 76: another person, a reason, an end; and it stays listed."""
    browser, page = browser_of(cast.secretary), address("year-exceptions", school)
    data = {"user": cast.clerk.pk, "reason": "补录漏登的活动", "last_day": in_a_week()}
    answer = browser.post(page, data, follow=True)
    assert f"已准许{cast.clerk}在该期限内更正2017年度的记录。" in text(answer)
    with scope_of_unit(school):
        row = YearException.objects.get()
    assert (row.user, row.granted_by, row.reason) == (cast.clerk, cast.secretary, "补录漏登的活动")
    assert timezone.localtime(row.ends_at).date() == timezone.localdate() + timedelta(days=8)
    corrected(school, cast.clerk, place="别处")
    browser.post(address("withdraw-year-exception", school, row.pk))
    shown = text(browser_of(cast.viewer).get(page))
    assert "补录漏登的活动" in shown
    assert "更正1处" in shown
    assert "收回" in shown
    with scope_of_unit(school):
        row.refresh_from_db()
    assert row.withdrawn_at


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"reason": ""}, "reason"),
        ({"last_day": ""}, "last_day"),
        ({"last_day": "2017-01-01"}, "last_day"),
        ({"last_day": "2099-01-01"}, "last_day"),
        ({"user": ""}, "user"),
    ],
)
def test_form_of_an_exception_asks_for_what_is_missing(seal, cast, school, values, field):
    data = {"user": cast.clerk.pk, "reason": "补录", "last_day": in_a_week()} | values
    answer = browser_of(cast.secretary).post(address("year-exceptions", school), data)
    assert list(answer.context["form"].errors) == [field]
    with scope_of_unit(school):
        assert not YearException.objects.exists()


def test_form_offers_whoever_keeps_the_records_and_not_oneself(seal, cast, school, other_school):
    second = factories.user(Role.SECRETARY, unit=school)
    page = browser_of(cast.secretary).get(address("year-exceptions", school))
    assert set(page.context["form"].fields["user"].queryset) == {cast.clerk, second}
    data = {"reason": "补录", "last_day": in_a_week()}
    for stranger in (cast.secretary, cast.colleague, cast.viewer):
        answer = browser_of(cast.secretary).post(
            address("year-exceptions", school), data | {"user": stranger.pk}
        )
        assert list(answer.context["form"].errors) == ["user"]


def test_giving_an_exception_asks_for_the_password(seal, cast, school):
    """Check 11: the unlock of a period needs a recent sign-in."""
    browser = browser_of(cast.secretary)
    data = {"user": cast.clerk.pk, "reason": "补录", "last_day": in_a_week()}
    with time_machine.travel(timezone.now() + timedelta(minutes=11)):
        answer = browser.post(address("year-exceptions", school), data)
        assert (answer.status_code, answer.url.partition("?")[0]) == (302, "/account/confirm/")


def test_clerk_with_an_exception_works_in_the_browser(seal, cast, school):
    """What is corrected under it moves today's figure and not the sealed one."""
    factories.year_exception(seal.closed_year, cast.clerk, cast.secretary)
    browser = browser_of(cast.clerk)
    with acting(Act(user=cast.clerk)):
        factories.activity(school, kind="visit", place="规划馆", started_on=date(2017, 5, 5))
    figure = text(browser.get(address("figure", school, "visit_places")))
    assert "航海博物馆、规划馆" in figure
    report = text(browser.get(address("report-preview", school)))
    assert "规划馆" not in report
