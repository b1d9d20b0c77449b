"""The page on which somebody new comes into the unit's records."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from members.arrival_forms import ArrivalForm
from members.models import Member
from members.pickers import told_apart
from members.pinyin import initials_of, syllables
from units.careful_page import CarefulPage
from units.desk import unit_to_keep


class ArrivalPage(CarefulPage):
    """A new person. How the name is read, and who else is read so, stands there as one types."""

    model = Member
    template_name = "members/arrival.html"

    def find_row(self) -> None:
        """Nobody: the page makes somebody."""
        self.unit = unit_to_keep(self.request, self.kwargs["unit"], "members.add_member")

    def make_parts(self, data=None, files=None) -> dict:
        """The one form."""
        return {"form": ArrivalForm(data, unit=self.unit, today=timezone.localdate())}

    def save(self, parts) -> Member:
        """The person with the first rows."""
        person = parts["form"].save()
        messages.success(self.request, _("%(name)s is on record now.") % {"name": person})
        return person

    def address_after(self, row: Member) -> str:
        """The person's page."""
        return reverse("person", args=[self.unit.code, row.pk])

    def page_context(self) -> dict:
        """Whose records they come into."""
        return {"unit": self.unit}

    def post(self, request: HttpRequest, **kwargs) -> HttpResponse:
        """Store the person; asked by htmx while somebody types, only tell about the name."""
        if request.htmx:
            return self._about_the_name()
        return super().post(request, **kwargs)

    def _about_the_name(self) -> HttpResponse:
        self.find_row()
        form = self.make_parts(self.request.POST)["form"]
        name = self.request.POST.get("name", "").strip()[
            : Member._meta.get_field("name").max_length
        ]
        context = {
            "read": " ".join(syllables(name)),
            "initials": initials_of(name),
            "alike": [(told_apart(each), self.address_after(each)) for each in form.alike],
        }
        return render(self.request, "members/_name.html", context)
