"""Score an extraction against a truth, by the rules of the annotated reports."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import Any


@dataclass
class Score:
    """Counts of one or more reports; ``misses`` tells each disagreement in words."""

    hits: int = 0
    predicted: int = 0
    expected: int = 0
    interval: int = 0
    qualifier: int = 0
    span: int = 0
    section: int = 0
    role: int = 0
    change: int = 0
    linked_right: int = 0
    linked_wrong: int = 0
    linkable: int = 0
    statements: int = 0
    statements_found: int = 0
    statements_expected: int = 0
    misses: list[str] = field(default_factory=list)

    def __iadd__(self, other: Score) -> Score:
        for item in fields(self):
            setattr(self, item.name, getattr(self, item.name) + getattr(other, item.name))
        return self

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall of metrics."""
        return 2 * self.hits / (self.predicted + self.expected) if self.predicted + self.expected else 1.0

    def share(self, name: str) -> float:
        """Share of hits for which an attribute agrees."""
        return float(getattr(self, name)) / self.hits if self.hits else 1.0

    @property
    def link_recall(self) -> float:
        """Share of linkable metrics with a right id."""
        return self.linked_right / self.linkable if self.linkable else 1.0


def _number(value: Any) -> float:
    return float("inf") if value == "inf" else float("nan") if value is None else float(value)


def _same(one: Any, other: Any) -> bool:
    a, b = _number(one), _number(other)
    return a == b or abs(a - b) <= 1e-6 * max(1.0, abs(a), abs(b))


def score(truth: dict[str, Any], quantities: Any, statements: Any, known: set[str] | None = None) -> Score:
    """Score one report. ``known`` are the ids that count; others, predicted or expected, count as none."""
    result = Score()
    rows = sorted(truth["metrics"] + truth["others"], key=lambda row: row["start"])
    unused = list(quantities)
    taken: set[int] = set()
    for row in rows:
        best, overlap = None, 0
        for index, one in enumerate(unused):
            if index in taken or one.start >= row["end"] or one.end <= row["start"]:
                continue
            common = min(one.end, row["end"]) - max(one.start, row["start"])
            if common > overlap:
                best, overlap = index, common
        one = unused[best] if best is not None else None
        if best is not None:
            taken.add(best)
        if row.get("optional"):
            continue
        if row["is_metric"]:
            result.expected += 1
            _metric(result, row, one, known)
        if one is not None and one.is_metric:
            result.predicted += 1
            if not row["is_metric"]:
                result.misses.append(f"{one.text!r} in {row['section']} is a {row['kind']}, read as a metric")
    for index, one in enumerate(unused):
        if index not in taken and one.is_metric:
            result.predicted += 1
            result.misses.append(f"{one.text!r} at {one.start} ({one.section}) is nothing, read as a metric")
    _statements(result, truth, statements)
    return result


def _metric(result: Score, row: dict[str, Any], one: Any, known: set[str] | None) -> None:
    where = f"{row['text']!r} ({row['section']}, {row['start']})"
    ids = {name if known is None or name in known else "" for name in row["indicator_ids"]}
    found = one is not None and one.is_metric
    linked = one.indicator_id if found and (known is None or one.indicator_id in known) else ""
    if "" not in ids or len(ids) > 1:
        result.linkable += 1
        if found and linked and linked in ids:
            result.linked_right += 1
        elif found and linked in ids:
            result.linkable -= 1
        else:
            result.misses.append(f"{where}: linked {linked or 'to nothing'}, not {sorted(ids)}")
    if found and linked and linked not in ids:
        result.linked_wrong += 1
        result.misses.append(f"{where}: linked WRONG {linked}, not {sorted(ids)}")
    if not found or not _same(one.value, row["value"]) or one.unit not in (row["unit"], row["unit_inferred"]):
        shown = "nothing" if not found else f"{one.text!r} {one.value} {one.unit}"
        result.misses.append(f"{where}: {row['value']} {row['unit']} read as {shown}")
        return
    result.hits += 1
    for name, agrees in {
        "interval": _same(one.lower, row["lower"]) and _same(one.upper, row["upper"]),
        "qualifier": one.qualifier == row["qualifier"],
        "span": (one.start, one.end) == (row["start"], row["end"]),
        "section": one.section == row["section"],
        "role": one.role == row["role"],
        "change": one.change == row["change"],
    }.items():
        if agrees:
            setattr(result, name, getattr(result, name) + 1)
        else:
            got = {"interval": (one.lower, one.upper), "span": one.text}.get(name, getattr(one, name, None))
            want = {"interval": (row["lower"], row["upper"]), "span": row["text"]}.get(name, row.get(name))
            result.misses.append(f"{where}: {name} {got!r}, not {want!r}")


def _statements(result: Score, truth: dict[str, Any], statements: Any) -> None:
    result.statements_expected += len(truth["statements"])
    result.statements += len(statements)
    free = list(statements)
    for want in truth["statements"]:
        for one in free:
            common = min(one.end, want["end"]) - max(one.start, want["start"])
            if one.kind == want["kind"] and common >= 0.6 * max(one.end - one.start, want["end"] - want["start"]):
                result.statements_found += 1
                free.remove(one)
                break
        else:
            result.misses.append(f"{want['id']} not found: {want['text'][:20]}")
    result.misses += [f"invented {one.kind}: {one.text[:20]}" for one in free]
