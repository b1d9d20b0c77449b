"""Telephone numbers: sealed wherever they are stored, masked in lists, shown on request."""

import base64

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from members.models import Contact
from tests import factories
from tests.stored_bytes import is_stored
from units.encryption import SealBroken
from units.events import Action, Event, EventDetail
from units.models import SecondFactor
from units.recording import HIDDEN
from units.scoping import scope_of_unit

PHONE = "13912345678"
OLD, NEW = (base64.b64encode(bytes([number]) * 32).decode() for number in (1, 2))


def contact_of(member, phone=PHONE) -> Contact:
    """The member's contact, stored."""
    with scope_of_unit(member.unit):
        row = Contact(member=member, phone=phone)
        row.full_clean()
        row.save()
    return row


@pytest.fixture
def member(school):
    return factories.member(school, "张三丰", party="民盟")


@pytest.fixture
def contact(member):
    return contact_of(member)


def test_phone_stored_and_read_again(contact, in_scope):
    assert Contact.objects.get().phone == PHONE
    assert Contact.objects.get().masked_phone == "139****5678"
    assert str(contact) == "张三丰: 139****5678"


def test_phone_in_no_byte_of_the_database(contact, in_scope):
    """Check 54: database, history and change log together."""
    contact.phone = "13912345679"
    contact.save()
    contact.phone = PHONE
    contact.save()
    assert is_stored("张三丰"), "the search itself finds what is there"
    assert not is_stored(PHONE)
    assert not is_stored("13912345679")


def test_history_holds_the_sealed_value(contact, in_scope):
    (version,) = Contact.history.all()
    assert version.phone_sealed == contact.phone_sealed
    assert version.instance.phone == PHONE


def test_log_hides_even_the_sealed_value(contact, in_scope):
    detail = EventDetail.objects.get(event__model="members.contact").content
    assert detail["phone_sealed"] == [None, HIDDEN]
    assert detail["phone_index"] == [None, HIDDEN]


def test_phone_in_no_log_line(member, client, cast, caplog):
    """Check 61."""
    contact_of(member)
    client.force_login(cast.clerk)
    client.post(reverse("people"), {"words": PHONE})
    client.post(reverse("person-contact", args=[member.pk]))
    assert PHONE not in caplog.text


@pytest.mark.parametrize(
    "written",
    [PHONE, "139 1234 5678", "139-1234-5678", "+86 13912345678", "１３９１２３４５６７８"],
)
def test_found_by_the_whole_number_however_written(contact, in_scope, written):
    assert list(Contact.objects.with_phone(written, unit=in_scope)) == [contact]


@pytest.mark.parametrize("written", ["13912345679", "1391234567", "3912345678"])
def test_not_found_by_another_number_or_a_part(contact, in_scope, written):
    assert not Contact.objects.with_phone(written, unit=in_scope).exists()


def test_same_number_in_two_units_is_not_linked(contact, other_school):
    """Check 29."""
    other = contact_of(factories.person(other_school))
    assert other.phone_index != contact.phone_index


@pytest.mark.parametrize("written", ["abc", "12345", "1391234567812345", "139;DROP"])
def test_what_is_no_number_is_refused(member, in_scope, written):
    with pytest.raises(ValidationError):
        Contact(member=member, phone=written)


def test_second_contact_of_one_person_is_refused(contact, member, in_scope):
    with pytest.raises(ValidationError):
        Contact(member=member, phone=PHONE).full_clean()


def test_altered_value_is_reported_not_shown(contact, in_scope):
    """Check 54."""
    middle = len(contact.phone_sealed) // 2
    letter = "A" if contact.phone_sealed[middle] != "A" else "B"
    contact.phone_sealed = (
        contact.phone_sealed[:middle] + letter + contact.phone_sealed[middle + 1 :]
    )
    with pytest.raises(SealBroken):
        _ = contact.phone
    assert "altered" in contact.masked_phone or "改" in contact.masked_phone


def test_value_of_another_unit_does_not_open_here(contact, other_school):
    stranger = contact_of(factories.person(other_school), "13800000000")
    stranger.phone_sealed = contact.phone_sealed
    with pytest.raises(SealBroken):
        _ = stranger.phone


# --- pages ---


def page(client, member):
    return client.get(reverse("people")).content.decode()


def test_list_shows_masked_numbers_only(client, cast, contact, member):
    """Check 55."""
    client.force_login(cast.clerk)
    shown = page(client, member)
    assert "139****5678" in shown
    assert PHONE not in shown


def test_showing_asks_for_a_post_and_is_logged(client, cast, contact, member):
    """Check 55."""
    client.force_login(cast.clerk)
    address = reverse("person-contact", args=[member.pk])
    before = Event.objects.count()
    assert PHONE not in client.get(address).content.decode()
    assert Event.objects.count() == before
    assert PHONE in client.post(address).content.decode()
    event = Event.objects.order_by("-number").first()
    assert (event.action, event.model, event.object_id, event.actor) == (
        Action.VIEW,
        "members.contact",
        str(contact.pk),
        cast.clerk,
    )
    assert Event.objects.count() == before + 1


