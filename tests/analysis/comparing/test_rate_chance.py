"""Rates: intervals after Newcombe's and Wilson's published examples, bases against a search by brute force."""

from __future__ import annotations

from decimal import ROUND_DOWN, ROUND_HALF_DOWN, ROUND_HALF_UP, Decimal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fazhi_analysis.analysis.comparing.rate_chance import (
    counts_behind,
    newcombe,
    printed_decimals,
    smallest_base,
    wilson,
)


@pytest.mark.parametrize(
    ("cases", "base", "low", "high"),
    # Newcombe 1998, "Two-sided confidence intervals for the single proportion", table I, method 3
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_wilson(cases: int, base: int, low: float, high: float) -> None:
    found = wilson(cases, base)
    assert (round(float(found[0]), 4), round(float(found[1]), 4)) == (low, high)


@pytest.mark.parametrize(
    ("later", "earlier", "low", "high"),
    # Newcombe 1998, "Interval estimation for the difference between independent proportions", table II, method 10
    [
        ((56, 70), (48, 80), 5.24, 33.39),
        ((9, 10), (3, 10), 17.05, 80.90),
        ((10, 10), (0, 20), 67.91, 100.0),
        ((5, 56), (0, 29), -3.81, 19.26),
        ((0, 10), (0, 10), -27.75, 27.75),
        ((10, 10), (0, 10), 60.75, 100.0),
    ],
)
def test_newcombe(later: tuple[int, int], earlier: tuple[int, int], low: float, high: float) -> None:
    found = newcombe(*later, *earlier)
    assert float(found[0]) == pytest.approx(low, abs=0.006)
    assert float(found[1]) == pytest.approx(high, abs=0.006)


@given(st.integers(1, 400), st.integers(1, 400), st.data())
def test_newcombe_holds_the_difference_and_turns_with_the_years(n: int, m: int, data: st.DataObject) -> None:
    k, j = data.draw(st.integers(0, n)), data.draw(st.integers(0, m))
    low, high = (float(end) for end in newcombe(k, n, j, m))
    difference = 100 * (k / n - j / m)
    assert low - 1e-9 <= difference <= high + 1e-9
    back = [float(end) for end in newcombe(j, m, k, n)]
    assert back == pytest.approx([-high, -low])


def test_no_interval_without_a_base() -> None:
    assert np.isnan(newcombe(1, 0, 1, 2)[0])
    assert np.isnan(wilson(3, 2)[0])


def prints(cases: int, base: int, percent: str, rounding: str) -> bool:
    exact = Decimal(100 * cases) / Decimal(base)
    return exact.quantize(Decimal(percent), rounding=rounding) == Decimal(percent)


def search(percent: str, roundings: tuple[str, ...], limit: int) -> int:
    for base in range(1, limit):
        near = int(Decimal(percent) * base / 100)
        for cases in range(max(near - 1, 0), min(near + 2, base) + 1):
            if any(prints(cases, base, percent, rounding) for rounding in roundings):
                return base
    return 0


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 1).flatmap(lambda digits: st.tuples(st.just(digits), st.integers(0, 100 * 10**digits))))
def test_smallest_base_is_the_first_that_a_search_finds(printed: tuple[int, int]) -> None:
    digits, number = printed
    percent = f"{number / 10**digits:.{digits}f}"
    value = float(percent)
    by_rounding = int(smallest_base([value], [digits])[0])
    assert by_rounding == search(percent, (ROUND_HALF_UP, ROUND_HALF_DOWN), 2000)
    by_cutting = int(smallest_base([value], [digits], truncation=True)[0])
    assert by_cutting == search(percent, (ROUND_DOWN,), 2000)


def test_trailing_zeros_ask_for_more() -> None:
    assert smallest_base([50.0, 50.0, 99.0, 99.0], [0, 1, 0, 1]).tolist() == [2, 2, 67, 96]
    assert smallest_base([17.0, 99.99, 99.83, 100.0, 0.0], [0, 2, 2, 0, 0]).tolist() == [6, 6667, 572, 1, 1]
    assert smallest_base([17.0], [-1]).tolist() == [0]


@pytest.mark.parametrize(
    ("value", "lower", "upper", "decimals"),
    [
        (97.06, 97.055, 97.065, 2),
        (99.0, 98.95, 99.05, 1),
        (100.0, 99.5, 100.0, 0),
        (0.0, 0.0, 0.05, 1),
        (17.0, 16.5, 17.5, 0),
        (50.0, 50.0, 100.0, -1),
        (25.0, 20.0, 30.0, -1),
        (12.0, 12.0, 12.0, -1),
    ],
)
def test_decimals_are_read_off_the_interval(value: float, lower: float, upper: float, decimals: int) -> None:
    assert printed_decimals([value], [lower], [upper]).tolist() == [decimals]


@given(st.integers(1, 5000), st.integers(0, 2), st.data())
def test_counts_behind_a_rate_are_those_that_print_it(base: int, digits: int, data: st.DataObject) -> None:
    cases = data.draw(st.integers(0, base))
    percent = str((Decimal(100 * cases) / base).quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP))
    first, last = (int(end[0]) for end in counts_behind([float(percent)], [digits], [base]))
    assert first <= cases <= last
    for near in (first - 1, first, last, last + 1):
        if 0 <= near <= base:
            fits = any(prints(near, base, percent, rounding) for rounding in (ROUND_HALF_UP, ROUND_HALF_DOWN))
            assert fits is (first <= near <= last)
