"""The roster in a real browser: filtered, ordered, found by typing, kept, and taken along."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import WIDTHS
from tests.browser.soundness import faults_of, overflow_of
from tests.listed import in_csv

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


class _File:
    """A downloaded file as the tests of lists read an answer."""

    def __init__(self, download):
        self.content = download.path().read_bytes()


@pytest.fixture
def address(case_unit) -> str:
    return f"/{case_unit.code}/people/"


def at_the_roster(visit, address, width="desktop", scheme="light"):
    visitor = visit(width, scheme)
    visitor.sign_in()
    visitor.page.wait_for_load_state()
    visitor.page.goto(address)
    return visitor, visitor.page


def names(page) -> list[str]:
    return page.locator("table.list tbody th").all_inner_texts()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
def test_roster_is_sound_on_every_screen(visit, address, width, scheme):
    visitor, page = at_the_roster(visit, address, width, scheme)
    everything = "&".join(
        ["party=05", "party=07", "title_level=middle", *(f"columns={key}" for key in _COLUMNS)]
    )
    checked = []
    for query in ("", "?age=old", "?party=11", f"?{everything}"):
        page.goto(f"{address}{query}")
        page.evaluate("document.querySelectorAll('main details').forEach(each => each.open = true)")
        checked.append((query, faults_of(page), overflow_of(page)))
    page.locator("#id_party-ts-control").click()
    checked.append(("a list of choices open", faults_of(page), overflow_of(page)))
    assert [each for each in checked if each[1] or each[2] > 0] == []
    assert visitor.complaints == []


_COLUMNS = ("name", "parties", "organisation", "department", "title", "level", "schooling", "born")


def test_typing_pinyin_narrows_the_list_and_no_address_holds_it(visit, address):
    visitor, page = at_the_roster(visit, address)
    addresses = []
    page.on("request", lambda request: addresses.append(request.url))
    page.locator("#id_words").press_sequentially("qym")
    expect(page.locator("#list-count")).to_contain_text("共 1 条")
    assert names(page) == ["仇一鸣"]
    assert page.locator("#id_words").input_value() == "qym"
    assert page.evaluate("document.activeElement.id") == "id_words"
    assert [each for each in [*addresses, page.url] if "qym" in each] == []
    assert visitor.complaints == []


def test_filter_order_columns_and_file_go_together(visit, address):
    visitor, page = at_the_roster(visit, address)
    page.locator("#id_party-ts-control").click()
    page.locator(".ts-dropdown .option", has_text="民进").click()
    expect(page.locator("#list-count")).to_contain_text("共 5 条")
    page.keyboard.press("Escape")
    page.locator(".list-columns summary").click()
    page.uncheck("input[name=columns][value=party_posts]")
    page.check("input[name=columns][value=born]")
    expect(page.locator("thead th", has_text="出生年月")).to_be_visible()
    expect(page.locator("thead th", has_text="党派职务")).to_have_count(0)
    for direction in ("ascending", "descending"):
        page.locator("#order-born").focus()
        page.keyboard.press("Enter")
        expect(page.locator(f"th[aria-sort={direction}]")).to_have_text("出生年月")
        # The keyboard stays where it was.
        assert page.evaluate("document.activeElement.id") == "order-born"
    with page.expect_download() as download:
        page.locator("button[name=file][value=csv]").click()
    on_the_page = [
        row.locator("th, td").all_inner_texts() for row in page.locator("table.list tr").all()
    ]
    assert in_csv(_File(download.value)) == on_the_page
    assert len(on_the_page) == 1 + 5
    # The same list again from its address.
    page.reload()
    assert names(page) == [row[0] for row in on_the_page[1:]]
    assert visitor.complaints == []


def test_view_kept_after_filtering_is_the_one_on_the_screen(visit, address):
    visitor, page = at_the_roster(visit, address)
    page.select_option("#id_status", "in_service")
    expect(page.locator(".save-view summary")).to_be_visible()
    page.locator(".list-more summary").click()
    page.select_option("#id_sex", "male")
    expect(page.locator("#list-count")).not_to_contain_text("共 19 条")
    shown = names(page)
    page.locator(".save-view summary").click()
    page.fill("#id_view_name", "在职男同志")
    page.click(".save-view button")
    page.goto(address)
    page.locator(".views a", has_text="在职男同志").click()
    expect(page.locator(".views a[aria-current=page]")).to_have_text("在职男同志")
    assert names(page) == shown
    assert visitor.complaints == []
