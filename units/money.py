"""Amounts of money: exact to the cent, above zero, and read only as an office writes them.

``Decimal`` alone would take 1e3, NaN and 1_500; a person who types that has made a mistake, and the
amount would be another one than they meant (security check 73).
"""

import re
import unicodedata
from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

CENT = Decimal("0.01")
_AMOUNT = re.compile(r"(\d{1,3}(,\d{3})+|\d+)(\.\d{1,2})?", re.ASCII)
_AROUND = re.compile(r"^[¥￥]?\s*|\s*元$")


def read_amount(written: str) -> Decimal:
    """The amount as written: 1500, 1500.5, 1,500.00, １５００, ¥1500 or 1500元, never rounded.

    ValueError for everything else: 1.005 (parts of a cent), 1e3, NaN, -1, 一千五百, 0.
    """
    plain = _AROUND.sub("", unicodedata.normalize("NFKC", written).strip())
    if not _AMOUNT.fullmatch(plain):
        raise ValueError(written)
    amount = Decimal(plain.replace(",", "")).quantize(CENT)
    if amount < CENT:
        raise ValueError(written)
    return amount


class MoneyFormField(forms.DecimalField):
    """A field in which an amount is typed; see :func:`read_amount`."""

    widget = forms.TextInput
    default_error_messages = {
        "invalid": _("Write the amount in yuan, in digits: 1500 or 1500.50."),
    }

    def __init__(self, **options):
        super().__init__(**options)
        self.widget.attrs.update({"inputmode": "decimal", "autocomplete": "off"})

    def to_python(self, value) -> Decimal | None:
        """The amount, None for nothing. ValidationError."""
        if value in self.empty_values:
            return None
        try:
            return value if isinstance(value, Decimal) else read_amount(str(value))
        except ValueError as error:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from error


class MoneyField(models.DecimalField):
    """An amount in yuan above zero, up to ten digits before the point and two behind it."""

    def __init__(self, *args, **options):
        options = {"max_digits": 12, "decimal_places": 2, **options}
        options.setdefault("validators", [MinValueValidator(CENT)])
        super().__init__(*args, **options)

    def formfield(self, **options):
        """The strict form field."""
        return super().formfield(**{"form_class": MoneyFormField, **options})
