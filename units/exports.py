"""What leaves the house as a file: noted in the change log, marked, and never without end.

Every page that hands out a file of records goes through :func:`hand_out` (a test looks for others).
A large file, and one that shows what lists cover, asks for the password again; too many within an
hour are refused, because that is how a roster is carried off.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from units.events import Action, Event, hold_chain, record
from units.models import Unit, User
from units.recent_sign_in import password_once_more

HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Export:
    """What is handed out: ``file`` names it in the log, ``rows`` says how much of what is in it.

    ``asked`` is the filter in the words of the address. ``full`` says that nothing in it is covered
    that lists cover; ``row`` is the one record it is about, where there is one.
    """

    file: str
    format: str
    rows: int
    unit: Unit | None = None
    row: Model | None = None
    asked: object = ""
    full: bool = False
    more: dict = field(default_factory=dict)

    @property
    def needs_password(self) -> bool:
        """Whether the password must have been given just now."""
        return self.full or self.rows > settings.EXPORT_ROWS


def hand_out(
    request: HttpRequest, export: Export, answer: Callable[[], HttpResponse]
) -> HttpResponse:
    """``answer()``, once the export is allowed and in the log; else the page that says why not."""
    if export.needs_password and (asking := password_once_more(request)):
        return asking
    now = timezone.now()
    with transaction.atomic():
        # In a row with other writers: two files at the same instant are two.
        hold_chain()
        made = exports_since(now - HOUR, request.user)
        if made.count() < settings.EXPORTS_PER_HOUR:
            _note(Action.EXPORT, export)
            again_at = None
        else:
            _note(Action.REFUSED, export)
            again_at = made.order_by("-number")[settings.EXPORTS_PER_HOUR - 1].at + HOUR
    return answer() if again_at is None else _too_many(request, again_at, now=now)


def exports_since(moment: datetime, user: User):
    """The events of what ``user`` was handed out from ``moment`` on."""
    return Event.objects.filter(actor=user, action=Action.EXPORT, at__gt=moment)


def mark_of(user: User, at: datetime) -> str:
    """The line that a file of records carries: by whom it was made, and when."""
    local = timezone.localtime(at).strftime("%Y-%m-%d %H:%M")
    return _("Made by %(name)s (%(account)s), %(time)s") % {
        "name": user.full_name,
        "account": user.username,
        "time": local,
    }


def _note(action: str, export: Export):
    details = {"file": export.file, "format": export.format, "rows": export.rows, **export.more}
    if export.asked:
        details["asked"] = export.asked
    if export.full:
        details["full"] = True
    record(action, unit=export.unit, row=export.row, **details)


def _too_many(request: HttpRequest, again_at: datetime, *, now: datetime) -> HttpResponse:
    context = {"most": settings.EXPORTS_PER_HOUR, "again_at": again_at}
    wait = max(1, int((again_at - now).total_seconds()))
    answer = render(request, "units/too_many_files.html", context, status=429)
    answer["Retry-After"] = str(wait)
    return answer
