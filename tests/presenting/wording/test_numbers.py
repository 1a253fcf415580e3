"""Printed figures: nothing is rounded that is exact, and a printed interval holds the real one."""

from __future__ import annotations

import math
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fazhi_analysis.presenting.wording.numbers import (
    axis_label,
    figure,
    interval,
    pair,
    plain,
    scaled,
)
from fazhi_analysis.presenting.wording.page_texts import Words

ZH, EN = Words("zh"), Words("en")
SCALES = {"亿": 1e8, "万": 1e4, "": 1.0}


def read(text: str) -> float:
    """The number that a printed text says."""
    found = re.fullmatch(r"([+−]?)([\d,]+(?:\.\d+)?)([万亿]?)", text)
    assert found, text
    sign = -1 if found[1] == "−" else 1
    return sign * float(found[2].replace(",", "")) * SCALES[found[3]]


@given(st.integers(0, 10**12))
def test_whole_numbers_are_printed_exactly(number: int) -> None:
    assert math.isclose(read(scaled(number, "zh")), number, rel_tol=1e-12)


@given(st.integers(0, 10**7).map(lambda cents: cents / 100))
def test_decimals_survive(number: float) -> None:
    assert math.isclose(read(plain(number)), number, rel_tol=1e-12, abs_tol=1e-12)


@given(st.floats(0, 1e9), st.floats(0, 1e9))
def test_a_printed_interval_holds_the_real_one(one: float, other: float) -> None:
    low, high = sorted((round(one, 4), round(other, 4)))
    printed_low, printed_high = (read(text) for text in pair(low, high, "zh"))
    assert printed_low <= low + 1e-6 * max(1, low)
    assert printed_high >= high - 1e-6 * max(1, high)


@given(st.floats(-1e6, 1e6), st.floats(-1e6, 1e6))
def test_both_ends_share_scale_and_decimals(one: float, other: float) -> None:
    low, high = sorted((round(one, 2), round(other, 2)))
    texts = pair(low, high, "zh", sign=True)
    assert len({text[-1] if text[-1] in "万亿" else "" for text in texts}) == 1


@pytest.mark.parametrize(
    ("value", "lower", "upper", "qualifier", "unit", "chinese", "english"),
    [
        (2841, 2841, 2841, "exact", "件", "2841件", "2841 cases"),
        (300, 300, 399, "over", "份", "300余份", "over 300 copies"),
        (170_000_000, 165_000_000, 175_000_000, "exact", "元", "1.7亿元", "170 million yuan"),
        (32_800, 32_750, 32_850, "exact", "个", "32800个", "32,800"),
        (2_700_000, 2_700_000, 2_799_999, "over", "元", "270万余元", "over 2.7 million yuan"),
        (360, 351, 360, "about", "批次", "近360批次", "nearly 360 batches"),
        (700, 650, 750, "about", "人", "约700人", "about 700 people"),
        (50, 0, 50, "under", "人", "不足50人", "under 50 people"),
        (60, 60, 100, "over", "%", "不低于60%", "at least 60%"),
        (30, 30, math.inf, "over", "件", "不低于30件", "at least 30 cases"),
        (25, 20, 30, "range", "人", "20～30人", "20–30 people"),
        (97.06, 97.055, 97.065, "exact", "%", "97.06%", "97.06%"),
        (math.nan, math.nan, math.nan, "exact", "件", "未公布", "not given"),
    ],
)
def test_figures_keep_the_wording_of_the_report(
    value: float, lower: float, upper: float, qualifier: str, unit: str, chinese: str, english: str
) -> None:
    assert figure(value, lower, upper, qualifier, unit, ZH) == chinese
    assert figure(value, lower, upper, qualifier, unit, EN).strip() == english


def test_open_and_empty_intervals() -> None:
    assert interval(50, math.inf, "人", ZH) == "≥50人"
    assert interval(5, 5, "件", ZH) == ""


@pytest.mark.parametrize(("number", "label"), [(20_000, "2万"), (150_000_000, "1.5亿"), (0, "0"), (2500, "2500")])
def test_axis_labels_use_wan_and_yi(number: float, label: str) -> None:
    assert axis_label(number, "zh") == label
