"""What the report itself calls problems, and what it will do next."""

from __future__ import annotations

from typing import Any

from fazhi_analysis.presenting.narrative.builder import NarrativeBuilder, Row
from fazhi_analysis.presenting.narrative.model import Piece


def tell_problems(builder: NarrativeBuilder) -> None:
    """Say which problems the report lists, and which next step answers each."""
    year = builder.place_year.year
    problems, steps = builder.of("problem", year), builder.of("next_step", year)
    sources = builder.report_sources(year)
    if not problems and not steps and not is_text_kept(builder, year):
        fields: dict[str, Any] = {"place": Piece(builder.place_year.place, "name"), "year": builder.year(year)}
        builder.say("problems", "problems.not_stored", sources, **fields)
        return
    if not problems:
        builder.say("problems", "problems.none", sources)
        return
    caused = [row for row in problems if row["cause"]]
    key = "problems.count_causes" if caused else "problems.count_no_causes"
    counts = {"n": _count(builder, problems)} | ({"m": _count(builder, caused)} if caused else {})
    builder.say("problems", key, [builder.statement_source(row) for row in problems], **counts)
    for row in problems:
        cited = [builder.statement_source(row), *(builder.statement_source(step) for step, _ in answers(builder, row))]
        builder.say(
            "problems",
            "problems.one",
            cited,
            ordinal=_ordinal(row),
            theme=_theme(builder, row),
            quote=builder.quote(row),
            answers=_answers(builder, row, steps),
        )
    if not is_text_kept(builder, year):
        builder.say("problems", "problems.paraphrase")


def tell_next(builder: NarrativeBuilder) -> None:
    """Say what the report will do next, and what of it can be measured."""
    year = builder.place_year.year
    steps = builder.of("next_step", year)
    if not steps:
        if builder.of("problem", year) or is_text_kept(builder, year):
            builder.say("next", "next.none", builder.report_sources(year))
        return
    measured = [row for row in steps if targets(builder, row)]
    key = "next.count_targets" if measured else "next.count_no_targets"
    counts = {"n": _count(builder, steps)} | ({"m": _count(builder, measured)} if measured else {})
    builder.say("next", key, [builder.statement_source(row) for row in steps], **counts)
    for row in steps:
        goals = targets(builder, row)
        items = [target_pieces(builder, goal) for goal in goals]
        said = builder.phrases.fill("next.targets", list=builder.listed(items)) if items else ""
        cited = [builder.statement_source(row), *(builder.row_source(str(goal["row_id"])) for goal in goals)]
        builder.say(
            "next",
            "next.one",
            cited,
            ordinal=_ordinal(row),
            theme=_theme(builder, row),
            quote=builder.quote(row),
            targets=said,
        )


def answers(builder: NarrativeBuilder, problem: Row) -> list[tuple[Row, str]]:
    """Next steps that answer a problem, with the strength of the answer."""
    return [
        (step, str(answer["strength"]))
        for step in builder.of("next_step", int(problem["year"]))
        for answer in step["answers"]
        if int(answer["problem"]) == int(problem["ordinal"]) and answer["strength"] != "none"
    ]


def targets(builder: NarrativeBuilder, step: Row) -> list[Row]:
    """Promised figures that stand in a next step."""
    if str(step["start"]) in ("<NA>", "None"):
        return []
    start, end = int(step["start"]), int(step["end"])
    return [
        row
        for row in builder.rows.values()
        if row["report_id"] == step["report_id"]
        and row["role"] in ("target", "plan")
        and str(row["start"]) != "<NA>"
        and start <= int(row["start"]) < end
    ]


def target_pieces(builder: NarrativeBuilder, row: Row) -> list[Any]:
    """A promised figure with its name."""
    identity = str(row["row_id"])
    return [builder.name(row, identity), _gap(builder), builder.figure(row, identity)]


def is_text_kept(builder: NarrativeBuilder, year: int) -> bool:
    """Whether the text of a year's report is kept."""
    reports = builder.place_year.all_reports
    return bool(reports[reports["year"] == year]["text_kept"].any())


def _answers(builder: NarrativeBuilder, problem: Row, steps: list[Row]) -> Any:
    found = answers(builder, problem)
    if not found:
        return builder.phrases.fill("problems.unanswered") if steps else ""
    said: list[Any] = []
    for strength, key in (("direct", "problems.answered"), ("partial", "problems.partly")):
        named = [step for step, own in found if own == strength]
        if named:
            ordinals = builder.listed([_ordinal(step) for step in named])
            said.append(builder.phrases.fill(key, steps=ordinals, n=len(named)))
    if parts := open_parts(problem):
        quotes = builder.listed([builder.quote(problem, text) for text in parts])
        said.append(builder.phrases.fill("problems.part_unanswered", quotes=quotes))
    return said


def open_parts(problem: Row) -> list[str]:
    """Parts of a problem that no next step answers; none where that is so of every part."""
    found = [str(part["text"]) for part in problem["parts"] if part.get("answered") == "none"]
    return found if len(found) < len(problem["parts"]) else []


def _theme(builder: NarrativeBuilder, row: Row) -> Any:
    """The theme in English, for readers who cannot read the wording; the Chinese text needs none."""
    from fazhi_analysis.catalogue import load_themes

    name = next((item.name_en for item in load_themes() if row["theme"] in (item.id, item.name_zh)), "")
    if builder.words.lang == "zh" or not name:
        return ""
    return builder.phrases.fill("problems.theme", name=Piece(name, "name", (str(row["row_id"]),)))


def _count(builder: NarrativeBuilder, rows: list[Row]) -> Piece:
    return builder.count([str(row["row_id"]) for row in rows])


def _ordinal(row: Row) -> Piece:
    return Piece(str(int(row["ordinal"])), "ordinal", (str(row["row_id"]),))


def _gap(builder: NarrativeBuilder) -> str:
    return "" if builder.words.lang == "zh" else " "
