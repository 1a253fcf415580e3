"""The table of rates: of what each is a share, as far as its report tells."""

from __future__ import annotations

from collections import Counter

from fazhi_analysis.analysis.audit.rate_bases import BASES
from fazhi_analysis.messages import word
from fazhi_analysis.presenting.html.markup import Fragment, tag
from fazhi_analysis.presenting.html.tables import Table, headed
from fazhi_analysis.presenting.parts.page import Page
from fazhi_analysis.presenting.wording.bases import base_text


def rates_table(page: Page) -> Fragment:
    """Every rate of the year's report with what is known of its base, and how many there are of each kind."""
    words, place_year = page.words, page.place_year
    rows = place_year.rates
    if not rows:
        return Fragment("", "")
    counts = Counter(row["base"] for row in rows)
    lines = [words("rates.count", base=word("rates.base", base, words.lang), n=counts[base]) for base in BASES]
    shown = [line for line, base in zip(lines, BASES, strict=True) if counts[base]]
    columns = headed(words, "indicator main", "figure number", "rate_base", "grounds")
    cells = []
    for row in rows:
        metric = place_year.rows_by_id[row["row"]]
        link = tag("a", page.name_of(row), href=page.at(row["row"]))
        cells.append((link, page.figure(metric), word("rates.base", row["base"], words.lang), base_text(row, words)))
    caption = words("rates.caption", n=len(rows), year=place_year.year)
    table = Table(caption, columns, tuple(cells), summary=caption)
    listed = tag("ul", *(tag("li", line) for line in shown))
    return page.section("rate_bases", page.paragraph("rates.intro"), listed, table)
