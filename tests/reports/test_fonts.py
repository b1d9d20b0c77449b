"""The faces of the PDF: embedded, right in every reader, and complete for rare names."""

import io
import subprocess
from pathlib import Path

import pdfplumber
import pikepdf
import pymupdf
import pytest
from django.conf import settings
from fontTools.ttLib import TTFont
from PIL import Image, ImageChops

from reports.document import Heading, Run
from reports.rendering import render_pdf
from tests.reports.pdf_samples import long_report, pdf_of, report

RARE = "喆珺堃㐂𬭎䶮㛃赟昇"
DOTS_PER_INCH = 300
FACES = {"FangSong", "XiaoBiaoSong", "HeiTi", "KaiTi", "SongTi"}


def rare_report():
    """Rare characters in every face: one a line in the body, all in title and headings."""
    headings = [Heading(level, (Run(RARE),)) for level in (1, 2)]
    return report(*headings, *RARE, title=RARE)


def fonts_of(document: pikepdf.Pdf) -> dict[str, pikepdf.Dictionary]:
    """Each Type 0 font of a PDF by name."""
    fonts = [o for o in document.objects if isinstance(o, pikepdf.Dictionary) and "/Encoding" in o]
    return {str(font.BaseFont): font for font in fonts}


def used_glyphs(font: pikepdf.Dictionary) -> list[int]:
    """The glyph numbers drawn with a font: WeasyPrint gives a width for exactly these."""
    widths, glyphs = list(font.DescendantFonts[0].W), []
    for first, group in zip(widths[::2], widths[1::2], strict=True):
        glyphs += range(int(first), int(first) + len(group))
    return glyphs


def rendered(pdf: bytes, page_number: int, folder: Path) -> tuple[Image.Image, Image.Image]:
    """One page in grey as MuPDF and as Poppler draw it."""
    pixels = pymupdf.open(stream=pdf)[page_number - 1].get_pixmap(
        dpi=DOTS_PER_INCH, colorspace=pymupdf.csGRAY
    )
    mupdf = Image.frombytes("L", (pixels.width, pixels.height), pixels.samples)
    source, target = folder / "page.pdf", folder / "page"
    source.write_bytes(pdf)
    page = str(page_number)
    command = ["pdftoppm", "-gray", "-r", str(DOTS_PER_INCH), "-f", page, "-l", page]
    subprocess.run([*command, "-singlefile", source, target], check=True)  # noqa: S603
    return mupdf, Image.open(target.with_suffix(".pgm"))


def ink(image: Image.Image) -> float:
    """The share of an image that is black: 0 for white paper."""
    histogram = image.histogram()
    dark = sum((255 - shade) * count for shade, count in enumerate(histogram))
    return dark / (255 * image.width * image.height)


def unlikeness(one: Image.Image, other: Image.Image) -> float:
    """How much two drawings differ, as a share of their ink; seen through a coarse grid.

    The two programs smooth edges differently: 0.42 at most was measured for the same character,
    0.82 at least for two characters, 2 for ink and ink elsewhere.
    """
    one, other = one.reduce(4), other.reduce(4)
    return ink(ImageChops.invert(ImageChops.difference(one, other))) / ink(one)


def test_the_five_faces_are_embedded_subset_and_searchable():
    pdf = pikepdf.open(io.BytesIO(pdf_of(long_report())))
    fonts = fonts_of(pdf)
    assert {name.partition("+Records-")[2] for name in fonts} == FACES
    for name, font in fonts.items():
        assert name[1:7].isupper()  # /ABCDEF+Name is a subset
        assert name[7] == "+"
        assert {"/FontFile2", "/FontFile3"} & set(font.DescendantFonts[0].FontDescriptor.keys())
        assert "/ToUnicode" in font
    assert len(pdf_of(long_report())) < 600_000


@pytest.mark.parametrize("document", [long_report(), rare_report()], ids=["long", "rare"])
def test_every_glyph_number_is_the_character_identifier_of_its_font(document):
    checked = 0
    pdf = pikepdf.open(io.BytesIO(pdf_of(document)))
    for font in fonts_of(pdf).values():
        descriptor = font.DescendantFonts[0].FontDescriptor
        if "/FontFile3" not in descriptor:
            continue  # in a TrueType font the identity holds by the CIDToGIDMap
        file = TTFont(io.BytesIO(descriptor.FontFile3.read_bytes()))
        charset = file["CFF "].cff.topDictIndex[0].charset
        for glyph in used_glyphs(font):
            assert charset[glyph] == (f"cid{glyph:05d}" if glyph else ".notdef")
            checked += 1
    assert checked > 20


