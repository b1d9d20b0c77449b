"""Units and accounts in the admin: whose they are, one-time passwords, roles."""

import re

import pytest
from django.contrib.auth.hashers import check_password
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import factories
from tests.admin_forms import add_row, errors_of, form_data
from units.models import RoleGrant, Unit, User
from units.roles import Role

pytestmark = pytest.mark.ignore_template_errors

ACCOUNTS = "admin:units_user_changelist"
ADD_ACCOUNT = "admin:units_user_add"


@pytest.fixture
def administrator(client, cast):
    """The browser of the school's system administrator."""
    client.force_login(cast.administrator)
    return client


def account_page(account) -> str:
    return reverse("admin:units_user_change", args=[account.pk])


def new_account(client, unit, *roles, username="wang"):
    """Fill in the page for a new account with ``roles`` in ``unit``."""
    data = form_data(client.get(reverse(ADD_ACCOUNT)))
    data |= {"username": username, "full_name": "王小明", "grants-TOTAL_FORMS": 0}
    for role in roles:
        add_row(data, "grants", unit=unit.pk, role=role)
    return client.post(reverse(ADD_ACCOUNT), data)


# --- accounts: who sees and changes them ---


@pytest.mark.parametrize(
    ("part", "codes"),
    [
        ("clerk", (403, 403, 403)),
        ("secretary", (403, 403, 403)),
        ("auditor", (302, 302, 302)),
        ("viewer", (302, 302, 302)),
        ("administrator", (200, 200, 200)),
        ("colleague", (403, 403, 403)),
    ],
)
def test_accounts_and_units_by_cast(client, cast, school, part, codes):
    client.force_login(getattr(cast, part))
    addresses = [
        reverse(ACCOUNTS),
        account_page(cast.viewer),
        reverse("admin:units_unit_change", args=[school.pk]),
    ]
    assert tuple(client.get(address).status_code for address in addresses) == codes


def test_accounts_of_other_units_not_listed(administrator, cast):
    listed = administrator.get(reverse(ACCOUNTS)).context["cl"].result_list
    parts = ["administrator", "auditor", "clerk", "secretary", "viewer"]
    assert [account.username for account in listed] == parts
    assert administrator.get(account_page(cast.colleague)).status_code == 404


def test_accounts_of_schools_listed_for_the_district(client, cast, district):
    client.force_login(factories.user(Role.ADMINISTRATOR, unit=district, username="office"))
    listed = client.get(reverse(ACCOUNTS)).context["cl"].result_list
    assert {account.username for account in listed} == {
        "office",
        *(account.username for _part, account in cast),
    }


def test_account_with_a_role_elsewhere_not_changed(administrator, cast, other_school):
    factories.role_grant(cast.viewer, other_school, Role.CLERK)
    page = administrator.get(account_page(cast.viewer))
    assert page.status_code == 200
    assert other_school.name not in page.content.decode()
    answer = administrator.post(account_page(cast.viewer), {"username": "x"})
    assert answer.status_code == 403


def test_own_account_not_changed(administrator, cast, school):
    assert administrator.get(account_page(cast.administrator)).status_code == 200
    data = {"grants-TOTAL_FORMS": 1, "grants-INITIAL_FORMS": 0}
    data |= {"grants-0-unit": school.pk, "grants-0-role": Role.CLERK}
    assert administrator.post(account_page(cast.administrator), data).status_code == 403
    assert list(cast.administrator.grants.values_list("role", flat=True)) == ["administrator"]


def test_account_deactivated_and_never_deleted(administrator, cast):
    address = reverse("admin:units_user_delete", args=[cast.viewer.pk])
    assert administrator.post(address, {"post": "yes"}).status_code == 403
    data = form_data(administrator.get(account_page(cast.viewer)))
    del data["is_active"]
    assert administrator.post(account_page(cast.viewer), data).status_code == 302
    cast.viewer.refresh_from_db()
    assert cast.viewer.is_active is False


def test_accounts_queries_do_not_grow(administrator, school):
    before = queries_of(administrator)
    for _each in range(3):
        factories.user(Role.VIEWER, unit=school)
    assert queries_of(administrator) == before


def queries_of(client) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(reverse(ACCOUNTS)).status_code == 200
    return len(queries)


# --- accounts: passwords and roles ---


def test_new_account_shows_its_password_once(administrator, school):
    page = new_account(administrator, school, Role.VIEWER)
    password = re.search(r"<code>(.+)</code>", page.content.decode()).group(1)
    account = User.objects.get(username="wang")
    assert check_password(password, account.password)
    assert account.must_change_password
    assert list(account.grants.values_list("unit", "role")) == [(school.pk, "viewer")]
    assert "no-store" in page["Cache-Control"]
    later = administrator.get(account_page(account)).content.decode()
    assert password not in later
    history = reverse("admin:units_user_history", args=[account.pk])
    assert password not in administrator.get(history).content.decode()


