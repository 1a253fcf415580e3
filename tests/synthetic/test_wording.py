"""The oracle for printed numbers: what the interval table of the design says, case by case."""

from __future__ import annotations

import doctest
import importlib
import math

import pytest


@pytest.mark.parametrize(
    ("text", "value", "lower", "upper", "unit", "qualifier", "kind"),
    [
        ("2841件", 2841, 2841, 2841, "件", "exact", "count"),
        ("97.06%", 97.06, 97.055, 97.065, "%", "exact", "rate"),
        ("100%", 100, 99.5, 100, "%", "exact", "rate"),
        ("1.7亿元", 170_000_000, 165_000_000, 175_000_000, "元", "exact", "money"),
        ("3.28万个", 32_800, 32_750, 32_850, "个", "exact", "count"),
        ("300余份", 300, 300, 399, "份", "over", "count"),
        ("160多人次", 160, 160, 169, "人次", "over", "count"),
        ("超过700项", 700, 700, 799, "项", "over", "count"),
        ("2700 余篇", 2700, 2700, 2799, "篇", "over", "count"),
        ("270万余元", 2_700_000, 2_700_000, 2_799_999, "元", "over", "money"),
        ("2.6万余份", 26_000, 26_000, 26_999, "份", "over", "count"),
        ("36余人次", 36, 36, 37, "人次", "over", "count"),
        ("近360批次", 360, 351, 360, "批次", "about", "count"),
        ("约700人", 700, 650, 750, "人", "about", "count"),
        ("不低于60%", 60, 60, 100, "%", "over", "rate"),
        ("不少于300件", 300, 300, math.inf, "件", "over", "count"),
        ("不足20家", 20, 0, 20, "家", "under", "count"),
        ("20-30人", 25, 20, 30, "人", "range", "count"),
        ("两批", 2, 2, 2, "批", "exact", "count"),
        ("三十六件", 36, 36, 36, "件", "exact", "count"),
        ("0.15个百分点", 0.15, 0.145, 0.155, "百分点", "exact", "rate"),
    ],
)
def test_reading(text: str, value: float, lower: float, upper: float, unit: str, qualifier: str, kind: str) -> None:
    from synthetic.wording import read

    found = read(text)
    assert (found.value, found.lower, found.upper) == (value, lower, upper)
    assert (found.unit, found.qualifier, found.kind) == (unit, qualifier, kind)


def test_above_is_a_result_or_a_demand() -> None:
    from synthetic.wording import read

    assert (read("160项以上").upper, read("160项以上", target=True).upper) == (169, math.inf)
    assert (read("95%以上", target=True).lower, read("95%以上", target=True).upper) == (95, 100)


def test_growth_is_not_clipped() -> None:
    from synthetic.wording import read

    assert (read("约200%", growth=True).lower, read("约200%", growth=True).upper) == (150, 250)


def test_what_cannot_be_read_is_refused() -> None:
    from synthetic.wording import read

    with pytest.raises(ValueError, match="cannot read"):
        read("下降10%")


@pytest.mark.parametrize("name", ["wording", "figures", "printing", "places", "reports", "mutations", "corpus"])
def test_examples_in_docstrings_run(name: str) -> None:
    module = importlib.import_module(f"synthetic.{name}")
    result = doctest.testmod(module, extraglobs={"make_report": importlib.import_module("synthetic").make_report})
    assert result.attempted > 0
    assert result.failed == 0
