"""A person's name taken out of texts about other things: summaries, suggestions, report sections.

A name is replaced as a whole word only as far as that can be told: where a longer name of somebody
else in the unit contains it, that name stays. Where somebody else bears the same name, nobody can
tell whom a text means; then no text is changed, and the places are given back for people to judge.
"""

import json
import re
from dataclasses import dataclass

from django.contrib.admin.models import LogEntry
from django.db import models
from django.db.models import Q
from django.utils.text import Truncator

from members.models import Member
from members.person_rows import names_of, unit_models
from units.blanking import overwrite, overwrite_versions
from units.field_register import BLANK, SEALED, TEXT, register
from units.models import Event, User

SHORTEST = 2
"""Characters. A single one stands in too many words to be a name."""


@dataclass(frozen=True)
class NameInTexts:
    """How a person's names are found in texts, and what takes their place."""

    names: frozenset[str]
    ambiguous: frozenset[str]
    pattern: re.Pattern | None
    pseudonym: str

    @classmethod
    def of(cls, member: Member, pseudonym: str) -> "NameInTexts":
        """The names of ``member``, apart from the names of everybody else in the unit."""
        others = set()
        for row in Member.objects.filter(unit=member.unit).exclude(pk=member.pk):
            others |= names_of(row)
        names = {name for name in names_of(member) if name}
        ambiguous = {name for name in names if name in others or len(name) < SHORTEST}
        sure = names - ambiguous
        longer = {other for other in others if any(name in other for name in sure)}
        words = sorted(sure | longer, key=len, reverse=True)
        pattern = re.compile("|".join(map(re.escape, words))) if sure else None
        return cls(frozenset(sure), frozenset(ambiguous), pattern, pseudonym)

    def replaced(self, text: str) -> str:
        """``text`` with the pseudonym in place of the person's names."""
        if self.pattern is None or not text:
            return text
        return self.pattern.sub(
            lambda found: self.pseudonym if found[0] in self.names else found[0], text
        )

    def is_in(self, text: str) -> bool:
        """Whether one of the names stands in ``text``."""
        return self.replaced(text) != text


def remove_from_texts(name: NameInTexts):
    """Replace the name in every text of the unit in scope, and in every earlier version."""
    if not name.names:
        return
    for model in unit_models():
        for field in _texts(model):
            for row in model.objects.filter(_any_of(name.names, field)):
                overwrite(row, {field: _fitting(model, field, name.replaced(getattr(row, field)))})
            _remove_from_versions(model.history, field, name)
        _remove_from_versions(model.history, "history_change_reason", name)


def remove_from_admin_log(name: NameInTexts, own: dict[str, set[str]]):
    """Replace the name in the admin's own log; entries about the person's rows lose their words."""
    kept = set(unit_models())
    for entry in LogEntry.objects.select_related("content_type").iterator():
        model = entry.content_type.model_class() if entry.content_type else None
        model = model._meta.concrete_model if model else None
        if model not in kept:
            continue
        words = entry.object_repr, _readable(entry.change_message)
        if entry.object_id in own.get(model._meta.label_lower, ()):
            _rewrite(entry, name.pseudonym, "")
        elif any(map(name.is_in, words)) and model.history.filter(id=entry.object_id).exists():
            _rewrite(entry, *map(name.replaced, words))


def places_left(name: NameInTexts) -> list[str]:
    """Where a name still stands, or may: for people to look at. No name is in the list itself."""
    everywhere = {*name.names, *name.ambiguous}
    left = [
        f"{model._meta.label} {row.pk} {field}"
        for model in unit_models()
        if name.ambiguous
        for field in _texts(model)
        for row in model.objects.filter(_any_of(name.ambiguous, field))
    ]
    left += [
        f"{model._meta.label} {key} {field}"
        for model in unit_models()
        for field in _texts(model, SEALED)
        for key in model.objects.filter(_any_of(everywhere, field)).values_list("pk", flat=True)
    ]
    left += [f"{User._meta.label} {u.pk}" for u in User.objects.filter(full_name__in=everywhere)]
    reasons = Event.objects.filter(_any_of(everywhere, "reason"))
    return left + [f"{Event._meta.label} {event.number} reason" for event in reasons]


def _any_of(names: set[str] | frozenset[str], field: str) -> Q:
    return Q(*(Q(**{f"{field}__contains": name}) for name in names), _connector=Q.OR)


def _texts(model: type[models.Model], *on_erasure: str) -> list[str]:
    """The fields into which people write freely; a person's name field is none of them.

    Those of which names are taken out, or those treated ``on_erasure`` in another way.
    """
    treated = on_erasure or (TEXT, BLANK)
    return [
        field
        for field, entry in register().of(model).items()
        if entry.on_erasure in treated
        and isinstance(model._meta.get_field(field), models.CharField | models.TextField)
    ]


def _remove_from_versions(history: models.Manager, field: str, name: NameInTexts):
    for version in history.filter(_any_of(name.names, field)):
        text = _fitting(history.model, field, name.replaced(getattr(version, field)))
        overwrite_versions(history.filter(history_id=version.history_id), {field: text})


def _fitting(model: type[models.Model], field: str, text: str) -> str:
    length = model._meta.get_field(field).max_length
    return Truncator(text).chars(length) if length else text


def _readable(message: str) -> str:
    """The admin stores its messages as JSON with every Chinese character escaped."""
    try:
        return json.dumps(json.loads(message), ensure_ascii=False)
    except ValueError:
        return message


def _rewrite(entry: LogEntry, object_repr: str, message: str):
    LogEntry.objects.filter(pk=entry.pk).update(object_repr=object_repr, change_message=message)
