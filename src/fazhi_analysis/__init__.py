"""Checked figures, year-over-year analyses and narratives from 法治政府建设年度报告.

The public API, imported lazily: naming a function here costs nothing until it is used.

>>> import fazhi_analysis
>>> "year_over_year" in dir(fazhi_analysis)
True
"""

import importlib
import sys

import lazy_loader

__version__ = "0.1.0"

__getattr__, __dir__, _names = lazy_loader.attach_stub(__name__, __file__)  # the names stand in __init__.pyi
__all__ = ["__version__", *_names]

if "ipykernel" in sys.modules:  # in a notebook, our objects show themselves
    importlib.import_module("fazhi_analysis.presenting.jupyter.formatters").register()
