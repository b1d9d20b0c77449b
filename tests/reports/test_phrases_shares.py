"""Per cent, fractions, most and several, at the borders of each rule."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.phrases import fraction, most, percent, several


@pytest.mark.parametrize(
    ("part", "base", "words"),
    [
        (19, 105, "18%"),  # 18.095
        (18, 105, "17%"),  # 17.143
        (0, 105, "0%"),
        (105, 105, "100%"),
        (1, 8, "13%"),  # 12.5 up
        (1, 40, "3%"),  # 2.5 up, not to the even 2
        (1, 200, "1%"),  # 0.5 up
        (1, 201, "不足1%"),  # 0.4975
        (198, 200, "99%"),
        (989, 1000, "99%"),  # 98.9
        (994, 1000, "99%"),  # 99.4
        (995, 1000, "99%以上"),  # 99.5 would round to 100
        (999, 1000, "99%以上"),
        (Decimal("1500"), Decimal("6000"), "25%"),
    ],
)
def test_percent_whole_at_borders(part, base, words):
    assert percent(part, base) == words


@pytest.mark.parametrize(
    ("part", "base", "words"),
    [
        (19, 105, "18.1%"),
        (9, 50, "18.0%"),
        (1, 2000, "0.1%"),  # 0.05 up
        (1, 2001, "不足0.1%"),
        (1999, 2000, "99.9%以上"),  # 99.95 would round to 100.0
        (19_989, 20_000, "99.9%"),  # 99.945
        (7, 7, "100.0%"),
    ],
)
def test_percent_one_place_at_borders(part, base, words):
    assert percent(part, base, places=1) == words


@given(st.integers(1, 100_000).flatmap(lambda base: st.tuples(st.integers(0, base), st.just(base))))
def test_percent_any_share_rounds_half_up_and_rounds_nothing_away(part_and_base):
    part, base = part_and_base
    # Half up in whole numbers: floor(100 p/b + 1/2) = floor((200 p + b) / 2b).
    rounded = (200 * part + base) // (2 * base)
    expected = f"{rounded}%"
    if rounded == 0 and part != 0:
        expected = "不足1%"
    if rounded == 100 and part != base:
        expected = "99%以上"

    assert percent(part, base) == expected


@pytest.mark.parametrize("word", [percent, fraction])
@pytest.mark.parametrize(("part", "base"), [(0, 0), (1, 0), (-1, 5), (6, 5)])
def test_shares_that_are_none_are_refused(word, part, base):
    with pytest.raises(ValueError, match="no share"):
        word(part, base)


def test_percent_negative_places_are_refused():
    with pytest.raises(ValueError, match="places"):
        percent(1, 2, places=-1)


@pytest.mark.parametrize(
    ("part", "base", "words"),
    [
        (19, 57, "三分之一"),
        (18, 57, "32%"),  # 31.58, 1.75 points off
        (20, 57, "35%"),  # 35.09, 1.75 points off
        (97, 300, "三分之一"),  # 32.333…, exactly one point off
        (103, 300, "三分之一"),  # 34.333…, exactly one point off
        (969, 3000, "32%"),  # 32.3, just outside
        (1031, 3000, "34%"),  # 34.367, just outside
        (49, 100, "半数"),
        (51, 100, "半数"),
        (48, 100, "48%"),
        (52, 100, "52%"),
        (2, 3, "三分之二"),
        (1, 4, "四分之一"),
        (3, 4, "四分之三"),
        (1, 5, "五分之一"),
        (2, 5, "五分之二"),
        (3, 5, "五分之三"),
        (4, 5, "五分之四"),
        (22, 100, "22%"),
        (0, 57, "0%"),
        (57, 57, "100%"),
        (1, 1000, "不足1%"),
        (Decimal("1500"), Decimal("6000"), "四分之一"),
    ],
)
def test_fraction_within_one_point_else_percent(part, base, words):
    assert fraction(part, base) == words


@pytest.mark.parametrize(
    ("part", "base", "words"),
    [
        (0, 0, "没有"),
        (0, 19, "没有"),
        (1, 19, "一人"),
        (2, 19, "两人"),
        (9, 19, "九人"),
        (10, 19, "大多"),
        (9, 18, "半数"),
        (8, 18, "八人"),
        (12, 30, "12人"),
        (18, 19, "大多"),
        (19, 19, "全部"),
        (1, 1, "全部"),
    ],
)
def test_most_at_borders(part, base, words):
    assert most(part, base, "人") == words


@pytest.mark.parametrize(("part", "base"), [(2, 1), (1, 0), (-1, 3), (1.0, 2)])
def test_most_of_an_impossible_part_is_refused(part, base):
    with pytest.raises(ValueError, match=r"larger than its base|a count"):
        most(part, base, "人")


@pytest.mark.parametrize(
    ("number", "words"),
    [(0, "没有"), (1, "一人"), (2, "两人"), (3, "多人"), (19, "多人")],
)
def test_several_from_three_on(number, words):
    assert several(number, "人") == words


def test_several_negative_is_refused():
    with pytest.raises(ValueError, match="a count"):
        several(-1, "人")
