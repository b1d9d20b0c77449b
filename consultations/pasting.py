"""Suggestions pasted as text, one a line: 王明：建议增设停车位。 Without a name it is unsigned."""

import re
import unicodedata
from collections.abc import Iterable

from consultations.signers import Register

PASTED = "suggestions-pasted"
"""The form's field for the pasted text."""
MOST = 500
"""The most rows of one activity; a meeting of a day has a few dozen."""

_NUMBERING = re.compile(r"^(?:[(（]?\d{1,3}[)）.．、]|[(（]?[一二三四五六七八九十]{1,3}[)）、])\s*")
_NAMED = re.compile(r"^(?P<names>[^：:，。；！？\d]{1,40})[：:]\s*(?P<words>.+)$")
_SAYS_ORGANISATION = re.compile("支部|支社|总支|小组|委员会")
_SURNAMES = frozenset(
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余"
    "潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
)


def read_lines(text: str, register: Register) -> Iterable[tuple[str, str]]:
    """(wording, signed by) of every line. What stands before a colon is a name if it looks like
    one: whether somebody is called so is for the form to say.
    """
    for line in text.splitlines():
        line = _NUMBERING.sub("", line.strip()).strip()
        found = _NAMED.match(line)
        if found and _is_signed(found["names"].strip(), register):
            yield found["words"].strip(), found["names"].strip()
        elif line:
            yield line, ""


def with_pasted(data, register: Register, *, prefix: str):
    """``data`` of the form with the pasted lines as rows, blank rows first, and nothing pasted.

    More rows than :data:`MOST` are not made: then the text stays where it was pasted.
    """
    lines = list(read_lines(data.get(PASTED, ""), register))
    count = data.get(f"{prefix}-TOTAL_FORMS", "")
    total = int(count) if count.isdecimal() and len(count) < 5 else MOST
    if not lines or total + len(lines) > MOST:
        return data
    data = data.copy()
    data[PASTED] = ""
    free = [place for place in range(total) if _is_free(data, f"{prefix}-{place}")]
    places = [*free, *range(total, total + len(lines))][: len(lines)]
    for place, (wording, names) in zip(places, lines, strict=True):
        data[f"{prefix}-{place}-wording"] = wording
        data[f"{prefix}-{place}-signed_by"] = names
    data[f"{prefix}-TOTAL_FORMS"] = str(max([total, *(place + 1 for place in places)]))
    return data


def _is_free(data, row: str) -> bool:
    return not any(data.get(f"{row}-{name}", "").strip() for name in ("key", "wording"))


def _is_signed(names: str, register: Register) -> bool:
    """“建议” and “关于食堂” are no names; “王明” and “民盟支部” may be, even if misspelt."""
    if register.knows(names) or _SAYS_ORGANISATION.search(names):
        return True
    plain = unicodedata.normalize("NFKC", names).replace(" ", "")
    surnames = _SURNAMES | register.surnames
    return all(2 <= len(part) <= 4 and part[0] in surnames for part in re.split("[、,/]", plain))
