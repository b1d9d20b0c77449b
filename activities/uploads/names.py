"""The name under which a file is shown and saved: what people read of it, and nothing else.

No file is ever stored under this name.
"""

import unicodedata
from pathlib import PurePath

LONGEST = 120
_NOT_SHOWN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
"""Control characters, those that turn the direction of writing or have no width, halves of
characters, and what no font shows."""
_NOT_IN_NAMES = str.maketrans('<>:"|?*', "＜＞：＂｜？＊")
"""What Windows does not take in a name, in the full width that it does."""


def readable_name(raw: str) -> str:
    """``raw`` without folders, invisible characters and leading dots; "" where nothing is left."""
    last = raw.replace("\\", "/").rsplit("/", 1)[-1]
    kept = "".join(
        "" if unicodedata.category(each) in _NOT_SHOWN else each
        for each in unicodedata.normalize("NFC", last.replace("\t", " "))
    )
    return " ".join(kept.translate(_NOT_IN_NAMES).split()).strip(" .")[:LONGEST]


def shown_name(raw: str, extension: str) -> str:
    """The readable name of a file that is stored; it ends in ``extension``, that of the content.

    Of a name with nothing left, the extension's own name stays: ``pdf.pdf``.
    """
    name = readable_name(raw)
    stem = PurePath(name).stem if "." in name else name
    stem = stem[: LONGEST - len(extension)].strip(" .")
    return f"{stem or extension.removeprefix('.')}{extension}"
