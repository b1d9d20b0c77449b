"""Amounts in digits and in capital numerals."""

import re
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from reports.phrases import yuan, yuan_words

amounts = st.integers(0, 10**14 - 1).map(lambda cents: Decimal(cents) / 100)

DIGITS = "零壹贰叁肆伍陆柒捌玖"
PLACES = {"拾": 10, "佰": 100, "仟": 1000}
GROUPS = {"亿": 10**8, "万": 10**4}
COINS = {"角": Decimal("0.1"), "分": Decimal("0.01")}


def amount_of(words):
    """The amount that capital numerals stand for: an own reading, not the writing turned round."""
    whole, yuan_sign, rest = words.rpartition("元")
    amount = Decimal(whole_of(whole)) if yuan_sign else Decimal(0)
    for digit, coin in zip(rest.strip("零整")[::2], rest.strip("零整")[1::2], strict=True):
        amount += DIGITS.index(digit) * COINS[coin]
    return amount


def whole_of(words):
    for group, value in GROUPS.items():
        if group in words:
            above, below = words.split(group)
            return whole_of(above) * value + whole_of(below)
    total, digit = 0, 0
    for character in words:
        if character in PLACES:
            total, digit = total + digit * PLACES[character], 0
        else:
            digit = DIGITS.index(character)
    return total + digit


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        ("0", "0元"),
        ("0.00", "0元"),
        ("0.05", "0.05元"),
        ("0.50", "0.50元"),
        ("1500", "1500元"),
        ("1500.5", "1500.50元"),
        ("6000.00", "6000元"),
        ("6E+3", "6000元"),
        ("1234567.89", "1234567.89元"),
    ],
)
def test_yuan_with_cents_only_where_there_are_some(amount, words):
    assert yuan(Decimal(amount)) == words


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        # The examples of 正确填写票据和结算凭证的基本规定, 四.
        ("1409.50", "壹仟肆佰零玖元伍角"),
        ("6007.14", "陆仟零柒元壹角肆分"),
        ("1680.32", "壹仟陆佰捌拾元叁角贰分"),
        ("107000.53", "壹拾万零柒仟元伍角叁分"),
        ("16409.02", "壹万陆仟肆佰零玖元零贰分"),
        ("325.04", "叁佰贰拾伍元零肆分"),
        # The borders.
        ("0", "零元整"),
        ("0.01", "壹分"),
        ("0.10", "壹角"),
        ("0.11", "壹角壹分"),
        ("1", "壹元整"),
        ("3.50", "叁元伍角"),
        ("10", "壹拾元整"),
        ("10.05", "壹拾元零伍分"),
        ("1500.00", "壹仟伍佰元整"),
        ("6000", "陆仟元整"),
        ("10010", "壹万零壹拾元整"),
        ("100000", "壹拾万元整"),
        ("100000000", "壹亿元整"),
        ("100000001", "壹亿零壹元整"),
        ("100100000", "壹亿零壹拾万元整"),
        ("102000000000", "壹仟零贰拾亿元整"),
        (
            "999999999999.99",
            "玖仟玖佰玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分",
        ),
    ],
)
def test_yuan_words_follow_the_rule(amount, words):
    assert yuan_words(Decimal(amount)) == words


@given(amounts)
@example(Decimal("0.07"))
@example(Decimal("100100000.01"))
def test_yuan_words_any_amount_reads_back(amount):
    assert amount_of(yuan_words(amount)) == amount


@given(amounts)
@example(Decimal("10523.05"))
@example(Decimal("10.50"))
def test_yuan_words_any_amount_ends_and_joins_as_ruled(amount):
    words = yuan_words(amount)
    whole, cents = f"{amount:.2f}".split(".")
    # One 零 for each run of zeros inside the yuan, one for 分 without 角; no yuan at all is 零元.
    runs = re.findall("(?<=[1-9])0+(?=[1-9])", whole)
    lone_fen = whole != "0" and re.fullmatch("0[1-9]", cents)

    assert words.endswith("整") == (cents == "00")
    assert words.count("零") == len(runs) + bool(lone_fen) + (amount == 0)


@pytest.mark.parametrize("word", [yuan, yuan_words])
@pytest.mark.parametrize("wrong", ["-0.01", "0.001", "NaN", "Infinity", "1." + "0" * 40 + "1"])
def test_money_that_is_no_amount_is_refused(word, wrong):
    with pytest.raises(ValueError, match="an amount"):
        word(Decimal(wrong))


@pytest.mark.parametrize("word", [yuan, yuan_words])
@pytest.mark.parametrize("wrong", [1500, 0.1, "6000", None])
def test_money_that_is_no_decimal_is_refused(word, wrong):
    with pytest.raises(TypeError, match="an amount is a Decimal"):
        word(wrong)


def test_yuan_words_beyond_their_range_are_refused():
    with pytest.raises(ValueError, match="no words"):
        yuan_words(Decimal(10) ** 12)
