"""What is typed into a form is kept for its writer until it is saved, whatever ends the session.

Kept here and not in the browser: office computers are shared. The words are sealed, seen by nobody
but the person who typed them, removed when the form is saved, and forgotten after seven days.
"""

import json
from collections.abc import Callable
from datetime import datetime, timedelta

from django.utils import timezone

from units.encryption import SealBroken, SealedColumn, rotates, seal, unseal
from units.models import Draft, Unit, User

KEPT_FOR = timedelta(days=7)
STILL_WRITING = timedelta(minutes=3)
"""How long after the last key somebody is taken to be at work on a page."""
LONGEST = 500_000
"""Characters of JSON; more is no form that people fill in."""
_NEVER_KEPT = ("csrfmiddlewaretoken", "next")
_PATH_LENGTH = 300

_Fields = list[list[str]]
_LEFT_OUT: list[Callable[[_Fields], _Fields]] = []


def leave_out(rule: Callable[[_Fields], _Fields]):
    """Have every draft go through ``rule``, which gives the fields that may be kept.

    For rooms above whose forms hold what must leave no trace.
    """
    _LEFT_OUT.append(rule)


def keep(user: User, path: str, fields: list[list[str]]):
    """Keep ``fields``, rows of name, value and (for a choice) its words, as typed on ``path``."""
    fields = [row for row in fields if not _is_secret(row[0])]
    for rule in _LEFT_OUT:
        fields = rule(fields)
    content = json.dumps(fields, ensure_ascii=False)
    if not fields or len(content) > LONGEST or len(path) > _PATH_LENGTH:
        return
    Draft.objects.update_or_create(
        user=user,
        path=path,
        defaults={
            "sealed_content": seal(content, bound_to=_place(user, path)),
            "saved_at": timezone.now(),
        },
    )
    Draft.objects.filter(saved_at__lt=timezone.now() - KEPT_FOR).delete()


def kept(user: User, path: str) -> tuple[list[list[str]], Draft] | None:
    """What ``user`` typed on ``path`` and did not save, with its draft; None if there is nothing.

    A draft that does not open any more (its key is gone) counts as nothing.
    """
    since = timezone.now() - KEPT_FOR
    draft = Draft.objects.filter(user=user, path=path, saved_at__gte=since).first()
    if draft is None:
        return None
    try:
        content = unseal(draft.sealed_content, bound_to=_place(user, path))
    except SealBroken:
        return None
    return json.loads(content), draft


def discard(user: User, path: str):
    """Forget what ``user`` typed on ``path``: it was saved, or is not wanted any more."""
    Draft.objects.filter(user=user, path=path).delete()


def writers_beside(user: User, path: str, *, unit: Unit, now: datetime) -> list[User]:
    """Who else of ``unit`` is typing on ``path`` at present; what they type stays theirs.

    Others could name the path too, and are not told of.
    """
    return list(
        User.objects.filter(
            pk__in=Draft.objects.filter(path=path, saved_at__gt=now - STILL_WRITING).values("user"),
            grants__unit=unit,
        )
        .exclude(pk=user.pk)
        .order_by("full_name", "pk")
        .distinct()
    )


class DraftMiddleware:
    """Keeps what was sent after the session had ended, and forgets what was saved.

    A form answers a successful save with a redirect; that is the sign that its draft is done with.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        saved = request.method == "POST" and response.status_code == 302
        if saved and request.user.is_authenticated and not hasattr(request, "draft_kept"):
            discard(request.user, request.path)
        return response

    def process_view(self, request, view, args, kwargs):
        """Keep the fields that came too late; Django has checked the form's token before."""
        if request.was_signed_in is not None and request.method == "POST":
            keep_posted(request, request.was_signed_in)


def keep_posted(request, user: User):
    """Keep the fields of the form that ``request`` sends, since it will not be handled now."""
    fields = [[name, value] for name, values in request.POST.lists() for value in values]
    keep(user, request.path, fields)
    request.draft_kept = True


def _is_secret(name: str) -> bool:
    """Whether a field holds no words of the person, or a password or code."""
    return name in _NEVER_KEPT or "password" in name or name == "code"


def _place(user: User, path: str) -> str:
    return f"units.Draft.sealed_content|{user.pk}|{path}"


rotates(SealedColumn("units.draft", "sealed_content", place=lambda row: _place(row.user, row.path)))
