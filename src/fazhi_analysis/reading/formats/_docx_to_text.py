"""The blocks of a Word document written as text: paragraphs, tables, text boxes, embedded files."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from fazhi_analysis.errors import ReadError
from fazhi_analysis.model import Grid
from fazhi_analysis.reading.document import Document, moved_grid
from fazhi_analysis.reading.formats import html
from fazhi_analysis.reading.formats._docx_numbering import Numbering
from fazhi_analysis.reading.formats._docx_paragraph import Inline, read_paragraph
from fazhi_analysis.reading.formats._docx_visibility import Looks
from fazhi_analysis.reading.grids.cell_marks import Laying
from fazhi_analysis.reading.omissions import Omission, moved

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_BLOCKS = {f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins", f"{_W}moveTo", f"{_W}customXml", f"{_W}smartTag"}
_NOTES = (f"{_W}footnoteReference", f"{_W}endnoteReference")
_WORD = "wordprocessingml"


def write(document: Any, file: Path, read_word: Callable[[bytes, Path], Document]) -> Document:
    """Text, pages, tables and omissions of a document that python-docx opened; ``read_word`` reads one inside it."""
    writer = _Writer(document, file, read_word)
    for block in _blocks(document.element.body):
        writer.add(block)
    return writer.result()


def _hangs_on(box: Any, block: Any) -> bool:
    """Whether a text box is a block's own: one inside another box is read with that."""
    for parent in box.iterancestors():
        if parent is block:
            return True
        if parent.tag in (f"{_MC}Fallback", f"{_W}txbxContent"):
            return False
    return True


def _blocks(parent: Any) -> Iterator[Any]:
    """Paragraphs, tables and embedded files below an element, through content controls and tracked insertions."""
    for child in parent:
        if child.tag in (f"{_W}p", f"{_W}tbl", f"{_W}altChunk"):
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


