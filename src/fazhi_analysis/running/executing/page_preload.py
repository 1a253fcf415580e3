"""Imported once by the process that notebooks fork from: loads what every page of this package needs.

The engine's own preloading comes first, because figures show inline only if the shell is there before pyplot.
"""

from __future__ import annotations

import importlib
import pkgutil

from fazhi_analysis.running.executing.engines import load_papermill
from fazhi_analysis.running.forked import warm

_LIBRARIES = (
    "fazhi_analysis.running.forked.preload", "matplotlib.pyplot", "matplotlib.backends.backend_svg", "pandas",
    "pandas.core.arrays.arrow._arrow_utils", "pandas.core.methods.to_dict", "pyarrow.parquet", "pyarrow.dataset",
    "rapidfuzz.process", "statistics", "nbformat", "jinja2", "mistune", "pandas.io.formats.csvs", "IPython.core.logger",
    "fazhi_analysis.dataset.loading", "fazhi_analysis.running.results.notebook_html",
    "fazhi_analysis.reading.reader", "fazhi_analysis.extracting.figures.numerals",
)  # fmt: skip
_PACKAGES = ("analysis", "presenting.pages", "presenting.charts", "presenting.narrative")
"""Packages whose modules are all loaded: pages import what they need when they are asked for it. They show what is
stored and extract nothing: a notebook of a reader's own that does loads that itself."""


def _load() -> None:
    load_papermill()
    for name in _LIBRARIES:
        importlib.import_module(name)
    for name in _PACKAGES:
        package = importlib.import_module(f"fazhi_analysis.{name}")
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            importlib.import_module(module.name)
    from fazhi_analysis.analysis.audit import load_rules
    from fazhi_analysis.catalogue import load_catalogue, load_divisions
    from fazhi_analysis.presenting.charts.style import text_width
    from fazhi_analysis.presenting.html import fonts
    from fazhi_analysis.presenting.jupyter import formatters
    from fazhi_analysis.presenting.narrative import narrative_texts
    from fazhi_analysis.presenting.wording import page_texts

    formatters.register(warm.shell())  # importing the library does this in a kernel, but here it is imported already
    load_catalogue()
    load_divisions()
    list(load_rules())
    for texts in (page_texts.TEXTS, narrative_texts.TEXTS):
        dict(texts)  # read every file
    fonts.register()
    text_width("法治政府", 10)


_load()
