"""Pinyin of names, for sorting and for finding somebody by ``xwq``.

Surnames are read as surnames: 曾 zēng, 单 shàn, 解 xiè, which a general dictionary gets wrong.
Syllables are written with their tone as a digit (``xu2``), 5 for none. Where somebody reads their
name otherwise, the reading is written down with it, and goes before all this.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import cache
from itertools import chain

# Readings of surnames as in 现代汉语词典, where the usual reading of the character is another one.
SURNAME_READINGS = {
    "乐": "yue4",
    "乜": "nie4",
    "么": "yao1",
    "仇": "qiu2",
    "任": "ren2",
    "会": "gui4",
    "佴": "nai4",
    "冼": "xian3",
    "区": "ou1",
    "华": "hua4",
    "单": "shan4",
    "占": "zhan1",
    "卜": "bu3",
    "句": "gou1",
    "召": "shao4",
    "员": "yun4",
    "哈": "ha3",
    "尹": "yin3",
    "干": "gan1",
    "应": "ying1",
    "折": "she2",
    "撒": "sa3",
    "教": "jiao4",
    "於": "yu1",
    "晟": "cheng2",
    "曲": "qu1",
    "曾": "zeng1",
    "朴": "piao2",
    "查": "zha1",
    "洗": "xian3",
    "炅": "gui4",
    "燕": "yan1",
    "盖": "ge3",
    "省": "xing3",
    "祭": "zhai4",
    "种": "chong2",
    "秘": "bi4",
    "繁": "po2",
    "纪": "ji3",
    "缪": "miao4",
    "翟": "zhai2",
    "肖": "xiao1",
    "能": "nai4",
    "臧": "zang1",
    "苑": "yuan4",
    "葛": "ge3",
    "薄": "bo2",
    "覃": "qin2",
    "解": "xie4",
    "谌": "chen2",
    "车": "che1",
    "过": "guo1",
    "逄": "pang2",
    "那": "na1",
    "郇": "huan2",
    "都": "du1",
    "重": "chong2",
    "阚": "kan4",
    "隗": "kui2",
    "黑": "he4",
}
COMPOUND_SURNAME_READINGS = {
    "万俟": "mo4 qi2",
    "乐正": "yue4 zheng4",
    "令狐": "ling2 hu2",
    "单于": "chan2 yu2",
    "夹谷": "jia2 gu3",
    "子车": "zi3 ju1",
    "宰父": "zai3 fu3",
    "尉迟": "yu4 chi2",
    "澹台": "tan2 tai2",
    "长孙": "zhang3 sun1",
}
# Within a given name nobody but its bearer knows which it is: found by either, sorted by the usual.
OTHER_READINGS = {
    "乐": "yue4",
    "行": "hang2",
    "重": "chong2",
    "长": "chang2",
    "朝": "zhao1",
    "晟": "sheng4",
    "茜": "xi1",
    "娜": "nuo2",
    "臧": "cang2",
}

# A variant of 喜 in personal names, unknown to pypinyin.
RARE_READINGS = {ord("㐂"): "xǐ"}

_SEPARATORS = re.compile(r"[\s·・‧•]")
_TONE = re.compile(r"[1-5]")
_SYLLABLE = re.compile(r"[a-z]+[1-5]?")


def syllables(name: str) -> list[str]:
    """The syllables of ``name`` in small letters without tones; what is no Han stays as it is."""
    return [_toneless(part) for part in _toned(name)]


def sort_key_of(name: str, reading: str = "") -> str:
    """A key that sorts names as a dictionary does, the same on every database.

    Character by character: by syllable, tone and then the character itself, so that 汪 and 王 do
    not mix.
    """
    return " ".join(_with_characters(name, _toned(name, reading))).lower()


def initials_of(name: str, reading: str = "") -> str:
    """First letters of the syllables: 徐文清 gives ``xwq``."""
    return _initials([_toneless(part) for part in _toned(name, reading)])


def find_key_of(name: str, reading: str = "") -> str:
    """What somebody may type to find ``name``: ``xuwenqing xwq``, and other readings after it.

    A surname is also found by the character's usual reading, and a name with dots without them.
    """
    found = [[_toneless(part) for part in each] for each in _all_readings(name, reading)]
    written = ["".join(_SEPARATORS.sub("", part) for part in each) for each in found]
    undotted = [_SEPARATORS.sub("", name)] if _SEPARATORS.search(name) else []
    words = chain(written[:1], map(_initials, found), written[1:], undotted)
    return " ".join(dict.fromkeys(word.lower() for word in words))


def fits(name: str, reading: str) -> bool:
    """Whether ``reading`` has a syllable for each character of ``name`` (for each word of a name in
    letters)."""
    parts = [part for part in _toned(name) if not _SEPARATORS.fullmatch(part)]
    typed = _typed(reading)
    return len(typed) == len(parts) and all(map(_SYLLABLE.fullmatch, typed))


def _all_readings(name: str, reading: str) -> Iterator[list[str]]:
    """The right reading first; then those of people who do not know it."""
    if reading:
        yield _toned(name, reading)
    right = _toned(name)
    yield right
    yield _reader()(name)
    if len(right) != len(name):
        return
    for place, character in enumerate(name):
        if place and character in OTHER_READINGS:
            yield [*right[:place], OTHER_READINGS[character], *right[place + 1 :]]


def _toned(name: str, reading: str = "") -> list[str]:
    return _corrected(_usual(name), reading) if reading else _usual(name)


def _corrected(usual: list[str], reading: str) -> list[str]:
    """The syllables of ``reading``; where they are the usual ones, with their tones."""
    typed = iter(_typed(reading))
    parts = []
    for part in usual:
        syllable = part if _SEPARATORS.fullmatch(part) else next(typed, part)
        parts.append(part if syllable == _toneless(part) else syllable)
    return parts


def _typed(reading: str) -> list[str]:
    """zēng, Zeng and zeng1 alike; ü may be written v."""
    letters = unicodedata.normalize("NFD", reading.lower()).replace("u\u0308", "v")
    plain = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return plain.split()


def _usual(name: str) -> list[str]:
    read = _reader()
    for surname, reading in COMPOUND_SURNAME_READINGS.items():
        if name.startswith(surname) and len(name) > len(surname):
            return reading.split() + read(name[len(surname) :])
    if name[:1] in SURNAME_READINGS:
        return [SURNAME_READINGS[name[0]], *read(name[1:])]
    return read(name)


def _with_characters(name: str, readings: list[str]) -> Iterator[str]:
    """Each reading followed by its character; what was not read stands for itself."""
    rest = name
    for reading in readings:
        if rest.startswith(reading):
            yield reading
            rest = rest[len(reading) :]
        else:
            yield f"{reading}{rest[0]}" if reading[-1].isdigit() else f"{reading}5{rest[0]}"
            rest = rest[1:]


def _toneless(reading: str) -> str:
    return _TONE.sub("", reading)


def _initials(parts: list[str]) -> str:
    return "".join(part[0] for part in parts if part.strip("·・‧• ")).lower()


@cache
def _reader() -> Callable[[str], list[str]]:
    """pypinyin, loaded when a name is first read: its dictionary takes a third of a second."""
    from pypinyin import Style, lazy_pinyin, load_single_dict

    load_single_dict(RARE_READINGS)
    return lambda text: lazy_pinyin(text, style=Style.TONE3)
