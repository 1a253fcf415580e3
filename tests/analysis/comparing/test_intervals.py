"""Interval arithmetic: whatever lies inside the inputs gives a result inside the output."""

from __future__ import annotations

import numpy as np
from hypothesis import example, given
from hypothesis import strategies as st

from fazhi_analysis.analysis.comparing.intervals import DOWN, OPEN, SAME, UP, difference, overlap, relative, settled
from fazhi_analysis.model import Interval

amounts = st.floats(0, 1e9, allow_nan=False)
shares = st.floats(0, 1)


@st.composite
def intervals(draw: st.DrawFn) -> tuple[float, float, float]:
    """Lower end, upper end and a point between."""
    low, high = sorted((draw(amounts), draw(amounts)))
    return low, high, min(max(low + draw(shares) * (high - low), low), high)


@given(intervals(), intervals())
def test_difference_holds_every_pair_of_points(later: tuple[float, ...], base: tuple[float, ...]) -> None:
    low, high = difference(later[:1], later[1:2], base[:1], base[1:2])
    assert low[0] <= later[2] - base[2] <= high[0]


@given(intervals(), intervals())
def test_difference_agrees_with_the_shared_model(later: tuple[float, ...], base: tuple[float, ...]) -> None:
    low, high = difference([later[0]], [later[1]], [base[0]], [base[1]])
    expected = Interval(later[0], later[1]) - Interval(base[0], base[1])
    assert (low[0], high[0]) == (expected.lower, expected.upper)


@given(intervals(), intervals())
@example((1.0, 1.0, 1.0), (5e-324, 5e-324, 5e-324))
def test_relative_change_holds_every_pair_of_points(later: tuple[float, ...], base: tuple[float, ...]) -> None:
    low, high = relative([later[0]], [later[1]], [base[0]], [base[1]])
    if base[0] <= 0:
        assert np.isnan(low[0])
        assert np.isnan(high[0])
    else:
        point = later[2] / base[2] - 1
        # Over a base next to nothing the change is beyond every number: there is no slack to take from it.
        slack = 1e-9 * max(1.0, abs(point)) if np.isfinite(point) else 0.0
        assert low[0] - slack <= point <= high[0] + slack


def test_an_open_end_stays_open() -> None:
    low, high = difference([10.0], [np.inf], [3.0], [4.0])
    assert (low[0], high[0]) == (6.0, np.inf)
    assert settled(low, high)[0] == UP
    low, high = difference([10.0], [np.inf], [3.0], [np.inf])
    assert settled(low, high)[0] == OPEN


@given(intervals(), intervals())
def test_exchanging_the_years_turns_the_direction(later: tuple[float, ...], base: tuple[float, ...]) -> None:
    there = settled(*difference([later[0]], [later[1]], [base[0]], [base[1]]))[0]
    back = settled(*difference([base[0]], [base[1]], [later[0]], [later[1]]))[0]
    assert back == {UP: DOWN, DOWN: UP, SAME: SAME, OPEN: OPEN}[there]


@given(intervals(), intervals())
def test_settled_exactly_when_the_intervals_are_apart(later: tuple[float, ...], base: tuple[float, ...]) -> None:
    way = settled(*difference([later[0]], [later[1]], [base[0]], [base[1]]))[0]
    apart = not overlap([later[0]], [later[1]], [base[0]], [base[1]])[0]
    if way in (UP, DOWN):
        assert apart
    elif later[0] - base[1] != 0 and later[1] - base[0] != 0:
        assert not apart


def test_a_change_that_only_touches_zero_is_open() -> None:
    assert settled([0.0], [5.0])[0] == OPEN
    assert settled([-5.0], [0.0])[0] == OPEN
    assert settled([0.0], [0.0])[0] == SAME


def test_a_change_from_a_base_below_zero_is_unknown() -> None:
    low, high = relative([3.0, 3.0], [3.0, 3.0], [-2.0, -2.0], [-1.0, 4.0])
    assert np.isnan(low).all()
    assert np.isnan(high).all()


def test_intervals_that_touch_overlap_whichever_comes_first() -> None:
    assert overlap([1.0, 2.0], [2.0, 3.0], [2.0, 1.0], [3.0, 2.0]).all()


def test_each_end_of_a_relative_change_is_a_share_of_its_own_base() -> None:
    low, high = relative(np.array([30.0]), np.array([39.0]), np.array([20.0]), np.array([25.0]))
    assert low.round(4).tolist() == [0.2]
    assert high.round(4).tolist() == [0.95]


def test_a_relative_change_of_a_figure_that_may_be_below_zero_is_unknown() -> None:
    for lower in (-0.5, -1.0, -3.0):
        ends = relative(np.array([lower]), np.array([5.0]), np.array([2.0]), np.array([2.0]))
        assert np.isnan(ends).all()
