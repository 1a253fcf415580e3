"""PDF: the text layer where there is one, recognition page by page where there is none."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from fazhi_analysis.errors import DamagedFileError, EmptyFileError, MissingExtraError
from fazhi_analysis.reading.document import Document
from fazhi_analysis.reading.formats._pdftext import read_page_text
from fazhi_analysis.reading.layout import lay_out
from fazhi_analysis.reading.segment import Page

ORDER = 10
MAX_PAGES = 1000
_DPI = 200
_FEW = 12  # characters below which a page with pictures counts as scanned


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
        Encrypted, cut off, or broken.
    MissingExtraError
        pypdfium2 is missing, or pages are scanned and the recognition is missing.
    EmptyFileError
        No page has any text.
    """
    try:
        import pypdfium2
    except ImportError as error:
        raise MissingExtraError(file, "reading.pdf.needs_extra") from error
    if b"%%EOF" not in data[-2048:] and b"startxref" not in data[-2048:]:
        raise DamagedFileError(file, "reading.pdf.cut_short")
    with _opened(pypdfium2, data, file) as pdf:
        if len(pdf) > MAX_PAGES:
            raise DamagedFileError(file, "reading.pdf.too_many_pages", pages=len(pdf))
        pages: list[Page] = []
        recognised = False
        for number in range(len(pdf)):
            page, scanned = _read_page(pdf, number, file)
            recognised = recognised or scanned
            pages.append(page)
    laid = lay_out(pages)
    if not laid.text.strip():
        raise EmptyFileError(file, "reading.pdf.without_text")
    return Document(laid.text, "pdf-ocr" if recognised else "pdf", "", laid.pages, laid.spans)


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


def _read_page(pdf: Any, number: int, file: Path) -> tuple[Page, bool]:
    """One page, and whether it had to be recognised."""
    import pypdfium2

    try:
        page = pdf[number]
    except pypdfium2.PdfiumError as error:
        raise DamagedFileError(file, "reading.pdf.broken_page", page=number + 1) from error
    label = str(number + 1)
    segments, width, height, _, rules = read_page_text(page)
    text = "".join(segment.text for segment in segments)
    if len(text) >= _FEW and not _garbled(text):
        return Page(segments, width, height, label, rules), False
    if not _garbled(text) and not any(page.get_objects(filter=(pypdfium2.raw.FPDF_PAGEOBJ_IMAGE,))):
        return Page(segments, width, height, label), False
    from fazhi_analysis.reading.recognition import recognise, require

    require(file)
    scale = min(_DPI / 72, 6000 / max(width, height, 1))
    return recognise(page.render(scale=scale).to_pil(), label, file), True


def _garbled(text: str) -> bool:
    """Whether a text layer has no usable character codes (fonts without a map to Unicode).

    >>> _garbled("\\ue001\\ue002\\ue003年"), _garbled("2023年")
    (True, False)
    """
    bad = sum("\ue000" <= char <= "\uf8ff" or char == "\ufffd" or char < " " for char in text)
    return bad * 3 > len(text) > 0
