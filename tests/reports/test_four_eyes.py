"""Four eyes: who edited last or handed in does not sign (check 16)."""

import pytest

from reports.models import Report, Section
from reports.models.step import obstacle_to
from reports.states import Deed
from tests import factories
from units.acting import Act, acting
from units.models import UnitYear
from units.roles import Role


@pytest.fixture
def report(in_scope, cast):
    """A draft that can be handed in: the clerk's text, the clerk's head counts."""
    with acting(Act(user=cast.clerk)):
        factories.unit_year(in_scope)
        row = factories.report(in_scope)
        factories.section(row)
    return row


def may_sign(report, user) -> str:
    return obstacle_to(Deed.SIGN, Report.objects.get(pk=report.pk), user)


def test_who_edited_the_text_last_does_not_sign(report, cast, in_scope):
    """Check 16, four eyes."""
    second = factories.user(Role.SECRETARY, unit=in_scope)
    section = report.sections.get()
    with acting(Act(user=cast.secretary)):
        section.heading = "队伍"
        section.save()
    factories.handed_in(report, cast.clerk)
    assert may_sign(report, cast.secretary) == (
        "正文最后由您修改：请本单位其他人通读并保存一次，或由另一位书记签发。"
    )
    assert may_sign(report, second) == ""


@pytest.mark.parametrize("change", ["head", "taken out", "new", "bulk"])
def test_every_change_of_the_text_is_an_edit(report, cast, change):
    """Check 16: also of the report's head, and sections that are new or gone."""
    section = report.sections.get()
    with acting(Act(user=cast.secretary)):
        if change == "head":
            report.subtitle = "二〇一七年"
            report.save()
        elif change == "taken out":
            section.delete()
        elif change == "new":
            factories.section(report, 2)
        else:
            Section.objects.filter(pk=section.pk).update(heading="队伍")
    factories.handed_in(report, cast.clerk)
    assert "正文最后由您修改" in may_sign(report, cast.secretary)


def test_who_looked_through_it_after_somebody_is_its_last_editor(report, cast):
    """Check 16: saving it again is answering for it."""
    with acting(Act(user=cast.secretary)):
        report.subtitle = "二〇一七年"
        report.save()
    with acting(Act(user=cast.clerk)):
        report.save()
    factories.handed_in(report, cast.clerk)
    assert may_sign(report, cast.secretary) == ""


def test_who_stated_the_years_numbers_last_does_not_sign(report, cast):
    """Check 16: no list stands behind a head count, so it takes a second pair of eyes."""
    with acting(Act(user=cast.secretary)):
        facts = UnitYear.objects.get()
        facts.staff_total = 106
        facts.save()
    factories.handed_in(report, cast.clerk)
    assert "教职工人数等最后由您填写" in may_sign(report, cast.secretary)


def test_who_handed_it_in_does_not_sign(report, cast, in_scope):
    """Check 16."""
    second = factories.user(Role.SECRETARY, unit=in_scope)
    factories.handed_in(report, cast.secretary)
    assert may_sign(report, cast.secretary) == "总结由您提交，须由另一位书记签发。"
    assert may_sign(report, second) == ""


def test_text_from_a_command_has_two_people_all_the_same(in_scope, cast):
    """Loaded by nobody, handed in by one, signed by another."""
    factories.unit_year(in_scope)
    report = factories.handed_in(factories.report(in_scope), cast.clerk)
    assert may_sign(report, cast.secretary) == ""
