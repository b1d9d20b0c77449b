"""A hidden button is no right: the filled-in forms of one role, sent by everybody else.

Every page that a role may open is opened, and every form on it filled in and sent, to see that it
does something; then everybody sends it who may not, and nothing may have changed. Who may is said
by the table of rights (``matrix_table``); how each form is filled in, by ``deeds``.
"""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client

from members.person_rows import unit_models
from tests import factories
from tests.deeds import (
    Ground,
    browser_of,
    deeds_of,
    forms_of,
    ground_of,
    leads_to_sign_in,
    may_send,
    send,
)
from tests.html_forms import Form
from tests.test_leaks import tables
from tests.test_matrix import rows
from units.events import Event
from units.models import User
from units.roles import Role
from units.row_check import mixed_rows
from units.scoping import scope_of_unit

__all__ = ["rows"]  # a fixture

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]

ROOMS = ("units", "members", "activities", "consultations", "reports", "cases")
OTHERS = ("clerk", "secretary", "administrator", "auditor", "viewer")
ASK_ONLY = {
    *("people", "roster", "activities", "suggestions", "proposals", "search", "aid-rounds"),
    *("attendance-list", "read-notice", "suggestion-rows", "typed-preview"),
    *("admin:members_party_changelist", "admin:units_unit_changelist"),
}
"""Forms that only ask: lists whose questions may hold names and are therefore posted, what a page
fetches for a form while it is filled in, and two lists of the admin that offer no action."""
HOLDS_ONE = {"admin:consultations_policy_add"}
"""A unit has one policy, and here it has it."""
PLANTED = {
    **dict.fromkeys(("is_staff", "is_superuser", "must_change_password", "final"), "1"),
    **dict.fromkeys(("status", "state", "decision"), "signed"),
    **dict.fromkeys(("version", "total", "id", "pk"), "99"),
    **{"role": "administrator", "path": "x/", "signed_at": "2000-01-01 00:00"},
}
"""What somebody adds to a form by hand; keys of the other unit and its people come to it."""
TEACH = """These forms do nothing when they are sent, so nobody knows whether the others are refused
for the right reason. Open tests/deeds.py: say in `fill` what the form asks for and does not show,
in `ABOUT` of which year or kind it can be done, or add to `ground_of` and `_spare_rows` the row
that it needs. A form that only asks and stores nothing belongs into ASK_ONLY. Nothing done by: """


@pytest.fixture
def ground(cast, rows, school) -> Ground:
    """A row of everything, and what each deed needs to be done."""
    return ground_of(school, cast, rows)


def traces_of(browser: Client, form: Form, **more) -> list[tuple]:
    """What the log says that the form did: (action, kind, {field: values}); all is undone."""
    before = Event.objects.count()
    # Not atomic(): inside it nothing could be stored that must be stored for good, such as a file.
    here = transaction.savepoint()
    send(browser, form, **more)
    found = [
        (event.action, event.model, event.detail.content if hasattr(event, "detail") else {})
        for event in Event.objects.order_by("number")[before:]
    ]
    transaction.savepoint_rollback(here)
    return found


def is_refusal(answer) -> bool:
    """Forbidden, not found, no such way, or led to sign in."""
    return answer.status_code in (403, 404, 405) or leads_to_sign_in(answer)


@pytest.mark.parametrize("part", ["clerk", "secretary", "administrator"])
def test_forms_do_what_they_are_for(cast, ground, part):
    """Check 17: without this, forms that nobody can send would pass the tests below."""
    browser = browser_of(getattr(cast, part))
    deeds = list(deeds_of(part, ground))
    idle = {name for name, form in deeds if not traces_of(browser, form)} - HOLDS_ONE
    assert idle <= ASK_ONLY, TEACH + ", ".join(sorted(idle - ASK_ONLY))
    for name, form in deeds:
        if name in idle:
            assert not is_refusal(send(browser, form)), name
    assert len(deeds) >= {"clerk": 140, "secretary": 8, "administrator": 16}[part]


@pytest.mark.parametrize("part", ["clerk", "secretary", "administrator"])
def test_nobody_else_of_the_unit_can_send_them(cast, ground, part):
    """Check 17: each form, sent by every other role and by nobody, is refused."""
    deeds = list(deeds_of(part, ground))
    browsers = {other: browser_of(getattr(cast, other, None)) for other in (*OTHERS, "nobody")}
    before, sent = tables(), 0
    for other, browser in browsers.items():
        for name, form in deeds:
            if other == "nobody" or not may_send(other, name):
                answer = send(browser, form)
                assert is_refusal(answer), (other, name, answer.status_code)
                sent += 1
    assert [name for name, lines in tables().items() if lines != before[name]] == []
    assert sent > len(deeds)


def rows_of(unit) -> dict[str, list]:
    """Every row that the unit keeps, by table."""
    with scope_of_unit(unit):
        return {
            model._meta.label: list(model.objects.filter(unit=unit).order_by("pk").values())
            for model in unit_models()
        }


@pytest.mark.parametrize("part", ["clerk", "secretary", "administrator"])
def test_another_unit_changes_and_links_nothing(cast, ground, school, other_school, part):
    """Checks 25 and 26: with the school's own keys in every field."""
    deeds = list(deeds_of(part, ground))
    before = rows_of(school)
    for role in (Role.CLERK, Role.SECRETARY, Role.ADMINISTRATOR):
        browser = browser_of(factories.user(role, unit=other_school))
        for name, form in deeds:
            answer = send(browser, form)
            assert answer.status_code < 500, name
    assert rows_of(school) == before
    assert list(mixed_rows()) == []
    assert set(User.objects.filter(grants__unit=school)) == {
        each for part, each in cast if part != "colleague"
    }


@pytest.mark.parametrize("part", ["clerk", "administrator"])
def test_fields_that_are_not_on_a_form_change_nothing(cast, ground, other_school, part):
    """Check 18: each form with a dozen fields more leaves the very same trace."""
    foreign = dict.fromkeys(("unit", "unit_id"), other_school.pk)
    people = dict.fromkeys(("user", "owner", "created_by", "granted_by"), cast.colleague.pk)
    planted = {**PLANTED, **foreign, **people}
    browser = browser_of(getattr(cast, part))
    for name, form in forms_of(part, ground):
        more = {field: value for field, value in planted.items() if field not in form.data}
        plain, fuller = traces_of(browser, form), traces_of(browser, form, **more)
        assert [_told(*each, more) for each in fuller] == [_told(*each, more) for each in plain], (
            name
        )


def _told(action: str, model: str, detail: dict, planted: dict) -> tuple:
    """Of a trace, what must not differ: its fields, and those into which a planted value came.

    Values themselves may differ: PostgreSQL counts on what was undone in the keys of new rows.
    """
    planted = {**planted, **{f"{name}_id": value for name, value in planted.items()}}
    taken = {
        name
        for name, change in detail.items()
        if name in planted and str(planted[name]) in map(str, change)
    }
    return action, model, sorted(detail), sorted(taken)


def test_no_form_takes_whatever_is_posted():
    """Check 18: every form names its fields."""
    taking = re.compile(r"__all__|^\s+exclude = ", re.M)
    root = Path(settings.BASE_DIR)
    files = [path for room in ROOMS for path in (root / room).rglob("*form*.py")]
    files += [path for room in ROOMS for path in (root / room).rglob("*admin*")]
    texts = {str(p.relative_to(root)): p.read_text("utf-8") for p in files if p.suffix == ".py"}
    assert len(texts) > 10
    assert [name for name, text in texts.items() if taking.search(text)] == []
