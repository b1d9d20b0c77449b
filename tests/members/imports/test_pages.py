"""The pages of an import: send, look, correct, confirm, undo; and files to take along."""

import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from members.models import Member
from tests import factories
from tests.html_forms import forms_on
from tests.members.imports.bringing_in import brought_in
from units.models import ColumnName, SheetImport

HEAD = "姓名,性别,籍贯,身份证号,党派,在职/退休"
GOOD = "徐文清,女,上海,310107197503150028,民盟盟员,在职"
BAD = "李明,男,,,民主党派,在职"


@pytest.fixture
def clerk(client, cast):
    """The clerk's browser."""
    client.force_login(cast.clerk)
    return client


def address(name: str, *arguments) -> str:
    return reverse(name, args=["putuo-jy", *arguments])


def sent(browser, *lines: str, name="名册.csv", **data):
    """The page that a file leads to."""
    file = SimpleUploadedFile(name, "\n".join(lines).encode())
    return browser.post(address("imports", "people"), {"file": file, **data}, follow=True)


def pressed(browser, page, action: str, **data):
    """The page after the form that leads to ``action`` was sent."""
    text = page.content.decode()
    form = next(f for f in forms_on(text, page.request["PATH_INFO"], {}.get) if action in f.action)
    return browser.post(form.action, {**form.data, **data}, follow=True)


def said(page) -> list[str]:
    return [str(message) for message in page.context["messages"]]


def test_file_is_sent_looked_at_corrected_stored_and_undone(clerk, in_scope):
    """Check 80: nothing is stored before it is confirmed, and nothing while a row has a fault."""
    page = sent(clerk, HEAD, GOOD, BAD)
    row = SheetImport.objects.get()
    assert (row.new_rows, row.faulty_rows) == (1, 1)
    assert page.context["lines"][0]["faults"][0][:2] == ("党派", "民主党派")
    assert "确认并保存" not in page.content.decode()
    form = clerk.get(address("import-row", row.pk, 3))
    page = pressed(clerk, form, "/rows/3/", cell_party="民进")
    assert [view.count for view in page.context["views"]] == [0, 0, 2]
    page = pressed(clerk, page, "/store/")
    assert said(page) == ["已导入并保存。需要时可在下面整批撤销。"]
    assert sorted(Member.objects.values_list("name", flat=True)) == ["徐文清", "李明"]
    page = pressed(clerk, page, "/undo/")
    assert said(page) == ["已撤销导入：记录恢复到导入以前。"]
    assert not Member.objects.exists()


def test_columns_that_are_not_known_are_listed_and_can_be_taught(clerk, in_scope):
    page = sent(clerk, "姓名,性别,在不在,身份证号", "徐文清,女,在职,310107197503150028")
    assert [form.initial["heading"] for form in page.context["unread"]] == ["在不在"]
    assert page.context["refused"] == ["身份证号"]
    pressed(clerk, page, "/headings/", column="status")
    assert ColumnName.objects.get().column == "status"
    page = sent(clerk, "姓名,性别,在不在", "徐文清,女,在职")
    assert page.context["unread"] == []
    assert page.context["faulty"] == 0


def test_identity_numbers_are_nowhere_in_what_is_stored(clerk, in_scope):
    """They are not kept, whatever the column is called."""
    page = sent(clerk, "姓名,号码,在职/退休", "徐文清,31010719750315002X,在职")
    assert page.context["refused"] == ["号码"]
    assert b"31010719750315002X" not in page.content


def test_row_is_left_out(clerk, in_scope):
    page = sent(clerk, HEAD, GOOD, BAD)
    form = clerk.get(address("import-row", SheetImport.objects.get().pk, 3))
    page = pressed(clerk, form, "/rows/3/", left_out="on")
    assert page.context["may_store"]
    pressed(clerk, page, "/store/")
    assert Member.objects.get().name == "徐文清"


def test_person_of_the_same_name_is_chosen(clerk, in_scope):
    """Two people of one name: nobody is guessed."""
    first = factories.member(in_scope, "徐文清", staff_number="0001")
    factories.member(in_scope, "徐文清", staff_number="0002")
    page = sent(clerk, HEAD, GOOD)
    row = SheetImport.objects.get()
    assert row.faulty_rows == 1
    form = clerk.get(address("import-row", row.pk, 2))
    page = pressed(clerk, form, "/rows/2/", chosen=str(first.pk))
    pressed(clerk, page, "/store/")
    assert first.memberships.get().party.brief == "民盟"


