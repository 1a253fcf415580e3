"""Pieces of text with their places on a page, as PDF files and recognition give them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple


class Segment(NamedTuple):
    """A piece of one line; ``size`` is the height of its characters, ``confidence`` 1 unless it came through OCR.

    ``gaps`` are wide gaps inside it: the place in the text where each ends, with its left and right edge.
    Lengths are in any unit, as long as a page keeps to one; ``top`` and ``bottom`` grow downwards.
    """

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    size: float
    confidence: float = 1.0
    gaps: tuple[tuple[int, float, float], ...] = ()


class Rule(NamedTuple):
    """A straight line, level or upright, as a thin box."""

    x0: float
    top: float
    x1: float
    bottom: float


class Page(NamedTuple):
    """One page: its segments in any order, its size, its label, and the lines drawn on it."""

    segments: Sequence[Segment]
    width: float
    height: float
    label: str
    rules: Sequence[Rule] = ()
