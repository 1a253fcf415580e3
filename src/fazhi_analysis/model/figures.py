"""A figure, the interval that its wording allows, and the indicator that it may belong to."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

from fazhi_analysis.model.vocabulary import Aspect, Change, Direction, Kind, Origin, Qualifier, Role


@dataclass(frozen=True, slots=True)
class Interval:
    """A closed interval ``[lower, upper]``; ``upper`` may be infinite.

    >>> Interval(300, 399) - Interval(260, 260)
    Interval(lower=40, upper=139)
    >>> Interval(2841, 2841).share_of(Interval(2927, 2927)).round(2)
    Interval(lower=97.06, upper=97.06)
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
