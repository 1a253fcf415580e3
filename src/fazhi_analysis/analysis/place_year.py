"""A place and year as the analyses see it: what they derive from its stored tables, each computed once."""

from __future__ import annotations

import contextlib
import functools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fazhi_analysis.analysis.doubts import Doubts
from fazhi_analysis.analysis.result_rows import ClaimRow, ExcludedRow, PromiseRow, RateRow
from fazhi_analysis.analysis.stored_place_year import StoredPlaceYear
from fazhi_analysis.analysis.stored_rows import MetricRow, rows_of
from fazhi_analysis.catalogue.choices import year_asked
from fazhi_analysis.catalogue.place_lookup import Places
from fazhi_analysis.catalogue.succession import succession
from fazhi_analysis.errors import UnknownNameError, UsageError
from fazhi_analysis.model import SEVERITIES

if TYPE_CHECKING:
    import pandas as pd

    from fazhi_analysis.analysis.comparing.breaks import Break
    from fazhi_analysis.analysis.comparing.headline_changes import ComparedYears
    from fazhi_analysis.dataset.ledger_entries import Correction, Judgement
    from fazhi_analysis.model import Finding

_lent: list[PlaceYear] = []

_PLACES = "places"

_SHARED = (
    "metrics", "statements", "reports", "rows_by_id", "statements_by_id", "findings", "comparison", "changes",
    "promises", "responsible", "judgements", "waiting_corrections", "year_figures", "_unusable",
)  # fmt: skip
"""What more than one page asks for: the standard ones, the start page and the list of a batch."""


