"""The audit takes time in proportion to a text: four times the length does not take sixteen times the time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from fazhi_analysis.analysis.audit.context import AuditContext
from fazhi_analysis.analysis.audit.rules import conflicting_values, plan_not_result
from fazhi_analysis.analysis.audit.runner import audit_extraction, context_of
from fazhi_analysis.analysis.audit.table_sums import find_table_sums
from fazhi_analysis.catalogue import load_catalogue
from fazhi_analysis.extracting import Extraction, extract
from fazhi_analysis.model import Finding, Quantity, Statement
from fazhi_analysis.reading import read_text

Calls = Callable[[Callable[[], object]], int]
SHAPES: dict[str, Callable[[int], str]] = {
    "of_which": lambda n: "共100件，" + "其中5件，" * n,
    "wide_row": lambda n: "\t".join(f"{number}件" for number in range(n)) + "\n",
    "printed_again": lambda n: "全面推进依法行政，受理行政复议案件53件，办结51件。\n" * (2 * n),
    "sentences": lambda n: "".join(f"办结第{number}类案件{number}件。" for number in range(n)),
}


def _extracted(text: str) -> Extraction:
    extraction = extract(read_text(f"砚桥县2024年法治政府建设年度报告\n一、主要情况\n{text}"))
    assert extraction.metrics
    assert extraction.statements == ()
    return extraction


@pytest.mark.parametrize("shape", SHAPES)
def test_work_grows_with_length(shape: str, calls: Calls) -> None:
    short, few, many = (_extracted(SHAPES[shape](length)) for length in (20, 150, 600))
    audit_extraction(short)  # tables and patterns are loaded
    once = calls(lambda: audit_extraction(few))
    assert once > 1000
    assert calls(lambda: audit_extraction(many)) < 6 * once


def test_promised_figures_are_looked_up_among_the_next_steps(calls: Calls) -> None:
    def looked_up(steps: int) -> int:
        places = range(0, 10 * steps, 10)
        statements = tuple(Statement("next_step", 1, "", at, at + 8) for at in places)
        figures = (Quantity(at + 2, at + 4, "5场", 5, 5, 5, "场", "exact", "count", True, role="plan") for at in places)
        context = AuditContext(tuple(figures), load_catalogue(), statements=statements)
        found: list[Finding] = []
        entered = calls(lambda: found.extend(plan_not_result.check(context)))
        assert found == []
        return entered

    few, many = looked_up(1000), looked_up(8000)
    assert few > 1000
    assert many < 12 * few


def test_the_text_around_a_figure_is_read_once_however_many_it_is_compared_with(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    text = "云汀县2024年法治政府建设年度报告\n一、主要情况\n" + "".join(f"{number}家" for number in range(101, 161))
    context = context_of(extract(read_text(text)))
    assert len({row.label for row in context.metrics}) == 1
    read: list[int] = []
    words = AuditContext.words
    monkeypatch.setattr(AuditContext, "words", lambda self, *span: read.append(1) or words(self, *span))
    list(conflicting_values.check(context))
    assert len(context.metrics) == 60
    assert len(read) < 10 * len(context.metrics)


class CountedCells(tuple):
    """Cells that count how often all of them are gone through."""

    gone_through = 0

    def __iter__(self):
        CountedCells.gone_through += 1
        return super().__iter__()


@pytest.mark.parametrize("lines", [4, 300])
def test_the_cells_of_a_table_are_gone_through_a_few_times_however_many_lines_it_has(
    lines: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = "".join(f"|{number}号街道|{number}|{number}|\n" for number in range(1, lines + 1))
    total = lines * (lines + 1) // 2
    table = f"|街道|受理（件）|办结（件）|\n|--|--|--|\n{rows}|合计|{total}|{total + 1}|\n"
    report = read_text(f"云汀县2024年法治政府建设年度报告\n一、主要情况\n{table}")
    grids = tuple(replace(grid, cells=CountedCells(grid.cells)) for grid in report.grids)
    context = context_of(extract(replace(report, grids=grids)))
    monkeypatch.setattr(CountedCells, "gone_through", 0)
    found = list(find_table_sums(context))
    assert [(len(item.parts), item.holds) for item in found] == [(lines, True), (lines, False)]
    assert CountedCells.gone_through <= 4