class _Writer:
    """Collects lines, tables, the offsets at which Word last began a page, and what was left out."""

    def __init__(self, document: Any, file: Path, read_word: Callable[[bytes, Path], Document]) -> None:
        self._part = document.part
        self._file = file
        self._read_word = read_word
        self._numbering = Numbering(document)
        self._looks = Looks(document)
        self._pieces: list[str] = []
        self._length = 0
        self._pages: list[tuple[int, str]] = []
        self._tables: list[Laying] = []
        self._grids: list[Grid] = []  # of embedded files
        self._omissions: list[Omission] = []
        self._has_notes = False

    def add(self, block: Any) -> None:
        """One paragraph, table or embedded file."""
        if block.tag == f"{_W}tbl":
            laying = Laying()
            self._tables.append(laying)
            for row in _children(block, f"{_W}tr"):
                self._add_row(row, laying)
        elif block.tag == f"{_W}altChunk":
            self._add_file(block.get(f"{_R}id", ""))
        else:
            self._add_paragraph(block)

    def _add_paragraph(self, block: Any) -> None:
        inline = read_paragraph(block, self._looks)
        hidden, deleted = self._looks.marks_gone(block)
        if (hidden or deleted) and not inline.text.strip():
            self._note(block, inline, self._length)  # no line, and no number is counted
        else:
            number = self._numbering.next_for(block)
            self._note(block, inline, self._length + len(number))
            self._write(number + inline.text, [place + len(number) for place in inline.breaks], "" if deleted else "\n")
        self._add_boxes(block)

    def _note(self, block: Any, inline: Inline, at: int) -> None:
        """What was left out of a paragraph that begins at a place; the first mark of a note says that none is read."""
        self._omissions += moved(inline.omissions, at)
        if not self._has_notes and next(block.iter(*_NOTES), None) is not None:
            self._has_notes = True
            self._omissions.append(Omission("notes", at + len(inline.text)))

    def _add_boxes(self, block: Any) -> None:
        """Text boxes that hang on a block, each once, after it."""
        for box in block.iter(f"{_W}txbxContent"):
            if _hangs_on(box, block):
                for inner in _blocks(box):
                    self.add(inner)

    def _add_file(self, name: str) -> None:
        """A file inside the document: a page or a Word document is read, anything else is noted as unread."""
        part = self._part.related_parts.get(name)
        try:
            inner = None if part is None else self._inner(part)
        except ReadError:
            inner = None
        if inner is None:
            self._omissions.append(Omission("part", self._length))
            return
        self._grids += [moved_grid(grid, self._length) for grid in inner.grids]
        self._omissions += moved(inner.omissions, self._length)
        self._write(inner.text.rstrip("\n"), ())

    def _inner(self, part: Any) -> Document | None:
        if _WORD in part.content_type:
            return self._read_word(part.blob, self._file)
        return html.read(part.blob, self._file) if html.matches(part.blob, str(part.partname)) else None

    def _add_row(self, row: Any, laying: Laying) -> None:
        """One line with tabs; a cell that holds running text (a table that only places it) gives its paragraphs."""
        if cause := _gone(row):
            words = "".join(piece.text or "" for piece in row.iter(f"{_W}t", f"{_W}delText"))
            self._omissions.append(Omission(cause, self._length, words))
            return
        cells = list(_children(row, f"{_W}tc"))
        laying.begin_row()
        skipped = _value(row, "trPr", "gridBefore")
        if skipped.isdecimal():
            laying.begin_cell(self._length, 1, int(skipped))
        read = [[(item, read_paragraph(item, self._looks)) for item in _paragraphs(cell)] for cell in cells]
        prose = any(map(_holds_prose, cells, read))
        texts: list[str] = []
        at = self._length
        for cell, inlines in zip(cells, read, strict=True):
            span = _value(cell, "tcPr", "gridSpan")
            columns = int(span) if span.isdecimal() else 1
            if _value(cell, "tcPr", "vMerge", missing="restart") in ("", "continue"):
                laying.reach_down(columns)
            else:
                laying.begin_cell(at, 1, columns)
            text = "" if prose else self._cell(inlines, at)
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

    def _cell(self, inlines: list[tuple[Any, Inline]], at: int) -> str:
        """The text of a cell on one line; what is left out is noted at the end of its paragraph at the latest."""
        text = ""
        for block, inline in inlines:
            part = re.sub(r"\s+", " ", self._numbering.next_for(block) + inline.text).strip()
            begin = len(text) + bool(text and part)
            at_most = (omission._replace(at=min(omission.at, len(part))) for omission in inline.omissions)
            self._note(block, Inline(part, (), tuple(at_most)), at + begin)
            text = f"{text} {part}".strip()
        return text

    def _write(self, line: str, breaks: Any, end: str = "\n") -> None:
        for place in breaks:
            self._pages.append((self._length + place, str(len(self._pages) + 2)))
        self._pieces.append(line + end)
        self._length += len(line) + len(end)

    def result(self) -> Document:
        """The text, its pages (none when Word did not record any), its tables and what was left out."""
        pages = ((0, "1"), *self._pages) if self._pages else ()
        text = "".join(self._pieces)
        grids = [grid for laying in self._tables if (grid := laying.grid(text)) is not None]
        grids = sorted([*grids, *self._grids], key=lambda grid: grid.start)
        return Document(text, "docx", "", pages, grids=tuple(grids), omissions=tuple(self._omissions))


def _paragraphs(cell: Any) -> Iterator[Any]:
    return (block for block in _blocks(cell) if block.tag == f"{_W}p")


def _gone(row: Any) -> str:
    """Why a row is not shown: hidden, or deleted in tracked changes; empty for any other."""
    found = (cause for name, cause in (("hidden", "hidden"), ("del", "deleted")) if _has(row, "trPr", name))
    return next(found, "")


def _has(element: Any, properties: str, name: str) -> bool:
    return element.find(f"{_W}{properties}/{_W}{name}") is not None


def _holds_prose(cell: Any, inlines: list[tuple[Any, Inline]]) -> bool:
    """Whether a cell holds several paragraphs, tables or files rather than one value or phrase."""
    if any(block.tag != f"{_W}p" for block in _blocks(cell)):
        return True
    texts = [text for _, inline in inlines if (text := inline.text.strip())]
    return len(texts) > 3 or (len(texts) > 1 and sum(map(len, texts)) > 120)


def _value(element: Any, properties: str, name: str, missing: str = "") -> str:
    """A property of a row or cell: its value, empty when it is there without one, ``missing`` when it is not."""
    found = element.find(f"{_W}{properties}/{_W}{name}")
    return missing if found is None else found.get(f"{_W}val") or ""
