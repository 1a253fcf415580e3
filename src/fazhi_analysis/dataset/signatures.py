"""Sign-off: a person signs the figures of a stored report; any change of a figure makes the signature void.

A signature is an entry of the ledger with the digest of the figures that were signed. What is signed is what the
figures say (value, interval, unit, what they count, when, of whom), not where they stand or how the file is laid out.
"""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal

from fazhi_analysis.dataset.ledger import add_entry, load_ledger
from fazhi_analysis.dataset.report_ids import check_report_id
from fazhi_analysis.dataset.schema import METRICS
from fazhi_analysis.dataset.storage import read_rows, reports_folder

SIGNED: Final = (
    "indicator_id", "label", "value", "lower", "upper", "unit", "qualifier", "kind", "role", "change", "period",
    "scope", "aspect", "subject", "base",
)  # fmt: skip
"""Columns of a figure that a signature stands for."""

State = Literal["draft", "signed", "void"]


@dataclass(frozen=True, slots=True)
class SignOff:
    """How far a report is reviewed: ``draft`` (nobody signed), ``signed``, or ``void`` (figures changed since); who
    signed last, when, and with what note.
    """

    state: State
    who: str = ""
    date: str = ""
    note: str = ""


def figures_digest(rows: Iterable[Mapping[str, Any]]) -> str:
    """SHA-256 of what the figures say, whatever their order and places.

    >>> row = {"label": "甲", "value": 3.0, "start": 5}
    >>> figures_digest([row]) == figures_digest([{**row, "start": 9}]) != figures_digest([{**row, "value": 4.0}])
    True
    """
    lines = sorted(json.dumps([row.get(name) for name in SIGNED], ensure_ascii=False) for row in rows)
    return hashlib.sha256("\n".join(lines).encode("utf-8", "surrogatepass")).hexdigest()


def sign(data: Path | str, report_id: str, who: str, note: str = "", date: str | None = None) -> SignOff:
    """Sign the figures of a stored report as they stand now; the entry goes into its ledger.

    Raises DataError for a report that is not stored there.
    """
    digest = _stored_digest(reports_folder(data), report_id)
    date = date or datetime.date.today().isoformat()
    add_entry(data, report_id, {"sign": digest, "who": who.strip(), "date": date} | ({"note": note} if note else {}))
    return SignOff("signed", who.strip(), date, note)


def sign_off(data: Path | str, report_id: str) -> SignOff:
    """How far a stored report is reviewed; the last signature counts."""
    signatures = load_ledger(data, report_id).signatures
    if not signatures:
        return SignOff("draft")
    last = signatures[-1]
    same = _stored_digest(reports_folder(data), report_id) == last.figures
    return SignOff("signed" if same else "void", last.who, last.date, last.note)


def _stored_digest(root: Path, report_id: str) -> str:
    return figures_digest(read_rows(root / check_report_id(report_id), METRICS))
