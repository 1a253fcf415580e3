"""The rectification ledger on a page: what people entered about both years' reports, and what can be closed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from fazhi_analysis.analysis.rectifying import Closure, closures, entries, item_id
from fazhi_analysis.analysis.stored_rows import ReportRow
from fazhi_analysis.dataset.ledger_entries import Rectification
from fazhi_analysis.presenting.html.markup import Fragment, tag
from fazhi_analysis.presenting.html.tables import Table, headed
from fazhi_analysis.presenting.parts.page import Page


@dataclass(frozen=True, slots=True)
class _Line:
    """One item: what is entered about it, and what suggests that it is done."""

    report: ReportRow
    id: str
    text: str
    entry: Rectification | None = None
    closure: Closure | None = None


def rectification_section(page: Page) -> Fragment:
    """The section, or nothing where nobody entered anything and nothing can be closed."""
    lines = [line for report in page.reports for line in _lines(page, report)]
    if not lines:
        return Fragment("", "")
    words = page.words
    lines.sort(key=lambda line: line.closure is None or _state(line) == "done")
    n = sum(line.closure is not None and _state(line) != "done" for line in lines)
    lead = page.paragraph("rectification.lead", n=n)
    columns = headed(words, "matter main", "entered", "state", "grounds")
    rows = tuple(
        (_matter(page, line), _entered(page, line), _status(page, line), _grounds(page, line)) for line in lines
    )
    table = Table(words("rectification.caption", n=len(lines)), columns, rows, classes="fz-prose fz-lined")
    note = page.paragraph("rectification.how", report=lines[0].report["report_id"])
    return page.section("rectification", lead, table, note)


def _lines(page: Page, report: ReportRow) -> Iterator[_Line]:
    place_year = page.place_year
    followed = [row for row in place_year.promises if row["report_id"] == report["report_id"]]
    mine = [row for row in place_year.statements_by_id.values() if row["report_id"] == report["report_id"]]
    shown = closures(followed, mine)
    entered = entries(report["report_id"], place_year.data)
    for row in mine:
        identity = item_id("problem", str(row["text"]))
        if row["kind"] == "problem" and (row["row_id"] in shown or identity in entered):
            entry = entered.pop(identity, None)
            yield _Line(report, identity, str(row["text"]), entry, shown.get(row["row_id"]))
    for identity, entry in entered.items():
        yield _Line(report, identity, entry.text or identity, entry)


def _state(line: _Line) -> str:
    return line.entry.state if line.entry else "open"


def _matter(page: Page, line: _Line) -> Fragment:
    year = page.words("rectification.of_year", year=line.report["year"])
    identity = tag("small", tag("code", line.id), cls="fz-id")
    return tag("div", tag("small", year), " ", page.words.source(line.text), " ", identity)


def _entered(page: Page, line: _Line) -> Any:
    entry, words = line.entry, page.words
    if entry is None:
        return words("rectification.nothing")
    entered = [(name, getattr(entry, name)) for name in ("measure", "body", "due")]
    lines = [tag("div", words.html(f"rectification.{name}", text=words.source(text))) for name, text in entered if text]
    signed = words.html("rectification.who", who=words.source(entry.who), date=entry.date)
    return tag("div", *lines, tag("small", signed))


def _status(page: Page, line: _Line) -> Fragment:
    """The state as entered; that it can be closed, where it is not."""
    state = tag("div", page.words(f"rectification.{_state(line)}"))
    if line.closure is None or _state(line) == "done":
        return state
    return tag("div", state, tag("small", page.words("rectification.close")))


def _grounds(page: Page, line: _Line) -> Any:
    if line.closure is None:
        return ""
    row = page.place_year.rows_by_id.get(line.closure.row)
    if row is None:
        return page.words.source(line.closure.text)
    return tag(
        "a",
        page.with_figure(row),
        href=page.at(line.closure.row),
    )
