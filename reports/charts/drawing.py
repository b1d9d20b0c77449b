"""Where everything of a chart stands, in whole units of its own picture.

Colours and type are given as plain attributes, which WeasyPrint draws; on the screen the style
sheet goes over them, by day and by night.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from reports.charts.chart import Bar, Chart

WIDTH = 360
_LABELS, _LINE, _THICK = 84, 30, 18
_COLUMN, _ABOVE, _BELOW = 120, 22, 24
_SIZE = 14
"""Of the letters. As wide as a phone's screen, the picture is drawn there at its own size."""


@dataclass(frozen=True)
class Shape:
    """One bar with its label and its number; no bar is drawn for 0."""

    x: int
    y: int
    width: int
    height: int
    label: str
    label_x: int
    label_y: int
    number: int
    number_x: int
    number_y: int


@dataclass(frozen=True)
class Drawing:
    """A chart as it is drawn; ``anchor`` and ``middle`` say how labels and numbers are aligned."""

    chart: Chart
    width: int
    height: int
    shapes: tuple[Shape, ...]
    label_anchor: str
    number_anchor: str


def drawn(chart: Chart) -> Drawing:
    """Where everything stands."""
    if chart.upright:
        height = _ABOVE + _COLUMN + _BELOW
        return Drawing(chart, WIDTH, height, tuple(_columns(chart)), "middle", "middle")
    height = _LINE * len(chart.bars)
    return Drawing(chart, WIDTH, height, tuple(_lines(chart)), "end", "start")


def svg(chart: Chart) -> SafeString:
    """The chart as an ``<svg>`` element, for a page or for the PDF."""
    return render_to_string("reports/_chart_svg.html", {"drawing": drawn(chart)})


def _lines(chart: Chart) -> Iterator[Shape]:
    room = WIDTH - _LABELS - 44
    for place, bar in enumerate(chart.bars):
        top = place * _LINE + (_LINE - _THICK) // 2
        width = _share(bar, chart, room)
        base = top + _THICK // 2 + _SIZE // 2 - 2
        yield Shape(
            x=_LABELS,
            y=top,
            width=width,
            height=_THICK,
            label=bar.label,
            label_x=_LABELS - 8,
            label_y=base,
            number=bar.number,
            number_x=_LABELS + width + 6,
            number_y=base,
        )


def _columns(chart: Chart) -> Iterator[Shape]:
    step = WIDTH // max(len(chart.bars), 1)
    for place, bar in enumerate(chart.bars):
        height = _share(bar, chart, _COLUMN)
        top, middle = _ABOVE + _COLUMN - height, place * step + step // 2
        yield Shape(
            x=place * step + step // 6,
            y=top,
            width=step - step // 3,
            height=height,
            label=bar.short or bar.label,
            label_x=middle,
            label_y=_ABOVE + _COLUMN + _BELOW - 6,
            number=bar.number,
            number_x=middle,
            number_y=top - 6,
        )


def _share(bar: Bar, chart: Chart, room: int) -> int:
    """The part of ``room`` for a bar; the smallest number is still to be seen."""
    return max(round(room * bar.number / chart.most), 2) if bar.number else 0
