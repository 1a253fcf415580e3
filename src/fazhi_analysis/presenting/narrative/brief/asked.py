"""What to put right before the report is quoted, and what to ask."""

from __future__ import annotations

from typing import Any, Final

from fazhi_analysis.analysis.audit.answers import answer_of
from fazhi_analysis.analysis.place_statements import answers_to, promised_in
from fazhi_analysis.model import Finding
from fazhi_analysis.presenting.narrative.brief.doubted import each_once, open_findings
from fazhi_analysis.presenting.narrative.brief.promised import next_steps, short_quote
from fazhi_analysis.presenting.narrative.builder import NarrativeBuilder
from fazhi_analysis.presenting.narrative.narrative import Piece
from fazhi_analysis.presenting.narrative.promises import promised_and_given
from fazhi_analysis.presenting.wording.naming import rule_name

_QUESTIONS: Final = 2
_STEPS: Final = 3


def tell_what_to_ask(builder: NarrativeBuilder) -> None:
    """What to check and mend, then the most telling questions."""
    before = len(builder.sentences)
    _tell_what_to_mend(builder)
    asked = len(builder.sentences)
    for ask in (_about_unmet, _about_problems, _about_dropped, _about_gaps):
        ask(builder)
    del builder.sentences[asked + _QUESTIONS :]
    if len(builder.sentences) == before:
        builder.say("ask", "brief.nothing_to_ask")


def _tell_what_to_mend(builder: NarrativeBuilder) -> None:
    """One sentence: figures to check and statutory contents to add; faults of form where there is nothing graver."""
    figures, duties, form = (open_findings(builder, lane) for lane in ("figures", "duties", "form"))
    parts: list[Any] = []
    if figures:
        parts.append(builder.phrases.fill("brief.check", n=builder.count([one.id for one in figures])))
    for key, rule in (("missing", "statutory_content"), ("late", "statutory_time")):
        names = [_duty(builder, one) for one in duties if one.rule == rule]
        if names:
            parts.append(builder.phrases.fill(f"brief.{key}", list=builder.listed(names)))
    if form and not parts:
        faults = each_once(Piece(rule_name(one, builder.words), "reason", (one.id,)) for one in form)
        parts.append(builder.phrases.fill("brief.form", list=builder.listed(faults)))
    if parts:
        cited = [*figures, *duties] or form
        sources = [builder.finding_source(one) for one in cited]
        builder.say("ask", "brief.mend", sources, list=builder.listed(parts, "semicolon"))


def _duty(builder: NarrativeBuilder, finding: Finding) -> Piece:
    """The name of a duty that the report does not meet."""
    answered = answer_of(finding.message_zh, finding.message_en)
    if answered is None:
        return Piece(rule_name(finding, builder.words), "reason", (finding.id,))
    return Piece(answered[0][builder.words.lang == "en"], "name", (finding.id,))


def _about_unmet(builder: NarrativeBuilder) -> None:
    unmet = [
        (row, *pair)
        for row in next_steps(builder.place_year.promises, "contradicted")
        for pair in promised_and_given(row)
    ]
    for row, promise, given in unmet[:1]:
        cited = [builder.row_source(promise["row"]), builder.row_source(given["row"])]
        name = builder.name(builder.rows[given["row"]], given["row"])
        builder.say("ask", "brief.why", cited, name=name, whom=_whom(builder, row["row_id"]))


def _whom(builder: NarrativeBuilder, identity: str) -> Any:
    """The body that is responsible for a problem or next step, where somebody entered one."""
    body = builder.place_year.responsible.get(identity)
    return builder.phrases.fill("brief.whom", body=Piece(body, "quote", (identity,))) if body else ""


def _asked_about(builder: NarrativeBuilder, identity: str, text: str) -> dict[str, Any]:
    """A problem or next step in short, and who is responsible for it."""
    return {"quote": short_quote(builder, identity, text), "whom": _whom(builder, identity)}


def _about_problems(builder: NarrativeBuilder) -> None:
    """The problem that stays longest, and one that nothing answers."""
    place_year = builder.place_year
    old = [
        row
        for row in place_year.promises
        if row["kind"] == "problem" and not row["part"] and row["verdict"] == "repeated" and row["age"] > 2
    ]
    if old:
        first = max(old, key=lambda row: row["age"])
        source = builder.statement_source(builder.statements[first["row_id"]])
        builder.say("ask", "brief.persistent", [source], **_asked_about(builder, first["row_id"], first["text"]))
    problems, steps = place_year.statements_of("problem"), place_year.statements_of("next_step")
    bare = [row for row in problems if steps and not answers_to(place_year, row)]
    for row in bare[:1]:
        asked = _asked_about(builder, row["row_id"], row["text"])
        builder.say("ask", "brief.unanswered", [builder.statement_source(row)], **asked)
    if open_findings(builder, "duties"):  # what is to be added says it
        return
    if steps and not problems and place_year.is_text_kept(place_year.year):
        builder.say("ask", "brief.no_problems", builder.report_sources(place_year.year))
    elif problems and not any(row["cause"] for row in problems):
        builder.say("ask", "brief.no_cause", [builder.statement_source(row) for row in problems])


def _about_dropped(builder: NarrativeBuilder) -> None:
    for row in next_steps(builder.place_year.promises, "dropped")[:1]:
        source = builder.statement_source(builder.statements[row["row_id"]])
        builder.say("ask", "brief.dropped", [source], **_asked_about(builder, row["row_id"], row["text"]))


def _about_gaps(builder: NarrativeBuilder) -> None:
    place_year = builder.place_year
    vague = [row for row in place_year.statements_of("next_step") if not promised_in(place_year, row)]
    if vague:
        sources = [builder.statement_source(row) for row in vague]
        quotes = builder.listed([short_quote(builder, row["row_id"], row["text"]) for row in vague[:_STEPS]])
        more = builder.phrases.fill("brief.and_more", n=builder.count_rows(vague)) if len(vague) > _STEPS else ""
        builder.say("ask", "brief.no_target", sources, n=builder.count_rows(vague), list=quotes, more=more)
