"""A problem or next step in a table: its heading or first sentence, the rest and what is known of it a click away.

Print, which has no clicks, has the whole statement.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from fazhi_analysis.presenting.html.markup import Fragment, tag
from fazhi_analysis.presenting.parts.page import Page
from fazhi_analysis.presenting.wording.openings import opening_and_rest, repeats

_CLAUSE: Final = ("，", "：", "、")
"""Marks that a sentence goes on after."""


def folded_statement(
    page: Page, row: Any, *, parts: Sequence[str] = (), notes: Sequence[Any] = (), identity: str = ""
) -> Fragment:
    """The statement of a row: number and beginning; folded the rest, its ``parts`` where they say more than the rest
    does in one piece, ``notes``, where it stands, and the id by which a judgement of it is known.
    """
    words = page.words
    lead, rest = opening_and_rest(str(row["text"]))
    number = words(f"problems_next_steps.{row['kind']}_number", n=row["ordinal"])
    said = [part for part in parts if part.strip() != str(row["text"]).strip()]
    listed = tag("ul", *(tag("li", words.source(part)) for part in said), cls="fz-parts") if said else None
    shown = tag("p", words.source(rest)) if rest and not (listed and repeats(said, rest)) else None
    if rest == "" and listed and repeats(said, lead):
        listed = None
    place = tag(
        "a", words("problems_next_steps.in_report", year=row["year"], number=number), href=page.at(row["row_id"])
    )
    known_as = tag("small", tag("code", identity), cls="fz-id") if identity else None
    foot = tag("p", tag("small", place), *(tag("small", note) for note in notes if note), known_as, cls="fz-foot")
    summary = tag(
        "summary", tag("small", number), " ", words.source(lead), cls="fz-cut" if lead[-1:] in _CLAUSE else None
    )
    return tag("details", summary, shown, listed, foot, cls="fz-whole")
