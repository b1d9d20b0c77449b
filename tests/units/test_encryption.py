"""Sealed values: they open with their key in their place, and nowhere else."""

import base64

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from hypothesis import given
from hypothesis import strategies as st

from units.encryption import (
    SealBroken,
    index_of,
    indexes_of,
    is_sealed_with_current_key,
    key_ring,
    masked,
    seal,
    unseal,
)

PHONE = "13912345678"
PLACE = "members.contact/phone/unit 1"
OLD, NEW = (base64.b64encode(bytes([number]) * 32).decode() for number in (1, 2))


@pytest.fixture
def keys(monkeypatch):
    """Set FIELD_KEYS; a test without it uses the key derived from SECRET_KEY."""
    monkeypatch.delenv("FIELD_KEYS", raising=False)
    return lambda *written: monkeypatch.setenv("FIELD_KEYS", ",".join(written))


@given(st.text(min_size=1, max_size=40), st.text(max_size=40))
def test_sealed_words_open_in_their_place(words, place):
    """Check 54."""
    assert unseal(seal(words, bound_to=place), bound_to=place) == words


def test_sealed_value_shows_key_and_nothing_of_the_words(keys):
    keys(f"k1:{NEW}")
    sealed = seal(PHONE, bound_to=PLACE)
    assert sealed.startswith("k1:")
    assert PHONE.encode() not in base64.b64decode(sealed.partition(":")[2])


def test_sealing_twice_gives_two_values(keys):
    assert seal(PHONE, bound_to=PLACE) != seal(PHONE, bound_to=PLACE)


def test_nothing_stays_nothing():
    assert (seal("", bound_to=PLACE), unseal("", bound_to=PLACE)) == ("", "")


def test_every_flipped_bit_is_reported(keys):
    """Check 54: a flipped bit is reported, not shown as rubbish."""
    keys(f"k1:{NEW}")
    content = base64.b64decode(seal(PHONE, bound_to=PLACE).partition(":")[2])
    for bit in range(len(content) * 8):
        flipped = bytearray(content)
        flipped[bit // 8] ^= 1 << (bit % 8)
        with pytest.raises(SealBroken):
            unseal(f"k1:{base64.b64encode(flipped).decode()}", bound_to=PLACE)


@pytest.mark.parametrize("value", ["rubbish", "s:", "s:%%%", "s:AAAA", ":", "gone:AAAA"])
def test_value_that_is_no_seal_is_reported(keys, value):
    with pytest.raises(SealBroken):
        unseal(value, bound_to=PLACE)


def test_value_copied_to_another_place_is_reported(keys):
    sealed = seal(PHONE, bound_to=PLACE)
    with pytest.raises(SealBroken):
        unseal(sealed, bound_to="members.contact/phone/unit 2")


def test_value_under_another_keys_name_is_reported(keys):
    keys(f"k1:{OLD}", f"k2:{OLD}")
    sealed = seal(PHONE, bound_to=PLACE)
    with pytest.raises(SealBroken):
        unseal(sealed.replace("k1:", "k2:"), bound_to=PLACE)


def test_message_holds_nothing_of_the_value(keys):
    sealed = seal(PHONE, bound_to=PLACE)
    with pytest.raises(SealBroken) as broken:
        unseal(sealed, bound_to="elsewhere")
    assert PHONE not in str(broken.value)
    assert sealed not in str(broken.value)


def test_first_key_seals_and_all_open(keys):
    keys(f"k1:{OLD}")
    old = seal(PHONE, bound_to=PLACE)
    keys(f"k2:{NEW}", f"k1:{OLD}")
    new = seal(PHONE, bound_to=PLACE)
    assert new.startswith("k2:")
    assert [unseal(value, bound_to=PLACE) for value in (old, new)] == [PHONE, PHONE]
    assert [is_sealed_with_current_key(value) for value in (old, new)] == [False, True]


def test_key_taken_away_too_early_is_reported(keys):
    keys(f"k1:{OLD}")
    sealed = seal(PHONE, bound_to=PLACE)
    keys(f"k2:{NEW}")
    with pytest.raises(SealBroken, match="FIELD_KEYS"):
        unseal(sealed, bound_to=PLACE)


def test_without_keys_one_is_derived_from_the_secret_key(keys, settings):
    sealed = seal(PHONE, bound_to=PLACE)
    assert [key.id for key in key_ring()] == ["s"]
    keys(f"k1:{NEW}")
    assert [key.id for key in key_ring()] == ["k1", "s"]
    assert unseal(sealed, bound_to=PLACE) == PHONE
    settings.SECRET_KEY = "x" * 60
    with pytest.raises(SealBroken):
        unseal(sealed, bound_to=PLACE)


def test_index_finds_equal_words_of_one_place_only(keys):
    keys(f"k1:{OLD}")
    old = index_of(PHONE, bound_to=PLACE)
    keys(f"k2:{NEW}", f"k1:{OLD}")
    assert old in indexes_of(PHONE, bound_to=PLACE)
    assert index_of(PHONE, bound_to=PLACE) in indexes_of(PHONE, bound_to=PLACE)
    assert index_of(PHONE, bound_to=PLACE) != old
    assert old not in indexes_of("13912345679", bound_to=PLACE)
    assert old not in indexes_of(PHONE, bound_to="elsewhere")


@pytest.mark.parametrize(
    "written",
    [
        "k1",
        f"k1:{base64.b64encode(b'short').decode()}",
        f"K1:{NEW}",
        f":{NEW}",
        f"s:{NEW}",
        f"k1:{OLD},k1:{NEW}",
        "k1:密钥",
    ],
)
def test_wrong_key_ring_stops_the_start(keys, written):
    """Check 52."""
    keys(written)
    with pytest.raises(ImproperlyConfigured) as wrong:
        key_ring()
    assert NEW not in str(wrong.value)
    with pytest.raises(SystemCheckError, match="units.E001"):
        call_command("check")


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        (PHONE, "139****5678"),
        ("02152821234", "021****1234"),
        ("52821234", "528*1234"),
        ("5282123", "*****23"),
        ("", ""),
    ],
)
def test_masked_number(number, shown):
    assert masked(number) == shown
