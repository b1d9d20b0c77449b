"""What this room lets be found: people, and organisations under every name they bore."""

from django.db.models import F, OuterRef
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from members.models import (
    Appointment,
    Education,
    Honour,
    Member,
    Organisation,
    OrganisationName,
    Title,
)
from members.models.member import called
from units.models import Unit, User
from units.search import Around, Found, Searchable, add


def _person_at(found: Found, unit: Unit, user: User) -> str:
    return reverse("person", args=[unit.code, found.key])


def _organisation_at(found: Found, unit: Unit, user: User) -> str:
    """Of a democratic party's, its people; the others have a page for those who keep them."""
    if found.more:
        return reverse("roster", args=[unit.code]) + f"?organisation={found.key}"
    if user.holds_in(unit, "members.change_organisation"):
        return reverse("admin:members_organisation_change", args=[found.key])
    return ""


def _of_person(model, *fields: str) -> Around:
    return Around(fields, lambda: model.objects.filter(member=OuterRef("pk")))


PEOPLE = Searchable(
    key="people",
    name=_("People"),
    rows=lambda: Member.objects.all(),
    head="name",
    texts=("name",),
    around=(
        _of_person(Appointment, "body", "post"),
        _of_person(Title, "name"),
        _of_person(Education, "school"),
        _of_person(Honour, "title", "awarded_by"),
    ),
    also=called,
    order=(F("sort_key").asc(),),
    address=_person_at,
)
ORGANISATIONS = Searchable(
    key="organisations",
    name=_("Organisations"),
    rows=lambda: Organisation.objects.all(),
    head="name",
    more="party",
    texts=("name",),
    around=(
        Around(("name",), lambda: OrganisationName.objects.filter(organisation=OuterRef("pk"))),
        Around(("title", "awarded_by"), lambda: Honour.objects.filter(organisation=OuterRef("pk"))),
    ),
    order=(F("party__order").asc(nulls_first=True), F("position").asc(), F("name").asc()),
    address=_organisation_at,
)


def connect():
    """Let these be found; called once, when the app is ready."""
    add(PEOPLE)
    add(ORGANISATIONS)
