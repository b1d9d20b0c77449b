"""Files of evidence in a real browser: several at once, each with its progress, none lost."""

import re

import pytest
from playwright.sync_api import expect

from activities.models import Activity, Evidence
from tests import factories
from tests.activities.uploads import samples
from tests.browser.conftest import PASSWORD, WIDTHS
from tests.browser.soundness import faults_of, overflow_of
from units.scoping import scope_of_unit

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)

NO_CONNECTION = re.compile(r"net::ERR_(INTERNET_DISCONNECTED|FAILED)")


@pytest.fixture
def meeting(case_unit) -> Activity:
    """A symposium of which no evidence is there yet."""
    return factories.activity(case_unit, "座谈会", kind=Activity.Kind.SYMPOSIUM)


@pytest.fixture
def files(tmp_path):
    """Writes a file to choose: its path."""

    def write(name: str, content: bytes) -> str:
        (tmp_path / name).write_bytes(content)
        return str(tmp_path / name)

    return write


@pytest.fixture
def clerk(visit):
    """Signs somebody in: the visitor."""

    def make(*options):
        visitor = visit(*options)
        visitor.sign_in()
        visitor.page.wait_for_url("**/2017/")
        return visitor

    return make


def opened(visitor, meeting: Activity):
    """The meeting's page."""
    visitor.page.goto(f"/{meeting.unit.code}/activities/{meeting.pk}/")
    return visitor.page


def stored(meeting: Activity) -> list[tuple[str, str]]:
    """(name, kind) of every piece of evidence."""
    with scope_of_unit(meeting.unit):
        rows = Evidence.objects.filter(activity=meeting).order_by("name")
        return list(rows.values_list("name", "slot"))


def line_of(page, name: str):
    """The line about a file on its way."""
    return page.locator(".uploads li", has_text=name)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
def test_pages_of_evidence_are_sound_on_every_screen(meeting, clerk, files, width, scheme):
    photo = {"slot": "photo", "name": "合影.jpg", "content_type": "image/jpeg"}
    small = samples.picture(size=(400, 300))
    row = factories.evidence(meeting, small, thumbnail=small, caption="座谈会合影", **photo)
    factories.evidence(meeting, slot="notice", name="关于召开党派人员座谈会的通知（扫描件）.pdf")
    factories.evidence(meeting, slot="news", address=f"https://example.org/{'a' * 120}")
    factories.not_needed(meeting, "opinions", "会上当面回应")
    visitor = clerk(width, scheme)
    page, start = visitor.page, f"/{meeting.unit.code}/activities/{meeting.pk}/"
    checked = []
    for address in (
        start,
        f"{start}evidence/edit/",
        f"{start}evidence/address/",
        f"/{meeting.unit.code}/evidence/{row.pk}/delete/",
    ):
        page.goto(address)
        if address == start:
            page.set_input_files("#id_files", files("旧.doc", samples.OLE))
            page.locator(".not-needed summary").first.click()
        checked.append((page.url, faults_of(page), overflow_of(page)))
    assert [each for each in checked if each[1] or each[2] > 0] == []
    assert len(checked) == 4
    assert visitor.complaints == []


def test_several_files_at_once(meeting, clerk, files):
    visitor = clerk()
    page = opened(visitor, meeting)
    page.set_input_files(
        "#id_files",
        [
            files("IMG_2017.jpg", samples.photo()),
            files("座谈会通知.pdf", samples.pdf()),
            files("会议记录.docx", samples.office("docx")),
            files("旧通知.doc", samples.OLE),
            files("带脚本.pdf", samples.pdf(samples.with_script)),
        ],
    )
    for name in ("IMG_2017.jpg", "座谈会通知.pdf", "会议记录.docx"):
        expect(line_of(page, name)).to_contain_text("已保存")
    # One is refused before anything is sent, the other by what is in it.
    expect(line_of(page, "旧通知.doc")).to_contain_text("另存为 docx")
    expect(line_of(page, "带脚本.pdf")).to_contain_text("有脚本")
    assert stored(meeting) == [
        ("IMG_2017.jpg", "photo"),
        ("会议记录.docx", "minutes"),
        ("座谈会通知.pdf", "notice"),
    ]
    # The page says so without being loaded again.
    expect(page.locator(".piece")).to_have_count(3)
    page.locator(".piece img").scroll_into_view_if_needed()
    expect(page.locator(".piece img")).to_have_js_property("naturalWidth", 400)
    missing = page.locator("#missing").inner_text()
    assert "签到表" in missing
    assert "会议记录" not in missing
    assert visitor.complaints == []


