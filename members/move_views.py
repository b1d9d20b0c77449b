"""Pages of what changes in a colleague's life: each asks for one deed of ``members.moves``."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from members import begin_forms, move_forms
from members.models import Appointment, Employment, Member, Membership, Title
from units.careful_page import CarefulPage
from units.dates import DatedRow
from units.desk import unit_to_keep
from units.models import Unit


class MovePage(CarefulPage):
    """One deed about one person. What it will do stands on the page in words, and again once done.

    A page about one of the person's rows (``row_model``) has the key of that row in its address;
    the others have the person's.
    """

    template_name = "members/move.html"
    heading = ""
    explanation = ""
    form_class: type
    row_model: type[DatedRow] | None = None
    unit: Unit
    person: Member
    about: DatedRow | None = None

    def find_row(self) -> None:
        """Nothing: a deed adds. Finds the person, and the row that the deed is about."""
        permission = f"members.change_{self.model._meta.model_name}"
        self.unit = unit_to_keep(self.request, self.kwargs["unit"], permission)
        kind = self.row_model or Member
        found = get_object_or_404(kind.objects.filter(unit=self.unit), pk=self.kwargs["pk"])
        self.about, self.person = (found, found.member) if self.row_model else (None, found)

    def make_parts(self, data=None, files=None) -> dict:
        """The one form."""
        about = {"person": self.person, "about": self.about, "today": timezone.localdate()}
        return {"form": self.form_class(data, **about, **self.form_options())}

    def form_options(self) -> dict:
        """What else the form asks for."""
        return {}

    def check_together(self, parts):
        """Plan the deed; what stands against it is said on the form."""
        try:
            self.planned = parts["form"].move()
        except ValidationError as refused:
            parts["form"].add_error(None, refused)

    def save(self, parts) -> DatedRow:
        """Do it as planned."""
        row = self.planned.carry_out()
        messages.success(self.request, " ".join(self.planned.words()))
        return row

    def address_after(self, row: DatedRow) -> str:
        """The person's page."""
        return reverse("person", args=[self.unit.code, self.person.pk])

    def page_context(self) -> dict:
        """Who it is about, and what the deed means."""
        return {
            "unit": self.unit,
            "person": self.person,
            "about": self.about,
            "heading": self.heading,
            "explanation": self.explanation,
        }

    def post(self, request: HttpRequest, **kwargs) -> HttpResponse:
        """Do it; asked by htmx while somebody types, only say what would be done."""
        if request.htmx:
            return self._foretold()
        return super().post(request, **kwargs)

    def _foretold(self) -> HttpResponse:
        self.find_row()
        form = self.make_parts(self.request.POST)["form"]
        context = _foretold_by(form) if form.is_valid() else {}
        return render(self.request, "members/_foretold.html", context)


def _foretold_by(form) -> dict[str, list[str]]:
    """What the filled-in form would do in words, or what stands against it."""
    try:
        return {"words": form.move().words()}
    except ValidationError as refused:
        return {"refusals": refused.messages}


class LeavePage(MovePage):
    """调出: the employment ends; posts are asked about."""

    model, form_class = Employment, move_forms.LeaveForm
    heading = _("Leaves the unit")
    explanation = _(
        "For somebody who goes to another place of work. Party membership and titles stay on "
        "record; without an employment here nobody is counted."
    )

    def form_options(self) -> dict:
        """The other units into whose records the asker may take the person along."""
        kept = self.request.user.keys_of_units_with("members.add_member") - {self.unit.pk}
        return {"elsewhere": Unit.objects.filter(pk__in=kept)}


class RetirePage(MovePage):
    """退休、离休: one employment ends, the next begins."""

    model, form_class = Employment, move_forms.RetireForm
    heading = _("Retires")
    explanation = _(
        "The time in service ends and retirement begins on the same day. Party membership goes on: "
        "retired members count as members, and not as in service."
    )


class ReturnPage(MovePage):
    """Somebody is here again."""

    model, form_class = Employment, begin_forms.ReturnForm
    heading = _("Comes back")
    explanation = _(
        "For somebody who left and works here again, and for somebody employed again after "
        "retiring (返聘)."
    )


class PostPage(MovePage):
    """任职."""

    model, form_class = Appointment, begin_forms.PostForm
    heading = _("New post")
    explanation = _("In a party organisation, in the unit, in a congress or conference.")


class EndPostPage(MovePage):
    """免职."""

    model, row_model, form_class = Appointment, Appointment, move_forms.EndPostForm
    heading = _("End of a post")


class TitlePage(MovePage):
    """职称."""

    model, form_class = Title, begin_forms.TitleForm
    heading = _("New title")
    explanation = _("Earlier titles stay on record; the latest is the one that counts.")


class JoinPage(MovePage):
    """入党派."""

    model, form_class = Membership, begin_forms.JoinForm
    heading = _("Joins a democratic party")
    explanation = _("Applications in progress and reasons belong to the party, not here.")


class LeavePartyPage(MovePage):
    """退出党派."""

    model, row_model, form_class = Membership, Membership, move_forms.LeavePartyForm
    heading = _("Leaves the party")
    explanation = _("Why belongs to the party and is recorded nowhere.")


class ChangeOrganisationPage(MovePage):
    """组织关系转移."""

    model, row_model, form_class = Membership, Membership, move_forms.ChangeOrganisationForm
    heading = _("Goes to another party organisation")
    explanation = _("The day of joining the party stays what it was.")
