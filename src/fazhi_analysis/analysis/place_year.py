"""What is stored on a place and year: its rows, and what the analyses derive from them, each read or computed once."""

from __future__ import annotations

import contextlib
import functools
import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from fazhi_analysis._paths import bundled_data
from fazhi_analysis.analysis.doubts import Doubts
from fazhi_analysis.analysis.rows import (
    ClaimRow,
    ExcludedRow,
    MetricRow,
    PromiseRow,
    RateRow,
    ReportRow,
    StatementRow,
    rows_of,
)
from fazhi_analysis.catalogue.choices import year_asked
from fazhi_analysis.catalogue.places import Places, own_name
from fazhi_analysis.catalogue.succession import succession
from fazhi_analysis.dataset.cells import as_text
from fazhi_analysis.dataset.schema import METRICS
from fazhi_analysis.errors import UnknownNameError, UsageError
from fazhi_analysis.model import SEVERITIES

if TYPE_CHECKING:
    import pandas as pd

    from fazhi_analysis.analysis.comparing.breaks import Break
    from fazhi_analysis.analysis.comparing.decisions import ComparedYears
    from fazhi_analysis.model import Finding

_lent: list[PlaceYear] = []


@dataclass(frozen=True)
class PlaceYear:
    """One place, one year, and the year that it is compared with (None where there is none).

    ``region`` and ``region_code`` are the place as the year's report has it; ``places`` are all names and codes under
    which the data have it (a county that became a district has two); ``years`` are all years that the data have of it.
    """

    data: Any
    region_code: str
    region: str
    year: int
    baseline: int | None
    years: tuple[int, ...]
    places: tuple[str, ...] = ()

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
            return cls(data, code, name, year, earlier[-1] if earlier else None, years, places)
        if baseline not in years:
            raise UnknownNameError(f"baseline={baseline}", "choice.year.no_report", place=name, years=years)
        if baseline >= year:
            raise UsageError(f"baseline={baseline}", "choice.year.baseline_not_earlier_than", year=year, years=years)
        return cls(data, code, name, year, baseline, years, places)

    @property
    def place_id(self) -> str:
        """What the analyses know the place by: its code, or its name where it has none."""
        return self.region_code or self.region

    @contextlib.contextmanager
    def lent(self) -> Iterator[None]:
        """Hand this object to whoever opens the same meanwhile, with what all pages need read and computed once.

        Notebooks that are forked from this process get a copy of their own. What cannot be computed is left to the
        page that asks for it, where the error belongs.
        """
        for name in ("metrics", "statements", "reports", "findings", "comparison"):
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

    @property
    def place(self) -> str:
        """The place's own name, without the names of the places above it."""
        return own_name(self.region)

    @functools.cached_property
    def is_fictional(self) -> bool:
        """Whether this is a place of the bundled sample, which does not exist."""
        sample = bundled_data() / "sample" / "reports"
        return self.data is None and any((sample / str(report["report_id"])).is_dir() for report in self.reports)

    @property
    def peers_data(self) -> Any:
        """Where peers are looked for: real places are never compared with those of the bundled sample."""
        if self.data is not None:
            return self.data
        return bundled_data() / "sample" if self.is_fictional else bundled_data()

    @functools.cached_property
    def _stored(self) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
        """Metrics, statements and reports of the place, all years and all sources."""
        from fazhi_analysis.dataset import load_metrics, load_reports, load_statements

        regions = list(self.places) or [self.place_id]
        metrics, statements, reports = (
            load(self.data, regions=regions) for load in (load_metrics, load_statements, load_reports)
        )
        return metrics, statements, reports

    @functools.cached_property
    def further_sources(self) -> dict[str, str]:
        """Stored reports that the pages leave out, since another report of the same year is counted: both ids."""
        from fazhi_analysis.analysis.sources import further_sources

        return further_sources(*self._stored[:2])

    def _counted(self, table: pd.DataFrame) -> pd.DataFrame:
        if not self.further_sources:
            return table
        return table[~table["report_id"].isin(list(self.further_sources))].reset_index(drop=True)

    @functools.cached_property
    def metrics(self) -> pd.DataFrame:
        """All metric rows of the place, all years, of one whole report a year."""
        return self._counted(self._stored[0])

    @functools.cached_property
    def statements(self) -> pd.DataFrame:
        """All problems and next steps of the place, all years, of one whole report a year."""
        return self._counted(self._stored[1])

    @functools.cached_property
    def all_reports(self) -> pd.DataFrame:
        """The reports table of the place, all years, one whole report a year."""
        return self._counted(self._stored[2])

    @functools.cached_property
    def report_rows(self) -> list[ReportRow]:
        """The rows of :attr:`all_reports`, in their order."""
        return rows_of(self.all_reports, ReportRow)

    @functools.cached_property
    def reports(self) -> list[ReportRow]:
        """The reports of the year and of the baseline, the year's first."""
        return self.reports_of(self.shown_years)

    def reports_of(self, years: Sequence[int]) -> list[ReportRow]:
        """The reports of some years, the latest first."""
        return sorted((row for row in self.report_rows if row["year"] in years), key=lambda row: -row["year"])

    @property
    def shown_years(self) -> list[int]:
        """The baseline, if any, and the year."""
        return [self.year] if self.baseline is None else [self.baseline, self.year]

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
        from fazhi_analysis.analysis.comparing.decisions import ComparedYears

        return ComparedYears.of(self.comparison, self.doubts)

    def with_origins(self, table: pd.DataFrame, metrics: pd.DataFrame | None = None) -> pd.DataFrame:
        """A table of an analysis with the origin of the figures that it rests on, so that pages mark corrected ones.

        ``origin`` is that of ``row``, ``baseline_origin`` of ``baseline_row``; the table as it is without corrections.
        ``metrics`` are the figures that the table was made of, those of the place by default.
        """
        metrics = self.metrics if metrics is None else metrics
        corrected = set(metrics.loc[metrics["origin"].astype("str") == "corrected", "row_id"].astype("str"))
        if not corrected:
            return table
        marks = {"origin": "row", "baseline_origin": "baseline_row"}
        return table.assign(
            **{
                name: ["corrected" if str(row) in corrected else "" for row in table[key]]
                for name, key in marks.items()
                if key in table.columns
            }
        )

    def printed(self, row: MetricRow) -> MetricRow:
        """A row as the report prints it: what corrections changed is undone, as far as they say what stood there."""
        printed: dict[str, Any] = dict(row)
        report_id, _, local = row["row_id"].partition(":")
        for report in self.reports:
            for entry in reversed(list(report["corrections"] or [])):
                if report["report_id"] == report_id and str(entry["row"]).rpartition(":")[2] == local:
                    printed |= {**entry["from"], "origin": ""}
        return cast("MetricRow", printed)

    @functools.cached_property
    def claims(self) -> list[ClaimRow]:
        """The changes that the year's report states, each checked against the figures."""
        from fazhi_analysis.analysis.claims.checking import check_claims

        found = check_claims(self.metrics, self.place_id, self.year, reports=self.all_reports)
        return rows_of(found, ClaimRow)

    @functools.cached_property
    def rates(self) -> list[RateRow]:
        """Of what each rate of the year's reports is a share, as far as they tell."""
        from fazhi_analysis.analysis.audit.rates import rates

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

    @functools.cached_property
    def kept(self) -> dict[Any, Any]:
        """What callers compute of this object and keep as long as it lives, by keys of their own."""
        return {}

    def is_selection(self, year: int) -> bool:
        """Whether the data have only selected figures of a year, typed in from a public page without their places."""
        rows = self.metrics[self.metrics["year"] == year]
        return bool(len(rows)) and bool(rows["start"].isna().all())

    def rows(self, year: int | None = None) -> list[MetricRow]:
        """Metric rows of a year (that of the object by default), in the order of the text."""
        wanted = self.year if year is None else year
        if wanted not in self._rows_of_year:
            self._rows_of_year[wanted] = rows_of(self.metrics[self.metrics["year"] == wanted], MetricRow)
        return list(self._rows_of_year[wanted])

    @functools.cached_property
    def _rows_of_year(self) -> dict[int, list[MetricRow]]:
        return {}

    @functools.cached_property
    def rows_by_id(self) -> dict[str, MetricRow]:
        """Every metric row of the place, all years, by its id."""
        return {row["row_id"]: row for row in rows_of(self.metrics, MetricRow)}

    @functools.cached_property
    def statements_by_id(self) -> dict[str, StatementRow]:
        """Every problem and next step of the place, all years, by its id."""
        return {row["row_id"]: row for row in rows_of(self.statements, StatementRow)}

    def statements_of(self, kind: str, year: int | None = None) -> list[StatementRow]:
        """Problems or next steps of a year (that of the object by default) in their order."""
        wanted = self.year if year is None else year
        found = [row for row in self.statements_by_id.values() if row["kind"] == kind and row["year"] == wanted]
        return sorted(found, key=lambda row: row["ordinal"])

    def is_text_kept(self, year: int) -> bool:
        """Whether the text of a year's report is kept."""
        return any(report["text_kept"] for report in self.reports_of([year]))

    def figures_csv(self, years: Sequence[int]) -> bytes:
        """The figures of these years as the file ``metrics.csv`` has them; the mark at its head is for Excel."""
        key = tuple(years)
        if key not in self._files:
            self._files[key] = self._figures_csv(key)
        return self._files[key]

    @functools.cached_property
    def _files(self) -> dict[tuple[int, ...], bytes]:
        return {}

    def _figures_csv(self, years: Sequence[int]) -> bytes:
        rows = self.metrics[self.metrics["year"].isin(list(years))].copy()
        for column in METRICS.columns:
            if column.type in ("text", "category"):  # what a document says must not run in a spreadsheet
                rows[column.name] = rows[column.name].astype(str).map(as_text)
        text: str = rows.to_csv(index=False, lineterminator="\n")
        return text.encode("utf-8-sig")

    def digest(self, years: Sequence[int]) -> str:
        """SHA-256 of :meth:`figures_csv`: that of ``metrics.csv`` for the years of the page."""
        return hashlib.sha256(self.figures_csv(years)).hexdigest()


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
