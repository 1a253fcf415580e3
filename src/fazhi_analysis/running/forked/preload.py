"""Imported once by the process that notebooks fork from: loads what every notebook and page needs, and keeps it warm.

Import order matters: the shell comes before pyplot, so that figures show inline.
"""

from __future__ import annotations

import importlib

from fazhi_analysis.running.forked import warm

_MODULES = (
    "ipykernel.jsonutil",
    "matplotlib_inline.backend_inline",
    "matplotlib.pyplot",
    "matplotlib.backends.backend_svg",
    "pandas",
    "pyarrow.parquet",
    "pyarrow.dataset",
    "nbformat",
    "jinja2",
    "mistune",
    "fontTools.subset",
    "fazhi_analysis.dataset.loading",
    "fazhi_analysis.analysis.audit.stored",
    "fazhi_analysis.analysis.year_over_year",
    "fazhi_analysis.analysis.claims",
    "fazhi_analysis.presenting.pages.year_over_year",
    "fazhi_analysis.presenting.pages.problems_next_steps",
    "fazhi_analysis.presenting.pages.data_quality",
    "fazhi_analysis.presenting.pages.trend",
    "fazhi_analysis.presenting.charts.rows",
    "fazhi_analysis.presenting.charts.lines",
    "fazhi_analysis.running.export",
    "fazhi_analysis.running.forked.child",
)


def _load() -> None:
    from fazhi_analysis.running.notebooks import load_papermill

    warm.shell()
    load_papermill()
    for name in _MODULES:
        importlib.import_module(name)
    from fazhi_analysis.analysis.audit import load_rules
    from fazhi_analysis.catalogue import load_catalogue, load_divisions
    from fazhi_analysis.presenting import fonts
    from fazhi_analysis.presenting.charts.style import text_width

    load_catalogue()
    load_divisions()
    list(load_rules())
    fonts.register()
    text_width("法治政府", 10)


_load()
