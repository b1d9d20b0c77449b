"""The desk: writing the sections of a report, each saved by itself, beside the whole as printed."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from reports.annual import AnnualReport
from reports.desk import preview_of, token_words
from reports.models import Report, Section
from reports.section_forms import HeadForm, SectionForm
from reports.sections import put_in
from reports.states import State
from reports.views import asked_year, of_year
from units.careful_page import CarefulPage
from units.desk import unit_to_keep
from units.drafts import writers_beside
from units.models import Unit


def annual_to_write(
    request: HttpRequest, unit: str, year: int, *, permission: str
) -> tuple[Unit, AnnualReport]:
    """The unit and its stored report, if this person writes for it. Http404 where none is begun."""
    keeper = unit_to_keep(request, unit, permission)
    annual = asked_year(request, unit, year)
    if annual.report.pk is None:
        raise Http404
    return keeper, annual


class DeskPage(CarefulPage):
    """One form of the desk; beside it the outline and the whole text as it will be printed."""

    template_name = "reports/desk.html"
    permission = "reports.change_section"
    unit: Unit
    annual: AnnualReport

    def dispatch(self, request: HttpRequest, *, unit: str, year: int, **kwargs) -> HttpResponse:
        """Find the report; of one that is handed in or signed, lead to its page instead.

        What was typed before it was handed in still comes here: the answer keeps the words.
        """
        self.unit, self.annual = annual_to_write(request, unit, year, permission=self.permission)
        if request.method in ("GET", "HEAD") and self.annual.report.state is not State.DRAFT:
            messages.info(request, _("The text stands still: the report is no draft any more."))
            return redirect("report-preview", unit, year)
        return super().dispatch(request, **kwargs)

    def address_after(self, row) -> str:
        """Back to the same place of the desk."""
        return self.request.path

    def to(self, name: str, *more) -> str:
        """The address called ``name`` below this report."""
        return reverse(name, args=[self.unit.code, self.annual.year.year, *more])

    def page_context(self) -> dict:
        """Outline, preview, and who else is at work here."""
        user, now = self.request.user, timezone.now()
        return {
            **of_year(self.annual),
            "preview": preview_of(self.annual),
            "others": writers_beside(user, self.request.path, unit=self.unit, now=now),
            "adding": isinstance(self, NewSection),
            "at_head": isinstance(self, EditHead),
        }


class _SectionPage(DeskPage):
    model = Section

    def page_context(self) -> dict:
        """With the words of the figures that stand in the text, for the chips of the editor."""
        section = self.section
        texts = [section.heading, section.body, self.request.POST.get("body", "")]
        return {
            **super().page_context(),
            "chips": token_words(texts, self.annual.figures),
            "current": section.pk,
        }


class EditSection(_SectionPage):
    """A stored section."""

    def find_row(self) -> Section:
        """The section, read afresh."""
        self.section = get_object_or_404(self.annual.report.sections, pk=self.kwargs["pk"])
        return self.section

    def make_parts(self, data=None, files=None) -> dict[str, SectionForm]:
        """One form; with ``?version=`` it begins with an earlier text, which is not saved yet."""
        return {"form": SectionForm(data, instance=self.section, initial=self._earlier())}

    def _earlier(self) -> dict:
        asked = self.request.GET.get("version", "")
        if not asked.isdecimal():
            return {}
        version = self.section.history.filter(history_id=asked).first()
        if version is None:
            return {}
        messages.info(
            self.request, _("This is the earlier text. Save, if it is to stand again from now on.")
        )
        return {name: getattr(version, name) for name in SectionForm.Meta.fields}

    def save(self, parts) -> Section:
        """Store the section."""
        row = parts["form"].save()
        messages.success(self.request, _("Saved."))
        return row


class NewSection(_SectionPage):
    """A section to come behind the one that ``?after=`` names, or first of all."""

    permission = "reports.add_section"

    def find_row(self) -> None:
        """None: it is a new one."""
        asked = self.request.POST.get("after") or self.request.GET.get("after", "")
        keys = {str(each.pk): each for each in self.annual.sections}
        self.after = keys.get(asked)
        level = self.after.level if self.after else 1
        self.section = Section(unit=self.unit, report=self.annual.report, level=level, position=1)

    def make_parts(self, data=None, files=None) -> dict[str, SectionForm]:
        """One empty form."""
        return {"form": SectionForm(data, instance=self.section)}

    def save(self, parts) -> Section:
        """Store it at its place."""
        row = parts["form"].save(commit=False)
        put_in(row, after=self.after)
        messages.success(self.request, _("Saved."))
        return row

    def address_after(self, row) -> str:
        """To the new section."""
        return self.to("report-section", row.pk)

    def page_context(self) -> dict:
        """With the place of the section."""
        return {**super().page_context(), "after": self.after.pk if self.after else ""}


class EditHead(DeskPage):
    """Title, subtitle, name of the document, signatory and date."""

    model = Report
    permission = "reports.change_report"

    def find_row(self) -> Report:
        """The report, read afresh."""
        self.annual.report = get_object_or_404(Report, unit=self.unit, pk=self.annual.report.pk)
        return self.annual.report

    def make_parts(self, data=None, files=None) -> dict[str, HeadForm]:
        """One form."""
        return {"form": HeadForm(data, instance=self.annual.report)}

    def save(self, parts) -> Report:
        """Store the report's head."""
        row = parts["form"].save()
        messages.success(self.request, _("Saved."))
        return row

    def page_context(self) -> dict:
        """No chips in titles: their tokens stay as they are written."""
        return {**super().page_context(), "chips": {}, "current": None}
