"""The oracle for printed numbers: what the interval table of the design says, case by case."""

from __future__ import annotations

import doctest
import importlib
import math

import pytest


@pytest.mark.parametrize(
    ("text", "value", "lower", "upper", "unit", "qualifier", "kind"),
    [
        ("3502件", 3502, 3502, 3502, "件", "exact", "count"),
        ("99.04%", 99.04, 99.035, 99.045, "%", "exact", "rate"),
        ("100%", 100, 99.5, 100, "%", "exact", "rate"),
        ("2.4亿元", 240_000_000, 235_000_000, 245_000_000, "元", "exact", "money"),
        ("4.46万个", 44_600, 44_550, 44_650, "个", "exact", "count"),
        ("300余份", 300, 300, 399, "份", "over", "count"),
        ("130多人次", 130, 130, 139, "人次", "over", "count"),
        ("超过600项", 600, 600, 699, "项", "over", "count"),
        ("2500 余篇", 2500, 2500, 2599, "篇", "over", "count"),
        ("190万余元", 1_900_000, 1_900_000, 1_999_999, "元", "over", "money"),
        ("2.6万余份", 26_000, 26_000, 26_999, "份", "over", "count"),
        ("28余人次", 28, 28, 29, "人次", "over", "count"),
        ("近480批次", 480, 471, 480, "批次", "about", "count"),
        ("约600人", 600, 550, 650, "人", "about", "count"),
        ("不低于50%", 50, 50, 100, "%", "over", "rate"),
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

    assert (read("约300%", growth=True).lower, read("约300%", growth=True).upper) == (250, 350)


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
