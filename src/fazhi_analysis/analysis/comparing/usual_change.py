"""How much a series usually moves in a year: the yardstick for calling a change of a count large."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from fazhi_analysis.analysis.comparing.comparability import Comparability
from fazhi_analysis.analysis.comparing.year_values import YearValues
from fazhi_analysis.analysis.integer_codes import Codes, category, encode
from fazhi_analysis.catalogue import unit_group

if TYPE_CHECKING:
    import pandas as pd

_KEYS = ["place", "item", "scope", "measure"]


def usual_changes(
    changes: pd.DataFrame, place: Codes, values: YearValues, reports: pd.DataFrame | None = None
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.int64]]:
    """Median absolute yearly change of each row's series, the row's own step left out, and how many steps it rests on.

    ``values`` are the figures of the places of ``changes``, ``reports`` as for ``year_over_year``. A step leads from
    one year of the series to the next that it has, and counts per year. Steps that ``year_over_year`` would not
    compare (another unit, period or source, a partial year, a split place) do not count, nor do those over a change of
    law or to a year that contradicts itself. NaN and 0 where the series has no other step (fewer than three years).
    """
    import pandas as pd

    asked = pd.DataFrame(
        {
            "place": category(place.codes, place.texts).astype("str"),
            "item": _item(changes["indicator_id"], changes["label"]),
            "scope": encode(changes["scope"]).per_row(str, object),
            "measure": encode(changes["unit"]).per_row(unit_group, object),
            "row": np.arange(len(changes)),
            "own_from": changes["baseline_year"].to_numpy(),
            "own_to": changes["year"].to_numpy(),
        }
    ).astype({"scope": "str", "measure": "str"})
    joined = asked.merge(_steps(values, reports), on=_KEYS)
    # A step inside the compared span is part of the change itself.
    other = joined[(joined["to_year"] <= joined["own_from"]) | (joined["from_year"] >= joined["own_to"])]
    found = other.groupby("row")["step"].agg(["median", "size"])
    usual = np.full(len(changes), np.nan)
    history = np.zeros(len(changes), dtype=np.int64)
    rows = found.index.to_numpy()
    usual[rows] = found["median"].to_numpy()
    history[rows] = found["size"].to_numpy()
    return usual, history


def _steps(values: YearValues, reports: pd.DataFrame | None) -> pd.DataFrame:
    """Every step of every series that joins two comparable figures: its keys, both years, its size per year."""
    import pandas as pd

    data = values.figures
    sound = np.flatnonzero(~values.conflict)
    base, later = sound[:-1], sound[1:]
    same = values.series[base] == values.series[later]
    base, later = base[same], later[same]
    one, two = values.first[base], values.first[later]
    if len(base):
        checks = Comparability(values, reports)
        kept = (checks.forbidden(base, later) == 0) & ~checks.crossed(one, two)
        one, two = one[kept], two[kept]
    apart = np.maximum(data.year[two] - data.year[one], 1)
    return pd.DataFrame(
        {
            "place": data.place.categorical(two),
            "item": _item(pd.Series(data.indicator.categorical(two)), pd.Series(data.label.categorical(two))),
            "scope": data.scope.categorical(two),
            "measure": data.unit_group.categorical(two),
            "from_year": data.year[one],
            "to_year": data.year[two],
            "step": np.abs(data.value[two] - data.value[one]) / apart,
        }
    ).astype(dict.fromkeys(_KEYS, "str"))


def _item(indicator: pd.Series[str], label: pd.Series[str]) -> pd.Series[str]:
    """Catalogue id, or the label where there is none (a colon keeps the two apart)."""
    ids = indicator.astype("str")
    return ids.where(ids != "", ":" + label.astype("str"))
