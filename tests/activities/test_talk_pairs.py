"""Two people are a pair once on a day: said by the model, and held by the database."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from activities.models import TalkPair
from tests import factories

BORDER = date(2017, 7, 1)


@pytest.fixture
def two(in_scope):
    """A leader and a colleague."""
    return {"leader": factories.person(in_scope), "friend": factories.person(in_scope)}


def pair(unit, two, **dates) -> TalkPair:
    return TalkPair(unit=unit, **two, **dates)


def test_pair_again_from_the_day_the_first_ended(in_scope, two):
    pair(in_scope, two, ended_on=BORDER).save()
    again = pair(in_scope, two, started_on=BORDER)
    again.full_clean()
    again.save()
    assert list(TalkPair.objects.on(BORDER)) == [again]


@pytest.mark.parametrize("deed", ["full_clean", "save"])
def test_pair_twice_on_a_day_is_refused(in_scope, two, deed):
    pair(in_scope, two, ended_on=BORDER).save()
    with pytest.raises(ValidationError) as refused, transaction.atomic():
        getattr(pair(in_scope, two, started_on=date(2017, 6, 30)), deed)()
    assert refused.value.messages == [str(TalkPair.NO_OVERLAP.message)]


def test_pair_twice_on_a_day_is_refused_by_the_database(in_scope, two):
    pair(in_scope, two, ended_on=BORDER).save()
    rows = [pair(in_scope, two, started_on=date(2017, 6, 30))]
    with (
        pytest.raises(IntegrityError, match="activities_talkpair_no_overlap"),
        transaction.atomic(),
    ):
        TalkPair.objects.bulk_create(rows)


def test_pair_the_other_way_round_is_another(in_scope, two):
    pair(in_scope, two).save()
    pair(in_scope, {"leader": two["friend"], "friend": two["leader"]}).save()
    assert TalkPair.objects.count() == 2
