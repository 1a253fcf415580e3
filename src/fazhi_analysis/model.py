"""The words that every layer shares: intervals, quantities, sections, reports, statements, findings, indicators.

Everything here is plain and frozen: no reading, no arithmetic beyond intervals, no input or output. Offsets count
characters of ``Report.text`` (half-open, ``text[start:end]``) and are never those of a cleaned copy.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field, fields
from typing import Any, Literal, NamedTuple, get_args

Qualifier = Literal["exact", "over", "about", "under", "range"]
Kind = Literal["count", "rate", "money", "date", "ordinal", "docnumber", "name"]
Role = Literal["result", "plan", "target"]
Change = Literal["level", "yoy_pct", "yoy_abs", "points", "reduction"]
Aspect = Literal["level", "increment", "share", "rate", "change"]
Origin = Literal["text", "ocr", "curated", "corrected"]
Severity = Literal["error", "warning", "note", "confirmed"]
Strength = Literal["direct", "partial", "none"]
Direction = Literal["higher_better", "lower_better", "neutral"]
BodyKind = Literal["government", "department", "township", "other"]
DocumentKind = Literal[
    "annual_report", "work_report", "disclosure", "enforcement_stats", "reconsideration_stats", "other"
]
Means = Literal["", "given", "title", "heading", "signature", "opening", "masthead", "text", "plan", "file_name"]
"""How something was found: the user gave it; the title, a heading, the signature or its date, the opening, the lines of
a web page above the text, the names in its body, the year of a plan, or the name of the file says so; empty: nothing
does."""

QUALIFIERS: tuple[str, ...] = ("exact", "over", "about", "under", "range")
KINDS: tuple[str, ...] = ("count", "rate", "money", "date", "ordinal", "docnumber", "name")
METRIC_KINDS: tuple[str, ...] = ("count", "rate", "money")
ROLES: tuple[str, ...] = ("result", "plan", "target")
CHANGES: tuple[str, ...] = ("level", "yoy_pct", "yoy_abs", "points", "reduction")
ASPECTS: tuple[str, ...] = ("level", "increment", "share", "rate", "change")
ORIGINS: tuple[str, ...] = ("text", "ocr", "curated", "corrected")
SEVERITIES: tuple[str, ...] = ("error", "warning", "note", "confirmed")
STATUSES: tuple[str, ...] = ("open", "accepted", "dismissed")
DIRECTIONS: tuple[str, ...] = ("higher_better", "lower_better", "neutral")
BODY_KINDS: tuple[str, ...] = get_args(BodyKind)
DOCUMENT_KINDS: tuple[str, ...] = get_args(DocumentKind)
MEANS: tuple[str, ...] = get_args(Means)


@dataclass(frozen=True, slots=True)
class Interval:
    """A closed interval ``[lower, upper]``; ``upper`` may be infinite.

    >>> Interval(300, 399) - Interval(260, 260)
    Interval(lower=40, upper=139)
    >>> Interval(3502, 3502).share_of(Interval(3536, 3536)).round(2)
    Interval(lower=99.04, upper=99.04)
    >>> Interval(3, 2)
    Traceback (most recent call last):
    ...
    ValueError: interval ends in the wrong order: 3 > 2
    """

    lower: float
    upper: float

    def __post_init__(self) -> None:
        if not self.lower <= self.upper:
            raise ValueError(f"interval ends in the wrong order: {self.lower} > {self.upper}")

    def __sub__(self, other: Interval) -> Interval:
        return Interval(self.lower - other.upper, self.upper - other.lower)

    def __add__(self, other: Interval) -> Interval:
        return Interval(self.lower + other.lower, self.upper + other.upper)

    def share_of(self, whole: Interval) -> Interval:
        """Percentage that this (non-negative) part is of a positive whole; the upper end may be infinite."""
        low = 100 * self.lower / whole.upper if whole.upper > 0 else math.inf
        high = 100 * self.upper / whole.lower if whole.lower > 0 else math.inf
        return Interval(min(low, high), high)

    def round(self, digits: int) -> Interval:
        """Both ends rounded to this many decimals."""
        return Interval(round(self.lower, digits), round(self.upper, digits))

    def contains(self, value: float) -> bool:
        """Whether the value lies inside, ends included."""
        return self.lower <= value <= self.upper

    def overlaps(self, other: Interval) -> bool:
        """Whether the two share at least one value."""
        return self.lower <= other.upper and other.lower <= self.upper


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
class Item:
    """A 一是/二是 item: ``marker`` as printed, spanning from the marker to the next one or the paragraph's end."""

    marker: str
    start: int
    end: int


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


