"""A file that came in becomes a row with its files, or nothing."""

import contextlib
import hashlib
import resource
import uuid
from pathlib import Path
from threading import Barrier, Thread

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from activities.file_check import faults, files_below
from activities.models import Activity, Evidence, Slot
from activities.uploads.kinds import Reason, RefusedFile
from activities.uploads.storing import Origin, guessed_slot, store
from tests import factories
from tests.activities.uploads import samples
from units.models import Event
from units.roles import Role
from units.scoping import scope_of_unit


@pytest.fixture
def meeting(in_scope) -> Activity:
    return factories.activity(in_scope, "座谈会", kind=Activity.Kind.SYMPOSIUM)


@pytest.fixture
def clerk(in_scope):
    return factories.user(Role.CLERK, unit=in_scope)


@pytest.fixture
def origin(meeting, clerk) -> Origin:
    return Origin(meeting, clerk, str(uuid.uuid4()))


def again(origin: Origin) -> Origin:
    """The same activity and person, another sending."""
    return Origin(origin.activity, origin.user, str(uuid.uuid4()))


def upload(name: str = "通知.pdf", content: bytes | None = None) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, samples.pdf() if content is None else content)


def stored_files(settings) -> list[Path]:
    return files_below(settings.MEDIA_ROOT)


def test_document_is_stored(origin, settings):
    content = samples.pdf()
    row = store(upload("../关于召开 座谈会的通知.PDF", content), origin=origin, caption="通知稿")
    row = Evidence.objects.get(pk=row.pk)
    assert row.file.read() == content
    assert (row.name, row.content_type, row.size) == (
        "关于召开 座谈会的通知.pdf",
        "application/pdf",
        len(content),
    )
    assert row.sha256 == hashlib.sha256(content).hexdigest()
    assert (row.slot, row.caption, row.thumbnail.name) == (Slot.NOTICE, "通知稿", "")
    assert (row.unit, row.activity) == (origin.activity.unit, origin.activity)
    assert [str(path) for path in stored_files(settings)] == [row.file.path]


def test_photo_is_stored_with_its_thumbnail(origin, settings):
    """Checks 40 and 42: nothing of the name is in a path, nothing of the place in a file."""
    row = store(upload("徐文清 GPS.jpg", samples.photo()), origin=origin)
    assert row.sha256 == hashlib.sha256(row.file.read()).hexdigest()
    assert (row.slot, row.is_picture, row.may_leave) == (Slot.PHOTO, True, False)
    assert sorted(map(str, stored_files(settings))) == sorted([row.file.path, row.thumbnail.path])
    for path in stored_files(settings):
        assert path.relative_to(settings.MEDIA_ROOT).as_posix().isascii()
        assert path.stat().st_mode & 0o777 == 0o600
        assert path.parent.stat().st_mode & 0o777 == 0o700
        assert samples.GPS not in path.read_bytes()


def test_storing_is_in_the_change_log(origin):
    row = store(upload(), origin=origin)
    made = Event.objects.filter(model="activities.evidence", object_id=str(row.pk))
    assert [event.action for event in made] == ["create"]


@pytest.mark.parametrize(
    ("name", "slot"),
    [
        ("签到表.pdf", Slot.SIGN_IN),
        ("座谈会记录.docx", Slot.MINUTES),
        ("会议纪要.docx", Slot.MINUTES),
        ("关于召开座谈会的通知.pdf", Slot.NOTICE),
        ("征求意见汇总.xlsx", Slot.OPINIONS),
        ("新闻稿.docx", Slot.NEWS),
        ("参观方案.docx", Slot.PLAN),
        ("结业证书.pdf", Slot.PROOF),
        ("书记讲话.docx", Slot.MATERIAL),
        ("扫描0001.pdf", Slot.OTHER),
    ],
)
def test_slot_is_guessed_from_the_name(name, slot):
    assert guessed_slot(name, is_picture=False) == slot


