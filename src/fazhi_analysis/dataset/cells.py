"""One cell of a CSV: from a value to text and back, without pandas.

Numbers are written as a person would (no ``.0``, ``inf`` for an open end, nothing for a missing one). Text that a
spreadsheet would take for a formula gets an apostrophe in front, which reading takes away again: what a document says
is data and must not run in the reader's spreadsheet.

>>> to_cell(METRICS["value"], 2841.0), to_cell(METRICS["upper"], float("inf")), to_cell(METRICS["start"], None)
('2841', 'inf', '')
>>> to_cell(METRICS["label"], "=1+1")
"'=1+1"
>>> from_cell(METRICS["label"], "'=1+1")
'=1+1'
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, is_dataclass
from typing import Any

from fazhi_analysis.dataset.schema import METRICS, Column
from fazhi_analysis.messages import Message

__all__ = [
    "METRICS",
    "as_csv_text",
    "as_text",
    "dump_list",
    "from_cell",
    "is_missing",
    "load_list",
    "plain",
    "same",
    "to_cell",
]

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_SUSPECT = "'" + "".join(_FORMULA)
_LARGEST_PLAIN = 1e16
_LARGEST_INTEGER = 2**63 - 1


def is_missing(value: object) -> bool:
    """Whether a value stands for nothing: None, NaN, pandas' NA."""
    return value is None or value != value or type(value).__name__ == "NAType"


def same(one: Any, other: Any, tolerance: float = 0.0) -> bool:
    """Whether two values mean the same; numbers may differ by this share of themselves.

    >>> same(None, float("nan")), same(3, 3.0), same("3", 3), same(1 / 3, 0.333333333333333, 1e-14)
    (True, True, True, True)
    """
    if is_missing(one) or is_missing(other):
        return is_missing(one) and is_missing(other)
    if isinstance(one, (int, float)) and isinstance(other, (int, float)):
        return math.isclose(one, other, rel_tol=tolerance)
    return str(one) == str(other)


def to_cell(column: Column, value: Any) -> str:
    """Text of a value in this column. Raises ValueError when the value cannot stand there.

    >>> to_cell(METRICS["is_metric"], True), to_cell(METRICS["year"], 2023.0), to_cell(METRICS["value"], 97.06)
    ('true', '2023', '97.06')
    """
    if type(value) is str and not column.is_number and column.type not in ("bool", "list"):
        return as_text(value)
    if column.type == "text" and isinstance(value, tuple):
        return as_text("、".join(value))
    if column.type == "list":
        return dump_list(() if value is None or isinstance(value, float) else value)
    if is_missing(value):
        return ""
    if column.type == "bool":
        return "true" if value else "false"
    if column.type == "int":
        whole = int(value)
        if whole != value:
            raise ValueError(Message("dataset.cell.no_integer", value=value))
        return str(whole)
    if column.type == "float":
        return _number(float(value))
    return as_text(str(value))


def from_cell(column: Column, cell: str) -> Any:
    """Value of a cell: str, int, float, bool, a list of dictionaries, or None for a missing number.

    Raises ValueError with a :class:`~fazhi_analysis.messages.Message` that says what is wrong.

    >>> from_cell(METRICS["upper"], "inf"), from_cell(METRICS["start"], "")
    (inf, None)
    """
    if column.type in ("text", "category"):
        return _unescape(cell)
    if column.type == "list":
        return load_list(column, cell)
    if not cell:
        return None
    if column.type == "bool":
        if cell.lower() not in ("true", "false"):
            raise ValueError(Message("dataset.cell.no_boolean", value=cell))
        return cell.lower() == "true"
    try:
        if not cell.isascii() or "_" in cell or cell.lower() == "nan":
            raise ValueError
        if column.type == "float":
            return float(cell)
        whole = int(cell)
        if -_LARGEST_INTEGER <= whole <= _LARGEST_INTEGER:
            return whole
        raise ValueError
    except ValueError:
        kind = "dataset.cell.no_integer" if column.type == "int" else "dataset.cell.no_number"
        raise ValueError(Message(kind, value=cell)) from None


