"""Zero words: 零败诉 and 无一宗 report 0. Their unit is that of the counted noun nearest before them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from fazhi_analysis.extracting.figures.amounts import unit_class
from fazhi_analysis.extracting.figures.figure_context import Figure, Places
from fazhi_analysis.model import Quantity

_BACK = 20  # quantities looked back upon


def read_zero(match: re.Match[str], found: Sequence[Quantity], places: Places) -> Quantity:
    """Quantity of a ``zero`` match; ``found`` are the quantities before it, in text order."""
    start, end = match.span("zero")
    unit, counts = match["none_unit"] or "", match["none_unit"] is not None
    for name in ("nil", "quoted_nil", "ended_nil"):
        if match[name] is not None:
            (start, end), counts = match.span(name), True
    if not counts:
        end = start + 1
    spot = places.spot(start, end)
    if not counts or places.in_title(start):
        return places.quantity(spot, "name", Figure(0, 0, 0, period=""))
    role = places.role(spot, "exact")
    unit = unit or _unit_before(found, places.report.clean.offsets[places.sentence_start(start)])
    return places.quantity(spot, "count", Figure(0, 0, 0, unit, role=role))


def _unit_before(found: Sequence[Quantity], sentence: int) -> str:
    """Unit of the nearest count before, in the sentence that starts there, or an empty string."""
    for quantity in found[:-_BACK:-1]:
        if quantity.start < sentence:
            break
        if quantity.is_metric and quantity.kind == "count" and unit_class(quantity.unit) == "count":
            return quantity.unit
    return ""
