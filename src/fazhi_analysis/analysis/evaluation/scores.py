"""Scores of an extraction against hand-made rows: which figures and statements were hit, and every slip."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from typing import Any

from fazhi_analysis.model import Quantity, Statement

COVER = 0.6
_TOLERANCE = 1e-6


@dataclass(frozen=True, slots=True)
class Slip:
    """One difference from the gold: what kind, where, what stands there, and what was expected and found."""

    kind: str
    start: int
    end: int
    text: str
    expected: str
    found: str


@dataclass(frozen=True, slots=True)
class Scores:
    """Counts of one report, or of several added up; the shares are properties, NaN where nothing was counted."""

    gold: int = 0
    predicted: int = 0
    hits: int = 0
    interval_right: int = 0
    qualifier_right: int = 0
    span_right: int = 0
    section_right: int = 0
    linkable: int = 0
    linked_right: int = 0
    link_accurate: int = 0
    linked_wrong: int = 0
    statements_gold: int = 0
    statements_found: int = 0
    statements_invented: int = 0

    @property
    def precision(self) -> float:
        """Hits among predicted metrics."""
        return _share(self.hits, self.predicted)

    @property
    def recall(self) -> float:
        """Hits among gold metrics."""
        return _share(self.hits, self.gold)

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        return _share(2 * self.hits, self.predicted + self.gold)

    def shares(self) -> dict[str, float | None]:
        """All shares by name; None where nothing was counted."""
        found = {
            "precision": self.precision,
            "recall": self.recall,
            "f1": self.f1,
            "interval_accuracy": _share(self.interval_right, self.hits),
            "qualifier_accuracy": _share(self.qualifier_right, self.hits),
            "span_accuracy": _share(self.span_right, self.hits),
            "section_accuracy": _share(self.section_right, self.hits),
            "linking_accuracy": _share(self.link_accurate, self.gold),
            "linking_recall": _share(self.linked_right, self.linkable),
            "linked_wrong_share": _share(self.linked_wrong, self.gold),
            "statement_recall": _share(self.statements_found, self.statements_gold),
        }
        return {name: None if math.isnan(value) else value for name, value in found.items()}

    def __add__(self, other: Scores) -> Scores:
        return Scores(*(getattr(self, item.name) + getattr(other, item.name) for item in fields(self)))


def score_quantities(
    gold: Sequence[dict[str, Any]], predicted: Sequence[Quantity], known: frozenset[str]
) -> tuple[Scores, list[Slip]]:
    """Score quantities; ``gold`` rows have the keys of ``quantities.jsonl``, ids outside ``known`` count as none.

    >>> row = {"start": 4, "end": 7, "value": 53, "unit": "宗", "is_metric": True, "lower": 53, "upper": 53,
    ...        "qualifier": "exact", "indicator_ids": ["a"], "section": "一"}
    >>> figure = Quantity(4, 7, "53宗", 53, 53, 53, "宗", "exact", "count", True, section="一", indicator_id="a")
    >>> scores, slips = score_quantities([row], [figure], frozenset({"a"}))
    >>> scores.f1, scores.linked_right, slips
    (1.0, 1, [])
    """
    pairs = _pair(gold, predicted)
    slips: list[Slip] = []
    counts = dict.fromkeys((item.name for item in fields(Scores)), 0)
    excused = set()
    for row, match in zip(gold, pairs, strict=True):
        found = None if match is None else predicted[match]
        if row.get("optional"):
            if match is not None:
                excused.add(match)
            continue
        if row["is_metric"]:
            _score_metric(row, found, known, counts, slips)
    hit_or_wrong = {match for row, match in zip(gold, pairs, strict=True) if row["is_metric"] and match is not None}
    for index, quantity in enumerate(predicted):
        if quantity.is_metric and index not in excused:
            counts["predicted"] += 1
            if index not in hit_or_wrong:
                slips.append(_slip("false_alarm", quantity.start, quantity.end, quantity.text, "", _amount(quantity)))
    return Scores(**counts), sorted(slips, key=lambda slip: slip.start)


def _score_metric(
    row: dict[str, Any], found: Quantity | None, known: frozenset[str], counts: dict[str, int], slips: list[Slip]
) -> None:
    """Count one gold metric and what was found for it."""
    text = str(row.get("text", ""))

    def slip(kind: str, expected: object, got: object) -> None:
        slips.append(_slip(kind, row["start"], row["end"], text, str(expected), str(got)))

    counts["gold"] += 1
    wanted = {str(name) if name in known else "" for name in row.get("indicator_ids") or [""]}
    given = found.indicator_id if found is not None and found.is_metric and found.indicator_id in known else ""
    right = given in wanted and found is not None and found.is_metric
    counts["link_accurate"] += right
    if wanted != {""}:
        counts["linkable"] += 1
        counts["linked_right"] += right
    if given not in wanted:
        counts["linked_wrong"] += bool(given)
        slip("linked_wrong" if given else "unlinked", "|".join(sorted(wanted)), given)
    if found is None or not found.is_metric:
        slip("missed", row.get("value"), "" if found is None else found.kind)
        return
    units = {_unit(row.get("unit")), _unit(row.get("unit_inferred") or row.get("unit"))}
    if not _same(found.value, row.get("value")) or _unit(found.unit) not in units:
        slip("value", f"{row.get('value')}{row.get('unit')}", _amount(found))
        return
    counts["hits"] += 1
    interval = _same(found.lower, row.get("lower")) and _same(_open(found.upper), _open(row.get("upper")))
    counts["interval_right"] += interval
    if not interval:
        slip("interval", f"[{row.get('lower')}, {row.get('upper')}]", f"[{found.lower}, {found.upper}]")
    counts["qualifier_right"] += found.qualifier == row.get("qualifier")
    if found.qualifier != row.get("qualifier"):
        slip("qualifier", row.get("qualifier"), found.qualifier)
    counts["span_right"] += (found.start, found.end) == (row["start"], row["end"])
    counts["section_right"] += found.section == row.get("section")


def _pair(gold: Sequence[dict[str, Any]], predicted: Sequence[Quantity]) -> list[int | None]:
    """For each gold row in text order, the index of the unused prediction that overlaps it most."""
    order = sorted(range(len(predicted)), key=lambda index: predicted[index].start)
    starts = [predicted[index].start for index in order]
    longest = max((quantity.end - quantity.start for quantity in predicted), default=0)
    used: set[int] = set()
    pairs: dict[int, int | None] = {}
    for number in sorted(range(len(gold)), key=lambda number: (gold[number]["start"], gold[number]["end"])):
        start, end = gold[number]["start"], gold[number]["end"]
        best, size = None, 0
        for place in range(bisect_left(starts, start - longest), bisect_left(starts, end)):
            index = order[place]
            overlap = min(end, predicted[index].end) - max(start, predicted[index].start)
            if index not in used and overlap > size:
                best, size = index, overlap
        pairs[number] = best
        if best is not None:
            used.add(best)
    return [pairs[number] for number in range(len(gold))]


def score_statements(narrative: dict[str, Any], predicted: Iterable[Statement]) -> tuple[Scores, list[Slip]]:
    """Score problems and next steps: found when each span covers at least 60 % of the other.

    >>> scores, _ = score_statements({"problems": [{"start": 0, "end": 10}]}, [Statement("problem", 1, "", 0, 9)])
    >>> scores.statements_found, scores.statements_invented
    (1, 0)
    """
    slips = []
    total = Scores()
    made = list(predicted)
    for kind, key in (("problem", "problems"), ("next_step", "next_steps")):
        rest = [statement for statement in made if statement.kind == kind]
        gold = [row for row in narrative.get(key) or [] if "start" in row and "end" in row]
        wanted = found = 0
        for row in gold:
            match = max(rest, key=lambda item: _overlap(row, item), default=None)
            fits = match is not None and _covers(row, match)
            if fits and match is not None:
                rest.remove(match)
            if row.get("optional"):
                continue
            wanted += 1
            found += fits
            if not fits:
                slips.append(
                    _slip("statement_missed", row["start"], row["end"], str(row.get("paraphrase", "")), kind, "")
                )
        slips += [_slip("statement_invented", item.start, item.end, item.text[:30], "", kind) for item in rest]
        total += Scores(statements_gold=wanted, statements_found=found, statements_invented=len(rest))
    return total, slips


def _overlap(row: dict[str, Any], statement: Statement) -> int:
    return max(0, min(int(row["end"]), statement.end) - max(int(row["start"]), statement.start))


def _covers(row: dict[str, Any], statement: Statement) -> bool:
    shared = _overlap(row, statement)
    return shared >= COVER * max(row["end"] - row["start"], 1) and shared >= COVER * (statement.end - statement.start)


def _share(part: float, whole: float) -> float:
    return part / whole if whole else math.nan


def _same(one: Any, other: Any) -> bool:
    if one is None or other is None:
        return one is None and other is None
    return math.isclose(float(one), float(other), rel_tol=_TOLERANCE, abs_tol=_TOLERANCE)


def _open(end: Any) -> float:
    return math.inf if end is None else float(end)


def _unit(unit: object) -> str:
    return "".join(str(unit or "").split()).replace("％", "%")


def _amount(quantity: Quantity) -> str:
    return f"{quantity.value}{quantity.unit}"


def _slip(kind: str, start: int, end: int, text: str, expected: str, found: str) -> Slip:
    return Slip(kind, start, end, " ".join(text.split()), expected, found)
