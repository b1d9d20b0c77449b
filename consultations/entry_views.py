"""Pages that register or change a suggestion, reply to it, and take a step."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from consultations.deadlines import Deadlines
from consultations.meeting_forms import categories_used
from consultations.models import Reply, Step, Suggestion
from consultations.suggestion_forms import ReplyForm, StepForm, SuggestionForm
from consultations.unsigning import forget_proposers
from units.careful_page import CarefulPage
from units.desk import unit_to_keep
from units.models import Unit


class _SuggestionPage(CarefulPage):
    unit: Unit
    permission = ""

    def dispatch(self, request: HttpRequest, *, unit: str, **kwargs) -> HttpResponse:
        """Find the unit first."""
        self.unit = unit_to_keep(request, unit, self.permission)
        self.today = timezone.localdate()
        return super().dispatch(request, unit=unit, **kwargs)

    def find_suggestion(self) -> Suggestion:
        """The suggestion the address names; Http404 for one of another unit."""
        return get_object_or_404(Suggestion, unit=self.unit, pk=self.kwargs["pk"])


class EnterSuggestion(_SuggestionPage):
    """Register a suggestion, or change what stands in it."""

    template_name = "consultations/enter_suggestion.html"
    model = Suggestion
    permission = "consultations.change_suggestion"

    def find_row(self) -> Suggestion | None:
        """The suggestion to change; None where a new one is registered."""
        return self.find_suggestion() if "pk" in self.kwargs else None

    def make_parts(self, data=None, files=None) -> dict[str, SuggestionForm]:
        """One form; a new suggestion is registered today unless another day is written."""
        row = self.row or Suggestion(unit=self.unit, registered_on=self.today)
        return {"form": SuggestionForm(data, instance=row, unit=self.unit, today=self.today)}

    def save(self, parts) -> Suggestion:
        """Store it; where it is not signed any more, forget who had signed it."""
        form = parts["form"]
        was_signed = self.row is not None and "signature" in form.changed_data
        row = form.save(commit=False)
        row.save()
        row.proposers.set(form.cleaned_data["proposers"])
        if was_signed and row.signature == Suggestion.Signature.UNSIGNED:
            forget_proposers(row)
        return row

    def address_after(self, row: Suggestion) -> str:
        """To its page."""
        return reverse("suggestion", args=[self.unit.code, row.pk])

    def page_context(self) -> dict:
        """The categories used before, for the field that proposes them."""
        return {"unit": self.unit, "categories": categories_used(self.unit)}


class _OnCourse(_SuggestionPage):
    """A page that adds one row to a suggestion's course."""

    template_name = "consultations/step.html"
    permission = "consultations.add_step"
    title = ""

    def find_row(self) -> None:
        """Always a new row; the suggestion must be there."""
        self.suggestion = self.find_suggestion()

    def check_together(self, parts):
        """Whether it fits into the course is said at the form."""
        parts["form"].refuse_unless_possible()

    def save(self, parts) -> Reply | Step:
        """Store the row."""
        return parts["form"].store()

    def address_after(self, row: Reply | Step) -> str:
        """Back to the suggestion."""
        return reverse("suggestion", args=[self.unit.code, row.suggestion_id])

    def page_context(self) -> dict:
        """The suggestion and what is being done."""
        return {"unit": self.unit, "suggestion": self.suggestion, "title": self.title}


class GiveReply(_OnCourse):
    """Reply to a suggestion."""

    model = Reply

    @property
    def title(self) -> str:
        """What the page is called."""
        return str(Reply._meta.verbose_name)

    def make_parts(self, data=None, files=None) -> dict[str, ReplyForm]:
        """One form."""
        row = Reply(unit=self.unit, suggestion=self.suggestion)
        return {"form": ReplyForm(data, instance=row, today=self.today)}


class TakeStep(_OnCourse):
    """Take one step with a suggestion."""

    model = Step

    @property
    def title(self) -> str:
        """What the step is called."""
        return str(Step.Kind(self.kwargs["kind"]).label)

    def make_parts(self, data=None, files=None) -> dict[str, StepForm]:
        """One form with what the kind has; Http404 for a kind that does not exist."""
        kind = self.kwargs["kind"]
        if kind not in Step.Kind.values:
            raise Http404(_("There is no such step."))
        row = Step(unit=self.unit, suggestion=self.suggestion, kind=kind)
        deadlines = Deadlines.of(self.unit)
        return {"form": StepForm(data, instance=row, today=self.today, deadlines=deadlines)}
