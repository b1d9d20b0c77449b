"""Every page of the admin, asked by the whole cast, with two schools full of rows."""

from datetime import date

import pytest
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from members.models import Member, Party
from tests import factories
from tests.one_of_everything import one_of_everything
from units.models import Holiday, Unit, User
from units.scoping import UnitRow, scope_of_unit

# Django's own admin templates print variables that are not always there.
pytestmark = pytest.mark.ignore_template_errors

DAY = date(2026, 3, 2)
MARK = "隐秘"  # stands in every text of the other school's rows
ACCOUNTS = {Unit, User, Holiday}
RECORDS = [model for model in admin.site._registry if issubclass(model, UnitRow)]


def url(model, page, *args):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


def pages(row):
    """The five pages about a kind of record: {name: address}."""
    model = type(row)
    return {
        "changelist": url(model, "changelist"),
        "add": url(model, "add"),
        "change": url(model, "change", row.pk),
        "delete": url(model, "delete", row.pk),
        "history": url(model, "history", row.pk),
    }


def registered(rows):
    """Those of ``rows`` whose kind the admin keeps; others have pages of their own alone."""
    return {model: row for model, row in rows.items() if model in RECORDS}


@pytest.fixture
def rows(school):
    return registered(one_of_everything(school))


@pytest.fixture
def foreign_rows(other_school):
    return registered(one_of_everything(other_school, MARK))


def test_records_all_kinds_made(rows):
    assert set(rows) == set(RECORDS)
    # Django registers its groups by itself; no role has a right on them.
    assert set(admin.site._registry) == {*RECORDS, *ACCOUNTS, Party, Group}


def test_records_pages_by_cast(client, cast, rows):
    """Check 21."""
    all_pages = pages(rows[RECORDS[0]])
    expected = {
        "clerk": dict.fromkeys(all_pages, 200),
        "secretary": dict.fromkeys(all_pages, 200),
        # An address of the admin sends them to the sign-in page, which refuses them.
        "auditor": dict.fromkeys(all_pages, 302),
        "viewer": dict.fromkeys(all_pages, 302),
        # To them the row does not exist, which the history says before it asks for a right.
        "administrator": {**dict.fromkeys(all_pages, 403), "history": 404},
        "colleague": {**dict.fromkeys(all_pages, 404), "changelist": 200, "add": 200},
    }
    for part, account in cast:
        client.force_login(account)
        answers = {
            model: {page: client.get(address).status_code for page, address in pages(row).items()}
            for model, row in rows.items()
        }
        assert answers == dict.fromkeys(rows, expected[part]), part


@pytest.mark.parametrize("part", ["auditor", "viewer"])
def test_admin_without_right_refused(client, cast, part):
    """Check 21."""
    client.force_login(getattr(cast, part))
    assert client.get(reverse("admin:index"), follow=True).status_code == 403


def test_admin_nobody_sent_to_sign_in(client, rows):
    for row in rows.values():
        for address in pages(row).values():
            answer = client.get(address)
            assert (answer.status_code, answer.url) == (302, f"{reverse('login')}?next={address}")


def test_records_of_another_unit_never_shown(client, cast, rows, foreign_rows):
    """Checks 21 and 24."""
    client.force_login(cast.clerk)
    for model, row in rows.items():
        foreign = pages(foreign_rows[model])
        for page in ("change", "delete", "history"):
            answer = client.get(foreign[page])
            assert answer.status_code == 404, foreign[page]
            assert client.post(foreign[page], {"post": "yes"}).status_code == 404
        shown = [p for p, address in pages(row).items() if MARK in text_of(client, address)]
        assert (model, shown) == (model, [])


def text_of(client, address) -> str:
    return client.get(address).content.decode()


def test_records_of_another_unit_not_found(client, cast, foreign_rows):
    """Check 24."""
    client.force_login(cast.clerk)
    found = {
        model: client.get(url(model, "changelist"), {"q": MARK}).context["cl"].result_count
        for model in RECORDS
        if admin.site.get_model_admin(model).search_fields
    }
    assert found == dict.fromkeys(found, 0)
    client.force_login(cast.colleague)
    own = client.get(url(Member, "changelist"), {"q": MARK})
    # 王小明, 周青, 李明 and 陈明.
    assert own.context["cl"].result_count == 4


