"""What was reported to members and heard from them in a period, and what became of it."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from activities.models import Activity, Participation
from consultations.models import (
    OPEN,
    Adoption,
    AgendaItem,
    Consultation,
    Policy,
    Promise,
    Proposal,
    Step,
    Suggestion,
)
from consultations.models.promise import PromiseQuerySet
from members.models import Organisation
from units.dates import Period
from units.models import ReportingYear, Unit
from units.statistic import Count, Distinct, Gap, Median, Names, Occasions, Share, Total


def _consultations(unit: Unit, period: Period, kind: str) -> QuerySet[Consultation]:
    found = Consultation.objects.filter(unit=unit, kind=kind).during(period)
    return found.order_by("started_on", "pk")


def symposia_count(*, unit: Unit, period: Period) -> Total:
    """How many symposia with members of the parties were held."""
    return Total(_consultations(unit, period, Activity.Kind.SYMPOSIUM), field="times")


def briefings_count(*, unit: Unit, period: Period) -> Total:
    """How many briefings there were."""
    return Total(_consultations(unit, period, Activity.Kind.BRIEFING), field="times")


def hearings_count(*, unit: Unit, period: Period) -> Total:
    """How many hearings in selections members of the parties took part in."""
    return Total(_consultations(unit, period, Activity.Kind.HEARING), field="times")


def polls_count(*, unit: Unit, period: Period) -> Total:
    """How many opinion polls there were."""
    return Total(_consultations(unit, period, Activity.Kind.POLL), field="times")


def written_requests_count(*, unit: Unit, period: Period) -> Total:
    """How often opinions were asked for in writing."""
    return Total(_consultations(unit, period, Activity.Kind.WRITTEN_REQUEST), field="times")


def bimonthly_talks_count(*, unit: Unit, period: Period) -> Total:
    """How many bimonthly talks (双月座谈) there were."""
    return Total(_consultations(unit, period, Activity.Kind.BIMONTHLY), field="times")


def consultation_attendances(*, unit: Unit, period: Period) -> Count:
    """Attendances of members at consultations (人次): one person at three of them is three."""
    return Count(_attendances(unit, period))


def consultation_participants(*, unit: Unit, period: Period) -> Distinct:
    """Members who attended at least one consultation (人)."""
    return Distinct(_attendances(unit, period), field="member")


def _attendances(unit: Unit, period: Period) -> QuerySet[Participation]:
    held = Consultation.objects.filter(unit=unit).during(period).order_by().values("pk")
    present = Participation.objects.filter(
        unit=unit, activity__in=held, status=Participation.Status.PRESENT
    )
    return present.order_by("activity__started_on", "member__sort_key", "pk")


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


def suggestions_accepted(*, unit: Unit, period: Period) -> Count:
    """Those of them that had been accepted by the end of the period."""
    return Count(_suggestions(unit, period).accepted(by=period.last))


def suggestions_answered(*, unit: Unit, period: Period) -> Count:
    """Those of them that had a reply by the end of the period."""
    return Count(_suggestions(unit, period).answered(by=period.last))


def suggestions_fed_back(*, unit: Unit, period: Period) -> Count:
    """Those of them whose result had been told to the proposers by then."""
    return Count(_suggestions(unit, period).fed_back(by=period.last))


def suggestions_solved(*, unit: Unit, period: Period) -> Count:
    """Those of them whose latest result by then was solved (A), and not opened again since."""
    return Count(_with_result(unit, period, Step.Result.SOLVED))


def suggestions_planned(*, unit: Unit, period: Period) -> Count:
    """Those of them whose latest result by then was planned (B), and not opened again since."""
    return Count(_with_result(unit, period, Step.Result.PLANNED))


def suggestions_noted(*, unit: Unit, period: Period) -> Count:
    """Those whose latest result was kept for reference (C), and not opened again since."""
    return Count(_with_result(unit, period, Step.Result.NOTED))


def suggestions_declined(*, unit: Unit, period: Period) -> Count:
    """Those of them that had not been accepted by then, with a reason."""
    return Count(_suggestions(unit, period).accepted(by=period.last, decision="declined"))


def suggestions_accepted_share(*, unit: Unit, period: Period) -> Share:
    """Accepted ones over all raised in the period."""
    raised = _suggestions(unit, period)
    return Share(raised.accepted(by=period.last), raised.count())


def suggestions_in_time_share(*, unit: Unit, period: Period) -> Share:
    """Those first answered within the deadline that held then, over all answered."""
    raised = _suggestions(unit, period)
    within = Policy.of(unit).reply_within
    in_time = raised.answered_in_time(by=period.last, reply_within=within)
    return Share(in_time, raised.answered(by=period.last).count())


def suggestions_fed_back_share(*, unit: Unit, period: Period) -> Share:
    """Those whose result had been told over all answered."""
    answered = _suggestions(unit, period).answered(by=period.last)
    return Share(answered.fed_back(by=period.last), answered.count())


def suggestions_satisfied_share(*, unit: Unit, period: Period) -> Share:
    """Those whose proposers were satisfied, or mostly, over all who gave their word."""
    asked = _suggestions(unit, period).asked_for_satisfaction(by=period.last)
    return Share(asked.satisfied(by=period.last), asked.count())


def days_to_first_reply(*, unit: Unit, period: Period) -> Median | Gap:
    """The median of the days from registration to the first reply, of those answered by then."""
    answered = _suggestions(unit, period).answered(by=period.last)
    if not answered.exists():
        return Gap(missing=_("a reply to a suggestion"), where="consultations.Reply")
    return Median(answered, start="registered_on", end="first_reply_on")


def suggestions_carried_over(*, unit: Unit, period: Period) -> Count:
    """Suggestions of this and earlier years that waited for an answer when the period ended."""
    waiting = Suggestion.objects.filter(unit=unit).open_on(period.last)
    return Count(waiting.order_by("year", "number"))


def _suggestions(unit: Unit, period: Period) -> QuerySet[Suggestion]:
    raised = Suggestion.objects.filter(unit=unit).during(period)
    return raised.with_course(day=period.last).order_by("year", "number")


def _with_result(unit: Unit, period: Period, result: str) -> QuerySet[Suggestion]:
    return _suggestions(unit, period).filter(result=result).exclude(state__in=OPEN)


# --- proposals outside the unit, and promises ---


def proposals_submitted(*, unit: Unit, period: Period) -> Count:
    """Proposals, motions, reports of opinion and studies handed in during the period."""
    handed_in = Proposal.objects.filter(unit=unit).during(period)
    return Count(handed_in.order_by("submitted_on", "pk"))


def proposals_adopted(*, unit: Unit, period: Period) -> Distinct:
    """How many different proposals some body adopted in the period, whenever handed in."""
    return Distinct(_adoptions(unit, period), field="proposal")


def adoptions_count(*, unit: Unit, period: Period) -> Count:
    """Adoptions in the period: one proposal adopted by two bodies is two."""
    return Count(_adoptions(unit, period))


def adoptions_above_district(*, unit: Unit, period: Period) -> Count:
    """Those of them at the level of a province or city, or national (省级及以上采纳)."""
    higher = [Adoption.Level.NATIONAL, Adoption.Level.PROVINCIAL]
    return Count(_adoptions(unit, period).filter(level__in=higher))


def adoptions_national(*, unit: Unit, period: Period) -> Count:
    """Those of them by a national body."""
    return Count(_adoptions(unit, period).filter(level=Adoption.Level.NATIONAL))


def adoptions_provincial(*, unit: Unit, period: Period) -> Count:
    """Those of them at the level of a province or city."""
    return Count(_adoptions(unit, period).filter(level=Adoption.Level.PROVINCIAL))


def adoptions_district(*, unit: Unit, period: Period) -> Count:
    """Those of them at the level of a district or county."""
    return Count(_adoptions(unit, period).filter(level=Adoption.Level.DISTRICT))


def _adoptions(unit: Unit, period: Period) -> QuerySet[Adoption]:
    found = Adoption.objects.filter(unit=unit, adopted_on__range=(period.first, period.last))
    return found.order_by("adopted_on", "pk")


def promises_kept(*, year: ReportingYear) -> Share:
    """Measures of last year's report, and carried over, that were done by the closing day."""
    due = _promised(year).measures()
    return Share(due.ended(Step.Outcome.DONE), due.count())


def promises_due(*, year: ReportingYear) -> Count:
    """Shortcomings and measures of last year's report, and those carried over until then."""
    return Count(_promised(year))


def promises_done(*, year: ReportingYear) -> Names:
    """Those of them that were done by the closing day."""
    return _wordings(_promised(year).ended(Step.Outcome.DONE))


def promises_partly(*, year: ReportingYear) -> Names:
    """Those of them that were partly done by then: the rest is carried over."""
    return _wordings(_promised(year).ended(Step.Outcome.PARTLY))


def promises_dropped(*, year: ReportingYear) -> Names:
    """Those of them that had been dropped by then, with a reason."""
    return _wordings(_promised(year).ended(Step.Outcome.DROPPED))


def promises_carried_over(*, year: ReportingYear) -> Names:
    """Those of them that were neither done nor dropped by then, the partly done included."""
    return _wordings(_promised(year).left())


def _promised(year: ReportingYear) -> PromiseQuerySet:
    due = Promise.objects.filter(unit=year.unit).due_in(year).with_outcome(day=year.last)
    return due.order_by("made_in", "kind", "position", "pk")


def _wordings(promises: PromiseQuerySet) -> Names:
    return Names(promises, field="wording", order=("made_in", "kind", "position", "pk"))
