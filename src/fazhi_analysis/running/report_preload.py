"""Imported once by the process that workers and notebooks fork from: what every report else loads and builds anew.

What pages need comes first, because figures show inline only if the shell is there before pyplot. All that is read here
comes with the package and does not change while a process lives, apart from a user's own places, which are read again
when their file changes.
"""

from __future__ import annotations

import importlib
from typing import Any


def _load() -> None:
    importlib.import_module("fazhi_analysis.running.executing.page_preload")
    importlib.import_module("fazhi_analysis.running.forked.wire")
    import nbformat

    from fazhi_analysis._paths import bundled_notebooks
    from fazhi_analysis.catalogue.place_lookup import folder_name
    from fazhi_analysis.catalogue.succession import succession
    from fazhi_analysis.running import report  # noqa: F401
    from fazhi_analysis.running.results import notebook_html

    folder_name("北京市东城区", "110101")  # names of places
    succession()
    read: Any = nbformat.read
    read(bundled_notebooks() / "year_over_year.ipynb", as_version=4)  # compiles what checks notebooks
    notebook_html.render(notebook_html.draft_page("", "zh"))  # template and font


_load()
