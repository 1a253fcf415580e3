"""What one year's figures tell by themselves, where the data have no earlier year: levels, never a comparison."""

from __future__ import annotations

from typing import Any

from fazhi_analysis.analysis.audit import count_findings
from fazhi_analysis.presenting.html.markup import Fragment, join
from fazhi_analysis.presenting.html.tables import Table, headed
from fazhi_analysis.presenting.parts.compared_page import NEAR_CEILING, ComparedPage
from fazhi_analysis.presenting.wording.naming import domain_text
from fazhi_analysis.presenting.wording.numbers import plain as plain_number


def headline(page: ComparedPage) -> Fragment:
    """That nothing is compared, how many figures there are, and what the checks say."""
    place_year, words = page.place_year, page.words
    rows, usable = place_year.rows(), page.place_year.usable()
    rates = [row for row in usable if row["kind"] == "rate"]
    notice = page.paragraph(
        "headline.single", cls="fz-notice", year=place_year.year, place=words.source(place_year.place)
    )
    picked = place_year.is_selection(place_year.year)
    lead = page.paragraph(
        "headline.single_selection" if picked else "headline.single_counts",
        cls="fz-lead",
        n=len(rows),
        repeated=sum(bool(row["duplicate_of"]) for row in rows),
        usable=len(usable),
        inexact=sum(row["qualifier"] != "exact" for row in usable),
        domains=len({domain_text(row, words) for row in usable}),
        rates=len(rates),
        full=sum(row["value"] == 100 for row in rates),
    )
    counts = count_findings(place_year.findings)
    parts = [words("headline.verdict", verdict=words(f"severity.{key}"), n=n) for key, n in counts.items()]
    checks = page.paragraph("headline.checks", parts=words.join(parts)) if parts else None
    doubted = [row for row in usable if page.is_doubted(row)]
    doubt = None
    if doubted:
        names = join([page.linked(row) for row in doubted], words("punctuation.comma"))
        doubt = page.paragraph("headline.single_doubted", n=len(doubted), names=names)
    return page.section("headline", notice, page.selection_notice(), lead, checks, doubt)


def rates(page: ComparedPage) -> Fragment:
    """The year's rates as dots with their intervals; those near 100 % on a scale of their own."""
    return page.section("rates", _rates(page, high=False), _rates(page, high=True))


def _rates(page: ComparedPage, *, high: bool) -> Any:
    from fazhi_analysis.presenting.charts.levels import Level, draw_levels
    from fazhi_analysis.presenting.charts.rows import percent_axis

    rows = [row for row in page.place_year.usable() if row["kind"] == "rate" and (row["value"] >= NEAR_CEILING) is high]
    if not rows:
        return None
    levels = [
        Level(
            page.marked_name(row),
            page.figure(row),
            row["lower"],
            row["value"],
            row["upper"],
            domain,
            page.is_doubted(row),
        )
        for domain, members in page.by_domain(rows).items()
        for row in members
    ]
    # A doubted rate is drawn and marked, but is neither the lowest nor the highest of what can be relied on.
    plain = [row for row in rows if not page.is_doubted(row)]
    ordered = sorted(plain or rows, key=lambda row: float(row["value"]))
    low, top = ordered[0], ordered[-1]
    doubted = len(rows) - len(plain) if plain else 0
    finding = page.words(
        "chart.level_finding" if low is top else "chart.levels_finding",
        n=len(rows),
        doubted=page.words("chart.levels_doubted", n=doubted) if doubted else "",
        low=page.marked_name(low),
        low_value=page.figure(low),
        high=page.marked_name(top),
        high_value=page.figure(top),
    )
    kind = "high_rates" if high else "rates"
    # The caption names the scale that is drawn: rates that are all over 99 % do not start at 90 %.
    start = max(
        NEAR_CEILING, percent_axis(min(row["lower"] for row in rows), max(row["upper"] for row in rows), "").low
    )
    scale = page.words(f"chart.levels_{kind}", year=page.place_year.year, low=plain_number(start))
    return draw_levels(f"levels-{kind}", finding, scale, levels, page.words)


def tables(page: ComparedPage) -> Fragment:
    """Every result of the year, one table a domain, with its interval and its place in the report."""
    words = page.words
    columns = headed(words, "indicator main", "figure number", "interval number", "place")
    shown = [
        Table(
            domain,
            columns,
            tuple(
                (
                    page.opened(row),
                    page.marked_figure(row),
                    "" if row["qualifier"] == "exact" else page.interval(row),
                    page.place_of(row),
                )
                for row in rows
            ),
            classes="fz-lined fz-levels",
            summary=words("change.folded_levels", domain=domain, n=len(rows)),
        )
        for domain, rows in page.by_domain(page.place_year.usable()).items()
    ]
    return page.section(
        "levels", join(Fragment(table._repr_html_(), repr(table)) for table in shown) if shown else None
    )


def domains(page: ComparedPage) -> Fragment:
    """How many figures each domain has, exact and approximate."""
    from fazhi_analysis.presenting.charts.shares import Bar, draw_bars

    groups = page.by_domain(page.place_year.usable())
    if not groups:
        return Fragment("", "")
    kinds = ("exact", "inexact")
    bars = [
        Bar(domain, tuple(sum((row["qualifier"] == "exact") is (kind == "exact") for row in rows) for kind in kinds))
        for domain, rows in groups.items()
    ]
    largest = max(bars, key=lambda bar: sum(bar.parts))
    finding = page.words("chart.domains_single_finding", n=len(bars), domain=largest.label, count=sum(largest.parts))
    counted = page.words("chart.domains_single_title", year=page.place_year.year)
    names = [page.words(f"column.{kind}") for kind in kinds]
    return page.section("domains", draw_bars("domains", finding, counted, bars, names, kinds, page.words))
