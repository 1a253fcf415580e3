"""Promised figures against the later year's: met, missed, or open. Both are intervals, and doubts are heard first."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Final, Literal

from fazhi_analysis.analysis.audit_rulebook import Rule, rule_of
from fazhi_analysis.analysis.doubts import attribute
from fazhi_analysis.analysis.following.acts_and_things import (
    class_of,
    measure_of,
    names_nothing_else,
    same_acts,
    same_thing,
)
from fazhi_analysis.analysis.following.concepts import foreign, topics
from fazhi_analysis.analysis.following.similarity import contained, overlap, wording
from fazhi_analysis.catalogue.units import comparable_units
from fazhi_analysis.catalogue.word_lists import pattern

Row = Mapping[str, Any]
Outcome = Literal["kept", "contradicted", "open"]

SAME_LABEL: Final = 0.75
"""Shared content from which two labels (or clauses) outside the catalogue name the same figure."""

SAME_THING: Final = 0.90
"""Share of the promised thing that a sentence must name for its figures to be taken."""

_TOTAL = re.compile("合计|共计|总计|一共|总共")
_AT_MOST = re.compile("以内|以下|不超过|不高于|控制在|压减[到至]|压缩[到至]|缩短[到至]|降[到至低]")
_MORE = re.compile("新增|增聘|净增|再增|增设|新建|新推出|新培育|新创建")
_RISE, _FALL = pattern("<rise verbs>"), pattern("<fall verbs>|<cut verbs>")


@dataclass(frozen=True, slots=True)
class Settled:
    """What the later figures say of a promised one: ``outcome``, why, and the rows and finding ids it rests on."""

    outcome: Outcome
    reason: str
    rows: tuple[Row, ...] = ()
    findings: tuple[str, ...] = ()


@dataclass(frozen=True)
class Figures:
    """The results that a report gives, and what the audit doubts of them.

    ``doubts`` gives for a row id the (finding id, other value that the finding's evidence leads to or None).
    ``counts`` gives for the row id of a rate that the audit confirmed the rows of its cases and of its base.
    """

    rows: tuple[Row, ...]
    doubts: Mapping[str, tuple[tuple[str, float | None], ...]] = field(default_factory=dict)
    counts: Mapping[str, tuple[Row, Row]] = field(default_factory=dict)


def is_promise(row: Row) -> bool:
    """Whether a row is a promised figure."""
    return str(row["role"]) in ("target", "plan")


def settle(target: Row, later: Figures, year: int, fallback: Sequence[Row] = ()) -> Settled:
    """Compare a promised figure with the later report's results; ``fallback`` are rows to take when none has its name.

    >>> base = dict(indicator_id="officers_trained", label="", unit="名", kind="count", change="level", scope="",
    ...             period="", quote="", row_id="r", qualifier="exact", role="result", duplicate_of="")
    >>> goal = base | dict(value=400.0, lower=400.0, upper=math.inf, qualifier="over", role="target")
    >>> settle(goal, Figures((base | dict(value=352.0, lower=352.0, upper=352.0),)), 2023).outcome
    'contradicted'
    """
    if str(target["period"]) not in ("", str(year)) or int(target.get("horizon") or 0) > year:
        return Settled("open", "other_year")
    found = tuple(row for row in later.rows if _same_figure(target, row)) or tuple(fallback)
    if not found:
        others = tuple(row for row in later.rows if _same_figure(target, row, any_scope=True))
        return Settled("open", "figure_other_scope" if others else "figure_missing", others)
    # What the catalogue names counts before what only reads alike, such as the part of a total.
    found = (
        tuple(row for row in found if row["indicator_id"] and row["indicator_id"] == target["indicator_id"]) or found
    )
    if _MORE.search(str(target["quote"])) and not any(_MORE.search(str(row["quote"])) for row in found):
        return Settled("open", "figure_other_kind", found)
    if len({(row["lower"], row["upper"]) for row in found}) > 1:
        return Settled("open", "figure_conflict", found)
    row = found[0]
    outcome, behind = _reached(target, row, later)
    if outcome == "open":
        return Settled("open", "figure_open", (row,))
    if _of_other_class(target, row, outcome):
        return Settled("open", "figure_other_scope", (row,))
    doubts = later.doubts.get(str(row["row_id"]), ())
    if any(other is None or _outcome(target, other, other, row) != outcome for _, other in doubts):
        return Settled("open", "figure_doubtful", (row,), tuple(name for name, _ in doubts))
    return Settled(outcome, "target_met" if outcome == "kept" else "target_missed", (row, *behind))


def _of_other_class(target: Row, row: Row, outcome: Outcome) -> bool:
    """Whether a figure of a narrower or wider class cannot settle the promise: 203 small firms of 400 firms break none,
    and 6 firms keep none of 6 leading ones."""
    ours, theirs = class_of(target), class_of(row)
    return bool(theirs - ours) if outcome == "contradicted" else bool(ours - theirs)


def _reached(target: Row, row: Row, later: Figures) -> tuple[Outcome, tuple[Row, ...]]:
    """Whether a figure reaches the promised one, and the counts behind a rate where these decide it.

    A rate just below the promised one may print as that very number: counts keep a promise, they never break it.
    """
    outcome = _outcome(target, float(row["lower"]), float(row["upper"]), row)
    exact = _exact_rate(row, later) if outcome == "open" else None
    if exact is not None and _outcome(target, exact, exact, row) == "kept":
        return "kept", later.counts[str(row["row_id"])]
    return outcome, ()


def _exact_rate(row: Row, later: Figures) -> float | None:
    """The rate in percent that the counts behind a row give exactly; None where they are not known exactly."""
    cases, base = later.counts.get(str(row["row_id"]), (None, None))
    if str(row["kind"]) != "rate" or str(row["change"]) != "level" or cases is None or base is None:
        return None
    exact = all(one["lower"] == one["upper"] for one in (cases, base))
    return 100 * float(cases["value"]) / float(base["value"]) if exact and float(base["value"]) > 0 else None


def _same_measure(target: Row, row: Row, *, any_scope: bool = False) -> bool:
    names = ("kind", "change") if any_scope else ("kind", "change", "scope")
    same = all(str(target[name]) == str(row[name]) for name in names) and _counts_alike(target, row)
    return same and comparable_units(str(target["unit"]), str(row["unit"]))


def _counts_alike(target: Row, row: Row) -> bool:
    """Whether both count the same way and of the same body: what was added (新增) says nothing of what there is.

    A reduction counts what was taken away in the year, whether the text says 再减少 or 减少.
    """
    if str(target["change"]) == "reduction":
        return str(target.get("subject") or "") == str(row.get("subject") or "")
    added = [str(one.get("aspect") or "") == "increment" for one in (target, row)]
    added[1] = added[1] or (added[0] and _is_new(row))
    whose = [str(one.get("subject") or "") for one in (target, row)]
    return added[0] is added[1] and whose[0] == whose[1]


def _is_new(row: Row) -> bool:
    """Whether a figure in a list is of what was added, which the list's first member says (新增甲5公里、乙6公里)."""
    return bool(row.get("around")) and "new" in measure_of(row).acts


def _same_figure(target: Row, row: Row, *, any_scope: bool = False) -> bool:
    if bool(row.get("covers_years")) is not bool(target.get("covers_years")) or not _same_measure(
        target, row, any_scope=any_scope
    ):
        return False
    if target["indicator_id"] and row["indicator_id"]:
        return bool(target["indicator_id"] == row["indicator_id"]) and same_acts(target, row)
    if target.get("around") and row.get("around"):
        return same_thing(target, row) and not foreign(*(topics(" ".join(_names(one))) for one in (target, row)))
    ours, theirs = _names(target), _names(row)
    return any(
        overlap(wording(one), wording(other)) >= SAME_LABEL and not foreign(topics(one), topics(other))
        for one in ours
        for other in theirs
    )


def in_sentences(target: Row, thing: str, rows: Sequence[Row], sentences: Iterable[tuple[int, int, str]]) -> list[Row]:
    """Rows without an indicator, in the unit of a promised figure, in the one sentence that names the promised thing.

    Of several figures in that sentence only a printed total is taken, else none.
    """
    words = wording(thing)
    if words.weight < 2:
        return []
    named = [(start, end) for start, end, text in sentences if contained(words, wording(text)) >= SAME_THING]
    found = [
        row
        for row in rows
        if not row["indicator_id"]
        and isinstance(row["start"], int)
        and any(start <= row["start"] < end for start, end in named)
        and not row.get("covers_years")
        and _same_measure(target, row)
        and same_acts(target, row)
        and names_nothing_else(target, row)
    ]
    if len(found) > 1:
        found = [row for row in found if _TOTAL.search(str(row["quote"]))]
    return found if len(found) == 1 else []


def _names(row: Row) -> list[str]:
    return [text for text in (str(row["label"]), str(row["quote"])) if wording(text).weight >= 2]


def _outcome(target: Row, lower: float, upper: float, row: Row) -> Outcome:
    goal_low, goal_high = float(target["lower"]), float(target["upper"])
    value = float(target["value"])
    if str(target["change"]) in ("yoy_pct", "yoy_abs", "points", "reduction"):
        return _change_outcome(target, lower, upper, row)
    if _at_most(target):
        limit = goal_high if str(target["qualifier"]) == "under" else value
        return "kept" if upper <= limit else "contradicted" if lower > limit else "open"
    least = value if str(target["qualifier"]) == "exact" else goal_low
    return "kept" if lower >= least else "contradicted" if upper < least else "open"


def _change_outcome(target: Row, lower: float, upper: float, row: Row) -> Outcome:
    """A promised rise or fall; both must say which way, and a change the other way breaks the promise."""
    ways = [(bool(_RISE.search(str(one["quote"]))), bool(_FALL.search(str(one["quote"])))) for one in (target, row)]
    if any(rise is fall for rise, fall in ways):
        return "open"
    if ways[0] != ways[1]:
        return "contradicted"
    if _at_most(target) and ways[0][0]:  # a rise of prices held within 3 %
        limit = float(target["upper"] if str(target["qualifier"]) == "range" else target["value"])
        return "kept" if upper <= limit else "contradicted" if lower > limit else "open"
    least = float(target["lower"] if str(target["qualifier"]) == "range" else target["value"])
    return "kept" if lower >= least else "contradicted" if upper < least else "open"


def _at_most(target: Row) -> bool:
    if str(target["qualifier"]) == "under" or _AT_MOST.search(str(target["quote"])):
        return True
    return str(target["qualifier"]) != "over" and _directions().get(str(target["indicator_id"])) == "lower_better"


@cache
def _directions() -> dict[str, str]:
    from fazhi_analysis.catalogue import load_catalogue

    return {item.id: item.direction for item in load_catalogue()}


def doubts_of(findings: Iterable[Any]) -> dict[str, tuple[tuple[str, float | None], ...]]:
    """Doubted rows: for every row that an error or warning rests on, the findings and the value they lead to instead.

    A finding is anything with ``id``, ``rule``, ``severity`` and ``evidence`` (objects or mappings).
    """
    doubts: dict[str, list[tuple[str, float | None]]] = {}
    for finding in findings:
        rule = rule_of(str(attribute(finding, "rule")))
        if attribute(finding, "severity") not in ("error", "warning") or not rule.doubts_levels:
            continue
        if attribute(finding, "status") == "dismissed":
            continue
        pieces = [
            (str(attribute(piece, "row") or ""), attribute(piece, "value")) for piece in attribute(finding, "evidence")
        ]
        for row, value in rule.doubted(pieces):
            if row:
                other = _other_value(rule, row, value, pieces)
                doubts.setdefault(row, []).append((str(attribute(finding, "id")), other))
    return {row: tuple(found) for row, found in doubts.items()}


def _other_value(rule: Rule, row: str, value: Any, pieces: Sequence[tuple[str, Any]]) -> float | None:
    """The value that the rest of a finding's evidence leads to: the parts' sum, or the rate of the two counts."""
    others = [float(number) for name, number in pieces if name != row and number is not None]
    if value is None or not others:
        return None
    if rule.identity == "sum" and len(others) >= 2 and float(value) > max(others):
        return sum(others)
    if rule.identity == "ratio" and len(others) == 2 and max(others) > 0:
        return 100 * min(others) / max(others)
    return None


def is_number(value: Any) -> bool:
    """Whether a cell holds a finite number."""
    return isinstance(value, (int, float)) and math.isfinite(value)
