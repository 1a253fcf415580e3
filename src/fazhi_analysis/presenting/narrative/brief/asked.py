"""What to put right before the report is quoted, and what to ask."""

from __future__ import annotations

from typing import Any, Final

from fazhi_analysis.analysis.audit.answers import answer_of
from fazhi_analysis.analysis.place_statements import answers_to, promised_in
from fazhi_analysis.model import Finding
from fazhi_analysis.presenting.narrative.brief.doubted import about, each_once, open_findings
from fazhi_analysis.presenting.narrative.brief.promised import (
    named_entries,
    next_steps,
    promise_of,
    subject_of_entry,
)
from fazhi_analysis.presenting.narrative.builder import NarrativeBuilder
from fazhi_analysis.presenting.narrative.narrative import Piece
from fazhi_analysis.presenting.narrative.promises import promised_and_given
from fazhi_analysis.presenting.wording.document_identity import are_under_duty
from fazhi_analysis.presenting.wording.naming import rule_name

_FIGURES: Final = 3
_QUESTIONS: Final = 2


def tell_what_to_ask(builder: NarrativeBuilder) -> None:
    """Which figures to have checked, then the most telling questions, then what the report has to add."""
    before = len(builder.sentences)
    _about_figures(builder)
    asked = len(builder.sentences)
    for ask in (_about_unmet, _about_problems, _about_dropped, _about_gaps):
        ask(builder)
    del builder.sentences[asked + _QUESTIONS :]
    _about_contents(builder)
    if len(builder.sentences) == before:
        builder.say("ask", "brief.nothing_to_ask")


def _about_figures(builder: NarrativeBuilder) -> None:
    """The figures to be checked by name, the gravest first."""
    figures = open_findings(builder, "figures")
    names = each_once(about(builder, one) for one in figures)
    if names:
        rest = builder.phrases.fill("brief.and_others_above") if len(names) > _FIGURES else ""
        sources = [builder.finding_source(one) for one in figures]
        builder.say("ask", "brief.check", sources, list=builder.listed(names[:_FIGURES]), more=rest)


def _about_contents(builder: NarrativeBuilder) -> None:
    """Statutory contents to add, and duties not met; faults of form where there is nothing graver."""
    duties, form = open_findings(builder, "duties"), open_findings(builder, "form")
    for key, rule in (("missing", "statutory_content"), ("late", "statutory_time")):
        found = [one for one in duties if one.rule == rule]
        if found:
            sources = [builder.finding_source(one) for one in found]
            builder.say("ask", f"brief.{key}", sources, list=builder.listed([_duty(builder, one) for one in found]))
    if form and not duties and not open_findings(builder, "figures"):
        faults = each_once(Piece(rule_name(one, builder.words), "reason", (one.id,)) for one in form)
        builder.say("ask", "brief.form", [builder.finding_source(one) for one in form], list=builder.listed(faults))


def _duty(builder: NarrativeBuilder, finding: Finding) -> Piece:
    """The name of a duty that the report does not meet."""
    answered = answer_of(finding.message_zh, finding.message_en)
    if answered is None:
        return Piece(rule_name(finding, builder.words), "reason", (finding.id,))
    return Piece(answered[0][builder.words.lang == "en"], "name", (finding.id,))


def _about_unmet(builder: NarrativeBuilder) -> None:
    """The first promised figure that was not reached, with both figures."""
    unmet = [
        (row, *pair)
        for row in next_steps(builder.place_year.promises, "contradicted")
        for pair in promised_and_given(row)
    ]
    for row, promise, given in unmet[:1]:
        cited = [builder.row_source(promise["row"]), builder.row_source(given["row"])]
        fields = {**promise_of(builder, promise, given), "doubt": "", "whom": _whom(builder, row["row_id"])}
        builder.say("ask", "brief.why", cited, **fields)


def _whom(builder: NarrativeBuilder, identity: str) -> Any:
    """The body that is responsible for a problem or next step, where somebody entered one."""
    body = builder.place_year.responsible.get(identity)
    return builder.phrases.fill("brief.whom", body=Piece(body, "quote", (identity,))) if body else ""


def _about_dropped(builder: NarrativeBuilder) -> None:
    """The first promise that the report does not come back to."""
    for row in next_steps(builder.place_year.promises, "dropped")[:1]:
        source = builder.statement_source(builder.statements[row["row_id"]])
        fields = {"subject": subject_of_entry(builder, row), "whom": _whom(builder, row["row_id"])}
        builder.say("ask", "brief.dropped", [source], **fields)


def _about_problems(builder: NarrativeBuilder) -> None:
    """The problems that stay longest, one that nothing answers, and causes that are not given."""
    place_year = builder.place_year
    again = [row for row in place_year.promises if row["kind"] == "problem" and not row["part"]]
    old = [row for row in again if row["verdict"] == "repeated"]
    if old:
        sources = [builder.statement_source(builder.statements[row["row_id"]]) for row in old]
        bodies = next((_whom(builder, row["row_id"]) for row in old if _whom(builder, row["row_id"])), "")
        builder.say("ask", "brief.persistent", sources, list=named_entries(builder, old, since=True), whom=bodies)
    problems, steps = place_year.statements_of("problem"), place_year.statements_of("next_step")
    bare = [row for row in problems if steps and not answers_to(place_year, row)]
    for row in bare[:1]:
        fields = {"subject": subject_of_entry(builder, row), "whom": _whom(builder, row["row_id"])}
        builder.say("ask", "brief.unanswered", [builder.statement_source(row)], **fields)
    if open_findings(builder, "duties"):  # what is to be added says it
        return
    free = "" if are_under_duty(place_year.reports_of([place_year.year])) else "_free"
    if steps and not problems and place_year.is_text_kept(place_year.year):
        builder.say("ask", f"brief.no_problems{free}", builder.report_sources(place_year.year))
    elif problems and not any(row["cause"] for row in problems):
        builder.say("ask", f"brief.no_cause{free}", [builder.statement_source(row) for row in problems])


def _about_gaps(builder: NarrativeBuilder) -> None:
    """Next steps without a figure that could be checked."""
    place_year = builder.place_year
    vague = [row for row in place_year.statements_of("next_step") if not promised_in(place_year, row)]
    if vague:
        sources = [builder.statement_source(row) for row in vague]
        builder.say("ask", "brief.no_target", sources, list=named_entries(builder, vague))
