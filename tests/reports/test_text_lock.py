"""The text of a report stands still once it is handed in, through every door."""

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction

from reports.models import Report, Section
from reports.signing import take_up
from reports.states import State
from tests import factories
from tests.reports.test_signing import NOW, brought_to


@pytest.fixture
def report(in_scope):
    """A draft that can be handed in."""
    factories.unit_year(in_scope)
    row = factories.report(in_scope)
    factories.section(row, body="共有党派成员{members_total}。")
    return row


CHANGES = {
    "head": lambda report: _with(report, title="别的").save(),
    "head, one field": lambda report: _with(report, title="别的").save(update_fields=["title"]),
    "year": lambda report: _with(report, year=2019).save(),
    "all heads": lambda report: Report.objects.update(title="别的"),
    "section": lambda report: _with(report.sections.get(), body="别的").save(),
    "sections": lambda report: report.sections.update(body="别的"),
    "bulk": lambda report: Section.objects.bulk_update(
        [_with(report.sections.get(), body="别的")], ["body"]
    ),
    "new section": lambda report: factories.section(report, 2),
    "new sections": lambda report: Section.objects.bulk_create(
        [Section(unit=report.unit, report=report, position=2)]
    ),
    "section out": lambda report: report.sections.get().delete(),
    "sections out": lambda report: report.sections.all().delete(),
    "section away": lambda report: _with(report.sections.get(), report=_other(report)).save(),
    "deceived": lambda report: _with(report.sections.get(), report=_other(report)).delete(),
    "section in": lambda report: _with(_other(report, section=True), report=report).save(),
    "gone": lambda report: report.delete(),
    "all gone": lambda report: Report.objects.all().delete(),
}


def _with(row, **values):
    for name, value in values.items():
        setattr(row, name, value)
    return row


def _other(report, *, section=False):
    other = Report.objects.exclude(pk=report.pk).first() or factories.report(report.unit, 2016)
    return factories.section(other) if section else other


@pytest.mark.parametrize("state", [State.SUBMITTED, State.RETURNED, State.SIGNED])
def test_text_stands_still_unless_it_is_a_draft(report, cast, state):
    """Check 19: signed is read-only through every door, and so is what is being looked at."""
    brought_to(state, report, cast)
    before = _words(report)
    changed = []
    for name, change in CHANGES.items():
        with transaction.atomic():
            try:
                with transaction.atomic():
                    change(Report.objects.get(pk=report.pk))
            except (ValidationError, DatabaseError):
                continue
            finally:
                transaction.set_rollback(True)
            changed.append(name)
    assert (changed, _words(report)) == ([], before)


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_text_of_a_draft_changes_by_the_same_ways(report, change):
    """Without this, ways that change nothing would pass the test above."""
    before = _words(report)
    change(report)
    assert _words(report) != before


def _words(report) -> list:
    heads = Report.objects.filter(pk=report.pk).values_list("title", "year")
    sections = Section.objects.filter(report=report.pk).values_list("position", "body")
    return [*heads, *sections]


def test_returned_text_opens_when_it_is_taken_up(report, cast):
    row = brought_to(State.RETURNED, report, cast)
    take_up(row, by=cast.clerk, moment=NOW)
    _with(row.sections.get(), body="别的").save()


def test_refusal_says_what_can_be_done(report, cast):
    row = brought_to(State.SUBMITTED, report, cast)
    with pytest.raises(ValidationError) as refusal:
        _with(row.sections.get(), body="别的").full_clean()
    assert refusal.value.messages == [
        "总结已提交，审阅期间正文不能修改。没有保存任何内容。确需修改的，请书记退回。"
    ]
