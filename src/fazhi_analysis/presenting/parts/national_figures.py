"""National figures beside a place's own: their table, with sources and conflicts, and the sentences that name them."""

from __future__ import annotations

from typing import Any

from fazhi_analysis.analysis.peers.rankings import Rankings
from fazhi_analysis.analysis.result_rows import BenchmarkRow, PeerRow
from fazhi_analysis.analysis.stored_rows import rows_of
from fazhi_analysis.presenting.html.markup import Fragment, join, tag
from fazhi_analysis.presenting.html.tables import Table, headed
from fazhi_analysis.presenting.parts.compared_page import ComparedPage
from fazhi_analysis.presenting.wording.naming import catalogue, quoting, unit_of
from fazhi_analysis.presenting.wording.numbers import figure


def benchmarks(page: ComparedPage, ranked: Rankings) -> Fragment:
    """National figures of the year; where the place has the rate, its figure and on which side it lies."""
    words, series = page.words, _series(page)
    own = {row["indicator_id"]: row for row in ranked.beside_nation}
    asked = {*own, *(one.own["indicator_id"] for one in ranked.rankings)}
    shown = [row for row in series if not asked or row["indicator_id"] in asked] or series
    if not shown:
        return page.section("benchmarks", page.paragraph("peer_comparison.no_benchmark", year=page.place_year.year))
    columns = headed(words, "indicator main", "series", "figure number", "own", "publisher", "conflict")
    cells = tuple(
        (
            _indicator(page, row),
            row["series"],
            _figure(page, row),
            _own(page, own.get(row["indicator_id"]), row),
            _publisher(page, row),
            (row["conflict_zh"] if words.lang == "zh" else row["conflict_en"]) or "—",
        )
        for row in shown
    )
    table = Table(words("peer_comparison.benchmark_caption", year=page.place_year.year), columns, cells)
    copied = any(row["verified"] == "mirror" for row in shown)
    notes = [page.paragraph("peer_comparison.series"), page.paragraph("peer_comparison.copied") if copied else None]
    return page.section("benchmarks", table, *notes)


def beside(page: ComparedPage, row: PeerRow) -> str:
    """How a figure lies to the national ones, for the end of a sentence; empty where there is none."""
    position = row["benchmark_position"]
    if not position:
        return ""
    found = [_figure(page, item) for item in _series(page) if item["indicator_id"] == row["indicator_id"]]
    return page.words(f"peer_comparison.national_{position}", national=page.words.join(found))


def sentence(page: ComparedPage, row: PeerRow) -> Fragment:
    """One own rate beside the national figure, without a rank."""
    name, national = page.linked_row(row), beside(page, row)
    return page.words.html("peer_comparison.sentence_alone", name=name, figure=page.figure(row), national=national)


def _own(page: ComparedPage, row: PeerRow | None, national: BenchmarkRow) -> Any:
    """The own figure, and how it lies to this one series; doubts are marked."""
    if row is None:
        return "—"
    low, high = row["compared_lower"], row["compared_upper"]
    side = "above" if low > national["upper"] else "below" if high < national["lower"] else "overlapping"
    doubt = tag("small", page.words("doubt.certainty")) if row["doubt"] else None
    return tag("span", page.figure(row), tag("small", page.words(f"peer_comparison.own_{side}")), doubt)


def _publisher(page: ComparedPage, row: BenchmarkRow) -> Fragment:
    words = page.words
    name = row["publisher_zh"] if words.lang == "zh" else row["publisher_en"]
    source = tag("small", quoting(row["source"], words), cls="fz-long")
    copied = tag("small", words("peer_comparison.copy")) if row["verified"] == "mirror" else None
    return join([piece for piece in (name, source, copied) if piece], " ")


def _series(page: ComparedPage) -> list[BenchmarkRow]:
    """All official national series of the year."""
    from fazhi_analysis.analysis.peers.benchmarks import load_benchmarks

    return rows_of(load_benchmarks(None, page.place_year.year), BenchmarkRow)


def _figure(page: ComparedPage, row: BenchmarkRow) -> str:
    return figure(row["value"], row["lower"], row["upper"], row["qualifier"], unit_of(row), page.words)


def _indicator(page: ComparedPage, row: BenchmarkRow) -> Fragment:
    """The indicator, and what exactly the national figure counts."""
    found, chinese = catalogue()[row["indicator_id"]], page.words.lang == "zh"
    counts = tag("small", row["counts_zh"] if chinese else row["counts_en"], cls="fz-long")
    return join([found.name_zh if chinese else found.name_en, counts], " ")
