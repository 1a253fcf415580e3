"""One module a question that an analyst asks: what changed, is it real, how do we stand, what is wrong, was it kept.

Each public function lives in the module of its own name and is imported when it is first used.

>>> from fazhi_analysis import analysis
>>> callable(analysis.year_over_year)
True
"""

from __future__ import annotations

import importlib
import sys
from types import ModuleType
from typing import TYPE_CHECKING, Any

_PUBLIC = {
    "year_over_year": "year_over_year",
    "exclusions": "exclusions",
    "summarise_exclusions": "exclusions",
    "assess": "significance",
    "check_claims": "claims",
    "implied_earlier": "claims",
    "trend": "trend",
    "summarise_trend": "trend",
    "compare": "peers",
    "load_benchmarks": "benchmarks",
    "audit": "audit",
    "follow_up": "follow_up",
}

__all__ = [
    "assess",
    "audit",
    "check_claims",
    "compare",
    "exclusions",
    "follow_up",
    "implied_earlier",
    "load_benchmarks",
    "summarise_exclusions",
    "summarise_trend",
    "trend",
    "year_over_year",
]


def __getattr__(name: str) -> Any:
    if name not in _PUBLIC:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(importlib.import_module(f"{__name__}.{_PUBLIC[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)


class _Package(ModuleType):
    """Importing a submodule binds its name on the package; a public function of that name must not be hidden by it."""

    def __setattr__(self, name: str, value: Any) -> None:
        if not (name in _PUBLIC and isinstance(value, ModuleType)):
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package

if TYPE_CHECKING:
    from fazhi_analysis.analysis.audit import audit
    from fazhi_analysis.analysis.benchmarks import load_benchmarks
    from fazhi_analysis.analysis.claims import check_claims, implied_earlier
    from fazhi_analysis.analysis.exclusions import exclusions, summarise_exclusions
    from fazhi_analysis.analysis.follow_up import follow_up
    from fazhi_analysis.analysis.peers import compare
    from fazhi_analysis.analysis.significance import assess
    from fazhi_analysis.analysis.trend import summarise_trend, trend
    from fazhi_analysis.analysis.year_over_year import year_over_year
