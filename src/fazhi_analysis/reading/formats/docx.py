"""DOCX: paragraphs and tables in their order, automatic numbers written out; headers, footers and notes left out."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from fazhi_analysis.errors import DamagedFileError, MissingExtraError
from fazhi_analysis.model import Grid
from fazhi_analysis.reading.cell_marks import Laying
from fazhi_analysis.reading.document import Document
from fazhi_analysis.reading.formats import _archives
from fazhi_analysis.reading.formats._numbering import Numbering

ORDER = 20
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_SKIPPED = {
    *(f"{_W}{name}" for name in ("moveFrom", "del", "pPr", "rPr", "footnoteReference", "txbxContent", "sym")),
    f"{_MC}Fallback",
}
_SIGNS = {f"{_W}tab": "\t", f"{_W}noBreakHyphen": "-"}
_BREAKS = {
    f"{_W}br": "line",
    f"{_W}cr": "line",
    f"{_W}lastRenderedPageBreak": "page",
}  # what each is where it is not said
_BLOCKS = {f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins", f"{_W}moveTo", f"{_W}customXml", f"{_W}smartTag"}


def matches(data: bytes, name: str) -> bool:
    """Whether the bytes are a zip file with a Word document in it, or a cut one under that suffix.

    >>> matches(b"PK\\x03\\x04 cut", "a.docx"), matches(b"%PDF", "a.docx")
    (True, False)
    """
    if not _archives.is_zip(data):
        return False
    names = _archives.names_in(data)
    return "word/document.xml" in names or (not names and Path(name).suffix.lower() in (".docx", ".docm"))


def read(data: bytes, file: Path) -> Document:
    """Text of the document's body. A table row is a line with a tab between cells.

    Raises
    ------
    DamagedFileError
        Cut off, encrypted, or not what it says.
    MissingExtraError
        python-docx is not installed.
    """
    _archives.check(data, file)
    try:
        import docx
    except ImportError as error:
        raise MissingExtraError(file, "reading.docx.needs_extra") from error
    try:
        opened = docx.Document(io.BytesIO(data))
        body = opened.element.body
        if body.getroottree().docinfo.internalDTD is not None:
            raise DamagedFileError(file, "reading.docx.entities")
        writer = _Writer(Numbering(opened))
        for block in _blocks(body):
            writer.add(block)
    except DamagedFileError:
        raise
    except Exception as error:
        raise DamagedFileError(file, "reading.docx.broken") from error
    text, pages, grids = writer.result()
    return Document(text, "docx", "", pages, grids=grids)


def _blocks(parent: Any) -> Iterator[Any]:
    """Paragraphs and tables below an element, through content controls and tracked insertions."""
    for child in parent:
        if child.tag in (f"{_W}p", f"{_W}tbl"):
            yield child
        elif child.tag in _BLOCKS:
            yield from _blocks(child)


def _children(parent: Any, tag: str) -> Iterator[Any]:
    """Children with this tag, through content controls, but not those of tables inside."""
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag in _BLOCKS:
            yield from _children(child, tag)


def _holds_prose(cell: Any) -> bool:
    """Whether a cell holds several paragraphs or tables rather than one value or phrase."""
    blocks = list(_blocks(cell))
    if any(block.tag == f"{_W}tbl" for block in blocks):
        return True
    texts = [text for block in blocks if (text := _paragraph(block)[0].strip())]
    return len(texts) > 3 or (len(texts) > 1 and sum(map(len, texts)) > 120)


class _Writer:
    """Collects lines, and the offsets at which Word last began a page."""

    def __init__(self, numbering: Numbering) -> None:
        self._numbering = numbering
        self._pieces: list[str] = []
        self._length = 0
        self._pages: list[tuple[int, str]] = []
        self._tables: list[Laying] = []

    def add(self, block: Any) -> None:
        """One paragraph or table."""
        if block.tag == f"{_W}tbl":
            laying = Laying()
            self._tables.append(laying)
            for row in _children(block, f"{_W}tr"):
                self._add_row(row, laying)
            return
        text, breaks = _paragraph(block)
        number = self._numbering.next_for(block)
        self._write(number + text, [place + len(number) for place in breaks])
        self._add_boxes(block)

    def _add_boxes(self, block: Any) -> None:
        """Text boxes that hang on a block, each once, after it."""
        for box in block.iter(f"{_W}txbxContent"):
            if not any(parent.tag == f"{_MC}Fallback" for parent in box.iterancestors()):
                for inner in _blocks(box):
                    self.add(inner)

    def _add_row(self, row: Any, laying: Laying) -> None:
        """One line with tabs; a cell that holds running text (a table that only places it) gives its paragraphs."""
        cells = list(_children(row, f"{_W}tc"))
        prose = any(_holds_prose(cell) for cell in cells)
        laying.begin_row()
        skipped = _value(row, "trPr", "gridBefore")
        if skipped.isdecimal():
            laying.begin_cell(self._length, 1, int(skipped))
        texts: list[str] = []
        at = self._length
        for cell in cells:
            span = _value(cell, "tcPr", "gridSpan")
            columns = int(span) if span.isdecimal() else 1
            if _value(cell, "tcPr", "vMerge", missing="restart") in ("", "continue"):
                laying.reach_down(columns)
            else:
                laying.begin_cell(at, 1, columns)
            text = "" if prose else self._cell(cell)
            if text:
                laying.end_cell(at + len(text))
            texts.append(text)
            at += 0 if prose else len(text) + 1
        if not prose:
            self._write("\t".join(texts).rstrip("\t"), ())
            for cell in cells:
                self._add_boxes(cell)
            return
        for cell in cells:
            for block in _blocks(cell):
                self.add(block)

    def _cell(self, cell: Any) -> str:
        parts = [self._numbering.next_for(item) + _paragraph(item)[0] for item in _blocks(cell)]
        return re.sub(r"\s+", " ", " ".join(part for part in parts if part)).strip()

    def _write(self, line: str, breaks: Any) -> None:
        for place in breaks:
            self._pages.append((self._length + place, str(len(self._pages) + 2)))
        self._pieces.append(line + "\n")
        self._length += len(line) + 1

    def result(self) -> tuple[str, tuple[tuple[int, str], ...], tuple[Grid, ...]]:
        """The text, its pages (none when Word did not record any) and its tables."""
        pages = ((0, "1"), *self._pages) if self._pages else ()
        text = "".join(self._pieces)
        grids = (laying.grid(text) for laying in self._tables)
        return text, pages, tuple(grid for grid in grids if grid is not None)


def _value(element: Any, properties: str, name: str, missing: str = "") -> str:
    """A property of a row or cell: its value, empty when it is there without one, ``missing`` when it is not."""
    found = element.find(f"{_W}{properties}/{_W}{name}")
    return missing if found is None else found.get(f"{_W}val") or ""


def _paragraph(element: Any) -> tuple[str, list[int]]:
    """Text of one paragraph as it reads with tracked changes accepted, and where pages began inside it."""
    pieces: list[str] = []
    breaks: list[int] = []
    stack = list(reversed(element))
    while stack:
        node = stack.pop()
        tag = node.tag
        if tag == f"{_W}t":
            pieces.append(node.text or "")
        elif tag in _SIGNS:
            pieces.append(_SIGNS[tag])
        elif tag in _BREAKS:
            kind = node.get(f"{_W}type", _BREAKS[tag])
            if kind == "page":
                breaks.append(sum(map(len, pieces)))
            elif kind != "column":
                pieces.append("\n")
        elif tag not in _SKIPPED:
            stack.extend(reversed(node))
    return "".join(pieces), breaks
