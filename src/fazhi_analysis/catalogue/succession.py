"""What became of codes: a county that became a district (撤县设区), was renamed or got another code stays one place.

Where places were merged or split, figures from before and after are not those of one place.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from fazhi_analysis.catalogue._strict_csv import DATA, read_rows
from fazhi_analysis.catalogue.division import TERRITORY_CHANGES, DivisionChange

EARLIEST, LATEST = 1, 9999
"""Years before and after all others."""


@dataclass(frozen=True, slots=True)
class Succession:
    """``heirs`` leads from an old code to the one that carries on the same territory, ``breaks`` gives, for a code, the
    spans of years (first, last) in which its territory changed."""

    heirs: Mapping[str, str]
    breaks: Mapping[str, tuple[tuple[int, int], ...]]

    def series_code(self, code: str) -> str:
        """The code under which a place's whole series is kept: that of its last heir.

        >>> Succession({"110229": "110119"}, {}).series_code("110229")
        '110119'
        """
        seen = {code}
        while (code := self.heirs.get(code, code)) not in seen:
            seen.add(code)
        return code

    def series_codes(self, code: str) -> list[str]:
        """Every code that the series of a place's figures is spread over: its own, its forerunners' and its heirs'.

        >>> succession().series_codes("110119")
        ['110119', '110229']
        """
        heir = self.series_code(code)
        return sorted({code, heir, *(old for old in self.heirs if self.series_code(old) == heir)})


@cache
def load_changes() -> tuple[DivisionChange, ...]:
    """The table of what became of divisions."""
    columns = ["old_code", "old_name", "new_code", "new_name", "kind", "month", "basis"]
    return tuple(DivisionChange(**row) for _, row in read_rows(DATA / "division_changes.csv", columns))


@cache
def succession() -> Succession:
    """The succession of codes in the table of divisions.

    >>> succession().series_code("110229")
    '110119'
    >>> succession().breaks["110102"]  # 宣武区 came to 西城区
    ((2010, 2010),)
    """
    heirs: dict[str, str] = {}
    spans: dict[str, set[tuple[int, int]]] = {}
    for change in load_changes():
        if change.carries_on:
            heirs[change.old_code] = change.new_code
        elif change.kind in TERRITORY_CHANGES:
            when = _span(change)
            spans.setdefault(change.old_code, set()).add(when)
            spans.setdefault(change.new_code, set()).add(when)
    found = Succession(heirs, {})
    breaks: dict[str, set[tuple[int, int]]] = {}
    for code, dates in spans.items():
        breaks.setdefault(found.series_code(code), set()).update(dates)
    return Succession(heirs, {code: tuple(sorted(dates)) for code, dates in breaks.items()})


def _span(change: DivisionChange) -> tuple[int, int]:
    """First and last year in which a change can have happened: its month, or when the old code was last in force."""
    if change.month:
        return int(change.month[:4]), int(change.month[:4])
    end = _last_days().get(change.old_code)
    return (EARLIEST, LATEST) if end is None else (int(end[:4]) - 4, int(end[:4]))


@cache
def _last_days() -> dict[str, str]:
    """The last day on which each code that has ended was in force."""
    ends: dict[str, str] = {}
    for _, row in read_rows(DATA / "divisions.csv", ["code", "name", "valid_from", "valid_to"]):
        if row["valid_to"]:
            ends[row["code"]] = max(row["valid_to"], ends.get(row["code"], ""))
    return ends
