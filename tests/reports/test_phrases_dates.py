"""Days, months and the wording of occasions."""

from datetime import date

import pytest

from reports.phrases import Occasion, date_word, day_word, month_word, occasions

JUNE = date(2017, 6, 20)
SEPTEMBER = date(2017, 9, 28)
FEASTS = "迎“中秋国庆”双节"
TERM_END = "学期结束前"


def test_month_and_day_without_leading_zeros():
    assert month_word(date(2017, 1, 9)) == "1月"
    assert month_word(date(2017, 12, 31)) == "12月"
    assert day_word(date(2017, 12, 5)) == "2017年12月5日"
    assert day_word(date(2017, 1, 31)) == "2017年1月31日"


@pytest.mark.parametrize(
    ("precision", "words"),
    [("day", "2017年6月20日"), ("month", "2017年6月"), ("year", "2017年")],
)
def test_date_word_shows_what_is_known(precision, words):
    assert date_word(JUNE, precision=precision) == words


def test_date_word_unknown_precision_is_refused():
    with pytest.raises(ValueError, match="precision"):
        date_word(JUNE, precision="hour")


@pytest.mark.parametrize(
    ("held", "words"),
    [
        ([], ""),
        (
            [(FEASTS, SEPTEMBER, 1), (TERM_END, JUNE, 1)],
            "迎“中秋国庆”双节和6月学期结束前各一次",
        ),
        (
            [(TERM_END, JUNE, 1), (FEASTS, SEPTEMBER, 1)],
            "6月学期结束前和迎“中秋国庆”双节各一次",
        ),
        (
            [(TERM_END, JUNE, 2), (FEASTS, SEPTEMBER, 1)],
            "6月学期结束前两次、迎“中秋国庆”双节一次",
        ),
        ([(TERM_END, JUNE, 2), (FEASTS, SEPTEMBER, 2)], "6月学期结束前两次、迎“中秋国庆”双节两次"),
        ([(FEASTS, SEPTEMBER, 1)], "迎“中秋国庆”双节一次"),
        ([(TERM_END, JUNE, 11)], "6月学期结束前11次"),
        ([("", JUNE, 1), ("", SEPTEMBER, 1)], "6月和9月各一次"),
        ([("", JUNE, 1), (" ", JUNE, 1)], "6月两次"),
        (
            [("庆“七一”", date(2017, 7, 1), 1), ("纪念五四", date(2017, 5, 4), 1), ("", JUNE, 1)],
            "庆“七一”、纪念五四和6月各一次",
        ),
        ([("国庆前", SEPTEMBER, 1)], "9月国庆前一次"),  # names a feast, but does not begin with it
        ([(TERM_END, None, 1)], "学期结束前一次"),
        ([("", None, 3)], "年内三次"),
    ],
)
def test_occasions_worded_in_the_given_order(held, words):
    assert occasions(held) == words


def test_occasions_take_another_measure_and_a_default_of_once():
    assert occasions([Occasion("", JUNE), Occasion("", SEPTEMBER)], "场") == "6月和9月各一场"


@pytest.mark.parametrize("times", [0, -1])
def test_occasions_never_held_are_refused(times):
    with pytest.raises(ValueError, match="once at least"):
        occasions([(TERM_END, JUNE, times)])
