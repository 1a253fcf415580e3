"""Where the cells of a table stand, whatever they claim to span."""

from __future__ import annotations

import random
import time

import pytest

from fazhi_analysis.reading.grids.cell_marks import CELL, END, ROW, TABLE, without_marks


def placed(rows: list[list[tuple[int, int]]]) -> list[tuple[int, int]]:
    """Row and column of each cell of a table whose cells span these rows and columns."""
    marked = TABLE + "\n".join(ROW + "\t".join(f"{CELL}7{END}" for _ in row) for row in rows)
    _, grids, _ = without_marks(marked, [span for row in rows for span in row])
    return [(cell.row, cell.column) for cell in grids[0].cells]


def one_by_one(rows: list[list[tuple[int, int]]]) -> list[tuple[int, int]]:
    """The same, place by place."""
    taken: set[tuple[int, int]] = set()
    found = []
    for number, row in enumerate(rows):
        column = 0
        for down, across in row:
            while (number, column) in taken:
                column += 1
            found.append((number, column))
            taken |= {(number + below, column + beside) for below in range(down) for beside in range(across)}
            column += across
    return found


@pytest.mark.parametrize("seed", range(20))
def test_cells_stand_around_those_that_reach_down(seed: int) -> None:
    dice = random.Random(seed)
    rows = [
        [(dice.choice([1, 1, 2, 3, 7]), dice.choice([1, 1, 2, 4])) for _ in range(dice.randint(1, 6))]
        for _ in range(12)
    ]
    assert placed(rows) == one_by_one(rows)


def test_cells_that_claim_to_span_everything_cost_no_more_than_they_say() -> None:
    begin = time.process_time()
    found = placed([[(10**9, 10**9)] * 2 for _ in range(2_500)])
    assert found[:3] == [(0, 0), (0, 200), (1, 400)]
    assert time.process_time() - begin < 10  # 5,000 cells of 40,000 places each took minutes
