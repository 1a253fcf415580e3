"""Entries of the ledger: what they may hold, and what is wrong with one that holds something else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from fazhi_analysis.dataset.cells import to_cell
from fazhi_analysis.dataset.schema import METRICS
from fazhi_analysis.model import STATUSES

Row = Mapping[str, Any]

FIXED = frozenset({"row_id", "report_id", "region_code", "region", "year", "is_metric", "origin", "source"})
"""Columns that no correction may change."""

_ACTIONS = ("correct", "remove")
_SHARED_KEYS = {"why", "who", "date"}


@dataclass(frozen=True, slots=True)
class Correction:
    """One correction of one row of the metrics: which row, what stood there, what shall stand there, why, who, when."""

    action: Literal["correct", "remove"]
    row: Row
    old: Row
    new: Row
    why: str
    who: str
    date: str
    source: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a person said about one finding."""

    finding: str
    status: str
    comment: str
    who: str
    date: str
    place: str = ""


def entry_problems(entry: Any) -> Iterable[str]:
    """What is wrong with one entry, as it stands in the file.

    >>> list(entry_problems({"judge": "sum-1", "status": "maybe", "who": "张三", "date": "2024-05-06"}))
    ['缺 comment', 'status 应为 open、accepted、dismissed 之一']
    """
    if not isinstance(entry, Mapping):
        yield "应为一组键值"
        return
    kinds = [kind for kind in (*_ACTIONS, "judge") if kind in entry]
    if len(kinds) != 1:
        yield "应以 correct、remove、judge 之一开头"
        return
    kind = kinds[0]
    known = {kind, *_SHARED_KEYS, *(("status", "comment") if kind == "judge" else ("from", "to", "source"))}
    if set(entry) - known:
        yield f"有不认识的键 {'、'.join(sorted(map(str, set(entry) - known)))}"
    missing = [
        key for key in ("who", "date", *(("status", "comment") if kind == "judge" else ("why",))) if not entry.get(key)
    ]
    if missing:
        yield f"缺 {'、'.join(missing)}"
    if kind == "judge":
        if entry.get("status") not in STATUSES:
            yield f"status 应为 {'、'.join(STATUSES)} 之一"
        return
    for key in (kind, "from", *(("to",) if kind == "correct" else ())):
        part = entry.get(key)
        if not isinstance(part, Mapping) or not part:
            yield f"{key} 应为一组列名和值"
        elif unknown := [str(name) for name in part if name not in METRICS.names or (key == "to" and name in FIXED)]:
            yield f"{key} 中的 {'、'.join(unknown)} 不是可用的列"
        elif key == "to":
            yield from _value_problems(part)


def _value_problems(new: Row) -> Iterable[str]:
    for name, value in new.items():
        column = METRICS[name]
        try:
            cell = to_cell(column, float(value) if column.type == "float" else value)
        except (TypeError, ValueError):
            yield f"to 中 {name} 的值 {value!r} 不合类型"
            continue
        if column.vocabulary is not None and cell not in column.vocabulary:
            yield f"to 中 {name} 的值 {cell!r} 不在 {'、'.join(column.vocabulary)} 之中"


def make_correction(entry: Mapping[str, Any], place: str) -> Correction:
    """The correction that a faultless entry describes."""
    action: Literal["correct", "remove"] = "correct" if "correct" in entry else "remove"
    why, who, date = (str(entry[key]) for key in ("why", "who", "date"))
    new = {
        name: float(value) if METRICS[name].type == "float" else value for name, value in entry.get("to", {}).items()
    }
    return Correction(action, entry[action], entry["from"], new, why, who, date, str(entry.get("source", "")), place)


def make_judgement(entry: Mapping[str, Any], place: str) -> Judgement:
    """The judgement that a faultless entry describes."""
    finding, status, comment, who, date = (str(entry[key]) for key in ("judge", "status", "comment", "who", "date"))
    return Judgement(finding, status, comment, who, date, place)
