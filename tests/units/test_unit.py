"""The tree of units, and what a unit's year covers."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django_scopes import scope

from tests import factories
from units.dates import Period
from units.models import Unit

# --- the tree ---


def test_path_names_every_unit_from_the_root(school):
    assert school.path == "putuo/putuo-jy/"
    assert str(school) == "普陀区教育学院"


def test_path_of_children_follows_a_new_code(district, school):
    district.code = "pt"
    district.save()
    school.refresh_from_db()
    assert school.path == "pt/putuo-jy/"


def test_subtree_parents_first(district, school, other_school):
    factories.unit(code="putuo-2", name="另一个区")
    assert list(district.subtree()) == [district, other_school, school]


def test_subtree_of_a_code_that_begins_another(school):
    factories.unit(code="putuo-jy-east", name="东部", parent=school.parent)
    assert list(school.subtree()) == [school]


def test_unit_below_itself_is_refused(district, school):
    district.parent = school
    with pytest.raises(ValidationError) as refused:
        district.full_clean()
    assert list(refused.value.message_dict) == ["parent"]


@pytest.mark.parametrize("code", ["Putuo", "pu tuo", "普陀", "pu_tuo", "pu/tuo", ""])
def test_unit_code_other_than_small_letters_digits_hyphens(db, code):
    with pytest.raises(ValidationError) as refused:
        Unit(code=code, name="学校", short_name="学校").full_clean(exclude=["path"])
    assert list(refused.value.message_dict) == ["code"]


# --- a unit's year ---


def test_reporting_year_with_nothing_stored(in_scope):
    year = in_scope.reporting_year(2017)
    assert year.period == Period(date(2017, 1, 1), date(2017, 12, 31))
    assert year.facts is None


def test_reporting_year_with_its_own_row(in_scope):
    row = factories.unit_year(in_scope)
    year = in_scope.reporting_year(2017)
    assert (year.first, year.last, year.facts) == (date(2017, 1, 1), date(2017, 12, 31), row)


def test_reporting_year_that_closes_in_october(in_scope):
    factories.unit_year(in_scope, 2017, closes_on=date(2017, 10, 31))
    # One year before the end, where the year before is not stored.
    period = in_scope.reporting_year(2017).period
    assert period == Period(date(2016, 11, 1), date(2017, 10, 31))


def test_reporting_year_begins_after_the_year_before_closed(in_scope):
    factories.unit_year(in_scope, 2016, closes_on=date(2016, 10, 31))
    factories.unit_year(in_scope, 2017, closes_on=date(2017, 12, 31))
    # No day belongs to two years and none to no year: 2017 has 14 months.
    period = in_scope.reporting_year(2017).period
    assert period == Period(date(2016, 11, 1), date(2017, 12, 31))


def test_reporting_year_closing_on_29_february(in_scope):
    factories.unit_year(in_scope, 2016, closes_on=date(2016, 2, 29))
    period = in_scope.reporting_year(2016).period
    assert period == Period(date(2015, 3, 1), date(2016, 2, 29))


def test_reporting_year_takes_no_row_of_another_unit(school, other_school):
    factories.unit_year(other_school, closes_on=date(2017, 10, 31))
    with scope(unit=[school.pk, other_school.pk]):
        year = school.reporting_year(2017)
    assert (year.last, year.facts) == (date(2017, 12, 31), None)


def test_unit_year_twice_is_refused(in_scope):
    factories.unit_year(in_scope)
    with pytest.raises(ValidationError):
        factories.unit_year(in_scope)


def test_unit_year_closing_outside_the_year_is_refused(in_scope):
    with pytest.raises(ValidationError) as refused:
        factories.unit_year(in_scope, 2017, closes_on=date(2018, 1, 1))
    assert list(refused.value.message_dict) == ["closes_on"]


def test_unit_year_with_as_many_teachers_as_staff(in_scope):
    row = factories.unit_year(in_scope, staff_total=57, full_time_teachers=57)
    assert row.pk is not None


def test_unit_year_with_more_teachers_than_staff_is_refused(in_scope):
    with pytest.raises(ValidationError):
        factories.unit_year(in_scope, staff_total=56, full_time_teachers=57)


def test_unit_year_without_head_counts(in_scope):
    row = factories.unit_year(in_scope, staff_total=None, full_time_teachers=None)
    assert (row.staff_total, row.full_time_teachers) == (None, None)


def test_department_twice_is_refused_within_a_unit_only(school, other_school):
    factories.department(school, "教研室")
    factories.department(other_school, "教研室")
    with pytest.raises(ValidationError):
        factories.department(school, "教研室")
