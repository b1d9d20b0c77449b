"""Build the faces of the printed report: cut to size, repaired, each under its own family name.

Called by ``script/fonts`` with the folder that holds the Fandol files, the folder of an office's
own faces (may be missing) and the folder to fill. Afterwards that folder holds ``faces/`` and a
``fonts.conf`` that knows these faces and no other, so the machine's fonts cannot leak into a PDF.

Why the packages' files are not used as they are:

- The Noto files hold 65,535 glyphs each; rendering from them takes twice as long. Each becomes two
  files: the characters of GB 2312 with Latin and symbols, and "Rare" with every other Han
  character, which is only opened for a name that needs it.
- WeasyPrint writes glyph numbers as CIDs. In a CID-keyed CFF font where the two differ, MuPDF,
  Ghostscript and PDFBox draw blanks although Poppler looks right: the charset is made the identity.
- Faces that share a line must share ascent and descent, or a rare character pushes the 22-line
  grid; and two weights under one family cannot be told apart by name.

HarfBuzz cuts the files in about two seconds; fontTools' subsetter would take minutes.
"""

import ctypes
import io
import shutil
import struct
import sys
from pathlib import Path
from typing import NamedTuple

from fontTools.ttLib import TTCollection, TTFont

NOTO = Path("/usr/share/fonts/opentype/noto")
WENKAI = Path("/usr/share/fonts/truetype/lxgw-wenkai/LXGWWenKai-Regular.ttf")
FONT_ENDINGS = {".ttf", ".otf", ".ttc"}

# Latin with Greek and Cyrillic, punctuation and symbols, CJK punctuation, full-width forms.
SYMBOLS = ((0x20, 0x52F), (0x2000, 0x2BFF), (0x3000, 0x33FF), (0xFE30, 0xFE4F), (0xFF00, 0xFFEF))
# Han: extension A, the basic block, compatibility, extensions B and on.
HAN = ((0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x3FFFF))

# In thousandths of an em: the box of a Han character, the same for every face.
ASCENT, DESCENT = 880, -120

FONTS_CONF = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir prefix="relative">faces</dir>
  <cachedir>{cache}</cachedir>
</fontconfig>
"""


class Face(NamedTuple):
    """One face to build: its family name here, the file it is cut from, whether to make a Rare."""

    family: str
    source: Path
    rare: bool


def faces(fandol: Path) -> list[Face]:
    """The five faces of GB/T 9704-2012, in the free fonts that can be had from Debian."""
    return [
        Face("Records FangSong", fandol / "FandolFang-Regular.otf", rare=False),
        Face("Records XiaoBiaoSong", NOTO / "NotoSerifCJK-Bold.ttc", rare=True),
        Face("Records HeiTi", NOTO / "NotoSansCJK-Regular.ttc", rare=True),
        Face("Records KaiTi", WENKAI, rare=True),
        Face("Records SongTi", NOTO / "NotoSerifCJK-Regular.ttc", rare=True),
    ]


def gb2312() -> set[int]:
    """The code points of the 6,763 Han characters of GB 2312."""
    rows, cells = range(0xB0, 0xF8), range(0xA1, 0xFF)
    return {
        ord(character)
        for row in rows
        for cell in cells
        if (character := bytes((row, cell)).decode("gb2312", errors="ignore"))
    }


def expand(ranges: tuple[tuple[int, int], ...]) -> set[int]:
    """All code points of inclusive ranges."""
    return {point for first, last in ranges for point in range(first, last + 1)}


class Subsetter:
    """HarfBuzz's subsetter (libharfbuzz0b, libharfbuzz-subset0), called directly."""

    UNWANTED = ("GSUB", "GPOS", "GDEF", "BASE", "DSIG", "VORG", "vhea", "vmtx")
    SETS_DROP_TABLE_TAG = 3
    POINTER_FUNCTIONS = (
        ("hb_blob_create_from_file", (ctypes.c_char_p,)),
        ("hb_face_create", (ctypes.c_void_p, ctypes.c_uint)),
        ("hb_face_reference_blob", (ctypes.c_void_p,)),
        ("hb_blob_get_data", (ctypes.c_void_p, ctypes.POINTER(ctypes.c_uint))),
        ("hb_subset_input_create_or_fail", ()),
        ("hb_subset_input_unicode_set", (ctypes.c_void_p,)),
        ("hb_subset_input_set", (ctypes.c_void_p, ctypes.c_int)),
        ("hb_subset_or_fail", (ctypes.c_void_p, ctypes.c_void_p)),
    )

    def __init__(self) -> None:
        """Load both libraries; OSError where they are missing."""
        ending = "0.dylib" if sys.platform == "darwin" else "so.0"
        # The subset library depends on the other one: through it both are reached.
        ctypes.CDLL(f"libharfbuzz.{ending}", mode=ctypes.RTLD_GLOBAL)
        self.library = ctypes.CDLL(f"libharfbuzz-subset.{ending}")
        for name, arguments in self.POINTER_FUNCTIONS:
            function = getattr(self.library, name)
            function.restype, function.argtypes = ctypes.c_void_p, arguments
        self.library.hb_set_add.argtypes = (ctypes.c_void_p, ctypes.c_uint)

    def cut(self, path: Path, *, index: int, points: set[int]) -> bytes:
        """The font number ``index`` of a file with the glyphs of ``points`` only."""
        library = self.library
        blob = library.hb_blob_create_from_file(str(path).encode())
        face = library.hb_face_create(blob, index)
        wish = library.hb_subset_input_create_or_fail()
        self._add(library.hb_subset_input_unicode_set(wish), sorted(points))
        tables = [int.from_bytes(tag.encode(), "big") for tag in self.UNWANTED]
        self._add(library.hb_subset_input_set(wish, self.SETS_DROP_TABLE_TAG), tables)
        result = library.hb_subset_or_fail(face, wish)
        if not result:
            raise RuntimeError(f"HarfBuzz cannot cut {path}")
        length = ctypes.c_uint()
        data = library.hb_blob_get_data(library.hb_face_reference_blob(result), length)
        return ctypes.string_at(data, length.value)

    def _add(self, hb_set: int, members: list[int]) -> None:
        for member in members:
            self.library.hb_set_add(hb_set, member)


