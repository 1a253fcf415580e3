"""What each sheet of the workbook holds, as plain tables; nothing here knows of Excel."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from fazhi_analysis.analysis.comparing.decisions import ComparedChange
from fazhi_analysis.analysis.place_year import PlaceYear
from fazhi_analysis.analysis.result_rows import PromiseRow
from fazhi_analysis.analysis.rows import AnswerRow, MetricRow
from fazhi_analysis.analysis.rulebook import rule_of
from fazhi_analysis.dataset.cells import is_missing
from fazhi_analysis.messages import word
from fazhi_analysis.model import QUALIFIERS, ROLES
from fazhi_analysis.presenting.wording.bases import base_text
from fazhi_analysis.presenting.wording.naming import (
    counted_text,
    domain_text,
    label_text,
    message_text,
    rule_name,
    theme_text,
    unit_of,
)
from fazhi_analysis.presenting.wording.numbers import figure_of, interval
from fazhi_analysis.presenting.workbook.cells import Number
from fazhi_analysis.presenting.workbook.marks import CODED, CURRENT, SHOWN, marks_of
from fazhi_analysis.presenting.workbook.words import WorkbookWords
from fazhi_analysis.reading.markers import arabic

Row = Mapping[str, Any]

NEW: tuple[str, ...] = (
    "value", "lower", "upper", "unit", "qualifier", "label", "indicator_id", "scope", "period", "role",
)  # fmt: skip
"""Columns of the metrics that the correction sheet can change, each under ``new_`` and its name."""

ENTRY: tuple[str, ...] = (*(f"new_{name}" for name in NEW), "remove", "why", "who", "date")
"""Columns of the correction sheet that a person fills in."""

MARKS = "exported"
"""The hidden column that tells a grey cell that was changed by hand from one that is out of date."""

_WIDTHS = {"label": 30, "text": 60, "message": 60, "evidence": 40, "quote": 40, "reason": 34, "later": 50, "why": 24}
_MIDDLE = {
    "name_zh": 30,
    "name_en": 36,
    "aliases": 40,
    "source": 24,
    "rule": 14,
    "parts": 50,
    "note": 30,
    "wording": 16,
    "rate_base": 20,
    "grounds": 44,
    "item_text": 50,
    "item_evidence": 30,
    "measure": 40,
    "responsible": 20,
    "item_id": 30,
}


@dataclass(frozen=True)
class Sheet:
    """One sheet: ``key`` names it, ``columns`` are keys of headings, ``rows`` hold one value a column.

    ``entry`` are the columns that a person fills in, ``choices`` the vocabulary of those that take only its words.
    """

    key: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    entry: tuple[str, ...] = ()
    choices: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def width(self, column: str) -> int:
        """Width of a column in characters."""
        return {**_WIDTHS, **_MIDDLE}.get(column, 12)

    def heading(self, column: str, words: WorkbookWords, **years: Any) -> str:
        """Heading of a column; ``of_2021`` is the figure of that year."""
        kind, _, year = column.partition("_")
        return words("column.of_year", year=year) if kind == "of" else words(f"column.{column}", **years)


def sheets_of(place_year: PlaceYear, words: WorkbookWords) -> Iterable[Sheet]:
    """Every sheet but the first one, in order."""
    yield metrics_sheet(place_year, words)
    if place_year.comparison is not None:
        yield comparison_sheet(place_year, words)
    if len(place_year.years) > 2:
        yield trend_sheet(place_year, words)
    yield findings_sheet(place_year, words)
    if place_year.rates:
        yield rates_sheet(place_year, words)
    yield statements_sheet(place_year, words)
    if place_year.promises:
        yield follow_up_sheet(place_year, words)
    yield codebook_sheet(words)
    yield corrections_sheet(place_year, words)


def shown_rows(place_year: PlaceYear) -> list[MetricRow]:
    """Metric rows of the year, then of the baseline."""
    return [row for year in reversed(place_year.shown_years) for row in place_year.rows(year)]


def metrics_sheet(place_year: PlaceYear, words: WorkbookWords) -> Sheet:
    """Every figure of the year and of the baseline, with its interval, wording, place and source."""
    columns = (
        "year", "domain", "label", "value", "unit", "lower", "upper", "wording", "qualifier", "kind", "role", "change",
        "period", "scope", "section", "item", "start", "end", "quote", "duplicate_of", "origin", "confidence",
        "indicator_id", "row_id", "source",
    )  # fmt: skip
    return sheet_of("metrics", columns, (_metric(row, place_year, words) for row in shown_rows(place_year)))


def _metric(row: MetricRow, place_year: PlaceYear, words: WorkbookWords) -> Row:
    signed = row["change"] in ("yoy_abs", "points", "yoy_pct", "reduction")
    unit = "" if signed else str(row["unit"])
    return {
        **row,
        "domain": domain_text(row, words.common),
        "label": label(row, words),
        **_place(row, words),
        **{name: Number(row[name], unit) for name in ("value", "lower", "upper")},
        "unit": _unit(row, words),
        "wording": _worded(place_year.printed(row), words),
        **{name: words.code(name, row[name]) for name in ("qualifier", "kind", "role", "change", "origin")},
    }


def _unit(row: Row, words: WorkbookWords) -> str:
    """What a row counts. A sentence in English needs no word for 个; a cell must not be empty."""
    unit = unit_of(row)
    return words.common.unit(unit) or (words("word.number") if unit else "")


def _place(row: MetricRow, words: WorkbookWords) -> Row:
    """Section and item: as they are stored in Chinese, in arabic digits as on the pages in English."""
    place = {name: row[name] for name in ("section", "item")}
    if words.lang == "zh":
        return place
    part = f"part.{place['section']}"
    section = words.common(part) if words.common.has(part) else arabic(str(place["section"] or ""))
    return {"section": section, "item": arabic(str(place["item"] or ""))}


def label(row: Row, words: WorkbookWords) -> str:
    """Name of a row's indicator in the workbook's language; a label outside the catalogue stays Chinese."""
    return label_text({**row, "scope": ""}, words.common)


def comparison_sheet(place_year: PlaceYear, words: WorkbookWords) -> Sheet:
    """Each figure beside the baseline's, with verdict and reason, and what it counts as on the pages."""
    from fazhi_analysis.analysis.comparing.reasons import wording

    columns = (
        "domain", "label", "scope", "unit", "baseline_value", "baseline_interval", "this_value", "this_interval",
        "change_lower", "change_upper", "relative_lower", "relative_upper", "verdict", "reason", "notes", "direction",
        "indicator_id", "baseline_row", "row", "counted_as", "counted_why",
    )  # fmt: skip
    rows = []
    for one in place_year.changes:
        row = one.row
        unit, before = row["unit"], row["baseline_unit"] or row["unit"]
        line: Row = {
            **row,
            "domain": domain_text(row, words.common),
            "label": label(row, words),
            "unit": _unit(row, words),
            "scope": words.common.get(f"scopes.{row['scope']}", row["scope"]),
            "baseline_value": Number(row["baseline_value"], before),
            "this_value": Number(row["value"], unit),
            "baseline_interval": _interval(row["baseline_lower"], row["baseline_upper"], before, words),
            "this_interval": _interval(row["lower"], row["upper"], unit, words),
            "change_lower": Number(row["change_lower"], unit, signed=True),
            "change_upper": Number(row["change_upper"], unit, signed=True),
            "relative_lower": Number(row["relative_lower"], share=True),
            "relative_upper": Number(row["relative_upper"], share=True),
            "verdict": wording(row["verdict"], words.lang),
            "reason": wording(row["reason"], words.lang),
            "notes": words.common.join([wording(code, words.lang) for code in row["notes"].split(";") if code]),
            "direction": words.code("direction", row["direction"]),
            "counted_as": counted_text(one.counted_as, words.common),
            "counted_why": _counted_why(one, words),
        }
        rows.append(line)
    return sheet_of("comparison", columns, rows)


