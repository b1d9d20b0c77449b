"""What this room tells of a person: parties, employment, posts, titles, schooling, honours."""

from collections.abc import Callable

from django.db.models import Case, DateField, F, Model, QuerySet, TextField, Value, When
from django.db.models.functions import Cast, Coalesce, Concat
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from members.codes import Degree, EducationLevel, TitleLevel
from members.models import (
    Appointment,
    Education,
    Employment,
    Honour,
    Member,
    Membership,
    Title,
)
from members.timeline import Source, add_source
from units.dates import Precision

_DATES = {"on": "started_on", "precision": "started_precision", "until": "ended_on"}
_TEACHES = Case(When(full_time_teacher=True, then=Value("yes")), default=Value(""))
# By the date of the certificate; where there is none, by the year it was earned in.
_NEW_YEAR = Cast(Concat(Cast("performance_year", TextField()), Value("-01-01")), DateField())
_AWARDED = Coalesce(F("awarded_on"), _NEW_YEAR)
_AS_AWARDED = Case(
    When(awarded_on__isnull=False, then=Value(Precision.DAY.value)),
    default=Value(Precision.YEAR.value),
)


def _of(model: type[Model]) -> Callable[[Member], QuerySet]:
    return lambda member: model.objects.filter(member=member)


def _words(*parts) -> str:
    return " ".join(str(part) for part in parts if part)


def _membership(_member, party: str, member_word: str, organisation: str) -> str:
    return _words(f"{party}{member_word}", organisation)


def _employment(_member, status: str, department: str, teaches: str) -> str:
    return _words(Employment.Status(status).label, department, teaches and _("full-time teacher"))


def _post(_member, party: str, body: str, organisation: str, post: str, term: str) -> str:
    return f"{party}{body or organisation}{post}" + (f"（{term}）" if term else "")


def _title(_member, name: str, level: str) -> str:
    return f"{name}（{TitleLevel(level).label}）"


def _schooling(_member, level: str, degree: str, school: str) -> str:
    return _words(EducationLevel(level).label, degree and Degree(degree).label, school)


def _honour(_member, title: str, awarded_by: str) -> str:
    return _words(title, awarded_by)


def sources() -> list[Source]:
    """What this room tells."""
    return [
        Source(
            "party",
            gettext_lazy("democratic party"),
            _of(Membership),
            ("party__short_name", "party__member_word", "organisation__name"),
            _membership,
            **_DATES,
        ),
        Source(
            "employment",
            gettext_lazy("employment"),
            _of(Employment),
            ("status", "department__name", _TEACHES),
            _employment,
            **_DATES,
        ),
        Source(
            "post",
            gettext_lazy("post"),
            _of(Appointment),
            ("party__brief", "body", "organisation__name", "post", "term"),
            _post,
            **_DATES,
        ),
        Source(
            "title",
            gettext_lazy("professional title"),
            _of(Title),
            ("name", "level"),
            _title,
            **_DATES,
        ),
        Source(
            "schooling",
            gettext_lazy("schooling"),
            _of(Education),
            ("level", "degree", "school"),
            _schooling,
            on="completed_on",
            precision="completed_precision",
        ),
        Source(
            "honour",
            gettext_lazy("honour"),
            _of(Honour),
            ("title", "awarded_by"),
            _honour,
            on=_AWARDED,
            precision=_AS_AWARDED,
        ),
    ]


def connect():
    """Put these sources first on every timeline; called once, when the app is ready."""
    for source in sources():
        add_source(source)
