"""Validated tables on disk and their loaders: one report, one folder; loading many is one call."""

from __future__ import annotations

from fazhi_analysis.dataset.loading import (
    list_reports,
    load_findings,
    load_metrics,
    load_reports,
    load_statements,
    load_text,
)
from fazhi_analysis.dataset.provenance import Provenance
from fazhi_analysis.dataset.report_ids import make_report_id
from fazhi_analysis.dataset.storage import StoredReport, read_report_folder, write_report_folder

__all__ = [
    "Provenance",
    "StoredReport",
    "list_reports",
    "load_findings",
    "load_metrics",
    "load_reports",
    "load_statements",
    "load_text",
    "make_report_id",
    "read_report_folder",
    "write_report_folder",
]
