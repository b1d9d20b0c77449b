"""Fields in which a person is chosen: found by name, pinyin or initials as one types.

Without scripts they are ordinary lists. ``units/entry.js`` turns every ``<select data-pick>`` into
a picker, and lets an option be found by what stands in its ``data-find``.
"""

from datetime import date

from django import forms
from django.db.models import Exists, OuterRef, QuerySet, Subquery

from members.models import Employment, Member


def choosable(people: QuerySet[Member], *, day: date) -> QuerySet[Member]:
    """``people`` with what tells two of the same name apart: the department on ``day``.

    Give this to a :class:`PersonField` or :class:`PeopleField`; one query, in the order of pinyin.
    """
    alike = Member.objects.filter(unit=OuterRef("unit"), name=OuterRef("name"))
    employed = Employment.objects.on(day).filter(member=OuterRef("pk"))
    return people.annotate(
        has_namesake=Exists(alike.exclude(pk=OuterRef("pk"))),
        department_then=Subquery(employed.values("department__name")[:1]),
    ).order_by("sort_key", "pk")


def told_apart(person: Member) -> str:
    """The name of one of :func:`choosable`; of namesakes with what is known to tell them apart.

    王明（数学教研室，1971，工号0912）.
    """
    if not getattr(person, "has_namesake", False):
        return person.name
    born = str(person.born_on.year) if person.born_on else ""
    known = [person.department_then, born, person.staff_number]
    marks = "，".join(filter(None, known)) or f"#{person.pk}"
    return f"{person.name}（{marks}）"


class _Findable:
    """Mixed into a select: options carry what somebody may type to find them."""

    def __init__(self, attrs=None, **options):
        super().__init__({"data-pick": True, **(attrs or {})}, **options)

    def create_option(self, name, value, *args, **kwargs):
        """As Django's, with the person's pinyin and initials."""
        option = super().create_option(name, value, *args, **kwargs)
        person = getattr(value, "instance", None)
        if person is not None:
            option["attrs"]["data-find"] = person.find_key
        return option


class PersonSelect(_Findable, forms.Select):
    """A picker of one person."""


class PeopleSelect(_Findable, forms.SelectMultiple):
    """A picker of several persons."""


class _OfPeople:
    """Mixed into a field; the form sets ``queryset`` when it is made, in the scope of its unit."""

    def __init__(self, queryset=None, **options):
        super().__init__(queryset, **options)

    def label_from_instance(self, obj: Member) -> str:
        """The name; of namesakes also what tells them apart."""
        return told_apart(obj)


class PersonField(_OfPeople, forms.ModelChoiceField):
    """One person out of ``choosable(…)``."""

    widget = PersonSelect


class PeopleField(_OfPeople, forms.ModelMultipleChoiceField):
    """Several persons out of ``choosable(…)``."""

    widget = PeopleSelect
