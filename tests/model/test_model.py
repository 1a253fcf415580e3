"""Intervals: arithmetic holds every value that the ends allow, whatever the numbers."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fazhi_analysis.model import CleanText, Interval, Quantity

NUMBERS = st.floats(min_value=-1e12, max_value=1e12, allow_nan=False)


@st.composite
def intervals(draw: st.DrawFn, least: float = -1e12) -> tuple[Interval, float]:
    """An interval and a value inside."""
    low, value, high = sorted(draw(st.floats(min_value=least, max_value=1e12)) for _ in range(3))
    return Interval(low, high), value


@given(intervals(), intervals())
def test_sum_and_difference_hold_every_pair(one: tuple[Interval, float], other: tuple[Interval, float]) -> None:
    (mine, a), (theirs, b) = one, other
    assert (mine + theirs).contains(a + b)
    assert (mine - theirs).contains(a - b)
    assert mine.overlaps(theirs) == theirs.overlaps(mine)


@given(intervals(least=0), intervals(least=1))
def test_a_share_holds_every_pair(part: tuple[Interval, float], whole: tuple[Interval, float]) -> None:
    (mine, a), (theirs, b) = part, whole
    share = mine.share_of(theirs)
    assert share.lower <= 100 * a / b * (1 + 1e-12)
    assert share.upper >= 100 * a / b * (1 - 1e-12)


def test_an_open_interval_stays_open() -> None:
    assert (Interval(3, math.inf) - Interval(1, 2)).upper == math.inf
    assert Interval(3, 4).share_of(Interval(0, 5)).upper == math.inf


@given(NUMBERS, NUMBERS)
def test_ends_in_the_wrong_order_are_refused(low: float, high: float) -> None:
    if low > high:
        with pytest.raises(ValueError, match="wrong order"):
            Interval(low, high)
    else:
        assert Interval(low, high).contains(low)


def test_a_clean_text_leads_back_to_the_original() -> None:
    assert CleanText("甲乙丙", (0, 4, 9)).original(1, 3) == (4, 10)


def test_a_name_has_no_interval() -> None:
    name = Quantity(0, 3, "1+N", None, None, None, "", "exact", "name", False)
    with pytest.raises(ValueError, match=r"1\+N"):
        _ = name.interval
