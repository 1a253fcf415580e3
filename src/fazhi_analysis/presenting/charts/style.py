"""The house style: a narrow figure that reads on a phone, few lines, direction shown by form and not by colour alone.

Every chart is a list of rows: a label on a line of its own with the figures at its right end, and below it a track
with the marks. Labels therefore never collide with marks or with each other, and long ones wrap.
"""

from __future__ import annotations

import functools
import io
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from fazhi_analysis.presenting.charts.chart import clean_svg
from fazhi_analysis.presenting.html.fonts import register
from fazhi_analysis.presenting.wording.page_texts import Words

WIDTH = 4.2
MARGIN, LEADING = 0.08, 0.185
"""Inches around a chart, and from one line of its labels to the next."""
INK, SOFT, LINE, BAND = "#1f2328", "#5b6470", "#c9ced6", "#eef0f3"
BLUE, ORANGE, GREY, PALE = "#1a5fa8", "#b4540a", "#6b7280", "#a9b8ca"
COLOURS = (
    (INK, "ink"),
    (SOFT, "soft"),
    (LINE, "line"),
    (BAND, "band"),
    (BLUE, "blue"),
    (ORANGE, "orange"),
    (GREY, "grey"),
    (PALE, "pale"),
)
UNSETTLED = {"uncertain": "D", "unchanged": "D", "doubtful": "s"}
"""Verdicts without a direction, and the hollow mark of each; a doubted figure looks like no other."""
RIGHT, LEFT = "chevron-right", "chevron-left"
"""Marks of an increase and a decrease without a better side; the pen knows their shape."""
SIZE = 9.0
SMALL = 8.0
_EDGE, _TITLE_LINE = 0.08, 0.18
"""Inches around a title, and from one of its lines to the next."""


def form(verdict: str, *, rising: bool) -> tuple[str, bool]:
    """Mark of a verdict and whether it is hollow: better and worse differ by form, not by colour alone.

    >>> form("improved", rising=True), form("worsened", rising=True), form("increased", rising=True)
    (('>', False), ('>', True), ('chevron-right', True))
    >>> form("uncertain", rising=True)
    ('D', True)
    """
    if verdict in UNSETTLED:
        return UNSETTLED[verdict], True
    if verdict in ("improved", "worsened"):
        return (">" if rising else "<"), verdict == "worsened"
    return (RIGHT if rising else LEFT), True


def legend(verdicts: Iterable[str], words: Words) -> str:
    """What the marks of these verdicts mean, each kind of mark once."""
    drawn = {_KINDS.get(verdict, "open") for verdict in verdicts}
    return "".join(
        words(f"chart.legend_{kind}") for kind in ("improved", "worsened", "neutral", "open") if kind in drawn
    )


_KINDS = {
    "improved": "improved",
    "worsened": "worsened",
    "increased": "neutral",
    "decreased": "neutral",
    "doubtful": "doubtful",
}


@contextmanager
def house() -> Iterator[Any]:
    """matplotlib's pyplot-free figure class under the house settings; global settings stay as they were."""
    import matplotlib as mpl
    from matplotlib.figure import Figure

    family = register()
    settings: Any = {
        "font.family": [family, "DejaVu Sans"],
        "font.size": SIZE,
        "text.color": INK,
        "text.parse_math": False,  # dollar signs of a label are no formula
        "axes.unicode_minus": True,
        "svg.fonttype": "none",
        "svg.hashsalt": "fazhi",
        "path.simplify": True,
    }
    with mpl.rc_context(settings):
        yield Figure


_pictures: ContextVar[list[bytes] | None] = ContextVar("pictures", default=None)


@contextmanager
def pictures() -> Iterator[list[bytes]]:
    """PNG pictures of the charts that are drawn meanwhile, in their order: for documents that have no SVG."""
    made: list[bytes] = []
    token = _pictures.set(made)
    try:
        yield made
    finally:
        _pictures.reset(token)


_figures: ContextVar[list[tuple[str, Any]] | None] = ContextVar("figures", default=None)


@contextmanager
def figures() -> Iterator[list[tuple[str, Any]]]:
    """Names and matplotlib figures of the charts drawn meanwhile, in their order, for whoever changes them."""
    made: list[tuple[str, Any]] = []
    token = _figures.set(made)
    try:
        yield made
    finally:
        _figures.reset(token)


def put_title(figure: Any, title: str, note: str) -> None:
    """Write title and note above a finished figure, which grows by their height: a page has them beside its chart."""
    width, height = figure.get_size_inches()
    lines = [(line, INK, SIZE + 1) for line in wrap(title, SIZE + 1, width - 2 * _EDGE)]
    lines += [(line, SOFT, SMALL) for line in wrap(note, SMALL, width - 2 * _EDGE) if note != title]
    grown = height + _TITLE_LINE * len(lines) + _EDGE
    for axes in figure.axes:
        box = axes.get_position()
        axes.set_position((box.x0, box.y0 * height / grown, box.width, box.height * height / grown))
    figure.set_size_inches(width, grown)
    with house():
        for number, (line, colour, size) in enumerate(lines):
            down = _EDGE + _TITLE_LINE * (number + 0.5)
            figure.text(_EDGE / width, 1 - down / grown, line, color=colour, size=size, va="center")


def to_svg(figure: Any, name: str) -> str:
    """The figure as cleaned SVG."""
    if (kept := _figures.get()) is not None:
        kept.append((name, figure))
    made = _pictures.get()
    if made is not None:
        raster = io.BytesIO()
        figure.savefig(raster, format="png", dpi=220, facecolor="#ffffff", metadata={"Software": None})
        made.append(raster.getvalue())
    target = io.StringIO()
    figure.savefig(target, format="svg", transparent=True, metadata={"Date": None, "Creator": None})
    return clean_svg(target.getvalue(), name, COLOURS)


@functools.cache
def _measure() -> Any:
    from matplotlib.textpath import TextToPath

    return TextToPath()


@functools.lru_cache(maxsize=4096)
def text_width(text: str, size: float) -> float:
    """Width of a text in inches, in the house font."""
    from matplotlib.font_manager import FontProperties

    width, _, _ = _measure().get_text_width_height_descent(
        text, FontProperties(family=register(), size=size), ismath=False
    )
    return float(width) / 72


def wrap(text: str, size: float, width: float) -> list[str]:
    """A text in lines no wider than ``width`` inches; Chinese breaks anywhere, Latin at spaces where there are any."""
    lines: list[str] = []
    line = ""
    for piece in _pieces(text):
        if line and text_width(line + piece.rstrip(), size) > width:
            lines.append(line.rstrip())
            line = piece.lstrip()
        else:
            line += piece
    return [*lines, line.rstrip()] if line.strip() or not lines else lines


def _pieces(text: str) -> Iterator[str]:
    word = ""
    for char in text:
        if ord(char) < 0x2E80 and char != " ":
            word += char
            continue
        if char == " ":
            yield word + char
        else:
            if word:
                yield word
            yield char
        word = ""
    if word:
        yield word
