"""Figures as they are printed: digits of a percentage, and how a value is written in a message."""

from __future__ import annotations

import re
from math import isinf, log10

from fazhi_analysis.model import Quantity

_DIGITS = re.compile(r"\d+(?:\.\d+)?")


def printed_percent(rate: Quantity) -> str:
    """Digits of a printed percentage, trailing zeros kept; rebuilt from the interval where there is no text.

    >>> from fazhi_analysis.model import Quantity
    >>> printed_percent(Quantity(0, 6, "99.90%", 99.9, 99.895, 99.905, "%", "exact", "rate", True))
    '99.90'
    >>> printed_percent(Quantity(0, 6, "", 99.9, 99.895, 99.905, "%", "exact", "rate", True))
    '99.90'
    """
    match = _DIGITS.search(rate.text)
    if match:
        return match.group()
    if rate.value is None or rate.lower is None:
        raise ValueError("a rate without a value has no printed form")
    half = rate.value - rate.lower
    decimals = max(0, round(-log10(2 * half))) if half > 0 else 0
    return f"{rate.value:.{decimals}f}"


def number(value: float | None) -> str:
    """A number without a needless fraction.

    >>> number(3502.0), number(18.75), number(float("inf"))
    ('3502', '18.75', '∞')
    """
    if value is None:
        return "—"
    if isinf(value):
        return "∞"
    return f"{value:.4f}".rstrip("0").rstrip(".")


def shown(quantity: Quantity) -> str:
    """A quantity as a message names it: the printed words without layout spaces, or value and unit.

    >>> from fazhi_analysis.model import Quantity
    >>> shown(Quantity(0, 6, "3502 件", 3502, 3502, 3502, "件", "exact", "count", True))
    '3502件'
    """
    if quantity.text:
        return re.sub(r"\s+", "", quantity.text)
    words = {"over": "余", "about": "约", "under": "不足"}
    before = words[quantity.qualifier] if quantity.qualifier in {"about", "under"} else ""
    after = words["over"] if quantity.qualifier == "over" else ""
    return f"{before}{number(quantity.value)}{after}{quantity.unit}"
