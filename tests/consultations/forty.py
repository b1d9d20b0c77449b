"""A made-up year: forty suggestions of 2018, run by the rules through every state."""

from datetime import date, timedelta

from consultations import process
from consultations.models import Reply, Step, Suggestion
from tests import factories
from units.models import Unit
from units.scoping import scope_of_unit

YEAR = 2018
KIND = Step.Kind
FIRST = date(2018, 1, 8)
SPEAKER = "钱学文"
HIDDEN = "孙不署名"
"""Signed one suggestion first, which is unsigned now: stands nowhere."""

# How many, and what happened to each: kind, days after it was registered, and what the step says.
COURSES: tuple[tuple[str, int, tuple], ...] = (
    ("solved and told", 11, ("accept", "assign", ("reply", 10), ("solved", 10), "told", "close")),
    ("solved, not told", 1, ("accept", "assign", ("reply", 10), ("solved", 10))),
    ("planned", 8, ("accept", "assign", ("reply", 20), ("planned", 20), "told", "close")),
    ("noted, late", 4, ("accept", "assign", ("reply", 40), ("noted", 40), "told", "close")),
    ("opened again", 3, ("accept", ("reply", 5), "told", "reopen")),
    ("declined", 3, ("decline",)),
    ("merged", 2, ("merge",)),
    ("registered", 2, ()),
    ("accepted", 2, ("accept",)),
    ("in hand", 3, ("accept", "assign")),
    ("answered next year", 1, ("accept", "assign", ("reply", 380))),
)
# The proposers' words, in the order in which they were told; "" where nobody gave one.
WORDS = {
    "solved and told": ["satisfied"] * 9 + ["mostly"] * 2,
    "planned": ["satisfied"] * 3 + ["mostly"] * 2 + ["dissatisfied", "", ""],
    "noted, late": ["dissatisfied", "dissatisfied", "", ""],
    "opened again": ["dissatisfied"] * 3,
}


def year_of_forty(unit: Unit) -> dict[str, list[Suggestion]]:
    """{course: its suggestions}. Signed by a person, by an organisation, and unsigned, in turn."""
    with scope_of_unit(unit):
        year = _Year(unit)
        made = {name: [year.one(name, course) for _each in range(n)] for name, n, course in COURSES}
        for row in made["declined"][:2]:
            year.told(row, day=7, word="")
        for row, outcome in zip(made["planned"], ("done", "partly"), strict=False):
            year.step(row, KIND.FOLLOWED_UP, day=90, outcome=outcome)
        year.step(made["in hand"][0], KIND.EXTENDED, day=25, words="需核算", due_on=_due(row, 60))
    return made


def _due(row: Suggestion, days: int) -> date:
    return row.registered_on + timedelta(days=days)


class _Year:
    def __init__(self, unit: Unit):
        self.unit, self.number = unit, 0
        self.office = factories.department(unit, "总务处")
        party = factories.party("民盟")
        self.speaker = factories.member(unit, SPEAKER, party="民盟")
        self.branch = factories.organisation(unit, "民盟联合小组", party=party)
        self.meeting = factories.consultation(unit, "新年座谈会", started_on=FIRST)
        self.words = {name: list(words) for name, words in WORDS.items()}
        self.first = None

    def one(self, name: str, course: tuple) -> Suggestion:
        """The next suggestion, run through ``course``."""
        row = self._registered(name)
        self.first = self.first or row
        for each in course:
            deed, *days = [each] if isinstance(each, str) else each
            getattr(self, f"_{deed}")(row, name, *days)
        return row

    def step(self, row: Suggestion, kind: str, *, day: int, **fields):
        """One step, ``day`` days after it was registered."""
        process.take(Step(suggestion=row, kind=kind, on=_due(row, day), **fields))

    def told(self, row: Suggestion, *, day: int, word: str):
        """The result was told, face to face."""
        self.step(row, KIND.FED_BACK, day=day, way=Reply.Way.FACE, satisfaction=word)

    def _registered(self, name: str) -> Suggestion:
        self.number += 1
        signed = [
            {"signature": "persons", "proposers": [self.speaker]},
            {"signature": "organisation", "organisation": self.branch},
            {"signature": "unsigned"},
        ][self.number % 3]
        return factories.suggestion(
            self.unit,
            year=YEAR,
            number=self.number,
            registered_on=FIRST + timedelta(days=self.number),
            wording=f"第{self.number}条建议：{name}",
            category=("后勤", "教学", "人事")[self.number % 3],
            consultation=self.meeting,
            may_be_published=self.number % 2 == 0,
            **signed,
        )

    def _accept(self, row, _name):
        self.step(row, KIND.ACCEPTED, day=1)

    def _assign(self, row, _name):
        self.step(row, KIND.ASSIGNED, day=2, department=self.office, due_on=_due(row, 30))

    def _decline(self, row, _name):
        self.step(row, KIND.DECLINED, day=3, words="不属本单位职责")

    def _merge(self, row, _name):
        self.step(row, KIND.MERGED, day=3, merged_into=self.first)

    def _reply(self, row, _name, days):
        process.reply(Reply(suggestion=row, replied_on=_due(row, days), wording=f"答复{row}"))

    def _solved(self, row, _name, days):
        self.step(row, KIND.RESULT, day=days, result="solved")

    def _planned(self, row, _name, days):
        self.step(row, KIND.RESULT, day=days, result="planned", words="列入下学期计划")

    def _noted(self, row, _name, days):
        self.step(row, KIND.RESULT, day=days, result="noted", words="条件不具备")

    def _told(self, row, name):
        self.told(row, day=45, word=self.words[name].pop(0))

    def _close(self, row, _name):
        self.step(row, KIND.CLOSED, day=46)

    def _reopen(self, row, _name):
        self.step(row, KIND.REOPENED, day=50, words="提出人不满意")
