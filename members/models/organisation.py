"""Branches: of the Communist Party within the unit, and of the democratic parties."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from members.models.party import Party
from units.dates import DatedQuerySet, DatedRow
from units.dating import Holds, Inside
from units.models import Unit
from units.scoping import UnitRow, scoped


class OrganisationQuerySet(DatedQuerySet):
    """Organisations, under the names of a day."""

    def named_on(self, day: date):
        """With ``name_then``: what each was called on ``day``."""
        earlier = OrganisationName.objects.on(day).filter(organisation=OuterRef("pk"))
        then = Subquery(earlier.order_by("-started_on").values("name")[:1])
        return self.annotate(name_then=Coalesce(then, F("name")))


class Organisation(UnitRow, DatedRow):
    """A branch or committee. An empty ``party`` stands for the Communist Party of China."""

    class Level(models.TextChoices):
        """Grassroots levels, lowest first (the parties' constitutions; 九三 says 支社)."""

        GROUP = "group", _("group (小组)")
        BRANCH = "branch", _("branch (支部、支社)")
        GENERAL_BRANCH = "general_branch", _("general branch (总支部)")
        COMMITTEE = "committee", _("grassroots committee (基层委员会)")

    party = models.ForeignKey(
        Party,
        verbose_name=_("democratic party"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="organisations",
        help_text=_("Leave empty for an organisation of the Communist Party of China."),
    )
    level = models.CharField(_("level"), max_length=15, choices=Level)
    parent = models.ForeignKey(
        "self",
        verbose_name=_("superior organisation"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
    )
    name = models.CharField(
        _("name today"),
        max_length=80,
        help_text=_("After a renaming, enter the earlier name with its dates below."),
    )
    other_units = models.ManyToManyField(
        Unit,
        verbose_name=_("other units it spans"),
        blank=True,
        related_name="+",
        help_text=_("For a joint branch (联合支部): the other units whose people belong to it."),
    )
    position = models.PositiveSmallIntegerField(_("order among its kind"), default=0)

    # ``name`` is today's; what it was called in a closed year follows from the earlier names.
    dating = (Holds(leaves=["name", "position", "parent"]),)

    objects = scoped(OrganisationQuerySet)

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = [F("party__order").asc(nulls_first=True), "position", "name"]
        constraints = [
            *DatedRow.Meta.constraints,
            models.UniqueConstraint(
                fields=["unit", "name"],
                name="organisation_once_per_unit",
                violation_error_message=_("This unit already has an organisation of that name."),
            ),
        ]

    def __str__(self):
        return self.name

    def clean(self):
        super().clean()
        if self.parent_id and (
            self.parent.unit_id != self.unit_id or self.parent.party_id != self.party_id
        ):
            raise ValidationError(
                {"parent": _("Choose a superior organisation of the same unit and party.")}
            )

    def name_on(self, day: date) -> str:
        """What the organisation was called on ``day``."""
        earlier = self.earlier_names.on(day).order_by("started_on").last()
        return earlier.name if earlier else self.name


class OrganisationName(UnitRow, DatedRow):
    """A name that an organisation bore until it was renamed."""

    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("organisation"),
        on_delete=models.PROTECT,
        related_name="earlier_names",
    )
    name = models.CharField(_("earlier name"), max_length=80)

    # The renaming is what happened on a day: it ends the earlier name.
    dating = (Inside("ended_on"),)

    objects = scoped(DatedQuerySet)

    class Meta:
        verbose_name = _("earlier name")
        verbose_name_plural = _("earlier names")
        ordering = ["organisation", "started_on"]
        constraints = DatedRow.Meta.constraints

    def __str__(self):
        return self.name
