"""The sheets of texts: findings, problems and next steps, and what became of the earlier year's."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from fazhi_analysis.analysis.audit_rulebook import rule_of
from fazhi_analysis.analysis.place_year import PlaceYear
from fazhi_analysis.analysis.result_rows import PromiseRow
from fazhi_analysis.analysis.stored_rows import AnswerRow
from fazhi_analysis.dataset.cells import is_missing
from fazhi_analysis.messages import word
from fazhi_analysis.presenting.wording.naming import message_text, rule_name, theme_text
from fazhi_analysis.presenting.workbook.sheet import Sheet, sheet_of
from fazhi_analysis.presenting.workbook.workbook_texts import WorkbookWords


def findings_sheet(place_year: PlaceYear, words: WorkbookWords) -> Sheet:
    """What the audit says of the year's report, worst first, with the places that it rests on."""
    columns = ("lane", "severity", "rule", "message", "evidence", "status", "comment", "report_id", "finding_id")
    rows = [
        {
            "lane": words.code("lane", rule_of(item.rule).lane),
            "severity": words.common.get(f"column.{item.severity}", item.severity),
            "rule": rule_name(item, words.common),
            "message": message_text(item, words.common),
            "evidence": "\n".join(filter(None, (_piece(piece, words) for piece in item.evidence))),
            "status": words.common.get(f"status.{item.status}", item.status),
            "comment": item.comment,
            "report_id": item.report_id,
            "finding_id": item.id,
        }
        for item in place_year.findings
    ]
    return sheet_of("findings", columns, rows)


def _piece(piece: Any, words: WorkbookWords) -> str:
    where = words("cell_value.place", start=piece.start, end=piece.end) if piece.start is not None else ""
    return " ".join(part for part in (piece.text.strip(), f"[{where}]" if where else "", piece.row) if part)


def statements_sheet(place_year: PlaceYear, words: WorkbookWords) -> Sheet:
    """Problems and next steps of the year and of the baseline, one a row."""
    columns = (
        "year", "statement_kind", "ordinal", "text", "theme", "cause", "parts", "answers", "start", "end", "row_id",
    )  # fmt: skip
    rows = [
        {
            **row,
            "statement_kind": words.code("statement_kind", row["kind"]),
            "theme": theme_text(str(row["theme"] or ""), words.common),
            "parts": "\n".join(str(part["text"]) for part in row["parts"] if part["text"]),
            "answers": words.common.join([_answer(answer, words) for answer in row["answers"]]),
        }
        for year in reversed(place_year.shown_years)
        for row in place_year.statements_by_id.values()
        if row["year"] == year
    ]
    return sheet_of("statements", columns, rows)


def _answer(answer: AnswerRow, words: WorkbookWords) -> str:
    strength = words.common.get(f"strength.{answer['strength']}", str(answer["strength"]))
    return words("cell_value.answer", problem=answer["problem"], strength=strength)


def follow_up_sheet(place_year: PlaceYear, words: WorkbookWords) -> Sheet:
    """What became of the earlier year's problems and promises, each verdict with its grounds."""

    columns = (
        "year", "statement_kind", "ordinal", "part", "text", "verdict", "extent", "reason", "later", "age", "theme",
        "status", "comment", "row_id", "verdict_id",
    )  # fmt: skip
    rows = [
        {
            **row,
            "statement_kind": words.code("statement_kind", row["kind"]),
            "theme": theme_text(str(row["theme"] or ""), words.common),
            "part": row["part"] or None,
            "verdict": word("follow_up.verdict", row["verdict"], words.lang),
            "extent": word("follow_up.extent", row["extent"], words.lang),
            "reason": word("follow_up.reason", row["reason"], words.lang),
            "later": "\n".join(_grounds(row, words)),
            "status": words.common(f"status.{row['status']}"),
            "verdict_id": row["id"],
        }
        for row in place_year.promises
    ]
    return sheet_of("follow_up", columns, rows)


def _grounds(row: PromiseRow, words: WorkbookWords) -> Iterable[str]:
    """The pieces of evidence of the later year: wording, place and row."""
    for piece in row["evidence"][1:]:
        where = ""
        if not is_missing(piece.get("start")):
            where = f"[{words('cell_value.place', start=piece['start'], end=piece['end'])}]"
        yield " ".join(str(part) for part in (piece.get("text"), where, piece.get("row")) if part)
