"""The search over a person's records.

Words may be somebody's name: they are posted, and stand in no address and in no log.
"""

from dataclasses import dataclass

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from units.desk import unit_to_read
from units.events import Action, record
from units.excerpts import Part, excerpt, marked
from units.models import Unit, User
from units.search import LONGEST, Found, Searchable, find, searchables, words_of
from units.written_dates import written

FIRST_FEW = 5
ON_A_PAGE = 50
_SEEN = "searches_seen"
"""Where the session keeps the units in which something was searched for in it."""


class SearchForm(forms.Form):
    """What is looked for; of one kind, a page of it."""

    words = forms.CharField(label=_("Find"), max_length=LONGEST, required=False)
    kind = forms.ChoiceField(required=False)
    page = forms.IntegerField(min_value=1, max_value=10_000, required=False)

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["kind"].choices = [(each.key, each.name) for each in searchables()]


@dataclass(frozen=True)
class Line:
    """A row that was found, as the page shows it."""

    title: list[Part]
    address: str
    when: str
    excerpt: list[Part]
    unit: str


@dataclass(frozen=True)
class Group:
    """The rows of one kind: how many there are, and those that are shown."""

    kind: Searchable
    count: int
    lines: list[Line]

    @property
    def has_more(self) -> bool:
        """Whether there are others than those shown."""
        return self.count > len(self.lines)


@require_http_methods(["GET", "HEAD", "POST"])
def search(request: HttpRequest, unit: str) -> HttpResponse:
    """An empty page to begin with; what was found of each kind, or of one kind a page."""
    keeper = unit_to_read(request, unit)
    form = SearchForm(request.POST if request.method == "POST" else {})
    asked = form.cleaned_data if form.is_valid() else {}
    words = words_of(asked.get("words", ""))
    page = asked.get("page") or 1
    only = next((each for each in searchables() if each.key == asked.get("kind")), None)
    found = _found(words, only, page)
    if found:
        _note(request, keeper)
    context = {
        "unit": keeper,
        "is_search": True,
        "asked": asked.get("words", ""),
        "longest": LONGEST,
        "words": words,
        "errors": form.errors.get("words", []),
        "only": only,
        "groups": _groups(found, words, request, keeper),
        "count": sum({row.kind: row.count for row in found}.values()),
        "page": page,
        "pages": -(-found[0].count // ON_A_PAGE) if found else 0,
    }
    return render(request, "units/search.html", context)


def _found(words: list[str], only: Searchable | None, page: int) -> list[Found]:
    if only is None:
        return find(words, searchables(), first=1, last=FIRST_FEW)
    last = page * ON_A_PAGE
    return find(words, [only], first=last - ON_A_PAGE + 1, last=last)


def _groups(
    found: list[Found], words: list[str], request: HttpRequest, keeper: Unit
) -> list[Group]:
    units = {each.pk: each for each in request.units_seen}
    groups = []
    for kind in searchables():
        rows = [row for row in found if row.kind == kind.key]
        if rows:
            lines = [
                _line(kind, row, words, unit=units[row.unit_id], user=request.user, here=keeper)
                for row in rows
            ]
            groups.append(Group(kind, rows[0].count, lines))
    return groups


def _line(
    kind: Searchable, row: Found, words: list[str], *, unit: Unit, user: User, here: Unit
) -> Line:
    label = kind.label(row)
    others = "\n".join(line for line in row.text.splitlines() if line not in label)
    return Line(
        title=marked(label, words),
        address=kind.address(row, unit, user),
        when=written(row.on, row.precision),
        excerpt=excerpt(others, words),
        unit="" if unit == here else str(unit.short_name or unit.name),
    )


def _note(request: HttpRequest, unit: Unit):
    """Who belongs to the records is sensitive (PIPL 28): the log has the first search of every
    sign-in, without its words."""
    seen = request.session.get(_SEEN, [])
    if unit.pk not in seen:
        request.session[_SEEN] = [*seen, unit.pk]
        record(Action.VIEW, unit=unit, page="search")
