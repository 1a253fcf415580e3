"""Section numbers of a table's lines are not those of the report; all other defects of reading are reported."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fazhi_analysis.analysis.audit.context import AuditContext
from fazhi_analysis.analysis.audit.rules import structure
from fazhi_analysis.catalogue import load_catalogue
from fazhi_analysis.model import Evidence, Finding, Grid, GridCell
from fazhi_analysis.reading import read_text

TEXT = "云汀县2024年法治政府建设年度报告\n" + "正文" * 100
START, END = 60, 100


def _kept(places: list[int | None], rule: str = "section_number", text: str = TEXT) -> bool:
    """Whether a defect at some places stays, where one table reaches from ``START`` to ``END``."""
    cells = (GridCell(START, START + 5, 0, 0), GridCell(END - 5, END, 1, 0))
    evidence = tuple(Evidence(place, None if place is None else place + 2) for place in places)
    defect = Finding("x", rule, "warning", "序号", "number", evidence)
    report = replace(read_text(text), grids=(Grid(cells),), defects=(defect,))
    return list(structure.check(AuditContext((), load_catalogue(), report))) == [defect]


@pytest.mark.parametrize(
    ("place", "kept"),
    [(START - 1, True), (START, False), (80, False), (END, False), (END + 40, False), (END + 41, True), (None, True)],
)
def test_numbers_in_a_table_or_right_behind_it_are_not_those_of_sections(place: int | None, kept: bool) -> None:
    assert _kept([place]) == kept


def test_one_of_two_places_in_a_table_is_enough() -> None:
    assert not _kept([2, 80])
    assert _kept([2, 3])


def test_an_empty_line_ends_the_reach_of_a_table() -> None:
    assert _kept([END + 20], text=TEXT[: END + 5] + "\n\n" + TEXT[END + 7 :])


@pytest.mark.parametrize("rule", ["list_marker", "unread_content"])
def test_other_defects_in_a_table_stay(rule: str) -> None:
    assert _kept([80], rule)


def test_without_the_text_there_are_no_defects() -> None:
    assert list(structure.check(AuditContext((), load_catalogue()))) == []
