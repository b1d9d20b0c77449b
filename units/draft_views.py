"""Where pages leave what is being typed, and fetch it again."""

import json

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponseBadRequest, JsonResponse
from django.middleware.csrf import get_token
from django.views.decorators.http import require_POST

from units.drafts import discard, keep, kept


@login_not_required
def draft(request):
    """GET: what was typed on ``path``. POST: keep ``fields`` for ``path``.

    Answers ``{"signed_in", "user", "token", "saved_at", "fields"}``. A page that outlived its
    session may leave its words once more, as long as the request comes with that very session's
    cookie; words of one account are never kept for another that signed in since (``user``).
    """
    request.draft_kept = True
    user = request.was_signed_in if request.user.is_anonymous else request.user
    path = request.POST.get("path") or request.GET.get("path") or ""
    if request.method == "POST" and str(getattr(user, "pk", "")) == request.POST.get("user"):
        fields = _fields(request.POST.get("fields", ""))
        if fields is None:
            return HttpResponseBadRequest()
        keep(user, path, fields)
    answer = {
        "signed_in": request.user.is_authenticated,
        "user": request.user.pk,
        "token": get_token(request),
    }
    found = kept(user, path) if request.method == "GET" and request.user.is_authenticated else None
    if found is not None:
        fields, row = found
        answer |= {"fields": fields, "saved_at": row.saved_at.isoformat()}
    response = JsonResponse(answer)
    response["Cache-Control"] = "no-store, private"
    return response


@require_POST
def discard_draft(request):
    """Forget what was typed on ``path``."""
    discard(request.user, request.POST.get("path", ""))
    return JsonResponse({})


def _fields(written: str) -> list[list[str]] | None:
    """Rows of name, value and perhaps the value's words; None for anything else."""
    try:
        rows = json.loads(written)
    except (ValueError, RecursionError):
        return None
    right = isinstance(rows, list) and all(
        isinstance(row, list) and 2 <= len(row) <= 3 and all(isinstance(part, str) for part in row)
        for row in rows
    )
    return rows if right else None
