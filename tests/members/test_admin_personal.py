"""Numbers, consents, requests and holds in the admin."""

import pytest
from django.urls import reverse

from members.models import Consent, Contact, CorrectionRequest, LegalHold
from tests import factories
from tests.admin_forms import form_data
from units.scoping import scope_of_unit

pytestmark = pytest.mark.ignore_template_errors

PHONE = "13912345678"


@pytest.fixture
def member(school):
    return factories.member(school, "张三丰", party="民盟")


@pytest.fixture
def contact(member):
    with scope_of_unit(member.unit):
        row = Contact(member=member, phone=PHONE)
        row.save()
    return row


def page_of(row, name="change"):
    return reverse(f"admin:members_{row._meta.model_name}_{name}", args=[row.pk])


def save(client, address, **fields):
    """Post the page at ``address`` with ``fields`` changed, the rest as it came."""
    return client.post(address, form_data(client.get(address)) | fields)


def test_number_is_masked_on_list_page_and_history(client, cast, contact):
    """Check 55."""
    client.force_login(cast.clerk)
    listed = client.get(reverse("admin:members_contact_changelist")).content.decode()
    shown = client.get(page_of(contact)).content.decode()
    history = client.get(page_of(contact, "history")).content.decode()
    assert "139****5678" in listed
    assert "139****5678" in shown
    assert PHONE not in listed + shown + history


def test_number_typed_is_sealed(client, cast, member, in_scope):
    client.force_login(cast.clerk)
    address = reverse("admin:members_contact_add")
    answer = save(client, address, member=member.pk, new_phone="139 1234 5678")
    assert answer.status_code == 302
    row = Contact.objects.get()
    assert (row.member, row.unit, row.phone) == (member, in_scope, PHONE)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ({}, PHONE),
        ({"new_phone": "13800000000"}, "13800000000"),
        ({"forget_phone": "on"}, ""),
    ],
)
def test_number_kept_replaced_or_forgotten(client, cast, contact, in_scope, typed, kept):
    client.force_login(cast.clerk)
    assert save(client, page_of(contact), **typed).status_code == 302
    assert Contact.objects.get().phone == kept


def test_what_is_no_number_is_told_at_the_field(client, cast, contact, in_scope):
    client.force_login(cast.clerk)
    answer = save(client, page_of(contact), new_phone="没有")
    assert list(answer.context["adminform"].form.errors) == ["new_phone"]
    assert Contact.objects.get().phone == PHONE


def test_consent_request_and_hold_are_entered(client, cast, member, in_scope):
    client.force_login(cast.clerk)
    forms = {
        Consent: {"kind": "roster", "notice_version": "1", "given_on": "2026-03-02"},
        CorrectionRequest: {"kind": "copy", "asked_on": "2026-03-02", "wording": "复制一份"},
        LegalHold: {"reason": "争议", "placed_on": "2026-03-02"},
    }
    for model, fields in forms.items():
        address = reverse(f"admin:members_{model._meta.model_name}_add")
        assert save(client, address, member=member.pk, **fields).status_code == 302, model
        assert model.objects.get().member == member


def test_pages_by_cast(client, cast, contact):
    """Check 55: a viewer sees records, and no numbers, not even masked."""
    codes = {}
    for part, account in cast:
        client.logout()
        client.force_login(account)
        codes[part] = [
            client.get(reverse("admin:members_contact_changelist")).status_code,
            client.get(page_of(contact)).status_code,
        ]
    assert codes == {
        "clerk": [200, 200],
        "secretary": [200, 200],
        "auditor": [302, 302],
        "administrator": [403, 403],
        "viewer": [302, 302],
        "colleague": [200, 404],
    }
