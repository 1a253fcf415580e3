"""Attainable percentages against brute force in exact arithmetic."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fazhi_analysis.analysis.audit.grim import attainable, decimals_of, smallest_base


def prints_as(k: int, n: int, percent: str, *, truncation: bool) -> bool:
    """Whether k of n prints as the percentage; a half may be rounded either way."""
    exact, shown = Fraction(100 * k, n), Fraction(percent)
    unit = Fraction(1, 10 ** decimals_of(percent))
    return shown <= exact < shown + unit if truncation else abs(exact - shown) <= unit / 2


percentages = st.integers(0, 2).flatmap(
    lambda places: st.integers(0, 100 * 10**places).map(lambda number: f"{number / 10**places:.{places}f}")
)


@given(percentages, st.integers(1, 400))
def test_counts_are_those_of_brute_force(percent: str, n: int):
    found = attainable(percent, n)
    for truncation, counts in ((False, found.by_rounding), (True, found.by_truncation)):
        expected = [k for k in range(n + 1) if prints_as(k, n, percent, truncation=truncation)]
        assert list(counts) == sorted({*expected[:1], *expected[-1:]})
    assert found.below <= float(percent) + 1e-9
    assert found.above >= float(percent) - 1e-9 or found.above == 100


@given(percentages)
def test_the_smallest_base_is_the_first_that_fits(percent: str):
    least = smallest_base(percent, limit=2000)
    fitting = [n for n in range(1, (least or 60) + 1) if attainable(percent, n).by_rounding]
    assert fitting == ([least] if least else [])


@given(st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), st.integers(0, 2))
def test_a_true_share_is_always_attainable(pair: tuple[int, int], places: int):
    k, n = pair
    shown = f"{float(round(Fraction(100 * k, n), places)):.{places}f}"
    assert attainable(shown, n).fits


def test_trailing_zeros_count():
    assert attainable("99.0", 200).fits
    assert not attainable("99.00", 190).fits
    assert attainable("99", 190).fits


def test_a_base_must_be_positive():
    with pytest.raises(ValueError, match="positive"):
        attainable("16", 0)


def test_truncation_has_its_own_bases():
    # by rounding 19 is the first; by truncation 6, 12 and 18 give 16 %, and 16 does not
    assert smallest_base("16") == 19
    assert [n for n in range(1, 19) if attainable("16", n).by_truncation] == [6, 12, 18]
