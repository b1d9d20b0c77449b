"""One account per role, for trying the program out."""

import secrets
from dataclasses import dataclass

from django.db import transaction

from units.models import RoleGrant, Unit, User
from units.roles import Role


@dataclass(frozen=True)
class TrialAccount:
    """A new account with its one-time password, which is stored nowhere else in the clear."""

    role: str
    username: str
    password: str


def create_trial_accounts(unit: Unit) -> list[TrialAccount]:
    """An account for every role in ``unit``, named after the role, with one-time passwords.

    Roles that have an account of that name already are left alone and left out.
    """
    with transaction.atomic():
        return [
            _create(unit, Role(role))
            for role in Role.values
            if not User.objects.filter(username=role).exists()
        ]


def _create(unit: Unit, role: Role) -> TrialAccount:
    password = secrets.token_urlsafe(12)
    user = User.objects.create_user(
        role.value, password, full_name=str(role.label), must_change_password=True
    )
    grant = RoleGrant(user=user, unit=unit, role=role)
    grant.full_clean()
    grant.save()
    return TrialAccount(role=str(role.label), username=role.value, password=password)
