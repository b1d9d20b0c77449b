"""Numbers of headings: 一、 （一） 1. （1） (GB/T 9704-2012, 7.3.3)."""

from collections.abc import Iterable, Iterator

from reports.phrases import chinese_numeral

_FORMS = {
    1: lambda number: f"{chinese_numeral(number)}、",
    2: lambda number: f"（{chinese_numeral(number)}）",
    3: lambda number: f"{number}.",
    4: lambda number: f"（{number}）",
}


def numbered(levels: Iterable[int]) -> Iterator[str]:
    """The number of each heading in turn; a deeper level starts again below each higher one."""
    counts = dict.fromkeys(_FORMS, 0)
    for level in levels:
        counts[level] += 1
        for deeper in range(level + 1, len(_FORMS) + 1):
            counts[deeper] = 0
        yield _FORMS[level](counts[level])
