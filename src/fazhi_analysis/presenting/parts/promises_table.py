"""What became of the earlier year's problems and next steps: a table whose every verdict links to its grounds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from fazhi_analysis.analysis.following.reasons import VERDICTS
from fazhi_analysis.analysis.result_rows import EvidenceRow, PromiseRow
from fazhi_analysis.analysis.stored_rows import StatementRow
from fazhi_analysis.messages import word
from fazhi_analysis.presenting.html.markup import Fragment, join, tag
from fazhi_analysis.presenting.html.tables import Column, Table
from fazhi_analysis.presenting.narrative.builder import shortened
from fazhi_analysis.presenting.parts.page import Page


def follow_up_section(page: Page, statements: Sequence[StatementRow]) -> Fragment:
    """The section, or nothing where there is no earlier year. ``statements`` are those that the page lists with ids."""
    rows = [row for row in page.place_year.promises if not row["part"]]
    if not rows:
        return Fragment("", "")
    words, lang = page.words, page.words.lang
    grounds = _Grounds(page, statements)
    cells = []
    for row in rows:
        how = [
            word("follow_up.wording", row["wording"], lang),
            word("follow_up.extent", "part", lang) if row["extent"] == "part" else "",
        ]
        long = words("problems_next_steps.age", n=row["age"]) if row["age"] > 1 else ""
        notes = [tag("small", text) for text in (*how, long) if text]
        outcome = tag(
            "div", word("follow_up.verdict", row["verdict"], lang), *notes, page.whom(row), _judgement(page, row)
        )
        number = words(f"problems_next_steps.{row['kind']}_number", n=row["ordinal"])
        link = tag("a", number, href=page.at(row["row_id"]))
        promise = tag("div", tag("small", link), " ", words.source(row["text"]))
        reason = word("follow_up.reason", row["reason"], lang)
        cells.append((promise, outcome, tag("div", reason, grounds.links(row))))
    counts = Counter(row["verdict"] for row in rows)
    parts = [
        words("headline.verdict", verdict=word("follow_up.verdict", key, lang), n=counts[key])
        for key in VERDICTS
        if counts[key]
    ]
    lead = page.paragraph("problems_next_steps.outcome", year=page.place_year.baseline, parts=words.join(parts))
    columns = (
        Column(words("column.promised_in", year=page.place_year.baseline), main=True),
        Column(words("column.outcome")),
        Column(words("column.beside", year=page.place_year.year)),
    )
    caption = words("problems_next_steps.promises_caption", year=page.place_year.baseline, n=len(rows))
    table = Table(caption, columns, tuple(cells), classes="fz-prose fz-lined fz-promises")
    return page.section("promises", lead, table)


def _judgement(page: Page, row: PromiseRow) -> Fragment:
    """A judgement of a verdict, who gave it and when, and the id by which it is known."""
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
    judged = tag("small", text, by, cls="fz-judgement") if parts else None
    return tag("div", judged, tag("small", tag("code", row["id"]), cls="fz-id"))


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
            shown = words.html("data_quality.row", name=self.page.name_of(row), figure=self.page.figure(row))
            return tag("a", shown, href=self.page.at(target))
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
