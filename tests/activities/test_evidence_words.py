"""Saying something about evidence, marking what is not needed, taking a piece back."""

import pytest
from django.test import Client
from django.urls import reverse

from activities.file_check import faults
from activities.models import Activity, Evidence, NotNeeded, Slot
from tests import factories
from tests.activities.sending_evidence import (
    address,
    browser_of,
    pieces,
    send,
    stamp_on,
    told,
    upload,
)
from units.scoping import scope_of_unit


@pytest.fixture
def meeting(school) -> Activity:
    return factories.activity(school, "座谈会", kind=Activity.Kind.SYMPOSIUM)


@pytest.fixture
def clerk(cast) -> Client:
    return browser_of(cast.clerk)


def test_kind_is_marked_as_not_needed_and_needed_again(clerk, meeting):
    page = address("mark-not-needed", meeting)
    clerk.post(page, {"slot": Slot.NEWS, "reason": "内部会议"})
    clerk.post(page, {"slot": Slot.NEWS, "reason": "又一次"})
    with scope_of_unit(meeting.unit):
        assert [(mark.slot, mark.reason) for mark in NotNeeded.objects.all()] == [
            (Slot.NEWS, "内部会议")
        ]
    assert "不需要：内部会议" in clerk.get(address("activity", meeting)).content.decode()
    clerk.post(page, {"slot": Slot.NEWS, "withdraw": "1"})
    with scope_of_unit(meeting.unit):
        assert NotNeeded.objects.count() == 0


@pytest.mark.parametrize("data", [{"slot": "news"}, {"slot": "x", "reason": "a"}, {}])
def test_mark_without_reason_or_kind_is_refused(clerk, meeting, data):
    answer = clerk.post(address("mark-not-needed", meeting), data)
    assert told(clerk, answer) == ["请写明不需要的理由（不超过 100 字）。"]


# --- words about what is there ---


def words_for(rows):
    """What the page of captions sends for ``rows`` as they are."""
    return {
        f"piece-{row.pk}-{name}": value
        for row in rows
        for name, value in {
            "caption": row.caption,
            "slot": row.slot,
            "minors_visible": "unknown",
        }.items()
    }


def test_captions_kinds_and_children_are_entered_at_once(clerk, meeting):
    first = factories.evidence(meeting, slot=Slot.NOTICE, name="a.jpg", thumbnail=b"s")
    second = factories.evidence(meeting, slot=Slot.PHOTO, name="b.jpg", thumbnail=b"s")
    third = factories.evidence(meeting, slot=Slot.PHOTO, name="c.jpg", thumbnail=b"s")
    page = address("edit-evidence", meeting)
    data = words_for([first, second, third]) | {
        "_stamp": stamp_on(clerk.get(page).content.decode()),
        f"piece-{first.pk}-caption": "签到",
        f"piece-{first.pk}-slot": Slot.SIGN_IN,
        f"piece-{first.pk}-minors_visible": "false",
        f"piece-{second.pk}-minors_unrecognisable": "on",
    }
    answer = clerk.post(page, data)
    assert answer["Location"] == address("activity", meeting) + "#evidence"
    assert [
        (row.caption, row.slot, row.minors_visible, row.minors_unrecognisable, row.version)
        for row in pieces(meeting)
    ] == [
        ("签到", Slot.SIGN_IN, False, False, 2),
        # Who says that nobody can be recognised has seen children.
        ("", Slot.PHOTO, True, True, 2),
        ("", Slot.PHOTO, None, False, 1),
    ]


def test_stale_words_are_refused_with_both_versions(clerk, meeting):
    """Check 78."""
    row = factories.evidence(meeting, name="a.pdf", caption="原来的")
    page = address("edit-evidence", meeting)
    stamp = stamp_on(clerk.get(page).content.decode())
    with scope_of_unit(meeting.unit):
        changed = Evidence.objects.get()
        changed.caption = "别人写的"
        changed.save()
    data = words_for([row]) | {"_stamp": stamp, f"piece-{row.pk}-caption": "我写的"}
    answer = clerk.post(page, data).content.decode()
    assert "别人写的" in answer
    assert "我写的" in answer
    assert [each.caption for each in pieces(meeting)] == ["别人写的"]


def test_words_about_a_piece_of_another_activity_change_nothing(clerk, meeting, school):
    """Check 26."""
    row = factories.evidence(meeting, name="a.pdf")
    other = factories.evidence(factories.activity(school), name="b.pdf", caption="原来的")
    page = address("edit-evidence", meeting)
    stamp = stamp_on(clerk.get(page).content.decode())
    planted = {f"piece-{other.pk}-caption": "x", f"piece-{other.pk}-slot": Slot.PLAN}
    clerk.post(page, words_for([row]) | planted | {"_stamp": stamp})
    assert [each.caption for each in pieces(other.activity)] == ["原来的"]


