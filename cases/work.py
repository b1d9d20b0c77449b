"""Loads a case's activities, aid, consultations and suggestions."""

from django.db import models

from activities.models import (
    Activity,
    AidRound,
    Gift,
    GiftDonor,
    Grant,
    GuestGroup,
    Participation,
    Recipient,
    Series,
    Theme,
)
from cases.books import Books
from cases.reading import written_date
from consultations import process
from consultations.models import AgendaItem, Consultation, Reply, Step, Suggestion

_REPLY = {
    Step.Result.SOLVED: "已采纳并落实。",
    Step.Result.PLANNED: "已列入下一年度工作计划。",
    Step.Result.NOTED: "条件尚不具备，留作参考。",
}


class WorkLoader(Books):
    """Everything that was done, said and given."""

    def activities(self, content: dict):
        """Themes, series, and everything that is no consultation."""
        self.themes = self.named(Theme, content["themes"])
        self.series = self.named(Series, content["series"])
        for row in content["activities"]:
            self.activity(Activity, row)

    def named(self, model: type[models.Model], names: list[str]) -> dict[str, models.Model]:
        """The unit's own list, in the order of the file."""
        return {
            name: self.add(model, name=name, position=position)
            for position, name in enumerate(names, start=1)
        }

    def activity(self, model: type[Activity], row: dict) -> Activity:
        """One activity with its organisers, themes and groups of guests."""
        started_on, precision = written_date(row.pop("date"))
        themes = [self.themes[name] for name in row.pop("themes", [])]
        organisers = [self.organisations[name] for name in row.pop("organisers", [])]
        guests = row.pop("guests", [])
        series = self.series.get(row.pop("series", None))
        activity = self.add(model, started_on=started_on, precision=precision, series=series, **row)
        activity.themes.set(themes)
        activity.organisers.set(organisers)
        for position, capacity in enumerate(guests, start=1):
            self.add(GuestGroup, activity=activity, position=position, capacity=capacity)
        return activity

    def aid(self, content: dict):
        """Rounds of aid: each gift of the file helped one recipient with its whole amount."""
        for row in content["rounds"]:
            gifts = row.pop("gifts")
            ceremony = Activity.objects.get(title=row.pop("ceremony"))
            aid_round = self.add(AidRound, ceremony=ceremony, **row)
            for gift in gifts:
                self.gift(aid_round, ceremony, gift)

    def gift(self, aid_round: AidRound, ceremony: Activity, row: dict):
        """One gift, its givers, and the grant out of it."""
        gift = self.add(
            Gift,
            aid_round=aid_round,
            kind=row["kind"],
            amount=row["amount"],
            received_on=row["received_on"],
        )
        for position, name in enumerate(row.get("parties", []), start=1):
            self.add(GiftDonor, gift=gift, position=position, party=self.parties[name])
        if "organisation" in row:
            organisation = self.organisations[row["organisation"]]
            self.add(GiftDonor, gift=gift, organisation=organisation)
        recipient = self.add(
            Recipient, code=row["recipient"], stage=row["stage"], community=aid_round.community
        )
        self.add(
            Grant,
            aid_round=aid_round,
            recipient=recipient,
            gift=gift,
            amount=gift.amount,
            granted_on=ceremony.started_on,
        )

    def consulting(self, content: dict):
        """Consultations with agenda and attendance, and the suggestions made at them."""
        for row in content["consultations"]:
            self.consultation(row)
        for number, row in enumerate(content["suggestions"], start=1):
            self.suggestion(number, row)

    def consultation(self, row: dict):
        """One consultation."""
        agenda = {kind: row.pop(kind, []) for kind in AgendaItem.Kind.values}
        attended_by_all = row.pop("attended_by_all", False)
        consultation = self.activity(Consultation, row)
        self.consultations[consultation.title] = consultation
        for kind, subjects in agenda.items():
            for position, subject in enumerate(subjects, start=1):
                self.add(
                    AgendaItem,
                    consultation=consultation,
                    position=position,
                    kind=kind,
                    subject=subject,
                )
        for member in self.members if attended_by_all else []:
            self.add(Participation, activity=consultation, member=member)

    def suggestion(self, number: int, row: dict):
        """One suggestion with its reply."""
        consultation = self.consultations[row["made_at"]]
        organisation = self.organisations.get(row.get("organisation"))
        signature = Suggestion.Signature
        suggestion = self.add(
            Suggestion,
            consultation=consultation,
            year=consultation.started_on.year,
            number=number,
            registered_on=consultation.started_on,
            category=row["category"],
            wording=row["wording"],
            signature=signature.ORGANISATION if organisation else signature.UNSIGNED,
            organisation=organisation,
        )
        self.course(suggestion, row)

    def course(self, suggestion: Suggestion, row: dict):
        """Accepted, answered, its result stated and, where that was done, told."""
        kind, replied_on, result = Step.Kind, row["replied_on"], row["result"]
        wording = _REPLY[result]
        solved = result == Step.Result.SOLVED
        self.step(suggestion, kind=kind.ACCEPTED, on=suggestion.registered_on)
        process.reply(Reply(suggestion=suggestion, replied_on=replied_on, wording=wording))
        if fed_back_on := row.get("fed_back_on"):
            self.step(suggestion, kind=kind.FED_BACK, on=fed_back_on, way=Reply.Way.FACE)
        self.step(
            suggestion,
            kind=kind.RESULT,
            on=fed_back_on or replied_on,
            result=result,
            words="" if solved else wording,
        )

    def step(self, suggestion: Suggestion, **fields):
        """One step of its course."""
        process.take(Step(suggestion=suggestion, **fields))
