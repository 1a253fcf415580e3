"""A document that was read: its text and the clean copy, what it says of itself, its sections and tables.

Offsets count characters of ``Report.text`` (half-open, ``text[start:end]``) and are never those of a cleaned copy.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from fazhi_analysis.model.statements import Finding
from fazhi_analysis.model.vocabulary import BodyKind, DocumentKind, Means


@dataclass(frozen=True, slots=True)
class CleanText:
    """A readable copy of a text, with the way back to the original.

    ``offsets[i]`` is the place in the original of character ``i`` of ``text``. Spaces that layout put between Chinese
    characters, page breaks inside sentences, and markup are gone; full-width digits and letters are ASCII.

    >>> clean = CleanText("2023年", (0, 1, 2, 3, 5))
    >>> clean.original(0, 5)
    (0, 6)
    """

    text: str
    offsets: Sequence[int]

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Place in the original of ``text[start:end]`` (not empty)."""
        return self.offsets[start], self.offsets[end - 1] + 1


@dataclass(frozen=True, slots=True)
class Item:
    """A 一是/二是 item: ``marker`` as printed, spanning from the marker to the next one or the paragraph's end."""

    marker: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Section:
    """One node of the section tree, as the wording gives it.

    ``key`` is the number of the first level, then ``/`` and the second, with full-width brackets whatever is printed
    (``六/（二）``), or ``letter``, ``title``, ``preamble``, ``colophon``. ``start``..``end`` spans heading and body.
    ``items`` are the 一是/二是 items that stand directly in it.
    """

    key: str
    number: str
    heading: str
    level: int
    start: int
    end: int
    heading_start: int
    heading_end: int
    items: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a report says about itself; empty string or None where it does not. Dates are ISO ``YYYY-MM-DD``.

    ``body`` is the full name of the body that reports and ``body_kind`` its kind (empty when nothing tells),
    ``department`` a department's line of work (司法, 教育); ``place`` and ``place_code`` are the division that the body
    belongs to; ``doc_kind`` is the kind of document. ``body_from``, ``place_from``, ``doc_kind_from`` and ``year_from``
    say how each was found. ``year`` is the last one of a text that reports on several.
    """

    title: str = ""
    issuer: str = ""
    document_number: str = ""
    addressee: str = ""
    signatory: str = ""
    signed_date: str = ""
    print_date: str = ""
    published_date: str = ""
    year: int | None = None
    region: str = ""
    region_code: str = ""
    level: str = ""
    body: str = ""
    body_kind: BodyKind | Literal[""] = ""
    department: str = ""
    place: str = ""
    place_code: str = ""
    doc_kind: DocumentKind = "other"
    body_from: Means = ""
    place_from: Means = ""
    doc_kind_from: Means = ""
    year_from: Means = ""


@dataclass(frozen=True, slots=True)
class Source:
    """Where the document came from: file name (never a path), SHA-256 of its bytes, format, public address."""

    name: str
    digest: str
    format: str
    encoding: str = ""
    address: str = ""


class GridCell(NamedTuple):
    """One cell of a table: its place in the text (``start == end`` for an empty one) and in the grid.

    A cell that covers no column (``column_span`` 0) is a head of which the text does not say over what it stands.
    """

    start: int
    end: int
    row: int
    column: int
    row_span: int = 1
    column_span: int = 1


@dataclass(frozen=True, slots=True)
class Grid:
    """One table: its cells in text order, whatever drew it."""

    cells: tuple[GridCell, ...]

    @property
    def start(self) -> int:
        """Where the table begins in the text."""
        return self.cells[0].start

    @property
    def end(self) -> int:
        """Where the table ends in the text."""
        return max(cell.end for cell in self.cells)


@dataclass(frozen=True)
class Report:
    """A document that was read: text, metadata, section tree, the clean copy and the way back to pages.

    ``pages`` lists (offset of the first character, page label) in text order, empty when the format has no pages;
    ``ocr_spans`` lists (start, end, confidence) of what came through OCR; ``defects`` are structural findings;
    ``grids`` are the tables.
    """

    text: str
    metadata: Metadata
    sections: tuple[Section, ...]
    source: Source
    clean: CleanText = field(repr=False)
    pages: tuple[tuple[int, str], ...] = ()
    ocr_spans: tuple[tuple[int, int, float], ...] = ()
    defects: tuple[Finding, ...] = ()
    grids: tuple[Grid, ...] = field(default=(), repr=False)

    def __repr__(self) -> str:
        title = self.metadata.title or self.source.name
        return f"<Report {title}: {len(self.text)} characters, {len(self.sections)} sections, {self.source.format}>"

    def section_at(self, offset: int) -> str:
        """Key of the innermost section at this offset, or an empty string."""
        best = ""
        for section in self.sections:
            if section.start <= offset < section.end:
                best = section.key
        return best

    def page_at(self, offset: int) -> str:
        """Page label at this offset, or an empty string when the format has no pages."""
        label = ""
        for start, name in self.pages:
            if start > offset:
                break
            label = name
        return label
