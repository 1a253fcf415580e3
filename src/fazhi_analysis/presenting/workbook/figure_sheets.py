"""The sheets of figures: all of them, the year beside its baseline, several years, and the bases of rates."""

from __future__ import annotations

from fazhi_analysis.analysis.comparing.headline_changes import ComparedChange
from fazhi_analysis.analysis.place_year import PlaceYear
from fazhi_analysis.analysis.stored_rows import MetricRow
from fazhi_analysis.messages import word
from fazhi_analysis.presenting.wording.bases import base_text
from fazhi_analysis.presenting.wording.naming import counted_text, domain_text, rule_name
from fazhi_analysis.presenting.workbook.cells import Number
from fazhi_analysis.presenting.workbook.sheet import (
    Row,
    Sheet,
    interval_text,
    label,
    place_text,
    sheet_of,
    shown_rows,
    unit_text,
    worded,
)
from fazhi_analysis.presenting.workbook.workbook_texts import WorkbookWords


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
        **place_text(row, words),
        **{name: Number(row[name], unit) for name in ("value", "lower", "upper")},
        "unit": unit_text(row, words),
        "wording": worded(place_year.printed(row), words),
        **{name: words.code(name, row[name]) for name in ("qualifier", "kind", "role", "change", "origin")},
    }


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
            "unit": unit_text(row, words),
            "scope": words.common.get(f"scopes.{row['scope']}", row["scope"]),
            "baseline_value": Number(row["baseline_value"], before),
            "this_value": Number(row["value"], unit),
            "baseline_interval": interval_text(row["baseline_lower"], row["baseline_upper"], before, words),
            "this_interval": interval_text(row["lower"], row["upper"], unit, words),
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


def _counted_why(one: ComparedChange, words: WorkbookWords) -> str:
    """What makes a comparison doubtful (the checks) or slight (what may explain it); empty for all others."""
    if one.is_doubted:
        return words.common.join(list(dict.fromkeys(rule_name(item, words.common) for item in one.findings)))
    if not one.is_slight:
        return ""
    return word("comparison.certainty", one.against, words.lang) or word("comparison.note", "ceiling", words.lang)


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
            "unit": unit_text(row, words),
            "scope": words.common.get(f"scopes.{row['scope']}", row["scope"]),
            **{f"of_{point['year']}": Number(point["value"], point["unit"] or row["unit"]) for point in series.known},
            "verdict": wording(summary["verdict"], words.lang),
            "reason": wording(summary["reason"], words.lang),
        }
        rows.append(line)
    return sheet_of("trend", columns, rows)


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
            "section": place_text(place_year.rows_by_id[row["row"]], words)["section"],
            "row_id": row["row"],
        }
        for row in place_year.rates
    ]
    return sheet_of("rates", columns, rows)
