"""Numbers of headings on four levels."""

import pytest

from reports.numbering import numbered


@pytest.mark.parametrize(
    ("levels", "numbers"),
    [
        ([], []),
        ([1, 1, 1], ["一、", "二、", "三、"]),
        # The outline of the 2017 summary.
        ([1, 1, 2, 2, 2, 1], ["一、", "二、", "（一）", "（二）", "（三）", "三、"]),
        ([1, 2, 3, 4, 4], ["一、", "（一）", "1.", "（1）", "（2）"]),
        # Each higher heading starts the deeper ones again, also across a level left out.
        ([1, 2, 3, 1, 3, 2, 3], ["一、", "（一）", "1.", "二、", "1.", "（一）", "1."]),
        ([2, 2], ["（一）", "（二）"]),
        ([4, 3, 4], ["（1）", "1.", "（1）"]),
    ],
)
def test_numbers_of_levels(levels, numbers):
    assert list(numbered(levels)) == numbers


def test_numbers_beyond_ten():
    assert list(numbered([1] * 21))[9:] == [
        *("十、", "十一、", "十二、", "十三、", "十四、", "十五、", "十六、", "十七、", "十八、"),
        *("十九、", "二十、", "二十一、"),
    ]
    assert list(numbered([4] * 12))[-1] == "（12）"


@pytest.mark.parametrize("level", [0, 5])
def test_level_outside_the_four(level):
    with pytest.raises(KeyError):
        list(numbered([level]))
