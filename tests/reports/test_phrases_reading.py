"""Numerals read back: whatever the phrases write is read as the number it was."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.phrases import chinese_numeral, digits, measured, yuan, yuan_words
from reports.phrases.numerals import LARGEST_NUMERAL
from reports.phrases.reading import read_numeral, read_yuan

counts = st.integers(0, LARGEST_NUMERAL)
amounts = st.decimals(0, 10**9, places=2)


@given(counts)
def test_numeral_in_words_is_read_as_its_number(number):
    assert read_numeral(chinese_numeral(number)) == number


@given(counts)
def test_count_is_read_as_its_number_in_words_and_in_digits(number):
    assert read_numeral(measured(number, "次").removesuffix("次")) == number
    assert read_numeral(digits(number, "人").removesuffix("人")) == number


@given(amounts)
def test_amount_is_read_to_the_cent_in_digits_and_in_capital_numerals(amount):
    assert read_yuan(yuan(amount)) == amount
    assert read_yuan(yuan_words(amount)) == amount


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("十九", 19),
        ("两", 2),
        ("二十", 20),
        ("一百零五", 105),
        ("两千三百", 2300),
        ("１９", 19),
        ("1,200", 1200),
        ("18.1", Decimal("18.1")),
        ("叁佰", 300),
        ("一亿二千万", 120_000_000),
    ],
)
def test_numeral_typed_by_hand_is_read(words, number):
    assert read_numeral(words) == number


@pytest.mark.parametrize("words", ["", "三四", "二〇一七", "几十", "1,20", "十九大", "v2"])
def test_what_is_no_count_is_not_read(words):
    assert read_numeral(words) is None


@pytest.mark.parametrize(
    ("words", "amount"),
    [
        ("0.6万元", 6000),
        ("陆仟元正", 6000),
        ("6,000.00元", 6000),
        ("三千元", 3000),
        ("伍分", "0.05"),
    ],
)
def test_amount_typed_by_hand_is_read(words, amount):
    assert read_yuan(words) == Decimal(amount)


@pytest.mark.parametrize("words", ["", "元", "几元", "美元", "三四元"])
def test_what_is_no_amount_is_not_read(words):
    assert read_yuan(words) is None
