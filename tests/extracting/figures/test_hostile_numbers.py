"""Numbers that nobody prints: read as far as they can be, and never an error."""

from __future__ import annotations

import math

import pytest

from fazhi_analysis.extracting import extract
from fazhi_analysis.reading import read_text


@pytest.mark.parametrize(
    "printed",
    [
        "9" * 400 + "件",
        "五千万亿亿亿亿件",
        "百分之百百",
        "占比1,000,000,000,000,000,000",
        "1,000,000,000,000,000,000余件",
        "0.8件，办结率95%",
        "\t亿亿亿\t3\n合计\t5\t件",
        "|亿亿亿|3|\n|--|--|\n|5|6|",
        "1e400件",
        "0." + "0" * 350 + "1%",
        "3.4.5.6件",
    ],
)
def test_odd_numbers_are_no_error(printed: str) -> None:
    found = extract(read_text(f"砚桥县2024年法治政府建设年度报告\n一、情况\n办结案件100件，{printed}。\n"))
    for quantity in found.metrics:
        assert quantity.lower <= quantity.value <= quantity.upper
        assert math.isfinite(quantity.value)
