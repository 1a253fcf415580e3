"""Figures as the evidence of findings."""

from __future__ import annotations

from collections.abc import Iterable

from fazhi_analysis.model import Evidence, Quantity


def evidence_of(quantity: Quantity) -> Evidence:
    """A quantity as a piece of evidence; a figure of the bundled data may have no place (start below 0).

    >>> evidence_of(Quantity(-1, -1, "", 3, 3, 3, "件", "exact", "count", True, row_id="x:m001")).start is None
    True
    """
    start, end = (quantity.start, quantity.end) if quantity.start >= 0 else (None, None)
    return Evidence(start, end, quantity.text, quantity.value, quantity.row_id)


def past_evidence(quantity: Quantity, earlier: Iterable[Quantity]) -> Evidence:
    """A figure of the year before as evidence: without a place when it stands in the earlier report.

    >>> before = Quantity(5, 8, "34件", 34, 34, 34, "件", "exact", "count", True, row_id="159928-2023:m090")
    >>> past_evidence(before, [before])
    Evidence(start=None, end=None, text='34件', value=34, row='159928-2023:m090')
    """
    if any(item is quantity for item in earlier):
        return Evidence(None, None, quantity.text, quantity.value, quantity.row_id)
    return evidence_of(quantity)
