"""Pinyin of names, for sorting and for finding somebody by ``xwq``.

Surnames are read as surnames: 曾 zēng, 单 shàn, 解 xiè, which a general dictionary gets wrong.
"""

from collections.abc import Callable
from functools import cache

SURNAME_READINGS = {
    "仇": "qiu",
    "任": "ren",
    "冼": "xian",
    "区": "ou",
    "华": "hua",
    "单": "shan",
    "召": "shao",
    "员": "yun",
    "哈": "ha",
    "尉": "yu",
    "尹": "yin",
    "应": "ying",
    "折": "she",
    "教": "jiao",
    "晟": "cheng",
    "曲": "qu",
    "曾": "zeng",
    "朴": "piao",
    "查": "zha",
    "种": "chong",
    "秘": "bi",
    "繁": "po",
    "缪": "miao",
    "翟": "zhai",
    "能": "nai",
    "乐": "yue",
    "盖": "ge",
    "祭": "zhai",
    "纪": "ji",
    "臧": "zang",
    "覃": "qin",
    "解": "xie",
    "谌": "chen",
    "车": "che",
    "逄": "pang",
    "那": "na",
    "郇": "huan",
    "都": "du",
    "重": "chong",
    "隗": "kui",
    "黑": "he",
}
COMPOUND_SURNAME_READINGS = {
    "万俟": "mo qi",
    "令狐": "ling hu",
    "宰父": "zai fu",
    "尉迟": "yu chi",
    "澹台": "tan tai",
    "单于": "chan yu",
    "长孙": "zhang sun",
}

# A variant of 喜 in personal names, unknown to pypinyin.
RARE_READINGS = {ord("㐂"): "xǐ"}


def syllables(name: str) -> list[str]:
    """The syllables of ``name`` in small letters without tones; what is no Han stays as it is."""
    read = _reader()
    for surname, reading in COMPOUND_SURNAME_READINGS.items():
        if name.startswith(surname) and len(name) > len(surname):
            return reading.split() + read(name[len(surname) :])
    if name[:1] in SURNAME_READINGS:
        return [SURNAME_READINGS[name[0]], *read(name[1:])]
    return read(name)


def sort_key_of(name: str) -> str:
    """A key that sorts names as a dictionary does, the same on every database."""
    return " ".join(syllables(name)).lower()


def initials_of(name: str) -> str:
    """First letters of the syllables: 徐文清 gives ``xwq``."""
    return "".join(part[0] for part in syllables(name) if part.strip("·・‧• ")).lower()


@cache
def _reader() -> Callable[[str], list[str]]:
    """pypinyin, loaded when a name is first read: its dictionary takes a third of a second."""
    from pypinyin import lazy_pinyin, load_single_dict

    load_single_dict(RARE_READINGS)
    return lazy_pinyin
