"""A report as DOCX, by GB/T 9704-2012, for an office that goes on writing in its word processor.

The page setting lives in styles (公文标题, 公文正文, headings 1–4, …), so that what is written in
later looks the same. Every figure is a content control whose tag is the figure's register key: in
a copy that comes back, what the records gave can still be told from what somebody typed.
"""

import re
import zipfile
from collections.abc import Iterable, Iterator
from io import BytesIO
from unicodedata import east_asian_width

import docx
from docx.opc.constants import CONTENT_TYPE as CT
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Twips

from reports.document import Block, Document, Heading, Paragraph, Run, Table
from reports.phrases import day_word

# All lengths are twips (1/20 pt). 28 characters of 16 pt are wider than 156 mm: each is set
# 0.25 pt closer, so a character takes 15.75 pt. 22 lines of 28.95 pt fill 225 mm.
CHARACTER, LINE, LINE_WIDTH, LINE_CHARACTERS = 315, 579, 8844, 28
PAGE = {"page_width": 11906, "page_height": 16838}
MARGINS = {"top_margin": 2098, "bottom_margin": 1984, "left_margin": 1587, "right_margin": 1474}
# The page number stands 7 mm under the type area (7.5), on a line of 14 pt.
FOOTER_DISTANCE = MARGINS["bottom_margin"] - 397 - 280

FANG, KAI, HEI, SONG, XIAOBIAO = "仿宋_GB2312", "楷体_GB2312", "黑体", "宋体", "方正小标宋简体"
# What a computer without the official face takes instead, rather than its Latin default.
SUBSTITUTES = {FANG: "仿宋", KAI: "楷体", HEI: "SimHei", SONG: "SimSun", XIAOBIAO: "华文中宋"}
FONTS = "".join(
    f'<w:font w:name="{face}"><w:altName w:val="{other}"/><w:charset w:val="86"/></w:font>'
    for face, other in SUBSTITUTES.items()
)

INDENT = f'<w:ind w:firstLineChars="200" w:firstLine="{2 * CHARACTER}"/>'
TOGETHER = "<w:keepNext/><w:keepLines/>"
CENTRED = '<w:jc w:val="center"/>'
EXACT = '<w:spacing w:before="{}" w:after="{}" w:line="{}" w:lineRule="exact"/>'
NO_GRID = '<w:snapToGrid w:val="0"/>'
OFF = ("widowControl", "overflowPunct", "autoSpaceDE", "autoSpaceDN")
PLAIN = "".join(f'<w:{rule} w:val="0"/>' for rule in OFF) + EXACT.format(0, 0, LINE)
# Name, face, size in points, paragraph properties in the order of the schema.
PARAGRAPH_STYLES = (
    ("Normal", FANG, 16, PLAIN + '<w:jc w:val="both"/>'),
    ("公文标题", XIAOBIAO, 22, TOGETHER + CENTRED),
    ("公文副标题", KAI, 16, TOGETHER + CENTRED),
    ("heading 1", HEI, 16, f'{TOGETHER}{INDENT}<w:outlineLvl w:val="0"/>'),
    ("heading 2", KAI, 16, f'{TOGETHER}{INDENT}<w:outlineLvl w:val="1"/>'),
    ("heading 3", FANG, 16, f'{TOGETHER}{INDENT}<w:outlineLvl w:val="2"/>'),
    ("heading 4", FANG, 16, f'{TOGETHER}{INDENT}<w:outlineLvl w:val="3"/>'),
    ("公文正文", FANG, 16, INDENT),
    ("公文落款", FANG, 16, TOGETHER + '<w:jc w:val="left"/>'),
    ("公文表题", HEI, 16, TOGETHER + CENTRED),
    ("公文表头", HEI, 12, NO_GRID + EXACT.format(60, 60, 320) + CENTRED),
    ("公文表文", FANG, 12, NO_GRID + EXACT.format(60, 60, 320) + '<w:jc w:val="left"/>'),
    ("公文表后", FANG, 16, EXACT.format(0, 0, 240)),
    ("footer", SONG, 14, NO_GRID + EXACT.format(0, 0, 280) + '<w:ind w:left="280" w:right="280"/>'),
)
BORDERS = "".join(
    f'<w:{edge} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
    for edge in ("top", "left", "bottom", "right", "insideH", "insideV")
)
OTHER_STYLES = f"""
<w:style w:type="character" w:customStyle="1" w:styleId="公文缺项"><w:name w:val="公文缺项"/>
  <w:qFormat/><w:rPr><w:bdr w:val="dashed" w:sz="6" w:space="0" w:color="000000"/>
  <w:shd w:val="clear" w:color="auto" w:fill="E7E6E6"/></w:rPr></w:style>
<w:style w:type="table" w:customStyle="1" w:styleId="公文表格"><w:name w:val="公文表格"/>
  <w:tblPr><w:tblBorders>{BORDERS}</w:tblBorders><w:tblCellMar><w:left w:w="80" w:type="dxa"/>
  <w:right w:w="80" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>"""
