"""Figures after a list of nouns have one noun each, where there are as many; two figures keep each its own words."""

from __future__ import annotations

import pytest

from fazhi_analysis.extracting import extract
from fazhi_analysis.extracting.linking.passages.surroundings import Passages
from fazhi_analysis.reading import read_text


@pytest.mark.parametrize(
    ("sentence", "heads"),
    [
        ("办理议案、提案分别为17件、23件。", ["办理议案", "提案"]),
        ("办理“一窗办”“掌上办”事项分别为17件、23件。", ["办理一窗办", "掌上办事项"]),
        ("梳理掌上办、一窗办两类事项各有66项、48项。", ["梳理掌上办、一窗办", "梳理掌上办", "一窗办"]),
        ("公布两张清单，分别涉及17项、23项。", ["公布两张清单", "公布两张清单"]),
    ],
)
def test_each_figure_of_a_list_has_its_noun(sentence: str, heads: list[str]) -> None:
    report = read_text(f"云汀县2023年法治政府建设情况报告\n一、主要工作\n{sentence}", name="a.txt")
    metrics = [quantity for quantity in extract(report).quantities if quantity.is_metric]
    prepared = Passages(report.clean, metrics)
    assert [passage.head(prepared.text) for passage in prepared.passages] == heads
