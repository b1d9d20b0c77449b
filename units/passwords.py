"""Which passwords are good enough, how long they live, and which open an account only once.

By default as NIST SP 800-63B and OWASP ASVS 6.2 ask: long, not guessable, never forced to change.
GB/T 22239 (等保 身份鉴别 a) asks for kinds of characters and regular change instead;
``RECORDS_PASSWORD_CLASSES`` adds those rules where an office is assessed by it.
"""

import secrets
from datetime import datetime, timedelta
from importlib import import_module

from django.conf import settings
from django.contrib.auth.hashers import check_password
from django.contrib.auth.password_validation import MinimumLengthValidator
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from units.models import PasswordRecord, Unit, User
from units.sessions import end_sessions
from units.weak_passwords import SHORTEST, is_weak

ONE_TIME_LIFE = timedelta(hours=24)
LONGEST = 128
CLASSES_WANTED = 3
LIFE_WITH_CLASSES = timedelta(days=90)
REMEMBERED = 5


class LengthLimit(MinimumLengthValidator):
    """From 12 to 128 characters: more helps nobody and costs time to check."""

    def __init__(self):
        super().__init__(SHORTEST)

    def validate(self, password: str, user=None):
        """ValidationError for a shorter or longer one."""
        super().validate(password, user)
        if len(password) > LONGEST:
            raise ValidationError(_("At most %(number)s characters.") % {"number": LONGEST})

    def get_help_text(self) -> str:
        """The rule, for the form."""
        return _("At least 12 and at most 128 characters, of any kind; a sentence is fine.")


class NotGuessable:
    """No password that is tried first, and none made of names that stand on every letterhead."""

    def validate(self, password: str, user=None):
        """ValidationError for names, common words, dates, rows of keys."""
        whole, parts = names_known_of(user) if user is not None else (frozenset(), frozenset())
        if any(name in password.casefold() for name in whole):
            raise ValidationError(
                _("Leave out your user name, your name and your unit's, in pinyin too.")
            )
        if is_weak(password, names=whole | parts):
            raise ValidationError(
                _("Too easy to guess: it is made of common words, dates or rows of keys.")
            )

    def get_help_text(self) -> str:
        """The rule, for the form."""
        return _("No names, dates, rows of keys or common words alone.")


class Remembered:
    """Keeps the age of passwords, and refuses those used before.

    ``password_changed`` is called by Django after a password was stored, whoever set it: here it
    also ends the account's sessions.
    """

    def validate(self, password: str, user=None):
        """ValidationError for the present password and, in the stricter mode, the last five."""
        if user is None or user.pk is None:
            return
        if user.has_usable_password() and check_password(password, user.password):
            raise ValidationError(_("This is the present password: choose another."))
        if settings.PASSWORD_CLASSES and any(
            check_password(password, digest) for digest in _last_digests(user)
        ):
            raise ValidationError(
                _("You have used this password before: choose one that is not among the last five.")
            )

    def password_changed(self, password: str, user: User):
        """Note when the new password was set, and end every session of the account."""
        PasswordRecord.objects.create(
            user=user,
            set_at=timezone.now(),
            one_time=user.must_change_password,
            digest=user.password if settings.PASSWORD_CLASSES else "",
        )
        kept = user.password_records.values_list("pk", flat=True)[:REMEMBERED]
        user.password_records.exclude(pk__in=list(kept)).delete()
        end_sessions(user)

    def get_help_text(self) -> str:
        """The rule, for the form; nothing where only the present password is refused."""
        return _("None of your last five passwords.") if settings.PASSWORD_CLASSES else ""


class CharacterClasses:
    """等保模式: three of capital letters, small letters, digits and other characters."""

    def validate(self, password: str, user=None):
        """ValidationError for fewer kinds, if the mode is on."""
        kinds = {_kind_of(character) for character in password}
        if settings.PASSWORD_CLASSES and len(kinds) < CLASSES_WANTED:
            raise ValidationError(self.get_help_text())

    def get_help_text(self) -> str:
        """The rule, for the form; nothing while the mode is off."""
        if not settings.PASSWORD_CLASSES:
            return ""
        return _("Three of: capital letters, small letters, digits, other characters.")


def names_known_of(user: User) -> tuple[frozenset[str], frozenset[str]]:
    """The names that stand on every letterhead, in small letters: whole ones, and parts of them.

    Whole: user name, the person's and the units' names, the units' codes, each in pinyin and its
    initials too, of four letters or more. Parts: every run of two syllables or more, as jiaoyu.
    """
    units = Unit.objects.filter(grants__user=user) if user.pk else ()
    names = {user.username, user.full_name}
    parts = set()
    for unit in units:
        names |= {unit.name, unit.code, unit.code.replace("-", "")}
        parts.add(unit.short_name)
    whole = set(names)
    for name in names:
        syllables = _pinyin(name)
        runs = _runs(syllables)
        whole |= {"".join(syllables), "".join(each[0] for each in syllables if each)}
        parts |= runs
    long_enough = (n.casefold() for n in whole if len(n) >= 4 or (n and not n.isascii()))
    return frozenset(long_enough), frozenset(part.casefold() for part in parts if len(part) >= 2)


def password_record(user: User) -> PasswordRecord | None:
    """What is known of the present password's age; None for accounts without a password."""
    return user.password_records.first()


def one_time_password_is_dead(user: User, *, now: datetime) -> bool:
    """Whether the administrator's password was used already, or is older than 24 hours."""
    if not user.must_change_password:
        return False
    present = password_record(user)
    return present is None or present.used_at is not None or now >= present.set_at + ONE_TIME_LIFE


def must_change(user: User, *, now: datetime) -> bool:
    """Whether ``user`` has to choose a password before anything else."""
    if user.must_change_password:
        return True
    if not settings.PASSWORD_CLASSES or not user.has_usable_password():
        return False
    present = password_record(user)
    return present is None or now >= present.set_at + LIFE_WITH_CLASSES


def use_one_time_password(user: User, *, now: datetime) -> bool:
    """Use up the administrator's password; False if it was used or died in the meantime."""
    if one_time_password_is_dead(user, now=now):
        return False
    unused = PasswordRecord.objects.filter(pk=password_record(user).pk, used_at=None)
    return unused.update(used_at=now) == 1


def give_one_time_password(account: User) -> str:
    """Set a random password that opens the account once within 24 hours; nothing is saved yet.

    Returned to be handed over: it is stored nowhere. A second factor stays as it is.
    """
    password = secrets.token_urlsafe(12)
    account.set_password(password)
    account.must_change_password = True
    return password


def _last_digests(user: User) -> list[str]:
    digests = user.password_records.exclude(digest="").values_list("digest", flat=True)
    return list(digests[:REMEMBERED])


def _pinyin(name: str) -> list[str]:
    """The syllables of ``name``. The dictionary takes a third of a second: loaded when needed."""
    return import_module("pypinyin").lazy_pinyin(name, errors=lambda other: [other])


def _runs(syllables: list[str]) -> set[str]:
    """Every run of two syllables or more: putuo, putuoqu, jiaoyu …"""
    count = len(syllables)
    return {
        "".join(syllables[start:end])
        for start in range(count)
        for end in range(start + 2, count + 1)
    }


def _kind_of(character: str) -> str:
    if character.isupper():
        return "capital"
    if character.islower():
        return "small"
    return "digit" if character.isdigit() else "other"
