"""What could not be verified, and what to ask in the next report."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from fazhi_analysis.analysis.audit import standing
from fazhi_analysis.analysis.rulebook import rule_of
from fazhi_analysis.presenting.narrative.builder import NarrativeBuilder, Row
from fazhi_analysis.presenting.narrative.model import Piece
from fazhi_analysis.presenting.narrative.promises import given_figure, promise_quote, promised_and_given
from fazhi_analysis.presenting.narrative.statements import answers, is_text_kept, targets
from fazhi_analysis.presenting.wording.naming import message_text, subject_of

_FINDINGS: Final = 3
_QUESTIONS: Final = 9
_LONG: Final = 3
_OPEN: Final = ("error", "warning", "note")


def tell_unverified(builder: NarrativeBuilder) -> None:
    """Say what the checks could not confirm, the gravest first."""
    counted = standing(builder.place_year.findings)
    errors, warnings, notes = ([one for one in counted if one.severity == grade] for grade in _OPEN)
    if not errors and not warnings and not notes:
        builder.say("unverified", "unverified.none", builder.report_sources(builder.place_year.year))
        return
    groups = (("errors", errors), ("warnings", warnings), ("notes", notes))
    parts = [
        builder.phrases.fill(f"unverified.{name}", n=builder.count([one.id for one in found]))
        for name, found in groups
        if found
    ]
    everything = [*errors, *warnings, *notes]
    shown = [one for one in everything if rule_of(one.rule).lane == "figures"][:_FINDINGS]
    sources = [builder.finding_source(one) for one in everything]
    key = "unverified.counts" if errors else "unverified.counts_no_errors"
    builder.say("unverified", key, sources, parts=builder.listed(parts))
    for one in shown:
        rows = [builder.row_source(piece.row) for piece in one.evidence if piece.row]
        said = message(builder, one)
        subject = _subject(builder, one)
        builder.say(
            "unverified", "unverified.finding", [builder.finding_source(one), *rows], subject=subject, message=said
        )
    rest = [one.id for one in everything if one not in shown]
    if not shown:
        builder.say("unverified", "unverified.form", sources)
    elif rest:
        builder.say("unverified", "unverified.more", n=builder.count(rest))


def _subject(builder: NarrativeBuilder, finding: Any) -> Any:
    """The name of the figure that a finding is about, where its own words do not hold it."""
    named = subject_of(finding, builder.rows, builder.words)
    if not named:
        return ""
    name = builder.label(builder.rows[named])
    return builder.phrases.fill("unverified.subject", name=Piece(name, "name", (named,)))


def message(builder: NarrativeBuilder, finding: Any, *, first: bool = False) -> Piece:
    """A finding in its own words, ending as a sentence; or its first sentence, without the end."""
    text = message_text(finding, builder.words).strip()
    end = "。" if builder.words.lang == "zh" else "."
    text = text[:1].upper() + text[1:]
    if first:
        return Piece(text.split("。" if end == "。" else ". ")[0].rstrip("。."), "quote", (str(finding.id),))
    return Piece(text if text.endswith(("。", ".", "？", "?", "；")) else text + end, "quote", (str(finding.id),))


def tell_questions(builder: NarrativeBuilder, rows: Sequence[Row]) -> None:
    """Ask for what the figures contradict, what stays open, and what nobody answers; the most telling first."""
    before = len(builder.sentences)
    _about_promises(builder, rows)
    _about_problems(builder, rows)
    _about_findings(builder)
    _about_gaps(builder, rows)
    asked = builder.sentences[before:]
    del builder.sentences[before + _QUESTIONS :]
    if not asked:
        builder.say("questions", "questions.none")


def _about_promises(builder: NarrativeBuilder, rows: Sequence[Row]) -> None:
    year = builder.year(builder.place_year.year)
    for row in rows:
        if row["part"] == 0 and row["verdict"] == "contradicted":
            for promise, given in promised_and_given(row):
                sources = [builder.row_source(promise["row"]), builder.row_source(given["row"])]
                fields = {
                    "promise": promise_quote(builder, promise),
                    "figure": given_figure(builder, given),
                    "year": year,
                }
                builder.say("questions", "questions.contradicted", sources, **fields)


def _about_problems(builder: NarrativeBuilder, rows: Sequence[Row]) -> None:
    year = builder.place_year.year
    old = {}
    for row in rows:
        if row["kind"] == "problem" and row["part"] == 0 and row["verdict"] == "repeated" and row["age"] >= _LONG:
            old[str(row["later_row"])] = row
    steps = builder.of("next_step", year)
    for problem in builder.of("problem", year):
        source, quote = builder.statement_source(problem), builder.quote(problem)
        if str(problem["row_id"]) in old:
            first = builder.year(int(old[str(problem["row_id"])]["first_year"]))
            cited = [source, builder.statement_source(builder.statements[str(old[str(problem["row_id"])]["row_id"])])]
            builder.say("questions", "questions.persistent", cited, quote=quote, first=first)
        elif steps and not answers(builder, problem):
            builder.say("questions", "questions.unanswered", [source], quote=quote)


def _about_findings(builder: NarrativeBuilder) -> None:
    asked = [
        one for one in standing(builder.place_year.findings) if one.severity == "error" and rule_of(one.rule).identity
    ]
    for one in asked[:2]:
        rows = [builder.row_source(piece.row) for piece in one.evidence if piece.row]
        fields = {"subject": _subject(builder, one), "message": message(builder, one, first=True)}
        builder.say("questions", "questions.finding", [builder.finding_source(one), *rows], **fields)


def _about_gaps(builder: NarrativeBuilder, rows: Sequence[Row]) -> None:
    place_year = builder.place_year
    for row in rows:
        own = builder.statements[str(row["row_id"])]
        if row["kind"] != "next_step" or row["part"] != 0:
            continue
        if row["verdict"] == "dropped":
            fields = {"quote": builder.quote(own, str(row["text"])), "baseline": builder.year(int(row["year"]))}
            builder.say("questions", "questions.dropped", [builder.statement_source(own)], **fields)
        elif row["reason"] == "figure_missing":
            promises = [piece for piece in row["evidence"] if piece["role"] == "promise" and piece["value"] is not None]
            for promise in promises[:1]:
                fields = {"promise": promise_quote(builder, promise), "year": builder.year(place_year.year)}
                builder.say("questions", "questions.missing", [builder.row_source(promise["row"])], **fields)
    problems, steps = builder.of("problem", place_year.year), builder.of("next_step", place_year.year)
    if problems and not any(row["cause"] for row in problems):
        builder.say("questions", "questions.no_cause", [builder.statement_source(row) for row in problems])
    if steps and not problems and is_text_kept(builder, place_year.year):
        builder.say("questions", "questions.no_problems", builder.report_sources(place_year.year))
    vague = [row for row in steps if not targets(builder, row)]
    if vague:
        named = [Piece(str(int(row["ordinal"])), "ordinal", (str(row["row_id"]),)) for row in vague]
        cited = [builder.statement_source(row) for row in vague]
        count = builder.count([str(row["row_id"]) for row in vague])
        builder.say("questions", "questions.no_target", cited, list=builder.listed(named), n=count)
