"""Taking back an activity that was entered by mistake, with what is nothing without it."""

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from activities.entry_sections import all_sections
from activities.models import Activity


class DeletionRefused(Exception):  # noqa: N818 - it names what happened
    """Something else refers to the activity; the message says what, and nothing was deleted."""


def delete_activity(activity: Activity):
    """Delete ``activity`` with its list of people, its guests and the marks "not needed".

    Files, suggestions, talks and rounds of aid are records of their own: where one of them refers
    to the activity, DeletionRefused. Everything stays in the change log.
    """
    try:
        with transaction.atomic():
            for section in all_sections():
                section.remove(activity)
            for rows in (activity.participations, activity.guest_groups, activity.not_needed):
                for row in rows.all():
                    row.delete()
            activity.themes.clear()
            activity.organisers.clear()
            activity.delete()
    except ProtectedError as error:
        raise DeletionRefused(_refusal(error)) from error


def _refusal(error: ProtectedError) -> str:
    rows = sorted(error.protected_objects, key=lambda row: (row._meta.label, str(row)))
    shown = [f"{row._meta.verbose_name}“{row}”" for row in rows[:5]]
    return _(
        "It cannot be deleted while %(number)s other records refer to it: %(records)s. Delete "
        "those first, or change this activity instead."
    ) % {"number": len(rows), "records": "、".join(shown)}