def test_new_accounts_get_different_passwords(administrator, school):
    pages = [
        new_account(administrator, school, Role.VIEWER, username=name) for name in ("wang", "li")
    ]
    found = {re.search(r"<code>(.+)</code>", page.content.decode()).group(1) for page in pages}
    assert len(found) == 2


def test_new_account_page_asks_for_no_password(administrator):
    page = administrator.get(reverse(ADD_ACCOUNT))
    assert list(page.context["adminform"].form.fields) == ["username", "full_name"]


def test_new_account_without_role_refused(administrator, school):
    assert len(errors_of(new_account(administrator, school))) == 1
    assert not User.objects.filter(username="wang").exists()


def test_new_account_with_exclusive_roles_refused(administrator, school):
    page = new_account(administrator, school, Role.AUDITOR, Role.SECRETARY)
    assert len(errors_of(page)) == 1
    assert not User.objects.filter(username="wang").exists()


def test_account_second_exclusive_role_refused(administrator, cast, school):
    data = form_data(administrator.get(account_page(cast.auditor)))
    add_row(data, "grants", unit=school.pk, role=Role.ADMINISTRATOR)
    assert errors_of(administrator.post(account_page(cast.auditor), data)) != []
    assert list(cast.auditor.grants.values_list("role", flat=True)) == ["auditor"]


def test_account_further_role_saved(administrator, cast, school):
    data = form_data(administrator.get(account_page(cast.auditor)))
    add_row(data, "grants", unit=school.pk, role=Role.VIEWER)
    assert administrator.post(account_page(cast.auditor), data).status_code == 302
    roles = cast.auditor.grants.order_by("role").values_list("role", flat=True)
    assert list(roles) == ["auditor", "viewer"]


def test_role_in_another_unit_refused(administrator, other_school):
    page = new_account(administrator, other_school, Role.VIEWER)
    assert len(errors_of(page)) == 1
    assert not RoleGrant.objects.filter(unit=other_school, role=Role.VIEWER).exists()


def give_new_password(client, *accounts):
    return client.post(
        reverse(ACCOUNTS),
        {
            "action": "give_new_passwords",
            "_selected_action": [account.pk for account in accounts],
        },
    )


def test_new_password_for_a_forgotten_one(administrator, cast):
    page = give_new_password(administrator, cast.viewer)
    password = re.search(r"<code>(.+)</code>", page.content.decode()).group(1)
    cast.viewer.refresh_from_db()
    assert check_password(password, cast.viewer.password)
    assert cast.viewer.must_change_password


def test_new_password_for_somebody_elses_account_refused(administrator, cast, other_school):
    factories.role_grant(cast.viewer, other_school, Role.CLERK)
    for account in (cast.viewer, cast.colleague, cast.administrator):
        before = User.objects.get(pk=account.pk).password
        page = give_new_password(administrator, account)
        assert "<code>" not in page.content.decode()
        assert User.objects.get(pk=account.pk).password == before


# --- units ---


def test_units_administered_only(administrator, school, other_school, district):
    listed = administrator.get(reverse("admin:units_unit_changelist")).context["cl"].result_list
    assert list(listed) == [school]
    for unit in (other_school, district):
        page = administrator.get(reverse("admin:units_unit_change", args=[unit.pk]))
        assert page.status_code == 404


def test_unit_added_below_an_administered_one(client, cast, district, other_school):
    client.force_login(factories.user(Role.ADMINISTRATOR, unit=district))
    address = reverse("admin:units_unit_add")
    data = {"kind": "school", "code": "new", "name": "新学校", "short_name": "学校"}
    assert errors_of(client.post(address, data)) != []
    assert client.post(address, {**data, "parent": district.pk}).status_code == 302
    assert Unit.objects.get(code="new").path == "putuo/new/"


def test_unit_below_somebody_elses_refused(administrator, other_school):
    data = {"kind": "school", "code": "new", "name": "新学校", "short_name": "学校"}
    page = administrator.post(reverse("admin:units_unit_add"), {**data, "parent": other_school.pk})
    assert list(page.context["adminform"].form.errors) == ["parent"]


def test_unit_with_rows_not_deleted_and_shows_no_names(administrator, school):
    factories.member(school, "徐文清")
    answer = administrator.get(reverse("admin:units_unit_delete", args=[school.pk]))
    assert answer.status_code == 403
    assert "徐文清" not in answer.content.decode()


def test_unit_year_twice_refused_at_the_form(client, cast, school):
    client.force_login(cast.clerk)
    factories.unit_year(school, 2017)
    address = reverse("admin:units_unityear_add")
    data = form_data(client.get(address)) | {"year": 2017, "closes_on": "2017-12-31"}
    page = client.post(address, data)
    assert page.status_code == 200
    assert len(errors_of(page)) == 1
