"""What became of the earlier year's problems and next steps: a table whose every verdict links to its grounds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any, Final

from fazhi_analysis.analysis.result_rows import EvidenceRow, PromiseRow
from fazhi_analysis.analysis.stored_rows import StatementRow
from fazhi_analysis.messages import word
from fazhi_analysis.presenting.html.markup import Fragment, join, tag
from fazhi_analysis.presenting.html.tables import Column, Table
from fazhi_analysis.presenting.narrative.builder import shortened
from fazhi_analysis.presenting.parts.folded_statement import folded_statement
from fazhi_analysis.presenting.parts.page import Page

_OPEN: Final = "cannot_tell"
_AGAIN: Final = "repeated"
"""Of what is said again, how near the wording is says as much as the reason."""
_ORDER: Final = ("contradicted", "kept", "dropped", _AGAIN, _OPEN)
"""Verdicts as a reader wants them: what the figures decide, what fell silent, what is said again, the rest."""
_FEW: Final = 1
"""So many that cannot be told are as short as the line that would fold them."""


def follow_up_section(page: Page, statements: Sequence[StatementRow]) -> Fragment:
    """The section, or nothing where there is no earlier year. ``statements`` are those that the page lists with ids.

    A table a verdict: first what can be told, what cannot be a click away with how many and why.
    """
    rows = [row for row in page.place_year.promises if not row["part"]]
    if not rows:
        return Fragment("", "")
    words, lang = page.words, page.words.lang
    counts = Counter(row["verdict"] for row in rows)
    parts = [
        words("headline.verdict", verdict=word("follow_up.verdict", key, lang), n=counts[key])
        for key in _ORDER
        if counts[key]
    ]
    lead = page.paragraph("problems_next_steps.outcome", year=page.place_year.baseline, parts=words.join(parts))
    grounds = _Grounds(page, statements)
    tables = [
        _table(page, key, [row for row in rows if row["verdict"] == key], grounds) for key in _ORDER if counts[key]
    ]
    return page.section("promises", lead, *tables)


def _table(page: Page, verdict: str, rows: list[PromiseRow], grounds: _Grounds) -> Table:
    """The statements of one verdict; a reason that all share stands in the caption once."""
    words, lang = page.words, page.words.lang
    counts = Counter(word("follow_up.reason", row["reason"], lang) for row in rows)
    shared = len(counts) == 1
    listed = [words("problems_next_steps.reason_count", reason=reason, n=n) for reason, n in counts.most_common()]
    why = next(iter(counts)) if shared else words("punctuation.semicolon").join(listed) if verdict == _OPEN else ""
    name = words.heading(word("follow_up.verdict", verdict, lang))
    key = "problems_next_steps.verdict_caption" + ("_why" if why else "")
    caption = words(key, verdict=name, n=len(rows), **({"reasons": why} if why else {}))
    columns = (
        Column(words("column.promised_in", year=page.place_year.baseline), main=True),
        Column(words("column.beside", year=page.place_year.year)),
    )
    cells = tuple(
        (_promise(page, row), _outcome(page, row, grounds, "" if shared or verdict == _AGAIN else row["reason"]))
        for row in rows
    )
    folded = caption if verdict == _OPEN and len(rows) > _FEW else ""
    return Table(caption, columns, cells, classes="fz-prose fz-lined fz-promises", summary=folded)


def _promise(page: Page, row: PromiseRow) -> Fragment:
    return folded_statement(page, row, identity=row["id"])


def _outcome(page: Page, row: PromiseRow, grounds: _Grounds, reason: str) -> Fragment:
    """What the later report says: why the verdict is what it is, the places, who answers for it, and a judgement."""
    words, lang = page.words, page.words.lang
    how = [
        word("follow_up.wording", row["wording"], lang),
        words("problems_next_steps.in_part") if row["extent"] == "part" else "",
        words("problems_next_steps.age", n=row["age"]) if row["age"] > 1 else "",
    ]
    notes = words.join([text for text in how if text])
    told = tag("div", word("follow_up.reason", reason, lang)) if reason else None
    noted = tag("small", notes) if notes else None
    return tag("div", told, grounds.links(row), noted, page.whom(row), _judgement(page, row))


def _judgement(page: Page, row: PromiseRow) -> Fragment | None:
    """A judgement of a verdict, who gave it and when."""
    words = page.words
    parts: list[Any] = []
    if row["status"] != "open":
        parts.append(words(f"status.{row['status']}"))
    if row["proposed"] != row["verdict"]:
        parts.append(
            words("problems_next_steps.proposed", verdict=word("follow_up.verdict", row["proposed"], words.lang))
        )
    if row["comment"]:
        parts.append(words.source(row["comment"]))
    text, by = join(parts, words("title.separator")), page.judged_by(row["id"])
    return tag("small", text, by, cls="fz-judgement") if parts else None


class _Grounds:
    """Links to the figures, statements and places of the later report that a verdict rests on."""

    def __init__(self, page: Page, statements: Sequence[StatementRow]) -> None:
        self.page = page
        years = page.place_year.shown_years
        self.figures = {row["row_id"]: row for year in years for row in page.place_year.rows(year)}
        self.statements = {row["row_id"]: row for row in statements}

    def links(self, row: PromiseRow) -> Fragment | None:
        """The links, or None where the verdict rests on silence."""
        found = [piece for piece in (self._link(item) for item in row["evidence"][1:]) if piece is not None]
        return tag("div", join(found, self.page.words("punctuation.semicolon"))) if found else None

    def _link(self, piece: EvidenceRow) -> Fragment | None:
        words, target = self.page.words, piece["row"]
        if target in self.figures:
            row = self.figures[target]
            return tag("a", self.page.with_figure(row), href=self.page.at(target))
        if target in self.statements and piece["role"] != "listed":
            quote = words.html(
                "problems_next_steps.quoted", text=words.source(shortened(str(self.statements[target]["text"]), "…"))
            )
            return tag("a", quote, href=self.page.at(target))
        if target in self.statements:
            listed = self.statements[target]
            number = words(f"problems_next_steps.{listed['kind']}_number", n=listed["ordinal"])
            return tag("a", number, href=self.page.at(target))
        if piece["start"] is None:
            return None
        quote = words.html("problems_next_steps.quoted", text=words.source(shortened(str(piece["text"]), "…")))
        return tag("a", quote, href=self.page.at(f"{piece['report_id']}@{piece['start']}"))
