"""What the report itself calls problems, and what it will do next."""

from __future__ import annotations

from typing import Any

from fazhi_analysis.analysis.place_statements import answers_to, promised_in
from fazhi_analysis.analysis.stored_rows import StatementRow
from fazhi_analysis.presenting.narrative.builder import NarrativeBuilder
from fazhi_analysis.presenting.narrative.narrative import Piece


def tell_problems(builder: NarrativeBuilder) -> None:
    """Say which problems the report lists, and which next step answers each."""
    place_year = builder.place_year
    problems, steps = place_year.statements_of("problem"), place_year.statements_of("next_step")
    sources, is_kept = builder.report_sources(place_year.year), place_year.is_text_kept(place_year.year)
    if not problems and not steps and not is_kept:
        fields: dict[str, Any] = {"place": builder.place(), "year": builder.year(place_year.year)}
        builder.say("problems", "problems.not_stored", sources, **fields)
        return
    if not problems:
        builder.say("problems", "problems.none", sources)
        return
    caused = [row for row in problems if row["cause"]]
    key = "problems.count_causes" if caused else "problems.count_no_causes"
    counts = {"n": builder.count_rows(problems)} | ({"m": builder.count_rows(caused)} if caused else {})
    builder.say("problems", key, [builder.statement_source(row) for row in problems], **counts)
    for row in problems:
        answers = answers_to(place_year, row)
        builder.say(
            "problems",
            "problems.one",
            [builder.statement_source(row), *(builder.statement_source(step) for step, _ in answers)],
            ordinal=builder.ordinal(row),
            theme=_theme(builder, row),
            quote=builder.quote(row),
            answers=_answers(builder, row, answers, steps),
        )
    if not is_kept:
        builder.say("problems", "problems.paraphrase")


def tell_next(builder: NarrativeBuilder) -> None:
    """Say what the report will do next, and what of it can be measured."""
    place_year = builder.place_year
    steps = place_year.statements_of("next_step")
    if not steps:
        if place_year.statements_of("problem") or place_year.is_text_kept(place_year.year):
            builder.say("next", "next_steps.none", builder.report_sources(place_year.year))
        return
    measured = [row for row in steps if promised_in(place_year, row)]
    key = "next_steps.count_targets" if measured else "next_steps.count_no_targets"
    counts = {"n": builder.count_rows(steps)} | ({"m": builder.count_rows(measured)} if measured else {})
    builder.say("next", key, [builder.statement_source(row) for row in steps], **counts)
    for row in steps:
        goals = promised_in(place_year, row)
        items = [builder.named_figure(goal) for goal in goals]
        builder.say(
            "next",
            "next_steps.one",
            [builder.statement_source(row), *(builder.row_source(goal["row_id"]) for goal in goals)],
            ordinal=builder.ordinal(row),
            theme=_theme(builder, row),
            quote=builder.quote(row),
            targets=builder.phrases.fill("next_steps.targets", list=builder.listed(items)) if items else "",
        )


def _answers(
    builder: NarrativeBuilder, problem: StatementRow, found: list[tuple[StatementRow, str]], steps: list[StatementRow]
) -> Any:
    if not found:
        return builder.phrases.fill("problems.unanswered") if steps else ""
    pieces: list[Any] = []
    for strength, key in (("direct", "problems.answered"), ("partial", "problems.partly")):
        named = [step for step, own in found if own == strength]
        if named:
            ordinals = builder.listed([builder.ordinal(step) for step in named])
            pieces.append(builder.phrases.fill(key, steps=ordinals, n=len(named)))
    if parts := open_parts(problem):
        quotes = builder.listed([builder.quote(problem, text) for text in parts])
        pieces.append(builder.phrases.fill("problems.part_unanswered", quotes=quotes))
    return pieces


def open_parts(problem: StatementRow) -> list[str]:
    """Parts of a problem that no next step answers; none where that is so of every part."""
    found = [part["text"] for part in problem["parts"] if part.get("answered") == "none"]
    return found if len(found) < len(problem["parts"]) else []


def _theme(builder: NarrativeBuilder, row: StatementRow) -> Any:
    """The theme in English, for readers who cannot read the wording; the Chinese text needs none."""
    from fazhi_analysis.catalogue import load_themes

    name = next((item.name_en for item in load_themes() if row["theme"] in (item.id, item.name_zh)), "")
    if builder.words.lang == "zh" or not name:
        return ""
    return builder.phrases.fill("problems.theme", name=Piece(name, "name", (row["row_id"],)))
