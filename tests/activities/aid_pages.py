"""The pages of the aid ledger, asked and sent as a browser would."""

from django.urls import reverse

from activities.aid_ledger import ledger_of
from activities.models import AidRound
from units.scoping import scope_of_unit


def page_of(name, row, *more) -> str:
    """The address called ``name``, about ``row``."""
    return reverse(name, args=[row.unit.code, row.pk, *more])


def sent(answer, **values) -> dict:
    """What the page's forms send as they stand, but for ``values``."""
    givers = answer.context.get("givers")
    forms = [answer.context["form"], *([givers.management_form, *givers] if givers else [])]
    values_shown = {field.html_name: field.value() for form in forms for field in form}
    data = {name: "" if value is None else value for name, value in values_shown.items()}
    data.pop("recipients", None)  # a choice of several: none
    careful = answer.context["careful"]
    return {**data, careful["name"]: careful["value"], **values}


def ledger(aid):
    """The account as it is stored now."""
    with scope_of_unit(aid.unit):
        return ledger_of(AidRound.objects.get(pk=aid.pk))


def faults(answer) -> str:
    """What the form says is wrong."""
    form = answer.context["form"]
    return "".join(error for errors in form.errors.values() for error in errors)
