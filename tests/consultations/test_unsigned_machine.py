"""Whatever is done to a suggestion, in whatever order: no reply is lost, nobody unsigned is shown.

A machine of hypothesis signs and unsigns a suggestion through its page and through the admin, moves
it on, replies, takes steps back, and looks after each deed at everything that could tell.
"""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from consultations import process
from consultations.ledger import ledger
from consultations.models import OPEN, Reply, Step, Suggestion
from members.models import Member, Organisation
from reports.annual import annual_report
from tests import factories
from tests.consultations.test_process import details
from units.models import EventDetail, Unit
from units.scoping import scope_of_unit

MADE_ON = date(2017, 3, 15)
SPEAKER, BRANCH = "钱不署名", "钱支部"
KINDS = [kind for kind in Step.Kind.values if kind != Step.Kind.MERGED]
DAYS = st.integers(0, 60)


@dataclass(frozen=True)
class World:
    """One school, and who works and speaks there."""

    school: Unit
    clerk: Client
    auditor: Client
    speaker: Member
    branch: Organisation

    def signed(self, signature: str) -> dict:
        """What a form says of a suggestion that is signed so."""
        fields = {"wording": "建议", "registered_on": str(MADE_ON), "signature": signature}
        if signature == "persons":
            fields["proposers"] = [self.speaker.pk]
        if signature == "organisation":
            fields["organisation"] = self.branch.pk
        return fields


def browser_of(account) -> Client:
    browser = Client()
    browser.force_login(account)
    return browser


