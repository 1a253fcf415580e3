"""The problems of a place through the years: a row a matter, a column a report."""

from __future__ import annotations

from typing import Any, Final

from fazhi_analysis.analysis.following.threads import Thread
from fazhi_analysis.analysis.place_statements import problem_threads
from fazhi_analysis.messages import word
from fazhi_analysis.presenting.html.markup import Fragment, tag
from fazhi_analysis.presenting.html.tables import Column, Table
from fazhi_analysis.presenting.narrative.narrative_texts import Phrases
from fazhi_analysis.presenting.parts.page import Page

_LONG: Final = 3
_FEW: Final = 2
"""So few matters that only one report names need no fold."""
_MARKS: Final = {
    "first": "●",
    "near_verbatim": "〃",
    "reworded": "〃",
    "again": "〃",
    "kept": "✓",
    "contradicted": "×",
    "dropped": "○",
    "cannot_tell": "？",
}


def matrix(page: Page) -> Fragment:
    """Every problem of the place through the years; nothing where only one year has any."""
    found, years = problem_threads(page.place_year)
    if len(years) < 2:
        return Fragment("", "")
    lang = page.words.lang
    phrases = Phrases(lang)
    again = [thread for thread in found if len(thread.entries) > 1]
    once = [thread for thread in found if len(thread.entries) == 1]
    if not again or len(once) <= _FEW:
        again, once = found, []
    columns = (
        Column(phrases.plain("problem_tables.matrix_problem"), main=True),
        *(Column(str(year)) for year in years),
        Column(phrases.plain("problem_tables.matrix_age"), number=True),
    )

    def table(threads: list[Thread], caption: str, summary: str = "") -> Table:
        cells = tuple(_cells(page, thread, years) for thread in threads)
        return Table(caption, columns, cells, classes="fz-prose fz-matrix", summary=summary)

    shown = [table(again, phrases.plain("problem_tables.matrix_caption"))]
    if once:
        name = phrases.plain("problem_tables.matrix_once", n=len(once))
        shown.append(table(once, name, name))
    lead = phrases.plain(
        "problem_tables.matrix_lead",
        years=len(years),
        n=len(found),
        again=sum(len(one.entries) > 1 for one in found),
        long=_LONG,
        old=sum(one.age >= _LONG for one in found),
    )
    return page.section(
        "matrix", tag("p", lead), *shown, tag("p", phrases.plain("problem_tables.matrix_note", first=years[0]))
    )


def _cells(page: Page, thread: Thread, years: list[int]) -> tuple[Any, ...]:
    """A matter as a row: its latest wording, what it was in each year, how many years it spans."""
    latest = page.place_year.statements_by_id[thread.entries[thread.last][0]]
    states = [_state(page, thread, year, years) for year in years]
    return page.words.source(latest["text"]), *states, thread.age


def _state(page: Page, thread: Thread, year: int, years: list[int]) -> Any:
    """What became of a problem in a year, linked to its entry where the page has the text of that year."""
    state = thread.states.get(year)
    if state is None:
        return ""
    mark = tag("span", _MARKS[state], cls="fz-mark", aria_hidden="true")
    earliest = state == "first" and year == years[0]
    name = word("follow_up.state", "listed" if earliest else state, page.words.lang)
    if year in thread.entries and year in page.place_year.shown_years:
        return tag("span", mark, tag("a", name, href=page.at(thread.entries[year][0])))
    return tag("span", mark, name)
