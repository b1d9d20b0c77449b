"""Figures about consultations and suggestions."""

from django.utils.translation import gettext_lazy as _

from consultations import statistics as consultations
from reports.figures.figure import Figure
from reports.wording import Kind

FIGURES = (
    # consultations
    Figure(
        consultations.symposia_count,
        name=_("Symposia"),
        definition=_("How many symposia with members of the parties were held in the year."),
        kind=Kind.COUNT,
        at="period",
        measure="次",
        usual="cn",
    ),
    Figure(
        consultations.briefings_count,
        name=_("Briefings"),
        definition=_("How many briefings for members of the parties there were in the year."),
        kind=Kind.COUNT,
        at="period",
        measure="次",
        usual="cn",
    ),
    Figure(
        consultations.hearings_count,
        name=_("Hearings in selections"),
        definition=_("How many hearings in selections members of the parties took part in."),
        kind=Kind.COUNT,
        at="period",
        measure="次",
        usual="cn",
    ),
    Figure(
        consultations.polls_count,
        name=_("Opinion polls"),
        definition=_("How many opinion polls there were in the year."),
        kind=Kind.COUNT,
        at="period",
        measure="次",
        usual="cn",
    ),
    Figure(
        consultations.written_requests_count,
        name=_("Written requests for opinions"),
        definition=_("How often opinions were asked for in writing in the year."),
        kind=Kind.COUNT,
        at="period",
        measure="次",
        usual="cn",
    ),
    Figure(
        consultations.bimonthly_talks_count,
        name=_("Bimonthly talks"),
        definition=_("How many bimonthly talks there were in the year."),
        kind=Kind.COUNT,
        at="period",
        measure="次",
        usual="cn",
    ),
    Figure(
        consultations.consultation_attendances,
        name=_("Attendances at consultations"),
        definition=_("Attendances of members at consultations; one person at three is three."),
        kind=Kind.COUNT,
        at="period",
        measure="人次",
    ),
    Figure(
        consultations.consultation_participants,
        name=_("Participants of consultations"),
        definition=_("Members who attended at least one consultation of the year."),
        kind=Kind.COUNT,
        at="period",
        measure="人",
    ),
    Figure(
        consultations.symposia_occasions,
        name=_("Occasions of symposia"),
        definition=_("When and on which occasions the symposia were held."),
        kind=Kind.OCCASIONS,
        at="period",
        measure="次",
    ),
    Figure(
        consultations.symposia_subjects,
        name=_("Subjects of symposia"),
        definition=_("On what opinions were asked at the symposia."),
        kind=Kind.NAMES,
        at="period",
        measure="项",
    ),
    Figure(
        consultations.selections_heard,
        name=_("Selections with members' hearing"),
        definition=_("The selections in whose hearings members of the parties took part."),
        kind=Kind.NAMES,
        at="period",
        measure="项",
    ),
    Figure(
        consultations.briefing_subjects,
        name=_("Subjects of briefings"),
        definition=_("What was reported to members at briefings."),
        kind=Kind.NAMES,
        at="period",
        measure="项",
    ),
    Figure(
        consultations.polling_branches,
        name=_("Branches that held a poll"),
        definition=_(
            "The Party branches that held an opinion poll among their colleagues of the parties."
        ),
        kind=Kind.NAMES,
        at="period",
        measure="个",
    ),
    # suggestions
    Figure(
        consultations.suggestions_raised,
        name=_("Suggestions raised"),
        definition=_("Opinions and suggestions registered in the year."),
        kind=Kind.COUNT,
        at="period",
        measure="条",
        usual="digits",
    ),
    Figure(
        consultations.suggestions_accepted,
        name=_("Suggestions accepted"),
        definition=_("Those of them that had been accepted by the closing day."),
        kind=Kind.COUNT,
        at="period",
        measure="条",
        usual="digits",
    ),
    Figure(
        consultations.suggestions_answered,
        name=_("Suggestions answered"),
        definition=_("Those of them with a reply by the closing day."),
        kind=Kind.COUNT,
        at="period",
        measure="条",
        usual="digits",
    ),
    Figure(
        consultations.suggestions_fed_back,
        name=_("Suggestions fed back"),
        definition=_(
            "Those of them whose result had been told to the proposers by the closing day."
        ),
        kind=Kind.COUNT,
        at="period",
        measure="条",
        usual="digits",
    ),
    Figure(
        consultations.suggestions_solved,
        name=_("Suggestions solved"),
        definition=_(
            "Those whose result was solved (A) by the closing day, not opened again since."
        ),
        kind=Kind.COUNT,
        at="period",
        measure="条",
        usual="digits",
    ),
    *(
        Figure(statistic, name=name, definition=words, kind=Kind.COUNT, at="period", measure="条")
        for statistic, name, words in (
            (
                consultations.suggestions_planned,
                _("Suggestions planned"),
                _("Those whose result was planned (B) by the closing day, not opened again since."),
            ),
            (
                consultations.suggestions_noted,
                _("Suggestions kept for reference"),
                _("Those kept for reference (C) by the closing day, not opened again since."),
            ),
            (
                consultations.suggestions_declined,
                _("Suggestions not accepted"),
                _("Those of them that had not been accepted by the closing day, with a reason."),
            ),
        )
    ),
    Figure(
        consultations.suggestions_accepted_share,
        name=_("Share of suggestions accepted"),
        definition=_("Suggestions accepted by the closing day over all raised in the year."),
        kind=Kind.SHARE,
        at="period",
        measure="条",
        base=_("suggestions raised in the year"),
        usual="rate",
    ),
    Figure(
        consultations.suggestions_in_time_share,
        name=_("Share answered in time"),
        definition=_(
            "Suggestions first answered within their deadline over all answered by the closing day."
        ),
        kind=Kind.SHARE,
        at="period",
        measure="条",
        base=_("suggestions answered"),
        usual="rate",
    ),
    Figure(
        consultations.suggestions_fed_back_share,
        name=_("Share fed back"),
        definition=_("Suggestions whose result was told over all answered by the closing day."),
        kind=Kind.SHARE,
        at="period",
        measure="条",
        base=_("suggestions answered"),
        usual="rate",
    ),
    Figure(
        consultations.suggestions_satisfied_share,
        name=_("Share satisfied"),
        definition=_("Suggestions with a satisfied proposer over all with the proposer's word."),
        kind=Kind.SHARE,
        at="period",
        measure="条",
        base=_("suggestions with the proposer's word"),
        usual="rate",
    ),
    Figure(
        consultations.days_to_first_reply,
        name=_("Days to the first reply"),
        definition=_("The median of the days from registration to the first reply."),
        kind=Kind.COUNT,
        at="period",
        measure="天",
        usual="digits",
    ),
    Figure(
        consultations.suggestions_carried_over,
        name=_("Suggestions carried over"),
        definition=_(
            "Suggestions of this and earlier years that waited for an answer on the closing day."
        ),
        kind=Kind.COUNT,
        at="period",
        measure="条",
        usual="digits",
    ),
)