SETTINGS = """
<w:evenAndOddHeaders/><w:characterSpacingControl w:val="doNotCompress"/>
<w:compat><w:doNotExpandShiftReturn/><w:compatSetting w:name="compatibilityMode"
  w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>
<w:themeFontLang w:val="zh-CN" w:eastAsia="zh-CN"/>"""

NOT_XML = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
BREAKS = {"\n": "br", "\t": "tab"}
KEPT_PARTS = {RT.OFFICE_DOCUMENT, RT.CORE_PROPERTIES, RT.STYLES, RT.SETTINGS}
TITLE_LIMIT = 255  # python-docx refuses a longer core property
EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest time a zip file can hold


def render_docx(document: Document) -> bytes:
    """The report as an A4 DOCX file. The same document always gives the same bytes.

    The words are those of ``document`` to the character; only control characters, which XML cannot
    hold, are left out. Raises ValueError where a table's widths and cells differ in number.
    """
    file = docx.Document()
    _strip_template(file)
    _set_styles(file)
    _set_page(file.sections[0])
    body = file.element.body
    for element in _content(document):
        body.sectPr.addprevious(element)
    for number, identity in enumerate(body.iter(qn("w:id")), start=1):
        identity.set(qn("w:val"), str(number))
    file.core_properties.title = _clean(document.name)[:TITLE_LIMIT]
    file.core_properties.language = "zh-CN"
    return _packed(file)


def _strip_template(file) -> None:
    """Leave nothing of python-docx's own template: names, dates, picture, revision marks."""
    package = file.part.package
    package.part_related_by(RT.CORE_PROPERTIES).element.clear()
    file.element.body.sectPr.attrib.clear()
    for links in (package.rels, file.part.rels):
        for key in [key for key, link in links.items() if link.reltype not in KEPT_PARTS]:
            del links[key]


def _set_styles(file) -> None:
    styles, settings = file.styles.element, file.settings.element
    hidden = styles.find(qn("w:latentStyles"))
    own = "".join(_style_xml(*style) for style in PARAGRAPH_STYLES) + OTHER_STYLES
    styles.clear()
    styles.extend([hidden, *_parsed(own)])
    settings.clear()
    settings.extend(_parsed(SETTINGS))
    table = f"<w:fonts {nsdecls('w')}>{FONTS}</w:fonts>".encode()
    part = Part(PackURI("/word/fontTable.xml"), CT.WML_FONT_TABLE, table)
    file.part.relate_to(part, RT.FONT_TABLE)


def _style_xml(name: str, face: str, points: int, layout: str) -> str:
    role = "" if name.isascii() else ' w:customStyle="1"'
    based = '<w:basedOn w:val="Normal"/>'
    if name == "Normal":
        role, based = ' w:default="1"', ""
    # Digits come from the same face: a Chinese face's are half as wide as a character.
    faces = " ".join(f'w:{script}="{face}"' for script in ("ascii", "hAnsi", "eastAsia", "cs"))
    size, closer = 2 * points, -5 if points == 16 else 0
    return (
        f'<w:style w:type="paragraph"{role} w:styleId="{_style_id(name)}">'
        f'<w:name w:val="{name}"/>{based}<w:qFormat/><w:pPr>{layout}</w:pPr>'
        f'<w:rPr><w:rFonts {faces}/><w:color w:val="000000"/><w:spacing w:val="{closer}"/>'
        f'<w:sz w:val="{size}"/><w:szCs w:val="{size}"/>'
        '<w:lang w:val="zh-CN" w:eastAsia="zh-CN"/></w:rPr></w:style>'
    )


def _style_id(name: str) -> str:
    """A style's id from its name, as word processors form it: Heading1 for heading 1."""
    return name.title().replace(" ", "")


def _set_page(section) -> None:
    """A4, the type area, the grid of lines, and the page number outside: odd right, even left."""
    for name, length in {**PAGE, **MARGINS, "footer_distance": FOOTER_DISTANCE}.items():
        setattr(section, name, Twips(length))
    grid = section._sectPr.find(qn("w:docGrid"))
    grid.getparent().replace(grid, _w("docGrid", type="lines", linePitch=LINE))
    for footer, side in ((section.footer, "right"), (section.even_page_footer, "left")):
        footer.is_linked_to_previous = False
        paragraph = footer.paragraphs[0]._p
        paragraph.pPr.append(_w("jc", val=side))
        paragraph.extend([_run("— "), _w("fldSimple", _run("1"), instr="PAGE"), _run(" —")])


