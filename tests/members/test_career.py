"""Employments, posts, titles, schooling and honours: what each row may say."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from members.codes import LEVEL_OF_TITLE, SENIOR_LEVELS, EducationLevel, TitleLevel
from members.models import Appointment, Employment
from tests import factories

DAY = date(2017, 6, 15)


def refusal(make, *args, **fields) -> list[str]:
    """The fields of which ``make`` refuses the row."""
    with pytest.raises(ValidationError) as refused:
        make(*args, **fields)
    return list(refused.value.message_dict)


# --- employment ---


def test_employment_during_another_is_refused(in_scope):
    person = factories.member(in_scope)
    assert refusal(factories.employment, person, started_on=DAY) == ["__all__"]


def test_employment_from_the_day_another_ended(in_scope):
    person = factories.person(in_scope)
    factories.employment(person, ended_on=DAY)
    factories.employment(person, started_on=DAY, status=Employment.Status.RETIRED)
    assert [row.status for row in Employment.objects.on(DAY)] == ["retired"]


@pytest.mark.parametrize("status", ["retired", "retired_veteran"])
def test_employment_of_a_retired_full_time_teacher_is_refused(in_scope, status):
    person = factories.person(in_scope)
    fields = {"status": status, "full_time_teacher": True}
    assert refusal(factories.employment, person, **fields) == ["__all__"]


def test_employment_in_a_department_of_another_unit_is_refused(school, other_school):
    person = factories.person(school)
    department = factories.department(other_school)
    assert refusal(factories.employment, person, department=department) == ["department"]


# --- posts ---


def test_post_in_a_body_outside(in_scope):
    assert str(factories.appointment(factories.person(in_scope), "主委")) == "民盟区委主委"


def test_post_in_an_organisation_of_the_unit(in_scope):
    branch = factories.organisation(in_scope, "总支")
    post = factories.appointment(
        factories.person(in_scope), "书记", kind="cpc", level="unit", organisation=branch
    )
    assert post.words == "总支书记"


def test_post_in_a_party_without_the_party_is_refused(in_scope):
    fields = {"kind": Appointment.Kind.PARTY, "party": None}
    person = factories.person(in_scope)
    assert refusal(factories.appointment, person, **fields) == ["__all__"]


def test_post_without_body_and_organisation_is_refused(in_scope):
    assert refusal(factories.appointment, factories.person(in_scope), body="") == ["__all__"]


# --- titles ---


def test_titles_with_senior_in_the_name_only():
    middle = {name for name, level in LEVEL_OF_TITLE.items() if level == TitleLevel.MIDDLE}
    assert {name for name in middle if "高级" in name} == {"小学高级教师", "幼儿园高级教师"}
    assert SENIOR_LEVELS == (TitleLevel.SENIOR, TitleLevel.ASSOCIATE_SENIOR)


def test_title_with_a_level_against_its_name_is_refused(in_scope):
    person = factories.person(in_scope)
    fields = {"name": "小学高级教师", "level": TitleLevel.ASSOCIATE_SENIOR}
    assert refusal(factories.title_of, person, **fields) == ["level"]


def test_title_of_an_unknown_name_takes_any_level(in_scope):
    title = factories.title_of(
        factories.person(in_scope), "特级教练", level=TitleLevel.ASSOCIATE_SENIOR
    )
    assert title.level == "associate_senior"


# --- schooling and honours ---


@pytest.mark.parametrize(
    ("precision", "stored"),
    [
        ("day", date(2008, 7, 9)),
        ("month", date(2008, 7, 1)),
        ("year", date(2008, 1, 1)),
    ],
)
def test_schooling_is_stored_with_its_precision(in_scope, precision, stored):
    row = factories.education(
        factories.person(in_scope),
        level=EducationLevel.MASTER,
        completed_on=date(2008, 7, 9),
        completed_precision=precision,
    )
    assert row.completed_on == stored


def test_honour_of_a_person_and_an_organisation_is_refused(in_scope):
    fields = {
        "member": factories.person(in_scope),
        "organisation": factories.organisation(in_scope),
    }
    assert refusal(factories.honour, in_scope, **fields) == ["__all__"]