@dataclass(frozen=True, slots=True)
class Evidence:
    """One piece of evidence: a place in the text, or a row of a table, with its own value where it has one.

    ``text`` is the source wording; in bundled data of real reports it is empty.
    """

    start: int | None = None
    end: int | None = None
    text: str = ""
    value: float | None = None
    row: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule says about a report. ``id`` is stable for the same input."""

    id: str
    rule: str
    severity: Severity
    message_zh: str
    message_en: str
    evidence: tuple[Evidence, ...] = ()
    status: str = "open"
    comment: str = ""
    report_id: str = ""


@dataclass(frozen=True, slots=True)
class Quantity:
    """One figure in a text, in the words of the metrics table (see ``fazhi_analysis.dataset.schema``).

    ``value``, ``lower`` and ``upper`` are in the base unit (money in 元, 万 and 亿 multiplied out, rates in percent);
    ``unit`` is the measure word as printed. ``quote`` is the source clause. ``wording`` are the words around
    the number, as printed, with … for the number: those that widen it and its scale (``…余``, ``超过…``, ``…以上``,
    ``…万``, ``…余万``); … alone for a long number printed in full; empty for a short exact one.

    What it counts is read once: ``aspect`` says how (what there is, only what was added, a share, another rate, a
    change), ``subject`` whose it is (empty: the place itself, or the body that reports), ``whole`` is the row that it
    is a part of, ``base`` what a change starts from (empty: the previous year; else a year, ``month``, ``target``,
    ``annual_average``, ``several_years``, ``event``).
    """

    start: int
    end: int
    text: str
    value: float | None
    lower: float | None
    upper: float | None
    unit: str
    qualifier: Qualifier
    kind: Kind
    is_metric: bool
    role: Role = "result"
    change: Change = "level"
    period: str = ""
    scope: str = ""
    section: str = ""
    item: str = ""
    label: str = ""
    indicator_id: str = ""
    quote: str = ""
    duplicate_of: str = ""
    origin: Origin = "text"
    confidence: float = 1.0
    row_id: str = ""
    wording: str = ""
    aspect: Aspect = "level"
    subject: str = ""
    whole: str = ""
    base: str = ""

    @property
    def interval(self) -> Interval:
        """The interval that the wording allows. Raises ValueError when the quantity has none (composite names)."""
        if self.lower is None or self.upper is None:
            raise ValueError(f"no interval: {self.text!r}")
        return Interval(self.lower, self.upper)


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a problem, or a sub-action of a next step.

    ``answered`` says how the next steps of the report answer this part of a problem; empty for sub-actions, and where
    the report has no next steps.
    """

    text: str
    start: int
    end: int
    answered: Strength | Literal[""] = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """A next step answers the problem with this ordinal, with this strength."""

    problem: int
    strength: Strength


@dataclass(frozen=True, slots=True)
class Statement:
    """One top-level problem or next step; ``theme_words`` are the words that decided its theme."""

    kind: Literal["problem", "next_step"]
    ordinal: int
    text: str
    start: int
    end: int
    theme: str = ""
    cause: str = ""
    parts: tuple[Part, ...] = ()
    answers: tuple[Answer, ...] = ()
    row_id: str = ""
    theme_words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Indicator:
    """One row of the catalogue: what is counted, in which unit, and which way is better.

    ``aliases`` are wordings, longest first wins; ``requires`` are words of which one must stand in the same clause for
    a weak alias to count; ``beside`` are words that may stand with them and change nothing; ``numerator`` and
    ``denominator`` are indicator ids that a rate is made of (``a+b`` is a union); ``candidate_bases`` are counts a
    reader may take for the base, for information only.
    """

    id: str
    name_zh: str
    name_en: str
    domain: str
    unit: str
    kind: Literal["count", "rate", "money"]
    direction: Direction
    aliases: tuple[str, ...] = ()
    weak_aliases: tuple[str, ...] = ()
    requires: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    numerator: str = ""
    denominator: str = ""
    candidate_bases: tuple[str, ...] = ()
    pillars: tuple[tuple[str, str], ...] = ()
    stock: bool = False
    note: str = ""
    note_en: str = ""


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


def as_record(thing: Any) -> dict[str, Any]:
    """Stored attributes of any object of this module as a plain dictionary, as the JSON shows them.

    >>> as_record(Part("x", 1, 2))
    {'text': 'x', 'start': 1, 'end': 2, 'answered': ''}
    """
    return asdict(thing)


def field_names(cls: type) -> Iterator[str]:
    """Names of the stored attributes of a class of this module, in order."""
    return (item.name for item in fields(cls))
