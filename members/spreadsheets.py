"""The roster as a spreadsheet: its columns, declared once for export, template and import.

A row is one person, as they stood on a day. Telephone numbers go out covered.
"""

from collections.abc import Callable
from datetime import date

from django.db.models import Prefetch, Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from members import sheet_readers as read
from members.models import (
    Appointment,
    Education,
    Employment,
    Member,
    Membership,
    Title,
)
from units.sheet_columns import SheetColumn, date_cell
from units.statistic import unknown_first

_JOINING = "加入党派时间 参加党派时间 加入时间 参加时间"


def with_sheet_rows(people: QuerySet[Member], *, day: date) -> QuerySet[Member]:
    """``people`` in their order, with what the columns need; no query for any single person."""
    memberships = (
        Membership.objects.on(day).with_joining(day).select_related("party", "organisation")
    )
    titles = Title.objects.on(day).order_by(unknown_first("-started_on"), "-pk")
    posts = Appointment.objects.on(day).select_related("party", "organisation")
    schooling = Education.objects.filter(Q(completed_on__isnull=True) | Q(completed_on__lte=day))
    employments = Employment.objects.on(day).select_related("department")
    return (
        people.prefetch_related(None)
        .select_related("contact")
        .prefetch_related(
            Prefetch("memberships", memberships, to_attr="sheet_memberships"),
            Prefetch("employments", employments, to_attr="sheet_employments"),
            Prefetch("titles", titles, to_attr="sheet_titles"),
            Prefetch("appointments", posts, to_attr="sheet_posts"),
            Prefetch("educations", schooling.order_by("level", "pk"), to_attr="sheet_schooling"),
        )
    )


def _of(rows: str, cell: Callable[[object], object], place: int = 0) -> Callable[[Member], object]:
    """A cell about the person's row at ``place`` among ``rows``; empty if there is none."""

    def value(member: Member):
        found = getattr(member, rows)
        return cell(found[place]) if place < len(found) else None

    return value


def _started(row) -> object:
    return date_cell(row.started_on, row.started_precision)


def _joined(row: Membership) -> object:
    return date_cell(row.joined_on, row.joined_precision)


def _posts(*kinds: str) -> Callable[[Member], str]:
    def value(member: Member) -> str:
        return "；".join(post.words for post in member.sheet_posts if post.kind in kinds)

    return value


def _phone(member: Member) -> str:
    return member.contact.masked_phone if hasattr(member, "contact") else ""


def _column(key: str, part: str, heading: str, value, read, aliases="", example="") -> SheetColumn:
    return SheetColumn(heading, value, part, read, tuple(aliases.split()), example, key)


