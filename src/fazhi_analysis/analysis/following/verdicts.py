"""The verdict on one statement of a year, in the light of a later year's report, with its evidence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from fazhi_analysis.analysis.following.evidence import figure_evidence, passage_evidence, row_evidence
from fazhi_analysis.analysis.following.figures import Settled, in_sentences, settle
from fazhi_analysis.analysis.following.followed_year import FollowedYear, Record, part_of, span, text_of
from fazhi_analysis.analysis.following.matching import Entry, Likeness, nearest
from fazhi_analysis.analysis.following.passages import SILENT, done, is_specific, mentioned, names_object

_OPEN_REASONS: Final = (
    "figure_doubtful",
    "figure_open",
    "figure_conflict",
    "figure_other_kind",
    "figure_other_scope",
    "figure_missing",
    "other_year",
)


@dataclass(frozen=True)
class Judgement:
    """Verdict, how (``wording``), how much (``extent``), why (``reason``), likeness, and the evidence.

    ``evidence`` is a list of places and rows: ``report_id``, ``row``, ``start``, ``end``, ``section``, ``text``,
    ``value`` and ``role`` (promise, entry, figure, passage, listed).
    """

    verdict: str = "cannot_tell"
    reason: str = ""
    wording: str = ""
    extent: str = ""
    score: float = 0.0
    later_row: str = ""
    evidence: tuple[Record, ...] = ()


def judge(statement: Record, number: int, earlier: FollowedYear, later: FollowedYear) -> Judgement:
    """Judge a statement (``number`` 0) or its part (from 1) of an earlier year by a later year.

    Figures come first, then whether it is repeated, then whether the text says that it was done, then silence.
    """
    found = (
        _problem(statement, number, later)
        if statement["kind"] == "problem"
        else _step(statement, number, earlier, later)
    )
    if found.verdict != "cannot_tell" and not found.evidence:
        return replace(found, verdict="cannot_tell")
    role = "promise" if statement["kind"] == "next_step" else "entry"
    own = row_evidence(statement, role, part_of(statement, number))
    return replace(found, evidence=(own, *found.evidence))


def _again(statement: Record, number: int, later: FollowedYear) -> tuple[Likeness, Record | None, int]:
    """The later entry of the same kind that is most alike, the whole or a part of it."""
    rows, entries = later.entries[str(statement["kind"])]
    whole = text_of(statement)
    place, likeness = nearest(Entry.of(text_of(statement, number), whole if number else ""), entries)
    if place < 0:
        return likeness, None, 0
    return likeness, rows[place][0], rows[place][1]


def _repeated(likeness: Likeness, row: Record, part: int, extent: str) -> Judgement:
    same = likeness.kind == "near_verbatim"
    return Judgement(
        "repeated",
        "same_words" if same else "same_matter",
        likeness.kind,
        extent,
        likeness.score,
        str(row["row_id"]),
        (row_evidence(row, "entry", part_of(row, part)),),
    )


def repetition(statement: Record, later: FollowedYear) -> Judgement | None:
    """The repetition of a whole statement in a later year; None where there is none, or of some of its parts only."""
    again = _repetition(statement, 0, later)[0]
    return again if again is not None and again.extent == "full" else None


def _repetition(
    statement: Record, number: int, later: FollowedYear
) -> tuple[Judgement | None, Likeness, Record | None]:
    """Whether a statement, or else some of its parts, is repeated; and the nearest statement."""
    likeness, row, part = _again(statement, number, later)
    if likeness.same and row is not None:
        return _repeated(likeness, row, part, "full"), likeness, row
    if not number and len(statement["parts"]) > 1:
        for index in range(1, len(statement["parts"]) + 1):
            alike, other, other_part = _again(statement, index, later)
            if alike.same and other is not None:
                return _repeated(alike, other, other_part, "part"), alike, other
    return None, likeness, row


def _problem(statement: Record, number: int, later: FollowedYear) -> Judgement:
    listed = later.of("problem")
    if not listed:
        return Judgement(reason="no_statements")
    again, likeness, row = _repetition(statement, number, later)
    if again is not None:
        return again
    if likeness.kind == "different" and Entry.of(text_of(statement, number)).words.weight > 0:
        evidence = tuple(row_evidence(one, "listed") for one in listed)
        return Judgement("dropped", "not_listed", "", "full", likeness.score, "", evidence)
    near = () if row is None else (row_evidence(row, "entry"),)
    return Judgement(reason="near_matter", score=likeness.score, evidence=near)


def _step(statement: Record, number: int, earlier: FollowedYear, later: FollowedYear) -> Judgement:
    by_figures = _by_figures(statement, number, earlier, later)
    if by_figures is not None and by_figures.verdict != "cannot_tell":
        return by_figures
    again, likeness, row = _repetition(statement, number, later)
    if again is not None and again.wording == "reworded":
        # What was promised and is done is not promised again, though the next plan is on the same subject.
        kept = _done(statement, number, earlier, later, by_figures)
        if kept is not None and kept.extent == "full":
            return kept
        whole = not number and len(statement["parts"]) > 1
        if not whole and not names_object(text_of(statement, number), str(again.evidence[0]["text"])):
            again = None
    given = by_figures is not None and by_figures.reason != "figure_missing"
    if again is not None and not (given and again.wording == "reworded"):
        return again
    if by_figures is not None and given:
        return by_figures
    return _by_text(statement, number, earlier, later, (likeness, row), by_figures)


def _targets(statement: Record, number: int, earlier: FollowedYear) -> list[Record]:
    part = part_of(statement, number)
    if part["start"] is None:
        return []
    start, end = span(part)
    report = statement["report_id"]
    return [row for row in earlier.promised if row["report_id"] == report and start <= row["start"] < end]


def _by_figures(statement: Record, number: int, earlier: FollowedYear, later: FollowedYear) -> Judgement | None:
    """The promised figures of a statement against the later ones; None where it promises none."""
    targets = _targets(statement, number, earlier)
    if not targets:
        return None
    settled = [(row, _settle(row, _thing(row), later)) for row in targets]
    missed = [pair for pair in settled if pair[1].outcome == "contradicted"]
    if missed:
        extent = "full" if len(targets) == 1 else "part"
        return Judgement("contradicted", "target_missed", "", extent, evidence=_settling(missed))
    outcomes = {one.outcome for _, one in settled}
    if "kept" in outcomes:
        parts = 1 if number else len(statement["parts"])
        extent = "full" if outcomes == {"kept"} and parts <= len(targets) else "part"
        met = [pair for pair in settled if pair[1].outcome == "kept"]
        return Judgement("kept", "target_met", "", extent, evidence=_settling(met))
    reasons = {one.reason for _, one in settled}
    reason = next((name for name in _OPEN_REASONS if name in reasons), "figure_missing")
    return Judgement(reason=reason, evidence=_settling(settled))


def _settling(pairs: Sequence[tuple[Record, Settled]]) -> tuple[Record, ...]:
    """Promised figures, each with the later figures that settle it."""
    found: list[Record] = []
    for row, one in pairs:
        found += [row_evidence(row, "promise"), *(figure_evidence(hit, one) for hit in one.rows)]
    return tuple(found)


def _settle(row: Record, thing: str, later: FollowedYear) -> Settled:
    """A promised figure against the later ones; the audit is asked only where a verdict would rest on it."""
    plain = settle(row, later.plain_figures, later.year)
    fallback: list[Any] = []
    if plain.reason == "figure_missing":
        for report, body in later.bodies.items():
            rows = [one for one in later.plain_figures.rows if one["report_id"] == report]
            sentences = ((one.start, one.end, one.text) for one in body.sentences)
            fallback += in_sentences(row, thing, rows, sentences)
        plain = settle(row, later.plain_figures, later.year, fallback)
    # A printed rate may straddle the promised one where the counts that the audit ties to it do not.
    straddles = plain.reason == "figure_open" and str(row["kind"]) == "rate"
    return settle(row, later.figures, later.year, fallback) if straddles or plain.outcome != "open" else plain


def _thing(row: Record) -> str:
    """What a promised figure counts, in the words of its clause."""
    return re.sub(r"不(?:少|低)于|以上|达到|力争|全年|实现", "", str(row["quote"]))


@dataclass(frozen=True)
class _Mentions:
    """What the later text says of the parts of a promise: clauses that say that it was done, the largest share of a
    part's content that one sentence holds, and that sentence.
    """

    done: tuple[Record, ...]
    share: float
    best: Record | None


def _mentions(
    statement: Record, parts: Sequence[int], earlier: FollowedYear, later: FollowedYear, *, figures: bool
) -> _Mentions:
    """``figures`` says that the statement promises figures: then a text settles only those parts that promise none."""
    report, body = next(iter(later.bodies.items()))
    before = next(iter(earlier.bodies.values()), None)
    hits: list[Record] = []
    largest, best = 0.0, None
    for index in parts:
        text = text_of(statement, index)
        if not figures or not _targets(statement, index, earlier):
            clause = done(text, body, before)
            hits += [] if clause is None else [passage_evidence(report, clause)]
        share, sentence = mentioned(text, body)
        if sentence is not None and share > largest:
            largest, best = share, passage_evidence(report, sentence)
    return _Mentions(tuple(hits), largest, best)


def _numbers(statement: Record, number: int) -> list[int]:
    """The parts that are judged: the one asked for, else all of a statement, 0 for one without parts."""
    return [number] if number or not statement["parts"] else list(range(1, len(statement["parts"]) + 1))


def _as_done(found: _Mentions, parts: int) -> Judgement | None:
    """The verdict that a promise was kept, where clauses of the later text say so of all or some of its parts."""
    if not found.done:
        return None
    return Judgement("kept", "done_in_text", "", "full" if len(found.done) == parts else "part", evidence=found.done)


def _done(
    statement: Record, number: int, earlier: FollowedYear, later: FollowedYear, figures: Judgement | None
) -> Judgement | None:
    if not later.bodies:
        return None
    parts = _numbers(statement, number)
    return _as_done(_mentions(statement, parts, earlier, later, figures=figures is not None), len(parts))


def _by_text(
    statement: Record,
    number: int,
    earlier: FollowedYear,
    later: FollowedYear,
    nearest_entry: tuple[Likeness, Record | None],
    figures: Judgement | None,
) -> Judgement:
    """A promise that no figure settles and that is not made again: done, mentioned, or not a word of it."""
    likeness, row = nearest_entry
    if not later.bodies:
        return figures or Judgement(reason="no_text", score=likeness.score)
    parts = _numbers(statement, number)
    found = _mentions(statement, parts, earlier, later, figures=figures is not None)
    if (kept := _as_done(found, len(parts))) is not None:
        return replace(kept, score=likeness.score)
    if figures is not None and found.share > SILENT:
        return figures
    if not any(is_specific(text_of(statement, index)) for index in parts):
        return Judgement(reason="nothing_specific", score=likeness.score)
    if found.share > SILENT and found.best is not None:
        return Judgement(reason="no_result", score=found.share, evidence=(found.best,))
    steps = tuple(row_evidence(one, "listed") for one in later.of("next_step"))
    if likeness.kind == "different" and steps:
        return Judgement("dropped", "not_in_text", "", "full", found.share, "", steps)
    near = () if row is None else (row_evidence(row, "entry"),)
    return Judgement(reason="near_matter", score=likeness.score, evidence=near)
