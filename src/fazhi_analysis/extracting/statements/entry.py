"""One problem or next step: its span, its words, its cause and its parts."""

from __future__ import annotations

from dataclasses import dataclass, field

from fazhi_analysis.catalogue.word_lists import pattern
from fazhi_analysis.extracting.list_markers import clauses, find_marks, periods, sentences, top_level, trimmed

_CAUSE = pattern("<cause phrases>")
BARE = pattern("<bare predicates>")


@dataclass(slots=True)
class Entry:
    """One entry in offsets of the clean text: its span, its words without the marker, its parts and cause."""

    start: int
    end: int
    body: int
    parts: list[tuple[int, int]] = field(default_factory=list)
    cause: tuple[int, int] | None = None


def made_entry(text: str, kind: str, start: int, body: int, end: int) -> Entry:
    """The entry between two places; its words begin at ``body``, after the marker."""
    first, last = trimmed(text, body, end)
    if kind == "next_step":
        stop = last
        while stop < end and text[stop] in "。；;！":
            stop += 1
            break
        entry = Entry(start, stop, first)
        entry.parts = _actions(text, first, last)
        return entry
    entry = Entry(first, last, first)
    entry.cause = _cause(text, first, last)
    entry.parts = _parts(text, first, last, entry.cause)
    return entry


def _cause(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The clause that gives the cause, to the end of its sentence."""
    for at, stop in sentences(text, start, end):
        for clause_start, _ in clauses(text, at, stop):
            if _CAUSE.match(text, clause_start):
                if text.startswith("由于", clause_start):
                    ends = [span[1] for span in clauses(text, clause_start, stop)]
                    return clause_start, ends[0]
                return clause_start, stop
    return None


def _parts(text: str, start: int, end: int, cause: tuple[int, int] | None) -> list[tuple[int, int]]:
    """Parts of a problem: its own list, else its sentences, else its clauses; a bare predicate joins the one before."""
    marks = top_level(find_marks(text, start, end))
    if len(marks) > 1:
        ends = [mark.start for mark in marks[1:]] + [end]
        return [trimmed(text, mark.end, stop) for mark, stop in zip(marks, ends, strict=True)]
    spans = sentences(text, start, end)
    if len(spans) == 1:
        spans = clauses(text, start, end)
    merged: list[tuple[int, int]] = []
    for span in spans:
        if cause and cause[0] <= span[0] < cause[1]:
            continue
        if cause and span[0] < cause[0] < span[1]:
            span = trimmed(text, span[0], cause[0])
        if merged and BARE.match(text, span[0]) and span[1] - span[0] < 14 and text[merged[-1][1]] in "，,":
            merged[-1] = (merged[-1][0], span[1])
        else:
            merged.append(span)
    return merged if len(merged) > 1 or (cause and merged) else []


def _actions(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Sub-actions of a next step: what follows its heading, by list, by sentence, or by clause."""
    marks = [mark for mark in top_level(find_marks(text, start, end)) if mark.start > start]
    if len(marks) > 1:
        ends = [mark.start for mark in marks[1:]] + [end]
        return [trimmed(text, mark.end, stop) for mark, stop in zip(marks, ends, strict=True)]
    spans = periods(text, start, end)
    if not spans:
        return []
    if len(spans) == 1:
        return _joined(text, clauses(text, start, end))[1:]
    if spans[0][1] - spans[0][0] > 40:
        return spans
    rest = spans[1:]
    return _joined(text, clauses(text, *rest[0])) if len(rest) == 1 else rest


def _joined(text: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Clauses, where one that only says to what end (使…, 确保…) belongs to the one before."""
    made: list[tuple[int, int]] = []
    for span in spans:
        if made and text[span[0]] == "使" and text[made[-1][1]] in "，,":
            made[-1] = (made[-1][0], span[1])
        else:
            made.append(span)
    return made
