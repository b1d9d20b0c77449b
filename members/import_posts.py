"""Posts as a sentence names them, taken apart: 民盟区委主委 is 主委 of the 区委 of the 民盟."""

import re

from members.codes import POST_ORDER
from members.import_forms import AppointmentForm
from members.models import Appointment, Member, Organisation, Party
from members.sheet_readers import parties
from units.models import Unit

_POSTS = sorted(
    {
        *POST_ORDER,
        *(
            "代表",
            "会长",
            "副会长",
            "理事",
            "常务理事",
            "监督员",
            "特约监督员",
            "顾问",
            "组长",
            "副组长",
        ),
        *("主任", "副主任", "校长", "副校长", "院长", "副院长", "园长", "副园长", "部长", "副部长"),
        *("科长", "副科长", "处长", "副处长", "所长", "副所长", "馆长", "副馆长", "干事", "教研员"),
    },
    key=len,
    reverse=True,
)
_LEVELS = (
    (re.compile("全国|中央|国家"), Appointment.Level.NATIONAL),
    (re.compile("市|省|自治区"), Appointment.Level.PROVINCIAL),
    (re.compile("区|县"), Appointment.Level.DISTRICT),
)


def says(post: Appointment, words: str, unit: Unit) -> bool:
    """Whether ``words`` name ``post``: with or without its party, or the unit itself."""
    party = post.party.brief if post.party_id else ""
    names = {post.words, post.words.removeprefix(party)}
    return words in names or (post.body == unit.short_name and words == post.post)


def read_post(words: str, part: str, person: Member, planner) -> AppointmentForm | None:
    """The form of a new post of ``person``; None if the words are no body and post."""
    party, rest = _party_in(words)
    # A branch may bear its party's name (民盟支部), or follow it.
    branch = _branch_in(words, planner.organisations)
    if branch:
        rest = words
    else:
        branch = _branch_in(rest, planner.organisations)
    rest = rest.removeprefix(branch.name if branch else "")
    post = next((each for each in _POSTS if rest.endswith(each)), "")
    body = rest.removesuffix(post)
    if part == "unit_posts" and post and not body and not branch:
        body = person.unit.short_name
    if not post or (not body and not branch) or (branch and body):
        return None
    values = {
        "kind": _kind(part, words),
        "level": _level(body) if not branch else Appointment.Level.UNIT,
        "party": branch.party if branch else party,
        "organisation": branch,
        "body": body,
        "post": post,
    }
    return AppointmentForm(Appointment(unit=person.unit, member=person), values)


def _party_in(words: str) -> tuple[Party | None, str]:
    for party in parties().values():
        for name in (party.short_name, party.brief):
            if words.startswith(name):
                return party, words.removeprefix(name)
    return None, words


def _branch_in(words: str, organisations: dict[str, Organisation]) -> Organisation | None:
    found = [each for name, each in organisations.items() if words.startswith(name)]
    return max(found, key=lambda each: len(each.name), default=None)


def _kind(part: str, words: str) -> str:
    kinds = Appointment.Kind
    if part == "party_posts":
        return kinds.PARTY
    if part == "unit_posts":
        return kinds.CPC if re.search("总支|党委|党支部", words) else kinds.SCHOOL
    if "政协" in words:
        return kinds.CONSULTATIVE
    return kinds.CONGRESS if "人大" in words else kinds.SOCIAL


def _level(body: str) -> str:
    return next((level for words, level in _LEVELS if words.search(body)), Appointment.Level.UNIT)