def test_records_action_on_another_unit_deletes_nothing(client, cast, foreign_rows):
    """Checks 21 and 25."""
    client.force_login(cast.clerk)
    for model, row in foreign_rows.items():
        answer = client.post(
            url(model, "changelist"),
            {"action": "delete_selected", "_selected_action": [row.pk], "post": "yes"},
        )
        assert MARK not in answer.content.decode()
        assert model._base_manager.filter(pk=row.pk).exists(), model


def autocompletes():
    """(model, field) of every field that asks the autocomplete view."""
    found = []
    for model, model_admin in admin.site._registry.items():
        found += [(model, name) for name in model_admin.autocomplete_fields]
        for inline in model_admin.inlines:
            found += [(inline.model, name) for name in inline.autocomplete_fields]
    return found


def test_autocomplete_own_unit_only(client, cast, school, rows, foreign_rows):
    """Checks 21, 26 and 29."""
    client.force_login(cast.clerk)
    assert len(autocompletes()) > 10
    for model, name in autocompletes():
        opts = model._meta
        query = {"app_label": opts.app_label, "model_name": opts.model_name, "field_name": name}
        answer = client.get(reverse("admin:autocomplete"), query)
        offered = sorted(result["text"] for result in answer.json()["results"])
        with scope_of_unit(school):
            own = opts.get_field(name).related_model.objects.all()
            assert offered == sorted(str(row) for row in own), (model, name)


def test_front_page_lists_what_the_role_may_see(client, cast):
    seen = {}
    for part in ("clerk", "administrator"):
        client.force_login(getattr(cast, part))
        apps = client.get(reverse("admin:index")).context["app_list"]
        seen[part] = {app["app_label"]: [m["object_name"] for m in app["models"]] for app in apps}
    assert {app: set(models) for app, models in seen["administrator"].items()} == {
        "units": {"Holiday", "Unit", "User"}
    }
    assert set(seen["clerk"]) == {"units", "members", "activities", "consultations", "reports"}
    assert sorted(seen["clerk"]["units"]) == ["Department", "UnitYear"]
    assert sorted(seen["clerk"]["members"]) == ["Honour", "Member", "Organisation", "Party"]


def test_front_page_without_recent_actions(client, cast, rows):
    LogEntry.objects.log_actions(
        cast.clerk.pk, [rows[model] for model in RECORDS[:1]], 2, change_message="x"
    )
    client.force_login(cast.clerk)
    page = client.get(reverse("admin:index")).content.decode()
    assert "recent-actions-module" not in page


def test_party_pages_read_only(client, cast):
    party = factories.party("民盟")
    client.force_login(cast.clerk)
    codes = {page: client.get(address).status_code for page, address in pages(party).items()}
    assert codes == {"changelist": 200, "add": 403, "change": 200, "delete": 403, "history": 200}
    assert client.post(url(Party, "change", party.pk), {"name": "别的"}).status_code == 403


def queries_of_lists(client):
    """{model: how many queries its list takes}."""
    numbers = {}
    for model in RECORDS:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url(model, "changelist")).status_code == 200
        numbers[model._meta.label] = len(queries)
    return numbers


def test_lists_queries_with_one_row_and_with_three(client, cast, school, rows):
    client.force_login(cast.clerk)
    with_one = queries_of_lists(client)
    one_of_everything(school, number=2)
    one_of_everything(school, number=3)
    assert queries_of_lists(client) == with_one


def test_pages_have_no_inline_script_or_style(client, cast, rows):
    client.force_login(cast.clerk)
    for row in rows.values():
        for page in ("changelist", "add", "change"):
            html = client.get(pages(row)[page]).content.decode()
            assert (row, page, "<style" in html) == (row, page, False)
            assert (row, page, ' style="' in html) == (row, page, False)
            assert (row, page, "<script>" in html) == (row, page, False)
