"""Roles: who may give them, which exclude each other, and that no door leads around either."""

from itertools import permutations

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.urls import reverse

from tests import factories
from tests.admin_forms import form_data
from units.acting import Act, acting
from units.models import RoleGrant
from units.roles import EXCLUSIVE, Role, rights_of

pytestmark = pytest.mark.ignore_template_errors

WAYS_TO_GIVE = {
    "save": lambda user, unit, role: RoleGrant(user=user, unit=unit, role=role).save(),
    "create": lambda user, unit, role: RoleGrant.objects.create(user=user, unit=unit, role=role),
    "related create": lambda user, unit, role: user.grants.create(unit=unit, role=role),
    "unit's create": lambda user, unit, role: unit.grants.create(user=user, role=role),
    "get_or_create": lambda user, unit, role: RoleGrant.objects.get_or_create(
        user=user, unit=unit, role=role
    ),
    "update_or_create": lambda user, unit, role: RoleGrant.objects.update_or_create(
        user=user, unit=unit, defaults={"role": role}
    ),
    "bulk_create": lambda user, unit, role: RoleGrant.objects.bulk_create(
        [RoleGrant(user=user, unit=unit, role=role)]
    ),
    "add unsaved": lambda user, unit, role: user.grants.add(
        RoleGrant(unit=unit, role=role), bulk=False
    ),
    "change": lambda user, unit, role: _changed(user, role).save(),
    "change one field": lambda user, unit, role: _changed(user, role).save(update_fields=["role"]),
    "update": lambda user, unit, role: user.grants.update(role=role),
    "bulk_update": lambda user, unit, role: RoleGrant.objects.bulk_update(
        [_changed(user, role)], ["role"]
    ),
    "take somebody's": lambda user, unit, role: user.grants.add(_somebodys(unit, role)),
    "set somebody's": lambda user, unit, role: user.grants.set([_somebodys(unit, role)]),
}
REFUSALS = (PermissionDenied, ValidationError)


def _changed(user, role) -> RoleGrant:
    grant = user.grants.order_by("pk").first()
    grant.role = role
    return grant


def _somebodys(unit, role) -> RoleGrant:
    return factories.role_grant(factories.user(), unit, role)


def roles_of(user) -> list[str]:
    return sorted(RoleGrant.objects.filter(user=user).values_list("role", flat=True))


@pytest.mark.parametrize("give", WAYS_TO_GIVE.values(), ids=WAYS_TO_GIVE)
def test_nobody_raises_their_own_rights_through_any_door(cast, school, give):
    """Check 15: the administrator of accounts stays what they are."""
    refused = pytest.raises(PermissionDenied)
    with acting(Act(user=cast.administrator)), refused, transaction.atomic():
        give(cast.administrator, school, Role.CLERK)
    assert roles_of(cast.administrator) == ["administrator"]


@pytest.mark.parametrize("take", [RoleGrant.delete, lambda g: RoleGrant.objects.all().delete()])
def test_nobody_takes_their_own_role(cast, take):
    """Check 15."""
    with acting(Act(user=cast.auditor)), pytest.raises(PermissionDenied):
        take(cast.auditor.grants.get())
    assert roles_of(cast.auditor) == ["auditor"]


def test_nobody_gives_away_their_own_role(cast):
    """Check 15: a role moved to somebody else is one's own until then."""
    grant = cast.secretary.grants.get()
    grant.user = cast.viewer
    with acting(Act(user=cast.secretary)), pytest.raises(PermissionDenied):
        grant.save()
    assert roles_of(cast.secretary) == ["secretary"]


@pytest.mark.parametrize("give", WAYS_TO_GIVE.values(), ids=WAYS_TO_GIVE)
@pytest.mark.parametrize(("held", "more"), list(permutations(sorted(EXCLUSIVE), 2)))
def test_nobody_holds_two_exclusive_roles_through_any_door(school, give, held, more):
    """Check 15: whatever the door does, the account never ends with two of the three."""
    account = factories.user(held, unit=school)
    try:
        with transaction.atomic():
            give(account, school, more)
    except REFUSALS:
        assert roles_of(account) == [held]
    else:
        # Changing a role into another is allowed: it leaves one.
        assert roles_of(account) == [more]


def test_ways_that_add_an_exclusive_role_are_refused(school):
    """Check 15: without this, ways that change nothing at all would pass the test above."""
    account = factories.user(Role.AUDITOR, unit=school)
    added = [name for name in WAYS_TO_GIVE if name.split()[0] not in {"change", "update_or_create"}]
    for name in added:
        with pytest.raises(REFUSALS), transaction.atomic():
            WAYS_TO_GIVE[name](account, school, Role.SECRETARY)


def test_two_units_do_not_make_exclusive_roles_two_hands(school, other_school):
    """Check 15."""
    account = factories.user(Role.AUDITOR, unit=school)
    with pytest.raises(ValidationError):
        RoleGrant.objects.create(user=account, unit=other_school, role=Role.ADMINISTRATOR)


def test_roles_that_exclude_nothing_are_given(cast, school):
    with acting(Act(user=cast.administrator)):
        RoleGrant.objects.create(user=cast.auditor, unit=school, role=Role.VIEWER)
    assert roles_of(cast.auditor) == ["auditor", "viewer"]


def test_own_account_by_direct_post_is_refused(client, cast, school):
    """Check 15: the page of one's own account takes nothing, whatever is posted."""
    client.force_login(cast.administrator)
    page = reverse("admin:units_user_change", args=[cast.viewer.pk])
    data = form_data(client.get(page))
    own = reverse("admin:units_user_change", args=[cast.administrator.pk])
    assert client.post(own, data).status_code == 403
    assert roles_of(cast.administrator) == ["administrator"]


def test_what_the_three_exclusive_roles_may_do_does_not_overlap():
    """Check 15: accounts, log and records are in three hands."""
    administrator, auditor, secretary = (
        {right for right in rights_of(role) if right != "admin.use"}
        for role in (Role.ADMINISTRATOR, Role.AUDITOR, Role.SECRETARY)
    )
    assert not administrator & auditor
    assert not administrator & secretary
    assert not auditor & secretary
    assert auditor == {"log.see"}
