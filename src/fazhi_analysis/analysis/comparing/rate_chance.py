"""Rates and the counts behind them: how far chance can move a rate, and how small its base may be.

Sources: R. G. Newcombe, "Interval estimation for the difference between independent proportions", Statistics in
Medicine 17 (1998), method 10; E. B. Wilson, JASA 22 (1927); for attainable percentages N. J. L. Brown and
J. A. J. Heathers, "The GRIM Test", Social Psychological and Personality Science 8(4) (2017).
"""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from math import ceil
from statistics import NormalDist
from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

SMALL_BASE = 20
"""Below this many cases one case moves a rate by at least five points: a plain warning is due."""

_DECIMALS = 6


def wilson(cases: Any, base: Any, confidence: float = 0.95) -> tuple[Floats, Floats]:
    """Wilson's score interval of a proportion, as shares; NaN where the base is not positive.

    >>> low, high = wilson(np.array([81]), np.array([263]))
    >>> round(float(low[0]), 4), round(float(high[0]), 4)
    (0.2553, 0.3662)
    """
    k, n = np.asarray(cases, dtype=float), np.asarray(base, dtype=float)
    z = NormalDist().inv_cdf(0.5 + confidence / 2)
    with np.errstate(divide="ignore", invalid="ignore"):
        middle = (2 * k + z * z) / (2 * (n + z * z))
        half = z * np.sqrt(z * z + 4 * k * (1 - k / n)) / (2 * (n + z * z))
        usable = (n > 0) & (k >= 0) & (k <= n)
    low, high = np.where(usable, middle - half, np.nan), np.where(usable, middle + half, np.nan)
    return np.clip(low, 0, 1), np.clip(high, 0, 1)


