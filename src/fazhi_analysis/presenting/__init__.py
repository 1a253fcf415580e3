"""Tables, charts, prose, HTML theme and fonts.

Imported lazily: naming this package loads neither pandas nor matplotlib; matplotlib comes with the first chart.

>>> from fazhi_analysis import presenting
>>> "open_page" in dir(presenting)
True
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

_PUBLIC = {
    "narrate": "narrative",
    "open_page": "pages",
    "page_names": "pages",
    "Fragment": "html",
    "Table": "tables",
    "Words": "words",
}

__all__ = ["Fragment", "Table", "Words", "narrate", "open_page", "page_names"]


def __getattr__(name: str) -> Any:
    if name not in _PUBLIC:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(importlib.import_module(f"{__name__}.{_PUBLIC[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)


if TYPE_CHECKING:
    from fazhi_analysis.presenting.html import Fragment
    from fazhi_analysis.presenting.narrative import narrate
    from fazhi_analysis.presenting.pages import open_page, page_names
    from fazhi_analysis.presenting.tables import Table
    from fazhi_analysis.presenting.words import Words
