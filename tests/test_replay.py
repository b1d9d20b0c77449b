"""A hidden button is no right: the filled-in forms of one role, sent by everybody else.

Every page that a role may open is opened, and every form on it filled in and sent, to see that it
does something; then everybody sends it who may not, and nothing may have changed. Who may is said
by the table of rights (``matrix_table``).
"""

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client
from django.urls import resolve, reverse
from django.utils import timezone

from activities.models import Target
from members.models import Member
from members.person_rows import unit_models
from tests import factories
from tests.html_forms import Form, forms_on
from tests.test_leaks import tables
from tests.test_matrix import COLUMNS, _model_of_admin, address_of, expected, line_of, rows
from tests.urls_walk import names
from units.events import Event
from units.models import User
from units.roles import Role
from units.row_check import mixed_rows
from units.scoping import scope_of_unit

__all__ = ["rows"]  # a fixture

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]

ROOMS = ("units", "members", "activities", "consultations", "reports", "cases")
OTHERS = ("clerk", "secretary", "administrator", "auditor", "viewer")
# About nobody but the account itself, and open to every account.
OWN = {
    *("login", "logout", "language", "account", "enter-code", "confirm-sign-in"),
    *("change-password", "end-session", "set-up-second-factor", "renew-recovery-codes"),
    *("remove-second-factor", "draft", "discard-draft", "admin:login", "admin:logout"),
    *("admin:password_change", "admin:index", "admin:app_list", "admin:<path:object_id>/"),
}
# What is found by sending leaves no trace; a unit has one policy, and here it has it.
WITHOUT_TRACE = {"people", "activities", "admin:consultations_policy_add"}
PLANTED = {
    **dict.fromkeys(("is_staff", "is_superuser", "must_change_password", "final"), "1"),
    **dict.fromkeys(("status", "state", "decision"), "signed"),
    **dict.fromkeys(("version", "total", "id", "pk"), "99"),
    **{"role": "administrator", "path": "x/", "signed_at": "2000-01-01 00:00"},
}
"""What somebody adds to a form by hand; keys of the other unit and its people come to it."""


def fill(name: str, rows, school, cast) -> dict[str, object]:
    """What a form asks for and does not say in its fields."""
    tomorrow = timezone.localdate() + timedelta(days=1)
    if name.endswith("_changelist"):
        key = cast.viewer.pk if "user" in name else rows.get(_model_of_admin(name), 0)
        action = "give_new_passwords" if "user" in name else "delete_selected"
        return {"action": action, "_selected_action": key, "post": "yes"}
    return {
        "access": {"user": cast.administrator.pk, "last_day": tomorrow.isoformat()},
        "admin:units_unityear_add": {"year": 2031, "closes_on": "2031-12-31"},
        "admin:units_unit_add": {"code": "new-school", "parent": school.pk},
        "admin:units_user_add": {
            **{"username": "newcomer", "full_name": "新来"},
            **{"grants-0-unit": school.pk, "grants-0-role": "viewer"},
        },
        "admin:members_appointment_add": {"kind": "social", "body": "区青联"},
        "admin:activities_gift_add": {"amount": "100.00"},
        "admin:activities_recipient_add": {"code": "受助学生77"},
        "admin:consultations_suggestion_add": {"wording": "新建议"},
        "aims": {f"{Target.Deed.values[0]}-due": 1},
        "person-erase": {"reason": "本人要求", "sure": "on"},
    }.get(name, {})


def browser_of(cast, part: str) -> Client:
    browser = Client(raise_request_exception=False)
    if part != "nobody":
        browser.force_login(getattr(cast, part))
    return browser


def may_send(part: str, name: str) -> bool:
    """Whether the table lets ``part`` send a form to the address called ``name``."""
    asking, sending = expected()[line_of(name)][COLUMNS.index(part)]
    return asking in "+-" and sending in "+>"


def is_theirs(part: str, name: str) -> bool:
    """Whether ``part`` may send there; of a secretary, only where a clerk may not."""
    shared = part == "secretary" and may_send("clerk", name)
    return may_send(part, name) and name not in OWN and not shared


def forms_of(part: str, cast, rows, school) -> Iterator[tuple[str, Form]]:
    """(name of the address it goes to, form) for each form on the pages that ``part`` may open."""
    browser, seen = browser_of(cast, part), set()
    keys = {**rows, Member: factories.person(school, "备用").pk}
    for name in dict.fromkeys(names()):
        if expected()[line_of(name)][COLUMNS.index(part)][0] != "+":
            continue
        address = address_of(name, rows, school)
        answer = browser.get(address)
        if answer.status_code != 200 or not answer["Content-Type"].startswith("text/html"):
            continue
        for form in forms_on(answer.content.decode(), address, keys.__getitem__):
            to = resolve(form.action.split("?")[0]).view_name
            key = form.action, *sorted(form.data)
            if key not in seen and is_theirs(part, to):
                seen.add(key)
                form.data.update(fill(to, rows, school, cast))
                yield to, form


