"""The list of all figures: each with its interval, where it stands, and the checks that speak of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from fazhi_analysis.analysis.stored_rows import MetricRow
from fazhi_analysis.model import Finding
from fazhi_analysis.presenting.html.markup import Fragment, anchor, join, tag
from fazhi_analysis.presenting.html.tables import Table, headed
from fazhi_analysis.presenting.wording.naming import unit_of
from fazhi_analysis.presenting.wording.numbers import figure_of, interval
from fazhi_analysis.presenting.wording.page_texts import Words

_YEAR = "year number"
_COLUMNS = ("indicator main", _YEAR, "figure number", "interval number", "place", "checks")


def figures_list(
    rows: Sequence[MetricRow],
    checks: Mapping[str, Fragment],
    words: Words,
    *,
    caption: str,
    name: Callable[[MetricRow], Fragment],
    place: Callable[[MetricRow], Fragment],
    one_year: bool = False,
) -> Table:
    """The rows with an element id each; ``checks`` are links by row, ``name`` and ``place`` show a row's two ends.

    A list of ``one_year`` has no column for it, and stands below its caption, one click away.
    """
    cells = tuple(
        (
            name(row),
            *(() if one_year else (row["year"],)),
            figure_of(row, words),
            interval(row["lower"], row["upper"], unit_of(row), words),
            place(row),
            checks.get(row["row_id"], ""),
        )
        for row in rows
    )
    ids = tuple(anchor(row["row_id"]) for row in rows)
    columns = headed(words, *(column for column in _COLUMNS if not (one_year and column == _YEAR)))
    return Table(caption, columns, cells, ids, "fz-evidence", summary=caption if one_year else "")


def check_links(numbered: Iterable[tuple[int, Finding]], address: str = "") -> dict[str, Fragment]:
    """Links to the findings that name a row, by row; ``address`` is the page that lists them, this one if empty."""
    found: dict[str, dict[int, None]] = {}
    for number, finding in numbered:
        for piece in finding.evidence:
            if piece.row:
                found.setdefault(piece.row, {})[number] = None
    return {
        row: join([tag("a", n, href=f"{address}#finding-{n}", cls="fz-check") for n in numbers], " ")
        for row, numbers in found.items()
    }
