"""A real browser in front of the real server, with the 2017 case in the records."""

import os
import shutil
from dataclasses import dataclass

import pytest
from playwright.sync_api import BrowserContext

from cases.loading import load
from tests import factories
from units.models import Unit
from units.roles import Role

# Playwright keeps an event loop in the main thread, where Django refuses to ask the database.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")

PASSWORD = "ein-langer-Satz-2017"  # noqa: S105 - of an account that lives for one test
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WIDTHS = {"desktop": {"width": 1280, "height": 860}, "phone": {"width": 390, "height": 844}}


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    """The system's Chromium: nothing is downloaded for the tests."""
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    assert found, f"install one of {', '.join(BROWSERS)}"
    return {**browser_type_launch_args, "executable_path": found, "args": FLAGS}


@dataclass
class Visitor:
    """Somebody at a screen. ``complaints`` is what the browser's console reported."""

    context: BrowserContext
    complaints: list[str]

    def __post_init__(self):
        self.page = self.context.new_page()
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _console(self, message):
        # A violated Content-Security-Policy is reported as an error too.
        if message.type in {"error", "warning"}:
            self.complaints.append(f"{message.text} ({self.page.url})")

    def sign_in(self, username: str = "chenjing"):
        """Through the form, as a person does."""
        self.page.goto("/sign-in/")
        self.page.fill("input[name=username]", username)
        self.page.fill("input[name=password]", PASSWORD)
        self.page.click("main button[type=submit]")


@pytest.fixture
def case_unit(transactional_db, django_db_serialized_rollback) -> Unit:
    """The unit of the 2017 case, with a clerk ``chenjing``."""
    unit = load("2017")
    factories.user(Role.CLERK, unit=unit, username="chenjing", password=PASSWORD, full_name="陈静")
    return unit


@pytest.fixture
def visit(new_context, live_server):
    """Makes a visitor with a screen of some width and a light or dark system."""
    visitors = []

    def make(width: str = "desktop", scheme: str = "light") -> Visitor:
        context = new_context(
            base_url=live_server.url,
            viewport=WIDTHS[width],
            color_scheme=scheme,
            locale="zh-CN",
        )
        visitors.append(Visitor(context, []))
        return visitors[-1]

    yield make
    for visitor in visitors:
        visitor.context.close()