def dump_list(values: Sequence[Any]) -> str:
    """JSON text of a list of dictionaries (or of objects of the model); empty entries are left out.

    >>> from fazhi_analysis.model import Evidence
    >>> dump_list([Evidence(start=3, end=5, value=float("inf"))])
    '[{"start": 3, "end": 5, "value": "inf"}]'
    """
    entries = []
    for value in values:
        record = asdict(value) if is_dataclass(value) and not isinstance(value, type) else dict(value)
        entries.append({key: plain(item) for key, item in record.items() if not is_missing(item) and item != ""})
    return json.dumps(entries, ensure_ascii=False, allow_nan=False)


def load_list(column: Column, cell: str) -> list[dict[str, Any]]:
    """List of dictionaries with all the column's keys; what the cell does not say is None (``text``, ``row``: empty).

    >>> from fazhi_analysis.dataset.schema import STATEMENTS
    >>> load_list(STATEMENTS["answers"], '[{"problem": 1, "strength": "direct"}]')
    [{'problem': 1, 'strength': 'direct'}]
    """
    if not cell:
        return []
    try:
        entries = json.loads(cell)
    except (ValueError, RecursionError):
        raise ValueError(Message("dataset.cell.no_json", value=cell[:40])) from None
    if not isinstance(entries, list) or not all(isinstance(entry, Mapping) for entry in entries):
        raise ValueError(Message("dataset.cell.no_list", value=cell[:40]))
    for entry in entries:
        for key, item in entry.items():
            if not isinstance(item, _KIND_OF.get(key, (object,))) and not (item == "inf" and key == "value"):
                raise ValueError(Message("dataset.cell.no_list", value=cell[:40]))
    return [_filled(column, entry) for entry in entries]


def _filled(column: Column, entry: Mapping[str, Any]) -> dict[str, Any]:
    record = {name: entry.get(name, "" if name in _TEXT_FIELDS else None) for name in column.fields}
    record.update({key: item for key, item in entry.items() if key not in record})
    return _with_open_ends(record)


def _with_open_ends(record: Mapping[str, Any]) -> dict[str, Any]:
    """The record with its open ends, and those of a correction's ``from`` and ``to``, as numbers again."""
    found = dict(record)
    for key, item in record.items():
        if key in _ENDS and item in ("inf", "-inf"):
            found[key] = float(item)
        elif isinstance(item, Mapping):
            found[key] = _with_open_ends(item)
    return found


_TEXT_FIELDS = frozenset({"text", "row", "message", "key", "number", "heading", "action", "why", "who", "date"})


_KIND_OF: Mapping[str, tuple[type, ...]] = {
    **dict.fromkeys(("start", "end"), (int, type(None))),
    **dict.fromkeys(("problem", "level"), (int,)),
    "value": (int, float, type(None)),
    **dict.fromkeys((*(_TEXT_FIELDS - {"number"}), "strength", "answered"), (str,)),
}
"""What the values of entries are; anything for those not named here."""

_ENDS = frozenset({"value", "lower", "upper"})


def plain(value: Any) -> Any:
    """A value as JSON holds it, at any depth: an open end is ``"inf"``, since JSON has no infinity.

    >>> plain({"to": {"value": 55.0, "upper": float("inf")}})
    {'to': {'value': 55, 'upper': 'inf'}}
    """
    if isinstance(value, Mapping):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    if hasattr(value, "item"):  # a numpy scalar
        value = value.item()
    if isinstance(value, float):
        if math.isinf(value):
            return "inf" if value > 0 else "-inf"
        return int(value) if value.is_integer() and abs(value) < _LARGEST_PLAIN else value
    return value


def _number(value: float) -> str:
    if math.isinf(value):
        return "inf" if value > 0 else "-inf"
    if value.is_integer() and abs(value) < _LARGEST_PLAIN:
        return str(int(value))
    return repr(value)


def as_text(text: str) -> str:
    """The text as a spreadsheet takes it for text: one that it would take for a formula with an apostrophe in front.

    >>> as_text("-2+3"), as_text("办结3件")
    ("'-2+3", '办结3件')
    """
    return "'" + text if text and text[0] in _SUSPECT and text.lstrip("'").startswith(_FORMULA) else text


def as_csv_text(text: str) -> str:
    r"""As :func:`as_text`, for writers of CSV that leave a carriage return bare, where it would end the row and what
    follows could run: ends of lines are ``\n``.

    >>> as_csv_text("\r=1+1"), as_csv_text("a\r\nb")
    ("'\n=1+1", 'a\nb')
    """
    return as_text(text).replace("\r\n", "\n").replace("\r", "\n")


def _unescape(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and cell.lstrip("'").startswith(_FORMULA) else cell
