"""Suggestions and replies: who signed, and the day of the first answer."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from consultations.models import Consultation, Reply, Suggestion
from tests import factories


def refusal(make, *args, **fields) -> list[str]:
    """The fields of which ``make`` refuses the row."""
    with pytest.raises(ValidationError) as refused:
        make(*args, **fields)
    return list(refused.value.message_dict)


def answered_on(*days) -> list[int]:
    """How many suggestions had a reply by the end of each day."""
    return [Suggestion.objects.answered(by=day).count() for day in days]


def test_answered_on_the_day_of_the_reply(in_scope):
    factories.reply(factories.suggestion(in_scope), replied_on=date(2017, 4, 10))
    days = [date(2017, 4, 9), date(2017, 4, 10), date(2017, 4, 11)]
    assert answered_on(*days) == [0, 1, 1]


def test_fed_back_on_the_day_it_was_told(in_scope):
    factories.told(factories.suggestion(in_scope), date(2017, 4, 10))
    factories.suggestion(in_scope)
    days = [date(2017, 4, 9), date(2017, 4, 10), date(2017, 4, 11)]
    found = [Suggestion.objects.fed_back(by=day).count() for day in days]
    assert found == [0, 1, 1]


def test_probe_13_answer_edited_later_keeps_the_day_of_the_first(in_scope):
    row = factories.suggestion(in_scope)
    first = factories.reply(row, replied_on=date(2017, 4, 10))
    first.wording = "已列入下学期安排，并已落实。"
    first.full_clean()
    first.save()
    factories.reply(row, replied_on=date(2018, 3, 1), wording="补充答复。")
    assert answered_on(date(2017, 4, 9), date(2017, 4, 10)) == [0, 1]
    assert [reply.replied_on for reply in row.replies.all()] == [
        date(2017, 4, 10),
        date(2018, 3, 1),
    ]


def test_nothing_happens_before_it_was_made(in_scope):
    row = factories.suggestion(in_scope, registered_on=date(2017, 3, 15))
    assert refusal(factories.told, row, date(2017, 3, 14)) == ["on"]
    assert refusal(factories.reply, row, replied_on=date(2017, 3, 14)) == ["replied_on"]
    assert factories.told(row, date(2017, 3, 15)).on == date(2017, 3, 15)


def test_the_day_of_a_reply_stays_and_no_reply_goes(in_scope):
    given = factories.reply(factories.suggestion(in_scope), replied_on=date(2017, 4, 10))
    given.replied_on = date(2017, 4, 1)
    for change in (given.full_clean, given.save, given.delete, Reply.objects.all().delete):
        with pytest.raises(ValidationError):
            change()
    assert Reply.objects.get().replied_on == date(2017, 4, 10)


def test_number_twice_is_refused_within_a_unit_and_year_only(school, other_school):
    factories.suggestion(school, number=1)
    factories.suggestion(school, number=1, year=2018)
    factories.suggestion(other_school, number=1)
    assert refusal(factories.suggestion, school, number=1) == ["__all__"]


def test_organisation_signs_if_and_only_if_it_is_named(in_scope):
    branch = factories.organisation(in_scope, party=factories.party())
    signature = Suggestion.Signature.ORGANISATION
    row = factories.suggestion(in_scope, signature=signature, organisation=branch)
    assert row.organisation == branch
    assert refusal(factories.suggestion, in_scope, signature=signature) == ["__all__"]
    assert refusal(factories.suggestion, in_scope, organisation=branch) == ["__all__"]


def test_consultations_are_the_activities_of_their_kinds(in_scope):
    factories.activity(in_scope)
    symposium = factories.consultation(in_scope)
    assert [row.pk for row in Consultation.objects.all()] == [symposium.pk]
