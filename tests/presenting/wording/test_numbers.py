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
        (3502, 3502, 3502, "exact", "件", "3502件", "3502 cases"),
        (300, 300, 399, "over", "份", "300余份", "over 300 copies"),
        (2_400_000_00, 2_350_000_00, 2_450_000_00, "exact", "元", "2.4亿元", "240 million yuan"),
        (44_600, 44_550, 44_650, "exact", "个", "44600个", "44,600"),
        (1_900_000, 1_900_000, 1_999_999, "over", "元", "190万余元", "over 1.9 million yuan"),
        (480, 471, 480, "about", "批次", "近480批次", "nearly 480 batches"),
        (600, 550, 650, "about", "人", "约600人", "about 600 people"),
        (50, 0, 50, "under", "人", "不足50人", "under 50 people"),
        (50, 50, 100, "over", "%", "不低于50%", "at least 50%"),
        (30, 30, math.inf, "over", "件", "不低于30件", "at least 30 cases"),
        (25, 20, 30, "range", "人", "20～30人", "20–30 people"),
        (99.04, 99.035, 99.045, "exact", "%", "99.04%", "99.04%"),
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
