"""The evidence: where each figure stands in its report, in its own words, and what the checks say of it."""

from __future__ import annotations

from typing import Any, Final

from fazhi_analysis.analysis.place_year import PlaceYear
from fazhi_analysis.analysis.stored_rows import MetricRow, rows_of, span_of
from fazhi_analysis.dataset import load_text
from fazhi_analysis.model import Finding
from fazhi_analysis.presenting.explorer.choice import Choice, Series
from fazhi_analysis.presenting.html.markup import Fragment, join, tag
from fazhi_analysis.presenting.jupyter.style import framed
from fazhi_analysis.presenting.wording.naming import message, quoting, unit_of, where
from fazhi_analysis.presenting.wording.numbers import figure_of, interval

SHOWN: Final = 12
"""Figures shown at most; more than that is no evidence that anybody reads."""

_AROUND: Final = 45


def figures_evidence(choice: Choice) -> Fragment:
    """Places, wording and checks of the figures of the first chosen series (one when an indicator is chosen)."""
    words = choice.words
    if not choice.series:
        return framed(tag("p", words("explore.nothing")))
    one = choice.series[0]
    rows = rows_behind(one, choice)
    doubts = _findings(choice.place_year, rows)
    entries = [_entry(row, choice, doubts.get(row["row_id"], [])) for row in rows[:SHOWN]]
    hint = tag("p", tag("small", words("explore.choose_one"))) if not choice.key and len(choice.series) > 1 else None
    title = tag("p", quoting(words("explore.evidence_of", name=one.name), words), cls="fz-title")
    return framed(title, hint, *entries)


def rows_behind(one: Series, choice: Choice) -> list[MetricRow]:
    """Metric rows of this indicator and scope in these years, latest first, those left out of the series included."""
    row = one.points[0]
    frame = choice.place_year.metrics
    frame = frame[frame["year"].between(choice.first, choice.last) & (frame["scope"] == row["scope"])]
    if row["indicator_id"]:
        frame = frame[frame["indicator_id"] == row["indicator_id"]]
    else:
        frame = frame[(frame["label"] == row["label"]) & (frame["unit"] == row["unit"])]
    return sorted(rows_of(frame, MetricRow), key=lambda item: (-item["year"], item["row_id"]))


def _findings(place_year: PlaceYear, rows: list[MetricRow]) -> dict[str, list[Finding]]:
    wanted = {row["row_id"] for row in rows}
    found: dict[str, list[Finding]] = {}
    for year in sorted({row["year"] for row in rows}):
        for finding in place_year.findings_of(year):
            for row in dict.fromkeys(piece.row for piece in finding.evidence):
                if row in wanted:
                    found.setdefault(row, []).append(finding)
    return found


def _entry(row: MetricRow, choice: Choice, findings: list[Finding]) -> Fragment:
    words = choice.words
    shown = figure_of(row, words)
    around = interval(row["lower"], row["upper"], unit_of(row), words)
    head = tag("p", tag("strong", f"{row['year']} {shown}"), " ", tag("small", around) if around else None)
    return tag(
        "div",
        head,
        tag("p", tag("small", join(_where(row, choice), words("punctuation.semicolon")))),
        _wording(row, choice),
        tag("ul", *(_message(finding, words) for finding in findings)) if findings else None,
    )


def _where(row: MetricRow, choice: Choice) -> list[Any]:
    words, place = choice.words, span_of(row)
    reports = choice.place_year.report_rows
    report = next((item for item in reports if item["report_id"] == row["report_id"]), None)
    parts = [
        words.source(f"《{report['title']}》") if report and report["title"] else "",
        where(row, words),
        words("evidence.offsets", start=place[0], end=place[1]) if place else words("explore.no_place"),
        "" if row["role"] == "result" else _reason(row["role"], words),
        "" if row["change"] == "level" else _reason("change_only", words),
        _reason("duplicate", words) if row["duplicate_of"] else "",
        words.source(report["address"]) if report and report["address"] else "",
    ]
    return [part for part in parts if part]


def _reason(code: str, words: Any) -> str:
    from fazhi_analysis.analysis.comparing.reasons import wording

    return wording(code, words.lang)


def _wording(row: MetricRow, choice: Choice) -> Fragment | None:
    """The text around the figure, where it may be kept."""
    place = span_of(row)
    text = load_text(row["report_id"], choice.place_year.data) if place else None
    if text is None or place is None:
        return None
    start, end = place
    before, after = text[max(0, start - _AROUND) : start], text[end : end + _AROUND]
    quoted = tag("blockquote", before.replace("\n", " "), tag("mark", text[start:end]), after.replace("\n", " "))
    return Fragment(str(quoted).replace("<blockquote", '<blockquote lang="zh"', 1))


def _message(finding: Finding, words: Any) -> Fragment:
    return tag("li", tag("strong", words(f"column.{finding.severity}")), " ", message(finding, words))