class Course(RuleBasedStateMachine):
    """One suggestion of ``world``, and what was done with it."""

    world: World

    @initialize(signed=st.booleans())
    def register(self, signed):
        self.before = transaction.savepoint()
        fields = {"signature": "persons", "proposers": [self.world.speaker]} if signed else {}
        self.row = factories.suggestion(self.world.school, registered_on=MADE_ON, **fields)
        self.replies, self.first = [], None

    def teardown(self):
        """Undo all of it, so that no course stands on the pages of the next."""
        if hasattr(self, "before"):
            transaction.savepoint_rollback(self.before)

    @rule(kind=st.sampled_from(KINDS), days=DAYS)
    def take(self, kind, days):
        with scope_of_unit(self.world.school):
            on = MADE_ON + timedelta(days=days)
            step = Step(suggestion=self.row, kind=kind, on=on, **details(self.row, kind))
            _unless_refused(lambda: process.take(step))

    @rule(days=DAYS)
    def reply(self, days):
        with scope_of_unit(self.world.school):
            on = MADE_ON + timedelta(days=days)
            given = Reply(suggestion=self.row, replied_on=on, wording="答复")
            if _unless_refused(lambda: process.reply(given)):
                self.replies.append((given.pk, on))
                self.first = self.first or on

    @rule()
    def take_back_the_last_step(self):
        with scope_of_unit(self.world.school):
            last = self.row.steps.order_by("place").last()
            if last is not None:
                _unless_refused(lambda: process.take_back(last, reason="录错"))

    @rule(days=DAYS)
    def move_a_reply(self, days):
        """By the row itself and by a query: both are refused, as is taking it away."""
        with scope_of_unit(self.world.school):
            on = MADE_ON + timedelta(days=days + 61)
            for given in self.row.replies.all():
                given.replied_on = on
                assert not _unless_refused(given.save)
                assert not _unless_refused(given.delete)
            if self.replies:
                assert not _unless_refused(lambda: self.row.replies.update(replied_on=on))
                assert not _unless_refused(self.row.replies.all().delete)

    @rule(signature=st.sampled_from(["persons", "organisation", "unsigned"]))
    def sign_on_the_page(self, signature):
        address = reverse("edit-suggestion", args=[self.world.school.code, self.row.pk])
        hidden = self.world.clerk.get(address).context["careful"]
        answer = self.world.clerk.post(
            address, {hidden["name"]: hidden["value"], **self.world.signed(signature)}
        )
        assert answer.status_code == 302, answer.context["form"].errors

    @rule(signature=st.sampled_from(["persons", "organisation", "unsigned"]))
    def sign_in_the_admin(self, signature):
        address = reverse("admin:consultations_suggestion_change", args=[self.row.pk])
        page = self.world.clerk.get(address)
        with scope_of_unit(self.world.school):
            stored = Suggestion.objects.get(pk=self.row.pk)
        sent = {"unit": self.world.school.pk, "year": stored.year, "number": stored.number}
        for formset in page.context["inline_admin_formsets"]:
            sent |= {
                f"{formset.formset.prefix}-{name}": value
                for name, value in formset.formset.management_form.initial.items()
            }
        hidden = page.context["careful_field"]
        sent |= {hidden["name"]: hidden["value"], **self.world.signed(signature)}
        answer = self.world.clerk.post(address, sent)
        assert answer.status_code == 302, answer.context["errors"]

    @invariant()
    def no_reply_is_lost_and_the_first_stays_the_first(self):
        if not hasattr(self, "row"):
            return
        with scope_of_unit(self.world.school):
            found = list(self.row.replies.order_by("pk").values_list("pk", "replied_on"))
            rows = Suggestion.objects.with_course(day=date(2018, 12, 31))
            row = rows.get(pk=self.row.pk)
            waiting = Suggestion.objects.open_on(date(2018, 12, 31))
            assert (row.state in OPEN) == waiting.filter(pk=row.pk).exists()
        assert found == self.replies
        assert row.first_reply_on == self.first

    @invariant()
    def nobody_unsigned_is_shown(self):
        if not hasattr(self, "row"):
            return
        with scope_of_unit(self.world.school):
            row = Suggestion.objects.get(pk=self.row.pk)
            if row.signature != Suggestion.Signature.UNSIGNED:
                return
            told = {where: _tells(text) for where, text in self._everything(row)}
        assert {where for where, tells in told.items() if tells} == set()

    def _everything(self, row):
        """(where, text) of all that could tell who spoke."""
        key = str(row.pk)
        events = EventDetail.objects.filter(
            event__model="consultations.suggestion", event__object_id=key
        )
        for detail in events.exclude(event__action="erase"):
            yield "log", SPEAKER if "proposers" in detail.content else ""
            organisation = detail.content.get("organisation_id")
            yield "log", SPEAKER if organisation not in (None, [None, None]) else ""
        for version in Suggestion.history.filter(id=row.pk):
            yield "history", SPEAKER if version.organisation_id else ""
            yield "history", "" if version.signature == "unsigned" else SPEAKER
        yield "links", SPEAKER if row.proposers.exists() or row.organisation_id else ""
        year = self.world.school.reporting_year(2017)
        yield "ledger", str(ledger(year, day=year.last).lines)
        document = annual_report(self.world.school, 2017).document
        yield "draft", str(document.blocks)
        for name, args, ask in (
            ("suggestion", [row.pk], {}),
            ("suggestion-slip", [row.pk], {}),
            ("suggestion-board", [], {}),
            ("results-notice", [2017], {}),
            ("suggestion-ledger", [2017], {}),
            ("reminders", [], {}),
            ("suggestions", [], {"columns": ["number", "proposers", "wording"]}),
        ):
            address = reverse(name, args=[self.world.school.code, *args])
            yield name, self.world.clerk.get(address, ask).content.decode()
        history = reverse("admin:consultations_suggestion_history", args=[row.pk])
        yield "admin", self.world.clerk.get(history).content.decode()
        yield (
            "log page",
            self.world.auditor.get(reverse("log"), {"object_id": key}).content.decode(),
        )


def _tells(text: str) -> bool:
    return SPEAKER in text or BRANCH in text


def _unless_refused(deed) -> bool:
    """Whether the deed was done; False where the rules refuse it."""
    try:
        deed()
    except ValidationError:
        return False
    return True


@pytest.mark.django_db
def test_no_order_of_deeds_loses_a_reply_or_shows_an_unsigned_speaker(school, cast):
    factories.unit_year(school)
    world = World(
        school,
        clerk=browser_of(cast.clerk),
        auditor=browser_of(cast.auditor),
        speaker=factories.member(school, SPEAKER, party="民盟"),
        branch=factories.organisation(school, BRANCH, party=factories.party("民盟")),
    )
    options = settings(
        max_examples=10,
        stateful_step_count=8,
        # Each course is short enough to be read as it is; making it shorter takes minutes.
        phases=[Phase.generate],
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(type("OfWorld", (Course,), {"world": world}), settings=options)
