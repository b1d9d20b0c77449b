"""Made-up ledgers, to make a document of any length. The same numbers always give the same rows."""

from collections.abc import Iterator
from dataclasses import replace

from reports.document import Document, Table

SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜"
GIVEN = "明华文静思远志强晓燕海涛雨桐子轩梓涵建国秀英丽娟俊杰欣怡浩然"
PARTIES = ("民革", "民盟", "民建", "民进", "农工党", "致公党", "九三学社", "台盟")
TITLES = ("高级教师", "一级教师", "二级教师", "正高级教师")
KINDS = ("座谈会", "参观学习", "专题调研", "帮困助学", "谈心谈话", "社区服务")
WORDS = (
    "围绕学校年度工作重点听取意见建议",
    "共同交流学习体会",
    "形成书面材料一份并报上级部门",
    "参加者对绩效考核分配方案提出修改意见",
    "会后由支部逐条答复",
)

ROSTER = ("序号", "姓名", "党派", "加入年月", "部门", "职称", "职务", "备注")
ROSTER_WIDTHS = (2, 3, 3, 4, 4, 4, 3, 4)
LEDGER = ("日期", "活动", "地点", "主持", "人数", "内容", "落实情况")
LEDGER_WIDTHS = (3, 3, 3, 2, 2, 9, 6)


def with_ledgers(document: Document, *, roster_rows: int, ledger_rows: int) -> Document:
    """The document with a roster of 8 columns and an activity ledger of 7 after its text."""
    tables = []
    if roster_rows:
        rows = tuple(_roster_row(number) for number in range(roster_rows))
        tables.append(Table("成员名册", ROSTER, rows, ROSTER_WIDTHS))
    if ledger_rows:
        rows = tuple(_ledger_row(number) for number in range(ledger_rows))
        tables.append(Table("活动台账", LEDGER, rows, LEDGER_WIDTHS))
    return replace(document, blocks=document.blocks + tuple(tables))


def _roster_row(number: int) -> tuple[str, ...]:
    return (
        str(number + 1),
        _name(number),
        PARTIES[number % len(PARTIES)],
        f"{1980 + number % 37}年{1 + number % 12}月",
        f"第{1 + number % 23}教研室",
        TITLES[number % len(TITLES)],
        "支部委员" if number % 9 == 0 else "",
        f"{1 + number % 5}个年度先进" if number % 7 == 0 else "",
    )


def _ledger_row(number: int) -> tuple[str, ...]:
    return (
        f"2017年{1 + number % 12}月{1 + number % 28}日",
        KINDS[number % len(KINDS)],
        f"第{1 + number % 17}会议室",
        _name(number * 7),
        str(8 + number % 40),
        "，".join(_phrases(number, 2 + number % 3)) + "。",
        "，".join(_phrases(number + 3, 1 + number % 2)) + "。",
    )


def _phrases(start: int, count: int) -> Iterator[str]:
    return (WORDS[(start + step) % len(WORDS)] for step in range(count))


def _name(number: int) -> str:
    given = GIVEN[number * 5 % len(GIVEN)] + GIVEN[number * 3 % len(GIVEN)] * (number % 3 > 0)
    return SURNAMES[number % len(SURNAMES)] + given