def _content(document: Document) -> Iterator:
    """The title, the blocks and the signature: paragraphs and tables, in order."""
    heads = [_paragraph("公文标题", document.title)]
    if document.subtitle:
        heads.append(_paragraph("公文副标题", document.subtitle))
    heads[-1].pPr.append(_w("spacing", after=LINE))
    yield from heads
    paragraphs = [element for block in document.blocks for element in _block(block)]
    signature = list(_signature(document))
    if signature and document.blocks and isinstance(document.blocks[-1], Paragraph):
        # Signature and date never stand alone on a page.
        paragraphs[-1].pPr.append(_w("keepNext"))
    yield from paragraphs + signature


def _block(block: Block) -> Iterator:
    match block:
        case Heading():
            yield _paragraph(f"heading {block.level}", block.runs)
        case Paragraph():
            yield _paragraph("公文正文", block.runs)
        case Table():
            if block.caption:
                yield _paragraph("公文表题", [Run(block.caption)])
            yield _table(block)
            # Two tables with nothing between them would become one.
            yield _paragraph("公文表后", [])


def _signature(document: Document) -> Iterator:
    """Signature and date by 7.3.5.2, after one blank line.

    The signature ends two characters from the right and the date begins two after it; where the
    date would then end further right, it ends there and the signature moves left.
    """
    date = day_word(document.signed_on) if document.signed_on else ""
    shift = 2 if document.signatory and date else 0
    left = LINE_CHARACTERS - 2 - max(_width(document.signatory), _width(date) + shift)
    lines = [(document.signatory, max(left, 2)), (date, max(left, 2) + shift)]
    before = LINE
    for text, start in lines:
        if text:
            paragraph, indent = _paragraph("公文落款", [Run(text)]), int(CHARACTER * start)
            paragraph.pPr.extend([_w("spacing", before=before), _w("ind", left=indent)])
            yield paragraph
            before = 0


def _width(text: str) -> float:
    """The width of the widest line, in characters; Latin letters and digits are half of one."""
    lines = _clean(text).split("\n")
    return max(sum(1 if east_asian_width(c) in "WFA" else 0.5 for c in line) for line in lines)


def _table(table: Table):
    """A bordered table as wide as the line; its header is repeated on every page."""
    widths = [round(LINE_WIDTH * share / sum(table.widths)) for share in table.widths]
    layout = (_w("tblW", w=sum(widths), type="dxa"), _w("tblLayout", type="fixed"))
    header = _row(table.header, widths, "公文表头")
    header.trPr.append(_w("tblHeader"))
    return _w(
        "tbl",
        _w("tblPr", _w("tblStyle", val="公文表格"), *layout),
        _w("tblGrid", *(_w("gridCol", w=width) for width in widths)),
        header,
        *(_row(row, widths, "公文表文") for row in table.rows),
    )


def _row(texts: Iterable[str], widths: Iterable[int], style: str):
    cells = (
        _w("tc", _w("tcPr", _w("tcW", w=width, type="dxa")), _paragraph(style, [Run(text)]))
        for text, width in zip(texts, widths, strict=True)
    )
    return _w("tr", _w("trPr", _w("cantSplit")), *cells)


def _paragraph(style: str, runs: Iterable[Run]):
    properties = _w("pPr", _w("pStyle", val=_style_id(style)))
    return _w("p", properties, *(_inline(run) for run in runs if run.text or run.figure))


def _inline(run: Run):
    """The run; inside a content control tagged with the figure's key where it is a figure."""
    element, key = _run(run.text, gap=run.gap), run.figure
    if not key:
        return element
    properties = (_w("alias", val=key), _w("tag", val=key), _w("id", val=0))
    return _w("sdt", _w("sdtPr", *properties), _w("sdtContent", element))


def _run(text: str, *, gap: bool = False):
    style = [_w("rStyle", val="公文缺项")] if gap else []
    # The hint makes “ ” … — Chinese signs; without it word processors take them for Latin ones.
    properties = _w("rPr", *style, _w("rFonts", hint="eastAsia"))
    return _w("r", properties, *map(_piece, re.split("([\n\t])", _clean(text))))


def _piece(text: str):
    if text in BREAKS:
        return _w(BREAKS[text])
    element = _w("t")
    element.text = text
    element.set(qn("xml:space"), "preserve")
    return element


def _clean(text: str) -> str:
    """The text as XML can hold it: no control characters, every line end one newline."""
    return NOT_XML.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def _w(name: str, *children, **attributes):
    """An element of the WordprocessingML namespace."""
    element = OxmlElement(f"w:{name}", {qn(f"w:{key}"): str(v) for key, v in attributes.items()})
    element.extend(children)
    return element


def _parsed(xml: str) -> list:
    return list(parse_xml(f"<w:body {nsdecls('w')}>{xml}</w:body>"))


def _packed(file) -> bytes:
    """The package zipped without the time of day, which zip files otherwise hold."""
    saved, packed = BytesIO(), BytesIO()
    file.save(saved)
    with zipfile.ZipFile(saved) as source, zipfile.ZipFile(packed, "w") as target:
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, EPOCH)
            target.writestr(entry, source.read(name), zipfile.ZIP_DEFLATED)
    return packed.getvalue()
