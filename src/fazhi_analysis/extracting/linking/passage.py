"""One figure and the words around it, as places in a tidied text."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True)
class Passage:
    """One figure and the words around it, as places in the tidied text.

    Its own words are ``head_start..head_end`` before it and ``end..tail_end`` after it; ``clause``, ``sentence`` and
    ``item`` (一是 item or paragraph) stand around them, ``lead`` is the part of the item before it that is not too far.
    ``sticky`` is where a head begins that belongs to the figure before; ``group`` numbers the list of figures that
    shares a list of nouns ("分别为86件、120件"), ``vague`` says that nouns and figures do not agree in number,
    ``sums`` that the figure adds up those before it, and ``axis`` that it counts the sides of something (4个方面).
    """

    start: int
    end: int
    head_start: int
    head_end: int
    tail_end: int
    clause_start: int
    clause_end: int
    lead_start: int
    sentence_start: int
    sentence_end: int
    item_start: int
    item_end: int
    sticky: int = -1
    group: int = -1
    vague: bool = False
    sums: bool = False
    axis: bool = False
