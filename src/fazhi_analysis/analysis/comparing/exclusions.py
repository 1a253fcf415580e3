"""Every row that a comparison leaves out, with the reason: nothing disappears without being counted."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from fazhi_analysis.analysis.comparing.changes import row_ids
from fazhi_analysis.analysis.comparing.comparability import Comparability
from fazhi_analysis.analysis.comparing.reasons import REASONS
from fazhi_analysis.analysis.comparing.verdicts import REASON, VERDICT, one_sided
from fazhi_analysis.analysis.comparing.year_over_year import Comparison, comparisons
from fazhi_analysis.analysis.comparing.year_pairs import Pairs
from fazhi_analysis.analysis.comparing.year_values import LEFT_OUT, YearValues
from fazhi_analysis.analysis.integer_codes import Ints, category

if TYPE_CHECKING:
    import pandas as pd

COLUMNS: tuple[str, ...] = (
    "row_id", "region_code", "region", "year", "indicator_id", "label", "scope", "unit", "value", "lower", "upper",
    "reason", "baseline_year", "compared_year",
)  # fmt: skip
"""Columns of the table of excluded rows, in order."""


def exclusions(
    metrics: pd.DataFrame,
    region: str | Iterable[str] | None = None,
    year: int | None = None,
    baseline: int | None = None,
    *,
    reports: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Every row of the years in question that :func:`year_over_year` does not compare.

    Parameters as for :func:`year_over_year`. One row a left-out row (and pair of years, where the reason lies in the
    pair); ``reason`` is a code of ``reasons.REASONS``. ``baseline_year`` and ``compared_year`` name the pair and are
    missing where the row would stay out of any. Compared, new and dropped figures, and these rows, together are all
    rows of the years in question.

    >>> import pandas as pd
    >>> metrics = pd.DataFrame({
    ...     "row_id": ["a", "b", "c"], "region": "砚桥县", "year": [2023, 2024, 2024], "indicator_id": "penalty_cases",
    ...     "unit": "件", "kind": "count", "value": [1.0, 2, 3], "lower": [1.0, 2, 3], "upper": [1.0, 2, 3],
    ...     "role": ["result", "result", "plan"]})
    >>> exclusions(metrics)[["row_id", "reason"]].values.tolist()
    [['c', 'plan']]
    """
    import pandas as pd

    asked = comparisons(metrics, region=region, year=year, baseline=baseline)
    tables = [_table(item, reports) for item in asked]
    if len(tables) == 1:
        return tables[0]
    # Several comparisons share their baseline: what stays out of all of them is listed once.
    together = pd.concat(tables, ignore_index=True)
    return together.drop_duplicates(["row_id", "reason", "baseline_year", "compared_year"], ignore_index=True)


def _table(asked: Comparison, reports: pd.DataFrame | None) -> pd.DataFrame:
    import pandas as pd

    rows, reason, base_year, year = _left_out(asked, reports)
    data = asked.values.figures
    place = np.argsort(rows, kind="stable")
    rows, reason, base_year, year = rows[place], reason[place], base_year[place], year[place]
    return pd.DataFrame(
        {
            "row_id": row_ids(data.frame, data.rows, rows),
            "reason": category(reason, REASONS),
            "baseline_year": _years(base_year),
            "compared_year": _years(year),
            **data.columns(rows, "region_code", "region", "year", "indicator_id", "label", "scope", "unit"),
            **data.columns(rows, "value", "lower", "upper"),
        },
        columns=list(COLUMNS),
    )


def _years(years: Ints) -> pd.Series[int]:
    import pandas as pd

    return pd.Series(pd.array(years, dtype="Int64")).mask(years == 0)


def pair_reasons(values: YearValues, pairs: Pairs, reports: pd.DataFrame | None) -> npt.NDArray[np.int8]:
    """Why each pair is not comparable, as a reason code; 0 for compared, new and dropped figures."""
    reason = np.zeros(len(pairs), dtype=np.int8)
    verdict = np.zeros(len(pairs), dtype=np.int8)
    one_sided(values, pairs, verdict, reason)
    reason[verdict != VERDICT["not_comparable"]] = 0
    whole = np.flatnonzero((pairs.base >= 0) & (pairs.later >= 0))
    reason[whole] = Comparability(values, reports).forbidden(pairs.base[whole], pairs.later[whole])
    return reason


def _left_out(asked: Comparison, reports: pd.DataFrame | None) -> tuple[Ints, npt.NDArray[np.int8], Ints, Ints]:
    """Rows, reasons and years of the pair (0 for none), in parts that follow each other."""
    values, pairs = asked.values, asked.pairs
    codes = np.array([REASON[name] for name in LEFT_OUT], dtype=np.int8)
    before = np.flatnonzero((values.left_out > 0) & asked.in_view)
    nothing = np.zeros(len(before), dtype=np.int64)
    parts = [(before, codes[values.left_out[before]], nothing, nothing)]

    members = np.flatnonzero((values.group >= 0) & (values.left_out == 0) & asked.in_view)
    reason = pair_reasons(values, pairs, reports)
    banned = np.flatnonzero(reason > 0)
    paired = np.zeros(len(values.first), dtype=bool)
    for side in (pairs.base, pairs.later):
        there = banned[side[banned] >= 0]
        paired[side[side >= 0]] = True
        pair_of = np.full(len(values.first), -1, dtype=np.int64)
        pair_of[side[there]] = there
        rows = members[pair_of[values.group[members]] >= 0]
        pair = pair_of[values.group[rows]]
        parts.append((rows, reason[pair], pairs.base_year[pair], pairs.year[pair]))
    alone = members[~paired[values.group[members]]]
    none = np.zeros(len(alone), dtype=np.int64)
    parts.append((alone, np.full(len(alone), REASON["no_other_year"], dtype=np.int8), none, none))
    rows, reasons, base_years, years = (np.concatenate(column) for column in zip(*parts, strict=True))
    return rows, reasons, base_years, years