_KIND = Appointment.Kind
_NAME = pgettext_lazy("person", "name")
_of_party = _of("sheet_memberships", lambda row: row.party.short_name)
_of_second_party = _of("sheet_memberships", lambda row: row.party.short_name, 1)
_level_of_title = _of("sheet_titles", lambda row: row.get_level_display())
PEOPLE = (
    _column(
        *("staff_number", "member", _("staff number"), lambda m: m.staff_number),
        *(read.text("staff_number"), "工号 职工号 教工号 工作证号 学工号", "0912"),
    ),
    _column("name", "member", _NAME, lambda m: m.name, read.text("name"), "姓名 名字", "徐文清"),
    _column("sex", "member", _("sex"), lambda m: m.get_sex_display(), read.sex, "性别", "女"),
    _column(
        *("ethnic_group", "member", _("ethnic group"), lambda m: m.ethnic_group),
        *(read.text("ethnic_group"), "民族", "汉族"),
    ),
    _column(
        *("born", "member", _("born"), lambda m: date_cell(m.born_on, m.born_precision)),
        *(read.day("born_on", "born_precision"), "出生年月 出生日期 出生时间 生日", "1975.3"),
    ),
    _column(
        *("party", "membership", _("democratic party"), _of_party, read.party),
        *("民主党派 党派 党派名称 所属党派 参加党派 政治面貌", "民盟"),
    ),
    _column(
        *("joined", "membership", _("joined the party"), _of("sheet_memberships", _joined)),
        *(read.started, f"{_JOINING} 入党派时间 党派加入时间", "2005.5"),
    ),
    _column(
        *("organisation", "membership", _("party organisation")),
        *(_of("sheet_memberships", lambda row: row.organisation), read.text("organisation")),
        *("党派组织 所属党派组织 所属支部 党派支部 支部", ""),
    ),
    _column(
        *("second_party", "second_membership", _("second party"), _of_second_party, read.party),
        *("第二党派 党派", ""),
    ),
    _column(
        *("second_joined", "second_membership", _("joined the second party")),
        *(_of("sheet_memberships", _joined, 1), read.started, f"加入第二党派时间 {_JOINING}"),
    ),
    _column(
        *("party_posts", "party_posts", _("posts in parties"), _posts(_KIND.PARTY), read.posts),
        *("党派职务 党派内职务 担任党派职务", "民盟区委委员"),
    ),
    _column(
        *("status", "employment", _("employment")),
        *(_of("sheet_employments", lambda r: r.get_status_display()), read.status),
        *("在职情况 在职/退休 在职或退休 在职退休 状态 人员状态", "在职"),
    ),
    _column(
        *("employed_since", "employment", _("employed so since")),
        *(_of("sheet_employments", _started), read.started),
        *("现状起始时间 到校时间 进校时间 来校时间 退休时间", "2000.9"),
    ),
    _column(
        *("department", "employment", _("department")),
        *(_of("sheet_employments", lambda row: row.department), read.text("department")),
        *("部门 所在部门 科室 教研组 教研室", "师训部"),
    ),
    _column(
        *("teacher", "employment", _("full-time teacher")),
        *(_of("sheet_employments", lambda row: row.full_time_teacher),),
        *(read.yes_or_no("full_time_teacher"), "专职教师 专任教师 是否专任教师", "是"),
    ),
    _column(
        *("unit_posts", "unit_posts", _("posts in the unit"), _posts(_KIND.SCHOOL, _KIND.CPC)),
        *(read.posts, "校内职务 行政职务 单位职务 现任职务", ""),
    ),
    _column(
        *("title", "title", _("professional title"), _of("sheet_titles", lambda row: row.name)),
        *(read.text("name"), "职称 技术职称 专业技术职务 专业技术职称", "高级教师"),
    ),
    _column(
        *("title_level", "title", _("level of the title"), _level_of_title, read.title_level),
        *("职称级别 职称等级 级别", "副高级"),
    ),
    _column(
        *("title_since", "title", _("title since"), _of("sheet_titles", _started), read.started),
        *("职称取得时间 职称时间 评定时间", "2010.9"),
    ),
    _column(
        *("schooling", "education", _("schooling")),
        *(_of("sheet_schooling", lambda row: row.get_level_display()), read.schooling),
        *("学历 最高学历", "硕士研究生"),
    ),
    _column(
        *("degree", "education", _("degree")),
        *(_of("sheet_schooling", lambda row: row.get_degree_display()), read.degree),
        *("学位 最高学位", "硕士"),
    ),
    _column(
        *("public_posts", "public_posts", _("public offices")),
        *(_posts(_KIND.CONGRESS, _KIND.CONSULTATIVE, _KIND.SOCIAL), read.posts),
        *("社会职务 现任社会职务 社会兼职", "区政协委员"),
    ),
    SheetColumn(_("Telephone"), _phone),
    _column(
        *("checked", "member", _("last checked"), lambda m: m.checked_on),
        *(read.day("checked_on"), "最近核对日期 核对日期", ""),
    ),
    _column(
        *("source", "member", _("source of the entries"), lambda m: m.source),
        *(read.text("source"), "信息来源", ""),
    ),
    _column("note", "member", _("note"), lambda m: m.note, read.text("note"), "备注", ""),
)
