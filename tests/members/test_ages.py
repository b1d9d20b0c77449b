"""Ages on a day, and bands of ages as people write them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from members.ages import USUAL_BANDS, AgeBand, age_on

DAYS = st.dates(min_value=date(1960, 1, 1), max_value=date(2060, 12, 31))


@pytest.mark.parametrize(
    ("written", "band"),
    [
        ("41-50", (41, 50)),
        ("41～50岁", (41, 50)),
        ("４１－５０", (41, 50)),
        ("41至50", (41, 50)),
        ("45", (45, 45)),
        ("≤30", (0, 30)),
        ("<=30", (0, 30)),
        ("30岁及以下", (0, 30)),
        ("≥51", (51, 150)),
        ("51以上", (51, 150)),
        ("<40", (0, 39)),
        ("不满40岁", (0, 39)),
        (">60", (61, 150)),
        ("超过60", (61, 150)),
    ],
)
def test_bands_are_read_as_they_are_written(written, band):
    assert AgeBand.read(written) == AgeBand(*band)


@pytest.mark.parametrize("written", ["old", "50-41", "-", "<0", "1234", "41-50-60"])
def test_what_is_no_band_is_refused(written):
    with pytest.raises(ValueError, match="41-50"):
        AgeBand.read(written)


def test_usual_bands_cover_every_age_once():
    bands = [AgeBand.read(written) for written in USUAL_BANDS]
    assert [band.oldest + 1 for band in bands[:-1]] == [band.youngest for band in bands[1:]]


def test_age_changes_on_the_birthday():
    born = date(1970, 6, 19)
    days = (date(2017, 6, 18), date(2017, 6, 19), date(2017, 6, 20))
    assert [age_on(day, born_on=born) for day in days] == [46, 47, 47]


@given(day=DAYS, born=DAYS, low=st.integers(0, 90), width=st.integers(0, 40))
def test_birthdays_of_a_band_are_those_of_its_ages(day, born, low, width):
    """29 February too: the days asked of the database say what the age says."""
    first, last = AgeBand(low, low + width).born_between(day)
    assert (first <= born <= last) == (low <= age_on(day, born_on=born) <= low + width)
