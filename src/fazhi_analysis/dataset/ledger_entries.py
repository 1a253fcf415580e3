"""Entries of the ledger: what they may hold, and what is wrong with one that holds something else."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from fazhi_analysis.dataset.cells import to_cell
from fazhi_analysis.dataset.schema import METRICS
from fazhi_analysis.messages import Message
from fazhi_analysis.model import STATUSES

Row = Mapping[str, Any]

FIXED = frozenset({"row_id", "report_id", "region_code", "region", "year", "is_metric", "origin", "source"})
"""Columns that no correction may change."""

_ACTIONS = ("correct", "remove")
_DIGEST = re.compile(r"[0-9a-f]{64}")
FOLLOWED = "follow_up-"
"""What the ids of verdicts on promises begin with: a person may accept such a verdict, or change it to another."""

_KEYS = {
    **dict.fromkeys(_ACTIONS, (("who", "date", "why"), ("from", "to", "source"))),
    "judge": (("who", "date", "status", "comment"), ("why", "verdict", "later")),
    "sign": (("who", "date"), ("note",)),
    "rectify": (("who", "date", "state"), ("measure", "body", "due", "text")),
}
"""Of each kind of entry, the keys that it must have, and those that it may have."""


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
    place: str | Message = ""


@dataclass(frozen=True, slots=True)
class Judgement:
    """A person's judgement of one finding, or of the verdict on a promise in a ``later`` year.

    Of a verdict, ``status`` is accepted, changed or open, and ``verdict`` the person's own verdict.
    """

    finding: str
    status: str
    comment: str
    who: str
    date: str
    place: str | Message = ""
    verdict: str = ""
    later: int = 0


@dataclass(frozen=True, slots=True)
class Signature:
    """A person's signature under the figures that have this digest (see ``dataset.signatures``)."""

    figures: str
    who: str
    date: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Rectification:
    """What a person entered about something to put right (see ``analysis.rectifying``); ``text`` is what it was."""

    item: str
    state: str
    who: str
    date: str
    measure: str = ""
    body: str = ""
    due: str = ""
    text: str = ""


def entry_problems(entry: Any) -> Iterable[Message]:
    """What is wrong with one entry, as it stands in the file.

    >>> [str(one) for one in entry_problems({"judge": "sum-1", "status": "maybe", "who": "张三", "date": "2024-05-06"})]
    ['缺 comment', 'status 应为 open、accepted、dismissed 之一']
    """
    if not isinstance(entry, Mapping):
        yield Message("dataset.ledger.not_mapping")
        return
    kinds = [kind for kind in _KEYS if kind in entry]
    if len(kinds) != 1:
        yield Message("dataset.ledger.kind", kinds=list(_KEYS))
        return
    kind = kinds[0]
    needed, more = _KEYS[kind]
    if unknown := set(entry) - {kind, *needed, *more}:
        yield Message("dataset.ledger.unknown_keys", keys=sorted(map(str, unknown)))
    if missing := [key for key in needed if not entry.get(key)]:
        yield Message("dataset.ledger.missing_keys", keys=missing)
    if kind in _ONE_VALUE:
        yield from _ONE_VALUE[kind](entry)
        return
    for key in (kind, "from", *(("to",) if kind == "correct" else ())):
        yield from _part_problems(key, entry.get(key))


def _judgement_problems(entry: Row) -> Iterable[Message]:
    """What is wrong with a judgement of a finding or of a verdict."""
    is_verdict = str(entry["judge"]).startswith(FOLLOWED)
    statuses = ("open", "accepted", "changed") if is_verdict else STATUSES
    if entry.get("status") not in statuses:
        yield Message("dataset.ledger.status", statuses=statuses)
    elif is_verdict and entry["status"] != "open" and not entry.get("verdict"):
        yield Message("dataset.ledger.missing_keys", keys=["verdict"])
    if "later" in entry and not isinstance(entry["later"], int):
        yield Message("dataset.ledger.later", value=entry["later"])


def _signature_problems(entry: Row) -> Iterable[Message]:
    if not _DIGEST.fullmatch(str(entry.get("sign"))):
        yield Message("dataset.ledger.no_digest")


def _rectification_problems(entry: Row) -> Iterable[Message]:
    if entry.get("state") not in ("open", "doing", "done"):
        yield Message("dataset.ledger.status", statuses=("open", "doing", "done"))


_ONE_VALUE = {"judge": _judgement_problems, "sign": _signature_problems, "rectify": _rectification_problems}
"""What may be wrong with the entries that are no corrections."""


def _part_problems(key: str, part: Any) -> Iterable[Message]:
    """What is wrong with the columns and values that one key of a correction names."""
    if not isinstance(part, Mapping) or not part:
        yield Message("dataset.ledger.not_columns", key=key)
    elif unknown := [str(name) for name in part if name not in METRICS.names or (key == "to" and name in FIXED)]:
        yield Message("dataset.ledger.unknown_columns", key=key, columns=unknown)
    elif key == "to":
        yield from _value_problems(part)


def _value_problems(new: Row) -> Iterable[Message]:
    for name, value in new.items():
        column = METRICS[name]
        try:
            cell = to_cell(column, float(value) if column.type == "float" else value)
        except (TypeError, ValueError):
            yield Message("dataset.ledger.wrong_type", column=name, value=value)
            continue
        if column.vocabulary is not None and cell not in column.vocabulary:
            yield Message("dataset.ledger.not_among", column=name, value=cell, known=column.vocabulary)


def make_correction(entry: Mapping[str, Any], place: str | Message) -> Correction:
    """The correction that a faultless entry describes."""
    action: Literal["correct", "remove"] = "correct" if "correct" in entry else "remove"
    why, who, date = (str(entry[key]) for key in ("why", "who", "date"))
    new = {
        name: float(value) if METRICS[name].type == "float" else value for name, value in entry.get("to", {}).items()
    }
    return Correction(action, entry[action], entry["from"], new, why, who, date, str(entry.get("source", "")), place)


def make_judgement(entry: Mapping[str, Any], place: str | Message) -> Judgement:
    """The judgement that a faultless entry describes."""
    finding, status, comment, who, date = (str(entry[key]) for key in ("judge", "status", "comment", "who", "date"))
    verdict, later = str(entry.get("verdict") or ""), int(entry.get("later") or 0)
    return Judgement(finding, status, comment, who, date, place, verdict, later)


def make_signature(entry: Mapping[str, Any]) -> Signature:
    """The signature that a faultless entry describes."""
    return Signature(str(entry["sign"]), str(entry["who"]), str(entry["date"]), str(entry.get("note", "")))


def make_rectification(entry: Mapping[str, Any]) -> Rectification:
    """The entry about something to put right that a faultless entry describes."""
    fields = {name: str(entry.get(name, "")) for name in ("state", "who", "date", "measure", "body", "due", "text")}
    return Rectification(str(entry["rectify"]), **fields)
