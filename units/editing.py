"""Nobody's work is lost: forms know which versions they show, and are sent once.

A page for editing carries a *stamp*, the versions of all records it shows. When it comes back and
one of them has changed in between, nothing is stored: the person sees both versions side by side
and decides. A page for a new record carries a *token*, used up by the record it makes.
"""

import hashlib
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.core import signing
from django.db import models
from django.utils.translation import gettext as _

from units.models import Submission

STAMP_FIELD = "_stamp"
TOKEN_FIELD = "_token"  # noqa: S105 - the name of a form field
_SALT = "units.editing"


@dataclass(frozen=True)
class Difference:
    """One field of a record that others changed: what stands there now, and what was typed."""

    label: str
    theirs: str
    yours: str


def stamp_of(rows: Iterable[models.Model]) -> str:
    """The versions of ``rows``, signed so that they cannot be made up."""
    return signing.dumps(_versions(rows), salt=_SALT)


def is_stale(stamp: str, rows: Iterable[models.Model]) -> bool:
    """Whether any of ``rows`` is another version than stamped, new, or gone.

    A stamp that is missing or not ours counts as stale: nothing is overwritten unseen.
    """
    try:
        return signing.loads(stamp, salt=_SALT) != _versions(rows)
    except signing.BadSignature:
        return True


def differences(form, stored: models.Model) -> list[Difference]:
    """Where the values typed into ``form`` differ from those of ``stored``, in words."""
    fields = {field.name: field for field in stored._meta.get_fields()}
    pairs = [
        Difference(str(form[name].label), _words(stored, fields[name]), _typed(form, name))
        for name in form.fields
        if name in fields and not form[name].is_hidden
    ]
    return [pair for pair in pairs if pair.theirs != pair.yours]


def new_token() -> str:
    """A token for one rendering of an empty form."""
    return str(uuid.uuid4())


def use_token(token: str, *, user, row: models.Model):
    """Note, inside the record's transaction, what the form made.

    IntegrityError if the same form made a record already. The token of somebody else's form, or of
    a form for something else, counts as none.
    """
    key, model = _uuid(token), row._meta.label_lower
    if Submission.objects.filter(token=key).exclude(user=user, model=model).exists():
        key = uuid.uuid4()
    Submission.objects.create(token=key, user=user, model=model, object_id=str(row.pk))


def made_by(token: str, *, user, model: type[models.Model]) -> str | None:
    """The key of the record that ``user`` made with this form already, or None."""
    used = Submission.objects.filter(token=_uuid(token), user=user, model=model._meta.label_lower)
    return used.values_list("object_id", flat=True).first()


def stale_message() -> str:
    """What a form says that was refused because somebody else was faster."""
    return _(
        "Somebody else changed this in the meantime. Nothing was saved and nothing you typed is "
        "lost: compare below, correct what you want to keep, and save again."
    )


def _uuid(token: str) -> uuid.UUID:
    """The token; one that is none is replaced by a fresh one, which nobody has used."""
    try:
        return uuid.UUID(token)
    except ValueError:
        return uuid.uuid4()


def _versions(rows: Iterable[models.Model]) -> dict[str, int | str]:
    return {f"{row._meta.concrete_model._meta.label_lower}:{row.pk}": _version(row) for row in rows}


def _version(row: models.Model) -> int | str:
    """The row's own count of its changes; of a row without one, a hash of its values.

    When somebody last signed in is no change that another editor has to be told of.
    """
    if hasattr(row, "version"):
        return row.version
    values = {
        field.attname: str(getattr(row, field.attname))
        for field in row._meta.concrete_fields
        if field.name != "last_login"
    }
    return hashlib.sha256(repr(sorted(values.items())).encode()).hexdigest()


def _words(row: models.Model, field: models.Field) -> str:
    if field.many_to_many:
        return "、".join(str(each) for each in getattr(row, field.name).all())
    if field.choices:
        return str(getattr(row, f"get_{field.name}_display")())
    return _shown(getattr(row, field.name))


def _typed(form, name: str) -> str:
    """What the person entered, in the words the page shows for it."""
    value = form.cleaned_data.get(name, form[name].data)
    if isinstance(value, models.QuerySet):
        return "、".join(str(each) for each in value)
    if value in (None, ""):
        return ""
    field = form.fields[name]
    labels = dict({} if hasattr(field, "queryset") else getattr(field, "choices", {}))
    if isinstance(value, list):
        # Several keys of a field that was refused, so that nothing is known of them but the keys.
        return "、".join(str(labels.get(each, each)) for each in value)
    return str(labels.get(value, _shown(value)))


def _shown(value) -> str:
    return "" if value is None else str(value)