def test_rare_characters_stand_in_the_text():
    with pdfplumber.open(io.BytesIO(pdf_of(rare_report()))) as pdf:
        text = "".join(page.extract_text() for page in pdf.pages)
    assert {character: text.count(character) for character in RARE} == dict.fromkeys(RARE, 4)


def test_rare_characters_have_glyphs(caplog):
    pdf = pikepdf.open(io.BytesIO(render_pdf(rare_report())))
    assert [record.message for record in caplog.records if ".notdef" in record.message] == []
    for font in fonts_of(pdf).values():
        assert 0 not in used_glyphs(font)


def test_rare_characters_are_drawn_alike_by_mupdf_and_poppler(tmp_path):
    pdf = pdf_of(rare_report())
    mupdf, poppler = rendered(pdf, 1, tmp_path)
    with pdfplumber.open(io.BytesIO(pdf)) as document:
        characters = [c for c in document.pages[0].chars if c["text"] in RARE]
    assert len(characters) == 4 * len(RARE)
    for character in characters:
        box = [
            round(character[edge] * DOTS_PER_INCH / 72) for edge in ("x0", "top", "x1", "bottom")
        ]
        one, other = mupdf.crop(box), poppler.crop(box)
        assert ink(one) > 0.05, character["text"]
        assert ink(other) > 0.05, character["text"]
        assert unlikeness(one, other) < 0.6, character["text"]


def test_whole_pages_are_drawn_alike_by_mupdf_and_poppler(tmp_path):
    mupdf, poppler = rendered(pdf_of(long_report()), 1, tmp_path)
    assert ink(mupdf) == pytest.approx(ink(poppler), rel=0.2)
    assert unlikeness(mupdf, poppler) < 0.3


def test_rare_characters_do_not_push_the_lines_apart():
    with pdfplumber.open(io.BytesIO(pdf_of(report(*RARE)))) as pdf:
        baselines = [c["matrix"][5] for c in pdf.pages[0].chars if c["text"] in RARE]
    steps = [above - below for above, below in zip(baselines, baselines[1:], strict=False)]
    assert steps == pytest.approx([29.6] * (len(RARE) - 1), abs=0.05)


def test_font_script_leaves_finished_fonts_alone():
    conf = Path(settings.VAR_DIR) / "fonts" / "fonts.conf"
    before = conf.stat().st_mtime_ns
    script = Path(settings.BASE_DIR) / "script" / "fonts"
    environment = {"PATH": "/usr/bin:/bin", "VAR_DIR": str(settings.VAR_DIR)}
    again = subprocess.run(  # noqa: S603
        [script], check=True, capture_output=True, text=True, env=environment
    )
    assert (again.stdout, again.stderr) == ("", "")
    assert conf.stat().st_mtime_ns == before


def test_an_offices_own_faces_are_taken_over(tmp_path):
    built = Path(settings.VAR_DIR) / "fonts" / "faces" / "RecordsKaiTi.ttf"
    own = tmp_path / "fonts-own"
    own.mkdir()
    (own / "STANDARD.TTF").write_bytes(built.read_bytes())
    (own / "readme.txt").write_text("no font")
    fandol = Path(settings.VAR_DIR) / "fonts-fandol"
    script = Path(settings.BASE_DIR) / "script" / "fonts"
    environment = {"PATH": "/usr/bin:/bin", "VAR_DIR": str(tmp_path), "FANDOL_DIR": str(fandol)}
    subprocess.run([script], check=True, capture_output=True, env=environment)  # noqa: S603
    made = {path.name for path in (tmp_path / "fonts" / "faces").iterdir()}
    expected = {path.name for path in built.parent.iterdir()} | {"STANDARD.TTF"}
    assert made == expected
    assert {path.name for path in tmp_path.iterdir()} == {"fonts", "fonts-own"}
