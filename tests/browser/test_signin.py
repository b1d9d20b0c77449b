"""Accounts in a real browser: the second factor, the end of a session, and no lost words."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests import factories
from tests.browser.conftest import PASSWORD, WIDTHS
from tests.browser.test_reading import faults_of, overflow_of
from tests.units.signing_in import code_of
from units.models import Department, Draft, OpenSession
from units.roles import Role
from units.scoping import scope_of_unit

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)

BAR = ".draft-bar"


@pytest.fixture
def school(transactional_db, django_db_serialized_rollback):
    """A school with a clerk and an administrator."""
    unit = factories.unit(code="putuo-jy")
    factories.user(Role.CLERK, unit=unit, username="clerk", password=PASSWORD, full_name="陈静")
    factories.user(
        Role.ADMINISTRATOR, unit=unit, username="administrator", password=PASSWORD, full_name="李平"
    )
    return unit


def age_sessions(**by):
    """Make every session so much older, as if nobody had touched it."""
    for row in OpenSession.objects.all():
        OpenSession.objects.filter(pk=row.pk).update(seen_at=row.seen_at - timedelta(**by))


def sign_in_again(visitor, username="clerk"):
    """Fill in the sign-in page that the browser was sent to, and follow it back."""
    visitor.page.wait_for_url(lambda url: "/sign-in/" in url)
    visitor.page.fill("input[name=username]", username)
    visitor.page.fill("input[name=password]", PASSWORD)
    visitor.page.click("main button[type=submit]")


def words_are_kept(page):
    """Wait until the script has left the words with the server."""
    with page.expect_response(lambda r: r.url.endswith("/draft/") and r.request.method == "POST"):
        pass


@pytest.mark.parametrize(("width", "scheme"), [("desktop", "light"), ("phone", "dark")])
def test_account_pages_are_sound_on_every_screen(school, visit, width, scheme):
    visitor = visit(width, scheme)
    page, checked = visitor.page, []
    visitor.sign_in("administrator")
    page.wait_for_url(lambda url: "/sign-in/" not in url)
    other = f"/account/others/{school.grants.get(role=Role.CLERK).user_id}/"
    for address in ("", "password/", "confirm/", "second-factor/", "others/"):
        page.goto(f"/account/{address}")
        checked.append((page.url, faults_of(page), overflow_of(page)))
    page.goto(other)
    checked.append((page.url, faults_of(page), overflow_of(page)))
    assert [each for each in checked if each[1] or each[2] > 0] == []
    assert visitor.complaints == []
    assert set(WIDTHS) == {"desktop", "phone"}


def test_second_factor_from_set_up_to_sign_in(school, visit):
    """Check 5."""
    visitor = visit("phone")
    page = visitor.page
    visitor.sign_in("administrator")
    page.wait_for_url(lambda url: "/sign-in/" not in url)
    page.goto("/account/second-factor/")
    assert page.locator(".key-picture").evaluate("picture => picture.naturalWidth") > 100
    key = page.inner_text(".key-text").replace(" ", "")
    page.fill("input[name=code]", code_of(key, timezone.now() - timedelta(seconds=30)))
    page.click("main form button[type=submit]")
    codes = page.locator(".codes li").all_inner_texts()
    assert len(codes) == 10
    page.goto("/account/")
    page.click("details.profile summary")
    page.click(".profile-menu form[action='/sign-out/'] button")
    sign_in_again(visitor, "administrator")
    page.wait_for_url("**/account/code/")
    page.fill("input[name=code]", codes[0])
    page.click("main form button[type=submit]")
    page.wait_for_url(lambda url: "/account/code/" not in url)
    page.goto("/account/")
    assert page.locator("h1").count() == 1
    assert visitor.complaints == []


def test_typed_text_is_back_after_the_session_ended(school, visit):
    """Check 7."""
    visitor = visit()
    page = visitor.page
    visitor.sign_in("clerk")
    page.wait_for_url(lambda url: "/sign-in/" not in url)
    page.goto("/admin/units/department/add/")
    page.fill("input[name=name]", "教研")
    words_are_kept(page)
    age_sessions(minutes=31)
    page.fill("input[name=name]", "教研室")
    page.click("input[name=_save]")
    sign_in_again(visitor)
    page.wait_for_url("**/department/add/")
    expect(page.locator("input[name=name]")).to_have_value("")
    page.click(f"{BAR} button >> nth=0")
    expect(page.locator("input[name=name]")).to_have_value("教研室")
    page.click("input[name=_save]")
    page.wait_for_url("**/admin/units/department/")
    with scope_of_unit(school):
        assert list(Department.objects.values_list("name", flat=True)) == ["教研室"]
    assert Draft.objects.count() == 0
    assert visitor.complaints == []


def test_rows_added_below_a_person_are_put_back(school, visit):
    """Check 7. The page's own script makes the rows again."""
    visitor = visit()
    page = visitor.page
    visitor.sign_in("clerk")
    page.wait_for_url(lambda url: "/sign-in/" not in url)
    page.goto("/admin/members/member/add/")
    page.fill("input[name=name]", "徐文清")
    page.click("#honours-group .add-row a")
    page.click("#honours-group .add-row a")
    page.fill("input[name=honours-1-title]", "先进工作者")
    words_are_kept(page)
    page.goto("/account/")
    page.goto("/admin/members/member/add/")
    expect(page.locator(BAR)).to_be_visible()
    assert page.locator("input[name=honours-1-title]").count() == 0
    page.click(f"{BAR} button >> nth=0")
    expect(page.locator("input[name=honours-1-title]")).to_have_value("先进工作者")
    expect(page.locator("input[name=name]")).to_have_value("徐文清")
    assert visitor.complaints == []


