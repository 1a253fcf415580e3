"""A series over all its years: gaps shown as gaps, breaks marked where the figures stop measuring the same thing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from fazhi_analysis.analysis.comparing.breaks import Break, load_breaks
from fazhi_analysis.analysis.comparing.changes import direction_codes, row_ids
from fazhi_analysis.analysis.comparing.comparability import Comparability, note_texts
from fazhi_analysis.analysis.comparing.intervals import DOWN, SAME, UP, difference, settled
from fazhi_analysis.analysis.comparing.reasons import REASONS, VERDICTS
from fazhi_analysis.analysis.comparing.series import figures
from fazhi_analysis.analysis.comparing.verdicts import DIRECTIONS, REASON, VERDICT, verdicts
from fazhi_analysis.analysis.comparing.year_values import YearValues, of_indicators, year_values
from fazhi_analysis.analysis.doubts import DOUBTS, doubt_codes, doubted_rows
from fazhi_analysis.analysis.integer_codes import Bools, Ints, category
from fazhi_analysis.analysis.series_places import resolve

if TYPE_CHECKING:
    import pandas as pd

    from fazhi_analysis.model import Finding

COLUMNS: tuple[str, ...] = (
    "region_code", "region", "indicator_id", "label", "scope", "unit", "kind", "direction", "year", "value", "lower",
    "upper", "qualifier", "gap", "gap_reason", "break", "break_reason", "segment", "notes", "series", "row",
    "wording", "doubt",
)  # fmt: skip
"""Columns of the table, in order."""


def trend(
    metrics: pd.DataFrame,
    region: str | Iterable[str] | None = None,
    indicators: str | Iterable[str] | None = None,
    *,
    reports: pd.DataFrame | None = None,
    findings: pd.DataFrame | Iterable[Finding] | None = None,
    breaks: Sequence[Break] | None = None,
) -> pd.DataFrame:
    """Every series of a place over the years from the first to the last that any of its reports covers.

    Parameters
    ----------
    metrics, region, reports, findings, breaks:
        As for ``year_over_year``.
    indicators:
        Catalogue ids or names, or labels of figures outside the catalogue; None for all.

    Returns
    -------
    DataFrame
        One row a series and year, in order of years. ``gap`` rows have no value; ``gap_reason`` says whether there is
        no report (``no_report``), the report does not give the figure (``not_in_year``), only selected figures of it
        are stored (``selection``), or it contradicts itself (``conflicting_values``). ``break`` marks the first figure
        that must not be joined to the one before it, with ``break_reason`` (a code of ``reasons.REASONS``);
        ``segment`` numbers the stretches between breaks, from 1. ``series`` numbers the series. ``doubt`` is
        ``error`` or ``warning`` where the findings doubt the figure. Other columns as in ``year_over_year``.

    Raises UnknownNameError for a place or indicator that the data do not hold.

    >>> import pandas as pd
    >>> metrics = pd.DataFrame({"region": "砚桥县", "year": [2021, 2022, 2024], "unit": "件", "kind": "count",
    ...     "indicator_id": ["penalty_cases", "fair_competition_reviews", "penalty_cases"],
    ...     "value": [3.0, 1, 5], "lower": [3.0, 1, 5], "upper": [3.0, 1, 5]})
    >>> trend(metrics, "砚桥县", "penalty_cases")[["year", "value", "gap_reason"]].values.tolist()
    [[2021, 3.0, ''], [2022, nan, 'not_in_year'], [2023, nan, 'no_report'], [2024, 5.0, '']]
    """
    import pandas as pd

    data = figures(metrics, resolve(metrics, region))
    values = of_indicators(year_values(data), indicators)
    years, reported, complete = data.complete
    count = len(values.first)
    if not count:
        return _empty(values)
    why = _break_reasons(values, reports, load_breaks() if breaks is None else breaks)
    starts = _starts(values)
    series = np.cumsum(starts) - 1

    # One row a series and year of the place's span: the figure where there is one, a gap elsewhere.
    place = data.place.codes[values.first[starts]]
    first = reported.argmax(axis=1)[place]
    last = len(years) - 1 - reported[:, ::-1].argmax(axis=1)[place]
    span = last - first + 1
    of_series = np.repeat(np.arange(len(place)), span)
    year = np.arange(len(of_series)) - np.repeat(np.cumsum(span) - span, span) + np.repeat(first, span)
    offset = np.cumsum(span) - span
    figure = np.full(len(of_series), -1, dtype=np.int64)
    figure[offset[series] + data.year[values.first] - years[0] - first[series]] = np.arange(count)

    there = figure >= 0
    conflict = there & values.conflict[figure]
    rows = np.where(there, values.first[figure], values.first[starts][of_series])
    gap = ~there | conflict
    absent = np.where(complete[place[of_series], year], REASON["not_in_year"], REASON["selection"])
    gap_reason = np.where(reported[place[of_series], year], absent, REASON["no_report"])
    gap_reason = np.where(conflict, REASON["conflicting_values"], np.where(there, 0, gap_reason))
    broken = np.where(there, why[figure], 0)
    table: dict[str, Any] = {
        **data.columns(rows, "region_code", "region", "indicator_id", "label", "scope", "unit", "kind"),
        "direction": category(direction_codes(data.indicator)[data.indicator.codes[rows]], DIRECTIONS),
        "year": year + years[0],
        "value": np.where(gap, np.nan, data.value[rows]),
        "lower": np.where(gap, np.nan, data.lower[rows]),
        "upper": np.where(gap, np.nan, data.upper[rows]),
        "qualifier": data.qualifier.categorical(rows, np.flatnonzero(gap)),
        "wording": data.wording.categorical(rows, np.flatnonzero(gap)),
        "gap": gap,
        "gap_reason": category(gap_reason, REASONS),
        "break": broken > 0,
        "break_reason": category(broken, REASONS),
        "segment": _segments(broken > 0, there, of_series),
        "notes": note_texts(np.where(there, _notes(values)[figure], 0).astype(np.int8)),
        "series": of_series + 1,
        "row": row_ids(metrics, data.rows, np.where(there, rows, -1)),
    }
    table["doubt"] = category(doubt_codes(doubted_rows(findings), table["row"]), DOUBTS)
    return pd.DataFrame({name: table[name] for name in COLUMNS})


def summarise_trend(table: pd.DataFrame) -> pd.DataFrame:
    """What each series of a trend table comes to, over its last stretch without a break.

    Columns: series, region, indicator_id, label, scope, unit, kind, direction, first_year, last_year, figures (in the
    stretch), gaps and breaks (in the whole series), first_value, last_value, change_lower, change_upper, steps_up and
    steps_down (settled yearly steps), shape (``rising``, ``falling``, ``mixed``, ``flat``, ``open`` where no step is
    settled, ``single``), verdict and reason of the last figure beside the stretch's first (for one figure: why it does
    not join those before it, or ``single_figure``), doubted (figures of the stretch that the audit doubts).

    >>> import pandas as pd
    >>> metrics = pd.DataFrame({"region": "砚桥县", "year": [2021, 2022, 2023], "unit": "件", "kind": "count",
    ...     "indicator_id": "litigation_lost", "value": [9.0, 7, 4], "lower": [9.0, 7, 4], "upper": [9.0, 7, 4]})
    >>> summarise_trend(trend(metrics))[["shape", "verdict", "change_lower"]].values.tolist()
    [['falling', 'improved', -5.0]]
    """
    import pandas as pd

    points = table[~table["gap"]]
    stretch = points[points["segment"] == points.groupby("series")["segment"].transform("max")]
    before = stretch.groupby("series")[["lower", "value", "upper"]].shift()
    way = settled(*difference(stretch["lower"], stretch["upper"], before["lower"], before["upper"]))
    # Two rates that are printed alike are the same, whatever their intervals.
    alike = (stretch[list(before.columns)] == before).all(axis=1) & (stretch["kind"] == "rate")
    way[alike.to_numpy(dtype=bool)] = SAME
    way[before["lower"].isna().to_numpy()] = 9
    steps = pd.DataFrame({"series": stretch["series"], "up": way == UP, "down": way == DOWN, "same": way == SAME})
    counted = steps.groupby("series")[["up", "down", "same"]].sum()
    ends = stretch.groupby("series")
    first, last = ends.head(1).set_index("series"), ends.tail(1).set_index("series")
    low, high = difference(last["lower"], last["upper"], first["lower"], first["upper"])
    alone = (ends.size() == 1).to_numpy(dtype=bool)
    low[alone], high[alone] = np.nan, np.nan
    same_rate = (last["kind"] == "rate").to_numpy(dtype=bool) & (last["value"] == first["value"]).to_numpy(dtype=bool)
    same_rate &= (last["lower"] == first["lower"]).to_numpy(dtype=bool) & ~alone
    way_better = last["direction"].map(DIRECTIONS.index).to_numpy(dtype=np.int8)
    verdict, reason = verdicts(low, high, same_rate, way_better)
    reason[alone] = _why_alone(last[alone], points.groupby("series").size()[alone])
    verdict[alone] = VERDICT["not_comparable"]
    up, down, flat = (counted[name].to_numpy() > 0 for name in ("up", "down", "same"))
    shape = np.select([alone, up & down, up, down, flat], ["single", "mixed", "rising", "falling", "flat"], "open")
    summary = last[["region", "indicator_id", "label", "scope", "unit", "kind", "direction"]].copy()
    summary["first_year"], summary["last_year"] = first["year"], last["year"]
    summary["figures"] = ends.size()
    summary["gaps"] = table.groupby("series")["gap"].sum()
    summary["breaks"] = table.groupby("series")["break"].sum()
    summary["first_value"], summary["last_value"] = first["value"], last["value"]
    summary["change_lower"], summary["change_upper"] = low, high
    summary["steps_up"], summary["steps_down"] = counted["up"], counted["down"]
    summary["shape"] = pd.array(shape, dtype="str")
    summary["verdict"], summary["reason"] = category(verdict, VERDICTS), category(reason, REASONS)
    summary["doubted"] = (stretch["doubt"] != "").groupby(stretch["series"]).sum() if "doubt" in stretch.columns else 0
    return summary.reset_index()


def _why_alone(last: pd.DataFrame, known: pd.Series[int]) -> Ints:
    """Why a stretch has one figure: what parts it from the earlier ones, or that there is no other."""
    broken = last["break_reason"].astype(str).where(known.gt(1), "")
    return np.array([REASON[text or "single_figure"] for text in broken], dtype=np.int8)


def _starts(values: YearValues) -> Bools:
    starts = np.ones(len(values.first), dtype=bool)
    starts[1:] = values.series[1:] != values.series[:-1]
    return starts


def _break_reasons(values: YearValues, reports: pd.DataFrame | None, breaks: Sequence[Break]) -> Ints:
    """Why each year value must not be joined to the one before it in its series, 0 where it may be."""
    later = np.flatnonzero(~_starts(values))
    why = np.zeros(len(values.first), dtype=np.int64)
    if len(later):
        one, two = values.first[later - 1], values.first[later]
        checks = Comparability(values, reports, breaks)
        why[later] = np.where(checks.crossed(one, two), REASON["law_changed"], 0)
        reason = checks.forbidden(later - 1, later)
        # A year that contradicts itself is a gap, not a break between measures.
        real = (reason > 0) & (reason != REASON["conflicting_values"])
        why[later[real]] = reason[real]
    why[_other_scope_before(values)] = REASON["other_scope"]
    return why


def _other_scope_before(values: YearValues) -> Bools:
    """First figures of a series whose place and indicator had another scope before, and no more since."""
    data = values.figures
    starts = _starts(values)
    item = values.series // data.whose[1]
    year = data.year[values.first]
    first = np.flatnonzero(starts)
    last = np.append(first[1:] - 1, len(starts) - 1)
    result = np.zeros(len(starts), dtype=bool)
    if len(first) < 2:
        return result
    order = np.lexsort((year[first], item[first]))
    ordered = first[order]
    same = item[ordered[1:]] == item[ordered[:-1]]
    ended = year[last[order][:-1]] < year[ordered[1:]]
    result[ordered[1:][same & ended]] = True
    return result


def _notes(values: YearValues) -> Ints:
    """Remarks on each year value beside the one before it in its series."""
    later = np.flatnonzero(~_starts(values))
    bits = np.zeros(len(values.first), dtype=np.int64)
    one, two = values.first[later - 1], values.first[later]
    bits[later] = Comparability(values).notes(one, two)
    return bits


def _segments(broken: Bools, there: Bools, of_series: Ints) -> Ints:
    """Number of the stretch that each row belongs to, from 1 in each series.

    A break on a series' first figure (another scope before it) opens its first stretch, not its second.
    """
    running = np.cumsum(broken)
    figures_at = np.flatnonzero(there)
    first = figures_at[np.unique(of_series[figures_at], return_index=True)[1]]
    return np.asarray(np.maximum(running - running[first][of_series] + 1, 1))


def _empty(values: YearValues) -> pd.DataFrame:
    import pandas as pd

    columns = {name: pd.Series(dtype="float64" if name in ("value", "lower", "upper") else "str") for name in COLUMNS}
    return pd.DataFrame(columns).astype(
        {"year": "int64", "gap": bool, "break": bool, "segment": "int64", "series": "int64"}
    )
