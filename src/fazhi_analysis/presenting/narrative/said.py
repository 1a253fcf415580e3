"""What the report itself calls problems, and what it will do next."""

from __future__ import annotations

from typing import Any

from fazhi_analysis.presenting.narrative.model import Piece
from fazhi_analysis.presenting.narrative.teller import Row, Teller


def tell_problems(teller: Teller) -> None:
    """Say which problems the report lists, and which next step answers each."""
    year = teller.place_year.year
    problems, steps = teller.of("problem", year), teller.of("next_step", year)
    sources = teller.report_sources(year)
    if not problems and not steps and not is_text_kept(teller, year):
        fields: dict[str, Any] = {"place": Piece(teller.place_year.place, "name"), "year": teller.year(year)}
        teller.say("problems", "problems.not_stored", sources, **fields)
        return
    if not problems:
        teller.say("problems", "problems.none", sources)
        return
    caused = [row for row in problems if row["cause"]]
    key = "problems.count_causes" if caused else "problems.count_no_causes"
    counts = {"n": _count(teller, problems)} | ({"m": _count(teller, caused)} if caused else {})
    teller.say("problems", key, [teller.statement_source(row) for row in problems], **counts)
    for row in problems:
        cited = [teller.statement_source(row), *(teller.statement_source(step) for step, _ in answers(teller, row))]
        teller.say(
            "problems",
            "problems.one",
            cited,
            ordinal=_ordinal(row),
            theme=_theme(teller, row),
            quote=teller.quote(row),
            answers=_answers(teller, row, steps),
        )
    if not is_text_kept(teller, year):
        teller.say("problems", "problems.paraphrase")


def tell_next(teller: Teller) -> None:
    """Say what the report will do next, and what of it can be measured."""
    year = teller.place_year.year
    steps = teller.of("next_step", year)
    if not steps:
        if teller.of("problem", year) or is_text_kept(teller, year):
            teller.say("next", "next.none", teller.report_sources(year))
        return
    measured = [row for row in steps if targets(teller, row)]
    key = "next.count_targets" if measured else "next.count_no_targets"
    counts = {"n": _count(teller, steps)} | ({"m": _count(teller, measured)} if measured else {})
    teller.say("next", key, [teller.statement_source(row) for row in steps], **counts)
    for row in steps:
        goals = targets(teller, row)
        items = [target_pieces(teller, goal) for goal in goals]
        said = teller.phrases.fill("next.targets", list=teller.listed(items)) if items else ""
        cited = [teller.statement_source(row), *(teller.row_source(str(goal["row_id"])) for goal in goals)]
        teller.say(
            "next",
            "next.one",
            cited,
            ordinal=_ordinal(row),
            theme=_theme(teller, row),
            quote=teller.quote(row),
            targets=said,
        )


def answers(teller: Teller, problem: Row) -> list[tuple[Row, str]]:
    """Next steps that answer a problem, with the strength of the answer."""
    return [
        (step, str(answer["strength"]))
        for step in teller.of("next_step", int(problem["year"]))
        for answer in step["answers"]
        if int(answer["problem"]) == int(problem["ordinal"]) and answer["strength"] != "none"
    ]


def targets(teller: Teller, step: Row) -> list[Row]:
    """Promised figures that stand in a next step."""
    if str(step["start"]) in ("<NA>", "None"):
        return []
    start, end = int(step["start"]), int(step["end"])
    return [
        row
        for row in teller.rows.values()
        if row["report_id"] == step["report_id"]
        and row["role"] in ("target", "plan")
        and str(row["start"]) != "<NA>"
        and start <= int(row["start"]) < end
    ]


def target_pieces(teller: Teller, row: Row) -> list[Any]:
    """A promised figure with its name."""
    identity = str(row["row_id"])
    return [teller.name(row, identity), _gap(teller), teller.figure(row, identity)]


def is_text_kept(teller: Teller, year: int) -> bool:
    """Whether the text of a year's report is kept."""
    reports = teller.place_year.all_reports
    return bool(reports[reports["year"] == year]["text_kept"].any())


def _answers(teller: Teller, problem: Row, steps: list[Row]) -> Any:
    found = answers(teller, problem)
    if not found:
        return teller.phrases.fill("problems.unanswered") if steps else ""
    said: list[Any] = []
    for strength, key in (("direct", "problems.answered"), ("partial", "problems.partly")):
        named = [step for step, own in found if own == strength]
        if named:
            ordinals = teller.listed([_ordinal(step) for step in named])
            said.append(teller.phrases.fill(key, steps=ordinals, n=len(named)))
    if parts := open_parts(problem):
        quotes = teller.listed([teller.quote(problem, text) for text in parts])
        said.append(teller.phrases.fill("problems.part_unanswered", quotes=quotes))
    return said


def open_parts(problem: Row) -> list[str]:
    """Parts of a problem that no next step answers; none where that is so of every part."""
    found = [str(part["text"]) for part in problem["parts"] if part.get("answered") == "none"]
    return found if len(found) < len(problem["parts"]) else []


def _theme(teller: Teller, row: Row) -> Any:
    """The theme in English, for readers who cannot read the wording; the Chinese text needs none."""
    from fazhi_analysis.catalogue import load_themes

    name = next((item.name_en for item in load_themes() if row["theme"] in (item.id, item.name_zh)), "")
    if teller.words.lang == "zh" or not name:
        return ""
    return teller.phrases.fill("problems.theme", name=Piece(name, "name", (str(row["row_id"]),)))


def _count(teller: Teller, rows: list[Row]) -> Piece:
    return teller.count([str(row["row_id"]) for row in rows])


def _ordinal(row: Row) -> Piece:
    return Piece(str(int(row["ordinal"])), "ordinal", (str(row["row_id"]),))


def _gap(teller: Teller) -> str:
    return "" if teller.words.lang == "zh" else " "
