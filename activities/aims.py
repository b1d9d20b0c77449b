"""What a unit means to do in a year."""

from activities.models import Target
from units.models import Unit


def aims(*, unit: Unit, year: int) -> dict[str, int]:
    """How often what is due in ``year``, by ``Target.Deed``; {} where nothing was said."""
    rows = Target.objects.filter(unit=unit, year=year).order_by("pk")
    return dict(rows.values_list("deed", "due"))