def test_discarded_text_is_not_offered_again(school, visit):
    """Check 7."""
    visitor = visit()
    page = visitor.page
    visitor.sign_in("clerk")
    page.wait_for_url(lambda url: "/sign-in/" not in url)
    page.goto("/admin/units/department/add/")
    page.fill("input[name=name]", "教研室")
    words_are_kept(page)
    page.goto("/admin/units/department/add/")
    with page.expect_response("**/draft/discard/"):
        page.click(f"{BAR} button >> nth=1")
    expect(page.locator(BAR)).to_have_count(0)
    page.goto("/admin/units/department/add/")
    page.wait_for_load_state("networkidle")
    expect(page.locator(BAR)).to_have_count(0)


def test_browser_keeps_nothing_about_people(school, visit):
    """Check 10. Neither in its storage nor in cookies, and the Back button shows nothing."""
    visitor = visit()
    page = visitor.page
    visitor.sign_in("clerk")
    page.wait_for_url(lambda url: "/sign-in/" not in url)
    page.goto("/admin/units/department/add/")
    page.fill("input[name=name]", "教研室")
    words_are_kept(page)
    stored = page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}])")
    assert "教研室" not in stored
    assert "陈静" not in stored
    cookies = {cookie["name"]: cookie for cookie in visitor.context.cookies()}
    assert set(cookies) == {"sessionid", "csrftoken"}
    assert all(cookie["httpOnly"] for cookie in cookies.values())
    page.goto("/account/")
    page.click("details.profile summary")
    page.click(".profile-menu form[action='/sign-out/'] button")
    page.wait_for_url("**/sign-in/")
    page.go_back()
    expect(page.locator("input[name=password]")).to_be_visible()
    assert "陈静" not in page.content()


def test_back_button_shows_nothing_after_signing_out(school, visit):
    """Check 62: neither kept by the browser nor by the page itself."""
    factories.person(school, "张三丰")
    visitor = visit()
    page = visitor.page
    visitor.sign_in("clerk")
    page.wait_for_url(lambda url: "/sign-in/" not in url)
    page.goto("/people/")
    assert "张三丰" in page.content()
    page.click("details.profile summary")
    page.click(".profile-menu form[action='/sign-out/'] button")
    page.wait_for_url(lambda url: "/sign-in/" in url)
    page.go_back()
    page.wait_for_load_state()
    assert "张三丰" not in page.content()
    assert "/sign-in/" in page.url
