"""What a stated change can mean: 增长300% may be growth by or (loosely) to 300 %, 提高5.4% of a rate percent or points.

Each reading gives the change that the two years' figures make, in the claim's own terms, and the earlier figure that
the claim would imply.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from fazhi_analysis.analysis.comparing import intervals
from fazhi_analysis.analysis.integer_codes import Bools

Floats = npt.NDArray[np.float64]

_TO_FROM = 100.0
_TOLERANCE = 1e-9


@dataclass(frozen=True)
class Reading:
    """One reading of every claim; NaN where it does not apply. ``printed`` is the change of the figures as printed."""

    name: npt.NDArray[np.object_]
    printed: Floats
    actual_lower: Floats
    actual_upper: Floats
    implied_lower: Floats
    implied_upper: Floats


@dataclass(frozen=True)
class Fit:
    """How the figures' change lies to the claim: inside what was printed, inside by truncation, or only touching."""

    agrees: Bools
    truncated: Bools
    consistent: Bools


def both_readings(numbers: Mapping[str, Floats], percent: Bools, rate: Bools) -> tuple[Reading, Reading]:
    """The plain reading of each claim, and the other one where there is one.

    Percent of an amount: growth by; from 100 % on also growth to. Percent of a rate: percent of the rate, or points.
    Absolute changes and points have one reading.
    """
    level = numbers["lower"], numbers["upper"]
    base = numbers["baseline_lower"], numbers["baseline_upper"]
    value, base_value = numbers["value"], numbers["baseline_value"]
    claim = numbers["claimed_lower"], numbers["claimed_upper"]
    ratio = tuple(100 * end for end in intervals.relative(*level, *base))
    step = intervals.difference(*level, *base)
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio_printed = np.where(base[0] > 0, 100 * (value / base_value - 1), np.nan)
    by = _divided(level, claim, 100.0)
    minus = intervals.difference(*level, *claim)
    points = np.where(rate, "points", "").astype(object)
    main = Reading(
        np.where(percent, "by", points).astype(object),
        np.where(percent, ratio_printed, value - base_value),
        *(np.where(percent, one, two) for one, two in zip(ratio, step, strict=True)),
        *(np.where(percent, one, two) for one, two in zip(by, minus, strict=True)),
    )
    to = percent & ~rate & (numbers["claimed"] >= _TO_FROM)
    loose = percent & rate
    onto = _divided(level, claim, 0.0)
    grown = tuple(end + 100 for end in ratio)
    name = np.where(to, "to", np.where(loose, "points", "")).astype(object)
    other = Reading(
        name,
        np.where(to, ratio_printed + 100, np.where(loose, value - base_value, np.nan)),
        *(np.where(to, one, np.where(loose, two, np.nan)) for one, two in zip(grown, step, strict=True)),
        *(np.where(to, one, np.where(loose, two, np.nan)) for one, two in zip(onto, minus, strict=True)),
    )
    return main, other


def _divided(level: tuple[Floats, Floats], claim: tuple[Floats, Floats], plus: float) -> tuple[Floats, Floats]:
    """Earlier figures that a growth of ``claim`` percent (``plus`` 100: on top of the whole) turns into the level."""
    low, high = (claim[0] + plus) / 100, (claim[1] + plus) / 100
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(low > 0, level[0] / high, np.nan), np.where(low > 0, level[1] / low, np.nan)


def fit(reading: Reading, numbers: Mapping[str, Floats], exact: Bools) -> Fit:
    """Hold the change that the figures make against the claim as printed.

    Figures that are printed exactly (``exact``, rates among them) agree when their printed difference does; others only
    when their whole interval does. By truncation a printed 132.78 stands for 132.78 up to (not including) 132.79; the
    last printed place is read off the claim's interval.
    """
    claimed, low, high = numbers["claimed"], numbers["claimed_lower"], numbers["claimed_upper"]
    unit = high - low
    cut_low = np.where(claimed < 0, claimed - unit, claimed)
    cut_high = np.where(claimed < 0, claimed, claimed + unit)
    actual_low, actual_high = reading.actual_lower, reading.actual_upper
    inside = (actual_low >= low - _TOLERANCE) & (actual_high <= high + _TOLERANCE)
    inside |= exact & (reading.printed >= low - _TOLERANCE) & (reading.printed <= high + _TOLERANCE)
    above = np.where(claimed < 0, actual_low > cut_low, actual_low >= cut_low - _TOLERANCE)
    below = np.where(claimed < 0, actual_high <= cut_high + _TOLERANCE, actual_high < cut_high)
    touching = intervals.overlap(actual_low, actual_high, low, high)
    return Fit(inside, above & below & ~inside, touching & ~inside)
