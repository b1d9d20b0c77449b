"""Fields in which a person is chosen."""

from datetime import date

import pytest
from django import forms

from members.models import Member
from members.pickers import PeopleField, PersonField, choosable, told_apart
from tests import factories
from tests.factories.rows import saved

DAY = date(2017, 6, 19)


class TalkForm(forms.Form):
    leader = PersonField(required=False)
    friends = PeopleField(required=False)

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.queryset = people


def everybody(unit):
    return choosable(Member.objects.filter(unit=unit), day=DAY)


def test_options_are_in_the_order_of_pinyin_and_found_by_it(in_scope):
    for name in ("徐文清", "曾晓明", "单立"):
        factories.person(in_scope, name)
    shown = str(TalkForm(people=everybody(in_scope))["leader"])
    assert "data-pick" in shown
    places = [shown.index(name) for name in ("单立", "徐文清", "曾晓明")]
    assert places == sorted(places)
    assert 'data-find="zengxiaoming zxm cxm cengxiaoming"' in shown
    assert shown.count("data-find") == 3  # the empty choice has nothing to find


def test_both_fields_clean_to_people(in_scope):
    first, second = (factories.person(in_scope, name) for name in ("徐文清", "曾晓明"))
    data = {"leader": first.pk, "friends": [first.pk, second.pk]}
    form = TalkForm(data, people=everybody(in_scope))
    assert form.is_valid()
    assert form.cleaned_data["leader"] == first
    assert set(form.cleaned_data["friends"]) == {first, second}


def test_somebody_outside_the_list_is_refused(in_scope, other_school):
    stranger = factories.person(other_school, "徐文清")
    for data in ({"leader": stranger.pk}, {"friends": [stranger.pk]}):
        form = TalkForm(data, people=everybody(in_scope))
        assert list(form.errors) == list(data)


@pytest.mark.parametrize(
    ("known", "label"),
    [
        ({}, "王明（#{pk}）"),
        ({"born_on": date(1971, 3, 1)}, "王明（1971）"),
        ({"staff_number": "0912"}, "王明（0912）"),
        ({"born_on": date(1971, 3, 1), "staff_number": "0912"}, "王明（1971，0912）"),
    ],
)
def test_namesakes_are_told_apart_by_what_is_known(in_scope, known, label):
    person = factories.person(in_scope, "王明", **known)
    factories.person(in_scope, "王明", born_on=date(1965, 1, 1))
    found = everybody(in_scope).get(pk=person.pk)
    assert told_apart(found) == label.format(pk=person.pk)


def test_namesakes_are_told_apart_by_the_department_of_the_day(in_scope):
    person = factories.person(in_scope, "王明")
    factories.person(in_scope, "王明")
    for name, years in (("数学教研室", (2010, 2018)), ("教务处", (2018, None))):
        department = saved(factories.department(in_scope, name))
        start, end = (date(year, 9, 1) if year else None for year in years)
        factories.employment(person, department=department, started_on=start, ended_on=end)
    assert told_apart(everybody(in_scope).get(pk=person.pk)) == "王明（数学教研室）"


def test_name_that_nobody_shares_stands_alone(in_scope, other_school):
    """Whether another unit has somebody of that name is told to nobody."""
    person = factories.person(in_scope, "王明", born_on=date(1971, 3, 1))
    factories.person(other_school, "王明")
    assert told_apart(everybody(in_scope).get(pk=person.pk)) == "王明"


def test_list_costs_one_query_however_long(in_scope, django_assert_num_queries):
    for _number in range(3):
        factories.member(in_scope, "王明", department=factories.department(in_scope))
    form = TalkForm(people=everybody(in_scope))
    with django_assert_num_queries(1):
        assert str(form["leader"]).count("王明（第") == 3
