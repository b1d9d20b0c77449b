"""Dates of a case's files, with the precision they are written in."""

from datetime import date

import pytest

from cases.reading import available_cases, read, written_date


@pytest.mark.parametrize(
    ("text", "day", "precision"),
    [
        ("2017", date(2017, 1, 1), "year"),
        ("2017-05", date(2017, 5, 1), "month"),
        ("2005-5", date(2005, 5, 1), "month"),
        ("2017-9-1", date(2017, 9, 1), "day"),
        ("1993-06-10", date(1993, 6, 10), "day"),
        ("", None, "day"),
    ],
)
def test_written_date(text, day, precision):
    assert written_date(text) == (day, precision)


@pytest.mark.parametrize("text", ["2017.9", "17-5", "2017-13", "2017-02-30", "去年", "2017-5-1-1"])
def test_written_date_that_is_none(text):
    with pytest.raises(ValueError, match=r".+"):
        written_date(text)


def test_available_cases():
    assert available_cases() == ["2017"]


def test_read_a_file_that_does_not_exist():
    with pytest.raises(FileNotFoundError):
        read("2017", "nothing")
