"""How the problems and next steps of one place hang together: answers, promised figures, matters through the years."""

from __future__ import annotations

from fazhi_analysis.analysis.following.threads import Thread, threads
from fazhi_analysis.analysis.place_year import PlaceYear
from fazhi_analysis.analysis.result_rows import PromiseRow
from fazhi_analysis.analysis.stored_rows import MetricRow, StatementRow, rows_of, span_of


def answers_to(place_year: PlaceYear, problem: StatementRow) -> list[tuple[StatementRow, str]]:
    """The next steps of the same year that answer a problem, with the strength of the answer.

    >>> found = PlaceYear.open(region="霁原旗", year=2024)
    >>> [(step["ordinal"], how) for step, how in answers_to(found, found.statements_of("problem")[0])]
    [(1, 'direct')]
    """
    return [
        (step, answer["strength"])
        for step in place_year.statements_of("next_step", problem["year"])
        for answer in step["answers"]
        if answer["problem"] == problem["ordinal"] and answer["strength"] != "none"
    ]


def promised_in(place_year: PlaceYear, step: StatementRow) -> list[MetricRow]:
    """The promised figures that stand in a next step."""
    outer = span_of(step)
    if outer is None:
        return []
    return [
        row
        for row in place_year.rows(step["year"])
        if row["report_id"] == step["report_id"]
        and row["role"] in ("target", "plan")
        and row["start"] is not None
        and outer[0] <= row["start"] < outer[1]
    ]


def problem_threads(place_year: PlaceYear) -> tuple[list[Thread], list[int]]:
    """Matters among the problems of a place up to the year, and the years that have any."""
    from fazhi_analysis.analysis.following.follow_up import follow_up

    frame = place_year.statements
    frame = frame[(frame["year"] <= place_year.year) & (frame["kind"] == "problem")]
    years = sorted({int(year) for year in frame["year"]})
    if not years:
        return [], []
    found = (
        follow_up(frame, place_year.metrics.head(0), place_year.place_id, texts={}, findings={}, judgements={})
        if len(years) > 1
        else None
    )
    rows = [] if found is None else rows_of(found, PromiseRow)
    return threads(rows, rows_of(frame, StatementRow), "problem"), years
