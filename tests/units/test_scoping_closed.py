"""Outside a scope, managers of a unit's rows answer nothing: every method, every history."""

import pytest
from django.apps import apps
from django.db import models
from django_scopes import get_scope
from django_scopes.exceptions import ScopeError

from members.models import Member
from tests import factories
from units.closed_manager import ClosedQuerySet
from units.scoping import UnitRow, scope_of_unit

ROWS = [model for model in apps.get_models() if issubclass(model, UnitRow)]
HARMLESS = {"none", "using", "as_manager", "resolve_expression"}
METHODS = [
    name
    for name in dir(models.QuerySet)
    if callable(getattr(models.QuerySet, name)) and not name.startswith("_")
]
OPERATIONS = {
    "iterate": list,
    "len": len,
    "bool": bool,
    "index": lambda rows: rows[0],
    "slice": lambda rows: rows[:1],
    "in": lambda rows: None in rows,
    "and": lambda rows: rows & rows,
    "or": lambda rows: rows | rows,
    "xor": lambda rows: rows ^ rows,
    "repr": repr,
}


def refused(ask) -> bool:
    """Whether asking raises ScopeError; other faults do not count as refused."""
    try:
        ask()
    except ScopeError:
        return True
    return False


def test_methods_are_found():
    # Without this, an empty list would let the test below pass.
    assert {"exclude", "exists", "in_bulk", "distinct", "contains", "bulk_update"} <= set(METHODS)


@pytest.mark.parametrize("method", sorted(set(METHODS) - HARMLESS))
def test_every_method_of_a_queryset_is_refused_outside_a_scope(method):
    """Check 30."""
    if hasattr(models.Manager, method):
        assert refused(lambda: getattr(Member.objects, method)())
    assert refused(lambda: getattr(Member.objects.get_queryset(), method)())
    assert refused(lambda: getattr(Member.objects.using("default"), method)())


@pytest.mark.parametrize("operation", OPERATIONS.values(), ids=OPERATIONS)
def test_every_operation_on_a_queryset_is_refused_outside_a_scope(operation):
    """Check 30."""
    assert refused(lambda: operation(Member.objects.get_queryset()))


def test_own_methods_of_a_queryset_are_refused_outside_a_scope():
    """Check 30."""
    assert refused(lambda: Member.objects.of_a_party_on(None))


@pytest.mark.parametrize("model", ROWS, ids=lambda model: model._meta.label)
def test_every_table_of_a_unit_and_its_history_is_closed_outside_a_scope(model):
    """Check 30: every manager of every model of a unit, and of its versions.

    All but the one that Django itself writes through, which no module of ours may call.
    """
    assert get_scope() == {"_enabled": True} or "unit" not in get_scope()
    own = [one for one in model._meta.managers if one.name != model._base_manager.name]
    for manager in [*own, model._default_manager, model.history.model.objects]:
        assert isinstance(manager.get_queryset(), ClosedQuerySet), manager
    assert refused(lambda: model.history.count())
    assert not model._meta.get_field("unit").null


def test_rows_reached_from_another_row_are_refused_outside_a_scope(school):
    """Check 30: the way from a person to the memberships is closed as well."""
    person = factories.member(school, party="民盟")
    assert refused(lambda: person.memberships.exists())
    assert refused(lambda: person.memberships.exclude(pk=0))
    with scope_of_unit(school):
        assert person.memberships.count() == 1


def test_nothing_is_found_and_nothing_refused_by_none(db):
    assert list(Member.objects.none()) == []
