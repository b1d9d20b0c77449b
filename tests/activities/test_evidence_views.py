"""Adding evidence: files, several at once, and web addresses."""

import re
import uuid

import pytest
from django.test import Client

from activities.file_check import faults
from activities.models import Activity, Slot
from tests import factories
from tests.activities.sending_evidence import (
    address,
    browser_of,
    pieces,
    send,
    told,
    upload,
)
from tests.activities.uploads import samples


@pytest.fixture
def meeting(school) -> Activity:
    return factories.activity(school, "座谈会", kind=Activity.Kind.SYMPOSIUM)


@pytest.fixture
def clerk(cast) -> Client:
    return browser_of(cast.clerk)


def test_several_files_at_once_without_the_script(clerk, meeting):
    answer = send(
        clerk,
        meeting,
        upload("座谈会通知.pdf"),
        upload("签到表.jpg", samples.photo()),
        upload("宏.docm", samples.office("docx")),
        upload("IMG_1.heic", b"x"),
    )
    assert answer["Location"] == address("activity", meeting) + "#evidence"
    assert [(row.name, row.slot) for row in pieces(meeting)] == [
        ("座谈会通知.pdf", Slot.NOTICE),
        ("签到表.jpg", Slot.SIGN_IN),
    ]
    words = told(clerk, answer)
    assert words[0] == "已保存 2 个文件。"
    assert [each.split("：")[0] for each in words[1:]] == ["宏.docm", "IMG_1.heic"]
    assert "HEIC" in words[2]


def test_script_is_told_what_became_of_its_file(clerk, meeting):
    stored = send(clerk, meeting, upload(), script=True)
    assert (stored.status_code, stored.json()) == (200, {"refused": []})
    refused = send(clerk, meeting, upload("a.exe", b"MZ"), script=True).json()["refused"]
    assert refused[0].startswith("不接收这种文件")
    assert [row.name for row in pieces(meeting)] == ["通知.pdf"]


def test_kind_that_was_chosen_is_kept(clerk, meeting):
    send(clerk, meeting, upload("IMG_1.jpg", samples.photo()), slot=Slot.SIGN_IN)
    assert [row.slot for row in pieces(meeting)] == [Slot.SIGN_IN]


def test_unknown_kind_stores_nothing(clerk, meeting):
    answer = send(clerk, meeting, upload(), slot="x", script=True)
    assert len(answer.json()["refused"]) == 1
    assert pieces(meeting) == []


def test_form_without_a_file_says_so(clerk, meeting):
    assert told(clerk, send(clerk, meeting)) == ["请先选择文件，可以一次选多个。"]
    assert send(clerk, meeting, script=True).json() == {
        "refused": ["请先选择文件，可以一次选多个。"]
    }


def test_same_sending_twice_makes_one_row_each(clerk, meeting):
    """Check 79."""
    token = str(uuid.uuid4())
    for _time in range(3):
        files = [upload("一.pdf"), upload("二.txt", b"zwei")]
        send(clerk, meeting, *files, token=token)
    assert [row.name for row in pieces(meeting)] == ["一.pdf", "二.txt"]


def test_two_people_with_the_same_token_make_two_rows(cast, meeting):
    """A token is one person's: nobody finds out what another one sent."""
    token = str(uuid.uuid4())
    send(browser_of(cast.clerk), meeting, upload("一.pdf"), token=token)
    send(browser_of(cast.secretary), meeting, upload("二.txt", b"zwei"), token=token)
    assert len(pieces(meeting)) == 2


@pytest.mark.parametrize("token", ["", "x", "0" * 500])
def test_file_without_a_proper_token_is_stored(clerk, meeting, token):
    data = {"files": upload(), "_token": token}
    clerk.post(address("add-evidence", meeting), data)
    assert len(pieces(meeting)) == 1


def test_too_large_a_file_is_told_and_the_rest_is_stored(clerk, meeting, settings):
    """Check 47: dropped while it came in."""
    settings.UPLOAD_MOST_BYTES = 10_000
    answer = send(clerk, meeting, upload("大.pdf", b"x" * 10_001), upload("小.pdf"))
    words = told(clerk, answer)
    assert words[0] == "已保存 1 个文件。"
    assert words[1].startswith("大.pdf：文件太大")


def test_nothing_is_left_in_incoming(clerk, meeting, settings):
    send(clerk, meeting, upload("a.jpg", samples.photo()), upload("b.pdf", b"no"))
    assert list(settings.INCOMING.iterdir()) == []
    assert list(faults()) == []


def test_scanner_that_is_down_is_told(clerk, meeting, settings):
    """Check 46."""
    settings.CLAMD = "/nowhere/clamd.ctl"
    assert "病毒扫描程序没有响应" in told(clerk, send(clerk, meeting, upload()))[0]
    assert pieces(meeting) == []


# --- web addresses ---


def test_web_address_is_added(clerk, meeting):
    page = clerk.get(address("add-evidence-address", meeting)).content.decode()
    token = re.search(r'name="_token" value="([^"]+)"', page)[1]
    data = {
        "_token": token,
        "address": "https://news.example.org/a?b=1",
        "caption": "学院召开座谈会",
        "slot": Slot.NEWS,
    }
    for _time in range(2):
        answer = clerk.post(address("add-evidence-address", meeting), data)
        assert answer["Location"] == address("activity", meeting) + "#evidence"
    assert [(row.address, str(row)) for row in pieces(meeting)] == [
        ("https://news.example.org/a?b=1", "学院召开座谈会")
    ]
    page = clerk.get(address("activity", meeting)).content.decode()
    assert 'href="https://news.example.org/a?b=1" rel="noopener noreferrer"' in page


@pytest.mark.parametrize("typed", ["", "javascript:alert(1)", "data:text/html,x", "ftp://a.org/"])
def test_what_is_no_web_address_is_refused_at_its_field(clerk, meeting, typed):
    data = {"address": typed, "caption": "x", "slot": Slot.NEWS}
    answer = clerk.post(address("add-evidence-address", meeting), data)
    assert answer.status_code == 200
    assert 'id="id_address_error"' in answer.content.decode()
    assert pieces(meeting) == []


# --- not needed ---