def simplified_index(path: Path) -> int:
    """Which font of a collection is the simplified Chinese one; 0 for a file with one font."""
    if path.suffix != ".ttc":
        return 0
    with TTCollection(path, lazy=True) as collection:
        names = [font["name"].getDebugName(1) or "" for font in collection]
    return next(i for i, name in enumerate(names) if name.endswith(" SC"))


def rename(font: TTFont, family: str) -> None:
    """Give a font one family name and the regular weight; keep the notices of right and licence.

    A renamed font also satisfies the Open Font License where a name is reserved (LXGW).
    """
    table = font["name"]
    table.names = [record for record in table.names if record.nameID in (0, 7, 13, 14)]
    postscript = family.replace(" ", "")
    for number, text in ((1, family), (2, "Regular"), (3, postscript), (4, family)):
        table.setName(text, number, 3, 1, 0x409)
    table.setName(postscript, 6, 3, 1, 0x409)
    font["OS/2"].usWeightClass = 400
    font["OS/2"].fsSelection = 0x40  # REGULAR
    font["head"].macStyle = 0


def level(font: TTFont) -> None:
    """Set the same ascent and descent, and no gap, in all the places where readers look."""
    em = font["head"].unitsPerEm
    ascent, descent = ASCENT * em // 1000, DESCENT * em // 1000
    head, os2 = font["hhea"], font["OS/2"]
    head.ascent, head.descent, head.lineGap = ascent, descent, 0
    os2.sTypoAscender, os2.sTypoDescender, os2.sTypoLineGap = ascent, descent, 0
    os2.usWinAscent, os2.usWinDescent = ascent, -descent


def with_identity_charset(data: bytes) -> bytes:
    """An OpenType file whose CIDs equal its glyph numbers; other fonts come back unchanged.

    The charset is overwritten in place by one range (format 2: first CID 1, all other glyphs
    following), which is 5 bytes long and so fits wherever any charset stood.
    """
    font = TTFont(io.BytesIO(data), lazy=True)
    if "CFF " not in font:
        return data
    top = font["CFF "].cff.topDictIndex[0]
    offset = top.rawDict.get("charset", 0)
    predefined = offset <= 2
    if not hasattr(top, "ROS") or predefined:
        return data
    place = font.reader.tables["CFF "].offset + offset
    charset = struct.pack(">BHH", 2, 1, font["maxp"].numGlyphs - 2)
    return data[:place] + charset + data[place + len(charset) :]


def finish(data: bytes, family: str) -> bytes:
    """The bytes of a cut font, renamed, levelled and with its charset repaired."""
    font = TTFont(io.BytesIO(data), lazy=True, recalcBBoxes=False, recalcTimestamp=False)
    rename(font, family)
    level(font)
    out = io.BytesIO()
    font.save(out, reorderTables=False)
    return with_identity_charset(out.getvalue())


def build(subsetter: Subsetter, face: Face, folder: Path) -> None:
    """Write one face, and its Rare companion where one is wanted."""
    index = simplified_index(face.source)
    common = gb2312() | expand(SYMBOLS)
    parts = {face.family: common}
    if face.rare:
        parts[f"{face.family} Rare"] = expand(HAN) - common
    for family, points in parts.items():
        data = finish(subsetter.cut(face.source, index=index, points=points), family)
        ending = ".otf" if data[:4] == b"OTTO" else ".ttf"
        (folder / (family.replace(" ", "") + ending)).write_bytes(data)


def copy_own(own: Path, folder: Path) -> None:
    """Copy an office's own faces under the names they have, CFF charsets repaired."""
    for path in sorted(own.iterdir()) if own.is_dir() else []:
        if path.suffix.lower() == ".otf":
            (folder / path.name).write_bytes(with_identity_charset(path.read_bytes()))
        elif path.suffix.lower() in FONT_ENDINGS:
            shutil.copyfile(path, folder / path.name)


def main(fandol: Path, own: Path, target: Path, final: Path) -> None:
    """Fill ``target``, which will be moved to ``final``."""
    folder = target / "faces"
    folder.mkdir(parents=True)
    subsetter = Subsetter()
    for face in faces(fandol):
        build(subsetter, face, folder)
    copy_own(own, folder)
    conf = FONTS_CONF.format(cache=final / "cache")
    (target / "fonts.conf").write_text(conf, encoding="utf-8")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:5]))
