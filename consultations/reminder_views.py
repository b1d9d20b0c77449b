"""The page of what is to be done today (提醒)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from consultations.digest import Digest, digest
from consultations.models import Policy, Promise, Reminder
from units.desk import may_keep, unit_to_read
from units.models import Unit


@require_safe
def reminders(request: HttpRequest, unit: str) -> HttpResponse:
    """What is overdue, due soon, to be told, and promised; and whether it is mailed."""
    keeper = unit_to_read(request, unit)
    found = digest(keeper, day=timezone.localdate())
    policy = Policy.of(keeper)
    context = {
        "unit": keeper,
        "digest": found,
        "parts": _parts(found, keeper),
        "policy": policy,
        "policy_at": _policy_address(policy) if request.user.is_staff else "",
        "unsent": Reminder.objects.filter(unit=keeper).unsent().order_by("-day").first(),
        "may_change": may_keep(request.user, keeper, "consultations.change_policy"),
    }
    return render(request, "consultations/reminders.html", context)


def _parts(found: Digest, unit: Unit) -> list[dict]:
    """The parts that hold something, each item with the address of its page."""
    return [
        {
            "key": part.key,
            "title": part.title,
            "items": [(item, _address(item.row, unit)) for item in part.items],
        }
        for part in found.parts
        if part.items
    ]


def _address(row, unit: Unit) -> str:
    if isinstance(row, Promise):
        return reverse("promises", args=[unit.code])
    return reverse("suggestion", args=[unit.code, row.pk])


def _policy_address(policy: Policy) -> str:
    """Where the deadlines are set: Django's admin."""
    if policy.pk:
        return reverse("admin:consultations_policy_change", args=[policy.pk])
    return reverse("admin:consultations_policy_add")
