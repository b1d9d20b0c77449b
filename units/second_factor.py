"""The second factor: a code from an app on the person's phone (TOTP, RFC 6238), or a recovery code.

The key is sealed in the database, recovery codes are stored hashed, and every code works once.
"""

import base64
import secrets
from datetime import datetime
from urllib.parse import quote, urlencode

import segno
from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django_otp.oath import TOTP

from units.account_events import report
from units.encryption import SealedColumn, rotates, seal, unseal
from units.events import Action, hold_chain
from units.models import RecoveryCode, SecondFactor, User

KEY_BYTES = 20
DIGITS = 6
STEPS_OF_DRIFT = 1
RECOVERY_CODES = 10
# Without 0 and o, 1, i and l: they are read off paper.
_ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"


def new_key() -> str:
    """A fresh key as apps take it: 32 letters and digits of base 32."""
    return base64.b32encode(secrets.token_bytes(KEY_BYTES)).decode()


def address_of_key(user: User, key: str, *, issuer: str) -> str:
    """The ``otpauth:`` address that a QR code holds."""
    label = quote(f"{issuer}:{user.username}")
    return f"otpauth://totp/{label}?{urlencode({'secret': key, 'issuer': issuer}, quote_via=quote)}"


def picture_of_key(address: str) -> str:
    """A QR code of ``address`` as a ``data:`` address; drawn here, sent to nobody."""
    return segno.make(address, error="m").svg_data_uri(scale=5, border=4, light="#fff")


def set_up(user: User, key: str, *, code: str, now: datetime) -> list[str] | None:
    """Make ``key`` the second factor of ``user``; the new recovery codes, or None: a wrong code."""
    step = _step_of(key, code, now=now)
    if step is None:
        return None
    with transaction.atomic():
        hold_chain()
        SecondFactor.objects.filter(user=user).delete()
        SecondFactor.objects.create(
            user=user, sealed_key=seal(key, bound_to=_place(user)), set_up_at=now, last_step=step
        )
        report(Action.CREATE, user, second_factor="app")
        return new_recovery_codes(user)


def has_second_factor(user: User) -> bool:
    """Whether ``user`` has to give a code when signing in."""
    return SecondFactor.objects.filter(user=user).exists()


def is_compulsory_for(roles) -> bool:
    """Whether one of ``roles`` must have a second factor (RECORDS_TOTP_ROLES)."""
    return not settings.TOTP_ROLES.isdisjoint(roles)


def accept(user: User, code: str, *, now: datetime) -> str | None:
    """Use up ``code``: "app", "recovery code", or None if it is wrong or was used before."""
    code = "".join(code.split()).replace("-", "").casefold()
    if len(code) == DIGITS:
        return "app" if _accept_step(user, code, now=now) else None
    return "recovery code" if _use_recovery_code(user, code) else None


def new_recovery_codes(user: User) -> list[str]:
    """Ten codes in place of all earlier ones; they can be read here and never again."""
    codes = ["".join(secrets.choice(_ALPHABET) for _ in range(16)) for _ in range(RECOVERY_CODES)]
    with transaction.atomic():
        hold_chain()
        RecoveryCode.objects.filter(user=user).delete()
        RecoveryCode.objects.bulk_create(
            RecoveryCode(user=user, digest=_digest(user, code)) for code in codes
        )
        report(Action.CREATE, user, second_factor="recovery codes")
    return ["-".join(code[i : i + 4] for i in range(0, 16, 4)) for code in codes]


def codes_left(user: User) -> int:
    """How many recovery codes have not been used."""
    return user.recovery_codes.filter(used_at=None).count()


def remove(user: User):
    """Take the second factor and its recovery codes away from ``user``."""
    with transaction.atomic():
        hold_chain()
        RecoveryCode.objects.filter(user=user).delete()
        if SecondFactor.objects.filter(user=user).delete()[0]:
            report(Action.DELETE, user, second_factor="app")


def _accept_step(user: User, code: str, *, now: datetime) -> bool:
    factor = SecondFactor.objects.filter(user=user).first()
    if factor is None:
        return False
    key = unseal(factor.sealed_key, bound_to=_place(user))
    step = _step_of(key, code, now=now)
    if step is None:
        return False
    # A code works once, and none works after a later one; of two at once the database lets one in.
    later = SecondFactor.objects.filter(pk=factor.pk, last_step__lt=step)
    return later.update(last_step=step) == 1


def _step_of(key: str, code: str, *, now: datetime) -> int | None:
    """The time step that ``code`` belongs to: this one, the last, the next, or None."""
    if not (len(code) == DIGITS and code.isascii() and code.isdecimal()):
        return None
    clock = TOTP(base64.b32decode(key), digits=DIGITS)
    clock.time = now.timestamp()
    # ``verify`` moves the clock to the step that fits.
    return clock.t() if clock.verify(int(code), STEPS_OF_DRIFT) else None


def _use_recovery_code(user: User, code: str) -> bool:
    unused = user.recovery_codes.filter(digest=_digest(user, code), used_at=None)
    return unused.update(used_at=timezone.now()) == 1


def _digest(user: User, code: str) -> str:
    """A keyed hash. A slow one, as for passwords, adds nothing to 78 random bits behind a key."""
    return salted_hmac(f"recovery code {user.pk}", code, algorithm="sha256").hexdigest()


def _place(user: User) -> str:
    return f"units.SecondFactor.sealed_key|{user.pk}"


rotates(SealedColumn("units.secondfactor", "sealed_key", place=lambda row: _place(row.user)))
