"""Dates as people write them: the day they mean, and how much of it they wrote."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from units.dates import Precision
from units.written_dates import read_date, written

DAY, MONTH, YEAR = Precision.DAY, Precision.MONTH, Precision.YEAR


@pytest.mark.parametrize(
    ("text", "day", "precision"),
    [
        ("2017-6-19", date(2017, 6, 19), DAY),
        ("2017.06.19", date(2017, 6, 19), DAY),
        ("2017/6/19", date(2017, 6, 19), DAY),
        ("2017年6月19日", date(2017, 6, 19), DAY),
        (" 2017 年 6 月 19 日 ", date(2017, 6, 19), DAY),
        ("２０１７．６．１９", date(2017, 6, 19), DAY),
        ("20170619", date(2017, 6, 19), DAY),
        ("2017.6", date(2017, 6, 1), MONTH),
        ("2017年6月", date(2017, 6, 1), MONTH),
        ("2017-06", date(2017, 6, 1), MONTH),
        ("2017", date(2017, 1, 1), YEAR),
        ("2017年", date(2017, 1, 1), YEAR),
    ],
)
def test_a_whole_date_is_read_as_it_is_written(text, day, precision):
    assert read_date(text) == (day, precision)
    assert read_date(text, year=2020) == (day, precision)


@pytest.mark.parametrize("text", ["6-19", "6.19", "6月19日", "06/19", "0619", "６月１９日"])
def test_the_year_is_understood_where_none_is_written(text):
    assert read_date(text, year=2017) == (date(2017, 6, 19), DAY)


def test_four_digits_of_a_year_stay_a_year():
    # No month is 19 or 20, so 1998 and 2017 cannot be days of the year understood.
    assert read_date("1998", year=2017) == (date(1998, 1, 1), YEAR)
    assert read_date("2017", year=2016) == (date(2017, 1, 1), YEAR)


@pytest.mark.parametrize("text", ["", "昨天", "17-6-19", "6-19", "2017-6-19-1", "2017-6月-19 下午"])
def test_what_is_no_date_is_refused_with_an_example(text):
    with pytest.raises(ValueError, match="2017-6-19"):
        read_date(text)


@pytest.mark.parametrize("text", ["2017-2-29", "2017-13-1", "2017.6.31", "0000-1-1"])
def test_a_day_that_does_not_exist_is_refused(text):
    with pytest.raises(ValueError, match="没有这一天"):
        read_date(text)


def test_a_date_is_written_as_precisely_as_it_is_known():
    day = date(2017, 3, 5)
    assert [written(day, precision) for precision in (DAY, MONTH, YEAR)] == [
        *("2017-03-05", "2017-03", "2017"),
    ]
    assert (written(day), written(None)) == ("2017-03-05", "")


@given(
    st.dates(min_value=date(1900, 1, 1), max_value=date(2099, 12, 31)), st.sampled_from(Precision)
)
def test_what_is_written_is_read_back(day, precision):
    first, again = read_date(written(day, precision))
    assert (written(first, again), again) == (written(day, precision), precision)
