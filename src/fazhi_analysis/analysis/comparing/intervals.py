"""Interval arithmetic on arrays: the ends of a difference, of a relative change, and what they settle.

The rules are those of :class:`fazhi_analysis.model.Interval`, for a million rows at once. A lower end may be
``-inf`` and an upper end ``inf``; ``inf - inf`` never comes out as NaN, because an unknown end stays unknown.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

UP, DOWN, SAME, OPEN = 1, -1, 0, 2
"""What an interval of a change settles: above zero, below zero, exactly zero, or nothing."""


def difference(lower: Any, upper: Any, base_lower: Any, base_upper: Any) -> tuple[Floats, Floats]:
    """Ends of ``x - b`` for every x in ``lower..upper`` and b in ``base_lower..base_upper``.

    >>> difference(np.array([300.0]), np.array([399.0]), np.array([260.0]), np.array([260.0]))
    (array([40.]), array([139.]))
    """
    with np.errstate(invalid="ignore"):
        low = np.asarray(lower, dtype=float) - np.asarray(base_upper, dtype=float)
        high = np.asarray(upper, dtype=float) - np.asarray(base_lower, dtype=float)
    return low, high


def relative(lower: Any, upper: Any, base_lower: Any, base_upper: Any) -> tuple[Floats, Floats]:
    """Ends of ``x / b - 1`` as a share, for non-negative x and positive b; NaN where the base can be zero or less.

    >>> relative(np.array([281.0]), np.array([281.0]), np.array([246.0]), np.array([246.0]))[0].round(4)
    array([0.1423])
    >>> relative(np.array([3.0]), np.array([3.0]), np.array([0.0]), np.array([0.0]))
    (array([nan]), array([nan]))
    """
    lower, upper = np.asarray(lower, dtype=float), np.asarray(upper, dtype=float)
    base_lower, base_upper = np.asarray(base_lower, dtype=float), np.asarray(base_upper, dtype=float)
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        low, high = lower / base_upper, upper / base_lower
    low -= 1
    high -= 1
    unusable = ~((base_lower > 0) & (lower >= 0))
    low[unusable] = high[unusable] = np.nan
    return low, high


def settled(change_lower: Any, change_upper: Any) -> npt.NDArray[np.int8]:
    """What each interval of a change settles: ``UP``, ``DOWN``, ``SAME`` or ``OPEN``.

    An interval that only touches zero (0..5) settles nothing: there may have been no change at all.

    >>> settled(np.array([1.0, -3, 0, -1, 0]), np.array([2.0, -1, 0, 1, 5])).tolist()
    [1, -1, 0, 2, 2]
    """
    low, high = np.asarray(change_lower), np.asarray(change_upper)
    result = np.full(low.shape, OPEN, dtype=np.int8)
    result[low > 0] = UP
    result[high < 0] = DOWN
    result[(low == 0) & (high == 0)] = SAME
    return result


def overlap(lower: Any, upper: Any, other_lower: Any, other_upper: Any) -> npt.NDArray[np.bool_]:
    """Whether the intervals share at least one value, ends included.

    >>> overlap(np.array([1.0, 1.0]), np.array([2.0, 2.0]), np.array([2.0, 3.0]), np.array([4.0, 4.0])).tolist()
    [True, False]
    """
    return np.asarray((np.asarray(lower) <= np.asarray(other_upper)) & (np.asarray(other_lower) <= np.asarray(upper)))
