"""How the library's objects show themselves in Jupyter: registered here, so that no lower layer knows of HTML.

``import fazhi_analysis`` in a notebook registers the formatters by the names of the types, which imports none of them.
``print(x)`` and ``repr(x)`` stay plain, tables stay ordinary DataFrames, and what is not ours is shown as always.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from typing import Any, Final

_OBJECTS: Final = "fazhi_analysis.presenting.jupyter.objects"
_FRAMES: Final = "fazhi_analysis.presenting.jupyter.dataframes"
FORMATTERS: Final[dict[tuple[str, str], tuple[str, str]]] = {
    ("fazhi_analysis.model.documents", "Report"): (_OBJECTS, "report"),
    ("fazhi_analysis.model.statements", "Finding"): (_OBJECTS, "finding"),
    ("fazhi_analysis.model.figures", "Quantity"): (_OBJECTS, "quantity"),
    ("fazhi_analysis.model.statements", "Statement"): (_OBJECTS, "statement"),
    ("fazhi_analysis.model.figures", "Indicator"): (_OBJECTS, "indicator"),
    ("fazhi_analysis.extracting.extraction", "Extraction"): (_OBJECTS, "extraction"),
    ("fazhi_analysis.catalogue.indicators", "Catalogue"): (_OBJECTS, "catalogue"),
    ("fazhi_analysis.catalogue.division", "Division"): (_OBJECTS, "division"),
    ("fazhi_analysis.running.report_pages", "ReportResult"): (_OBJECTS, "report_result"),
    ("fazhi_analysis.running.batch_outcome", "BatchResult"): (_OBJECTS, "batch_result"),
    ("fazhi_analysis.running.ingest", "IngestResult"): (_OBJECTS, "ingest_result"),
    ("builtins", "list"): (_OBJECTS, "several"),
    ("builtins", "tuple"): (_OBJECTS, "several"),
    ("pandas", "DataFrame"): (_FRAMES, "frame"),
    ("pandas.core.frame", "DataFrame"): (_FRAMES, "frame"),
}
"""Module and name of each type, and the function that shows it: ``function(thing, words) -> Fragment | None``."""


def register(shell: Any = None, lang: str = "zh") -> bool:
    """Register every formatter with an IPython shell (the running one by default); True if there is one.

    ``lang`` is the language of the headings: call it again to change.

    >>> from types import SimpleNamespace
    >>> from IPython.core.formatters import DisplayFormatter
    >>> register(SimpleNamespace(display_formatter=DisplayFormatter()))
    True
    """
    if shell is None:
        from IPython import get_ipython

        shell = get_ipython()
    if shell is None:
        return False
    html = shell.display_formatter.formatters["text/html"]
    for (module, name), (place, function) in FORMATTERS.items():
        html.pop(f"{module}.{name}", None)  # one that was used is kept under its type, which would come first
        html.for_type_by_name(module, name, _lazy(place, function, lang))
    return True


def _lazy(place: str, function: str, lang: str) -> Callable[[Any], Any]:
    def formatter(thing: Any) -> Any:
        if isinstance(thing, (list, tuple)) and not _ours(thing):
            return None
        from fazhi_analysis.presenting.wording.page_texts import Words

        shown = getattr(importlib.import_module(place), function)(thing, Words(lang))
        if shown is None:
            usual = getattr(thing, "_repr_html_", None)
            return usual() if usual else None
        return str(shown)

    return formatter


def _ours(things: Any) -> bool:
    """Whether a list holds objects of one of our kinds; asked of every list that a reader shows, so it is cheap."""
    return bool(things) and type(things) in (list, tuple) and type(things[0]).__module__.startswith("fazhi_analysis.")
