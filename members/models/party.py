"""The eight democratic parties: reference data, the same for every unit."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from units.recording import Recorded


class Party(Recorded):
    """One of the eight parties. Rows come with the first migration; nobody adds a ninth.

    Codes are those of GB/T 4762-1984. ``order`` is the official order; every list of parties sorts
    by it, never by number of members or by pinyin.
    """

    code = models.CharField(_("code"), max_length=2, primary_key=True)
    order = models.PositiveSmallIntegerField(_("official order"), unique=True)
    name = models.CharField(_("full name"), max_length=30, unique=True)
    short_name = models.CharField(_("short name"), max_length=10, unique=True)
    brief = models.CharField(
        _("two-character name"),
        max_length=4,
        unique=True,
        help_text=_("As lists within a sentence name it: 民革、民盟、民进、农工."),
    )
    member_word = models.CharField(
        _("what its members are called"),
        max_length=4,
        help_text=_("民革党员, 民盟盟员, 民进会员, 九三学社社员."),
    )
    basic_unit_word = models.CharField(_("what its basic unit is called"), max_length=4)

    class Meta:
        verbose_name = _("democratic party")
        verbose_name_plural = _("democratic parties")
        ordering = ["order"]

    def __str__(self):
        return self.short_name
