"""The aid ledger's rows: money or goods, codes and no names."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from activities.models import Activity, AidRound, Gift, GiftDonor, Recipient
from tests import factories
from units.dates import Period

YEAR = Period(date(2017, 1, 1), date(2017, 12, 31))


def refusal(make, *args, **fields) -> list[str]:
    """The fields of which ``make`` refuses the row."""
    with pytest.raises(ValidationError) as refused:
        make(*args, **fields)
    return list(refused.value.message_dict)


@pytest.mark.parametrize(
    ("day", "number"),
    [
        (date(2016, 12, 31), 0),
        (date(2017, 1, 1), 1),
        (date(2017, 12, 31), 1),
        (date(2018, 1, 1), 0),
    ],
)
def test_rounds_at_the_borders_of_the_year(in_scope, day, number):
    factories.aid_round(in_scope, opened_on=day)
    assert AidRound.objects.during(YEAR).count() == number


def test_ceremony_of_another_kind_is_refused(in_scope):
    visit = factories.activity(in_scope, kind=Activity.Kind.VISIT)
    assert refusal(factories.aid_round, in_scope, ceremony=visit) == ["ceremony"]


@pytest.mark.parametrize("amount", ["0", "-1", None])
def test_gift_of_money_without_an_amount_above_zero_is_refused(in_scope, amount):
    aid = factories.aid_round(in_scope)
    with pytest.raises(ValidationError):
        factories.gift(aid, amount)


def test_gift_of_one_cent(in_scope):
    assert factories.gift(factories.aid_round(in_scope), "0.01").amount == Decimal("0.01")


def test_gift_with_parts_of_a_cent_is_refused(in_scope):
    aid = factories.aid_round(in_scope)
    assert refusal(factories.gift, aid, "0.015") == ["amount"]


def test_gift_of_goods_has_no_amount(in_scope):
    aid = factories.aid_round(in_scope)
    goods = {"kind": Gift.Kind.GOODS, "goods": "书包20个"}
    assert str(factories.gift(aid, None, **goods)).endswith("书包20个")
    assert refusal(factories.gift, aid, "100", **goods) == ["__all__"]
    assert refusal(factories.gift, aid, None, kind=Gift.Kind.GOODS) == ["__all__"]


def test_giver_is_one_of_person_organisation_party(in_scope):
    gift = factories.gift(factories.aid_round(in_scope))
    both = GiftDonor(
        unit=in_scope,
        gift=gift,
        party=factories.party(),
        organisation=factories.organisation(in_scope),
    )
    with pytest.raises(ValidationError):
        both.full_clean()
    with pytest.raises(ValidationError):
        GiftDonor(unit=in_scope, gift=gift).full_clean()


@pytest.mark.parametrize("code", ["受助学生1", "受助学生0001", "受助人12", "受助单位03"])
def test_recipient_by_code(in_scope, code):
    assert factories.recipient(in_scope, code).code == code


@pytest.mark.parametrize("code", ["王小明", "受助学生", "受助学生12345", "学生01", "受助学生01王"])
def test_recipient_by_name_is_refused(in_scope, code):
    """Check 56."""
    assert refusal(factories.recipient, in_scope, code) == ["code"]


def test_recipient_has_no_field_for_a_name():
    """Check 56."""
    names = {field.name for field in Recipient._meta.concrete_fields}
    assert names & {"name", "note", "remark", "born_on", "address", "phone"} == set()


def test_grant_of_nothing_is_refused(in_scope):
    aid, student = factories.aid_round(in_scope), factories.recipient(in_scope)
    assert "amount" in refusal(factories.grant, aid, student, "0")


def test_grant_out_of_a_gift_of_another_round_is_refused(in_scope):
    gift = factories.gift(factories.aid_round(in_scope))
    other, student = factories.aid_round(in_scope), factories.recipient(in_scope)
    assert refusal(factories.grant, other, student, gift=gift) == ["gift"]


def test_grant_to_a_recipient_of_another_unit_is_refused(school, other_school):
    aid, stranger = factories.aid_round(school), factories.recipient(other_school)
    assert refusal(factories.grant, aid, stranger) == ["recipient"]
