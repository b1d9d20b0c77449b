"""People brought in from a spreadsheet in a real browser: sent, corrected, stored, undone."""

import pytest
from playwright.sync_api import expect

from members.models import Member
from tests.browser.conftest import WIDTHS
from tests.browser.soundness import faults_of, overflow_of
from tests.units.imports.sheets import xlsx
from units.scoping import scope_of_unit

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)

ROWS = [
    ["普陀区教育学院民主党派成员花名册"],
    ["姓名", "性别", "工号", "出生年月", "党派", "参加党派时间", "在职/退休", "部门", "籍贯"],
    ["何青青", "女", "0912", "1975.3", "民盟盟员", "1993.06.10", "在职", "师训部", "上海"],
    ["李明明", "男", "0913", "1980.13", "民主党派", "2016年9月", "在岗", "教务处", "江苏"],
    ["仇一鸣", "", "", "", "民进", "", "", "", ""],
]


def at_the_imports(visit, unit, width="desktop", scheme="light"):
    visitor = visit(width, scheme)
    visitor.sign_in()
    visitor.page.wait_for_load_state()
    visitor.page.goto(f"/{unit.code}/people/")
    visitor.page.click("a:text('导入')")
    return visitor, visitor.page


def send(page, tmp_path):
    file = tmp_path / "名册.xlsx"
    file.write_bytes(xlsx(ROWS))
    page.set_input_files("input[type=file]", file)
    page.click("button:text('读取并比对')")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
def test_file_is_sent_corrected_stored_and_undone(visit, case_unit, tmp_path, width, scheme):
    with scope_of_unit(case_unit):
        before = Member.objects.count()
    visitor, page = at_the_imports(visit, case_unit, width, scheme)
    checked = []

    def check(name: str):
        checked.append((name, faults_of(page), overflow_of(page)))

    check("form")
    send(page, tmp_path)
    expect(page.locator(".import-summary a[aria-current]")).to_contain_text("1")
    check("faults")
    page.click("main table a:has-text('更正') >> nth=0")
    check("row")
    page.fill("[name=cell_born]", "1980.12")
    page.fill("[name=cell_party]", "致公")
    page.click("button:text('重新核对')")
    expect(page.locator("button", has_text="确认并保存")).to_be_visible()
    check("new")
    page.click("button:text('确认并保存')")
    expect(page.locator("main")).to_contain_text("已导入并保存")
    check("stored")
    with scope_of_unit(case_unit):
        assert Member.objects.count() == before + 2
    page.click("button:text('撤销这次导入')")
    expect(page.locator("main")).to_contain_text("已撤销导入")
    check("undone")
    with scope_of_unit(case_unit):
        assert Member.objects.count() == before
    assert [each for each in checked if each[1] or each[2] > 0] == []
    assert visitor.complaints == []
