"""What the data hold of a place and year: its tables, reports and rows, each read once."""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from fazhi_analysis._paths import bundled_data
from fazhi_analysis.analysis.stored_rows import MetricRow, ReportRow, StatementRow, rows_of
from fazhi_analysis.catalogue.place_lookup import own_name
from fazhi_analysis.dataset.cells import as_csv_text
from fazhi_analysis.dataset.schema import METRICS

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class StoredPlaceYear:
    """The stored tables of one place, one year, and the year that it is compared with (None where there is none).

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

    @property
    def place_id(self) -> str:
        """What the analyses know the place by: its code, or its name where it has none."""
        return self.region_code or self.region

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
    def kept(self) -> dict[Any, Any]:
        """What callers compute of this object and keep as long as it lives, by keys of their own."""
        return {}

    def is_selection(self, year: int) -> bool:
        """Whether the data have only selected figures of a year, typed in from a public page without their places."""
        rows = self.rows(year)
        return bool(rows) and all(row["start"] is None for row in rows)

    def rows(self, year: int | None = None) -> list[MetricRow]:
        """Metric rows of a year (that of the object by default), in the order of the text."""
        wanted = self.year if year is None else year
        return [row for row in self.rows_by_id.values() if row["year"] == wanted]

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
                rows[column.name] = rows[column.name].astype(str).map(as_csv_text)
        text: str = rows.to_csv(index=False, lineterminator="\n")
        return text.encode("utf-8-sig")

    def digest(self, years: Sequence[int]) -> str:
        """SHA-256 of :meth:`figures_csv`: that of ``metrics.csv`` for the years of the page."""
        return hashlib.sha256(self.figures_csv(years)).hexdigest()
