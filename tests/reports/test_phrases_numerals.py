"""Counts in words and digits, at the borders of each rule."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from reports.phrases import about, chinese_numeral, digits, measured

UNITS = {"十": 10, "百": 100, "千": 1000}


def value_of(words):
    """The number a Chinese numeral stands for, read the way a pupil reads it: an own rule."""
    above, _, below = words.rpartition("万")
    return value_below_ten_thousand(above) * 10_000 + value_below_ten_thousand(below)


def value_below_ten_thousand(words):
    total, digit = 0, None
    for character in words:
        if character in UNITS:
            total += (1 if digit is None else digit) * UNITS[character]
            digit = None
        else:
            digit = "零一二三四五六七八九".index(character)
    return total + (digit or 0)


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "零"),
        (1, "一"),
        (2, "二"),
        (10, "十"),
        (11, "十一"),
        (19, "十九"),
        (20, "二十"),
        (23, "二十三"),
        (100, "一百"),
        (105, "一百零五"),
        (110, "一百一十"),
        (112, "一百一十二"),
        (200, "二百"),
        (999, "九百九十九"),
        (1005, "一千零五"),
        (1010, "一千零一十"),
        (2000, "二千"),
        (10_000, "一万"),
        (10_005, "一万零五"),
        (10_010, "一万零一十"),
        (10_500, "一万零五百"),
        (22_222, "二万二千二百二十二"),
        (99_999, "九万九千九百九十九"),
    ],
)
def test_chinese_numeral_at_borders(number, words):
    assert chinese_numeral(number) == words


@given(st.integers(0, 99_999))
@example(10_010)
def test_chinese_numeral_any_number_reads_back(number):
    assert value_of(chinese_numeral(number)) == number


@given(st.integers(1, 99_999))
@example(10_523)
def test_chinese_numeral_has_one_zero_for_each_run_of_inner_zeros(number):
    runs = re.findall("(?<=[1-9])0+(?=[1-9])", str(number))

    assert chinese_numeral(number).count("零") == len(runs)


@pytest.mark.parametrize("wrong", [-1, 100_000, 1.5, True, "3", None])
def test_chinese_numeral_outside_its_range_is_refused(wrong):
    with pytest.raises(ValueError, match=r"count|numeral"):
        chinese_numeral(wrong)


@pytest.mark.parametrize(
    ("number", "measure", "words"),
    [
        (0, "次", "零次"),
        (1, "次", "一次"),
        (2, "次", "两次"),
        (2, "位", "两位"),
        (2, "", "二"),
        (3, "个", "三个"),
        (4, "位", "四位"),
        (10, "次", "十次"),
        (11, "次", "11次"),
        (12, "次", "12次"),
        (19, "人", "19人"),
        (20, "次", "20次"),
        (102, "人", "102人"),
    ],
)
def test_measured_words_up_to_ten_then_digits(number, measure, words):
    assert measured(number, measure) == words


def test_digits_at_any_size():
    assert [digits(number, "人") for number in (0, 2, 19, 1200)] == [
        "0人",
        "2人",
        "19人",
        "1200人",
    ]


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "零次"),
        (2, "两次"),
        (9, "九次"),
        (10, "十次"),
        (11, "10余次"),
        (19, "10余次"),
        (20, "20次"),
        (21, "20余次"),
        (23, "20余次"),
        (29, "20余次"),
        (30, "30次"),
        (99, "90余次"),
        (100, "100次"),
        (101, "100余次"),
        (110, "100余次"),
        (199, "100余次"),
        (200, "200次"),
        (1234, "1200余次"),
    ],
)
def test_about_cuts_down_and_keeps_round_counts(number, words):
    assert about(number, "次") == words


@pytest.mark.parametrize("word", [measured, digits, about])
@pytest.mark.parametrize("wrong", [-1, 2.0, False, None])
def test_counts_that_are_no_counts_are_refused(word, wrong):
    with pytest.raises(ValueError, match="a count is a whole number"):
        word(wrong, "次")
