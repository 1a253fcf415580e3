"""The series of one place: which a page shows, which a headline names, and what stands in none of them and why."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

from fazhi_analysis.analysis.comparing.reasons import SETTLED
from fazhi_analysis.analysis.comparing.year_values import LEFT_OUT
from fazhi_analysis.analysis.place_year import PlaceYear
from fazhi_analysis.analysis.result_rows import ExcludedRow, SeriesRow, TrendRow
from fazhi_analysis.analysis.stored_rows import MetricRow, rows_of

if TYPE_CHECKING:
    import pandas as pd

    from fazhi_analysis.model import Finding

_NAMED: Final = 6
_NO_SERIES: Final = frozenset({*LEFT_OUT[1:], "conflicting_values"})


@dataclass(frozen=True)
class Series:
    """One indicator and scope of a place: its years in order, and what they come to.

    ``summary`` is None where no year gives a figure, as where a report contradicts itself.
    """

    points: tuple[TrendRow, ...]
    summary: SeriesRow | None

    @property
    def number(self) -> int:
        """Number of the series in its table."""
        return self.points[0]["series"]

    @cached_property
    def known(self) -> tuple[TrendRow, ...]:
        """The years that give a figure."""
        return tuple(point for point in self.points if not point["gap"])

    @property
    def stretch(self) -> tuple[TrendRow, TrendRow]:
        """First and last figure of the last stretch without a break: figures across a break are not compared."""
        members = [point for point in self.known if point["segment"] == self.known[-1]["segment"]]
        return members[0], members[-1]


@dataclass(frozen=True)
class Trends:
    """The series of a place over the years; ``asked`` says that indicators were asked for by name.

    >>> trends = place_trends(PlaceYear.open(region="霁原旗", year=2024))
    >>> all(len(series.known) > 1 for series, _ in trends.shown)
    True
    """

    series: tuple[Series, ...]
    asked: bool = False

    @cached_property
    def shown(self) -> tuple[tuple[Series, SeriesRow], ...]:
        """Series with more than one figure, with what they come to; those with one only when they were asked for.

        Series that no check doubts come first, the longest first among them.
        """
        kept = [
            (one, one.summary) for one in self.series if one.summary is not None and (self.asked or len(one.known) > 1)
        ]
        return tuple(sorted(kept, key=lambda pair: _order(*pair)))

    @cached_property
    def headline(self) -> tuple[tuple[Series, SeriesRow], ...]:
        """What a headline names: settled between their ends and no figure in doubt, those with a better side first, the
        longest first among them.
        """
        kept = [pair for pair in self.shown if pair[1]["verdict"] in SETTLED and not pair[1]["doubted"]]
        kept.sort(key=lambda pair: (pair[1]["verdict"] not in ("worsened", "improved"), -pair[1]["figures"]))
        return tuple(kept[:_NAMED])

    def outside(self, rows: Sequence[MetricRow], excluded: Iterable[ExcludedRow]) -> list[tuple[MetricRow, str]]:
        """Those of some figures that stand in no shown series, with the reason; where indicators were asked for,
        figures of the others are not in question. ``excluded`` are what no comparison of the years takes.
        """
        reasons = {row["row_id"]: row["reason"] for row in excluded if row["reason"] in _NO_SERIES}
        shown = {one.number for one, _ in self.shown}
        drawn = {point["row"] for one in self.series if one.number in shown for point in one.known}
        single = {point["row"] for one in self.series if one.number not in shown for point in one.known}
        left = []
        for row in rows:
            identity = row["row_id"]
            reason = reasons.get(identity) or ("single_figure" if identity in single else "")
            if reason and identity not in drawn:
                left.append((row, reason))
        return left


def _order(series: Series, summary: SeriesRow) -> tuple[bool, int, bool, int]:
    return bool(summary["doubted"]), -len(series.known), summary["direction"] == "neutral", series.number


def place_trends(
    place_year: PlaceYear,
    indicators: Sequence[str] | None = None,
    years: Sequence[int] | None = None,
    findings: Iterable[Finding] = (),
) -> Trends:
    """The series of a place over some years (by default all up to that of ``place_year``).

    ``indicators`` are catalogue ids or names, or labels of figures outside the catalogue; ``findings`` mark the figures
    that they doubt. Raises UnknownNameError for an indicator that the place does not have.
    """
    from fazhi_analysis.analysis.comparing.trend import summarise_trend, trend

    wanted = [year for year in place_year.years if year <= place_year.year] if years is None else list(years)
    metrics = place_year.metrics[place_year.metrics["year"].isin(wanted)]
    if metrics.empty:
        return Trends(())
    table = trend(
        metrics,
        place_year.place_id,
        indicators,
        reports=place_year.all_reports,
        findings=findings,
        breaks=place_year.breaks,
    )
    if table.empty:
        return Trends((), indicators is not None)
    summaries = {row["series"]: row for row in rows_of(summarise_trend(table), SeriesRow)}
    points = _by_series(place_year.with_origins(table))
    series = tuple(Series(tuple(members), summaries.get(number)) for number, members in points.items())
    return Trends(series, indicators is not None)


def _by_series(table: pd.DataFrame) -> dict[int, list[TrendRow]]:
    groups: dict[int, list[TrendRow]] = {}
    for row in rows_of(table, TrendRow):
        groups.setdefault(row["series"], []).append(row)
    return groups
