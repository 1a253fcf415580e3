"""Figures as they are printed: digits of a percentage, and how a value is written in a message."""

from __future__ import annotations

import re
from math import isinf, log10

from fazhi_analysis.model import Quantity

_DIGITS = re.compile(r"\d+(?:\.\d+)?")
_SCALED = re.compile(r"(\d+(?:\.\d+)?)[余多]?(万亿|亿|万)?")
_BARE = re.compile(r"[-−]?(\d[\d,，]*(?:\.\d+)?)([余多]?)(万亿|亿|万)?")
_SCALES = {"": 1.0, "万": 1e4, "亿": 1e8, "万亿": 1e12}


def is_corrected(quantity: Quantity) -> bool:
    """Whether a person gave a figure another value than the one that is printed.

    A row whose label or scope alone was corrected keeps its printed value. Without the text this is unknown, and the
    value counts as a corrected one.

    >>> from fazhi_analysis.model import Quantity
    >>> def row(text, value):
    ...     return Quantity(0, 3, text, value, value, value, "%", "exact", "rate", True, origin="corrected")
    >>> is_corrected(row("95%", 90)), is_corrected(row("95%", 95)), is_corrected(row("3万件", 3))
    (True, False, True)
    """
    if quantity.origin != "corrected":
        return False
    match = _SCALED.search(quantity.text.replace(",", "").replace("，", ""))
    if match is None or quantity.value is None:
        return True
    return abs(float(match[1]) * _SCALES[match[2] or ""] - abs(quantity.value)) > 1e-9 * abs(quantity.value)


def printed_percent(rate: Quantity) -> str:
    """Digits of a printed percentage, trailing zeros kept; rebuilt from the interval where there is no text.

    >>> from fazhi_analysis.model import Quantity
    >>> printed_percent(Quantity(0, 6, "99.90%", 99.9, 99.895, 99.905, "%", "exact", "rate", True))
    '99.90'
    >>> printed_percent(Quantity(0, 6, "", 99.9, 99.895, 99.905, "%", "exact", "rate", True))
    '99.90'
    """
    match = None if is_corrected(rate) else _DIGITS.search(rate.text)
    if match:
        return match.group()
    if rate.value is None or rate.lower is None:
        raise ValueError("a rate without a value has no printed form")
    half = rate.value - rate.lower
    if half <= 0:
        return number(rate.value)
    decimals = max(0, round(-log10(2 * half)))
    return f"{rate.value:.{decimals}f}"


def number(value: float | None) -> str:
    """A number without a needless fraction.

    >>> number(2841.0), number(18.75), number(float("inf"))
    ('2841', '18.75', '∞')
    """
    if value is None:
        return "—"
    if isinf(value):
        return "∞"
    return f"{value:.4f}".rstrip("0").rstrip(".")


def shown(quantity: Quantity) -> str:
    """A quantity as a message names it: the printed words without layout spaces, or value and unit.

    A corrected figure is named by its corrected value; what is printed follows in ``printed_instead``.

    >>> from fazhi_analysis.model import Quantity
    >>> shown(Quantity(0, 6, "2841 件", 2841, 2841, 2841, "件", "exact", "count", True))
    '2841件'

    A table may print the unit in its heading alone; the bare digits of a cell would mislead beside those of another.

    >>> shown(Quantity(0, 5, "318.4", 3184000, 3183500, 3184500, "元", "exact", "money", True))
    '318.4万元'
    >>> shown(Quantity(0, 4, "2328", 2328, 2328, 2328, "件", "exact", "count", True))
    '2328件'
    """
    if quantity.text and not is_corrected(quantity):
        return _with_unit(re.sub(r"\s+", "", quantity.text), quantity)
    words = {"over": "余", "about": "约", "under": "不足"}
    before = words[quantity.qualifier] if quantity.qualifier in {"about", "under"} else ""
    after = words["over"] if quantity.qualifier == "over" else ""
    return f"{before}{number(quantity.value)}{after}{quantity.unit}"


def _with_unit(words: str, quantity: Quantity) -> str:
    """Bare digits with the scale and unit that the figure was read with."""
    match = _BARE.fullmatch(words)
    if match is None or quantity.value is None or not quantity.unit:
        return words
    digits, scale = float(match[1].replace(",", "").replace("，", "")), match[3]
    for name, factor in _SCALES.items():
        if (not scale or name == scale) and abs(digits * factor - abs(quantity.value)) <= 1e-9 * abs(quantity.value):
            return f"{words}{'' if scale else name}{quantity.unit}"
    return words


def called(quantity: Quantity) -> str:
    """A figure with what it is: printed, or corrected by a person.

    >>> from fazhi_analysis.model import Quantity
    >>> called(Quantity(0, 3, "95%", 90, 89.5, 90.5, "%", "exact", "rate", True, origin="corrected"))
    '更正后的90%'
    """
    return f"更正后的{shown(quantity)}" if is_corrected(quantity) else f"所印{shown(quantity)}"