def trend_sheet(place_year: PlaceYear, words: WorkbookWords) -> Sheet:
    """The figures of several years side by side, one series a row, with what the last one comes to."""
    from fazhi_analysis.analysis.comparing.reasons import wording
    from fazhi_analysis.analysis.place_trends import place_trends

    years = [year for year in place_year.years if year <= place_year.year]
    columns = (
        "domain",
        "label",
        "scope",
        "unit",
        *(f"of_{year}" for year in years),
        "verdict",
        "reason",
        "indicator_id",
    )
    rows = []
    for series, summary in place_trends(place_year).shown:
        row = series.points[0]
        line: Row = {
            **row,
            "domain": domain_text(row, words.common),
            "label": label(row, words),
            "unit": _unit(row, words),
            "scope": words.common.get(f"scopes.{row['scope']}", row["scope"]),
            **{f"of_{point['year']}": Number(point["value"], point["unit"] or row["unit"]) for point in series.known},
            "verdict": wording(summary["verdict"], words.lang),
            "reason": wording(summary["reason"], words.lang),
        }
        rows.append(line)
    return sheet_of("trend", columns, rows)


def _counted_why(one: ComparedChange, words: WorkbookWords) -> str:
    """What makes a comparison doubtful (the checks) or slight (what may explain it); empty for all others."""
    if one.is_doubted:
        return words.common.join(list(dict.fromkeys(rule_name(item, words.common) for item in one.findings)))
    if not one.is_slight:
        return ""
    return word("comparison.certainty", one.against, words.lang) or word("comparison.note", "ceiling", words.lang)


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


