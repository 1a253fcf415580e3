"""Imported by the fork server alone: makes it warm. Import order matters, the shell comes before pyplot."""

from __future__ import annotations

import importlib
import threading

from fazhi_analysis.running.forked import warm

warm.shell()

for _name in (
    "ipykernel.jsonutil",
    "matplotlib_inline.backend_inline",
    "matplotlib.pyplot",
    "pandas",
    "pyarrow",
    "fazhi_analysis.running.forked.child",
):
    try:
        importlib.import_module(_name)
    except ImportError:
        continue

if threading.active_count() > 1:
    names = ", ".join(thread.name for thread in threading.enumerate())
    raise RuntimeError(f"the fork server must not have threads: {names}")
