"""Drift: what a sealed report states that today's records no longer give, and why.

Nothing here changes anything. The sealed number stays what it was when it was signed; beside it
stands what the records give now, with the records that make the difference.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.apps import apps
from django.utils.translation import gettext, pgettext

from reports.annual import annual_report
from reports.changed_records import Became, ChangedRecord, Key, changed_record, changed_records
from reports.models import Seal
from reports.presentation import BASES
from reports.register_json import register_of
from reports.sealed import content_of, sealed_document
from reports.text import Token, parse

_COMPARED = ("value", "phrases", "gap", "evidence")
# What a figure that the unit states for its year rests on besides its evidence.
_STATED = "units.UnitYear"


@dataclass(frozen=True)
class Printed:
    """One place where a figure is printed: in which section, as what, and as what today."""

    place: str
    sealed: str
    present: str

    @property
    def still_true(self) -> bool:
        """Whether today's records give the same words."""
        return self.sealed == self.present


@dataclass(frozen=True)
class DriftLine:
    """One figure that is not what it was. ``printed`` is empty where the report does not state it.

    ``sealed`` and ``present`` are its usual words then and now, or its exact values where the words
    are the same; with ``same_value`` only the records behind it are others.
    """

    key: str
    name: str
    sealed: str
    present: str
    same_value: bool
    printed: tuple[Printed, ...]
    records: tuple[ChangedRecord, ...]

    @property
    def is_printed_otherwise(self) -> bool:
        """Whether the report prints words that today's records no longer give."""
        return any(not each.still_true for each in self.printed)


@dataclass(frozen=True)
class Drift:
    """Everything that is not what it was: figures first those printed otherwise, and records."""

    lines: tuple[DriftLine, ...]
    records: tuple[ChangedRecord, ...]

    @property
    def printed_otherwise(self) -> tuple[DriftLine, ...]:
        """The lines about what the paper states and the records do not."""
        return tuple(line for line in self.lines if line.is_printed_otherwise)

    @property
    def others(self) -> tuple[DriftLine, ...]:
        """The other lines: not printed, or printed in words that still hold."""
        return tuple(line for line in self.lines if not line.is_printed_otherwise)

    @property
    def records_behind_no_figure(self) -> tuple[ChangedRecord, ...]:
        """Records that are not what they were and move no figure."""
        named = {record.key for line in self.lines for record in line.records}
        return tuple(record for record in self.records if record.key not in named)


def drift_of(seal: Seal) -> Drift:
    """Compare ``seal`` with today's records, in the scope of its unit."""
    figures = annual_report(seal.unit, seal.report.year).figures
    content = content_of(seal)
    sealed = content["register"]["figures"]
    present = register_of(sealed_document(seal), figures)["figures"]
    records = changed_records(seal)
    printed = printed_places(content)
    lines = [
        _line(seal, key, sealed[key], present.get(key, {}), printed[key], records)
        for key in sealed
        if _differs(sealed[key], present.get(key, {}))
    ]
    return Drift(
        tuple(sorted(lines, key=lambda line: not line.is_printed_otherwise)), tuple(records)
    )


def printed_places(content: dict) -> dict[str, list[tuple[str, str]]]:
    """{figure: [(where, wording)]} of every token of a sealed text, in its order."""
    places = defaultdict(list)
    for place, words in _texts(content["text"], _printed_headings(content["document"])):
        for part in parse(words):
            if isinstance(part, Token):
                places[part.key].append((place, part.wording))
    return places


def _texts(text: dict, headings: Iterator[str]) -> Iterator[tuple[str, str]]:
    yield pgettext("of a document", "title"), text["title"]
    yield pgettext("of a document", "title"), text["subtitle"]
    place = ""
    for section in text["sections"]:
        # What has no heading of its own stands under the one before.
        place = next(headings, place) if section["heading"] else place
        yield place, section["heading"]
        yield place, section["body"]


