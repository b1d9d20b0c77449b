"""Whether a page is sound: what axe finds, and whether anything hangs over the screen's edge."""

from axe_playwright_python.sync_playwright import Axe

from tests.browser.conftest import WIDTHS


def faults_of(page) -> list[str]:
    """What axe finds, as rule and places; nothing is pointed at, and no colour is on its way."""
    page.emulate_media(reduced_motion="reduce")
    page.mouse.move(0, 0)
    found = Axe().run(page).response["violations"]
    return [f"{each['id']}: {[node['target'] for node in each['nodes']]}" for each in found]


def overflow_of(page) -> int:
    """By how many pixels the page is wider than the screen; a phone may have 360 of them."""
    screen = page.viewport_size
    if screen == WIDTHS["phone"]:
        page.set_viewport_size({**screen, "width": 360})
    overflow = page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    page.set_viewport_size(screen)
    return overflow
