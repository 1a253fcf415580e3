"""How a place stands beside others: same indicator, same year, same scope; ranks as intervals; no composite index."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypedDict, Unpack

import numpy as np
import numpy.typing as npt

from fazhi_analysis.analysis.comparing.changes import direction_codes, row_ids
from fazhi_analysis.analysis.comparing.comparability import partial_rows
from fazhi_analysis.analysis.comparing.periods import FULL_YEAR
from fazhi_analysis.analysis.comparing.reasons import REASONS
from fazhi_analysis.analysis.comparing.series import Figures, figures
from fazhi_analysis.analysis.comparing.verdicts import DIRECTIONS, REASON
from fazhi_analysis.analysis.comparing.year_values import YearValues, of_indicators, year_values
from fazhi_analysis.analysis.doubts import DOUBTS, doubt_codes, doubted_rows
from fazhi_analysis.analysis.integer_codes import Bools, Ints, category
from fazhi_analysis.analysis.peers.benchmarks import load_benchmarks
from fazhi_analysis.analysis.peers.groups import LEVELS, level_number, ranking_groups, scope_family
from fazhi_analysis.analysis.peers.ranks import rank_intervals
from fazhi_analysis.analysis.series_places import check_year, resolve
from fazhi_analysis.catalogue.choices import year_asked
from fazhi_analysis.errors import UnknownNameError, UsageError

if TYPE_CHECKING:
    import pandas as pd

    from fazhi_analysis.model import Finding

COLUMNS: tuple[str, ...] = (
    "region_code", "region", "level", "indicator_id", "label", "scope", "unit", "kind", "direction", "year", "value",
    "lower", "upper", "qualifier", "denominator", "compared_value", "compared_lower", "compared_upper", "rank_low",
    "rank_high", "ranked", "best_first", "reason", "benchmark_lower", "benchmark_upper", "benchmark_position",
    "group", "row", "wording", "doubt",
)  # fmt: skip
"""Columns of the table, in order."""

POSITIONS = ("", "above", "below", "overlapping")

Denominators = Mapping[str, float | tuple[float, float]]


class CompareOptions(TypedDict, total=False):
    """Further options of :func:`compare`, which says what they mean."""

    per: float
    reports: pd.DataFrame | None
    findings: pd.DataFrame | Iterable[Finding] | None


@dataclass(frozen=True)
class _Given:
    """The same options with their defaults."""

    per: float = 10_000
    reports: pd.DataFrame | None = None
    findings: pd.DataFrame | Iterable[Finding] | None = None


def compare(
    metrics: pd.DataFrame,
    year: int,
    indicator: str | Iterable[str] | None = None,
    regions: str | Iterable[str] | None = None,
    level: str | None = None,
    denominators: Denominators | None = None,
    **options: Unpack[CompareOptions],
) -> pd.DataFrame:
    """Places side by side in one year.

    Parameters
    ----------
    metrics, reports, findings:
        As for ``year_over_year``.
    year:
        The year.
    indicator:
        Catalogue ids or names, or labels of figures outside the catalogue; None for all.
    regions:
        Places by code, own name or full name; None for all.
    level:
        ``province``, ``prefecture``, ``county`` or ``other``; None for all. Different levels are never ranked
        together, nor are real places and the fictional ones of the bundled sample.
    denominators:
        For each place a number (population, say) or its two ends; then counts and money are ranked by their amount for
        every ``per`` (10,000 by default) of it. Without it nothing is divided by anything.

    Returns
    -------
    DataFrame
        One row a place, indicator and scope; columns as in ``COLUMNS``. ``compared_...`` is what is ranked.
        ``rank_low``..``rank_high`` are the best and the worst rank that the intervals allow, among ``ranked`` places;
        rank 1 is the best where a direction is better (``best_first``), else the largest. Rows that cannot be ranked
        have a ``reason``. ``benchmark_...`` is the national rate of the year with all its official series
        (``load_benchmarks`` has sources and conflicts), ``benchmark_position`` where the place's rate lies to it.
        ``group`` numbers the rankings. ``doubt`` is ``error`` or ``warning`` where the findings doubt the figure: it is
        ranked as printed, and marked.

    Raises
    ------
    UnknownNameError
        For a year, place, level or indicator that the data do not hold.
    UsageError
        For a denominator that is not positive.

    >>> import pandas as pd
    >>> metrics = pd.DataFrame({"region": ["砚桥县", "望溪市", "云岭省"], "year": 2024, "indicator_id": "penalty_cases",
    ...     "unit": "件", "kind": "count", "value": [300.0, 320, 90], "lower": [300.0, 320, 90],
    ...     "upper": [399.0, 320, 90]})
    >>> compare(metrics, 2024, "penalty_cases")[["value", "rank_low", "rank_high"]].values.tolist()
    [[300.0, 1, 2], [320.0, 1, 2], [90.0, 3, 3]]
    """
    import pandas as pd

    given = _Given(**options)
    places = resolve(metrics, regions)
    year = year_asked(year)
    check_year(metrics, places, year)
    data = figures(metrics, places, [year])
    levels_of = data.place.lookup(level_number, np.int64)
    values = of_indicators(year_values(data), indicator)
    values = _of_level(values, levels_of, level)
    rows = values.first
    kind_rate = data.kind.per_row(lambda kind: kind == "rate", bool)[rows]
    direction = direction_codes(data.indicator)[data.indicator.codes[rows]]

    below, above = _denominators(metrics, data, rows, denominators)
    divided = (~kind_rate) & (denominators is not None)
    low = np.where(divided, given.per * data.lower[rows] / above, data.lower[rows])
    high = np.where(divided, given.per * data.upper[rows] / below, data.upper[rows])
    middle = np.where(divided, given.per * data.value[rows] / ((below + above) / 2), data.value[rows])
    reason = _reasons(values, given.reports, divided & np.isnan(below))
    group = ranking_groups(data, rows, levels_of)
    rank_low, rank_high, ranked = _ranks(group, low, high, reason == 0, direction)
    floor, ceiling = _benchmark(data, rows, kind_rate & (reason == 0), year)
    table: dict[str, Any] = {
        **data.columns(rows, "region_code", "region", "indicator_id", "label", "scope", "unit", "kind"),
        **data.columns(rows, "year", "value", "lower", "upper", "qualifier", "wording"),
        "level": category(levels_of[data.place.codes[rows]], list(LEVELS)),
        "direction": category(direction, DIRECTIONS),
        "denominator": np.where(divided, (below + above) / 2, np.nan),
        "compared_value": np.where(reason == 0, middle, np.nan),
        "compared_lower": np.where(reason == 0, low, np.nan),
        "compared_upper": np.where(reason == 0, high, np.nan),
        "rank_low": pd.arrays.IntegerArray(rank_low, reason != 0),
        "rank_high": pd.arrays.IntegerArray(rank_high, reason != 0),
        "ranked": ranked,
        "best_first": direction != 0,
        "reason": category(reason, REASONS),
        "benchmark_lower": floor,
        "benchmark_upper": ceiling,
        "benchmark_position": _position(low, high, floor, ceiling),
        "group": group + 1,
        "row": row_ids(metrics, data.rows, rows),
    }
    table["doubt"] = category(doubt_codes(doubted_rows(given.findings), table["row"]), DOUBTS)
    frame = pd.DataFrame({name: table[name] for name in COLUMNS})
    order = np.lexsort((frame["rank_high"].fillna(2**31).to_numpy(), frame["rank_low"].fillna(2**31).to_numpy(), group))
    return frame.iloc[order].reset_index(drop=True)


def _of_level(values: YearValues, levels_of: Ints, level: str | None) -> YearValues:
    if level is None:
        return values
    if level not in LEVELS:
        raise UnknownNameError(f"level={level}", "choice.level.unknown", levels=LEVELS)
    kept = values.keep(levels_of[values.figures.place.codes[values.first]] == LEVELS.index(level))
    if not len(kept.first):
        present = sorted(set(levels_of[values.figures.place.codes[values.first]].tolist()))
        names = [LEVELS[code] for code in present]
        raise UnknownNameError(f"level={level}", "choice.level.without_places", levels=names)
    return kept


def _denominators(
    metrics: pd.DataFrame, data: Figures, rows: Ints, given: Denominators | None
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Both ends of each row's denominator; NaN where none was given."""
    ends: dict[str, tuple[float, float]] = {}
    for name, number in (given or {}).items():
        low, high = number if isinstance(number, tuple) else (number, number)
        if not 0 < low <= high:
            raise UsageError(f"denominators[{name!r}]", "analysis.denominator.not_positive", number=str(number))
        for code in resolve(metrics, name) or []:
            ends[code] = (float(low), float(high))
    table = np.array([ends.get(text, (np.nan, np.nan)) for text in data.place.texts], dtype=float)
    return table[data.place.codes[rows], 0], table[data.place.codes[rows], 1]


