"""Which passwords are taken, and how long they live."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from tests import factories
from tests.units.signing_in import (
    NEW,
    PASSWORD,
    account,
    change,
    errors,
    signed_in,
    try_to_sign_in,
)
from units.models import PasswordRecord
from units.passwords import REMEMBERED, give_one_time_password
from units.roles import Role
from units.weak_passwords import common_words

NINE = datetime.fromisoformat("2026-03-02T09:00:00+08:00")

#   password                          by default   with kinds of characters
TABLE = [
    ("short", False, False),
    ("elevenchars", False, False),
    ("twelve chars", True, False),
    ("k7#Vq", False, False),
    ("gTqzWmXbLdRk", True, False),
    ("gTqzWmXb7dRk", True, True),
    ("k7#Vq2!mZx9@", True, True),
    ("correct horse battery staple", True, False),
    ("Correct horse battery staple 9", True, True),
    ("春江潮水连海平海上明月共潮生", True, False),
    ("春江潮水连海平 Ab1 明月共潮生", True, True),
    ("зелёный дождь над рекой", True, False),
    ("🐢 turtles all the way down", True, False),
    ("x9 " * 42 + "yz", False, False),  # 128 characters, one piece repeated but for the end
    ("Qf7-" + "lantern river stone " * 6 + "ab3!", True, True),  # 128 characters
    ("Qf7-" + "lantern river stone " * 6 + "ab3!?", False, False),  # 129 characters
    ("passwordpassword", False, False),
    ("password12345", False, False),
    ("P@ssw0rd2024!", False, False),
    ("qwertyuiop123", False, False),
    ("1qaz2wsx3edc", False, False),
    ("1qaz2wsx3edc4rfv", False, False),
    ("qwer1234asdf", False, False),
    ("123456789012", False, False),
    ("202401011234", False, False),
    ("aaaaaaaaaaaa", False, False),
    ("abcabcabcabc", False, False),
    ("abcdefghijklm", False, False),
    ("zxcvbnm,./zxcvbnm", False, False),
    ("woaini1314520", False, False),
    ("woaizhongguo520", False, False),
    ("shanghai2024!!", False, False),
    ("Beijing20080808", False, False),
    ("zhangwei19900101", False, False),
    ("tongzhan2017!", False, False),
    ("xiaozhang123456", False, False),
    ("mima123456789", False, False),
    ("wangxiaoming-zhuomian", False, False),
    ("putuo-jy winter tea", False, False),
    ("putuojiaoyu2017", False, False),
    ("putuoqujiaoyuxueyuan and more words", False, False),
    ("ptqjyxy-ptqjyxy-ptq", False, False),
    ("普陀区教育学院的一个很长的密码", False, False),
    ("王小明喜欢喝绿茶和看书", False, False),
    ("xiaomingwang2024", False, False),
    ("the-registrar-likes-tea-9", False, False),
    ("Teapot-Harbour-9-Violin", True, True),
    ("teapot harbour violin stone", True, False),
]


@pytest.fixture
def registrar(school):
    return account(Role.CLERK, school, username="registrar", full_name="王小明")


def is_taken(password, user):
    try:
        validate_password(password, user)
    except ValidationError:
        return False
    return True


# --- check 3: the rules ---


@pytest.mark.parametrize(("password", "taken", "_with_classes"), TABLE)
def test_password_by_default(registrar, password, taken, _with_classes):
    """Check 3. Long and not guessable; no kinds of characters asked for."""
    assert is_taken(password, registrar) is taken


@pytest.mark.parametrize(("password", "_by_default", "taken"), TABLE)
def test_password_with_kinds_of_characters(registrar, settings, password, _by_default, taken):
    """Check 3, 等保模式."""
    settings.PASSWORD_CLASSES = True
    assert is_taken(password, registrar) is taken


def test_table_of_passwords_is_long_enough():
    """Check 3."""
    assert len({row[0] for row in TABLE}) >= 40


def test_list_of_common_passwords_is_long_enough():
    """Check 3."""
    assert len(common_words()) >= 3000
    assert {"woaini", "mima", "统战"} <= common_words()


def test_random_one_time_passwords_keep_the_rules(registrar):
    """Check 3. Whoever makes them must not be refused by them."""
    for _each in range(20):
        assert is_taken(give_one_time_password(factories.user()), registrar)


def test_strange_password_opens_the_account(registrar):
    """Check 3. Unicode, spaces at both ends, 128 characters: what was typed is what counts."""
    strange = "  🐢 茶壶 Straße " + "ö" * 112 + "  "
    client = signed_in("registrar")
    assert len(strange) == 128
    assert change(client, strange).status_code == 302
    signed_in("registrar", strange)
    assert try_to_sign_in(Client(), "registrar", strange.strip()).status_code == 200


def test_refused_password_says_why_and_changes_nothing(registrar):
    """Check 3."""
    client = signed_in("registrar")
    answer = change(client, "putuojiaoyu2017")
    assert len(errors(answer)) == 1
    signed_in("registrar")


def test_two_different_new_passwords_are_refused(registrar):
    client = signed_in("registrar")
    answer = change(client, NEW, again=NEW + "!")
    assert len(errors(answer)) == 1


def test_present_password_is_asked_for_and_counts_towards_the_lock(registrar):
    """Check 1 and 3."""
    client = signed_in("registrar")
    for _each in range(4):
        assert len(errors(change(client, old="wrong"))) == 1
    assert change(client, old="wrong").status_code == 429


def test_present_password_is_no_new_one(registrar):
    """Check 3 and 4."""
    client = signed_in("registrar")
    assert len(errors(change(client, PASSWORD))) == 1


def test_expiry_only_with_kinds_of_characters(registrar, settings):
    """Check 3, 等保模式: 90 days."""
    changes = reverse("change-password")
    with time_machine.travel(NINE, tick=False):
        change(signed_in("registrar"))
    with time_machine.travel(NINE + timedelta(days=91), tick=False):
        assert signed_in("registrar", NEW).get(reverse("account")).status_code == 200
        settings.PASSWORD_CLASSES = True
        answer = signed_in("registrar", NEW).get(reverse("account"))
        assert answer.url.startswith(changes)
    with time_machine.travel(NINE + timedelta(days=89), tick=False):
        assert signed_in("registrar", NEW).get(reverse("account")).status_code == 200


def test_last_five_passwords_only_with_kinds_of_characters(registrar, settings):
    """Check 3, 等保模式: the sixth last may come back."""
    settings.PASSWORD_CLASSES = True
    old, client = PASSWORD, signed_in("registrar")
    for number in range(REMEMBERED):
        new = f"Harbour-boats-{number}-Violin"
        assert change(client, new, old).status_code == 302
        old = new
    # Remembered are the five above; the first password is not.
    assert len(errors(change(client, "Harbour-boats-0-Violin", old))) == 1
    assert change(client, PASSWORD, old).status_code == 302


def test_old_passwords_are_not_kept_without_need(registrar):
    """Check 3. Their hashes are kept for the last five rule alone."""
    change(signed_in("registrar"))
    assert set(PasswordRecord.objects.values_list("digest", flat=True)) == {""}
