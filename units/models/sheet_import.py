"""A spreadsheet that is being brought in, and how its columns are called in a unit."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from units.scoping import UnitRow, scoped


class SheetImport(UnitRow):
    """What became of one spreadsheet: planned, stored, undone; when and by whom.

    The plan itself, every row with what it does, is sealed (:mod:`units.imports.plans`) and
    forgotten thirty days after it was made: then nothing can be stored or undone by it any more.
    """

    class State(models.TextChoices):
        """How far it has come."""

        PLANNED = "planned", pgettext_lazy("import", "not stored yet")
        STORED = "stored", pgettext_lazy("import", "stored")
        UNDONE = "undone", pgettext_lazy("import", "undone")
        DROPPED = "dropped", pgettext_lazy("import", "let go")

    kind = models.SlugField(_("what is brought in"), max_length=20)
    file_name = models.CharField(_("name of the file"), max_length=120)
    file_digest = models.CharField(_("checksum of the file"), max_length=64)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("account"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    made_at = models.DateTimeField(_("read at"))
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.PLANNED)
    stored_at = models.DateTimeField(_("stored at"), null=True, blank=True)
    undone_at = models.DateTimeField(_("undone at"), null=True, blank=True)
    new_rows = models.PositiveIntegerField(_("new rows"), default=0)
    changed_rows = models.PositiveIntegerField(_("changed rows"), default=0)
    same_rows = models.PositiveIntegerField(_("rows that say nothing new"), default=0)
    faulty_rows = models.PositiveIntegerField(_("rows with faults"), default=0)
    sealed_content = models.TextField(_("plan (sealed)"), blank=True, editable=False)
    digest = models.CharField(_("checksum of the plan"), max_length=64, editable=False)

    HIDDEN_FIELDS = frozenset({"sealed_content"})
    UNVERSIONED_FIELDS = frozenset({"sealed_content"})

    dating = ()

    objects = scoped()

    class Meta:
        verbose_name = _("import of a spreadsheet")
        verbose_name_plural = _("imports of spreadsheets")
        ordering = ["-made_at", "-pk"]

    def __str__(self):
        return self.file_name


class ColumnName(UnitRow):
    """A heading by which a unit's own spreadsheets call a column."""

    kind = models.SlugField(_("what is brought in"), max_length=20)
    heading = models.CharField(_("heading"), max_length=60)
    column = models.SlugField(_("column"), max_length=40)

    dating = ()

    objects = scoped()

    class Meta:
        verbose_name = _("heading of a unit's own")
        verbose_name_plural = _("headings of a unit's own")
        ordering = ["kind", "heading"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "kind", "heading"], name="heading_means_one_column"
            )
        ]

    def __str__(self):
        return self.heading