def newcombe(
    cases: Any, base: Any, earlier_cases: Any, earlier_base: Any, confidence: float = 0.95
) -> tuple[Floats, Floats]:
    """Newcombe's interval for ``cases/base - earlier_cases/earlier_base``, in percentage points.

    Both years are taken as independent samples of a steady process: an interval that holds 0 says that chance alone
    can explain the difference, not that nothing changed. NaN where a base is not positive.

    >>> low, high = newcombe(np.array([56]), np.array([70]), np.array([48]), np.array([80]))
    >>> round(float(low[0]), 2), round(float(high[0]), 2)
    (5.24, 33.39)
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        share = np.asarray(cases, dtype=float) / np.asarray(base, dtype=float)
        earlier = np.asarray(earlier_cases, dtype=float) / np.asarray(earlier_base, dtype=float)
    low, high = wilson(cases, base, confidence)
    earlier_low, earlier_high = wilson(earlier_cases, earlier_base, confidence)
    difference = share - earlier
    below = np.sqrt((share - low) ** 2 + (earlier_high - earlier) ** 2)
    above = np.sqrt((high - share) ** 2 + (earlier - earlier_low) ** 2)
    return 100 * (difference - below), 100 * (difference + above)


def printed_decimals(value: Any, lower: Any, upper: Any) -> npt.NDArray[np.int64]:
    """Decimals that a rate was printed with, read off its interval (half a unit of the last place each way).

    -1 where the interval is not that of a printed rate (a range, an approximate wording). Trailing zeros show: 99.0
    has the interval 98.95..99.05.

    >>> printed_decimals(np.array([97.06, 100, 99]), np.array([97.055, 99.5, 98.95]), np.array([97.065, 100, 99.05]))
    array([2, 0, 1])
    """
    value = np.asarray(value, dtype=float)
    below, above = value - np.asarray(lower, dtype=float), np.asarray(upper, dtype=float) - value
    half = np.maximum(below, above)
    with np.errstate(divide="ignore", invalid="ignore"):
        decimals = np.rint(-np.log10(2 * half))
    usable = np.isfinite(decimals) & (decimals >= 0) & (decimals <= _DECIMALS)
    decimals = np.where(usable, decimals, 0).astype(np.int64)
    unit = 10.0 ** -decimals.astype(float)
    tolerance = unit * 1e-6
    clipped = (value >= 100 - unit) | (value <= unit)
    fits = (np.abs(half - unit / 2) < tolerance) & ((np.abs(below - above) < 2 * tolerance) | clipped)
    return np.where(usable & fits, decimals, -1)


def smallest_base(value: Any, decimals: Any, *, truncation: bool = False) -> npt.NDArray[np.int64]:
    """Smallest base over which a whole number of cases prints as the rate; 0 where the decimals are unknown (-1).

    By rounding, either way at the half; with ``truncation``, by cutting further digits off.

    >>> smallest_base(np.array([17.0, 99.99, 99.83]), np.array([0, 2, 2]))
    array([   6, 6667,  572])
    >>> smallest_base(np.array([17.0]), np.array([0]), truncation=True)
    array([17])
    """
    rates = np.stack([np.asarray(value, dtype=float), np.asarray(decimals, dtype=float)], axis=-1).reshape(-1, 2)
    distinct, place = np.unique(rates, axis=0, return_inverse=True)
    bases = [
        _smallest(f"{rate:.{int(digits)}f}", int(digits), truncation) if digits >= 0 and 0 <= rate <= 100 else 0
        for rate, digits in distinct.tolist()
    ]
    return np.array(bases, dtype=np.int64)[place.reshape(-1)].reshape(np.shape(value))


@lru_cache(maxsize=65536)
def _smallest(percent: str, decimals: int, truncation: bool) -> int:
    unit = Fraction(1, 10**decimals)
    rate = Fraction(percent)
    low, high = (rate, rate + unit) if truncation else (rate - unit / 2, rate + unit / 2)
    closed = not truncation
    if high > 100:
        high, closed = Fraction(100), True
    return _simplest(max(low, Fraction(0)) / 100, True, high / 100, closed).denominator


def _simplest(low: Fraction, low_in: bool, high: Fraction, high_in: bool) -> Fraction:
    """The fraction with the smallest denominator between two non-negative ends (in: the end itself counts)."""
    whole = low.numerator // low.denominator
    if low == whole and low_in:
        return Fraction(whole)
    step = whole + 1
    if step < high or (step == high and high_in):
        return Fraction(step)
    # Both ends lie in [whole, whole + 1]: look at what follows the whole part, upside down.
    if low == whole:  # the end itself is out, and 1 / 0 stands for no upper end
        parts = ceil(1 / (high - whole))
        if parts == 1 / (high - whole) and not high_in:
            parts += 1
        return whole + Fraction(1, parts)
    return whole + 1 / _simplest(1 / (high - whole), high_in, 1 / (low - whole), low_in)


def counts_behind(value: Any, decimals: Any, base: Any) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Smallest and largest whole number of cases out of ``base`` that print as the rate by rounding; -1, -1 for none.

    >>> counts_behind(np.array([97.06, 17.0]), np.array([2, 0]), np.array([2927, 14]))
    (array([2841,   -1]), array([2841,   -1]))
    """
    value, base = np.asarray(value, dtype=float), np.asarray(base, dtype=float)
    decimals = np.asarray(decimals)
    # In whole units of half the last place, so that the ends are exact.
    scale = 2 * 10.0 ** np.maximum(decimals, 0)
    low, high = np.rint(value * scale) - 1, np.rint(value * scale) + 1
    with np.errstate(invalid="ignore"):
        first = np.ceil(np.round(low * base / (100 * scale), 9))
        last = np.floor(np.round(high * base / (100 * scale), 9))
    first, last = np.maximum(first, 0), np.minimum(last, base)
    usable = (decimals >= 0) & (base > 0) & (first <= last)
    return np.where(usable, first, -1).astype(np.int64), np.where(usable, last, -1).astype(np.int64)
