"""What a check of a report's text may find: for the checks and for the answers to them."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """What may be wrong with a place in the text."""

    TYPED = "typed", _("Number typed by hand that a figure knows")
    UNSUPPORTED = "unsupported", _("Number that no record supports")
    BASE = "base", _("Share without its base")
    TWO_VALUES = "two_values", _("The same thing with two values")
    TOTAL = "total", _("Parts that do not make the total")
    VAGUE = "vague", _("Vague word")
    PARTY_ORDER = "party_order", _("Parties out of the official order")
    JIUSAN = "jiusan", _("Name of the Jiusan Society")
    MEMBER_WORD = "member_word", _("What members of a party are called")
    NUMBERING = "numbering", _("Numbering")
    LEFTOVER = "leftover", _("Left over from writing")
    PUNCTUATION = "punctuation", _("Half-width punctuation")
    DATE = "date", _("Date with a leading zero")
    EVIDENCE = "evidence", _("Facts without evidence")
