"""Somebody who left the unit, with everything that can be kept about a person."""

from datetime import date

from members.models import Contact
from tests import factories
from units.scoping import scope_of_unit

NAME, EARLIER_NAME, OTHER = "张三丰", "张三风", "李四光"
LEFT = date(2020, 7, 1)
DAY = date(2026, 3, 2)
REASON = "本人要求"


def leaver_of(school):
    """The person, gone since :data:`LEFT`; texts name them and a colleague, ``OTHER``."""
    factories.member(school, OTHER, party="民盟")
    row = factories.person(
        school,
        NAME,
        staff_number="J0815",
        ethnic_group="回族",
        note="原教研组长",
        source="人事科名册",
    )
    factories.membership(row, "民盟", started_on=date(2005, 5, 1), ended_on=LEFT)
    factories.employment(row, started_on=date(2000, 9, 1), ended_on=LEFT)
    factories.title_of(row)
    factories.education(row, school="华东师范大学数学系")
    meeting = factories.consultation(school, f"{NAME}同志座谈", summary=f"听取{NAME}、{OTHER}意见")
    factories.participation(meeting, row)
    factories.suggestion(
        school, wording=f"{NAME}建议延长开放时间", signature="persons", proposers=[row]
    )
    report = factories.report(school)
    factories.section(report, body=f"{NAME}等同志积极参与。")
    gift = factories.gift(factories.aid_round(school))
    factories.gift_donor(gift, row)
    with scope_of_unit(school):
        contact = Contact(member=row, phone="13912345678")
        contact.save()
        row.name = EARLIER_NAME  # a slip that stood there for a while
        row.save()
        row.name = NAME
        row.save()
    return row
