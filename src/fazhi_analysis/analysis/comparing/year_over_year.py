"""What changed between two years: every figure beside that of an earlier year, as intervals.

A figure is an interval, a change between two is an interval, and a direction that the intervals do not settle is
``uncertain``. Figures that do not measure the same thing are ``not_comparable``, with the reason.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from fazhi_analysis.analysis.comparing.breaks import Break
from fazhi_analysis.analysis.comparing.changes import COLUMNS, changes_of
from fazhi_analysis.analysis.comparing.series import figures
from fazhi_analysis.analysis.comparing.year_pairs import Pairs, consecutive, neighbours
from fazhi_analysis.analysis.comparing.year_values import YearValues, year_values
from fazhi_analysis.analysis.doubts import doubted_rows
from fazhi_analysis.analysis.integer_codes import Bools
from fazhi_analysis.analysis.series_places import check_year, resolve
from fazhi_analysis.catalogue.choices import year_asked
from fazhi_analysis.errors import UsageError

if TYPE_CHECKING:
    import pandas as pd

    from fazhi_analysis.model import Finding

__all__ = ["COLUMNS", "year_over_year"]


def year_over_year(
    metrics: pd.DataFrame,
    region: str | Iterable[str] | None = None,
    year: int | None = None,
    baseline: int | None = None,
    *,
    reports: pd.DataFrame | None = None,
    findings: pd.DataFrame | Iterable[Finding] | None = None,
    breaks: Sequence[Break] | None = None,
) -> pd.DataFrame:
    """Every figure beside that of an earlier year.

    Parameters
    ----------
    metrics:
        A table as ``load_metrics()`` returns it.
    region:
        One place or several, by code, own name or full name; None for all.
    year, baseline:
        The later and the earlier year, adjacent or not. Without ``baseline``, each place's nearest earlier year that
        has a report. Without ``year``, every year of the place: beside the nearest earlier one, or beside ``baseline``.
    reports:
        A table as ``load_reports()`` returns it. With it, reports that were signed inside their own year are known,
        and their figures are not compared as full years.
    findings:
        What ``audit_all`` finds on the place (or the findings of ``audit`` on the reports of both years, joined). With
        them, comparisons that rest on a figure which an error or a warning doubts are marked. The table of
        ``load_findings()`` marks fewer: it lacks the rules that look at the year before.
    breaks:
        Dates from which an indicator counts something else, as ``load_breaks()`` returns them; the bundled ones by
        default. A comparison across one has the note ``law_changed`` and is neither improved nor worsened.

    Returns
    -------
    DataFrame
        One row a place, indicator and scope (figures outside the catalogue: by label and unit) and pair of years;
        columns as in ``COLUMNS``. Changes are absolute (percentage points for rates); relative changes are shares
        (0.13 is 13 %), empty for rates. ``verdict`` and ``reason`` are from ``reasons.VERDICTS`` and
        ``reasons.REASONS``; ``notes`` holds codes of ``reasons.NOTES``, separated by ``;``. ``baseline_row`` and
        ``row`` are the ids of the rows that it rests on, empty for none. ``doubt`` is ``error`` or ``warning`` where
        the findings doubt one of the two figures, else empty: such a verdict says what is printed, not what happened.

    Raises
    ------
    UnknownNameError
        For a place or year that the data do not hold (listing what they hold), or a name that fits several places.
    UsageError
        When the baseline is not before the year.

    >>> import pandas as pd
    >>> metrics = pd.DataFrame({
    ...     "row_id": ["a", "b"], "region_code": "990124", "region": "云岭省望溪市砚桥县", "year": [2023, 2024],
    ...     "indicator_id": "penalty_cases", "label": "行政处罚", "unit": ["件", "宗"], "kind": "count", "scope": "",
    ...     "value": [260.0, 300.0], "lower": [260.0, 300.0], "upper": [260.0, 399.0], "qualifier": ["exact", "over"]})
    >>> changes = year_over_year(metrics, region="砚桥县", year=2024).iloc[0]
    >>> print(changes["change_lower"], changes["change_upper"], changes["verdict"], changes["notes"])
    40.0 139.0 increased approximate;unit_word
    """
    import pandas as pd

    doubts = doubted_rows(findings)
    tables = [
        changes_of(item.values, item.pairs, reports, doubts, breaks)
        for item in comparisons(metrics, region=region, year=year, baseline=baseline)
    ]
    return tables[0] if len(tables) == 1 else pd.concat(tables, ignore_index=True)


@dataclass(frozen=True)
class Comparison:
    """Year values, the pairs that are compared, and which rows the question is about."""

    values: YearValues
    pairs: Pairs
    in_view: Bools


def comparisons(
    metrics: pd.DataFrame, *, region: str | Iterable[str] | None, year: int | None, baseline: int | None
) -> list[Comparison]:
    """The pairs that :func:`year_over_year` tabulates; at least one comparison, which may be empty."""
    year, baseline = year_asked(year), year_asked(baseline, "baseline")
    places = resolve(metrics, region)
    _check_years(metrics, places, year, baseline)
    if baseline is None:
        return [_nearest(metrics, places, year)]
    if year is not None:
        return [_two_years(metrics, places, baseline, year)]
    later = sorted(int(item) for item in metrics["year"].unique() if item > baseline)
    return [_two_years(metrics, places, baseline, item) for item in later] or [
        _two_years(metrics, places, baseline, None)
    ]


def _two_years(metrics: pd.DataFrame, places: list[str] | None, baseline: int, year: int | None) -> Comparison:
    data = figures(metrics, places, [baseline] if year is None else [baseline, year])
    values = year_values(data)
    return Comparison(values, consecutive(values), np.ones(len(data), dtype=bool))


def _nearest(metrics: pd.DataFrame, places: list[str] | None, year: int | None) -> Comparison:
    data = figures(metrics, places)
    values = year_values(data)
    found = consecutive(values)
    if year is None:
        return Comparison(values, found, np.ones(len(data), dtype=bool))
    years, previous, _ = neighbours(data)
    before = (
        previous[:, year - int(years[0])][data.place.codes] if year in years else np.zeros(len(data), dtype=np.int64)
    )
    in_view = (data.year == year) | ((data.year == before) & (before > 0))
    return Comparison(values, found.only(np.flatnonzero(found.year == year)), in_view)


def _check_years(metrics: pd.DataFrame, places: list[str] | None, year: int | None, baseline: int | None) -> None:
    if year is not None and baseline is not None and baseline >= year:
        raise UsageError(f"baseline={baseline}", "choice.year.baseline_not_earlier", year=year)
    for name, asked in (("year", year), ("baseline", baseline)):
        if asked is not None:
            check_year(metrics, places, asked, name)
