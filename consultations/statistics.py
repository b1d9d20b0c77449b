"""What was reported to members and heard from them in a period, and what became of it."""

from django.db.models import QuerySet

from activities.models import Activity
from consultations.models import AgendaItem, Consultation, Suggestion
from members.models import Organisation
from units.dates import Period
from units.models import Unit
from units.statistic import Count, Names, Occasions, Total


def _consultations(unit: Unit, period: Period, kind: str) -> QuerySet[Consultation]:
    found = Consultation.objects.filter(unit=unit, kind=kind).during(period)
    return found.order_by("started_on", "pk")


def symposia_count(*, unit: Unit, period: Period) -> Total:
    """How many symposia with members of the parties were held."""
    return Total(_consultations(unit, period, Activity.Kind.SYMPOSIUM), field="times")


def briefings_count(*, unit: Unit, period: Period) -> Total:
    """How many briefings of members of the parties were held."""
    return Total(_consultations(unit, period, Activity.Kind.BRIEFING), field="times")


def symposia_occasions(*, unit: Unit, period: Period) -> Occasions:
    """On which occasions they were held, earliest first."""
    return Occasions(_consultations(unit, period, Activity.Kind.SYMPOSIUM))


def symposia_subjects(*, unit: Unit, period: Period) -> Names:
    """On what opinions were asked at them, in the order of the agendas."""
    held = _consultations(unit, period, Activity.Kind.SYMPOSIUM).order_by().values("pk")
    items = AgendaItem.objects.filter(unit=unit, consultation__in=held, kind=AgendaItem.Kind.HEARD)
    return Names(items, field="subject", order=("consultation__started_on", "position", "pk"))


def briefing_subjects(*, unit: Unit, period: Period) -> Names:
    """What was reported to members at briefings."""
    held = _consultations(unit, period, Activity.Kind.BRIEFING).order_by().values("pk")
    items = AgendaItem.objects.filter(
        unit=unit, consultation__in=held, kind=AgendaItem.Kind.REPORTED
    )
    return Names(items, field="subject", order=("consultation__started_on", "position", "pk"))


def selections_heard(*, unit: Unit, period: Period) -> Names:
    """The selections in whose hearings members of the parties took part, in order of date."""
    hearings = _consultations(unit, period, Activity.Kind.HEARING)
    return Names(hearings, field="title", order=("started_on", "pk"))


def polling_branches(*, unit: Unit, period: Period) -> Names:
    """The Communist Party's branches that held an opinion poll among their party colleagues."""
    polls = _consultations(unit, period, Activity.Kind.POLL).order_by().values("pk")
    branches = Organisation.objects.filter(
        unit=unit, party__isnull=True, activities__in=polls
    ).distinct()
    branches = branches.named_on(period.last).order_by("position", "name")
    return Names(branches, field="name_then", order=("position", "name"))


def suggestions_raised(*, unit: Unit, period: Period) -> Count:
    """Opinions and suggestions registered in the period."""
    return Count(_suggestions(unit, period))


def suggestions_answered(*, unit: Unit, period: Period) -> Count:
    """Those of them that had a reply by the end of the period."""
    return Count(_suggestions(unit, period).answered(by=period.last))


def suggestions_fed_back(*, unit: Unit, period: Period) -> Count:
    """Those of them whose result had been told to the proposers by then."""
    return Count(_suggestions(unit, period).fed_back(by=period.last))


def _suggestions(unit: Unit, period: Period) -> QuerySet[Suggestion]:
    return Suggestion.objects.filter(unit=unit).during(period).order_by("year", "number")
