"""What could not be verified, and what to ask in the next report."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from fazhi_analysis.analysis.audit import in_lane, standing
from fazhi_analysis.analysis.audit_rulebook import rule_of
from fazhi_analysis.analysis.place_statements import answers_to, promised_in
from fazhi_analysis.model import Finding
from fazhi_analysis.presenting.narrative.builder import NarrativeBuilder
from fazhi_analysis.presenting.narrative.narrative import Piece
from fazhi_analysis.presenting.narrative.promises import given_figure, promise_quote, promised_and_given
from fazhi_analysis.presenting.wording.naming import message_text, subject_of

_FINDINGS: Final = 3
_QUESTIONS: Final = 9
_LONG: Final = 3
_OPEN: Final = {"errors": "error", "warnings": "warning", "notes": "note"}


def tell_unverified(builder: NarrativeBuilder) -> None:
    """Say what the checks could not confirm, the gravest first."""
    counted = in_lane(builder.place_year.findings, "figures")
    groups = {name: [one for one in counted if one.severity == severity] for name, severity in _OPEN.items()}
    everything = [one for found in groups.values() for one in found]
    if not everything:
        builder.say("unverified", "unverified.none", builder.report_sources(builder.place_year.year))
        _tell_elsewhere(builder)
        return
    parts = [
        builder.phrases.fill(f"unverified.{name}", n=builder.count([one.id for one in found]))
        for name, found in groups.items()
        if found
    ]
    sources = [builder.finding_source(one) for one in everything]
    key = "unverified.counts" if groups["errors"] else "unverified.counts_no_errors"
    builder.say("unverified", key, sources, parts=builder.listed(parts))
    shown = everything[:_FINDINGS]
    for one in shown:
        fields = {"subject": subject(builder, one), "message": message(builder, one)}
        builder.say("unverified", "unverified.finding", finding_sources(builder, one), **fields)
    _tell_elsewhere(builder, [one for one in everything if one not in shown])


def _tell_elsewhere(builder: NarrativeBuilder, rest: Sequence[Finding] = ()) -> None:
    """How much more there is: of figures, of the form, of statutory duties."""
    found = {"more": list(rest)}
    for lane in ("form", "duties"):
        in_this_lane = in_lane(builder.place_year.findings, lane)
        found[lane] = [one for one in in_this_lane if one.severity in ("error", "warning")]
    parts = [
        builder.phrases.fill(f"unverified.{key}", n=builder.count([one.id for one in those]))
        for key, those in found.items()
        if those
    ]
    if parts:
        sources = [builder.finding_source(one) for key in ("form", "duties") for one in found[key]]
        builder.say("unverified", "unverified.elsewhere", sources, parts=builder.listed(parts))


def finding_sources(builder: NarrativeBuilder, finding: Finding) -> list[Any]:
    """A finding and the figures that it rests on."""
    rows = [builder.row_source(piece.row) for piece in finding.evidence if piece.row]
    return [builder.finding_source(finding), *rows]


def subject(builder: NarrativeBuilder, finding: Finding) -> Any:
    """The name of the figure that a finding is about, where its own words do not hold it."""
    named = subject_of(finding, builder.rows, builder.words)
    if not named:
        return ""
    name = builder.label(builder.rows[named])
    return builder.phrases.fill("unverified.subject", name=Piece(name, "name", (named,)))


def message(builder: NarrativeBuilder, finding: Finding, *, first: bool = False) -> Piece:
    """A finding in its own words, ending as a sentence; or its first sentence, without the end."""
    text = message_text(finding, builder.words).strip()
    end = "。" if builder.words.lang == "zh" else "."
    if not subject_of(finding, builder.rows, builder.words):
        text = text[:1].upper() + text[1:]
    if first:
        return Piece(text.split("。" if end == "。" else ". ")[0].rstrip("。."), "quote", (finding.id,))
    return Piece(text if text.endswith(("。", ".", "？", "?", "；")) else text + end, "quote", (finding.id,))


def tell_questions(builder: NarrativeBuilder) -> None:
    """Ask for what the figures contradict, what stays open, and what nobody answers; the most telling first."""
    before = len(builder.sentences)
    _about_promises(builder)
    _about_problems(builder)
    _about_findings(builder)
    _about_unkept(builder)
    _about_gaps(builder)
    asked = builder.sentences[before:]
    del builder.sentences[before + _QUESTIONS :]
    if not asked:
        builder.say("questions", "questions.none")


def _about_promises(builder: NarrativeBuilder) -> None:
    """Promises that figures contradict."""
    for row in builder.place_year.promises:
        if row["part"] or row["verdict"] != "contradicted":
            continue
        for promise, given in promised_and_given(row):
            builder.say(
                "questions",
                "questions.contradicted",
                [builder.row_source(promise["row"]), builder.row_source(given["row"])],
                promise=promise_quote(builder, promise),
                figure=given_figure(builder, given),
                year=builder.year(builder.place_year.year),
            )


def _about_problems(builder: NarrativeBuilder) -> None:
    """Problems that are named for years, and those that no next step answers."""
    place_year = builder.place_year
    old = {
        row["later_row"]: row
        for row in place_year.promises
        if row["kind"] == "problem" and not row["part"] and row["verdict"] == "repeated" and row["age"] >= _LONG
    }
    steps = place_year.statements_of("next_step")
    for problem in place_year.statements_of("problem"):
        source, quote = builder.statement_source(problem), builder.quote(problem)
        earlier = old.get(problem["row_id"])
        if earlier is not None:
            cited = [source, builder.statement_source(builder.statements[earlier["row_id"]])]
            first = builder.year(earlier["first_year"])
            builder.say("questions", "questions.persistent", cited, quote=quote, first=first)
        elif steps and not answers_to(place_year, problem):
            builder.say("questions", "questions.unanswered", [source], quote=quote)


def _about_findings(builder: NarrativeBuilder) -> None:
    """Errors of figures that others in the report contradict."""
    counted = standing(builder.place_year.findings)
    asked = [one for one in counted if one.severity == "error" and rule_of(one.rule).identity]
    for one in asked[:2]:
        fields = {"subject": subject(builder, one), "message": message(builder, one, first=True)}
        builder.say("questions", "questions.finding", finding_sources(builder, one), **fields)


def _about_unkept(builder: NarrativeBuilder) -> None:
    """Next steps that are not mentioned again, and promised figures that the later report does not give."""
    for row in builder.place_year.promises:
        if row["kind"] != "next_step" or row["part"]:
            continue
        own = builder.statements[row["row_id"]]
        if row["verdict"] == "dropped":
            fields = {"quote": builder.quote(own, row["text"]), "baseline": builder.year(row["year"])}
            builder.say("questions", "questions.dropped", [builder.statement_source(own)], **fields)
        elif row["reason"] == "figure_missing":
            promises = [piece for piece in row["evidence"] if piece["role"] == "promise" and piece["value"] is not None]
            for promise in promises[:1]:
                fields = {"promise": promise_quote(builder, promise), "year": builder.year(builder.place_year.year)}
                builder.say("questions", "questions.missing", [builder.row_source(promise["row"])], **fields)


def _about_gaps(builder: NarrativeBuilder) -> None:
    """Causes, problems and measurable promises that the report does not give."""
    place_year = builder.place_year
    problems, steps = place_year.statements_of("problem"), place_year.statements_of("next_step")
    if problems and not any(row["cause"] for row in problems):
        builder.say("questions", "questions.no_cause", [builder.statement_source(row) for row in problems])
    if steps and not problems and place_year.is_text_kept(place_year.year):
        builder.say("questions", "questions.no_problems", builder.report_sources(place_year.year))
    vague = [row for row in steps if not promised_in(place_year, row)]
    if vague:
        named = builder.listed([builder.ordinal(row) for row in vague])
        cited = [builder.statement_source(row) for row in vague]
        builder.say("questions", "questions.no_target", cited, list=named, n=builder.count_rows(vague))
