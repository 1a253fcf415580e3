"""Promised figures against the later year's: met, missed, or open. Both are intervals, and doubts are heard first."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from fazhi_analysis.analysis.audit_rulebook import Rule, rule_of
from fazhi_analysis.analysis.doubts import attribute
from fazhi_analysis.analysis.following.acts_and_things import (
    is_new,
    makes,
    may_settle,
    names_nothing_else,
    same_acts,
    same_thing,
    says_level,
    says_made,
    says_no_more,
)
from fazhi_analysis.analysis.following.concepts import foreign, topics
from fazhi_analysis.analysis.following.reaching import Outcome, Row, outcome_of
from fazhi_analysis.analysis.following.similarity import contained, overlap, wording
from fazhi_analysis.catalogue.units import comparable_units, unit_group

PROMISES: Final = ("target", "plan")
"""Roles of promised figures."""

SAME_LABEL: Final = 0.75
"""Shared content from which two labels (or clauses) outside the catalogue name the same figure."""

SAME_THING: Final = 0.90
"""Share of the promised thing that a sentence must name for its figures to be taken."""

_TOTAL = re.compile("合计|共计|总计|一共|总共")
_THINGS = frozenset([*("item", "case", "document", "entity", "place", "law", "volume", "team"), *"张辆台套间栋幢卷"])
_MORE = re.compile("新增|增聘|净增|再增|增设|新建|新推出|新培育|新创建")


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
    return str(row["role"]) in PROMISES


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
    found = tuple(row for row in found if says_no_more(target, row) and says_no_more(row, target)) or found
    if _is_more(target, is_new) and not any(_is_more(row, says_made) for row in found):
        return Settled("open", "figure_other_kind", found)
    if len({(row["lower"], row["upper"]) for row in found}) > 1:
        return Settled("open", "figure_conflict", found)
    row = found[0]
    outcome, behind = _reached(target, row, later)
    if outcome == "open":
        return Settled("open", "figure_open", (row,))
    if not may_settle(target, row, kept=outcome == "kept"):
        return Settled("open", "figure_other_scope", (row,))
    doubts = later.doubts.get(str(row["row_id"]), ())
    if any(other is None or outcome_of(target, row, other) != outcome for _, other in doubts):
        return Settled("open", "figure_doubtful", (row,), tuple(name for name, _ in doubts))
    return Settled(outcome, "target_met" if outcome == "kept" else "target_missed", (row, *behind))


def _reached(target: Row, row: Row, later: Figures) -> tuple[Outcome, tuple[Row, ...]]:
    """Whether a figure reaches the promised one, and the counts behind a rate where these decide it.

    A rate just below the promised one may print as that very number: counts that are known keep a promise or leave it
    open, they never break it.
    """
    outcome = outcome_of(target, row)
    exact = _exact_rate(row, later) if outcome != "contradicted" else None
    if exact is None:
        return outcome, ()
    if outcome_of(target, row, exact) == "kept":
        return "kept", later.counts[str(row["row_id"])] if outcome == "open" or row["value"] != exact else ()
    return "open", ()


def _exact_rate(row: Row, later: Figures) -> float | None:
    """The rate in percent that the counts behind a row give exactly; None where they are not known exactly."""
    cases, base = later.counts.get(str(row["row_id"]), (None, None))
    if str(row["kind"]) != "rate" or str(row["change"]) != "level" or cases is None or base is None:
        return None
    exact = all(one["lower"] == one["upper"] for one in (cases, base))
    return 100 * float(cases["value"]) / float(base["value"]) if exact and float(base["value"]) > 0 else None


def _same_measure(target: Row, row: Row, *, any_scope: bool = False) -> bool:
    same = all(str(target[name]) == str(row[name]) for name in ("kind", "change")) and _counts_alike(target, row)
    same = same and _base(target) == _base(row)  # 比2018年增长65% is not the growth of the year
    scopes = any_scope or str(target["scope"]) == str(row["scope"]) or _scope_said_before(target, row)
    units = str(target["unit"]), str(row["unit"])
    return same and scopes and (comparable_units(*units) or (_one_by_one(units[0]) and _one_by_one(units[1])))


def _base(row: Row) -> str:
    """What a change is measured from; empty for the year before, which most texts leave unsaid."""
    base, year = str(row.get("base") or ""), row.get("year")
    return "" if year and base == str(int(year) - 1) else base


def _scope_said_before(target: Row, row: Row) -> bool:
    """Whether a later figure takes its scope from the clause before it: 抽查处罚案卷120宗，合格率96.7%."""
    scope = str(target["scope"])
    return bool(scope) and not row["scope"] and scope in str(row.get("context") or "")


def _one_by_one(unit: str) -> bool:
    """Whether a measure word counts things one by one, so that what is counted decides and not the word (座 and 个)."""
    return unit_group(unit) in _THINGS


def _counts_alike(target: Row, row: Row) -> bool:
    """Whether both count the same way and of the same body: what was added (新增) says nothing of what there is.

    What a year is to make (培育500名) is what it adds. A reduction counts what was taken away in the year, whether the
    text says 再减少 or 减少.
    """
    if str(target["change"]) == "reduction":
        return str(target.get("subject") or "") == str(row.get("subject") or "")
    if makes(target) and says_level(row):
        return False  # 引进研发企业6家 is not kept by 研发企业达240家
    added = [str(one.get("aspect") or "") == "increment" for one in (target, row)]
    added[0] = added[0] or (added[1] and (makes(target) or is_new(target)))
    added[1] = added[1] or (added[0] and is_new(row))
    whose = [str(one.get("subject") or "") for one in (target, row)]
    return added[0] is added[1] and whose[0] == whose[1]


def _is_more(row: Row, says: Callable[[Row], bool]) -> bool:
    """Whether a figure counts what was added: by the words around it, else by its clause alone."""
    return says(row) if row.get("around") else _MORE.search(str(row["quote"])) is not None


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
