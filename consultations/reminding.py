"""Mailing a day's reminders: once for each unit and day, however often it is asked for.

The mail holds numbers, kinds and an address of the site, nobody's name and no word of a suggestion:
mail travels through other houses. What was begun is stored before it is sent, so that a run beside
this one leaves it alone; what failed is tried again by the next run.
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from consultations.digest import Digest
from consultations.models import Policy, Reminder
from units.events import hold_chain
from units.models import Unit

GIVEN_UP = timedelta(minutes=15)
"""After so long a mail that was begun is taken for broken off."""


def begin(digest: Digest, *, unit: Unit, moment: datetime) -> Reminder | None:
    """Put down that the mail of the digest's day is being sent by this run.

    None where it was sent already, or another run has just begun it.
    """
    with transaction.atomic():
        hold_chain()
        known = Reminder.objects.filter(unit=unit, day=digest.day).first()
        row = known or Reminder(unit=unit, day=digest.day)
        is_going = row.begun_at is not None and moment - row.begun_at < GIVEN_UP
        if row.sent_at is not None or is_going:
            return None
        row.items, row.begun_at = digest.total, moment
        row.full_clean()
        row.save()
        return row


def send(reminder: Reminder, digest: Digest, *, moment: datetime):
    """Send the mail, and put down that it went out. OSError where it could not be sent.

    A mail server that refuses is an ``SMTPException``, which is an OSError.
    """
    try:
        mail_of(digest, unit=reminder.unit).send()
    except OSError:
        _put_down(reminder, begun_at=None)
        raise
    _put_down(reminder, sent_at=moment)


def mail_of(digest: Digest, *, unit: Unit) -> EmailMessage:
    """The mail. Its number is the same for the same unit and day, so that a second one shows."""
    lines = [
        _("%(kind)s: %(number)s") % {"kind": part.title, "number": len(part.items)}
        for part in digest.parts
        if part.items
    ]
    address = settings.SITE_ADDRESS + reverse("reminders", args=[unit.code])
    host = settings.SITE_ADDRESS.split("//")[-1]
    return EmailMessage(
        subject=_("%(unit)s: reminders of %(day)s")
        % {"unit": unit.short_name, "day": digest.day.isoformat()},
        body="\n".join([*lines, "", _("Look here:"), address, ""]),
        to=[Policy.of(unit).remind_to],
        headers={"Message-ID": f"<reminders-{unit.code}-{digest.day}@{host}>"},
    )


def _put_down(reminder: Reminder, **values):
    with transaction.atomic():
        hold_chain()
        for name, value in values.items():
            setattr(reminder, name, value)
        reminder.save()
