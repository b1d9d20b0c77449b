"""A row of every kind of record, for tests that ask every page."""

from datetime import date

from consultations.models import Policy, PromiseKept
from members.models import Consent, Contact, CorrectionRequest, LegalHold
from tests import factories
from tests.factories.rows import saved
from units.scoping import scope_of_unit

DAY = date(2026, 3, 2)


def one_of_everything(unit, mark="", *, number=1):
    """A row of every registered kind of record: {model: row}; ``number`` keeps rounds apart."""
    mark = f"{mark}{'甲乙丙'[number - 1]}"
    person = factories.member(unit, f"{mark}王小明", party="民盟", title="高级教师", schooling="14")
    branch = factories.organisation(unit, f"{mark}支部", party=factories.party("民盟"))
    theme = factories.theme(unit, f"{mark}主题")
    platform = factories.series(unit, f"{mark}系列")
    event = factories.activity(
        unit, f"{mark}活动", themes=[theme], organisers=[branch], series=platform
    )
    factories.participation(event, person)
    pair = factories.talk_pair(unit, factories.person(unit, f"{mark}周青"), person)
    talk = factories.talk(pair, f"{mark}话题", follow_up=f"{mark}后续")
    aid = factories.aid_round(unit, f"{mark}助学")
    pupil = factories.recipient(unit, community=f"{mark}社区")
    money = factories.gift(aid, donors=[person])
    granted = factories.grant(aid, pupil, gift=money)
    meeting = factories.consultation(unit, f"{mark}座谈")
    factories.agenda_item(meeting, f"{mark}议题")
    opinion = factories.suggestion(
        unit, wording=f"{mark}建议", category=f"{mark}类", consultation=meeting
    )
    factories.reply(opinion, wording=f"{mark}答复")
    outline = factories.outline(unit, f"{mark}提纲", title=f"{mark}题")
    factories.outline_section(outline, heading=f"{mark}节")
    report = factories.report(unit, 2016 + number, title=f"{mark}总结")
    part = factories.section(report, 1, heading=f"{mark}节", body="多次走访。")
    factories.section(report, 2, heading=f"{mark}又一节")
    rows = [
        person,
        branch,
        theme,
        platform,
        event,
        pair,
        talk,
        aid,
        pupil,
        money,
        granted,
        factories.pledge(person),
        meeting,
        opinion,
        outline,
        report,
        part,
        factories.unit_year(unit, 2016 + number, motto=f"{mark}特征"),
        factories.department(unit, f"{mark}教研室"),
        factories.honour(unit, f"{mark}荣誉"),
        factories.appointment(person, f"{mark}委员", body=f"{mark}区委"),
        factories.employment(factories.person(unit, f"{mark}李明")),
        factories.membership(factories.person(unit, f"{mark}陈明")),
        factories.title_of(person, f"{mark}职称", level="junior"),
        factories.education(person, school=f"{mark}大学"),
        *personal_rows_of(person, mark),
        *promised_rows_of(unit, mark, number),
    ]
    return {type(row): row for row in rows}


def promised_rows_of(unit, mark, number):
    """What was proposed outside, promised, and by when things are due."""
    proposed = factories.proposal(unit, f"{mark}提案", channel=f"{mark}渠道")
    factories.adoption(proposed, f"{mark}政协")
    promised = factories.promise(unit, f"{mark}措施", made_in=2015 + number)
    with scope_of_unit(unit):
        deadlines = Policy.of(unit)
    review = PromiseKept(unit=unit, promise=promised, on=DAY, outcome="partly", words=f"{mark}进展")
    return [proposed, promised, saved(review), saved(deadlines)]


def personal_rows_of(person, mark):
    """A row of each kind about a person's own data."""
    rows = [
        Contact(member=person, phone="13912345678"),
        Consent(member=person, kind="roster", notice_version=f"{mark}版", given_on=DAY),
        CorrectionRequest(member=person, asked_on=DAY, wording=f"{mark}更正"),
        LegalHold(member=person, reason=f"{mark}争议", placed_on=DAY),
    ]
    with scope_of_unit(person.unit):
        for row in rows:
            row.save()
    return rows