def test_progress_of_each_file_is_shown(meeting, clerk, files):
    visitor = clerk()
    page = opened(visitor, meeting)
    network = visitor.context.new_cdp_session(page)
    network.send(
        "Network.emulateNetworkConditions",
        {"offline": False, "latency": 5, "downloadThroughput": -1, "uploadThroughput": 400_000},
    )
    page.set_input_files("#id_files", files("讲稿.txt", b"a" * 900_000))
    bar, seen = line_of(page, "讲稿.txt").locator("progress"), set()
    while bar.is_visible():
        seen.add(round(bar.evaluate("bar => bar.value"), 2))
        page.wait_for_timeout(50)
    assert len([value for value in seen if 0 < value < 1]) >= 3
    expect(line_of(page, "讲稿.txt")).to_contain_text("已保存")
    assert visitor.complaints == []


def test_files_are_dragged_in(meeting, clerk):
    page = opened(clerk(), meeting)
    drop = """(kind) => {
        const data = new DataTransfer();
        data.items.add(new File(["Tagesordnung"], "议程.txt", {type: "text/plain"}));
        document.querySelector(".checklist").dispatchEvent(
            new DragEvent(kind, {bubbles: true, cancelable: true, dataTransfer: data}));
        return document.querySelector("form.upload").classList.contains("is-over");
    }"""
    assert page.evaluate(drop, "dragenter") is True
    assert page.evaluate(drop, "drop") is False
    expect(line_of(page, "议程.txt")).to_contain_text("已保存")


def test_kind_is_chosen_in_the_checklist(meeting, clerk, files):
    page = opened(clerk(), meeting)
    with page.expect_file_chooser() as chooser:
        page.locator("a[data-slot=sign_in]").click()
    chooser.value.set_files(files("扫描0001.pdf", samples.pdf()))
    expect(line_of(page, "扫描0001.pdf")).to_contain_text("已保存")
    assert stored(meeting) == [("扫描0001.pdf", "sign_in")]


def test_what_is_lost_on_the_way_is_sent_again(meeting, clerk, files):
    visitor = clerk("phone")
    page = opened(visitor, meeting)
    visitor.context.set_offline(True)
    page.set_input_files("#id_files", files("通知.pdf", samples.pdf()))
    expect(line_of(page, "通知.pdf")).to_contain_text("连接中断")
    expect(line_of(page, "通知.pdf").locator("button")).to_have_text("重新上传")
    assert stored(meeting) == []
    visitor.context.set_offline(False)  # the connection is back: it goes on by itself
    expect(line_of(page, "通知.pdf")).to_contain_text("已保存")
    assert stored(meeting) == [("通知.pdf", "notice")]
    assert [each for each in visitor.complaints if not NO_CONNECTION.search(each)] == []


def test_answer_that_is_lost_makes_no_second_row(meeting, clerk, files):
    """Check 79: the server stored the file, and the browser never heard of it."""
    visitor = clerk()
    page = opened(visitor, meeting)
    network, answers = visitor.context.new_cdp_session(page), []

    def lose_the_first(answer):
        answers.append(answer["responseStatusCode"])
        given = {"requestId": answer["requestId"]}
        if len(answers) == 1:
            network.send("Fetch.failRequest", {**given, "errorReason": "ConnectionReset"})
        else:
            network.send("Fetch.continueResponse", given)

    network.on("Fetch.requestPaused", lose_the_first)
    pattern = {"urlPattern": "*/evidence/", "requestStage": "Response"}
    network.send("Fetch.enable", {"patterns": [pattern]})
    page.set_input_files("#id_files", files("通知.pdf", samples.pdf()))
    line_of(page, "通知.pdf").locator("button", has_text="重新上传").click()
    expect(line_of(page, "通知.pdf")).to_contain_text("已保存")
    assert answers == [200, 200]
    assert stored(meeting) == [("通知.pdf", "notice")]


