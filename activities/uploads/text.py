"""Plain text, as a notice is copied out of a chat."""

import re
from pathlib import Path

from activities.uploads.kinds import FileKind, Reason, RefusedFile

_MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
_ENCODINGS = ("utf-8", "gb18030")
_NO_TEXT = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f]")


def take_in(source: Path, kind: FileKind, **places: Path) -> str:
    """The content type of text that may be stored as it is. RefusedFile for anything else."""
    text = _decoded(source.read_bytes())
    is_page = text.lstrip().startswith("<")
    if is_page or _NO_TEXT.search(text):
        raise RefusedFile(Reason.NOT_WHAT_IT_SAYS)
    return kind.content_type


def _decoded(content: bytes) -> str:
    marked = [name for mark, name in _MARKS.items() if content.startswith(mark)]
    for encoding in marked or _ENCODINGS:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise RefusedFile(Reason.NOT_WHAT_IT_SAYS)
