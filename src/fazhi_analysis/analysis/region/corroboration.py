"""What the report of a place says of those below it, and they of it, against what each says of itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from fazhi_analysis.catalogue.place_lookup import own_name

if TYPE_CHECKING:
    import pandas as pd

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Corroboration:
    """A figure that one body's report states about another body, and that body's own: ``agrees`` or ``contradicts``."""

    member: str
    verdict: Literal["agrees", "contradicts"]
    indicator_id: str
    stated_row: str
    stated: float
    own_row: str
    own: float


def corroborate(parent: str, own_names: Mapping[str, str], metrics: pd.DataFrame, year: int) -> list[Corroboration]:
    """Every figure of the parent's report about a member, and of a member's about the parent, beside the body's own.

    ``own_names`` are the members' own names (白榆旗) by their full names. A clause that names the body is read once
    more without its name; figures are compared that count the same indicator for the year and whole body.
    """
    now = metrics[(metrics["year"] == year) & (metrics["role"].astype(str) == "result")]
    mine = now[now["region"].astype(str) == parent]
    found: list[Corroboration] = []
    for full, name in own_names.items() if len(mine) else ():
        clauses = mine[mine["quote"].str.contains(name, regex=False)]
        if len(clauses):
            found += _compared(full, name, clauses, now[now["region"].astype(str) == full], year)
    top = own_name(parent)
    others = now[now["region"].isin(list(own_names)) & now["quote"].str.contains(top, regex=False)]
    for full, rows in others.groupby(others["region"].astype(str)):
        found += [
            Corroboration(str(full), one.verdict, one.indicator_id, one.stated_row, one.stated, one.own_row, one.own)
            for one in _compared(parent, top, rows, mine, year)
        ]
    return found


def _compared(full: str, name: str, clauses: pd.DataFrame, own: pd.DataFrame, year: int) -> Iterator[Corroboration]:
    rows = _records(own)
    for clause in _records(clauses):
        indicator = _indicator(clause, name, year)
        partners = (
            [row for row in rows if row["indicator_id"] == indicator and _is_whole(row, year)] if indicator else []
        )
        if len(partners) == 1:
            row = partners[0]
            meets = clause["lower"] <= row["upper"] and row["lower"] <= clause["upper"]
            verdict: Literal["agrees", "contradicts"] = "agrees" if meets else "contradicts"
            values = (clause["row_id"], float(clause["value"]), row["row_id"], float(row["value"]))
            yield Corroboration(full, verdict, indicator, *values)


def _records(table: pd.DataFrame) -> list[dict[str, Any]]:
    return [{str(name): value for name, value in row.items()} for row in table.to_dict("records")]


def _is_whole(row: Row, year: int) -> bool:
    return not row["scope"] and not row["subject"] and str(row["period"] or year) == str(year)


def _indicator(row: Row, name: str, year: int) -> str:
    """What a figure counts once the body's name is left out of its clause; empty where that is not clear."""
    from fazhi_analysis.extracting import extract
    from fazhi_analysis.reading import read_text

    clause = str(row["quote"]).replace(name, "")
    figures: Sequence[Any] = extract(read_text(f"一、情况\n全年{clause}。\n", name=f"{year}.txt")).metrics
    same = [one for one in figures if one.value == row["value"] and one.indicator_id and not one.subject]
    return same[0].indicator_id if len(same) == 1 else ""
