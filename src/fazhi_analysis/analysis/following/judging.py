"""The verdict on one statement of a year, in the light of a later year's report, with its evidence."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any, Final

from fazhi_analysis.analysis.following.figures import Settled, in_sentences, settle
from fazhi_analysis.analysis.following.followed_year import FollowedYear, Record, span, text_of
from fazhi_analysis.analysis.following.matching import Entry, Likeness, nearest
from fazhi_analysis.analysis.following.passages import SILENT, done, is_specific, mentioned

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

    Figures come first, then whether it is said again, then whether the text says that it was done, then silence.
    """
    found = (
        _problem(statement, number, later)
        if statement["kind"] == "problem"
        else _step(statement, number, earlier, later)
    )
    if found.verdict != "cannot_tell" and not found.evidence:
        return replace(found, verdict="cannot_tell")
    own = _piece(statement, "promise" if statement["kind"] == "next_step" else "entry", _part(statement, number))
    return replace(found, evidence=(own, *found.evidence))


def _part(statement: Record, number: int) -> Record:
    """The part with this number, or the statement itself, as a record with text, start and end."""
    return statement["parts"][number - 1] if number else statement


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
        (_piece(row, "entry", _part(row, part)),),
    )


def said_again(statement: Record, later: FollowedYear) -> Judgement | None:
    """The repetition of a whole statement in a later year; None where there is none, or of some of its parts only."""
    again = _said_again(statement, 0, later)[0]
    return again if again is not None and again.extent == "full" else None


def _said_again(
    statement: Record, number: int, later: FollowedYear
) -> tuple[Judgement | None, Likeness, Record | None]:
    """Whether a statement, or else some of its parts, is said again; and the nearest thing that is said."""
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
    again, likeness, row = _said_again(statement, number, later)
    if again is not None:
        return again
    if likeness.kind == "different" and Entry.of(text_of(statement, number)).words.weight > 0:
        return Judgement(
            "dropped", "not_listed", "", "full", likeness.score, "", tuple(_piece(one, "listed") for one in listed)
        )
    near = () if row is None else (_piece(row, "entry"),)
    return Judgement(reason="near_matter", score=likeness.score, evidence=near)


def _step(statement: Record, number: int, earlier: FollowedYear, later: FollowedYear) -> Judgement:
    by_figures = _by_figures(statement, number, earlier, later)
    if by_figures is not None and by_figures.verdict != "cannot_tell":
        return by_figures
    again, likeness, row = _said_again(statement, number, later)
    given = by_figures is not None and by_figures.reason != "figure_missing"
    if again is not None and not (given and again.wording == "reworded"):
        return again
    if by_figures is not None and given:
        return by_figures
    return _by_text(statement, number, earlier, later, (likeness, row), by_figures)


def _targets(statement: Record, number: int, earlier: FollowedYear) -> list[Record]:
    part = _part(statement, number)
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
    pieces = [
        piece for row, one in settled for piece in (_piece(row, "promise"), *(_figure(hit, one) for hit in one.rows))
    ]
    outcomes = [one.outcome for _, one in settled]
    parts = len(statement["parts"]) if not number else 1
    if "contradicted" in outcomes:
        missed = [(row, one) for row, one in settled if one.outcome == "contradicted"]
        pieces = [
            piece for row, one in missed for piece in (_piece(row, "promise"), *(_figure(hit, one) for hit in one.rows))
        ]
        return Judgement(
            "contradicted", "target_missed", "", "full" if len(targets) == 1 else "part", evidence=tuple(pieces)
        )
    if "kept" in outcomes:
        full = all(outcome == "kept" for outcome in outcomes) and parts <= len(targets)
        return Judgement("kept", "target_met", "", "full" if full else "part", evidence=tuple(pieces))
    reasons = {one.reason for _, one in settled}
    reason = next((name for name in _OPEN_REASONS if name in reasons), "figure_missing")
    return Judgement(reason=reason, evidence=tuple(pieces))


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
    parts = range(1, len(statement["parts"]) + 1) if not number and statement["parts"] else [number]
    report, body = next(iter(later.bodies.items()))
    before = next(iter(earlier.bodies.values()), None)
    hits: list[Record] = []
    shares: list[float] = []
    best: Record | None = None
    for index in parts:
        text = text_of(statement, index)
        if figures is None or not _targets(statement, index, earlier):
            clause = done(text, body, before)
            if clause is not None:
                hits.append(_passage(report, clause.start, clause.end, clause.text))
        share, sentence = mentioned(text, body)
        if sentence is not None and share > max(shares, default=0.0):
            best = _passage(report, sentence.start, sentence.end, sentence.text)
        shares.append(share)
    if hits:
        extent = "full" if len(hits) == len(parts) else "part"
        return Judgement("kept", "done_in_text", "", extent, likeness.score, evidence=tuple(hits))
    if figures is not None and max(shares) > SILENT:
        return figures
    if not any(is_specific(text_of(statement, index)) for index in parts):
        return Judgement(reason="nothing_specific", score=likeness.score)
    steps = later.of("next_step")
    if max(shares) <= SILENT and likeness.kind == "different" and steps:
        return Judgement(
            "dropped", "not_in_text", "", "full", max(shares), "", tuple(_piece(one, "listed") for one in steps)
        )
    if max(shares) > SILENT and best is not None:
        return Judgement(reason="no_result", score=max(shares), evidence=(best,))
    return Judgement(
        reason="near_matter", score=likeness.score, evidence=() if row is None else (_piece(row, "entry"),)
    )


def _piece(row: Record, role: str, part: Record | None = None) -> Record:
    place = row if part is None else part
    return {
        "role": role,
        "report_id": str(row["report_id"]),
        "row": str(row["row_id"]),
        "start": place["start"],
        "end": place["end"],
        "section": str(row.get("section") or ""),
        "text": str(place.get("text") or row.get("quote") or row.get("label") or ""),
        "value": row.get("value"),
        "finding": "",
    }


def _figure(row: Any, settled: Settled) -> Record:
    return {**_piece(row, "figure"), "finding": " ".join(settled.findings)}


def _passage(report: str, start: int, end: int, text: str) -> Record:
    return {
        "role": "passage",
        "report_id": report,
        "row": "",
        "start": start,
        "end": end,
        "section": "",
        "text": text.strip(),
        "value": None,
        "finding": "",
    }
