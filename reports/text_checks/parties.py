"""What is said of the democratic parties: their order, their names, their members."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from reports.text_checks.finding import Finding, Kind
from reports.text_checks.party_names import Mention, in_a_row, mentions
from reports.text_checks.passages import Passage
from reports.text_checks.report_text import ReportText
from reports.wording import Kind as ValueKind

_MEMBER_WORDS = re.compile("党员|盟员|会员|社员")
_JIUSAN = re.compile(
    "(?<![零〇一二三四五六七八九十百千0-9])九三(?!学社|支社|社员|王|[零〇一二三四五六七八九十年月日0-9])"
)
_JIUSAN_BRANCH = re.compile("九三(?:学社)?[^，。；：、“”九三]{0,8}?支部")
_OTHERS = re.compile("[、和与及同跟]|中共|共产|党总支|党支部|党组织|党委|总支")


def parties_out_of_order(text: ReportText) -> Iterator[Finding]:
    """Every enumeration of parties in another order than the official one.

    Rule: 民革、民盟、民建、民进、农工党、致公党、九三学社、台盟 (domain 1.4: sorting by count or by
    pinyin is a political mistake in an official document). An enumeration that one figure gives is
    left alone: its own definition says in which order it stands.
    """
    for passage in text.passages:
        for row in in_a_row(passage, text.parties):
            orders = [mention.party.order for mention in row]
            by_figure = passage.token_at(row[0].start, row[-1].end)
            if orders != sorted(orders) and by_figure is None:
                yield _out_of_order(passage, row, text)


def jiusan_names(text: ReportText) -> Iterator[Finding]:
    """九三 alone, without 学社 behind it; and a 支部 of it, which is a 支社.

    Rule: the short name is 九三学社, its basic unit 支社, its members 社员 (domain 1.4; 7.2:
    a 九三 “支部” is one of the slips that end trust). The day 九三 and years such as 一九三七 are
    no party.
    """
    for passage in text.passages:
        for found in _JIUSAN_BRANCH.finditer(passage.spoken):
            right = found[0].removesuffix("支部") + "支社"
            message = _("The basic unit of the Jiusan Society is a 支社, not a 支部: %(right)s.")
            yield _name(passage, found, Kind.JIUSAN, message % {"right": right}, right)
        for found in _JIUSAN.finditer(passage.spoken):
            is_listed = any(
                mention.start == found.start()
                for row in in_a_row(passage, text.parties)
                for mention in row
            )
            if passage.is_typed(*found.span()) and not is_listed:
                message = _("“九三” alone may be taken for a date: write 九三学社.")
                yield _name(passage, found, Kind.JIUSAN, message, "九三学社")


def member_words(text: ReportText) -> Iterator[Finding]:
    """A member of a party called otherwise than its own word; 党员 alone for one of them.

    Rule: 民革、农工党、致公党党员, 民盟、台盟盟员, 民建、民进会员, 九三学社社员; 党员 standing
    alone is a member of the Communist Party (domain 1.4, 7.2). 党员和民主党派成员 is right: it
    names both.
    """
    for passage in text.passages:
        named = mentions(passage, text.parties)
        for found in _MEMBER_WORDS.finditer(passage.spoken):
            if passage.is_typed(*found.span()):
                yield from _member_word(passage, found, named)


def _member_word(
    passage: Passage, found: re.Match[str], named: tuple[Mention, ...]
) -> Iterator[Finding]:
    owner = next((each for each in named if each.end == found.start()), None)
    if owner is not None:
        right = owner.party.member_word
        if found[0] != right:
            message = _("Members of %(party)s are called %(right)s, not %(wrong)s.") % {
                "party": owner.party.short_name,
                "right": right,
                "wrong": found[0],
            }
            yield _name(passage, found, Kind.MEMBER_WORD, message, right)
    elif found[0] == "党员" and _speaks_of_parties(passage, found.start(), named):
        message = _(
            "“党员” alone means a member of the Communist Party. Write 民主党派成员, or name the "
            "party: 民革党员."
        )
        yield _name(passage, found, Kind.MEMBER_WORD, message, "民主党派成员")


def _speaks_of_parties(passage: Passage, at: int, named: tuple[Mention, ...]) -> bool:
    """Whether the clause up to ``at`` names a party, and after it nobody else."""
    first, _last = passage.clause(at)
    ends = [each.end for each in named if first <= each.start and each.end <= at]
    party = passage.spoken.rfind("党派", first, at)
    ends += [party + 2] if party >= 0 else []
    return bool(ends) and not _OTHERS.search(passage.spoken[max(ends) : at])


def _out_of_order(passage: Passage, row: tuple[Mention, ...], text: ReportText) -> Finding:
    in_order = sorted({mention.party for mention in row}, key=lambda party: party.order)
    names = [party.brief for party in in_order]
    figures = [
        figure.token("list")
        for figure in text.figures.every
        if figure.kind is ValueKind.NAMES
        and "党派" in figure.name
        and figure.has_value
        and list(figure.value) == names
    ]
    right = "、".join(party.short_name for party in in_order)
    message = _("These parties stand in another order than the official one: %(right)s.") % {
        "right": right
    }
    return passage.finding(
        Kind.PARTY_ORDER,
        row[0].start,
        row[-1].end,
        message,
        suggestions=(*figures, "、".join(names)),
    )


def _name(passage: Passage, found: re.Match[str], kind: Kind, message: str, right: str) -> Finding:
    return passage.finding(kind, *found.span(), message, suggestions=(right,))
