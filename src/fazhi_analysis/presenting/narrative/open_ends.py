"""What could not be verified, and what to ask in the next report."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from fazhi_analysis.analysis.audit import standing
from fazhi_analysis.analysis.rulebook import rule_of
from fazhi_analysis.presenting.narrative.followed import given_figure, promise_quote, promised_and_given
from fazhi_analysis.presenting.narrative.model import Piece
from fazhi_analysis.presenting.narrative.said import answers, is_text_kept, targets
from fazhi_analysis.presenting.narrative.teller import Row, Teller
from fazhi_analysis.presenting.wording.naming import message_text, subject_of

_FINDINGS: Final = 3
_QUESTIONS: Final = 9
_LONG: Final = 3
_OPEN: Final = ("error", "warning", "note")


def tell_unverified(teller: Teller) -> None:
    """Say what the checks could not confirm, the gravest first."""
    counted = standing(teller.place_year.findings)
    errors, warnings, notes = ([one for one in counted if one.severity == grade] for grade in _OPEN)
    if not errors and not warnings and not notes:
        teller.say("unverified", "unverified.none", teller.report_sources(teller.place_year.year))
        return
    groups = (("errors", errors), ("warnings", warnings), ("notes", notes))
    parts = [
        teller.phrases.fill(f"unverified.{name}", n=teller.count([one.id for one in found]))
        for name, found in groups
        if found
    ]
    everything = [*errors, *warnings, *notes]
    shown = [one for one in everything if rule_of(one.rule).lane == "figures"][:_FINDINGS]
    sources = [teller.finding_source(one) for one in everything]
    key = "unverified.counts" if errors else "unverified.counts_no_errors"
    teller.say("unverified", key, sources, parts=teller.listed(parts))
    for one in shown:
        rows = [teller.row_source(piece.row) for piece in one.evidence if piece.row]
        said = message(teller, one)
        subject = _subject(teller, one)
        teller.say(
            "unverified", "unverified.finding", [teller.finding_source(one), *rows], subject=subject, message=said
        )
    rest = [one.id for one in everything if one not in shown]
    if not shown:
        teller.say("unverified", "unverified.form", sources)
    elif rest:
        teller.say("unverified", "unverified.more", n=teller.count(rest))


def _subject(teller: Teller, finding: Any) -> Any:
    """The name of the figure that a finding is about, where its own words do not hold it."""
    named = subject_of(finding, teller.rows, teller.words)
    if not named:
        return ""
    name = teller.label(teller.rows[named])
    return teller.phrases.fill("unverified.subject", name=Piece(name, "name", (named,)))


def message(teller: Teller, finding: Any, *, first: bool = False) -> Piece:
    """A finding in its own words, ending as a sentence; or its first sentence, without the end."""
    text = message_text(finding, teller.words).strip()
    end = "。" if teller.words.lang == "zh" else "."
    text = text[:1].upper() + text[1:]
    if first:
        return Piece(text.split("。" if end == "。" else ". ")[0].rstrip("。."), "quote", (str(finding.id),))
    return Piece(text if text.endswith(("。", ".", "？", "?", "；")) else text + end, "quote", (str(finding.id),))


def tell_questions(teller: Teller, rows: Sequence[Row]) -> None:
    """Ask for what the figures contradict, what stays open, and what nobody answers; the most telling first."""
    before = len(teller.sentences)
    _about_promises(teller, rows)
    _about_problems(teller, rows)
    _about_findings(teller)
    _about_gaps(teller, rows)
    asked = teller.sentences[before:]
    del teller.sentences[before + _QUESTIONS :]
    if not asked:
        teller.say("questions", "questions.none")


def _about_promises(teller: Teller, rows: Sequence[Row]) -> None:
    year = teller.year(teller.place_year.year)
    for row in rows:
        if row["part"] == 0 and row["verdict"] == "contradicted":
            for promise, given in promised_and_given(row):
                sources = [teller.row_source(promise["row"]), teller.row_source(given["row"])]
                fields = {
                    "promise": promise_quote(teller, promise),
                    "figure": given_figure(teller, given),
                    "year": year,
                }
                teller.say("questions", "questions.contradicted", sources, **fields)


def _about_problems(teller: Teller, rows: Sequence[Row]) -> None:
    year = teller.place_year.year
    old = {}
    for row in rows:
        if row["kind"] == "problem" and row["part"] == 0 and row["verdict"] == "repeated" and row["age"] >= _LONG:
            old[str(row["later_row"])] = row
    steps = teller.of("next_step", year)
    for problem in teller.of("problem", year):
        source, quote = teller.statement_source(problem), teller.quote(problem)
        if str(problem["row_id"]) in old:
            first = teller.year(int(old[str(problem["row_id"])]["first_year"]))
            cited = [source, teller.statement_source(teller.statements[str(old[str(problem["row_id"])]["row_id"])])]
            teller.say("questions", "questions.persistent", cited, quote=quote, first=first)
        elif steps and not answers(teller, problem):
            teller.say("questions", "questions.unanswered", [source], quote=quote)


def _about_findings(teller: Teller) -> None:
    asked = [
        one for one in standing(teller.place_year.findings) if one.severity == "error" and rule_of(one.rule).identity
    ]
    for one in asked[:2]:
        rows = [teller.row_source(piece.row) for piece in one.evidence if piece.row]
        fields = {"subject": _subject(teller, one), "message": message(teller, one, first=True)}
        teller.say("questions", "questions.finding", [teller.finding_source(one), *rows], **fields)


def _about_gaps(teller: Teller, rows: Sequence[Row]) -> None:
    place_year = teller.place_year
    for row in rows:
        own = teller.statements[str(row["row_id"])]
        if row["kind"] != "next_step" or row["part"] != 0:
            continue
        if row["verdict"] == "dropped":
            fields = {"quote": teller.quote(own, str(row["text"])), "baseline": teller.year(int(row["year"]))}
            teller.say("questions", "questions.dropped", [teller.statement_source(own)], **fields)
        elif row["reason"] == "figure_missing":
            promises = [piece for piece in row["evidence"] if piece["role"] == "promise" and piece["value"] is not None]
            for promise in promises[:1]:
                fields = {"promise": promise_quote(teller, promise), "year": teller.year(place_year.year)}
                teller.say("questions", "questions.missing", [teller.row_source(promise["row"])], **fields)
    problems, steps = teller.of("problem", place_year.year), teller.of("next_step", place_year.year)
    if problems and not any(row["cause"] for row in problems):
        teller.say("questions", "questions.no_cause", [teller.statement_source(row) for row in problems])
    if steps and not problems and is_text_kept(teller, place_year.year):
        teller.say("questions", "questions.no_problems", teller.report_sources(place_year.year))
    vague = [row for row in steps if not targets(teller, row)]
    if vague:
        named = [Piece(str(int(row["ordinal"])), "ordinal", (str(row["row_id"]),)) for row in vague]
        cited = [teller.statement_source(row) for row in vague]
        count = teller.count([str(row["row_id"]) for row in vague])
        teller.say("questions", "questions.no_target", cited, list=teller.listed(named), n=count)
