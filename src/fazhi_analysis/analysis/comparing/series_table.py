"""One figure a series and year, as a table: what trend, peers, claims and significance build on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from fazhi_analysis.analysis.comparing.changes import row_ids
from fazhi_analysis.analysis.comparing.series import figures
from fazhi_analysis.analysis.comparing.year_values import YearValues, year_values

if TYPE_CHECKING:
    import pandas as pd

COLUMNS: tuple[str, ...] = (
    "place", "region_code", "region", "indicator_id", "label", "scope", "year", "value", "lower", "upper",
    "qualifier", "unit", "unit_group", "kind", "period", "stock", "publisher", "conflict", "report_id", "row",
)  # fmt: skip


def levels(
    metrics: pd.DataFrame, places: Sequence[str] | None = None, years: Sequence[int] | None = None
) -> pd.DataFrame:
    """The figures that stand for each series and year, in order of place, indicator, scope and year.

    ``place`` is the place under the code of its last heir; ``period`` is seen from the row's year (``Y``: full year);
    ``conflict`` marks years that give several different values. Results only, each counted once.

    >>> import pandas as pd
    >>> metrics = pd.DataFrame({"region": "砚桥县", "year": [2024, 2023], "indicator_id": "penalty_cases", "unit": "件",
    ...                         "kind": "count", "value": [3.0, 2], "lower": [3.0, 2], "upper": [3.0, 2]})
    >>> levels(metrics)[["year", "value", "period"]].values.tolist()
    [[2023, 2.0, 'Y'], [2024, 3.0, 'Y']]
    """
    return levels_of(year_values(figures(metrics, places, years)))


def levels_of(values: YearValues) -> pd.DataFrame:
    """The table of :func:`levels` from year values that are known already."""
    import pandas as pd

    data, rows = values.figures, values.first
    own = {"conflict": values.conflict, "row": row_ids(data.frame, data.rows, rows)}
    table = own | data.columns(rows, *(name for name in COLUMNS if name not in own))
    return pd.DataFrame({name: table[name] for name in COLUMNS}, index=np.arange(len(rows)))