def _reasons(values: YearValues, reports: pd.DataFrame | None, no_denominator: Bools) -> npt.NDArray[np.int8]:
    data, rows = values.figures, values.first
    reason = np.zeros(len(rows), dtype=np.int8)
    reason[no_denominator] = REASON["no_denominator"]
    partial = partial_rows(data, reports)
    if partial is not None:
        reason[partial[rows] & ~data.stock[rows]] = REASON["partial_year"]
    reason[data.period.codes[rows] != data.period.texts.index(FULL_YEAR)] = REASON["period"]
    reason[values.conflict] = REASON["conflicting_values"]
    return reason


def _ranks(
    group: Ints,
    low: npt.NDArray[np.float64],
    high: npt.NDArray[np.float64],
    usable: Bools,
    direction: npt.NDArray[np.int8],
) -> tuple[Ints, Ints, Ints]:
    better_low = direction[usable] == DIRECTIONS.index("lower_better")
    ends = np.where(better_low, -high[usable], low[usable]), np.where(better_low, -low[usable], high[usable])
    found = [np.zeros(len(group), dtype=np.int64) for _ in range(3)]
    for column, ranks in zip(found, rank_intervals(group[usable], *ends), strict=True):
        column[usable] = ranks
    return found[0], found[1], found[2]


def _benchmark(
    data: Figures, rows: Ints, wanted: Bools, year: int
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Span of all official national series of each row's rate in the year; NaN where there is none."""
    national = load_benchmarks(year=year)
    ends = national[national["unit"] == "%"].groupby("indicator_id").agg({"lower": "min", "upper": "max"})
    whole = data.scope.regroup(scope_family).codes[rows] == 0
    found = [ends[name].to_dict() for name in ("lower", "upper")]
    known = [np.array([table.get(text, np.nan) for text in data.indicator.texts]) for table in found]
    columns = [table[data.indicator.codes[rows]] for table in known]
    return np.where(wanted & whole, columns[0], np.nan), np.where(wanted & whole, columns[1], np.nan)


def _position(
    low: npt.NDArray[np.float64],
    high: npt.NDArray[np.float64],
    floor: npt.NDArray[np.float64],
    ceiling: npt.NDArray[np.float64],
) -> Any:
    position = np.zeros(len(low), dtype=np.int8)
    position[~np.isnan(floor)] = POSITIONS.index("overlapping")
    position[low > ceiling] = POSITIONS.index("above")
    position[high < floor] = POSITIONS.index("below")
    return category(position, POSITIONS)
