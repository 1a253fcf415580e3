"""The table of stated changes: what the report claims beside what the two years' figures make of it."""

from __future__ import annotations

from fazhi_analysis.analysis.claims.checking import stated_decimals
from fazhi_analysis.analysis.result_rows import ClaimRow
from fazhi_analysis.messages import word
from fazhi_analysis.presenting.html.markup import Fragment, tag
from fazhi_analysis.presenting.html.tables import Table, headed
from fazhi_analysis.presenting.parts.compared_page import ComparedPage
from fazhi_analysis.presenting.wording.claimed_change import actual_change, change_of_claim
from fazhi_analysis.presenting.wording.naming import catalogue, unit_of
from fazhi_analysis.presenting.wording.numbers import interval


def claims(page: ComparedPage) -> Fragment:
    """Every change that the year's report states, with what the figures give and whether the two agree."""
    words, place_year = page.words, page.place_year
    rows = place_year.claims
    if not rows:
        key = "claims.none_selection" if place_year.is_selection(place_year.year) else "claims.none"
        return page.section("claims", page.paragraph(key, year=place_year.year))
    columns = headed(words, "indicator main", "claimed number", "actual number", "verdict")
    cells = []
    for row in rows:
        verdict = word("claim.verdict", row["verdict"], words.lang)
        link = tag("a", _name(page, row), href=page.at(row["claim_row"]))
        cells.append((link, _claim(page, row), _actual(page, row), verdict))
    table = Table(words("claims.caption", n=len(rows)), columns, tuple(cells))
    return page.section("claims", page.paragraph("claims.intro"), table)


def _name(page: ComparedPage, row: ClaimRow) -> Fragment:
    """What the claim is about; on an English page a label that only the report has stands in quotation marks."""
    name = page.name_of(row)
    quoted = page.words.lang == "en" and row["indicator_id"] not in catalogue()
    return page.words.html("problems_next_steps.quoted", text=name) if quoted else name


def _claim(page: ComparedPage, row: ClaimRow) -> Fragment:
    """The claim with its own decimals, and below it the interval that its wording allows, with one more."""
    decimals = stated_decimals(row["claimed"], row["claimed_lower"], row["claimed_upper"])
    point = change_of_claim(row, (row["claimed"], row["claimed"]), decimals, page.words)
    if row["claimed_lower"] == row["claimed_upper"]:
        return tag("span", point)
    ends = change_of_claim(row, (row["claimed_lower"], row["claimed_upper"]), decimals + 1, page.words)
    return tag("span", point, tag("small", ends))


def _actual(page: ComparedPage, row: ClaimRow) -> Fragment:
    if given := actual_change(row, page.words):
        return tag("span", given)
    if row["implied_lower"] != row["implied_lower"]:
        return tag("span", "—")
    ends = interval(row["implied_lower"], row["implied_upper"], unit_of(row), page.words)
    return tag("span", page.words("claims.implied", year=row["year"] - 1, interval=ends))
