"""``manage.py verify_files`` finds every file that is not as it was, and every one too many."""

import os
import time
from io import StringIO

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import transaction

from activities.file_check import FileFault, Wrong, faults
from activities.models import Evidence
from tests import factories
from units.scoping import scope_of_unit


@pytest.fixture
def row(school) -> Evidence:
    return factories.evidence(factories.activity(school), b"%PDF-1.7", thumbnail=b"small")


@pytest.fixture
def files_on_their_own(settings):
    """A file without a record, one of an upload that was cut off, both two hours old."""
    paths = [settings.MEDIA_ROOT / "evidence" / "zz" / "x.pdf", settings.INCOMING / "a.upload"]
    for path in paths:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")
        os.utime(path, (time.time() - 7200,) * 2)
    return paths


def printed(*options: str) -> str:
    out = StringIO()
    call_command("verify_files", *options, stdout=out)
    return out.getvalue()


def failure(*options: str) -> str:
    """What is printed by a check that ends with status 1."""
    out = StringIO()
    with pytest.raises(CommandError) as failed:
        call_command("verify_files", *options, stdout=out)
    assert failed.value.returncode == 1
    return out.getvalue() + str(failed.value)


def test_all_is_well(row):
    factories.evidence(row.activity, address="https://example.org/")
    assert printed() == "佐证文件齐全，均未改动。\n"


def test_without_any_file_all_is_well(db):
    assert printed() == "佐证文件齐全，均未改动。\n"


def test_missing_file_is_found(row):
    default_storage.delete(row.file.name)
    assert list(faults()) == [FileFault(Wrong.MISSING, row.file.name, row.unit.code, row.pk)]
    assert failure() == (
        f"{row.file.name}：文件缺失（单位 putuo-jy，佐证材料 {row.pk}）\n1 个文件有问题。"
    )


def test_missing_thumbnail_is_found(row):
    default_storage.delete(row.thumbnail.name)
    assert [fault.wrong for fault in faults()] == [Wrong.MISSING]


def test_changed_file_is_found(row):
    """One bit, and the same size."""
    with open(row.file.path, "r+b") as file:
        file.write(b"$")
    assert list(faults()) == [FileFault(Wrong.CHANGED, row.file.name, row.unit.code, row.pk)]
    assert "文件被改动" in failure()


def test_files_of_all_units_are_checked(row, other_school):
    theirs = factories.evidence(factories.activity(other_school))
    default_storage.delete(theirs.file.name)
    assert [fault.unit for fault in faults()] == [other_school.code]


def test_files_without_a_record_are_found(row, files_on_their_own):
    """Check 81."""
    assert list(faults()) == [
        FileFault(Wrong.WITHOUT_ROW, "evidence/zz/x.pdf"),
        FileFault(Wrong.LEFT_BEHIND, "a.upload"),
    ]
    assert failure() == (
        "evidence/zz/x.pdf：没有对应的记录\na.upload：中断的上传留下的文件\n2 个文件有问题。"
    )
    assert all(path.exists() for path in files_on_their_own)


def test_cleaning_removes_what_has_no_record_and_nothing_else(row, files_on_their_own):
    """Check 81."""
    assert printed("--clean") == (
        "evidence/zz/x.pdf：没有对应的记录（已删除）\na.upload：中断的上传留下的文件（已删除）\n"
        "佐证文件齐全，均未改动。\n"
    )
    assert not any(path.exists() for path in files_on_their_own)
    assert not files_on_their_own[0].parent.exists()
    assert default_storage.exists(row.file.name)
    assert default_storage.exists(row.thumbnail.name)


def test_cleaning_leaves_what_may_still_be_coming_in(row, files_on_their_own):
    for path in files_on_their_own:
        os.utime(path)
    assert "2 个文件有问题" in failure("--clean")
    assert all(path.exists() for path in files_on_their_own)
    assert "已删除" in printed("--clean", "--older-than", "0")


def test_cleaning_removes_no_missing_or_changed_file(row):
    with open(row.file.path, "ab") as file:
        file.write(b"more")
    assert "文件被改动" in failure("--clean", "--older-than", "0")
    assert default_storage.exists(row.file.name)


# --- files go with their rows ---


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("way", ["row", "rows"])
def test_files_go_with_their_rows(row, way):
    kept = factories.evidence(row.activity)
    with scope_of_unit(row.unit):
        if way == "row":
            row.delete()
        else:
            Evidence.objects.filter(pk=row.pk).delete()
    assert not any(map(default_storage.exists, (row.file.name, row.thumbnail.name)))
    assert default_storage.exists(kept.file.name)
    assert list(faults()) == []


@pytest.mark.django_db(transaction=True)
def test_files_stay_where_deleting_was_undone(row):
    with scope_of_unit(row.unit), pytest.raises(ZeroDivisionError):
        _delete_and_fail(row)
    assert list(faults()) == []
    assert default_storage.exists(row.file.name)


def _delete_and_fail(row):
    with transaction.atomic():
        Evidence.objects.get(pk=row.pk).delete()
        raise ZeroDivisionError


@pytest.mark.django_db(transaction=True)
def test_file_that_cannot_be_removed_is_found_later(row):
    """Somebody put a folder in its place, which is not empty."""
    os.remove(row.file.path)
    os.mkdir(row.file.path)
    path = default_storage.save(f"{row.file.name}/inside", ContentFile(b"x"))
    with scope_of_unit(row.unit):
        row.delete()
        assert Evidence.objects.count() == 0
    assert not default_storage.exists(row.thumbnail.name)
    assert list(faults()) == [FileFault(Wrong.WITHOUT_ROW, path)]