def test_somebody_else_of_the_same_name_is_new(clerk, in_scope):
    factories.member(in_scope, "徐文清", sex="male")
    page = sent(clerk, HEAD, GOOD)
    form = clerk.get(address("import-row", SheetImport.objects.get().pk, 2))
    page = pressed(clerk, form, "/rows/2/", chosen="new")
    pressed(clerk, page, "/store/")
    assert Member.objects.filter(name="徐文清").count() == 2


def test_faults_as_a_workbook_come_back_corrected(clerk, in_scope):
    page = sent(clerk, HEAD, GOOD, BAD)
    file = clerk.get(address("import-faults", SheetImport.objects.get().pk))
    book = openpyxl.load_workbook(io.BytesIO(file.content))
    cells = [[cell.value for cell in row] for row in book.active.iter_rows()]
    assert [row[0] for row in cells] == ["姓名", "徐文清", "李明"]
    assert cells[0][-1] == "需要改正"
    assert cells[2][-1].startswith("民主党派：应为民革、民盟、")
    book.active.cell(3, cells[0].index("党派") + 1).value = "民进"
    saved = io.BytesIO()
    book.save(saved)
    upload = SimpleUploadedFile("问题.xlsx", saved.getvalue())
    page = clerk.post(address("imports", "people"), {"file": upload}, follow=True)
    assert (page.context["faulty"], page.context["unread"]) == (0, [])
    assert page.context["may_store"]


def test_template_is_read_again(clerk, in_scope):
    """Its headings are all known, examples in brackets aside; without rows it is no list."""
    file = clerk.get(address("import-template", "people", "csv"))
    headings = file.content.decode("utf-8-sig").strip()
    assert "出生日期（如" not in headings
    assert "出生日期（1975.3）" in headings
    row = ",".join(["0912", "徐文清"] + [""] * (headings.count(",") - 1))
    page = sent(clerk, headings, row)
    assert page.context["unread"] == []
    assert clerk.get(address("import-template", "people", "doc")).status_code == 404


def test_file_that_is_refused_says_what_to_do(clerk, in_scope):
    page = sent(clerk, "x", name="名册.xls")
    assert page.context["form"].errors["file"][0].startswith("这是旧的 .xls 格式")
    assert not SheetImport.objects.exists()
    page = sent(clerk, "部门,职称", "师训部,高级教师")
    assert "必须有“姓名”一列" in page.context["form"].errors["file"][0]


def test_form_sent_twice_reads_one_file(clerk, in_scope):
    """Check 79."""
    token = "0f8fad5b-d9cb-469f-a165-70867728950e"  # noqa: S105 - of a form
    for _time in range(2):
        sent(clerk, HEAD, GOOD, _token=token)
    assert SheetImport.objects.count() == 1


def test_plan_that_somebody_corrected_is_looked_at_again_first(clerk, in_scope):
    page = sent(clerk, HEAD, GOOD)
    row = SheetImport.objects.get()
    row.save()
    page = pressed(clerk, page, "/store/")
    assert said(page) == ["这次导入刚才有人改动过。什么也没有做：请再看一遍。"]
    assert not Member.objects.exists()


def test_another_unit_finds_no_import(client, cast, in_scope):
    """Check 28."""
    row = brought_in(in_scope, [HEAD.split(","), GOOD.split(",")], cast.clerk)
    client.force_login(cast.colleague)
    for name in ("import", "import-faults"):
        assert client.get(address(name, row.pk)).status_code == 404
        other = reverse(name, args=["caoyang", row.pk])
        assert client.get(other).status_code == 404
    for name in ("import-store", "import-undo", "import-again", "import-drop"):
        assert client.post(reverse(name, args=["caoyang", row.pk])).status_code == 404


def test_links_stand_on_the_roster_and_in_the_admin(client, cast, in_scope):
    link = f'href="{address("imports", "people")}"'
    for part, there in (("clerk", True), ("secretary", True), ("viewer", False)):
        client.force_login(getattr(cast, part))
        assert (link in client.get(f"/{in_scope.code}/people/").content.decode()) is there
    client.force_login(cast.clerk)
    assert link in client.get(reverse("admin:members_member_changelist")).content.decode()
