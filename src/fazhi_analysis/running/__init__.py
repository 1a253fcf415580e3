"""Executing notebooks, exporting them, batches, ingest, schedules.

Imported lazily: papermill comes with the first run.

>>> from fazhi_analysis import running
>>> "run_report" in dir(running)
True
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

_PUBLIC = {
    "run_report": "report",
    "ReportResult": "report",
    "run_batch": "batch",
    "ingest": "ingest",
}

__all__ = ["ReportResult", "ingest", "run_batch", "run_report"]


def __getattr__(name: str) -> Any:
    if name not in _PUBLIC:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module = importlib.import_module(f"{__name__}.{_PUBLIC[name]}")
    return module if name == _PUBLIC[name] else getattr(module, name)


def __dir__() -> list[str]:
    return sorted(__all__)


if TYPE_CHECKING:
    from fazhi_analysis.running.report import ReportResult, run_report
