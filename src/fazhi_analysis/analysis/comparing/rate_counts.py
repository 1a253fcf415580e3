"""The counts behind a rate: numerator and denominator of the same place, scope and year, by the catalogue."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from fazhi_analysis.analysis.comparing.rate_chance import counts_behind, printed_decimals
from fazhi_analysis.analysis.integer_codes import Bools, Codes, encode
from fazhi_analysis.catalogue import load_catalogue

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Bases:
    """Cases and base of each rate, -1 where not known. They always give the printed rate.

    A base without cases is one that the report states, of which several whole numbers give the printed rate.
    """

    cases: npt.NDArray[np.int64]
    base: npt.NDArray[np.int64]

    @property
    def known(self) -> Bools:
        """Where both are known."""
        return np.asarray((self.cases >= 0) & (self.base > 0))


def bases_of(
    changes: pd.DataFrame, place: Codes, known: pd.DataFrame, year: str, value: str, lower: str, upper: str
) -> Bases:
    """The counts behind the rates of one side of a table of changes.

    ``known`` is a table as ``levels`` makes it; ``year``, ``value``, ``lower`` and ``upper`` name the columns of the
    side. Only exact counts are used, and only where they give the rate as printed. Where just the base is known, the
    cases follow if a single whole number gives the printed rate.
    """
    indicator = encode(changes["indicator_id"])
    rates = {item.id: item for item in load_catalogue() if item.kind == "rate"}

    def parts(which: str) -> list[str]:
        return [getattr(rates[text], which) if text in rates else "" for text in indicator.texts]

    counts = _exact_counts(known)
    years = changes[year].to_numpy(dtype=np.int64)
    scope = encode(changes["scope"])
    cases = _sum_of(parts("numerator"), indicator, place, scope, years, counts)
    base = _sum_of(parts("denominator"), indicator, place, scope, years, counts)
    printed = changes[value].to_numpy(dtype=float)
    decimals = printed_decimals(printed, changes[lower].to_numpy(), changes[upper].to_numpy())
    first, last = counts_behind(printed, decimals, np.where(base > 0, base, 0))
    fits = (cases >= first) & (cases <= last) & (first >= 0)
    stated = (cases < 0) & (base > 0) & (first >= 0)
    found = np.where(fits, cases, np.where(stated & (first == last), first, -1))
    return Bases(found, np.where(stated | (found >= 0), base, -1))


@dataclass(frozen=True)
class Confirmed:
    """Counts that the audit tied to rates: by the id of the rate's row, cases, base and the scope of the base."""

    table: pd.DataFrame

    def of(self, rows: pd.Series[str], known: Bases) -> tuple[Bases, npt.NDArray[np.object_]]:
        """The counts behind the rates of some rows, those that are known already first; and the scope of each base."""
        found = self.table.reindex(rows.astype("str"))
        cases = found["cases"].fillna(-1).to_numpy().astype(np.int64)
        base = found["base"].fillna(-1).to_numpy().astype(np.int64)
        merged = Bases(np.where(known.known, known.cases, cases), np.where(known.known | (base < 0), known.base, base))
        return merged, found["scope"].fillna("").to_numpy(dtype=object)


def confirmed_counts(metrics: pd.DataFrame, ratios: dict[str, tuple[str, str]]) -> Confirmed:
    """The exact counts behind rates, from the ids of rate, cases and base (as ``doubts.confirmed_ratios`` gives them).

    >>> import pandas as pd
    >>> metrics = pd.DataFrame({"row_id": ["a", "b"], "scope": "", "value": [3.0, 36], "lower": [3.0, 36],
    ...     "upper": [3.0, 36]})
    >>> confirmed_counts(metrics, {"rate": ("a", "b")}).table.loc["rate", ["cases", "base"]].tolist()
    [3.0, 36.0]
    """
    import pandas as pd

    named = pd.DataFrame(
        [(rate, cases, base) for rate, (cases, base) in ratios.items()], columns=["rate", "cases", "base"], dtype="str"
    )
    if "row_id" not in metrics.columns or not len(named):
        empty = {"cases": "float64", "base": "float64", "scope": "str"}
        return Confirmed(pd.DataFrame(columns=list(empty), index=pd.Index([], dtype="str")).astype(empty))
    rows = metrics[(metrics["lower"] == metrics["upper"]) & metrics["row_id"].isin([*named["cases"], *named["base"]])]
    rows = rows.drop_duplicates("row_id").set_index(rows["row_id"].drop_duplicates().astype("str"))
    values, scopes = rows["value"], rows["scope"].astype("str")
    table = pd.DataFrame(
        {
            "cases": values.reindex(named["cases"]).to_numpy(),
            "base": values.reindex(named["base"]).to_numpy(),
            "scope": scopes.reindex(named["base"]).to_numpy(),
        },
        index=pd.Index(named["rate"]),
    )
    return Confirmed(table.dropna())


def _exact_counts(known: pd.DataFrame) -> pd.Series[float]:
    """Exact whole-year counts by place, indicator, scope and year; none where two of them (in 件 and in 次) differ."""
    usable = (
        (known["lower"] == known["upper"])
        & ~known["conflict"]
        & (known["kind"] == "count")
        & (known["period"] == "Y")
        & (known["indicator_id"] != "")
    )
    rows = known[usable]
    keys = [rows[name].astype("str") for name in ("place", "indicator_id", "scope")]
    counts = rows.set_index([*keys, rows["year"]])["value"]
    equal = counts.groupby(level=list(range(counts.index.nlevels))).nunique() == 1
    return counts[~counts.index.duplicated()].loc[equal.index[equal]] if counts.index.has_duplicates else counts


def _sum_of(
    parts: list[str],
    indicator: Codes,
    place: Codes,
    scope: Codes,
    years: npt.NDArray[np.int64],
    counts: pd.Series[float],
) -> npt.NDArray[np.int64]:
    """Sum of the counts that each indicator's part names (``a+b``), -1 where one of them is not there."""
    import pandas as pd

    longest = max((len(part.split("+")) for part in parts), default=1)
    total = np.zeros(len(years))
    named = np.array([bool(part) for part in parts])[indicator.codes]
    for turn in range(longest):
        ids = [part.split("+")[turn] if part.count("+") >= turn else "" for part in parts]
        wanted = np.array(ids, dtype=object)[indicator.codes]
        keys = pd.MultiIndex.from_arrays(
            [place.per_row(str, object), wanted, scope.per_row(str, object), years],
        )
        found = counts.reindex(keys).to_numpy(dtype=float)
        total += np.where(wanted == "", 0, found)
    usable = named & np.isfinite(total)
    return np.where(usable, np.where(usable, total, 0), -1).astype(np.int64)
