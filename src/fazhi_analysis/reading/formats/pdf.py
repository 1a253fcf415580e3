"""PDF: the text layer where there is one, recognition page by page where there is none."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from fazhi_analysis import _limits
from fazhi_analysis.errors import DamagedFileError, EmptyFileError, MissingExtraError
from fazhi_analysis.reading.document import Document
from fazhi_analysis.reading.formats import _pdfium
from fazhi_analysis.reading.formats._pdf_ruling_lines import written_remarks
from fazhi_analysis.reading.formats._pdf_text import PageText, read_page_text
from fazhi_analysis.reading.layout import lay_out
from fazhi_analysis.reading.ocr import recognise, require
from fazhi_analysis.reading.omissions import Omission
from fazhi_analysis.reading.segment import Page, Segment

ORDER = 10
MAX_PAGES = 1000
MAX_SCANS = 100
"""Pages that are recognised, each of which takes seconds; no report has half as many."""
_DPI = 200
_FEW = 12  # characters below which a page with pictures counts as scanned
_STAMP = 150  # characters that a stamp or header on a scanned page may have
_SCANNED = 0.5  # of the page that the picture of a scan covers
_PICTURE = 0.06  # of the page that a picture covers which may hold a table
_SMALLEST = 60.0  # points: a lesser picture is a mark or seal
_OUTLINED = 20  # shapes of a page without text that are taken for characters
_MANY_OUTLINES = 80  # the same beside text, where charts have shapes too


def matches(data: bytes, name: str) -> bool:
    """Whether the bytes begin as a PDF does (junk before the mark is allowed, as readers allow it).

    >>> matches(b"\\n%PDF-1.4", "a.txt"), matches("正文".encode(), "a.pdf")
    (True, False)
    """
    return b"%PDF-" in data[:1024]


def read(data: bytes, file: Path) -> Document:
    """Running text of all pages with the page map.

    Raises
    ------
    DamagedFileError
        Encrypted, cut off, or broken; or far too many pages.
    MissingExtraError
        pypdfium2 is missing, or no page has any text and the recognition of scans is missing.
    EmptyFileError
        No page has any text.
    """
    try:
        pypdfium2 = _pdfium.load()
    except ImportError as error:
        raise MissingExtraError(file, "reading.pdf.needs_extra") from error
    if b"%%EOF" not in data[-2048:] and b"startxref" not in data[-2048:]:
        raise DamagedFileError(file, "reading.pdf.cut_short")
    with _opened(pypdfium2, data, file) as pdf:
        if len(pdf) > MAX_PAGES:
            raise DamagedFileError(file, "reading.pdf.too_many_pages", pages=len(pdf))
        read_pages = [_read_page(pdf, number, file) for number in range(len(pdf))]
        sheets = _recognised(pdf, read_pages, file)
    laid = lay_out([sheet.page for sheet in sheets])
    if not laid.text.strip():
        _require_recognition(sheets, file)
        raise EmptyFileError(file, "reading.pdf.without_text")
    starts = dict(zip((label for _, label in laid.pages), (start for start, _ in laid.pages), strict=True))
    omissions = [
        Omission(cause, starts.get(sheet.page.label, 0), text, sheet.page.label)
        for sheet in sheets
        for cause, text in sheet.omissions
    ]
    kind = "pdf-ocr" if any(sheet.recognised for sheet in sheets) else "pdf"
    return Document(laid.text, kind, "", laid.pages, laid.spans, grids=laid.grids, omissions=tuple(omissions))


@contextlib.contextmanager
def _opened(pypdfium2: Any, data: bytes, file: Path) -> Iterator[Any]:
    try:
        pdf = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "assword" in str(error):
            raise DamagedFileError(file, "reading.pdf.encrypted") from error
        raise DamagedFileError(file, "reading.pdf.broken") from error
    try:
        yield pdf
    finally:
        pdf.close()


class _Sheet(NamedTuple):
    """A page, whether it had to be recognised, and what of it was not read: causes with hidden text."""

    page: Page
    recognised: bool
    omissions: list[tuple[str, str]]


def _read_page(pdf: Any, number: int, file: Path) -> tuple[_Sheet, str]:
    """A page by its text layer, and why it needs recognition; empty where it does not."""
    import pypdfium2

    try:
        page = pdf[number]
    except pypdfium2.PdfiumError as error:
        raise DamagedFileError(file, "reading.pdf.broken_page", page=number + 1) from error
    found = read_page_text(page)
    need = _needs_recognition(found, page)
    unread = [(need, "")] if need else _unread(found, page)
    segments = Page(found.segments, found.width, found.height, str(number + 1), found.rules)
    return _Sheet(segments, False, [*found.hidden, *unread]), need


def _recognised(pdf: Any, read_pages: Sequence[tuple[_Sheet, str]], file: Path) -> list[_Sheet]:
    """The pages, those in need of it recognised one by one, as far as recognition is installed."""
    needs = [number for number, (_, need) in enumerate(read_pages) if need]
    sheets = [sheet for sheet, _ in read_pages]
    try:
        if needs:
            require(file)
    except MissingExtraError:
        return sheets
    if len(needs) > MAX_SCANS:
        raise DamagedFileError(file, "reading.pdf.too_many_scans", pages=len(needs), most=MAX_SCANS)
    for place, number in enumerate(needs, start=1):
        _limits.at_page(place, len(needs))
        sheets[number] = _recognise(pdf[number], *read_pages[number], file)
    return sheets


def _recognise(page: Any, sheet: _Sheet, need: str, file: Path) -> _Sheet:
    """A page as it is recognised, unless the text layer says as much."""
    before = sheet.page
    scale = min(_DPI / 72, 6000 / max(before.width, before.height, 1))
    seen = recognise(page.render(scale=scale).to_pil(), before.label, file)
    rest = sheet.omissions[:-1]
    more = _letters(seen.segments) > _letters(before.segments) * 1.3 + _FEW
    if _garbled("".join(segment.text for segment in before.segments)) or more:
        return _Sheet(seen, True, rest)
    return sheet._replace(omissions=[*rest, *([("shapes", "")] if need == "outlines" else [])])


def _needs_recognition(found: PageText, page: Any) -> str:
    """What a page shows in the place of text, the cause of an omission if it is not recognised; empty for text."""
    text = "".join(segment.text for segment in found.segments)
    if _garbled(text):
        return "scan"
    covered = _share(found.sight.images, page)
    if (found.sight.images and len(text) < _FEW) or (covered > _SCANNED and len(text) < _STAMP):
        return "scan"
    return "outlines" if found.sight.outlines >= _OUTLINED and len(text) < _FEW else ""


def _unread(found: PageText, page: Any) -> list[tuple[str, str]]:
    """What readers see of a page of text that is no text: larger pictures without recognised text, outlined words."""
    bare = [box for box in found.sight.images if not any(_stands_in(segment, box, page) for segment in found.segments)]
    large = [box for box in bare if min(box[2] - box[0], box[3] - box[1]) >= _SMALLEST]
    causes = ["picture"] if _share(large, page) >= _PICTURE else []
    causes += ["outlines"] if found.sight.outlines >= _MANY_OUTLINES else []
    causes += ["remarks"] if written_remarks(page) else []
    return [(cause, "") for cause in causes]


def _stands_in(segment: Segment, box: tuple[float, float, float, float], page: Any) -> bool:
    """Whether a piece of text stands on a picture, where the page is shown upright."""
    middle = page.get_height() - (segment.top + segment.bottom) / 2
    return box[0] <= (segment.x0 + segment.x1) / 2 <= box[2] and box[1] <= middle <= box[3]


def _share(boxes: Sequence[tuple[float, float, float, float]], page: Any) -> float:
    """How much of a page the largest of some boxes takes, or all of them one below the other."""
    left, bottom, right, top = (float(side) for side in page.get_bbox())
    size = max((right - left) * (top - bottom), 1.0)
    areas = [
        max(min(box[2], right) - max(box[0], left), 0.0) * max(min(box[3], top) - max(box[1], bottom), 0.0)
        for box in boxes
    ]
    return min(sum(areas), size) / size


def _letters(segments: Sequence[Segment]) -> int:
    return sum(len(segment.text) for segment in segments)


def _require_recognition(sheets: Sequence[_Sheet], file: Path) -> None:
    """Raise MissingExtraError when what was not read only lacks the recognition."""
    if any(cause in ("scan", "outlines") for sheet in sheets for cause, _ in sheet.omissions):
        require(file)


def _garbled(text: str) -> bool:
    """Whether a text layer has no usable character codes (fonts without a map to Unicode).

    >>> _garbled("\\ue001\\ue002\\ue003年"), _garbled("2023年")
    (True, False)
    """
    bad = sum("\ue000" <= char <= "\uf8ff" or char == "\ufffd" or char < " " for char in text)
    return bad * 3 > len(text) > 0
