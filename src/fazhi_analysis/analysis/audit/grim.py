"""Which percentages a whole number of cases out of n can give (the GRIM test), in exact arithmetic.

Source: N. J. L. Brown and J. A. J. Heathers, "The GRIM Test", Social Psychological and Personality Science 8(4), 2017.
Printed decimals count: 99.0 promises more than 99, so percentages are given as printed value and number of decimals.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor

LARGEST_BASE = 100_000


@dataclass(frozen=True, slots=True)
class Attainable:
    """What a base of ``n`` can give near a printed percentage.

    ``by_rounding`` and ``by_truncation`` are the counts k that print as the percentage; ``below`` and ``above`` are the
    nearest attainable percentages (exact, as floats) on either side when no count fits.
    """

    n: int
    by_rounding: tuple[int, ...]
    by_truncation: tuple[int, ...]
    below: float
    above: float

    @property
    def fits(self) -> bool:
        """Whether any whole count prints as the percentage, by rounding or by truncation."""
        return bool(self.by_rounding or self.by_truncation)


def _unit(decimals: int) -> Fraction:
    return Fraction(1, 10**decimals)


def _counts(low: Fraction, high: Fraction, n: int, *, high_included: bool) -> tuple[int, ...]:
    first = max(0, ceil(low * n / 100))
    last = min(n, floor(high * n / 100))
    if not high_included and last * 100 == high * n:
        last -= 1
    return (first, last) if first < last else ((first,) if first == last else ())


def attainable(percent: str, n: int) -> Attainable:
    """Counts out of ``n`` (> 0) that print as ``percent`` (digits as printed, without the sign).

    ``by_rounding`` and ``by_truncation`` hold the smallest and the largest such count, one number if they are equal.

    >>> attainable("17", 14).fits
    False
    >>> attainable("97.06", 2927).by_rounding
    (2841,)
    >>> round(attainable("17", 14).below, 2), round(attainable("17", 14).above, 2)
    (14.29, 21.43)
    """
    if n <= 0:
        raise ValueError(f"a base must be positive: {n}")
    value = Fraction(percent)
    unit = _unit(decimals_of(percent))
    rounding = _counts(value - unit / 2, value + unit / 2, n, high_included=True)
    truncation = _counts(value, value + unit, n, high_included=False)
    below = min(n, floor(value * n / 100))
    above = min(n, below + 1)
    return Attainable(n, rounding, truncation, 100 * below / n, 100 * above / n)


def bases_of(percent: str, cases: int) -> tuple[int, int] | None:
    """Smallest and largest base of which so many cases print as ``percent``, by rounding or by truncation.

    A printed 100 is taken as all of them. None where no base does, or any does (no cases, a rate that rounds to 0).

    >>> bases_of("87.6", 643), bases_of("99", 200), bases_of("100", 14), bases_of("50.1", 3)
    ((734, 734), (201, 203), (14, 14), None)
    """
    value = Fraction(percent)
    unit = _unit(decimals_of(percent))
    if cases <= 0 or value > 100 or value <= unit / 2:
        return None
    if value == 100:
        return cases, cases
    first = max(cases, floor(cases * 100 / (value + unit)) + 1)
    last = floor(cases * 100 / (value - unit / 2))
    return (first, last) if first <= last else None


def decimals_of(percent: str) -> int:
    """Decimals as printed.

    >>> decimals_of("99.90"), decimals_of("100")
    (2, 0)
    """
    return len(percent.partition(".")[2])


def smallest_base(percent: str, *, truncation: bool = False, limit: int = LARGEST_BASE) -> int | None:
    """Smallest base over which a whole count prints as ``percent``; None when none up to ``limit`` does.

    >>> smallest_base("17"), smallest_base("17", truncation=True), smallest_base("99.99"), smallest_base("99.83")
    (6, 17, 6667, 572)
    """
    for n in range(1, limit + 1):
        found = attainable(percent, n)
        if found.by_truncation if truncation else found.by_rounding:
            return n
    return None
