"""A drawn chart: its SVG, its alternative text, and its data for download."""

from __future__ import annotations

import csv
import io
import re
import urllib.parse
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from fazhi_analysis.dataset.cells import as_text
from fazhi_analysis.presenting.html.markup import Fragment, escape, join, tag
from fazhi_analysis.presenting.wording.naming import quoting
from fazhi_analysis.presenting.wording.page_texts import Words

_RULES = re.compile(r"<defs>\s*<style type=\"text/css\">.*?</style>\s*</defs>", re.DOTALL)
_ID = re.compile(r'(?<=\bid=")([^"]+)(?=")|(?<=href="#)([^"]+)(?=")|(?<=url\(#)([^)]+)(?=\))')
_HEAD = re.compile(r"^.*?(?=<svg)", re.DOTALL)
_SIZE = re.compile(r'<svg [^>]*?viewBox="([^"]+)"[^>]*>')
_NO_TURN = re.compile(r' transform="rotate\(-0 [^"]*\)"')
_FAMILY = re.compile(r" ?font-family: [^;]+;")
_METADATA = re.compile(r"<metadata>.*?</metadata>", re.DOTALL)


_charts: ContextVar[list[Chart] | None] = ContextVar("charts", default=None)


@contextmanager
def charts() -> Iterator[list[Chart]]:
    """The charts that are made meanwhile, in their order."""
    made: list[Chart] = []
    token = _charts.set(made)
    try:
        yield made
    finally:
        _charts.reset(token)


@dataclass(frozen=True)
class Chart:
    """A chart that shows itself in Jupyter as SVG and in a terminal as its alternative text.

    ``finding`` is the alternative text, one or two sentences that state what the chart shows; ``header`` and ``data``
    are the figures behind it, offered for download.
    """

    name: str
    title: str
    finding: str
    svg: str
    header: tuple[str, ...]
    data: tuple[tuple[Any, ...], ...]
    words: Words

    def __post_init__(self) -> None:
        if (kept := _charts.get()) is not None:
            kept.append(self)

    def csv(self) -> str:
        """The figures behind the chart as CSV; the byte order mark is for Excel's sake, and no text is a formula."""
        target = io.StringIO()
        writer = csv.writer(target, lineterminator="\r\n")
        for row in (self.header, *self.data):
            writer.writerow([as_text(cell) if isinstance(cell, str) else cell for cell in row])
        return "\ufeff" + target.getvalue()

    def _repr_html_(self) -> str:
        identity = f"chart-{self.name}"
        svg = self.svg.replace(
            "<svg ", f'<svg role="img" aria-labelledby="{identity}-title {identity}-desc" focusable="false" ', 1
        )
        named = f'<title id="{identity}-title">{escape(self.title)}</title>'
        named += f'<desc id="{identity}-desc">{escape(self.finding)}</desc>'
        svg = re.sub(r"(<svg [^>]*>)", lambda match: match.group(1) + named, svg, count=1)
        address = "data:text/csv;charset=utf-8," + urllib.parse.quote(self.csv())
        links = tag("a", self.words("chart.download_data"), href=address, download=f"{self.name}.csv") + join(
            tag(
                "button",
                self.words(f"chart.download_{kind}"),
                type="button",
                cls="fz-save",
                data_name=f"{self.name}.{kind}",
            )
            for kind in ("png", "svg")
        )
        caption = tag(
            "figcaption",
            tag("span", quoting(self.finding, self.words), cls="fz-finding"),
            tag("span", links, cls="fz-downloads"),
        )
        heading = tag("p", quoting(self.title, self.words), cls="fz-chart-title")
        return str(tag("figure", heading, Fragment(svg), caption, cls="fz-chart", id=identity))

    def __repr__(self) -> str:
        return f"{self.title}\n{self.finding}"


def clean_svg(raw: str, name: str, colours: Sequence[tuple[str, str]]) -> str:
    """SVG as matplotlib writes it, made fit for a page that holds several.

    Page-wide style rules and metadata go, ids get the chart's name in front, the size follows the page, text is in the
    font of the page, and each house colour becomes a CSS variable with itself as fallback, so that the dark theme can
    change it.

    >>> raw = '<?xml?><svg width="9pt" viewBox="0 0 9 9"><path id="a" style="fill: #123456"/></svg>'
    >>> clean_svg(raw, "c", [("#123456", "ink")]).partition("<path")[2]
    ' id="c-a" style="fill: var(--fz-ink,#123456)"/></svg>'
    """
    svg = _FAMILY.sub("", _NO_TURN.sub("", _METADATA.sub("", _RULES.sub("", _HEAD.sub("", raw)))))
    opening = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="{}">'
    svg = _SIZE.sub(lambda match: opening.format(match.group(1)), svg, count=1)
    svg = _ID.sub(lambda match: f"{name}-{match.group(0)}", svg)
    for colour, variable in colours:
        svg = svg.replace(colour, f"var(--fz-{variable},{colour})")
    svg = re.sub(r"<!--.*?-->", "", svg, flags=re.DOTALL)
    return re.sub(r"\s*\n\s*", " ", svg).replace("> <", "><").strip()
