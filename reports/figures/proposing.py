"""Figures about proposals outside the unit, and about what last year's report promised."""

from django.utils.translation import gettext_lazy as _

from consultations import statistics as consultations
from reports.figures.figure import Figure
from reports.wording import Kind

FIGURES = (
    Figure(
        consultations.proposals_submitted,
        name=_("Proposals submitted"),
        definition=_(
            "Proposals, motions, reports of opinion and studies handed in during the year."
        ),
        kind=Kind.COUNT,
        at="period",
        measure="件",
        usual="digits",
    ),
    Figure(
        consultations.proposals_adopted,
        name=_("Proposals adopted"),
        definition=_("How many different proposals some body adopted in the year."),
        kind=Kind.COUNT,
        at="period",
        measure="件",
        usual="digits",
    ),
    Figure(
        consultations.adoptions_count,
        name=_("Adoptions"),
        definition=_("Adoptions in the year; one proposal adopted by two bodies is two."),
        kind=Kind.COUNT,
        at="period",
        measure="次",
        usual="digits",
    ),
    Figure(
        consultations.adoptions_above_district,
        name=_("Adoptions above the district"),
        definition=_("Adoptions of the year at the level of a province or city or higher."),
        kind=Kind.COUNT,
        at="period",
        measure="次",
        usual="digits",
    ),
    *(
        Figure(statistic, name=name, definition=words, kind=Kind.COUNT, at="period", measure="次")
        for statistic, name, words in (
            (
                consultations.adoptions_national,
                _("Adoptions, national"),
                _("Adoptions of the year by national bodies."),
            ),
            (
                consultations.adoptions_provincial,
                _("Adoptions, province or city"),
                _("Adoptions of the year at the level of a province or city."),
            ),
            (
                consultations.adoptions_district,
                _("Adoptions, district or county"),
                _("Adoptions of the year at the level of a district or county."),
            ),
        )
    ),
    Figure(
        consultations.promises_kept,
        name=_("Promises kept"),
        definition=_(
            "Measures of last year's report, and those carried over from earlier ones, done by the "
            "closing day, over all of them."
        ),
        kind=Kind.SHARE,
        at="year",
        measure="项",
        base=_("measures of last year's report and those carried over"),
        usual="rate",
    ),
    Figure(
        consultations.promises_due,
        name=_("Promises due"),
        definition=_(
            "Shortcomings and measures of last year's report, and those carried over until then."
        ),
        kind=Kind.COUNT,
        at="year",
        measure="项",
        usual="digits",
    ),
    *(
        Figure(
            statistic, name=name, definition=definition, kind=Kind.NAMES, at="year", measure="项"
        )
        for statistic, name, definition in (
            (
                consultations.promises_done,
                _("Promises done"),
                _("Those of them that were done by the closing day."),
            ),
            (
                consultations.promises_partly,
                _("Promises partly done"),
                _("Those of them that were partly done by the closing day; the rest goes on."),
            ),
            (
                consultations.promises_dropped,
                _("Promises dropped"),
                _("Those of them that were dropped by the closing day, with a reason."),
            ),
            (
                consultations.promises_carried_over,
                _("Promises carried over"),
                _("Those of them that were neither done nor dropped by the closing day."),
            ),
        )
    ),
)