def _printed_headings(document: dict) -> Iterator[str]:
    """The headings as they were printed: with their numbers, and figures in words."""
    for block in document["blocks"]:
        if block["kind"] == "heading":
            yield "".join(text for text, _figure, _gap in block["runs"])


def _differs(sealed: dict, present: dict) -> bool:
    return any(sealed.get(name) != present.get(name) for name in _COMPARED)


def _line(seal, key, sealed: dict, present: dict, places, records) -> DriftLine:
    none = gettext("no such figure any more")
    say = _exact if sealed["phrase"] == present.get("phrase") else lambda entry: entry.get("phrase")
    return DriftLine(
        key=key,
        name=sealed["name"],
        sealed=say(sealed),
        present=say(present) or none,
        same_value=all(sealed.get(name) == present.get(name) for name in ("value", "gap")),
        printed=tuple(
            Printed(place, _words(sealed, wording), _words(present, wording) or none)
            for place, wording in places
        ),
        records=tuple(_records_behind(seal, key, sealed, present, records)),
    )


def _exact(entry: dict) -> str:
    """The value itself: 23, 19 / 105, 6000.00, or the entries of a list."""
    match entry.get("value"):
        case {"part": part, "base": base}:
            return f"{part} / {base}"
        case list(entries):
            return "、".join(
                f"{each['day']} {each['occasion']} × {each['times']}"
                if isinstance(each, dict)
                else str(each)
                for each in entries
            )
        case None:
            return entry.get("phrase", "")
        case value:
            return str(value)


def _words(entry: dict, wording: str) -> str:
    """How the register words a figure; a gap reads the same in every wording."""
    return entry.get("phrases", {}).get(wording) or entry.get("phrase", "")


def _records_behind(seal, key, sealed: dict, present: dict, records) -> Iterable[ChangedRecord]:
    """The changed records that make the difference: those that came into the evidence or left it or
    belong to such a record; else those that share one; else evidence edited without a date."""
    before, now = _evidence(sealed), _evidence(present)
    moved = before ^ now or before | now
    direct = [record for record in records if record.keys & moved]
    if _base(sealed) != _base(present):
        direct += [
            record for record in _records_of_base(seal, key, records) if record not in direct
        ]
    if direct:
        return direct
    around = {key for each in moved for key in _belongs_to(seal, each)}
    shared = [record for record in records if record.keys & around]
    return shared or list(_edited(seal, moved | around))


def _base(entry: dict) -> int | None:
    value = entry.get("value")
    return value["base"] if isinstance(value, dict) else None


def _records_of_base(seal: Seal, key: str, records) -> list[ChangedRecord]:
    """The records that moved the base of a share: those of the figure that counts it, or what the
    unit states for its year."""
    figures = content_of(seal)["register"]["figures"]
    base = BASES.get(key)
    if base not in figures or "evidence" not in figures[base]:
        return []
    model = apps.get_model(figures[base]["evidence"]["model"])
    if model._meta.label == _STATED:
        return [record for record in records if record.key[0] == _STATED]
    kinds = {model._meta.label}
    return [record for record in records if kinds & {label for label, _key in record.keys}]


def _evidence(entry: dict) -> frozenset[Key]:
    if "evidence" not in entry:
        return frozenset()
    label = apps.get_model(entry["evidence"]["model"])._meta.concrete_model._meta.label
    return frozenset((label, str(key)) for key in entry["evidence"]["ids"])


def _belongs_to(seal: Seal, key: Key) -> frozenset[Key]:
    if not hasattr(apps.get_model(key[0]), "history"):
        return frozenset()
    return changed_record(seal, key, Became.CHANGED).refers_to


def _edited(seal: Seal, keys: Iterable[Key]) -> Iterator[ChangedRecord]:
    """Evidence that was edited since, though it belongs to no year: a name, a theme."""
    for key in sorted(keys):
        if hasattr(apps.get_model(key[0]), "history"):
            record = changed_record(seal, key, Became.CHANGED)
            if record.entered_at is not None:
                yield record
