"""The parts of the page that a leader reads: the narrative, problems through the years, both wordings side by side."""

from __future__ import annotations

from typing import Any, Final

from fazhi_analysis.analysis.following.threads import Thread, threads
from fazhi_analysis.analysis.place_year import PlaceYear, records
from fazhi_analysis.messages import word
from fazhi_analysis.presenting.evidence.view import evidence_view
from fazhi_analysis.presenting.html.markup import Fragment, anchor, tag
from fazhi_analysis.presenting.html.tables import Column, Table
from fazhi_analysis.presenting.narrative.model import SECTIONS, Narrative
from fazhi_analysis.presenting.narrative.narrator import tell
from fazhi_analysis.presenting.narrative.phrases import Phrases
from fazhi_analysis.presenting.parts.page import Page

_LONG: Final = 3
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


def story(page: Page, narrative: Narrative, lead: Fragment) -> Fragment:
    """A first sentence, and the narrative; its questions and its list of sources have sections of their own."""
    sections = [section for section in SECTIONS if section != "questions"]
    return page.section("headline", lead, narrative.fragment(sections, cites=False))


def questions(page: Page, narrative: Narrative) -> Fragment:
    """What to ask of the next report."""
    asked = narrative.of("questions")
    items = tag("ul", *(tag("li", narrative.sentence_html(sentence)) for sentence in asked))
    return page.section("questions", tag("div", items, cls="fz-narrative"))


def matrix(page: Page) -> Fragment:
    """Every problem of the place through the years; nothing where only one year has any."""
    found, years = problem_threads(page.place_year)
    if len(years) < 2:
        return Fragment("", "")
    phrases, lang = Phrases(page.words.lang), page.words.lang
    by_id = {str(row["row_id"]): row for row in records(page.place_year.statements)}
    shown = set(page.place_year.shown_years)
    cells = []
    for thread in found:
        latest = by_id[thread.entries[thread.last][0]]
        states = [_state(thread, year, years, lang, linked=year in shown) for year in years]
        cells.append((page.words.source(latest["text"]), *states, thread.age))
    columns = (
        Column(phrases.plain("leader.matrix_problem"), main=True),
        *(Column(str(year)) for year in years),
        Column(phrases.plain("leader.matrix_age"), number=True),
    )
    lead = phrases.plain(
        "leader.matrix_lead",
        years=len(years),
        n=len(found),
        again=sum(len(one.entries) > 1 for one in found),
        long=_LONG,
        old=sum(one.age >= _LONG for one in found),
    )
    table = Table(phrases.plain("leader.matrix_caption"), columns, tuple(cells), classes="fz-prose fz-matrix")
    return page.section("matrix", tag("p", lead), table, tag("p", phrases.plain("leader.matrix_note", first=years[0])))


def problem_threads(place_year: PlaceYear) -> tuple[list[Thread], list[int]]:
    """Matters among the problems of a place up to the page's year, and the years that have any."""
    from fazhi_analysis.analysis.following.follow_up import follow_up

    frame = place_year.statements
    frame = frame[(frame["year"] <= place_year.year) & (frame["kind"] == "problem")]
    years = sorted({int(year) for year in frame["year"]})
    if not years:
        return [], []
    place = place_year.place_id
    rows = follow_up(frame, place_year.metrics.head(0), place, texts={}, findings={}) if len(years) > 1 else None
    return threads([] if rows is None else records(rows), records(frame), "problem"), years


def _state(thread: Thread, year: int, years: list[int], lang: str, *, linked: bool) -> Any:
    state = thread.states.get(year)
    if state is None:
        return ""
    mark = tag("span", _MARKS[state], cls="fz-mark", aria_hidden="true")
    earliest = state == "first" and year == years[0]
    name = word("follow_up.state", "listed" if earliest else state, lang)
    if year in thread.entries and linked:
        return tag("span", mark, tag("a", name, href=f"#{anchor(thread.entries[year][0])}"))
    return tag("span", mark, name)


def source_text(page: Page) -> Fragment:
    """The evidence view of the year, and of the earlier year."""
    views = [
        tag(
            "details",
            tag("summary", _source_title(page, year)),
            evidence_view(page.place_year, page.words, year),
            open=True,
        )
        for year in reversed(page.place_year.shown_years)
    ]
    return page.section("source_text", tag("div", *views, cls="fz-appendix"))


def _source_title(page: Page, year: int) -> str:
    return Phrases(page.words.lang).plain("leader.source", year=year)


def cites(page: Page, narrative: Narrative) -> Fragment:
    """The numbered sources of the narrative."""
    return page.section("cites", narrative.cites_html())


def narrative_of(page: Page) -> Narrative:
    """The narrative of a page, short enough for one sheet; the tables below tell the rest."""
    return tell(page.place_year, page.words).brief()
