"""What the part of an activity's page needs that is about its evidence."""

import json

from django.http import HttpRequest
from django.utils.translation import gettext as _

from activities.evidence_checklist import checklist
from activities.evidence_forms import UploadForm
from activities.models import Activity
from activities.uploads.kinds import KINDS, REASON_OF, Reason
from activities.uploads.words import WORDS
from units.editing import new_token


def evidence_context(request: HttpRequest, activity: Activity, *, may_keep: bool) -> dict:
    """The context of ``activities/_evidence.html``: of ``activity``, with or without its forms.

    Asks nothing of the database if the activity comes out of ``activities.missing.with_facts``.
    """
    lines = checklist(activity)
    pieces = [row for line in lines for row in line.rows]
    takes_files = activity.kind != Activity.Kind.TALK
    may_add = takes_files and may_keep
    return {
        "evidence_lines": lines,
        "evidence_count": len(pieces),
        "unseen_pictures": sum(row.is_picture and row.minors_visible is None for row in pieces),
        "takes_files": takes_files,
        "may_add_evidence": may_add,
        "upload": UploadForm(initial={"slot": request.GET.get("slot", "")}) if may_add else None,
        "upload_token": new_token(),
        "upload_words": upload_words() if may_add else "",
    }


def upload_words() -> str:
    """What the page's script must know, as JSON: the limits, and how each answer is worded."""
    return json.dumps(
        {
            "most": {extension: kind.most_bytes for extension, kind in KINDS.items()},
            "refused": {extension: str(WORDS[reason]) for extension, reason in REASON_OF.items()},
            "kind": str(WORDS[Reason.KIND]),
            "tooLarge": str(WORDS[Reason.TOO_LARGE]),
            "empty": str(WORDS[Reason.EMPTY]),
            "waiting": _("waiting"),
            "sending": _("sending"),
            "checking": _("being checked"),
            "stored": _("stored"),
            "lost": _("The connection was lost. The file is still here."),
            "failed": _("The server did not take it this time. The file is still here."),
            "signedOut": _(
                "You were signed out. Sign in again in another window; the file is still here."
            ),
            "again": _("Send again"),
        },
        ensure_ascii=False,
    )
