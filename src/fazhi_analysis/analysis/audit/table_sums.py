"""Sums in tables: a last line 合计 against the lines above it, column by column."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from fazhi_analysis.analysis.audit.context import AuditContext
from fazhi_analysis.analysis.audit.parts_and_totals import Sum
from fazhi_analysis.model import GridCell, Quantity

Line = tuple[str, dict[int, Quantity]]
"""Label of a line of a table, and its figures by column."""

_TOTAL_ROW = re.compile(r"^(?:合\s*计|总\s*计|共\s*计|总\s*数)(?:[（(].*[）)])?$")
_MOST_LINES = 16
_NOT_A_PART = re.compile(r"其中|小计|占|比|率|平均|同比|增")


def find_table_sums(context: AuditContext) -> Iterator[Sum]:
    """One sum for each column of each table that has a line 合计 and at least two lines above it.

    Lines that say 其中 or 小计 count something twice, so such tables promise nothing (``closed`` is false).
    """
    for rows in _tables(context):
        heads = [label for label, _ in rows]
        last = next((place for place, label in enumerate(heads) if _TOTAL_ROW.match(label)), None)
        if last is not None:
            nested = any(_NOT_A_PART.search(label) for label in heads[:last])
            columns = (
                (total, [cells[key] for _, cells in rows[:last] if key in cells])
                for key, total in rows[last][1].items()
            )
            yield from filter(None, (_column_sum(total, parts, nested=nested) for total, parts in columns))


def _column_sum(total: Quantity, parts: list[Quantity], *, nested: bool) -> Sum | None:
    """The parts of one column with their total; None where they cannot be added, or may rightly give another total."""
    if len(parts) < 2 or total.kind == "rate" or any(part.unit != total.unit for part in parts):
        return None
    found = Sum("table", total, tuple(parts), not nested)
    return found if found.holds or not (nested or _counts_twice(found)) else None


def _counts_twice(found: Sum) -> bool:
    """Whether some of the lines give the total, so that the others may be parts of them (an unmarked 其中)."""
    values = [part.value or 0 for part in found.parts]
    if len(values) > _MOST_LINES or found.added.lower < (found.total.lower or 0):
        return False
    reached = {0.0}
    for value in values:
        reached |= {total + value for total in reached}
    return (found.total.value or 0) in reached


def _tables(context: AuditContext) -> Iterator[list[Line]]:
    """Tables as lines of (label, figures by column). Nothing without a text."""
    if context.report is None:
        return
    places = {quantity.start: quantity for quantity in context.metrics if quantity.change == "level"}
    starts = sorted(places)
    for grid in context.report.grids:
        held = {
            cell: places[starts[at]]
            for cell in grid.cells
            if (at := bisect_left(starts, cell.start)) < len(starts) and starts[at] < cell.end
        }
        if held:
            rows: dict[int, list[GridCell]] = defaultdict(list)
            for cell in grid.cells:
                rows[cell.row].append(cell)
            yield [_line(context.report.text, rows.get(row, ()), held) for row in range(1 + max(rows))]


def _line(text: str, row: Sequence[GridCell], held: Mapping[GridCell, Quantity]) -> Line:
    """One row of a table: its words before the first figure, and its figures by column."""
    cells = {cell.column: held[cell] for cell in row if cell in held}
    first = min(cells, default=0)
    words = [cell for cell in row if cell.column < first and cell not in held]
    label = " ".join(text[cell.start : cell.end] for cell in words if not text[cell.start : cell.end].isdecimal())
    return label.strip(), cells
