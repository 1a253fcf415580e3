"""Attainable percentages against brute force in exact arithmetic."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fazhi_analysis.analysis.audit.grim import attainable, decimals_of, smallest_base
from fazhi_analysis.analysis.audit.runner import audit_extraction
from fazhi_analysis.extracting import extract
from fazhi_analysis.reading import read_text


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


@pytest.mark.parametrize("count", ["0.8", "0.05"])
@pytest.mark.parametrize(
    "sentence",
    [
        "办理行政应诉案件{count}件，败诉率16%。",
        "办理行政应诉案件58件，其中一审{count}件，一审败诉率9.4%。",
        "应诉{count}件，败诉0.1件，败诉率12.5%。",
        "生效裁判{count}件，生效裁判履行率86.7%。",
    ],
)
def test_less_than_one_is_the_base_of_nothing(sentence: str, count: str) -> None:
    text = f"云汀县2024年法治政府建设年度报告\n一、主要情况\n{sentence.format(count=count)}"
    found = audit_extraction(extract(read_text(text)))
    asked = [finding for finding in found if finding.rule == "attainable_rate"]
    assert not any(piece.value == float(count) for finding in asked for piece in finding.evidence)
