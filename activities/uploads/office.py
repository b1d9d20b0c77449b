"""Word, Excel and PowerPoint files (Office Open XML) without macros."""

from pathlib import Path

from activities.uploads.kinds import FileKind
from units.office_files import refuse_unless_sound

_MAIN_PARTS = {
    ".docx": "word/document.xml",
    ".xlsx": "xl/workbook.xml",
    ".pptx": "ppt/presentation.xml",
}


def take_in(source: Path, kind: FileKind, **places: Path) -> str:
    """The content type of a file that may be stored as it is. RefusedFile for any other."""
    refuse_unless_sound(source, main_part=_MAIN_PARTS[kind.extension])
    return kind.content_type
