"""A file that came in becomes a piece of evidence: its row and its files, or neither.

The files are on the disk before the row is stored. Whoever kills the program in between leaves
files without a row, which ``manage.py verify_files`` finds; never a row without its files.
"""

import contextlib
import hashlib
from dataclasses import dataclass
from pathlib import Path

from django.core.files import File
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.db import DatabaseError, IntegrityError, OperationalError, transaction

from activities.models import Activity, Evidence, Slot
from activities.models.evidence import random_path
from activities.uploads.checking import CheckedFile, checked
from activities.uploads.kinds import Reason, RefusedFile
from units.editing import made_by, use_token
from units.events import hold_chain
from units.upload_handler import NO_ROOM


@dataclass(frozen=True)
class Origin:
    """Who sent a file to which activity. ``token`` belongs to this one file of this one sending:
    sent again under the same token, it makes no second row."""

    activity: Activity
    user: object
    token: str


def store(upload: UploadedFile, *, origin: Origin, slot: str = "", **fields) -> Evidence:
    """The stored piece of evidence; the one that is there already if it was sent before.

    Without a ``slot`` the file's name and kind say which it is. RefusedFile if it is not taken in.
    Not inside a transaction: looking into a file takes its time.
    """
    if origin.activity.kind == Activity.Kind.TALK:
        raise RefusedFile(Reason.OF_A_TALK)
    if (row := _sent_before(origin)) is not None:
        return row
    try:
        with checked(upload) as file:
            slot = slot or guessed_slot(file.name, is_picture=file.thumbnail is not None)
            return _stored(file, origin, slot=slot, **fields)
    except (OSError, OperationalError) as failure:
        if not _says_disk_full(failure):
            raise
        raise RefusedFile(Reason.DISK_FULL) from failure


def guessed_slot(name: str, *, is_picture: bool) -> str:
    """Which kind of evidence a file is, going by the words in its name; photos are photos."""
    for slot, words in _WORDS_OF_SLOTS.items():
        if any(word in name for word in words):
            return slot
    return Slot.PHOTO if is_picture else Slot.OTHER


_WORDS_OF_SLOTS = {
    Slot.SIGN_IN: ("签到", "考勤", "签名"),
    Slot.OPINIONS: ("意见", "建议", "征求", "测评", "问卷"),
    Slot.MINUTES: ("记录", "纪要"),
    Slot.NEWS: ("新闻", "报道", "简报", "信息稿", "推送"),
    Slot.PLAN: ("方案", "计划", "审批", "安全", "预案"),
    Slot.NOTICE: ("通知", "邀请", "函"),
    Slot.PROOF: ("证书", "证明", "批复", "文件"),
    Slot.MATERIAL: ("讲稿", "发言", "讲话", "材料", "课件", "通报"),
}


def _stored(file: CheckedFile, origin: Origin, **fields) -> Evidence:
    placed: list[str] = []
    try:
        return _kept(_row_of(file, origin, placed, **fields), origin)
    except IntegrityError:
        # The same file arrived twice at once, and the other one was faster.
        if (row := _sent_before(origin)) is None:
            raise
        return row
    finally:
        _remove_unless_kept(placed)


def _kept(row: Evidence, origin: Origin) -> Evidence:
    """``row``, stored; or the row of the same file at the same place."""
    with transaction.atomic(durable=True):
        hold_chain()
        if not Activity.objects.filter(pk=row.activity_id).exists():
            raise RefusedFile(Reason.NO_ACTIVITY)
        if (same := _same_file(row)) is not None:
            return same
        row.full_clean()
        row.save()
        use_token(origin.token, user=origin.user, row=row)
        return row


def _row_of(file: CheckedFile, origin: Origin, placed: list[str], **fields) -> Evidence:
    row = Evidence(
        unit=origin.activity.unit,
        activity=origin.activity,
        name=file.name,
        content_type=file.kind.content_type,
        size=file.content.stat().st_size,
        sha256=sha256_of(file.content),
        **fields,
    )
    row.file.name = _place(file.content, file.kind.extension, placed)
    if file.thumbnail is not None:
        row.thumbnail.name = _place(file.thumbnail, ".jpg", placed)
    return row


def _place(source: Path, extension: str, placed: list[str]) -> str:
    path = random_path(None, f"file{extension}")
    placed.append(path)
    with source.open("rb") as content:
        return default_storage.save(path, File(content))


def _remove_unless_kept(placed: list[str]):
    """Remove files that no row names. If that cannot be asked, they stay for verify_files."""
    with contextlib.suppress(DatabaseError):
        if placed and not Evidence.objects.filter(file=placed[0]).exists():
            for path in placed:
                default_storage.delete(path)


def sha256_of(path: Path) -> str:
    """The checksum of a file, as it is stored with the row."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _sent_before(origin: Origin) -> Evidence | None:
    key = made_by(origin.token, user=origin.user, model=Evidence)
    return Evidence.objects.filter(pk=key).first() if key else None


def _same_file(row: Evidence) -> Evidence | None:
    """The same bytes at the same place: somebody chose one file twice."""
    return Evidence.objects.filter(
        activity=row.activity, slot=row.slot, sha256=row.sha256, content_type=row.content_type
    ).first()


def _says_disk_full(failure: OSError | OperationalError) -> bool:
    if isinstance(failure, OSError):
        return failure.errno in NO_ROOM
    words = str(failure)
    return "is full" in words or "No space left" in words
