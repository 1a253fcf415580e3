"""Places of a text are looked up as if each of the stretches had been looked at."""

from __future__ import annotations

import random

import pytest

from fazhi_analysis.model import Grid, GridCell
from fazhi_analysis.reading.grids import find_grids
from fazhi_analysis.reading.stretches import Stretches


@pytest.mark.parametrize("seed", range(30))
def test_they_meet_where_one_of_them_does(seed: int) -> None:
    dice = random.Random(seed)
    places = [(start, start + dice.randrange(1, 12)) for start in dice.sample(range(90), dice.randrange(6))]
    found = Stretches(places)
    for start in range(100):
        for end in range(start + 1, min(start + 15, 101)):
            assert found.meet(start, end) == any(at < end and start < stop for at, stop in places)


@pytest.mark.parametrize("tables", [3, 400])
def test_the_tables_of_a_document_are_looked_at_a_few_times_however_many_lines_it_has(
    tables: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    piece = "东片街道 12 34\n另培训5场。\n"
    grids = [
        Grid((GridCell(at, at + 4, 0, 0), GridCell(at + 5, at + 7, 0, 1), GridCell(at + 8, at + 10, 0, 2)))
        for at in range(0, tables * len(piece), len(piece))
    ]
    looked: list[int] = []
    end = Grid.end.fget
    monkeypatch.setattr(Grid, "end", property(lambda grid: looked.append(1) or end(grid)))
    assert list(find_grids(piece * tables, grids)) == grids
    assert len(looked) <= 2 * tables
