"""Names and themes in a row, in the order they are given.

The caller sorts: parties come in their official order (``Party`` knows it), never by count.
Blank items are left out, so that an activity without a theme leaves no 、、 behind. No items: "".
"""

import re
from collections.abc import Iterable


def enumerate_cn(items: Iterable[str]) -> str:
    """The items with 、 between them: 民革、民盟、民进、农工."""
    return "、".join(_filled(items))


def join_and(items: Iterable[str]) -> str:
    """The items as a closed list, 和 before the last: A, A和B, A、B和C."""
    *first, last = _filled(items) or [""]
    return f"{enumerate_cn(first)}和{last}" if first else last


def quoted(items: Iterable[str]) -> str:
    """Each item in quotation marks, nothing between them: “中国梦教育行”“党风廉政建设”.

    GB/T 15834-2011, 4.5.3.5: quoted members of a list are usually written without 、; 4.8.3.4
    there: quotation marks inside are single, “‘三创’行动规划”. An item that is one quotation
    already (“三创”) is taken as it is.
    """
    return "".join(_quotation(item) for item in _filled(items))


def _quotation(item: str) -> str:
    if re.fullmatch("“[^“”]*”", item):
        return item
    return f"“{item.translate(str.maketrans('“”', '‘’'))}”"


def _filled(items: Iterable[str]) -> list[str]:
    return [item.strip() for item in items if item.strip()]
