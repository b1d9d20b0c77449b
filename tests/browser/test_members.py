"""Changes in colleagues' lives in a real browser: the short forms, by mouse and by keyboard."""

import pytest
from playwright.sync_api import expect

from members.models import Employment, Member
from tests import factories
from tests.browser.conftest import WIDTHS
from tests.browser.soundness import faults_of, overflow_of
from units.scoping import scope_of_unit

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


@pytest.fixture
def somebody(case_unit) -> Member:
    """徐文清, in service, of 民盟, with a post in the unit and one in the party."""
    person = factories.member(case_unit, "徐文清", party="民盟", title="高级教师")
    factories.appointment(person, "主任", kind="school", level="unit", body="教务处")
    factories.appointment(person, "主委")
    return person


def start(visitor):
    """The page of somebody signed in."""
    visitor.sign_in()
    visitor.page.wait_for_load_state()
    return visitor.page


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
def test_forms_of_deeds_are_sound_on_every_screen(case_unit, somebody, visit, width, scheme):
    visitor = visit(width, scheme)
    page = start(visitor)
    page.goto(f"/{case_unit.code}/people/{somebody.pk}/")
    addresses = [link.get_attribute("href") for link in page.locator(".deeds a").element_handles()]
    checked = [(page.url, faults_of(page), overflow_of(page))]
    for address in addresses:
        page.goto(address)
        checked.append((page.url, faults_of(page), overflow_of(page)))
    assert [each for each in checked if each[1] or each[2] > 0] == []
    assert len(checked) == 10
    assert visitor.complaints == []


def test_retiring_is_foretold_done_and_on_the_roster_of_the_day(case_unit, somebody, visit):
    visitor = visit("phone")
    page = start(visitor)
    page.goto(f"/{case_unit.code}/people/{somebody.pk}/")
    page.locator(".deeds a", has_text="退休").click()
    page.locator("#id_day").type("2017.9.1")
    expect(page.locator(".foretold li")).to_have_text(
        [
            "在职情况“在职”：2017-08-31当天仍计入，自2017-09-01起不再计入。",
            "职务“教务处主任”：2017-08-31当天仍计入，自2017-09-01起不再计入。",
            "在职情况“退休”：自2017-09-01起计入。",
        ]
    )
    # One line, as large as a finger: the tick and its words stand side by side.
    box = page.locator("label", has_text="教务处主任").bounding_box()
    assert 40 <= box["height"] < 50
    page.get_by_label("教务处主任").uncheck()
    expect(page.locator(".foretold li")).to_have_count(2)
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/people/{somebody.pk}/")
    assert "自2017-09-01起计入" in page.locator("main").inner_text()
    for day, status in (("2017.8.31", "在职"), ("2017.9.1", "退休"), ("2017.9.2", "退休")):
        page.goto(f"/{case_unit.code}/people/{somebody.pk}/?day={day}")
        assert status in page.locator(".person-facts").inner_text()
    with scope_of_unit(case_unit):
        assert Employment.objects.filter(member=somebody).count() == 2
    assert visitor.complaints == []


def test_refused_form_keeps_what_was_typed_and_says_where(case_unit, somebody, visit):
    visitor = visit()
    page = start(visitor)
    page.goto(f"/{case_unit.code}/people/{somebody.pk}/retire/")
    page.locator("#id_day").fill("九月")
    page.locator(".entry-actions button").click()
    page.locator("#id_day_error").wait_for()
    assert page.locator("#id_day").input_value() == "九月"
    assert faults_of(page) == []


# --- a new person, and corrections ---


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
def test_forms_of_people_and_rows_are_sound_on_every_screen(
    case_unit, somebody, visit, width, scheme
):
    visitor = visit(width, scheme)
    page = start(visitor)
    page.goto(f"/{case_unit.code}/people/{somebody.pk}/")
    correct = page.locator(".timeline-correct").first.get_attribute("href")
    checked = []
    for address in (correct, f"{correct}delete/", f"/{case_unit.code}/people/new/"):
        page.goto(address)
        checked.append((page.url, faults_of(page), overflow_of(page)))
    page.fill("#id_name", "许文青")
    # The case has one of that name too.
    expect(page.locator(".about-name a")).to_have_count(2)
    page.locator(".entry-actions button").click()
    page.locator("#id_others_error").wait_for()
    expect(page.locator(".about-name a")).to_have_count(2)
    checked.append(("asked about a namesake", faults_of(page), overflow_of(page)))
    assert [each for each in checked if each[1] or each[2] > 0] == []
    assert len(checked) == 4
    assert visitor.complaints == []


def test_new_person_is_found_by_name_pinyin_and_initials(case_unit, visit):
    """曾 is read as a surname; the button is on the roster."""
    visitor = visit()
    page = start(visitor)
    page.goto(f"/{case_unit.code}/people/")
    page.locator(".heading a", has_text="新增人员").click()
    page.locator("#id_name").press_sequentially("曾晓明")
    expect(page.locator(".about-name")).to_contain_text("读作 zeng xiao ming")
    page.select_option("#id_party", label="民盟")
    page.fill("#id_joined_on", "2005.5")
    page.fill("#id_employed_on", "2017.9.1")
    page.keyboard.press("Enter")
    page.locator("h1", has_text="曾晓明").wait_for()
    assert "2005-05" in page.locator(".person-facts").inner_text()
    page.goto(f"/{case_unit.code}/people/")
    for typed in ("曾晓明", "zengxiao", "zxm"):
        page.fill("#id_words", typed)
        expect(page.locator("table.list tbody th")).to_have_text(["曾晓明"])
    assert visitor.complaints == []


def test_mistaken_date_is_corrected_and_a_mistaken_row_taken_back(case_unit, somebody, visit):
    visitor = visit("phone")
    page = start(visitor)
    page.goto(f"/{case_unit.code}/people/{somebody.pk}/")
    line = page.locator(".timeline-line", has_text="高级教师")
    line.locator(".timeline-correct").click()
    page.fill("#id_started_on", "2011.8")
    page.locator(".entry-actions button").click()
    expect(line.locator(".timeline-when")).to_have_text("2011-08")
    line.locator(".timeline-correct").click()
    page.locator(".delete a").click()
    page.locator(".entry-actions button").click()
    page.locator("h1", has_text="徐文清").wait_for()
    expect(line).to_have_count(0)
    assert visitor.complaints == []
