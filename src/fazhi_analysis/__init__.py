"""Checked figures, year-over-year analyses and narratives from 法治政府建设年度报告.

The public API, imported lazily: naming a function here costs nothing until it is used.

>>> import fazhi_analysis
>>> "year_over_year" in dir(fazhi_analysis)
True
"""

from __future__ import annotations

import importlib
import sys
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

_PUBLIC = {
    "read_report": "reading",
    "extract": "extracting",
    "ingest": "running.ingest",
    "load_metrics": "dataset",
    "load_statements": "dataset",
    "load_reports": "dataset",
    "load_findings": "dataset",
    "load_catalogue": "catalogue",
    "year_over_year": "analysis.year_over_year",
    "exclusions": "analysis.exclusions",
    "assess": "analysis.significance",
    "check_claims": "analysis.claims",
    "trend": "analysis.trend",
    "compare": "analysis.peers",
    "audit": "analysis.audit",
    "judge": "analysis.audit.judging",
    "follow_up": "analysis.follow_up",
    "narrate": "presenting",
    "open_page": "presenting",
    "run_report": "running",
    "run_batch": "running",
}

__all__ = [
    "__version__",
    "assess",
    "audit",
    "check_claims",
    "compare",
    "exclusions",
    "extract",
    "follow_up",
    "ingest",
    "judge",
    "load_catalogue",
    "load_findings",
    "load_metrics",
    "load_reports",
    "load_statements",
    "narrate",
    "open_page",
    "read_report",
    "run_batch",
    "run_report",
    "trend",
    "year_over_year",
]


def __getattr__(name: str) -> Any:
    if name not in _PUBLIC:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module = importlib.import_module(f"{__name__}.{_PUBLIC[name]}")
    value = getattr(module, name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)


if "ipykernel" in sys.modules:  # in a notebook, our objects show themselves
    importlib.import_module("fazhi_analysis.presenting.formatters").register()


if TYPE_CHECKING:
    from fazhi_analysis.analysis.audit import audit
    from fazhi_analysis.analysis.audit.judging import judge
    from fazhi_analysis.analysis.claims import check_claims
    from fazhi_analysis.analysis.exclusions import exclusions
    from fazhi_analysis.analysis.follow_up import follow_up
    from fazhi_analysis.analysis.peers import compare
    from fazhi_analysis.analysis.significance import assess
    from fazhi_analysis.analysis.trend import trend
    from fazhi_analysis.analysis.year_over_year import year_over_year
    from fazhi_analysis.catalogue import load_catalogue
    from fazhi_analysis.dataset import load_findings, load_metrics, load_reports, load_statements
    from fazhi_analysis.extracting import extract
    from fazhi_analysis.presenting import narrate, open_page
    from fazhi_analysis.reading import read_report
    from fazhi_analysis.running import run_batch, run_report
    from fazhi_analysis.running.ingest import ingest
