"""Managers that refuse every question asked outside a unit's scope.

django-scopes closes most methods of a queryset outside a scope and leaves some half open
(``exclude``, ``exists``, ``in_bulk``, ``distinct``, ``bulk_create`` …). Here every public method is
closed, those of our own querysets included, so that a new release cannot open one either.
"""

from django.db import models
from django_scopes import ScopedManager
from django_scopes.exceptions import ScopeError
from django_scopes.manager import DisabledQuerySet

# ``none`` holds no rows, and ``using`` only names a database: what it returns is closed as well.
_HARMLESS = frozenset({"none", "using", "as_manager", "resolve_expression"})
_OPERATORS = (
    *("__iter__", "__aiter__", "__len__", "__bool__", "__getitem__", "__contains__"),
    *("__and__", "__or__", "__xor__", "__repr__"),
)


class ClosedQuerySet(DisabledQuerySet):
    """Stands where rows would be if a scope were open; ScopeError whatever it is asked."""

    def __getattr__(self, name):
        """The methods of the model's own querysets are closed too, and do not just seem missing."""
        if name.startswith("_"):
            raise AttributeError(name)
        return self.error


def _refuse(self, *args, **kwargs):
    raise ScopeError(f"A scope must be open to ask for rows of {self.model._meta.label}.")


for _name in dir(models.QuerySet):
    _is_method = callable(getattr(models.QuerySet, _name)) and not _name.startswith("_")
    if (_is_method and _name not in _HARMLESS) or _name in _OPERATORS:
        setattr(ClosedQuerySet, _name, _refuse)
ClosedQuerySet.error = _refuse


def closed_manager(manager_class: type[models.Manager] = models.Manager) -> models.Manager:
    """A manager built on ``manager_class`` whose rows are those of the units in scope.

    Outside a scope it gives a :class:`ClosedQuerySet`.
    """
    scoped_class = type(ScopedManager(_manager_class=manager_class, unit="unit"))

    class Manager(scoped_class):
        def get_queryset(self):
            rows = super().get_queryset()
            if isinstance(rows, DisabledQuerySet):
                return ClosedQuerySet(self.model, using=self._db)
            return rows

    return Manager()
