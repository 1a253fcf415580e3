"""OFD (GB/T 33190): pieces of text with their places, laid out as those of a PDF are; no lines of tables are known."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from fazhi_analysis.errors import UnsupportedFormatError
from fazhi_analysis.reading.document import Document
from fazhi_analysis.reading.formats import _archives
from fazhi_analysis.reading.layout import lay_out
from fazhi_analysis.reading.omissions import Omission
from fazhi_analysis.reading.segment import Page, Segment

ORDER = 25
_POINTS = 72 / 25.4  # a millimetre
_ABOVE, _BELOW = 0.86, 0.14  # of the type over and under the line that it stands on


def matches(data: bytes, name: str) -> bool:
    """Whether the bytes are a zip file with the list of documents that OFD asks for.

    >>> matches(b"PK\\x03\\x04 cut", "a.ofd"), matches("正文".encode(), "a.ofd")
    (False, False)
    """
    return _archives.is_zip(data) and any(name.endswith("OFD.xml") for name in _archives.names_in(data))


def read(data: bytes, file: Path) -> Document:
    """Running text of all pages with the page map; a page without text is named as not read.

    Raises
    ------
    UnsupportedFormatError
        The library is missing, or cannot read the file, or no page has text; the message says how to convert.
    DamagedFileError
        Encrypted, cut off, or far larger than a document.
    """
    _archives.check(data, file)
    try:
        import ofdkit
    except ImportError as error:
        raise UnsupportedFormatError(file, "reading.format.ofd") from error
    try:
        with ofdkit.open(data) as document:
            pages = [_page(page) for page in document.pages]
    except ofdkit.OFDError as error:
        raise UnsupportedFormatError(file, "reading.format.ofd") from error
    laid = lay_out(pages)
    if not laid.text.strip():
        raise UnsupportedFormatError(file, "reading.format.ofd")
    starts = {label: start for start, label in laid.pages}
    bare = [page.label for page in pages if not page.segments]
    omissions = tuple(Omission("scan", starts.get(label, 0), "", label) for label in bare)
    return Document(laid.text, "ofd", "", laid.pages, laid.spans, grids=laid.grids, omissions=omissions)


def _page(page: Any) -> Page:
    """A page in points; what stands outside of it, and what is drawn twice at one place, is left out."""
    left, top, width, height = page.box
    segments: dict[tuple[str, int, int], Segment] = {}
    for run in page.runs:
        if run.text.strip() and left <= run.x < left + width and top <= run.y < top + height:
            segments.setdefault((run.text, round(run.x * 4), round(run.y * 4)), _segment(run, left, top))
    return Page(list(segments.values()), width * _POINTS, height * _POINTS, str(page.index + 1))


def _segment(run: Any, left: float, top: float) -> Segment:
    x, y, size = (run.x - left) * _POINTS, (run.y - top) * _POINTS, run.size * _POINTS
    return Segment(run.text.strip(), x, y - _ABOVE * size, x + run.width * _POINTS, y + _BELOW * size, size)
