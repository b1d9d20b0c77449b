"""That two entries were of one person, and have become one."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from members.models.member import Member
from units.scoping import UnitRow, scoped


class MergedEntry(UnitRow):
    """An entry that is no more: its rows are those of ``member`` now.

    Its earlier versions stay under its own ``key``. Whoever reads or erases everything about the
    person finds them by this row.
    """

    member = models.ForeignKey(
        Member,
        verbose_name=_("person"),
        on_delete=models.PROTECT,
        related_name="merged_entries",
    )
    key = models.PositiveBigIntegerField(_("key of the entry"), editable=False)
    person = models.UUIDField(_("key of the person"), editable=False)
    merged_on = models.DateField(_("merged on"))
    reason = models.CharField(_("reason"), max_length=200)

    dating = ()

    objects = scoped()

    class Meta:
        verbose_name = _("merged entry")
        verbose_name_plural = _("merged entries")
        ordering = ["merged_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["unit", "key"], name="entry_merged_once_per_unit")
        ]

    def __str__(self):
        return f"{self.member} {self.merged_on}"
