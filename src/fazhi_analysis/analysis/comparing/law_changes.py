"""Changes of law after which an indicator counts something else: marked in trends, remarked on in comparisons.

The table is ``data/law_changes.csv``; ``verified`` says whether a person has checked the entry against the law's text.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from fazhi_analysis.analysis.codes import Bools, Codes, Ints

_TABLE = Path(__file__).resolve().parents[1] / "data" / "law_changes.csv"


@dataclass(frozen=True, slots=True)
class LawChange:
    """From ``year`` on, indicators whose id begins with ``id_prefix`` follow another rule."""

    id_prefix: str
    year: int
    name_zh: str
    name_en: str
    note_zh: str
    note_en: str
    verified: bool


@cache
def load_law_changes() -> tuple[LawChange, ...]:
    """Every known change, in file order.

    >>> [change.year for change in load_law_changes() if change.id_prefix == "reconsideration_"]
    [2024]
    """
    with _TABLE.open(encoding="utf-8", newline="") as file:
        return tuple(
            LawChange(
                row["id_prefix"],
                int(row["year"]),
                row["name_zh"],
                row["name_en"],
                row["note_zh"],
                row["note_en"],
                row["verified"] == "yes",
            )
            for row in csv.DictReader(file)
        )


def law_changed(indicator: Codes, rows: Ints, base_year: Ints, year: Ints) -> Bools:
    """Whether the law changed for each row's indicator after the base year and up to the later year.

    >>> column = Codes(np.array([1, 1]), ["", "reconsideration_accepted"])
    >>> law_changed(column, np.array([0, 1]), np.array([2022, 2023]), np.array([2023, 2024])).tolist()
    [False, True]
    """
    changed = np.zeros(len(rows), dtype=bool)
    for change in load_law_changes():
        concerned = np.array([text.startswith(change.id_prefix) for text in indicator.texts], dtype=bool)
        if concerned.any():
            changed |= concerned[indicator.codes[rows]] & (base_year < change.year) & (year >= change.year)
    return changed
