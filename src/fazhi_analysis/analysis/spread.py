"""How much a series usually moves in a year: the yardstick for calling a change of a count large."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from fazhi_analysis.analysis.codes import Codes, category, encode

if TYPE_CHECKING:
    import pandas as pd

_KEYS = ["place", "item", "scope"]


def usual_changes(
    changes: pd.DataFrame, place: Codes, known: pd.DataFrame
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.int64]]:
    """Median absolute yearly change of each row's series, the row's own step left out, and how many steps it rests on.

    ``known`` is a table as ``levels`` makes it. A step leads from one year of the series to the next that it has, and
    counts per year; steps between figures of other units or periods, or over conflicting years, do not count. NaN and
    0 where the series has no other step (fewer than three years).
    """
    import pandas as pd

    usable = known[~known["conflict"]]
    table = pd.DataFrame(
        {
            "place": usable["place"].astype("str"),
            "item": _item(usable["indicator_id"], usable["label"]),
            "scope": usable["scope"].astype("str"),
            "year": usable["year"],
            "value": usable["value"],
            "measure": usable["unit_group"].astype("str") + "|" + usable["period"].astype("str"),
        }
    ).sort_values([*_KEYS, "year"], kind="stable")
    before = table.groupby(_KEYS, sort=False)[["year", "value", "measure"]].shift()
    table["from_year"] = before["year"]
    table["step"] = (table["value"] - before["value"]).abs() / (table["year"] - before["year"])
    steps = table[before["year"].notna() & (before["measure"] == table["measure"])]
    asked = pd.DataFrame(
        {
            "place": category(place.codes, place.texts).astype("str"),
            "item": _item(changes["indicator_id"], changes["label"]),
            "scope": encode(changes["scope"]).per_row(str, object),
            "row": np.arange(len(changes)),
            "own_from": changes["baseline_year"].to_numpy(),
            "own_to": changes["year"].to_numpy(),
        }
    ).astype({"scope": "str"})
    joined = asked.merge(steps[[*_KEYS, "from_year", "year", "step"]], on=_KEYS)
    # A step inside the compared span is part of the change itself.
    other = joined[(joined["year"] <= joined["own_from"]) | (joined["from_year"] >= joined["own_to"])]
    found = other.groupby("row")["step"].agg(["median", "size"])
    usual = np.full(len(changes), np.nan)
    history = np.zeros(len(changes), dtype=np.int64)
    rows = found.index.to_numpy()
    usual[rows] = found["median"].to_numpy()
    history[rows] = found["size"].to_numpy()
    return usual, history


def _item(indicator: pd.Series[str], label: pd.Series[str]) -> pd.Series[str]:
    """Catalogue id, or the label where there is none (a colon keeps the two apart)."""
    ids = indicator.astype("str")
    return ids.where(ids != "", ":" + label.astype("str"))
