"""Corrections of a ledger made on rows: which row each means, what it expects there, and what it makes of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from fazhi_analysis.catalogue import load_catalogue
from fazhi_analysis.dataset.cells import is_missing, same
from fazhi_analysis.dataset.ledger_entries import Correction, Row
from fazhi_analysis.errors import LedgerError
from fazhi_analysis.extracting.linking.labelling.labels import renamed


@dataclass(frozen=True, slots=True)
class Applied:
    """Rows after correction, and what was done, as ``report.json`` shows it."""

    rows: tuple[dict[str, Any], ...]
    done: tuple[dict[str, Any], ...] = field(default=())


def apply_corrections(rows: Iterable[Row], corrections: Iterable[Correction], digest: str = "") -> Applied:
    """Rows with every correction made, their origin ``corrected``.

    A row that gets another indicator gets its name as well, unless the correction gives a ``label`` of its own.
    ``digest`` is that of the document at hand. Raises LedgerError, naming the entry, when a correction fits no row or
    several, when what it expects does not stand there, or when it was made for another document.

    >>> rows = [{"row_id": "m001", "start": 3, "value": 16.0, "lower": 16.0, "upper": 16.0, "qualifier": "exact"}]
    >>> entry = Correction("correct", {"start": 3}, {"value": 16}, {"value": 18}, "核对", "张三", "2024-05-06")
    >>> [(row["value"], row["upper"], row["origin"]) for row in apply_corrections(rows, [entry]).rows]
    [(18, 18, 'corrected')]
    """
    current = [dict(row) for row in rows]
    done = []
    unnamed: dict[Any, Any] = {}  # names before they followed the indicator: an older ledger may expect them
    for entry in corrections:
        number = matching(current, entry)
        row = current[number]
        _check_expectations(row, entry, digest, unnamed.get(row.get("row_id")))
        named = _name_of_indicator(row, entry.new)
        if named:
            unnamed.setdefault(row.get("row_id"), row.get("label"))
        before = {**entry.old, **{name: row.get(name) for name in named}}
        record = {"row": row.get("row_id", ""), "action": entry.action, "from": before, "to": {**entry.new, **named}}
        done.append({**record, "why": entry.why, "who": entry.who, "date": entry.date})
        if entry.action == "remove":
            del current[number]
            gone = row.get("row_id")
            current = [{**other, "whole": ""} if gone and other.get("whole") == gone else other for other in current]
        else:
            current[number] = {**row, **with_interval(row, entry), **named, "origin": "corrected"}
    return Applied(tuple(current), tuple(done))


def matching(rows: Sequence[Row], entry: Correction) -> int:
    """Number of the row that a correction means. Raises LedgerError when there is none, or several."""
    found = [number for number, row in enumerate(rows) if all(same(row.get(k), v) for k, v in entry.row.items())]
    what = [f"{key}={value}" for key, value in entry.row.items()]
    if not found:
        raise LedgerError(entry.place, "dataset.ledger.no_row", what=what)
    if len(found) > 1:
        raise LedgerError(entry.place, "dataset.ledger.several_rows", what=what, n=len(found))
    return found[0]


def _check_expectations(row: Row, entry: Correction, digest: str, unnamed: Any) -> None:
    if entry.source and digest and entry.source != digest:
        raise LedgerError(entry.place, "dataset.ledger.other_document", made_for=entry.source[:12], digest=digest[:12])
    for name, value in entry.old.items():
        if not same(row.get(name), value) and not (name == "label" and unnamed and same(unnamed, value)):
            found = plain(row.get(name))
            raise LedgerError(entry.place, "dataset.ledger.other_value", column=name, expected=value, found=found)


def with_interval(row: Row, entry: Correction) -> dict[str, Any]:
    """The new values; a new exact value is its own interval unless the entry gives one."""
    new = dict(entry.new)
    if row.get("wording") and new.get("qualifier", row["qualifier"]) != row["qualifier"]:
        new.setdefault("wording", "")
    if "value" in new and not {"lower", "upper"} & set(new):
        if new.get("qualifier", row.get("qualifier")) == "exact" and row.get("lower") == row.get("upper"):
            new["lower"] = new["upper"] = new["value"]
        elif not row["lower"] <= new["value"] <= row["upper"]:
            raise LedgerError(entry.place, "dataset.ledger.outside", value=new["value"])
    return new


def _name_of_indicator(row: Row, new: Row) -> dict[str, str]:
    """The name of another indicator, where the new values give one of the catalogue and no name of their own."""
    identity, label = new.get("indicator_id"), str(row.get("label") or "")
    if not identity or identity == row.get("indicator_id") or "label" in new or identity not in load_catalogue():
        return {}
    name = renamed(label, load_catalogue()[identity].name_zh)
    return {} if name == label else {"label": name}


def plain(value: Any) -> Any:
    """A value of a cell as a ledger writes it: whole numbers without a point, nothing for a missing one."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return None if is_missing(value) else value