def test_picture_without_a_telling_name_is_a_photo():
    assert guessed_slot("IMG_2017.jpg", is_picture=True) == Slot.PHOTO
    assert guessed_slot("签到表.jpg", is_picture=True) == Slot.SIGN_IN


def test_slot_that_was_chosen_is_kept(origin):
    assert store(upload("签到表.pdf"), origin=origin, slot=Slot.OTHER).slot == Slot.OTHER


def test_same_sending_makes_one_row(origin, settings):
    """Check 79: the answer was lost, and the page sent the file again."""
    first = store(upload(), origin=origin)
    assert store(upload("anders.pdf", samples.pdf(samples.with_script)), origin=origin) == first
    assert Evidence.objects.count() == len(stored_files(settings)) == 1


def test_same_file_chosen_twice_makes_one_row(origin, settings):
    first = store(upload("IMG_1.jpg", samples.photo()), origin=origin)
    assert store(upload("IMG_1 (1).jpg", samples.photo()), origin=again(origin)) == first
    assert len(stored_files(settings)) == 2  # the picture and its thumbnail


def test_same_file_may_be_two_kinds_of_evidence(origin):
    first = store(upload(), origin=origin, slot=Slot.NOTICE)
    second = store(upload(), origin=again(origin), slot=Slot.PLAN)
    assert second.pk != first.pk


def test_no_file_is_kept_about_a_talk(in_scope, clerk, settings):
    talk = factories.activity(in_scope, kind=Activity.Kind.TALK)
    with pytest.raises(RefusedFile) as refused:
        store(upload(), origin=Origin(talk, clerk, str(uuid.uuid4())))
    assert refused.value.reason == Reason.OF_A_TALK


# --- neither or both ---


def test_row_that_is_refused_leaves_no_file(origin, settings):
    with pytest.raises(ValidationError):
        store(upload(), origin=origin, caption="长" * 101)
    assert Evidence.objects.count() == len(stored_files(settings)) == 0
    assert store(upload(), origin=origin).pk


def test_activity_that_is_gone_leaves_no_file(origin, settings):
    origin.activity.delete()
    gone = Origin(Activity(pk=77, unit=origin.activity.unit), origin.user, origin.token)
    with pytest.raises(RefusedFile) as refused:
        store(upload(), origin=gone)
    assert refused.value.reason == Reason.NO_ACTIVITY
    assert stored_files(settings) == []


@contextlib.contextmanager
def files_of_at_most(size: int):
    """No file of this process may grow larger: what a full disk does, from here on."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_full_disk_leaves_nothing_and_says_so(origin, settings):
    """Check 84."""
    content = "通知".encode() * 20_000
    with files_of_at_most(50_000), pytest.raises(RefusedFile) as refused:
        store(upload("通知.txt", content), origin=origin)
    assert refused.value.reason == Reason.DISK_FULL
    assert Evidence.objects.count() == len(stored_files(settings)) == 0
    assert list(settings.INCOMING.iterdir()) == []
    # There is room again: it goes on by itself.
    assert store(upload("通知.txt", content), origin=origin).size == len(content)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("one_sending", [True, False])
def test_two_at_once(origin, settings, one_sending):
    """Check 79: sent twice at the same moment is one row; two sendings are two."""
    files = [samples.photo(), samples.photo() if one_sending else samples.picture(mode="L")]
    origins = [origin, origin if one_sending else again(origin)]
    ready, made, unit = Barrier(2), [], origin.activity.unit

    def send(content, origin):
        with scope_of_unit(unit):
            ready.wait(20)
            made.append(store(upload("IMG.jpg", content), origin=origin).pk)
        connection.close()

    threads = [Thread(target=send, args=each) for each in zip(files, origins, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    rows = 1 if one_sending else 2
    assert len(made) == 2
    assert len(set(made)) == Evidence.objects.count() == rows
    assert len(stored_files(settings)) == rows * 2
    assert list(faults()) == []
