"""Printed changes: a printed interval holds the real one, and rates change in points."""

from __future__ import annotations

import math
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fazhi_analysis.presenting.wording.change import change, share, signed, stated
from fazhi_analysis.presenting.wording.page_texts import Words

ZH, EN = Words("zh"), Words("en")


def percents(text: str) -> list[float]:
    """The percentages that a printed change says."""
    ends = [re.fullmatch(r"([+−]?)([\d,]+(?:\.\d+)?)%", end) for end in text.split("～")]
    assert all(ends), text
    return [(-1 if end[1] == "−" else 1) * float(end[2].replace(",", "")) for end in ends if end]


@given(st.floats(-1, 50), st.floats(-1, 50))
def test_a_printed_relative_change_holds_the_real_one(one: float, other: float) -> None:
    low, high = sorted((one, other))
    printed = percents(share(low, high, ZH))
    if low == high:
        assert printed[0] == pytest.approx(100 * low, abs=0.0051)
    else:
        assert printed[0] <= 100 * low + 1e-6
        assert printed[-1] >= 100 * high - 1e-6


@given(st.floats(-100, 500), st.floats(-100, 500), st.integers(0, 4))
def test_a_stated_interval_is_rounded_outward(one: float, other: float, decimals: int) -> None:
    low, high = sorted((one, other))
    printed = percents(stated(low, high, decimals, ZH))
    if low < high:
        assert printed[0] <= low + 1e-6
        assert printed[-1] >= high - 1e-6


def test_a_relative_change_is_not_rounded_inward() -> None:
    assert share(0.0428, 0.0452, ZH) == "+4.2%～+4.6%"
    assert share(-0.0452, -0.0428, ZH) == "−4.6%～−4.2%"


def test_rates_change_in_points_and_never_in_percent_of_percent() -> None:
    assert change(0.5, 1.5, "%", ZH) == "+0.5～+1.5个百分点"
    assert change(-2.4, -2.2, "%", EN) == "−2.4 to −2.2 points"


def test_what_is_not_known_is_not_printed() -> None:
    assert change(math.nan, math.nan, "件", ZH) == ""
    assert share(math.nan, math.nan, ZH) == ""


def test_sign_is_a_real_minus_and_zero_has_none() -> None:
    assert (signed(-3, "zh"), signed(0, "zh"), signed(3, "zh")) == ("−3", "0", "+3")
