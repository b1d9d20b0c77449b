"""What each role may do: one table, read by pages and by Django's admin alike."""

from functools import cache

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """The roles a person can hold in a unit."""

    CLERK = "clerk", _("clerk")
    SECRETARY = "secretary", _("secretary")
    ADMINISTRATOR = "administrator", _("system administrator")
    AUDITOR = "auditor", _("auditor")
    VIEWER = "viewer", _("viewer")


class Right:
    """Rights that are no permission on a single model."""

    SEE_RECORDS = "records.see"
    SEE_REPORT = "report.see"
    USE_ADMIN = "admin.use"
    SEE_CONTACT = "contact.see"
    ERASE_PERSON = "person.erase"
    SEE_LOG = "log.see"
    GIVE_ACCESS = "access.give"
    SUBMIT_REPORT = "report.submit"
    SIGN_REPORT = "report.sign"
    OPEN_YEAR = "year.open"
    CLOSE_AID = "aid.close"


EXCLUSIVE = frozenset({Role.ADMINISTRATOR, Role.AUDITOR, Role.SECRETARY})

_MODELS_OF_RECORDS = {
    "units": ["unityear", "department"],
    "members": [
        "member",
        "membership",
        "employment",
        "appointment",
        "title",
        "education",
        "honour",
        "organisation",
        "organisationname",
    ],
    "activities": [
        "activity",
        "theme",
        "series",
        "participation",
        "guestgroup",
        "evidence",
        "notneeded",
        "talkpair",
        "talk",
        "target",
        "aidround",
        "gift",
        "giftdonor",
        "pledge",
        "recipient",
        "grant",
    ],
    "consultations": [
        "consultation",
        "agendaitem",
        "tally",
        "suggestion",
        "reply",
        "step",
        "policy",
        "proposal",
        "adoption",
        "promise",
        "promisekept",
    ],
    "reports": ["report", "section", "outline", "outlinesection"],
}
# Written by deeds such as signing, and by commands; by no form.
_MODELS_TO_READ = {
    "units": ["closedyear", "yearexception"],
    "activities": ["roundstep", "reversal"],
    "consultations": ["reminder"],
    "reports": ["step", "seal", "textanswer"],
}
# Not for everybody who may see records: whom to call, and what people asked for.
_MODELS_OF_PERSONAL_DATA = {
    "members": ["contact", "consent", "correctionrequest", "legalhold"],
}
_MODELS_OF_ACCOUNTS = {"units": ["unit", "user", "rolegrant", "holiday"]}


def _permissions(models_by_app: dict[str, list[str]], *actions: str) -> frozenset[str]:
    return frozenset(
        f"{app}.{action}_{model}"
        for app, names in models_by_app.items()
        for model in names
        for action in actions
    )


_SEE = (
    _permissions(_MODELS_OF_RECORDS, "view")
    | _permissions(_MODELS_TO_READ, "view")
    | {Right.SEE_RECORDS, Right.SEE_REPORT}
)
_KEEP = (
    _SEE
    | _permissions(_MODELS_OF_RECORDS, "add", "change", "delete")
    | _permissions(_MODELS_OF_PERSONAL_DATA, "view", "add", "change", "delete")
    | {Right.USE_ADMIN, Right.SEE_CONTACT, Right.SUBMIT_REPORT, Right.CLOSE_AID}
)

#            role                what it may do
_TABLE = {
    Role.CLERK: _KEEP,
    Role.SECRETARY: _KEEP
    | {Right.ERASE_PERSON, Right.GIVE_ACCESS, Right.SIGN_REPORT, Right.OPEN_YEAR},
    Role.ADMINISTRATOR: _permissions(_MODELS_OF_ACCOUNTS, "view", "add", "change", "delete")
    | {Right.USE_ADMIN},
    Role.AUDITOR: frozenset({Right.SEE_LOG}),
    Role.VIEWER: _SEE,
}
# What a secretary opens for a while to somebody from outside the unit: reading, nothing else.
RIGHTS_BY_ACCESS = _SEE


@cache
def rights_of(role: str) -> frozenset[str]:
    """Every right and Django permission that ``role`` gives."""
    return _TABLE[Role(role)]


@cache
def roles_with(right: str) -> tuple[str, ...]:
    """The roles that give ``right``."""
    return tuple(role for role in Role.values if right in rights_of(role))
