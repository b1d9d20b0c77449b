"""Single fields that must not be readable in the database: sealed, opened, found again.

A sealed value is ``id:base64``: the id of the key, then nonce and AES-256-GCM ciphertext. What it
is bound to (model, field, unit) is authenticated with it, so a value copied to another place does
not open there. Keys come from the environment, ``FIELD_KEYS="id:base64,id:base64"``, 32 bytes each;
the first seals, all of them open. Behind them stands a key derived from SECRET_KEY under the id
``s``: it seals while FIELD_KEYS is missing, and keeps opening until ``manage.py rotate_keys`` has
sealed everything anew.
"""

import base64
import hashlib
import hmac
import os
import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.core.checks import Error, Tags, register
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

KEY_BYTES = 32
NONCE_BYTES = 12
DERIVED = "s"
"""The id of the key that is derived from SECRET_KEY."""
_ID = re.compile(r"[a-z0-9]{1,16}")


class SealBroken(ValueError):  # noqa: N818 - it names what is wrong with the value
    """A stored value does not open: it was altered or moved, or its key is missing.

    The message can be shown to people; it holds nothing of the value.
    """


@dataclass(frozen=True)
class Key:
    """One key of the ring: its id, and what encryption and index keys are derived from."""

    id: str
    secret: bytes

    def derived(self, purpose: str) -> bytes:
        """32 bytes for one purpose alone."""
        hkdf = HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=purpose.encode())
        return hkdf.derive(self.secret)


@dataclass(frozen=True)
class SealedColumn:
    """A column of sealed values: ``place`` tells from a row what its value is bound to; ``index``
    names the column that finds it again, if there is one."""

    model: str
    field: str
    place: Callable[[object], str]
    index: str = ""

    def sealed_anew(self, row) -> dict[str, str]:
        """What the row's columns hold under the first key. SealBroken if it does not open."""
        place = self.place(row)
        plain = unseal(getattr(row, self.field), bound_to=place)
        values = {self.field: seal(plain, bound_to=place)}
        return values | ({self.index: index_of(plain, bound_to=place)} if self.index else {})


_columns: dict[tuple[str, str], SealedColumn] = {}


def rotates(column: SealedColumn):
    """Have ``manage.py rotate_keys`` seal this column anew. Every model with one says so."""
    _columns[column.model, column.field] = column


def sealed_columns() -> list[SealedColumn]:
    """Every column that key rotation knows how to seal anew."""
    return list(_columns.values())


def key_ring() -> tuple[Key, ...]:
    """Every key that opens; the first one seals. ImproperlyConfigured if FIELD_KEYS is wrong."""
    return _ring(os.environ.get("FIELD_KEYS", ""), settings.SECRET_KEY)


def seal(plain: str, *, bound_to: str) -> str:
    """``plain`` sealed with the first key; nothing stays nothing."""
    if not plain:
        return ""
    key = key_ring()[0]
    nonce = secrets.token_bytes(NONCE_BYTES)
    sealed = AESGCM(key.derived("field")).encrypt(nonce, plain.encode(), _place(key, bound_to))
    return f"{key.id}:{base64.b64encode(nonce + sealed).decode()}"


def unseal(value: str, *, bound_to: str) -> str:
    """The words behind a sealed ``value``; SealBroken rather than anything that was altered."""
    if not value:
        return ""
    key = _key_of(value)
    try:
        content = base64.b64decode(value.partition(":")[2], validate=True)
        nonce, sealed = content[:NONCE_BYTES], content[NONCE_BYTES:]
        opened = AESGCM(key.derived("field")).decrypt(nonce, sealed, _place(key, bound_to))
    except (ValueError, InvalidTag) as error:
        raise SealBroken(
            _("The stored value does not open: it was altered, or copied from another place.")
        ) from error
    return opened.decode()


def is_sealed_with_current_key(value: str) -> bool:
    """Whether key rotation can leave ``value`` as it is."""
    return not value or value.partition(":")[0] == key_ring()[0].id


def index_of(plain: str, *, bound_to: str) -> str:
    """A keyed hash under the first key, to find ``plain`` again without storing it readably."""
    return _index(key_ring()[0], plain, bound_to) if plain else ""


def indexes_of(plain: str, *, bound_to: str) -> list[str]:
    """What :func:`index_of` may have stored under any key of the ring: search for these."""
    return [_index(key, plain, bound_to) for key in key_ring()]


def masked(number: str) -> str:
    """A telephone number as lists show it: 139****5678; short ones keep their last two digits."""
    if len(number) < 8:
        return "*" * max(len(number) - 2, 0) + number[-2:]
    return f"{number[:3]}{'*' * (len(number) - 7)}{number[-4:]}"


@register(Tags.security)
def check_key_ring(app_configs, **kwargs) -> list[Error]:
    """``manage.py check``: FIELD_KEYS can be read."""
    try:
        key_ring()
    except ImproperlyConfigured as error:
        return [Error(str(error), id="units.E001")]
    return []


def _key_of(value: str) -> Key:
    key_id = value.partition(":")[0]
    for key in key_ring():
        if key.id == key_id:
            return key
    raise SealBroken(_("The stored value does not open: the key it names is not in FIELD_KEYS."))


def _place(key: Key, bound_to: str) -> bytes:
    return f"{key.id}|{bound_to}".encode()


def _index(key: Key, plain: str, bound_to: str) -> str:
    content = f"{bound_to}|{plain}".encode()
    return hmac.new(key.derived("index"), content, hashlib.sha256).hexdigest()


@lru_cache(maxsize=8)
def _ring(written: str, secret_key: str) -> tuple[Key, ...]:
    keys = [_read_key(part.strip()) for part in written.split(",") if part.strip()]
    derived = Key(DERIVED, Key("", secret_key.encode()).derived("field keys"))
    ids = [key.id for key in (*keys, derived)]
    if len(set(ids)) != len(ids):
        raise ImproperlyConfigured("FIELD_KEYS: every key needs an id of its own, and none is “s”.")
    return (*keys, derived)


def _read_key(part: str) -> Key:
    key_id, _colon, encoded = part.partition(":")
    try:
        secret = base64.b64decode(encoded, validate=True)
    except ValueError:  # no base64, or no ASCII
        secret = b""
    if not _ID.fullmatch(key_id) or len(secret) != KEY_BYTES:
        # The part itself is left out of the message: it may be a key.
        raise ImproperlyConfigured(
            "FIELD_KEYS: write id:base64,id:base64, ids in small letters and digits, "
            f"each key {KEY_BYTES} random bytes in base64."
        )
    return Key(key_id, secret)
