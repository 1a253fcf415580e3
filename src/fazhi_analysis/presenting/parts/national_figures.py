"""National figures beside a place's own: their table, with sources and conflicts, and the sentences that name them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fazhi_analysis.analysis.place_year import records
from fazhi_analysis.presenting.html.markup import Fragment, join, tag
from fazhi_analysis.presenting.html.tables import Column, Table
from fazhi_analysis.presenting.wording.naming import catalogue, quoting, unit_of
from fazhi_analysis.presenting.wording.numbers import figure

if TYPE_CHECKING:
    from fazhi_analysis.presenting.pages.peer_comparison import PeerComparison


def benchmarks(page: PeerComparison) -> Fragment:
    """National figures of the year; where the place has the rate, its figure and on which side it lies."""
    words, series = page.words, _series(page)
    ranked = {str(rows[0]["indicator_id"]) for rows in page.rankings}
    ranked |= {str(row["indicator_id"]) for row in _positioned(page)}
    shown = [row for row in series if not ranked or str(row["indicator_id"]) in ranked] or series
    if not shown:
        return page.section("benchmarks", page.paragraph("peers.no_benchmark", year=page.place_year.year))
    own = {str(row["indicator_id"]): row for row in _positioned(page)}
    columns = (
        Column(words("column.indicator"), main=True),
        Column(words("column.series")),
        Column(words("column.figure"), number=True),
        Column(words("column.own")),
        Column(words("column.publisher")),
        Column(words("column.conflict")),
    )
    cells = tuple(
        (
            _indicator(page, str(row["indicator_id"])),
            row["series"],
            _figure(page, row),
            _own(page, own.get(str(row["indicator_id"])), row),
            _publisher(page, row),
            row[f"conflict_{words.lang}"] or "—",
        )
        for row in shown
    )
    table = Table(words("peers.benchmark_caption", year=page.place_year.year), columns, cells)
    copied = any(row["verified"] == "mirror" for row in shown)
    notes = [page.paragraph("peers.series"), page.paragraph("peers.copied") if copied else None]
    return page.section("benchmarks", table, *notes)


def beside(page: PeerComparison, row: dict[str, Any]) -> str:
    """How a figure lies to the national ones, for the end of a sentence; empty where there is none."""
    position = str(row["benchmark_position"])
    if not position:
        return ""
    found = [_figure(page, item) for item in _series(page) if item["indicator_id"] == row["indicator_id"]]
    return page.words(f"peers.national_{position}", national=page.words.join(found))


def alone(page: PeerComparison) -> list[dict[str, Any]]:
    """Own rates that no ranking holds and no check doubts, but that a national figure exists for."""
    ranked = {str(page.mine(rows)["row"]) for rows in page.rankings}
    return [row for row in _positioned(page) if str(row["row"]) not in ranked and not row["doubt"]]


def sentence(page: PeerComparison, row: dict[str, Any]) -> Fragment:
    """One own rate beside the national figure, without a rank."""
    return page.words.html(
        "peers.sentence_alone", name=page.linked_row(row), figure=page.figure(row), national=beside(page, row)
    )


def _positioned(page: PeerComparison) -> list[dict[str, Any]]:
    return [row for row in page.compared if page.is_own(row) and str(row["benchmark_position"])]


def _own(page: PeerComparison, row: dict[str, Any] | None, national: dict[str, Any]) -> Any:
    """The own figure, and how it lies to this one series; doubts are marked."""
    if row is None:
        return "—"
    low, high = row["compared_lower"], row["compared_upper"]
    side = "above" if low > national["upper"] else "below" if high < national["lower"] else "overlapping"
    doubt = tag("small", page.words("doubt.certainty")) if row["doubt"] else None
    return tag("span", page.figure(row), tag("small", page.words(f"peers.own_{side}")), doubt)


def _publisher(page: PeerComparison, row: dict[str, Any]) -> Fragment:
    words = page.words
    source = tag("small", quoting(str(row["source"]), words), cls="fz-long")
    copied = tag("small", words("peers.copy")) if row["verified"] == "mirror" else None
    return join([piece for piece in (row[f"publisher_{words.lang}"], source, copied) if piece], " ")


def _series(page: PeerComparison) -> list[dict[str, Any]]:
    """All official national series of the year."""
    from fazhi_analysis.analysis.peers.benchmarks import load_benchmarks

    return records(load_benchmarks(None, page.place_year.year))


def _figure(page: PeerComparison, row: dict[str, Any]) -> str:
    ends = row["value"], row["lower"], row["upper"]
    return figure(*ends, str(row["qualifier"]), unit_of(row), page.words)


def _indicator(page: PeerComparison, identity: str) -> str:
    found = catalogue()[identity]
    return str(found.name_zh if page.words.lang == "zh" else found.name_en)
