"""One row of the table of divisions, and what became of it."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

Level = Literal["province", "prefecture", "county"]
On = datetime.date | int | None

TERRITORY_CHANGES = ("合并", "划转", "拆分", "分设", "析置")
"""Kinds of change after which a code no longer stands for the same territory; all others keep it."""


@dataclass(frozen=True, slots=True)
class DivisionChange:
    """What became of a place: ``kind`` as 撤县设区 or 改名, ``month`` (YYYY-MM) where known, and the two ends.

    ``basis`` is ``tables`` when two successive code tables show it, ``hand`` when a person wrote it down.
    """

    old_code: str
    old_name: str
    new_code: str
    new_name: str
    kind: str
    month: str
    basis: str

    @property
    def carries_on(self) -> bool:
        """Whether the new code stands for the same territory under another code."""
        return self.old_code != self.new_code and self.kind not in TERRITORY_CHANGES


@dataclass(frozen=True, slots=True)
class Division:
    """A code with a name, and the dates between which it may have been in force (ISO; empty: open).

    ``full_name`` is the name in tables (河南省方城县, 广东省深圳市光明区), ``long_name`` always has the prefecture;
    ``names`` are the own name and every way to write it after places above. ``parent`` is the code above, or empty.
    """

    code: str
    name: str
    full_name: str
    long_name: str
    short_names: tuple[str, ...]
    level: Level
    valid_from: str = ""
    valid_to: str = ""
    parent: str = ""
    changes: tuple[DivisionChange, ...] = ()
    names: tuple[str, ...] = field(default=(), repr=False)

    def valid_on(self, on: On) -> bool:
        """Whether it may have been in force on a day, or at any time in a year; always true for None."""
        if on is None:
            return True
        if isinstance(on, datetime.date):
            first = last = on.isoformat()[:10]
        else:
            first, last = f"{on:04d}-01-01", f"{on:04d}-12-31"
        return self.valid_from <= last and (not self.valid_to or first <= self.valid_to)

    def rank_of(self, name: str) -> int:
        """How sure a name means it: 0 its name or code, 1 a short name with its kind (恩施州), 2 one without (恩施)."""
        if name not in self.short_names:
            return 0
        return 1 if name[-1] == self.name[-1] else 2


def meant(rows: Iterable[Division], name: str, on: On) -> list[Division]:
    """Of rows that share a name, those that it means at a time: own names before short ones, one row a code.

    Without a time those in force now count before former ones. Empty when none was in force then.
    """
    found = list(rows)
    for rank in range(3):
        kept = [row for row in found if row.rank_of(name) == rank and row.valid_on(on)]
        if on is None and any(not row.valid_to for row in kept):
            kept = [row for row in kept if not row.valid_to]
        if kept:
            return _one_a_place(kept)
    return []


def _one_a_place(rows: list[Division]) -> list[Division]:
    """The latest row of each code, without those that another one here carries on under a new code."""
    latest = {row.code: row for row in sorted(rows, key=lambda row: row.valid_from)}
    carried = {
        change.old_code
        for row in latest.values()
        for change in row.changes
        if change.carries_on and change.new_code == row.code
    }
    return [latest[code] for code in sorted(latest) if code not in carried]
