"""The start page of a result folder: the brief, one picture, what else there is, and technical facts at its foot."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from fazhi_analysis.analysis.place_year import PlaceYear
from fazhi_analysis.presenting.appendix import Appendix
from fazhi_analysis.presenting.charts.chart import Chart
from fazhi_analysis.presenting.html.markup import Fragment, anchor, join, tag
from fazhi_analysis.presenting.narrative.brief import brief_of
from fazhi_analysis.presenting.narrative.narrative import Narrative
from fazhi_analysis.presenting.parts.brief_chart import brief_chart
from fazhi_analysis.presenting.parts.page import Page
from fazhi_analysis.presenting.parts.supporting import APPENDIX
from fazhi_analysis.presenting.wording.page_texts import Words
from fazhi_analysis.running.results.notebook_html import Draft, draft_page
from fazhi_analysis.running.results.report_files import TABLES

_TECHNICAL = ("manifest.json",)
_ROOMY = 14
"""A brief of so many sentences leaves room on a phone for the Chinese words behind English names."""


@dataclass(frozen=True)
class Contents:
    """What a result folder holds beside the start page: pages by name, which of them a new run kept although the data
    have changed since, and further documents; ``appendix`` is the appendix, None where there is none.
    """

    pages: Sequence[str]
    stale: frozenset[str] = frozenset()
    documents: Sequence[str] = ()
    appendix: Appendix | None = None


def start_page(place_year: PlaceYear, words: Words, contents: Contents) -> Draft:
    """``index.html``: it answers what changed, what cannot be relied on, what came of the promises, what to ask."""
    page = Page("index", place_year, words)
    page.leans = contents.appendix is not None
    narrative = brief_of(place_year, words)
    body = join(
        [
            _header(page, narrative),
            _brief(page, narrative, contents),
            _picture(brief_chart(place_year, words)),
            *page.notices(),
            page.section("pages", _pages(page, contents), page.paragraph("start_page.alone", cls="fz-alone")),
            page.sources(),
            page.section("files", _files(words, [*contents.documents, *TABLES])),
            _technical(page, contents),
        ]
    )
    return draft_page(str(body), words.lang, fallback=narrative.title)


def _header(page: Page, narrative: Narrative) -> Fragment:
    """Place and title; that a place is fictional stands beside its name."""
    words, place_year = page.words, page.place_year
    mark = tag("small", words("start_page.fictional")) if place_year.is_fictional else None
    before, found, after = narrative.title.partition(place_year.place)
    title = tag("h1", before, words.source(found) if found else None, after)
    place = tag("p", words.source(place_year.region), " " if mark else None, mark, cls="fz-place")
    return tag("header", place, title, cls="fz-header")


def _brief(page: Page, narrative: Narrative, contents: Contents) -> Fragment:
    address = _Address(page.place_year, contents)
    parts = []
    for key, heading in narrative.headings.items():
        items = [tag("li", narrative.plain_html(one, address)) for one in narrative.of(key)]
        if items:
            name = f"brief-{key}"
            body = tag("h2", heading, id=f"{name}-heading") + tag("ul", *items)
            parts.append(tag("section", body, id=name, aria_labelledby=f"{name}-heading"))
    room = len(narrative.sentences) <= _ROOMY
    return tag("div", *parts, cls="fz-brief fz-roomy" if room else "fz-brief")


class _Address:
    """Where the place of a row is among the pages: in the marked text where there is one, else in a list of figures.

    Both are in the appendix; without one, they are on a page that has its own.
    """

    def __init__(self, place_year: PlaceYear, contents: Contents) -> None:
        self._place_year = place_year
        self._pages = frozenset(contents.pages)
        self._appendix = contents.appendix

    def __call__(self, row: str) -> str:
        element = self._appendix.element_of(row) if self._appendix else ""
        return f"{APPENDIX}.html#{element}" if element else self._on_a_page(row)

    def _on_a_page(self, row: str) -> str:
        order: tuple[str, ...] = ("problems_next_steps", "year_over_year", "data_quality")
        if row in self._place_year.rows_by_id and not self._has_text(row):
            order = ("year_over_year", "data_quality", "problems_next_steps")
        elif row in self._place_year.statements_by_id:
            order = order[:1]
        elif row not in self._place_year.rows_by_id:
            return ""
        found = next((name for name in order if name in self._pages), "")
        return f"{found}.html#{anchor(row)}" if found else ""

    def _has_text(self, row: str) -> bool:
        return self._place_year.is_text_kept(self._place_year.rows_by_id[row]["year"])


def _picture(chart: Chart | None) -> Fragment:
    return Fragment("", "") if chart is None else Fragment(chart._repr_html_(), repr(chart))


def _pages(page: Page, contents: Contents) -> Fragment:
    """The other pages, each with what it holds."""
    words = page.words
    items = []
    for name in [*contents.pages, *([APPENDIX] if contents.appendix else [])]:
        title = Page(name, page.place_year, words).subject()
        alone = words.get(f"start_page.holds_{name}_single") if page.place_year.baseline is None else ""
        holds = alone or words.get(f"start_page.holds_{name}")
        items.append(
            tag(
                "li",
                tag("a", words.heading(title), href=f"{name}.html"),
                tag("span", holds) if holds else None,
                tag("small", words("start_page.stale")) if name in contents.stale else None,
            )
        )
    return tag("ul", *items, cls="fz-pages")


def _files(words: Words, files: Iterable[str]) -> Fragment:
    kinds = {"metrics.csv": "metrics", "findings.csv": "findings", "manifest.json": "manifest"}
    items = []
    for file in files:
        kind = kinds.get(file) or file.rpartition(".")[2]
        items.append(tag("li", tag("a", words(f"start_page.{kind}"), href=file, download=True)))
    return tag("ul", *items)


def _technical(page: Page, contents: Contents) -> Fragment:
    """Sources, versions, digests, the executed notebooks and the record of the run: for those who check or repeat."""
    words = page.words
    notebooks = [
        tag(
            "li",
            tag(
                "a",
                words("start_page.notebook", name=Page(name, page.place_year, words).subject()),
                href=f"{name}.ipynb",
            ),
        )
        for name in contents.pages
    ]
    record = [tag("li", tag("a", words(f"start_page.{file.partition('.')[0]}"), href=file)) for file in _TECHNICAL]
    details = tag(
        "details",
        tag("summary", words("start_page.technical")),
        page.sources(),
        tag("ul", *notebooks, *record),
        page.footer(folded=False),
    )
    return tag("div", details, cls="fz-technical")
