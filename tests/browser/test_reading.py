"""Reading a year in a real browser: sign in, figures, records, the report and its PDF."""

from urllib.parse import unquote

import pytest

from reports.annual import annual_report
from reports.figures import REGISTER
from tests.browser.conftest import WIDTHS
from tests.browser.soundness import faults_of, overflow_of
from units.scoping import scope_of_unit

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
def test_every_page_is_sound_on_every_screen(case_unit, visit, width, scheme):
    visitor = visit(width, scheme)
    page, year = visitor.page, f"/{case_unit.code}/2017/"
    page.goto("/sign-in/")
    checked = [(page.url, faults_of(page), overflow_of(page))]
    visitor.sign_in()
    page.wait_for_url(f"**{year}")
    addresses = [
        year,
        f"{year}aims/",
        f"{year}figures/",
        f"{year}figures/members_total/",
        f"{year}figures/aid_total/",
        f"{year}report/",
    ]
    for address in addresses:
        page.goto(address)
        assert page.evaluate("document.documentElement.dataset.bsTheme") == scheme
        page.click("details.profile summary")
        checked.append((page.url, faults_of(page), overflow_of(page)))
    assert [each for each in checked if each[1] or each[2] > 0] == []
    assert len(checked) == 7
    assert visitor.complaints == []


def test_from_signing_in_to_the_pdf(case_unit, visit, tmp_path):
    visitor = visit()
    page = visitor.page
    hosts = []
    page.on("request", lambda request: hosts.append(request.url.split("/")[2]))
    visitor.sign_in()
    page.wait_for_url(f"**/{case_unit.code}/2017/")
    page.locator(".bar-nav a", has_text="数据").click()
    links = page.locator(".figure-line h3 a")
    assert links.count() == len(REGISTER)
    addresses = links.evaluate_all("links => links.map(link => link.getAttribute('href'))")

    without_records = []
    for address in addresses:
        assert page.goto(address).status == 200
        if not page.locator("table.records tbody tr").count():
            without_records.append(address.split("/")[-2])
    with scope_of_unit(case_unit):
        figures = annual_report(case_unit, 2017).figures
        silent = {key for key in figures if not figures[key].evidence.exists()}
    assert set(without_records) == silent
    assert len(REGISTER) - len(silent) > 50

    page.goto(f"/{case_unit.code}/2017/report/")
    page.locator("article.report a.figure-link", has_text="19人").click()
    page.wait_for_url("**/figures/members_total/")
    assert page.locator("table.records tbody tr").count() == 19

    page.go_back()
    with page.expect_download() as download:
        page.locator(".formats a", has_text="PDF").click()
    saved = tmp_path / "report.pdf"
    download.value.save_as(saved)
    assert saved.read_bytes().startswith(b"%PDF")
    assert unquote(download.value.suggested_filename) == "普陀区教育学院2017年统战工作总结.pdf"
    assert set(hosts) == {page.url.split("/")[2]}
    assert visitor.complaints == []


def test_after_signing_out_the_back_button_shows_nothing(case_unit, visit):
    visitor = visit()
    page = visitor.page
    visitor.sign_in()
    page.wait_for_url(f"**/{case_unit.code}/2017/")
    page.click("details.profile summary")
    page.locator(".profile-menu form[action='/sign-out/'] button").click()
    page.wait_for_url("**/sign-in/")
    page.go_back()
    assert "/sign-in/" in page.url
    assert case_unit.name not in page.content()


def test_everything_can_be_reached_by_keyboard(case_unit, visit):
    visitor = visit()
    page = visitor.page
    page.goto("/sign-in/")
    page.keyboard.type("chenjing")  # the first field has the focus
    page.keyboard.press("Tab")
    page.keyboard.type("ein-langer-Satz-2017")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/{case_unit.code}/2017/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.classList.contains('skip')")
    assert page.locator(".skip").is_visible()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"
    page.locator("details.profile summary").focus()
    page.keyboard.press("Enter")
    assert page.locator(".profile-menu").is_visible()
    page.keyboard.press("Escape")
    assert not page.locator(".profile-menu").is_visible()


def test_the_language_changes_on_the_spot(case_unit, visit):
    visitor = visit()
    page = visitor.page
    page.goto("/sign-in/")
    assert page.locator("html").get_attribute("lang") == "zh-hans"
    page.locator(".languages button[value=en]").click()
    page.wait_for_load_state()
    assert page.locator("html").get_attribute("lang") == "en"
    assert page.locator("h1").inner_text() == "Sign in"
    assert "/sign-in/" in page.url