def test_file_itself_cannot_be_changed_by_words(clerk, meeting):
    """Check 18."""
    row = factories.evidence(meeting, name="a.pdf")
    page = address("edit-evidence", meeting)
    planted = {"name": "x", "sha256": "0", "size": 7, "file": "evidence/x", "unit": 1, "version": 9}
    data = words_for([row]) | {f"piece-{row.pk}-{key}": value for key, value in planted.items()}
    data |= {"_stamp": stamp_on(clerk.get(page).content.decode()), f"piece-{row.pk}-caption": "新"}
    clerk.post(page, data)
    after = pieces(meeting)[0]
    assert after.caption == "新"
    assert (after.name, after.sha256, after.size, after.file.name, after.unit) == (
        row.name,
        row.sha256,
        row.size,
        row.file.name,
        row.unit,
    )


# --- deleting ---


def test_piece_is_deleted_after_asking(clerk, meeting, django_capture_on_commit_callbacks):
    row = factories.evidence(meeting, name="a.pdf")
    page = address("delete-evidence", row)
    asked = clerk.get(page).content.decode()
    assert len(pieces(meeting)) == 1
    with django_capture_on_commit_callbacks(execute=True):
        answer = clerk.post(page, {"_stamp": stamp_on(asked)})
    assert told(clerk, answer) == ["已删除：a.pdf"]
    assert pieces(meeting) == []
    assert list(faults()) == []


def test_piece_that_changed_meanwhile_is_not_deleted(clerk, meeting):
    row = factories.evidence(meeting, name="a.pdf")
    page = address("delete-evidence", row)
    stamp = stamp_on(clerk.get(page).content.decode())
    with scope_of_unit(meeting.unit):
        changed = Evidence.objects.get()
        changed.caption = "重要"
        changed.save()
    for given in (stamp, "", "x"):
        assert clerk.post(page, {"_stamp": given}).status_code == 200
    assert len(pieces(meeting)) == 1


# --- rights ---


@pytest.mark.parametrize("part", ["viewer", "auditor", "administrator", "colleague"])
def test_who_may_not_keep_evidence(cast, meeting, part):
    """Checks 17 and 25: nothing is written, and a foreign unit's activity is not there."""
    row = factories.evidence(meeting)
    browser = browser_of(getattr(cast, part))
    answers = [
        send(browser, meeting, upload()),
        browser.post(address("add-evidence-address", meeting), {"address": "https://a.org/"}),
        browser.post(address("mark-not-needed", meeting), {"slot": "news", "reason": "x"}),
        browser.post(address("edit-evidence", meeting), {}),
        browser.post(address("delete-evidence", row), {}),
    ]
    expected = 404 if part == "colleague" else 403
    assert [answer.status_code for answer in answers] == [expected] * 5
    assert pieces(meeting) == [row]


def test_viewer_sees_evidence_and_no_way_to_change_it(cast, meeting):
    row = factories.evidence(meeting, name="通知.pdf")
    page = browser_of(cast.viewer).get(address("activity", meeting)).content.decode()
    assert address("evidence-file", row) in page
    for name in ("add-evidence", "edit-evidence", "mark-not-needed", "add-evidence-address"):
        assert address(name, meeting) not in page
    assert address("delete-evidence", row) not in page


def test_file_cannot_be_added_to_another_units_activity(cast, other_school, school):
    """Check 26: under one's own unit's address, another unit's activity is not there."""
    theirs = factories.activity(other_school, kind=Activity.Kind.SYMPOSIUM)
    page = reverse("add-evidence", args=[school.code, theirs.pk])
    answer = browser_of(cast.clerk).post(page, {"files": upload()})
    assert answer.status_code == 404
    assert pieces(theirs) == []


def test_talk_takes_no_file_and_says_so(clerk, school):
    talk = factories.activity(school, kind=Activity.Kind.TALK)
    page = clerk.get(address("activity", talk)).content.decode()
    assert "谈心谈话不保存任何文件" in page
    assert address("add-evidence", talk) not in page
    refused = send(clerk, talk, upload(), script=True).json()["refused"]
    assert refused == ["谈心谈话不保存任何文件。"]


@pytest.mark.parametrize("number", [1, 3, 30])
def test_number_of_queries(clerk, meeting, number, django_assert_max_num_queries):
    for _each in range(number):
        factories.evidence(meeting, slot=Slot.PHOTO, thumbnail=b"s")
    for name in ("activity", "edit-evidence"):
        clerk.get(address(name, meeting))
        with django_assert_max_num_queries(MOST[name]) as asked:
            clerk.get(address(name, meeting))
        COUNTED.setdefault(name, set()).add(len(asked))
        assert len(COUNTED[name]) == 1


MOST = {"activity": 12, "edit-evidence": 12}
COUNTED: dict[str, set[int]] = {}
