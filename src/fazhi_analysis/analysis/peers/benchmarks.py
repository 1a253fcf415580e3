"""National figures to compare a place's rate with, each with its source and what is known to contradict it.

The table is ``data/national_benchmarks.csv``. Where two official series exist for one year, both stand there and
neither is chosen.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

_TABLE = Path(__file__).resolve().parents[1] / "data" / "national_benchmarks.csv"


def load_benchmarks(indicators: list[str] | None = None, year: int | None = None) -> pd.DataFrame:
    """National figures: indicator_id, year, series, value, lower, upper, unit, publisher, source and known conflicts.

    ``counts_zh`` and ``counts_en`` say what exactly a figure counts. ``stated_change`` is the change that the source
    states, in percent, NaN for none; ``stated_base`` the year and series that it starts from (``2023/B``), empty where
    no such figure is known: then the conflict says so.

    ``series`` distinguishes official series of one year; ``conflict_zh`` and ``conflict_en`` say what contradicts a
    figure, empty where nothing is known; ``verified`` is ``mirror`` where only a copy of the source was read.

    >>> load_benchmarks(["reconsideration_applications"], 2023)[["series", "value"]].values.tolist()
    [['A', 315000.0], ['B', 385000.0]]
    """
    table = _all()
    if indicators is not None:
        table = table[table["indicator_id"].isin(indicators)]
    if year is not None:
        table = table[table["year"] == year]
    return table.reset_index(drop=True)


@cache
def _all() -> pd.DataFrame:
    import pandas as pd

    table = pd.read_csv(_TABLE, dtype="str", keep_default_na=False)
    for name in ("value", "lower", "upper", "stated_change"):
        table[name] = pd.to_numeric(table[name], errors="raise").astype(float)
    table["year"] = table["year"].astype("int64")
    return table