def test_sign_out_in_between_loses_no_file(meeting, clerk, files):
    visitor = clerk()
    page = opened(visitor, meeting)
    visitor.context.clear_cookies()
    page.set_input_files("#id_files", files("通知.pdf", samples.pdf()))
    expect(line_of(page, "通知.pdf")).to_contain_text("登录已失效")
    other = visitor.context.new_page()
    other.goto("/sign-in/")
    other.fill("input[name=username]", "chenjing")
    other.fill("input[name=password]", PASSWORD)
    other.click("main button[type=submit]")
    other.wait_for_url("**/2017/")
    line_of(page, "通知.pdf").locator("button").click()
    expect(line_of(page, "通知.pdf")).to_contain_text("已保存")
    assert stored(meeting) == [("通知.pdf", "notice")]


def test_somebody_with_a_phone_takes_a_photo(meeting, new_context, live_server, files):
    context = new_context(
        base_url=live_server.url, viewport=WIDTHS["phone"], has_touch=True, is_mobile=True
    )
    page = context.new_page()
    page.goto("/sign-in/")
    page.fill("input[name=username]", "chenjing")
    page.fill("input[name=password]", PASSWORD)
    page.click("main button[type=submit]")
    page.wait_for_url("**/2017/")
    page.goto(f"/{meeting.unit.code}/activities/{meeting.pk}/")
    camera = page.locator("label[for=id_camera]")
    assert camera.bounding_box()["height"] >= 44
    with page.expect_file_chooser() as chooser:
        camera.tap()
    assert page.get_attribute("#id_camera", "capture") == "environment"
    chooser.value.set_files(files("image.jpg", samples.photo(orientation=6)))
    expect(line_of(page, "image.jpg")).to_contain_text("已保存")
    assert stored(meeting) == [("image.jpg", "photo")]
    context.close()


def test_form_works_without_scripts(meeting, new_context, live_server, files):
    context = new_context(base_url=live_server.url, java_script_enabled=False, locale="zh-CN")
    page = context.new_page()
    page.goto("/sign-in/")
    page.fill("input[name=username]", "chenjing")
    page.fill("input[name=password]", PASSWORD)
    page.click("main button[type=submit]")
    page.goto(f"/{meeting.unit.code}/activities/{meeting.pk}/?slot=material#evidence")
    assert page.locator("#id_slot").input_value() == "material"
    page.select_option("#id_slot", "")
    page.set_input_files(
        "#id_files",
        [
            files("通知.pdf", samples.pdf()),
            files("签到表.jpg", samples.photo()),
            files("旧.doc", samples.OLE),
        ],
    )
    page.click(".upload-send")
    told = page.locator(".notices .notice").all_inner_texts()
    assert [words.split("，")[0] for words in told] == ["已保存 2 个文件。", "旧.doc：这是旧格式"]
    assert stored(meeting) == [("签到表.jpg", "sign_in"), ("通知.pdf", "notice")]
    context.close()


def test_keyboard_reaches_everything(meeting, clerk, files):
    page = opened(clerk(), meeting)
    page.locator("#id_files").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Shift+Tab")
    assert page.evaluate("document.activeElement.id") == "id_files"
    outline = "label => getComputedStyle(label).outlineStyle"
    assert page.locator("label[for=id_files]").evaluate(outline) == "solid"
    page.locator(".not-needed summary").first.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("线上举行")
    page.keyboard.press("Enter")
    page.wait_for_load_state()
    expect(page.locator(".check-line", has_text="不需要：线上举行")).to_have_count(1)
