"""What a roster's row says of one person, part by part, against what the records say today.

History is added: who retires ends one employment and begins another, a further title is a further
row. Empty cells say nothing, and nothing is ended because a file does not mention it.
"""

import copy
from collections.abc import Mapping
from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from members.codes import LEVEL_OF_TITLE
from members.import_forms import (
    EducationForm,
    EmploymentForm,
    MemberForm,
    MembershipForm,
    TitleForm,
)
from members.import_posts import read_post, says
from members.import_writing import RowWriter, without_coarser
from members.models import Education, Employment, Member, Membership, Title
from units.imports.plan import Change, PlannedRow, Step
from units.models import Department
from units.row_words import label_of


class PersonParts(RowWriter):
    """Plans all parts of one row about ``person``, who has no key yet if they are new."""

    def __init__(self, planner, row: PlannedRow, person: Member):
        super().__init__(row, person)
        self.planner = planner
        for name in ("memberships", "employments", "titles", "schooling", "posts"):
            if not person.pk:
                setattr(person, f"sheet_{name}", [])

    def plan(self, values: Mapping[str, Mapping[str, object]]):
        """Every part; the person first, to whom the others refer."""
        own = without_coarser(self.person, values.get("member", {}), "born_on", "born_precision")
        self.write(MemberForm(self.person, own), name=f"member:{self.row.number}")
        self._memberships(values.get("membership", {}), values.get("second_membership", {}))
        self._employment(dict(values.get("employment", {})))
        self._title(dict(values.get("title", {})))
        self._education(dict(values.get("education", {})))
        for part in ("party_posts", "unit_posts", "public_posts"):
            self._posts(part, values.get(part, {}).get("words", ()))

    # --- parts ---

    def _memberships(self, first: Mapping, second: Mapping):
        held = {each.party_id: each for each in self.person.sheet_memberships}
        named = {each["party"].pk for each in (first, second) if "party" in each}
        for place, (column, values) in enumerate((("party", first), ("second_party", second))):
            if not values:
                continue
            stored = list(held.values())
            if "party" in values:
                row = held.get(values["party"].pk)
            elif place < len(stored):
                row = stored[place]
            else:
                self.row.fault(column, _("Write the party."))
                continue
            left = [each for each in stored if each.party_id not in named]
            if row is None and left:
                self.row.fault(
                    column,
                    _(
                        "The records say %(party)s. An import ends no membership: end that one on "
                        "the person's page first, or write a second party into its own column."
                    )
                    % {"party": "、".join(each.party.short_name for each in left)},
                )
                continue
            self._membership(row, dict(values), column)

    def _membership(self, row: Membership | None, values: dict, column: str):
        row = row or Membership(unit=self.person.unit, member=self.person)
        if "organisation" in values:
            branch = self.planner.organisations.get(values["organisation"])
            if branch is None:
                known = [
                    each.name
                    for each in self.planner.organisations.values()
                    if each.party_id == getattr(values.get("party"), "pk", row.party_id)
                ]
                self.row.fault(
                    "organisation",
                    _("Expected: one of the organisations entered (%(names)s); enter it first.")
                    % {"names": "、".join(known) or "–"},
                )
                return
            values["organisation"] = branch
            self.row.depends_on(8, branch.pk)
        values = self._without_known_joining(row, values, column)
        second = {"party": "second_party", "started_on": "second_joined"}
        self.write(MembershipForm(row, values), second if column == "second_party" else {})

    def _without_known_joining(self, row: Membership, values: dict, column: str) -> dict:
        """``values`` without a day of joining that an earlier row of this membership holds."""
        names = ("started_on", "started_precision")
        if not row.pk or row.joined_on == row.started_on:
            return without_coarser(row, values, *names)
        earlier = Membership(started_on=row.joined_on, started_precision=row.joined_precision)
        left = without_coarser(earlier, values, *names)
        if left.get("started_on", row.joined_on) != row.joined_on:
            self.needs(
                "joined" if column == "party" else "second_joined",
                _("The person went on in another organisation: correct the day on their page."),
            )
        return {name: value for name, value in left.items() if name not in names}

    def _employment(self, values: dict):
        stored = self.person.sheet_employments[0] if self.person.sheet_employments else None
        if stored is None and "status" not in values:
            if values or not self.person.pk:
                self.needs("status", _("Write whether the person is in service or retired."))
            return
        if "department" in values:
            values["department"] = self._department(values["department"])
        if stored is None:
            row = Employment(unit=self.person.unit, member=self.person)
            self.write(EmploymentForm(row, values))
            return
        values = without_coarser(stored, values, "started_on", "started_precision")
        differs = {
            name
            for name in ("status", "department", "full_time_teacher")
            if name in values and getattr(stored, name) != values[name]
        }
        since = values.get("started_on")
        later = since and (stored.started_on is None or since > stored.started_on)
        if "status" in differs and not later:
            self.needs("employed_since", _("Write since when it is so: it was otherwise before."))
        elif differs and later:
            self._begin_anew(stored, values, since)
        else:
            self.write(EmploymentForm(stored, values))

    def _begin_anew(self, stored: Employment, values: dict, since: date):
        """End the stored employment on the day on which the next begins."""
        in_service = values.get("status", stored.status) == Employment.Status.IN_SERVICE
        carried = {
            "status": stored.status,
            "department": stored.department,
            "full_time_teacher": stored.full_time_teacher and in_service,
        }
        # Without the person: the stored row, which ends only when this is stored, would be in the
        # way.
        form = EmploymentForm(Employment(unit=self.person.unit), {**carried, **values})
        self._end(stored, since)
        others = Employment.objects.filter(member=self.person).exclude(pk=stored.pk)
        if form.is_valid() and any(form.instance.overlaps(each) for each in others):
            self.needs("employed_since", Employment.NO_OVERLAP.message)
            return
        self.write(form)

    def _end(self, stored: Employment, since: date):
        ended = copy.copy(stored)
        ended.ended_on = since
        try:
            ended.full_clean()
        except ValidationError as error:
            for message in error.messages:
                self.needs("employed_since", message)
            return
        before = stored.ended_on and stored.ended_on.isoformat()
        label = "members.employment"
        values, was = {"ended_on": since.isoformat()}, {"ended_on": before}
        self.row.steps.append(Step(label, stored.pk, values, before=was))
        words = label_of(Employment._meta.get_field("ended_on"))
        self.row.changes.append(Change(f"{stored} {words}", str(before or ""), str(since)))

    def _department(self, name: str) -> Department:
        """The department of that name, or one that will be added."""
        self.row.depends_on(9, name)
        row = self.planner.departments.get(name)
        if row is not None and row.pk:
            return row
        row = Department(unit=self.person.unit, name=name)
        try:
            row.full_clean()
        except ValidationError as error:
            for message in error.messages:
                self.needs("department", message)
        row.new_name = f"department:{name}"
        self.row.steps.append(Step("units.department", None, {"name": name}, row.new_name))
        self.row.changes.append(Change(str(_("New department")), "", name))
        return row

    def _title(self, values: dict):
        stored = self.person.sheet_titles
        if not values:
            return
        if "name" not in values and not stored:
            self.needs("title", _("Write the title."))
            return
        name = values.get("name", stored[0].name if stored else "")
        row = next((each for each in stored if each.name == name), None)
        if row is None:
            row = Title(unit=self.person.unit, member=self.person)
            if "level" not in values and name in LEVEL_OF_TITLE:
                values["level"] = LEVEL_OF_TITLE[name]
            if "level" not in values:
                self.needs("title_level", _("This title is not known: write its level."))
                return
            if stored and not values.get("started_on"):
                self.needs("title_since", _("Write since when: another title is in the records."))
                return
        values = without_coarser(row, values, "started_on", "started_precision")
        self.write(TitleForm(row, values))

    def _education(self, values: dict):
        stored = self.person.sheet_schooling
        if not values:
            return
        if "level" not in values:
            if not any(each.degree == values["degree"] for each in stored):
                self.needs("schooling", _("Write the schooling that the degree belongs to."))
            return
        alike = [each for each in stored if each.level == values["level"]]
        if "degree" in values and any(each.degree == values["degree"] for each in alike):
            return
        if "degree" not in values and alike:
            return
        free = next((each for each in alike if not each.degree), None)
        row = free or Education(unit=self.person.unit, member=self.person)
        self.write(EducationForm(row, values))

    def _posts(self, part: str, words: list[str]):
        for each in words:
            if any(says(post, each, self.person.unit) for post in self.person.sheet_posts):
                continue
            form = read_post(each, part, self.person, self.planner)
            if form is None:
                self.needs(
                    part, _("Write the body and the post, as in 区政协委员 or 民盟区委主委.")
                )
            else:
                self.write(form, dict.fromkeys(("body", "post", "party", "level", "kind"), part))
