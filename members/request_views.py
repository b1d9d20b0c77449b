"""The page on which is recorded what somebody asks for; sent twice, it records one request."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from members.models import CorrectionRequest, Member
from members.personal_forms import RequestForm
from units.careful_page import CarefulPage
from units.roles import Right


class NewRequest(CarefulPage):
    """A request of one person, in a unit where the asker sees contacts; 404 for anybody else's."""

    template_name = "members/request.html"
    model = CorrectionRequest

    def dispatch(self, request, pk: int) -> HttpResponse:
        """Find the person first."""
        units = request.user.keys_of_units_with(Right.SEE_CONTACT)
        people = Member.objects.filter(unit__in=units).select_related("unit")
        self.member = get_object_or_404(people, pk=pk)
        return super().dispatch(request, pk=pk)

    def find_row(self) -> None:
        """None: the page is for a new one."""
        return

    def make_parts(self, data=None, files=None) -> dict[str, RequestForm]:
        """The one form, with today as the day of asking."""
        row = CorrectionRequest(unit=self.member.unit, member=self.member)
        initial = {"asked_on": timezone.localdate()}
        return {"form": RequestForm(data, instance=row, initial=initial)}

    def save(self, parts: dict[str, RequestForm]) -> CorrectionRequest:
        """Store it, and say so."""
        row = parts["form"].save()
        messages.success(self.request, _("Saved."))
        return row

    def address_after(self, row: CorrectionRequest) -> str:
        """The open requests."""
        return reverse("person-requests")

    def page_context(self) -> dict:
        """Whose request it is."""
        return {"member": self.member, "heading": _("New request")}
