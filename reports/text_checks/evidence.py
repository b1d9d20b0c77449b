"""Facts of the text whose records lack evidence."""

from collections.abc import Iterator

from django.apps import apps
from django.utils.translation import gettext as _

from activities.evidence_checklist import lacking_evidence
from reports.text_checks.figure_words import KnownFigure
from reports.text_checks.finding import Excerpt, Finding, Kind
from reports.text_checks.report_text import ReportText
from units import statistics as units


def facts_without_evidence(text: ReportText) -> Iterator[Finding]:
    """How many of the facts the text states rest on activities whose evidence is missing; once.

    Rule: each activity has the evidence its kind asks for, or the reason why it is not needed
    (domain 2.5; issue 7: “of 37 facts, 4 without”). A fact is a figure named in the text, each
    once, beside the names of unit and year. Which evidence a kind asks for stands in
    ``activities.kinds``; other records than activities carry no files.
    """
    facts = _facts(text)
    without = _lacking(facts)
    if not without:
        return
    names = "、".join(
        _("%(name)s (%(number)s)") % {"name": figure.name, "number": lacking}
        for figure, lacking in without
    )
    message = _(
        "Of %(facts)s facts in the text, %(without)s rest on activities without all the evidence "
        "asked for (how many activities): %(names)s. Add the files, or mark why none is needed."
    ) % {"facts": len(facts), "without": len(without), "names": names}
    yield Finding(
        kind=Kind.EVIDENCE,
        section=None,
        heading="",
        field="",
        paragraph=0,
        block=0,
        start=0,
        end=0,
        excerpt=Excerpt("", "", ""),
        context="",
        message=message,
        basis=",".join(f"{figure.key}={lacking}" for figure, lacking in without),
    )


def _facts(text: ReportText) -> list[KnownFigure]:
    keys = dict.fromkeys(token.key for each in text.passages for token in each.tokens)
    found = [figure for key in keys if (figure := text.figures.of(key))]
    return [each for each in found if each.reading.figure.statistic.__module__ != units.__name__]


def _lacking(facts: list[KnownFigure]) -> list[tuple[KnownFigure, int]]:
    """Each fact over activities of which some lack evidence, with their number."""
    resting = [
        (figure, set(rows.order_by().values_list("pk", flat=True)))
        for figure in facts
        if (rows := figure.reading.evidence) is not None and _are_activities(rows.model)
    ]
    keys = set().union(*(own for _figure, own in resting))
    every = apps.get_model("activities.Activity").objects.filter(pk__in=keys)
    lacking = set(lacking_evidence(every).values_list("pk", flat=True))
    return [(figure, len(own & lacking)) for figure, own in resting if own & lacking]


def _are_activities(model) -> bool:
    """Whether the model is that of activities, or one built on it (consultations)."""
    labels = {model._meta.label, *(parent._meta.label for parent in model._meta.parents)}
    return "activities.Activity" in labels
