"""Justified lines of Chinese for WeasyPrint, which by itself only stretches spaces.

Without this, one line in eight of a Chinese text ends up to 8 mm before the margin.
"""

from collections.abc import Iterator
from unicodedata import combining

from weasyprint.formatting_structure import boxes
from weasyprint.text.ffi import TO_UNITS, ffi, pango
from weasyprint.text.line_break import create_layout

from reports.typesetting import LAYOUT_MARKS

# A line this much too short (in characters) was cut by something unbreakable, such as a long
# address: stretched, it would look worse than ragged.
TOO_SHORT = 4


def justify_line(context: object, line: boxes.LineBox, extra_width: float) -> None:
    """Spread ``extra_width`` (CSS pixels) evenly between all the characters of a line.

    Takes the place of ``weasyprint.layout.inline.justify_line``.
    """
    texts = list(_text_boxes(line))
    for box in texts:
        box.text = box.text.translate(LAYOUT_MARKS)
    if texts:
        texts[-1].text = texts[-1].text.rstrip(" ")
    gaps = sum(_characters(box.text) for box in texts) - 1
    if gaps < 1 or extra_width > TOO_SHORT * texts[0].style["font_size"]:
        return
    _stretch(context, line, extra_width / gaps, 0)


def _text_boxes(box: boxes.Box) -> Iterator[boxes.TextBox]:
    if isinstance(box, boxes.TextBox):
        yield box
    elif isinstance(box, boxes.LineBox | boxes.InlineBox):
        for child in box.children:
            if child.is_in_normal_flow():
                yield from _text_boxes(child)


def _characters(text: str) -> int:
    """How many places Pango widens: one for each character with what is combined with it."""
    return sum(not combining(character) for character in text)


def _stretch(context: object, box: boxes.Box, spacing: float, advance: float) -> float:
    """Widen a box and move it by ``advance``; give the advance for the box after it."""
    if isinstance(box, boxes.TextBox):
        box.position_x += advance
        box.pango_layout = _spaced_layout(context, box, spacing)
        grown = spacing * _characters(box.text)
        box.width += grown
        return advance + grown
    if not isinstance(box, boxes.LineBox | boxes.InlineBox):
        box.translate(advance, 0)
        return advance
    box.position_x += advance
    start = advance
    for child in box.children:
        if child.is_in_normal_flow():
            advance = _stretch(context, child, spacing, advance)
    box.width += advance - start
    return advance


def _spaced_layout(context: object, box: boxes.TextBox, spacing: float) -> object:
    """A layout of the box's text that keeps its letter spacing when it is set again to be drawn."""
    layout = create_layout(box.text, box.style, context, None, 0)
    set_text = layout.set_text

    def set_spaced_text(text: str, justify: bool = False) -> None:
        set_text(text, justify)
        _add_letter_spacing(layout, spacing)

    layout.set_text = set_spaced_text
    layout.deactivate()
    return layout


def _add_letter_spacing(layout: object, spacing: float) -> None:
    attributes = pango.pango_layout_get_attributes(layout.layout)
    if attributes == ffi.NULL:
        attributes = ffi.gc(pango.pango_attr_list_new(), pango.pango_attr_list_unref)
    attribute = pango.pango_attr_letter_spacing_new(round(spacing * TO_UNITS))
    attribute.start_index, attribute.end_index = 0, len(layout.text.encode())
    pango.pango_attr_list_change(attributes, attribute)
    pango.pango_layout_set_attributes(layout.layout, attributes)
