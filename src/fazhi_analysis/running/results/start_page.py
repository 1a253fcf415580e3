"""The start page of a result folder: what is there, one line each."""

from __future__ import annotations

import re
from collections.abc import Mapping

from fazhi_analysis.analysis.place_year import PlaceYear
from fazhi_analysis.presenting.html.markup import Fragment, chinese_marked, join, plain_text, tag
from fazhi_analysis.presenting.parts.page import Page
from fazhi_analysis.presenting.wording.words import Words
from fazhi_analysis.running.results.export import Draft, draft_page


def start_page(place_year: PlaceYear, words: Words, drafts: Mapping[str, Draft]) -> Draft:
    """``index.html`` for these pages."""
    page = Page("index", place_year, words)
    key = "index.intro" if place_year.baseline is None else "index.intro_baseline"
    intro = page.paragraph(
        key, place=words.source(place_year.place), year=place_year.year, baseline=place_year.baseline
    )
    items = [
        tag(
            "li",
            tag("a", words.heading(_subject(draft.title, words)), href=f"{name}.html"),
            " ",
            tag("small", tag("a", words("index.notebook"), href=f"{name}.ipynb")),
            _first_words(draft, words),
        )
        for name, draft in drafts.items()
    ]
    files = [tag("li", tag("a", words(f"index.{name}"), href=file)) for name, file in _FILES]
    body = join(
        [
            page.header(),
            intro,
            page.section("pages", tag("ul", *items, cls="fz-pages")),
            page.section("files", tag("ul", *files)),
            page.footer(),
        ]
    )
    return draft_page(str(Fragment(str(body))), words.lang, fallback=page.title())


def _first_words(draft: Draft, words: Words) -> Fragment | None:
    """The sentence that a page opens with."""
    found = _LEAD.search(draft.body)
    if not found:
        return None
    text = " ".join(plain_text(found.group(1)).split())
    return tag("p", text if words.lang == "zh" else chinese_marked(text))


_LEAD = re.compile(r'<p class="fz-lead[^"]*">(.*?)</p>', re.DOTALL)


def _subject(title: str, words: Words) -> str:
    """What a page is about, without the place and year that the start page is headed by."""
    return title.partition(words("title.separator").strip())[2].strip() or title


_FILES = (("metrics", "metrics.csv"), ("findings", "findings.csv"), ("manifest", "manifest.json"))
