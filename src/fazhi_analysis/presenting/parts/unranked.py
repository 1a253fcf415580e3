"""What takes part in no ranking: other places' figures beside the own ones, and own figures without enough peers."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from fazhi_analysis.presenting.html.markup import Fragment, tag
from fazhi_analysis.presenting.html.tables import Column, Table

if TYPE_CHECKING:
    from fazhi_analysis.presenting.pages.peer_comparison import PeerComparison

FEW = "few_places"


def excluded(page: PeerComparison) -> Fragment:
    """The figures in question that are not ranked, each with its reason, counted with their places."""
    words, rows = page.words, left_out(page)
    if not rows:
        return page.section("excluded", page.paragraph("excluded.none"))
    places: dict[str, list[str]] = defaultdict(list)
    for row, reason in rows:
        places[reason].append(str(row["region"]))
    lines = [
        words("peers.left_count", reason=page.reason(reason), places=len(set(named)), n=len(named))
        for reason, named in sorted(places.items(), key=lambda item: -len(item[1]))
    ]
    columns = (
        Column(words("column.indicator"), main=True),
        Column(words("column.place_name")),
        Column(words("column.figure"), number=True),
        Column(words("column.reason")),
    )
    cells = tuple(
        (page.name_of(row), words.source(row["region"]), page.figure(row), page.reason(reason)) for row, reason in rows
    )
    table = Table(words("excluded.caption", n=len(cells)), columns, cells)
    return page.section(
        "excluded", tag("ul", *(tag("li", line) for line in lines)), page.folded("excluded.show", table)
    )


def left_out(page: PeerComparison) -> list[tuple[dict[str, Any], str]]:
    """Rows that no ranking on the page holds, with the reason: all places' rows of what the own place gives."""
    ranked = {str(row["row"]) for rows in page.rankings for row in rows}
    asked = {row["group"] for row in page.compared if page.is_own(row)}
    found = []
    for row in page.compared:
        if row["group"] not in asked or str(row["row"]) in ranked:
            continue
        if row["reason"] or page.is_own(row):
            found.append((row, str(row["reason"]) or FEW))
    return found
