"""The audit takes time in proportion to a text: four times the length does not take sixteen times the time."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from fazhi_analysis.analysis.audit.runner import audit_extraction
from fazhi_analysis.extracting import extract
from fazhi_analysis.reading import read_text

SHAPES: dict[str, Callable[[int], str]] = {
    "of_which": lambda n: "共100件，" + "其中5件，" * n,
    "wide_row": lambda n: "\t".join(f"{number}件" for number in range(n)) + "\n",
    "sentences": lambda n: "".join(f"办结第{number}类案件{number}件。" for number in range(n)),
}


def _seconds(text: str) -> float:
    extraction = extract(read_text(f"砚桥县2024年法治政府建设年度报告\n一、主要情况\n{text}"))
    assert extraction.metrics
    assert extraction.statements == ()
    started = time.process_time()
    audit_extraction(extraction)
    return time.process_time() - started


@pytest.mark.parametrize("shape", SHAPES)
def test_time_grows_with_length(shape: str) -> None:
    _seconds(SHAPES[shape](20))
    few, many = _seconds(SHAPES[shape](150)), _seconds(SHAPES[shape](600))
    assert many < 9 * max(few, 0.02)
