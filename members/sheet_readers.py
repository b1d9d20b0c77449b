"""How cells of a roster are read: party names in use, titles, schooling, posts; never by guessing.

Each reader gives values for the form of its column's part, or raises ValueError in words.
"""

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache

from django.db.models import TextChoices
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from members.codes import Degree, EducationLevel, TitleLevel
from members.models import Employment, Member, Party
from units.imports.cells import as_date, as_text, as_yes_or_no, one_of
from units.sheet_columns import Reader

_MEMBER_WORDS = re.compile(r"(?:党员|盟员|会员|社员|成员)$")
_IN_BRACKETS = re.compile(r"\(.*?\)|\s")
_OTHER_PARTY_NAMES = {"08": ("农工民主党",)}
_NO_DEMOCRATIC_PARTY = frozenset(
    {
        *(
            "中共党员",
            "中共预备党员",
            "中国共产党党员",
            "共青团员",
            "群众",
            "无",
            "无党派",
            "无党派人士",
        ),
        *("无党派民主人士", "-", "—", "/"),
    }
)
_BETWEEN_POSTS = re.compile(r"[;；、\n]")
_SCHOOLING = {
    **dict.fromkeys(("博士研究生毕业", "博士"), EducationLevel.DOCTOR),
    **dict.fromkeys(("硕士研究生毕业", "硕士", "研究生"), EducationLevel.MASTER),
    **dict.fromkeys(("研究生班毕业",), EducationLevel.POSTGRADUATE_CLASS),
    **dict.fromkeys(("大学本科毕业", "本科", "大学"), EducationLevel.BACHELOR),
    **dict.fromkeys(("大学专科毕业", "专科", "大专"), EducationLevel.COLLEGE),
    **dict.fromkeys(("中等专科", "中专毕业"), EducationLevel.SECONDARY_VOCATIONAL),
    **dict.fromkeys(("高中", "高中毕业"), EducationLevel.SENIOR_HIGH),
}
_LEVELS = {
    "正高": TitleLevel.SENIOR,
    "副高": TitleLevel.ASSOCIATE_SENIOR,
    "中级": TitleLevel.MIDDLE,
    "初级": TitleLevel.JUNIOR,
    "助理级": TitleLevel.JUNIOR,
    "员级": TitleLevel.JUNIOR,
}
_DEGREES = {
    **dict.fromkeys(("博士学位",), Degree.DOCTOR),
    **dict.fromkeys(("硕士学位",), Degree.MASTER),
    **dict.fromkeys(("学士学位",), Degree.BACHELOR),
}
_STATUSES = {
    **dict.fromkeys(("在岗", "在编", "在校"), Employment.Status.IN_SERVICE),
    **dict.fromkeys(("已退休", "退"), Employment.Status.RETIRED),
}
_SEXES = {"男性": Member.Sex.MALE, "女性": Member.Sex.FEMALE}


def text(field: str) -> Reader:
    """A text, as it stands."""
    return lambda value: {field: as_text(value)}


def day(field: str, precision: str | None = None) -> Reader:
    """A date; with ``precision``, the field for how exactly it is known."""

    def read(value: object) -> dict:
        found, known = as_date(value)
        return {field: found} | ({precision: known} if precision else {})

    return read


def started(value: object) -> dict:
    """Since when a row holds."""
    return day("started_on", "started_precision")(value)


def yes_or_no(field: str) -> Reader:
    """A box that is ticked or not."""
    return lambda value: {field: as_yes_or_no(value)}


def choice(field: str, choices: type[TextChoices], others: Mapping[str, object]) -> Reader:
    """One of ``choices`` by what people call it, or by one of the ``others``."""

    def read(value: object) -> dict:
        known = _words_of(choices, get_language())
        return {field: one_of({**others, **known}, "、".join(known))(value)}

    return read


@lru_cache
def _words_of(choices: type[TextChoices], language: str) -> dict[str, str]:
    """{what people call it in the language going on: value}"""
    return {str(label).replace(" ", ""): value for value, label in choices.choices}


sex = choice("sex", Member.Sex, _SEXES)
status = choice("status", Employment.Status, _STATUSES)
title_level = choice("level", TitleLevel, _LEVELS)
schooling = choice("level", EducationLevel, _SCHOOLING)
degree = choice("degree", Degree, _DEGREES)


def party(value: object) -> dict:
    """A democratic party by any name in use; nothing for people who belong to none."""
    written = unicodedata.normalize("NFKC", as_text(value)).replace(" ", "")
    if written in _NO_DEMOCRATIC_PARTY:
        return {}
    word = _IN_BRACKETS.sub("", written)
    codes = _codes_by_name()
    code = codes.get(word) or codes.get(_MEMBER_WORDS.sub("", word))
    if code is None:
        raise ValueError(
            _("Expected: one of %(names)s; a second party has a column of its own.")
            % {"names": "、".join(each.short_name for each in parties().values())}
        )
    return {"party": parties()[code]}


@lru_cache
def parties() -> dict[str, Party]:
    """The eight parties by code, in official order: reference data that nobody changes."""
    return {each.code: each for each in Party.objects.order_by("order")}


@lru_cache
def _codes_by_name() -> dict[str, str]:
    names = {}
    for code, each in parties().items():
        others = (code, each.name, each.short_name, each.brief)
        names |= dict.fromkeys((*others, *_OTHER_PARTY_NAMES.get(code, ())), code)
    return names


def posts(value: object) -> dict:
    """Several posts, each as a sentence names it."""
    words = (each.strip() for each in _BETWEEN_POSTS.split(as_text(value)))
    return {"words": list(dict.fromkeys(filter(None, words)))}