@dataclass(frozen=True)
class PlaceYear(StoredPlaceYear):
    """One place and year with what the analyses derive from its stored tables: findings, comparison, promises.

    The fields are those of :class:`StoredPlaceYear`.
    """

    @classmethod
    def open(cls, *, region: str, year: int, baseline: int | None = None, data: Any = None) -> PlaceYear:
        """Find place and years in the data; without ``baseline``, the latest earlier year is the baseline.

        Raises UnknownNameError for a place or year that the data do not have, listing what they have, and UsageError
        for a baseline that is not before the year.

        >>> found = PlaceYear.open(region="霁原旗", year=2024)
        >>> found.place_id, found.baseline, len(found.reports)
        ('159928', 2023, 2)
        """
        from fazhi_analysis.dataset import list_reports

        data = _folders(data)
        for held in _lent:
            if (held.region, held.year, held.baseline) == (region, year, baseline) and held._is_from(data):
                return held
        reports = list_reports(data)
        pairs = dict.fromkeys(zip(reports["region_code"], reports["region"], strict=True))
        known = Places(pairs, bundled=data is None)
        code, name = known.pairs[known.find(str(region), "region")]
        mine = _same_place(reports, code, name)
        years = tuple(sorted({int(value) for value in mine["year"]}))
        year, baseline = year_asked(year), year_asked(baseline, "baseline")
        if year not in years:
            raise UnknownNameError(f"year={year}", "choice.year.no_report", place=name, years=years)
        own = mine[mine["year"] == year].iloc[0]
        code, name = str(own["region_code"]), str(own["region"])
        places = tuple(dict.fromkeys(str(row.region_code or row.region) for row in mine.itertuples()))
        sound = _sound_years(data, mine, (year, baseline))
        earlier = [value for value in years if value < year and value in sound]
        if baseline is None:
            baseline = earlier[-1] if earlier else None
        elif baseline not in years:
            raise UnknownNameError(f"baseline={baseline}", "choice.year.no_report", place=name, years=years)
        elif baseline >= year:
            raise UsageError(f"baseline={baseline}", "choice.year.baseline_not_earlier_than", year=year, years=years)
        found = cls(data, code, name, year, baseline, years, places)
        found.kept[_PLACES] = known.pairs
        return found

    @property
    def all_places(self) -> list[tuple[str, str]]:
        """Code and full name of every place in the data, as they were when this one was looked up among them."""
        from fazhi_analysis.dataset import list_reports

        if _PLACES not in self.kept:
            reports = list_reports(self.data)
            self.kept[_PLACES] = list(dict.fromkeys(zip(reports["region_code"], reports["region"], strict=True)))
        return list(self.kept[_PLACES])

    @contextlib.contextmanager
    def lent(self) -> Iterator[None]:
        """Hand this object to whoever opens the same meanwhile, with what all pages need read and computed once.

        Notebooks that are forked from this process get a copy of their own. What cannot be computed is left to the
        page that asks for it, where the error belongs.
        """
        for name in _SHARED:
            with contextlib.suppress(Exception):
                getattr(self, name)
        with contextlib.suppress(Exception):
            self.digest(self.shown_years)
        _lent.append(self)
        try:
            yield
        finally:
            _lent.remove(self)

    def _is_from(self, data: Any) -> bool:
        return _resolved(data) == _resolved(self.data)

    @functools.cached_property
    def findings(self) -> list[Finding]:
        """What the audit says of the year's reports, the gravest first."""
        return self.findings_of(self.year)

    @functools.cached_property
    def findings_of_both(self) -> list[Finding]:
        """What the audit says of the reports of both years: a change rests on two figures."""
        return [finding for year in self.shown_years for finding in self.findings_of(year)]

    @functools.cached_property
    def doubts(self) -> Doubts:
        """Which figures of the two years the audit doubts."""
        return Doubts.of(self.findings_of_both)

    def findings_of(self, year: int) -> list[Finding]:
        """What the audit says of the place's reports of a year, the gravest first."""
        from fazhi_analysis.analysis.audit.counting import one_answer_a_duty
        from fazhi_analysis.analysis.audit.runner import audit

        if year not in self._audited:
            reports = [row["report_id"] for row in self.reports_of([year])]
            found = [finding for report_id in reports for finding in audit(report_id, data=self.data)]
            found = one_answer_a_duty(found)
            self._audited[year] = sorted(found, key=lambda item: (SEVERITIES.index(item.severity), item.rule, item.id))
        return self._audited[year]

    @functools.cached_property
    def _audited(self) -> dict[int, list[Finding]]:
        return {}

    @functools.cached_property
    def breaks(self) -> tuple[Break, ...]:
        """Dates from which an indicator counts something else, those of the data folders' ``breaks.csv`` included."""
        from fazhi_analysis.analysis.comparing.breaks import load_breaks

        return load_breaks(self.data)

    @functools.cached_property
    def comparison(self) -> pd.DataFrame | None:
        """The year over year table of the place, or None where there is no earlier year."""
        from fazhi_analysis.analysis.comparing.significance import assess
        from fazhi_analysis.analysis.comparing.year_over_year import year_over_year

        if self.baseline is None:
            return None
        findings = self.findings_of_both
        changes = year_over_year(
            self.metrics,
            self.place_id,
            self.year,
            self.baseline,
            reports=self.all_reports,
            findings=findings,
            breaks=self.breaks,
        )
        return self.with_origins(assess(changes, self.metrics, reports=self.all_reports, findings=findings))

    @functools.cached_property
    def changes(self) -> ComparedYears:
        """What each comparison counts as, and what a headline names; empty where there is no earlier year."""
        from fazhi_analysis.analysis.comparing.headline_changes import ComparedYears

        return ComparedYears.of(self.comparison, self.doubts)

    @functools.cached_property
    def claims(self) -> list[ClaimRow]:
        """The changes that the year's report states, each checked against the figures."""
        from fazhi_analysis.analysis.claims.checking import check_claims

        found = check_claims(self.metrics, self.place_id, self.year, reports=self.all_reports)
        return rows_of(found, ClaimRow)

    @functools.cached_property
    def rates(self) -> list[RateRow]:
        """Of what each rate of the year's reports is a share, as far as they tell."""
        from fazhi_analysis.analysis.audit.rate_bases import rates

        reports = [row["report_id"] for row in self.reports_of([self.year])]
        return [row for report_id in reports for row in rows_of(rates(report_id, data=self.data), RateRow)]

    @functools.cached_property
    def promises(self) -> list[PromiseRow]:
        """What became of the earlier year's problems and next steps, as far as the year's report tells."""
        from fazhi_analysis.analysis.following.follow_up import follow_up

        if self.baseline is None:
            return []
        found = follow_up(self.statements, self.metrics, self.place_id, self.year, self.baseline, data=self.data)
        return rows_of(found, PromiseRow)

    @functools.cached_property
    def responsible(self) -> dict[str, str]:
        """Who is entered as responsible for a problem or next step of either year, by its row."""
        from fazhi_analysis.analysis.rectifying import responsible

        return responsible((row["report_id"] for row in self.reports), self.statements_by_id.values(), self.data)

    @functools.cached_property
    def judgements(self) -> dict[str, Judgement]:
        """The last judgement by a person of each finding and verdict of both years, by its id."""
        from fazhi_analysis.analysis.ledgers_of_place import judgements

        return judgements(self.reports, self.data)

    @functools.cached_property
    def waiting_corrections(self) -> dict[str, list[Correction]]:
        """Corrections of both years' reports that stand in the ledger and not in the figures, by report."""
        from fazhi_analysis.analysis.ledgers_of_place import waiting_corrections

        return waiting_corrections(self.reports, self.data)

    @functools.cached_property
    def exclusions(self) -> list[ExcludedRow]:
        """Figures of both years that take no part in the comparison, with the reason; none without an earlier year."""
        from fazhi_analysis.analysis.comparing.exclusions import exclusions

        if self.baseline is None:
            return []
        found = exclusions(self.metrics, self.place_id, self.year, self.baseline, reports=self.all_reports)
        return rows_of(found, ExcludedRow)

    @functools.cached_property
    def _unusable(self) -> dict[str, str]:
        """Why a figure is no usable result of its year, by row id; empty for one."""
        from fazhi_analysis.analysis.comparing.usable import why_unusable

        return dict(zip(self.metrics["row_id"].astype(str), why_unusable(self.metrics), strict=True))

    def usable(self, year: int | None = None) -> list[MetricRow]:
        """The usable results of a year (that of the object by default): see ``comparing.usable``."""
        return [row for row in self.rows(year) if not self._unusable[row["row_id"]]]

    @functools.cached_property
    def year_figures(self) -> list[MetricRow]:
        """One figure a series: the usable results of the year, but for series of which they give several values."""
        from fazhi_analysis.analysis.comparing.series import figures
        from fazhi_analysis.analysis.comparing.usable import usable_results
        from fazhi_analysis.analysis.comparing.year_values import year_values

        own = usable_results(self.metrics[self.metrics["year"] == self.year])
        values = year_values(figures(own)) if len(own) else None
        return [] if values is None else rows_of(own.iloc[values.first[~values.conflict]], MetricRow)

    def unusable(self, years: Sequence[int]) -> list[tuple[MetricRow, str]]:
        """The figures of some years that are no usable results, each with the reason."""
        rows = [row for year in years for row in self.rows(year)]
        return [(row, reason) for row in rows if (reason := self._unusable[row["row_id"]])]


def _sound_years(data: Any, mine: pd.DataFrame, asked: Sequence[int | None]) -> set[int]:
    """The years of these reports whose tables can be read. Raises DataError where a year that was asked for cannot."""
    from fazhi_analysis.dataset.loading import broken_reports

    broken = broken_reports(data, mine["report_id"])
    for name in mine[mine["year"].isin([year for year in asked if year is not None])]["report_id"]:
        if name in broken:
            raise broken[name]
    return {int(value) for value in mine[~mine["report_id"].isin(list(broken))]["year"]}


def _same_place(reports: pd.DataFrame, code: str, name: str) -> pd.DataFrame:
    """The reports of a place under every code and name that it has had."""
    if not code:
        return reports[(reports["region"] == name) & (reports["region_code"] == "")]
    return reports[reports["region_code"].isin(succession().series_codes(code))]


def _folders(data: Any) -> Any:
    if data is None or data == "":
        return None
    if isinstance(data, (str, Path)):
        return Path(data)
    return [Path(folder) for folder in data]


def _resolved(data: Any) -> list[Path] | None:
    folders = [data] if isinstance(data, Path) else data
    return None if folders is None else [Path(folder).resolve() for folder in folders]