def rates_sheet(place_year: PlaceYear, words: WorkbookWords) -> Sheet:
    """Every rate of the year's report with what is known of its base."""
    columns = (
        "domain", "label", "scope", "rate", "rate_base", "grounds", "numerator_count", "denominator_count",
        "denominator_lower", "denominator_upper", "other_denominator", "computed", "smallest", "section", "start",
        "end", "row_id",
    )  # fmt: skip
    rows = [
        {
            **row,
            "domain": domain_text(row, words.common),
            "label": label(row, words),
            "scope": words.common.get(f"scopes.{row['scope']}", row["scope"]),
            "rate": Number(row["value"], row["unit"]),
            "rate_base": word("rates.base", row["base"], words.lang),
            "grounds": base_text(row, words.common),
            "numerator_count": Number(row["numerator"]),
            "denominator_count": Number(row["denominator"]),
            **{name: Number(row[name]) for name in ("denominator_lower", "denominator_upper", "other_denominator")},
            "computed": Number(row["computed"], "%"),
            "section": _place(place_year.rows_by_id[row["row"]], words)["section"],
            "row_id": row["row"],
        }
        for row in place_year.rates
    ]
    return sheet_of("rates", columns, rows)


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


def codebook_sheet(words: WorkbookWords) -> Sheet:
    """The catalogue, one indicator a row."""
    from fazhi_analysis.catalogue import load_catalogue, load_domains

    columns = (
        "domain", "name_zh", "name_en", "unit", "kind", "direction", "numerator", "denominator", "stock", "aliases",
        "weak_aliases", "requires", "note", "indicator_id",
    )  # fmt: skip
    domains = load_domains()
    rows = [
        {
            "domain": domains[item.domain].name_zh if words.lang == "zh" else domains[item.domain].name_en,
            "name_zh": item.name_zh,
            "name_en": item.name_en,
            "unit": _unit({"unit": item.unit, "indicator_id": item.id}, words),
            "kind": words.code("kind", item.kind),
            "direction": words.code("direction", item.direction),
            "numerator": item.numerator,
            "denominator": item.denominator,
            "stock": item.stock,
            **{name: "、".join(getattr(item, name)) for name in ("aliases", "weak_aliases", "requires")},
            "note": item.note if words.lang == "zh" else item.note_en,
            "indicator_id": item.id,
        }
        for item in load_catalogue()
    ]
    return sheet_of("codebook", columns, rows)


def corrections_sheet(place_year: PlaceYear, words: WorkbookWords) -> Sheet:
    """Every stored figure with empty cells beside it for what it should be, and for why, who and when."""
    columns = (*SHOWN, *CURRENT, *ENTRY, MARKS)
    stored: Iterable[tuple[MetricRow, Row]] = ((row, dict(row)) for row in shown_rows(place_year))
    rows: list[Row] = [
        {
            **{name: values[name] for name in ("row_id", "quote", *CURRENT)},
            "label": label(row, words),
            "section": _place(row, words)["section"],
            "wording": _worded(place_year.printed(row), words),
            **{name: words.code(name, values[name]) for name in CODED},
        }
        for row, values in stored
    ]
    choices = {
        "new_qualifier": [words.code("qualifier", code) for code in QUALIFIERS],
        "new_role": [words.code("role", code) for code in ROLES],
        "remove": [words("word.yes")],
    }
    marked = ({**row, MARKS: marks_of(row)} for row in rows)
    return replace(sheet_of("corrections", columns, marked), entry=ENTRY, choices=choices)


def sheet_of(key: str, columns: Sequence[str], rows: Iterable[Row]) -> Sheet:
    """A sheet of rows that hold their values by the keys of the columns."""
    return Sheet(key, tuple(columns), tuple(tuple(row.get(name) for name in columns) for row in rows))


def _worded(row: Row, words: WorkbookWords) -> str:
    if is_missing(row["value"]):
        return ""
    return figure_of(row, words.common)


def _interval(lower: float, upper: float, unit: str, words: WorkbookWords) -> str:
    return "" if is_missing(lower) or is_missing(upper) else interval(lower, upper, unit, words.common)


def _piece(piece: Any, words: WorkbookWords) -> str:
    where = words("word.place", start=piece.start, end=piece.end) if piece.start is not None else ""
    return " ".join(part for part in (piece.text.strip(), f"[{where}]" if where else "", piece.row) if part)


def _answer(answer: AnswerRow, words: WorkbookWords) -> str:
    strength = words.common.get(f"strength.{answer['strength']}", str(answer["strength"]))
    return words("word.answer", problem=answer["problem"], strength=strength)


def _grounds(row: PromiseRow, words: WorkbookWords) -> Iterable[str]:
    """The pieces of evidence of the later year: wording, place and row."""
    for piece in row["evidence"][1:]:
        where = ""
        if not is_missing(piece.get("start")):
            where = f"[{words('word.place', start=piece['start'], end=piece['end'])}]"
        yield " ".join(str(part) for part in (piece.get("text"), where, piece.get("row")) if part)
