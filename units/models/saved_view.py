"""Filters and columns of a list, kept under a name."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from units.scoping import UnitRow, scoped


class SavedViewQuerySet(models.QuerySet):
    """Which saved views a person finds at a list."""

    def for_list(self, name: str, *, user):
        """Those of the list ``name`` that ``user`` made, and those that others share."""
        return self.filter(Q(owner=user) | Q(shared=True), list_name=name)


class SavedView(UnitRow):
    """One name for one way of looking at a list; ``query`` is the query of its address.

    Words that were searched for are not part of it: they may be a person's name.
    """

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("account"),
        on_delete=models.CASCADE,
        related_name="+",
    )
    list_name = models.CharField(_("list"), max_length=30)
    name = models.CharField(_("name"), max_length=40)
    query = models.CharField(_("filters and columns"), max_length=600, blank=True)
    shared = models.BooleanField(_("for everybody of the unit"), default=False)

    dating = ()

    objects = scoped(SavedViewQuerySet)

    class Meta:
        verbose_name = _("saved view")
        verbose_name_plural = _("saved views")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "owner", "list_name", "name"],
                name="saved_view_once_per_owner",
                violation_error_message=_("You have a view of that name already."),
            )
        ]

    def __str__(self):
        return self.name