def deeds_of(part: str, cast, rows, school) -> Iterator[tuple[str, Form]]:
    """The forms of ``part``, and an empty one for what has none on these pages: buttons."""
    found = set()
    for name, form in forms_of(part, cast, rows, school):
        found.add(name)
        yield name, form
    for name in {each for each in names() if is_theirs(part, each)} - found:
        if name.endswith("_history"):
            continue  # a page that is only read
        data = {"post": "yes", **fill(name, rows, school, cast)}
        yield name, Form(address_of(name, rows, school), data)


def traces_of(browser: Client, form: Form, **more) -> list[tuple]:
    """What the log says that the form did: (action, kind, {field: values}); all is undone."""
    before = Event.objects.count()
    with transaction.atomic():
        browser.post(form.action, {**form.data, **more})
        found = [
            (event.action, event.model, event.detail.content if event.detail_digest else {})
            for event in Event.objects.order_by("number")[before:]
        ]
        transaction.set_rollback(True)
    return found


def is_refusal(answer) -> bool:
    """Forbidden, not found, no such way, or led to sign in."""
    signing_in = (reverse("login"), reverse("admin:login"))
    return answer.status_code in (403, 404, 405) or (
        answer.status_code == 302 and answer["Location"].startswith(signing_in)
    )


# Forms that ``fill`` cannot send yet; the tests of their own pages send them. To be taught here.
NEED_VALUES_OF_THEIR_OWN = {
    *("delete-activity", "add-evidence", "edit-evidence", "delete-evidence", "mark-not-needed"),
    *("new-talk", "edit-talk", "delete-talk", "talk-followed-up", "new-pair", "edit-pair"),
    *("year-exceptions", "year-exception", "withdraw-year-exception"),
    *("suggestions", "new-suggestion", "edit-suggestion", "reply", "step", "add-address"),
    *("new-activity", "enter-activity", "edit-activity", "copy-activity", "activities", "aims"),
    *("add-evidence-address", "add-web-address", "roster", "talks", "save-view", "remove-view"),
}


@pytest.mark.parametrize("part", ["clerk", "secretary", "administrator"])
def test_forms_do_what_they_are_for(cast, rows, school, part):
    """Check 17: without this, forms that nobody can send would pass the tests below.

    On a failure say in ``fill`` what the new form asks for.
    """
    forms = [
        (name, form)
        for name, form in forms_of(part, cast, rows, school)
        if not name.endswith("_changelist")
    ]
    idle = {name for name, form in forms if not traces_of(browser_of(cast, part), form)}
    assert idle - WITHOUT_TRACE <= NEED_VALUES_OF_THEIR_OWN
    assert len(forms) >= {"clerk": 70, "secretary": 1, "administrator": 7}[part]


@pytest.mark.parametrize("part", ["clerk", "secretary", "administrator"])
def test_nobody_else_of_the_unit_can_send_them(cast, rows, school, part):
    """Check 17: each form, sent by every other role and by nobody, is refused."""
    deeds = list(deeds_of(part, cast, rows, school))
    browsers = {other: browser_of(cast, other) for other in (*OTHERS, "nobody")}
    before, sent = tables(), 0
    for other, browser in browsers.items():
        for name, form in deeds:
            if other == "nobody" or not may_send(other, name):
                answer = browser.post(form.action, form.data)
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
def test_another_unit_changes_and_links_nothing(cast, rows, school, other_school, part):
    """Checks 25 and 26: with the school's own keys in every field."""
    deeds = list(deeds_of(part, cast, rows, school))
    before = rows_of(school)
    for role in (Role.CLERK, Role.SECRETARY, Role.ADMINISTRATOR):
        browser = Client(raise_request_exception=False)
        browser.force_login(factories.user(role, unit=other_school))
        for name, form in deeds:
            answer = browser.post(form.action, form.data)
            assert answer.status_code < 500, name
    assert rows_of(school) == before
    assert list(mixed_rows()) == []
    assert set(User.objects.filter(grants__unit=school)) == {
        each for part, each in cast if part != "colleague"
    }


@pytest.mark.parametrize("part", ["clerk", "administrator"])
def test_fields_that_are_not_on_a_form_change_nothing(cast, rows, school, other_school, part):
    """Check 18: each form with a dozen fields more leaves the very same trace."""
    foreign = dict.fromkeys(("unit", "unit_id"), other_school.pk)
    people = dict.fromkeys(("user", "owner", "created_by", "granted_by"), cast.colleague.pk)
    planted = {**PLANTED, **foreign, **people}
    browser = browser_of(cast, part)
    for name, form in forms_of(part, cast, rows, school):
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
