"""Parts that other rooms add to the form and the page of an activity.

This floor knows nothing of agendas and suggestions; the room above registers what it adds when the
apps are ready, and the pages here show it.
"""

from collections.abc import Iterable

from django.db.models import Exists, Model, QuerySet
from django.forms import BaseForm, BaseFormSet

from activities.models import Activity


class EntrySection:
    """One part: its form on the entry page, and its rows on the activity's page.

    ``kinds`` are those of ``Activity.Kind`` that have it. ``styles`` are static files that its
    templates need; ``words`` lookups, from an activity, in which the list looks for words.
    """

    name = ""
    kinds: frozenset[str] = frozenset()
    form_template = ""
    page_template = ""
    styles: tuple[str, ...] = ()
    words: tuple[str, ...] = ()

    def make_form(
        self, activity: Activity, data=None, *, copied: Activity | None = None
    ) -> BaseForm | BaseFormSet:
        """The part of the form, bound to ``data`` where some is given.

        ``activity`` may be new (without a key); ``copied`` is the one it is made after.
        """
        raise NotImplementedError

    def rows(self, activity: Activity) -> Iterable[Model]:
        """The stored rows, which are part of the activity."""
        return []

    def rows_shown(self, part: BaseForm | BaseFormSet) -> Iterable[Model]:
        """The stored rows that ``part`` was made of."""
        return []

    def save(self, part: BaseForm | BaseFormSet, activity: Activity):
        """Store the part, which is valid, for the stored ``activity``."""
        raise NotImplementedError

    def is_filled(self, part: BaseForm | BaseFormSet) -> bool:
        """Whether the valid ``part`` holds anything, so that the activity must be of ``kinds``."""
        return bool(part.is_filled)

    def page_context(self, activity: Activity) -> dict:
        """What ``page_template`` needs."""
        return {}

    def with_facts(self, rows: QuerySet[Activity]) -> QuerySet[Activity]:
        """``rows`` with what :meth:`lacks` asks of each."""
        return rows

    def lacks(self, activity: Activity) -> Iterable[tuple[str, str]]:
        """(key, words) of what is missing; ``activity`` comes out of :meth:`with_facts`."""
        return []

    def holding(self) -> Exists:
        """Whether an activity (``OuterRef("pk")``) has rows here, so that it stays of ``kinds``."""
        raise NotImplementedError

    def remove(self, activity: Activity):
        """Delete the rows that are nothing without ``activity``."""


_SECTIONS: list[EntrySection] = []


def register(section: EntrySection):
    """Add ``section`` behind those that are there."""
    _SECTIONS.append(section)


def all_sections() -> tuple[EntrySection, ...]:
    """Every part that another room adds, in the order of the page."""
    return tuple(_SECTIONS)


def sections_of(kind: str) -> tuple[EntrySection, ...]:
    """Those that an activity of ``kind`` has."""
    return tuple(section for section in _SECTIONS if kind in section.kinds)


def styles_of(kind: str) -> list[str]:
    """The style sheets of those sections, each once."""
    return list(dict.fromkeys(style for each in sections_of(kind) for style in each.styles))


def lookups_of_words() -> tuple[str, ...]:
    """The lookups of every section."""
    return tuple(lookup for section in _SECTIONS for lookup in section.words)
