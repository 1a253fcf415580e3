"""One matter through the years: entries that say the same, joined from report to report."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final, Literal

State = Literal["first", "near_verbatim", "reworded", "again", "kept", "contradicted", "dropped", "cannot_tell"]

STATES: Final[tuple[State, ...]] = (
    "first",
    "near_verbatim",
    "reworded",
    "again",
    "kept",
    "contradicted",
    "dropped",
    "cannot_tell",
)
"""How a matter stands in the report of a year; the wording is in ``messages/verdicts/follow_up.yaml``."""

_ENDS: Final[dict[str, State]] = {"kept": "kept", "contradicted": "contradicted", "dropped": "dropped"}


@dataclass(frozen=True)
class Thread:
    """A matter: its entries (row ids) by year, and how it stands in every year that has entries of its kind."""

    kind: str
    entries: Mapping[int, tuple[str, ...]]
    states: Mapping[int, State]

    @property
    def first(self) -> int:
        """The year in which it is first named."""
        return min(self.entries)

    @property
    def last(self) -> int:
        """The last year in which it is named."""
        return max(self.entries)

    @property
    def age(self) -> int:
        """Years from the first to the last, both counted."""
        return self.last - self.first + 1


def threads(rows: Iterable[Mapping[str, Any]], statements: Iterable[Mapping[str, Any]], kind: str) -> list[Thread]:
    """Matters of a kind of one place, the longest first, then the latest.

    ``rows`` are rows of ``follow_up`` for all years of the place, ``statements`` its statements. Entries are joined
    where one is repeated in the next report that has entries of the kind.

    >>> entries = [{"row_id": name, "year": year, "kind": "problem"} for name, year in (("a", 2021), ("b", 2022))]
    >>> again = {"kind": "problem", "part": 0, "row_id": "a", "year": 2021, "later_year": 2022, "verdict": "repeated",
    ...          "wording": "reworded", "later_row": "b"}
    >>> [(one.first, one.age, dict(one.states)) for one in threads([again], entries, "problem")]
    [(2021, 2, {2021: 'first', 2022: 'reworded'})]
    """
    own = {str(row["row_id"]): int(row["year"]) for row in statements if row["kind"] == kind}
    years = sorted(set(own.values()))
    following = dict(pairwise(years))
    steps = {
        str(row["row_id"]): row
        for row in rows
        if row["kind"] == kind and row["part"] == 0 and following.get(int(row["year"])) == int(row["later_year"])
    }
    group = {name: name for name in own}

    def root(name: str) -> str:
        while group[name] != name:
            name = group[name]
        return name

    for name, row in steps.items():
        if row["verdict"] == "repeated" and str(row["later_row"]) in own:
            group[root(str(row["later_row"]))] = root(name)
    members: dict[str, list[str]] = {}
    for name in own:
        members.setdefault(root(name), []).append(name)
    found = [_thread(kind, names, own, years, steps) for names in members.values()]
    return sorted(found, key=lambda one: (-one.age, -one.last, one.entries[one.last]))


def _thread(
    kind: str, names: list[str], own: Mapping[str, int], years: list[int], steps: Mapping[str, Mapping[str, Any]]
) -> Thread:
    entries: dict[int, tuple[str, ...]] = {}
    for name in names:
        entries[own[name]] = (*entries.get(own[name], ()), name)
    states: dict[int, State] = {}
    for year in years:
        if year in entries:
            states[year] = "first" if year == min(entries) else _how(entries[year], steps)
        elif year - 1 >= min(entries) and (last := max((one for one in entries if one < year), default=None)):
            ends = [steps[name] for name in entries[last] if name in steps and int(steps[name]["later_year"]) == year]
            if ends:
                verdicts = {str(row["verdict"]) for row in ends}
                states[year] = _ENDS.get(verdicts.pop(), "cannot_tell") if len(verdicts) == 1 else "cannot_tell"
    return Thread(kind, dict(sorted(entries.items())), states)


def _how(names: tuple[str, ...], steps: Mapping[str, Mapping[str, Any]]) -> State:
    """How entries repeat those before them: the nearest wording counts."""
    ways = {str(row["wording"]) for row in steps.values() if row["verdict"] == "repeated" and row["later_row"] in names}
    if "near_verbatim" in ways:
        return "near_verbatim"
    return "reworded" if "reworded" in ways else "again"