def test_showing_an_altered_number_says_so(client, cast, contact, member, in_scope):
    Contact.objects.filter(pk=contact.pk).update(
        phone_sealed=contact.phone_sealed[:-8] + "AAAAAAA="
    )
    client.force_login(cast.clerk)
    answer = client.post(reverse("person-contact", args=[member.pk]))
    assert (answer.status_code, 'role="alert"' in answer.content.decode()) == (200, True)


def test_pages_by_cast(client, cast, contact, member):
    """Check 55, 57: who may see a number, and who may not even ask."""
    expected = {
        "clerk": 200,
        "secretary": 200,
        "auditor": 403,
        "administrator": 403,
        "viewer": 403,
        "colleague": 404,
    }
    address = reverse("person-contact", args=[member.pk])
    codes = {}
    for part, account in cast:
        client.logout()
        client.force_login(account)
        codes[part] = client.post(address).status_code
    assert codes == expected
    client.logout()
    assert client.post(address).status_code == 302


def test_people_of_another_unit_never_listed_nor_found(client, cast, contact, other_school):
    client.force_login(cast.colleague)
    assert "张三丰" not in client.get(reverse("people")).content.decode()
    for words in ("张三丰", PHONE):
        assert (
            "139****5678" not in client.post(reverse("people"), {"words": words}).content.decode()
        )


@pytest.mark.parametrize("words", ["张三", "zhangsanfeng", "zhang san", "zsf", PHONE])
def test_looked_up_by_name_pinyin_or_whole_number(client, cast, contact, school, words):
    factories.member(school, "李四光")
    client.force_login(cast.clerk)
    found = client.post(reverse("people"), {"words": words}).content.decode()
    assert ("张三丰" in found, "李四光" in found) == (True, False)


def test_no_address_holds_a_name_or_a_number(client, cast, contact, member):
    """Check 63."""
    client.force_login(cast.secretary)
    shown = client.post(reverse("people"), {"words": "张三丰"}).content.decode()
    addresses = [part.split('"')[0] for part in shown.split('href="')[1:]]
    assert reverse("person-sheet", args=[member.pk]) in addresses
    assert not [a for a in addresses if "%" in a or PHONE in a or "张" in a]


def test_list_takes_as_many_queries_for_three_as_for_one(client, cast, contact, school):
    client.force_login(cast.clerk)
    client.get(reverse("people"))
    with CaptureQueriesContext(connection) as one:
        client.get(reverse("people"))
    for name in ("李四光", "王五四"):
        contact_of(factories.member(school, name))
    with CaptureQueriesContext(connection) as three:
        client.get(reverse("people"))
    assert len(three) == len(one)


# --- new keys ---


def test_rotation_seals_rows_and_versions_anew(member, monkeypatch, transactional_db, capsys):
    """Check 54: rotate, and all rows still open without the old key."""
    monkeypatch.setenv("FIELD_KEYS", f"k1:{OLD}")
    contact = contact_of(member)
    with scope_of_unit(member.unit):
        contact.phone = "13800000000"
        contact.save()
    monkeypatch.setenv("FIELD_KEYS", f"k2:{NEW},k1:{OLD}")
    call_command("rotate_keys")
    monkeypatch.setenv("FIELD_KEYS", f"k2:{NEW}")
    with scope_of_unit(member.unit):
        assert (
            Contact.objects.with_phone("13800000000", unit=member.unit).get().phone == "13800000000"
        )
        opened = {version.instance.phone for version in Contact.history.all()}
    assert opened == {PHONE, "13800000000"}
    assert not is_stored("k1:")


def test_rotation_names_what_does_not_open(member, monkeypatch, transactional_db):
    monkeypatch.setenv("FIELD_KEYS", f"k1:{OLD}")
    contact = contact_of(member)
    good = contact_of(factories.person(member.unit))
    with scope_of_unit(member.unit):
        Contact.objects.filter(pk=contact.pk).update(phone_sealed="k1:AAAA")
    monkeypatch.setenv("FIELD_KEYS", f"k2:{NEW},k1:{OLD}")
    with pytest.raises(CommandError, match=f"Contact {contact.pk}: "):
        call_command("rotate_keys")
    with scope_of_unit(member.unit):
        good.refresh_from_db()
        assert (good.phone_sealed[:3], good.phone) == ("k2:", PHONE)


def test_rotation_tells_to_keep_the_old_key_for_columns_it_does_not_know(
    cast, monkeypatch, transactional_db
):
    SecondFactor.objects.create(
        user=cast.clerk, sealed_key="k1:AAAA", set_up_at="2026-01-01T00:00:00Z"
    )
    monkeypatch.setenv("FIELD_KEYS", f"k2:{NEW},k1:{OLD}")
    with pytest.raises(CommandError, match="SecondFactor"):
        call_command("rotate_keys")
