"""What a pasted notice (通知) says of an activity, and in which words. Nothing is guessed.

Dates stand in ``activities.notice_dates``. Whatever is read here is shown beside its words before
it comes into a form.
"""

import re
from dataclasses import dataclass
from datetime import date

from activities.models import Activity
from activities.notice_dates import Day, day_of_event, days_in, own_date

Kind = Activity.Kind

_LABEL = r"(?:^|\n)[ \t]*(?:[(（]?[一二三四五六七八九十\d]{1,2}[)）]?[、.．:： \t]*)?"
_WHEN = re.compile(
    _LABEL + r"(?:会议|活动|集合|培训|参观|举行|具体)?(?:时间|日期)[:：](?P<words>[^\n]+)"
)
_WHERE = re.compile(_LABEL + r"(?:会议|活动|集合|培训|参观|举行|具体)?地点[:：](?P<words>[^\n]+)")
_NAMED = re.compile(_LABEL + r"(?:会议|活动)?(?:主题|名称|题目)[:：](?P<words>[^\n]+)")
_ABOUT = re.compile(
    r"关于(?:召开|举行|举办|组织|开展|参加|做好)?(?P<words>[^\n]{2,60}?)(?:会议)?的(?:预备|补充|会议)?通知"
)
_HEADED = re.compile(r"^(?P<words>[^\n，。:：]{2,60}?)的?(?:会议|活动)?通知$", re.M)
_AT = re.compile(
    r"(?<![现正])在(?P<words>[^\s，。；、:：]{2,30}?)(?:召开|举行|举办|集合|开展|进行|组织)"
)
_WIDE = (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))
_NARROW = {sign: sign - 0xFEE0 for sign in _WIDE} | {0x3000: " "}
_END = re.compile(r"[。；;]")

# The words by which a title says what kind of activity it is; the first line that fits counts.
_KINDS = (
    (Kind.BIMONTHLY, r"双月"),
    (Kind.POLL, r"民意测验|民意测评|民主测评|问卷"),
    (Kind.WRITTEN_REQUEST, r"书面征求|征求意见的?函|征集意见|征集建议"),
    (Kind.HEARING, r"民主推荐|推荐会|听取.{0,12}意见会|述职评议"),
    (Kind.BRIEFING, r"通报"),
    (Kind.SYMPOSIUM, r"座谈"),
    (Kind.CEREMONY, r"仪式|典礼"),
    (Kind.TRAINING, r"培训|研修班|进修"),
    (Kind.VISIT, r"参观|考察"),
    (Kind.INCOMING_VISIT, r"来访|接待"),
    (Kind.CALL, r"慰问|走访"),
    (Kind.SERVICE_EVENT, r"志愿|义诊|咨询服务|社会服务"),
    (Kind.STUDY, r"学习|研修|报告会|讲座|中心组|专题党课"),
)


@dataclass(frozen=True)
class Reading:
    """One thing that was read: for which field, as what, from which words, and what is in doubt."""

    field: str
    label: str
    value: str
    words: str
    doubt: str = ""


@dataclass(frozen=True)
class Notice:
    """Everything that was read, and the kind where the title makes it clear ("" otherwise)."""

    readings: tuple[Reading, ...]
    kind: str = ""
    kind_words: str = ""

    @property
    def values(self) -> dict[str, str]:
        """The values by the names of the form's fields."""
        return {each.field: each.value for each in self.readings if each.value}


def read_notice(text: str, *, year: int) -> Notice:
    """What ``text`` says. ``year`` is understood where the notice says none, not even of itself."""
    text = _plain(text)
    signed = own_date(text)
    title, title_words = _title(text)
    kind, kind_words = _kind(title)
    place, place_words = _place(text)
    readings = [
        *([Reading("title", _label_of("title"), title, title_words)] if title else []),
        *_dates(_when(text, signed), signed.day if signed else None, year),
        *([Reading("place", _label_of("place"), place, place_words)] if place else []),
    ]
    return Notice(tuple(readings), kind, kind_words)


def _plain(text: str) -> str:
    """Full-width digits, letters and spaces as plain ones; punctuation stays as it was typed."""
    return text.translate(_NARROW).replace("\r\n", "\n").replace("\r", "\n")


def _title(text: str) -> tuple[str, str]:
    for pattern in (_ABOUT, _HEADED, _NAMED):
        if found := pattern.search(text):
            title = found["words"].strip(' 《》“”"')
            return title[: _longest("title")], found[0].strip()
    return "", ""


def _place(text: str) -> tuple[str, str]:
    for pattern in (_WHERE, _AT):
        if found := pattern.search(text):
            place = _END.split(found["words"])[0].strip()
            return place[: _longest("place")], found[0].strip()
    return "", ""


def _label_of(name: str) -> str:
    return str(Activity._meta.get_field(name).verbose_name)


def _longest(name: str) -> int:
    return Activity._meta.get_field(name).max_length


def _kind(title: str) -> tuple[str, str]:
    """The kind and the word that says it; nothing where the title speaks of two."""
    found = [(kind, hit[0]) for kind, words in _KINDS if (hit := re.search(words, title))]
    if len(found) > 1 and {found[0][0], found[1][0]} <= {Kind.BIMONTHLY, Kind.SYMPOSIUM}:
        found = found[:1]
    return found[0] if len(found) == 1 else ("", "")


def _when(text: str, signed: Day | None) -> str:
    """The words in which the event's day must stand."""
    if found := _WHEN.search(text):
        return found["words"]
    return text[: signed.start] + text[signed.end :] if signed else text


def _dates(words: str, signed: date | None, year: int) -> list[Reading]:
    days = days_in(words)
    if not days:
        return []
    first = day_of_event(days[0], signed=signed, year=year)
    label = _label_of("started_on")
    if first.day is None:
        return [Reading("started_on", label, "", first.words, first.doubt)]
    readings = [Reading("started_on", label, first.day.isoformat(), first.words, first.doubt)]
    if days[0].last:
        last = day_of_event(days[0].last, signed=signed, year=first.day.year)
        if last.day and last.day > first.day:
            label = _label_of("ended_on")
            readings.append(Reading("ended_on", label, last.day.isoformat(), last.words))
    return readings
