"""Which parts of the pages of a result go to its appendix, and the links that lead there.

A notebook shows everything by itself. Of its page, the lists that only support the rest are left out where the appendix
has them, and links to what stood there lead to the appendix.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from fazhi_analysis.analysis.place_year import PlaceYear
from fazhi_analysis.presenting.appendix import LISTING, Appendix
from fazhi_analysis.presenting.evidence.view import in_text
from fazhi_analysis.presenting.html.markup import Fragment, anchor, tag
from fazhi_analysis.presenting.wording.page_texts import Words
from fazhi_analysis.running.results.notebook_html import Draft, draft_page

NAME: Final = "appendix"
"""The name of its page."""
_SECTION = re.compile(r'<section id="([^"]+)" class="fz-appendix"[^>]*>(<h2[^>]*>.*?</h2>).*?</section>', re.DOTALL)
_LIST = re.compile(r'<details id="(list-[^"]+)"[^>]*><summary>[^<]*</summary>(<table.*?</table>)', re.DOTALL)
_STANDING = re.compile(r' id="([^"]+)"')
_LINK = re.compile(r'(?<=href=")#([^"]+)(?=")')


@dataclass(frozen=True)
class Leaning:
    """The pages of a result with their appendix, last where there is one; its ids, and the years of its figures."""

    drafts: Mapping[str, Draft]
    ids: frozenset[str] = frozenset()
    years: Sequence[int] = ()


def lean(
    drafts: Mapping[str, Draft], place_year: PlaceYear, words: Words, kept_years: Iterable[int], pages: Collection[str]
) -> Leaning:
    """Take the supporting parts out of pages and put the appendix beside them, where any page has such parts.

    ``kept_years`` are those that pages of earlier runs cite; ``pages`` are the names of all pages of the result.
    """
    known = set(place_year.years)
    years = sorted({*_cited_years(drafts.values(), place_year), *(year for year in kept_years if year in known)})
    if not years:
        return Leaning(drafts)
    made = Appendix(place_year, words, years, pages)
    appendix = draft_page(str(made.whole()), words.lang, index="index.html", fallback=made.title())
    ids = frozenset(_STANDING.findall(appendix.body))
    lists = {table: identity for identity, table in _LIST.findall(appendix.body)}
    leaning = {name: _Leaning(draft, ids, lists, words).draft() for name, draft in drafts.items()}
    return Leaning({**leaning, NAME: appendix}, ids, years)


def _cited_years(drafts: Iterable[Draft], place_year: PlaceYear) -> list[int]:
    """The years whose figures the supporting parts of pages list; none where no page has such a part."""
    parts = [match.group() for draft in drafts for match in _SECTION.finditer(draft.body)]
    listed = {identity for part in parts for identity in _STANDING.findall(part)}
    return [year for year in place_year.years if any(anchor(row["row_id"]) in listed for row in place_year.rows(year))]


class _Leaning:
    """A page that leans on the appendix: ``there`` are the ids of that, ``lists`` its lists by their markup."""

    def __init__(self, draft: Draft, there: frozenset[str], lists: Mapping[str, str], words: Words) -> None:
        self._draft = draft
        self._there = there
        self._lists = lists
        self._words = words
        self._from_text: set[str] = set()

    def draft(self) -> Draft:
        """The page."""
        body = _SECTION.sub(self._section, self._draft.body)
        body = LISTING.sub(self._listing, body)
        here = set(_STANDING.findall(body))
        return replace(self._draft, body=_LINK.sub(lambda match: self._link(match, here), body))

    def _section(self, match: re.Match[str]) -> str:
        """A supporting part: its heading and a line that says where it is, where the appendix has all of it."""
        part, name, heading = match.group(), match[1], match[2]
        ids = set(_STANDING.findall(part)) - {name, f"{name}-heading"}
        if not ids <= self._there:
            return part
        if name == "source_text":
            self._from_text |= ids
        line = self._words.html(f"appendix.see_{'text' if name == 'source_text' else 'figures'}", link=self._to(name))
        return str(
            tag(
                "section", Fragment(heading), tag("p", line), id=name, cls="fz-moved", aria_labelledby=f"{name}-heading"
            )
        )

    def _listing(self, match: re.Match[str]) -> str:
        """A long list: a link to it, where the appendix has the same."""
        identity = self._lists.get(match[1])
        if identity is None:
            return match.group()
        return str(tag("p", self._to(identity, "appendix.see_list"), cls="fz-moved"))

    def _to(self, target: str, text: str = "appendix.name") -> Fragment:
        return tag("a", self._words(text), href=f"{NAME}.html#{target}")

    def _link(self, match: re.Match[str], here: Collection[str]) -> str:
        """A link to what is not on the page any more: into the text where it led there, else into the list."""
        target = match[1]
        if target in here:
            return match.group()
        in_the_text = in_text(target)
        if target in self._from_text and in_the_text in self._there:
            return f"{NAME}.html#{in_the_text}"
        return f"{NAME}.html#{target}" if target in self._there else match.group()
