"""Checked figures, year-over-year analyses and narratives from 法治政府建设年度报告.

The public API, imported lazily: naming a function here costs nothing until it is used.

>>> import fazhi_analysis
>>> "year_over_year" in dir(fazhi_analysis)
True
"""

from __future__ import annotations

import importlib
import sys
from typing import TYPE_CHECKING

import lazy_loader

__version__ = "0.1.0"

_attribute, __dir__, _names = lazy_loader.attach(
    __name__,
    submod_attrs={
        "reading.reader": ["read_report"],
        "extracting.extraction": ["extract"],
        "running.ingest": ["ingest"],
        "dataset.loading": ["load_findings", "load_metrics", "load_reports", "load_statements"],
        "catalogue.indicators": ["load_catalogue"],
        "analysis.comparing.year_over_year": ["year_over_year"],
        "analysis.comparing.exclusions": ["exclusions"],
        "analysis.comparing.significance": ["assess"],
        "analysis.comparing.trend": ["trend"],
        "analysis.claims.checking": ["check_claims"],
        "analysis.peers.comparison": ["compare"],
        "analysis.audit.runner": ["audit"],
        "analysis.audit.judging": ["judge"],
        "analysis.following.follow_up": ["follow_up"],
        "presenting.narrative.narrator": ["narrate"],
        "presenting.pages": ["open_page"],
        "running.report": ["run_report"],
        "running.batch": ["run_batch"],
    },
)
__getattr__ = _attribute
__all__ = ["__version__", *_names]

if "ipykernel" in sys.modules:  # in a notebook, our objects show themselves
    importlib.import_module("fazhi_analysis.presenting.jupyter.formatters").register()


if TYPE_CHECKING:
    from fazhi_analysis.analysis.audit.judging import judge as judge
    from fazhi_analysis.analysis.audit.runner import audit as audit
    from fazhi_analysis.analysis.claims.checking import check_claims as check_claims
    from fazhi_analysis.analysis.comparing.exclusions import exclusions as exclusions
    from fazhi_analysis.analysis.comparing.significance import assess as assess
    from fazhi_analysis.analysis.comparing.trend import trend as trend
    from fazhi_analysis.analysis.comparing.year_over_year import year_over_year as year_over_year
    from fazhi_analysis.analysis.following.follow_up import follow_up as follow_up
    from fazhi_analysis.analysis.peers.comparison import compare as compare
    from fazhi_analysis.catalogue.indicators import load_catalogue as load_catalogue
    from fazhi_analysis.dataset.loading import load_findings as load_findings
    from fazhi_analysis.dataset.loading import load_metrics as load_metrics
    from fazhi_analysis.dataset.loading import load_reports as load_reports
    from fazhi_analysis.dataset.loading import load_statements as load_statements
    from fazhi_analysis.extracting.extraction import extract as extract
    from fazhi_analysis.presenting.narrative.narrator import narrate as narrate
    from fazhi_analysis.presenting.pages import open_page as open_page
    from fazhi_analysis.reading.reader import read_report as read_report
    from fazhi_analysis.running.batch import run_batch as run_batch
    from fazhi_analysis.running.ingest import ingest as ingest
    from fazhi_analysis.running.report import run_report as run_report
