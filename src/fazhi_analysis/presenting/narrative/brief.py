"""The brief: what changed, what cannot be relied on, what came of promises, what to ask: one screen."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any, Final

from fazhi_analysis.analysis.audit import standing
from fazhi_analysis.analysis.comparing.decisions import ComparedChange
from fazhi_analysis.analysis.place_statements import answers_to, promised_in
from fazhi_analysis.analysis.place_year import PlaceYear
from fazhi_analysis.analysis.result_rows import ChangeRow, EvidenceRow, PromiseRow
from fazhi_analysis.analysis.rows import MetricRow
from fazhi_analysis.analysis.rulebook import rule_of
from fazhi_analysis.model import Finding
from fazhi_analysis.presenting.narrative.builder import NarrativeBuilder
from fazhi_analysis.presenting.narrative.model import Narrative, Piece
from fazhi_analysis.presenting.narrative.promises import promised_and_given
from fazhi_analysis.presenting.narrative.questions import finding_sources, message, subject
from fazhi_analysis.presenting.wording.naming import catalogue, rule_name
from fazhi_analysis.presenting.wording.words import Words

_CHANGES: Final = 5
_FINDINGS: Final = 3
_LISTED: Final = 5
_QUESTIONS: Final = 3
_CLAUSE: Final = re.compile(r"[^，。；：]{4,}?(?=[，。；：]|$)")
_FIRST: Final = (
    "reconsideration_accepted",
    "reconsideration_applications",
    "litigation_cases",
    "litigation_loss_rate",
    "penalty_cases",
    "administrative_inspections",
    "normative_documents_issued",
    "mediation_cases_total",
    "legal_aid_cases",
)
"""Indicators that a leader looks for first where one year alone is known."""


def brief_of(place_year: PlaceYear, words: Words) -> Narrative:
    """The brief of a place and year; its sections are ``changed``, ``doubted``, ``promised`` and ``ask``.

    >>> found = brief_of(PlaceYear.open(region="霁原旗", year=2024), Words("zh"))
    >>> list(found.headings), 3 <= len(found.of("changed")) <= 6
    (['changed', 'doubted', 'promised', 'ask'], True)
    """
    builder = NarrativeBuilder(place_year, words)
    _changed(builder)
    _doubted(builder)
    _promised(builder)
    _ask(builder)
    say = builder.phrases.plain
    first = "said" if place_year.baseline is None else "changed"
    headings = {"changed": say(f"brief.{first}")} | {key: say(f"brief.{key}") for key in ("doubted", "promised", "ask")}
    title = say("brief.title", place=place_year.place, year=place_year.year)
    return Narrative(title, words.lang, tuple(builder.sentences), headings, say("page.sources"))


def named_changes(place_year: PlaceYear) -> tuple[ComparedChange, ...]:
    """The changes that the brief names, in its order."""
    return place_year.changes.headline[:_CHANGES]


def leading_change(place_year: PlaceYear, words: Words) -> Narrative | None:
    """The first change that the brief names, alone; None where it names none."""
    named = named_changes(place_year)
    if not named:
        return None
    builder = NarrativeBuilder(place_year, words)
    _change(builder, named[0])
    return Narrative("", words.lang, tuple(builder.sentences), {"changed": ""}, "")


def _changed(builder: NarrativeBuilder) -> None:
    place_year = builder.place_year
    if place_year.baseline is None:
        _single(builder)
        return
    changes, baseline = place_year.changes, builder.year(place_year.baseline)
    for one in named_changes(place_year):
        _change(builder, one)
    slight = [one for one in changes.other_worse if one.is_slight]
    plain = [one for one in changes.other_worse if not one.is_slight]
    for key, found in (("also_worse", plain), ("slightly_worse", slight)):
        if found:
            listed = builder.listed([_worse(builder, one) for one in found[:2]])
            builder.say("changed", f"brief.{key}", _figures(builder, found[:2]), list=listed)
    if not changes.headline:
        key = "brief.steady" if changes.compared else "brief.nothing"
        fields = {"n": builder.count([one.id for one in changes.compared])} if changes.compared else {}
        builder.say("changed", key, builder.report_sources(*place_year.shown_years), baseline=baseline, **fields)


def _figures(builder: NarrativeBuilder, changes: Iterable[ComparedChange]) -> list[Any]:
    return [builder.row_source(identity) for one in changes for identity in reversed(one.ids)]


def _change(builder: NarrativeBuilder, one: ComparedChange) -> None:
    row, say = one.row, builder.phrases.fill
    rising = row["change_lower"] > 0
    key = ("up" if rising else "down") + ("_rate" if row["kind"] == "rate" else "")
    hedge = f"brief.hedge_{one.certainty}"
    builder.say(
        "changed",
        f"brief.{key}",
        _figures(builder, [one]),
        name=builder.name(row, row["row"]),
        before=_earlier(builder, row),
        after=builder.figure(row, row["row"]),
        relative=_relative(builder, one, rising=rising),
        verdict=_verdict(builder, one),
        hedge=say(hedge) if builder.phrases.has(hedge) else "",
    )


_EXACT: Final = re.compile(r"([\d,.]+)( ?[^\d%万亿]*)")


def _earlier(builder: NarrativeBuilder, row: ChangeRow) -> Piece:
    """The earlier figure, without the unit that the later one repeats: 由1024增至1180个, from 231 to 256 items."""
    before, after = builder.earlier_figure(row), builder.figure(row, row["row"])
    if not row["baseline_qualifier"] == row["qualifier"] == "exact":
        return before
    one, other = _EXACT.fullmatch(before.text), _EXACT.fullmatch(after.text)
    return Piece(one[1], before.kind, before.rows) if one and other and one[2] == other[2] else before


def _verdict(builder: NarrativeBuilder, one: ComparedChange) -> Any:
    key = f"brief.{one.verdict}"
    return Piece(builder.phrases.plain(key), "verdict", one.ids) if builder.phrases.has(key) else ""


def _relative(builder: NarrativeBuilder, one: ComparedChange, *, rising: bool) -> Any:
    """The change in percent, or in times from a doubling on, where both figures are exact."""
    low, high = one.row["relative_lower"], one.row["relative_upper"]
    if low != high or abs(low) == float("inf") or not low:
        return ""
    share = Piece(f"{abs(low) * 100:.1f}".rstrip("0").rstrip(".") + "%", "change", one.ids)
    if abs(low) < 1:
        return builder.phrases.fill("brief.more" if rising else "brief.less", share=share)
    times = Piece(f"{abs(low):.1f}".rstrip("0").rstrip("."), "change", one.ids)
    return builder.phrases.fill("brief.times", times=times, share=share)


def _worse(builder: NarrativeBuilder, one: ComparedChange) -> Any:
    row = one.row
    after, before = builder.figure(row, row["row"]), builder.earlier_figure(row)
    return builder.phrases.fill("brief.worse_one", name=builder.name(row, row["row"]), after=after, before=before)


def _single(builder: NarrativeBuilder) -> None:
    """What one year alone says: one figure of each of the first domains."""
    place_year = builder.place_year
    sources = builder.report_sources(place_year.year)
    chosen = _standing_figures(place_year)
    if not chosen:
        builder.say("changed", "brief.no_figures", sources)
        return
    items = [
        builder.phrases.fill(
            "brief.single_figure", name=builder.name(row, row["row_id"]), figure=builder.figure(row, row["row_id"])
        )
        for row in chosen
    ]
    cited = [builder.row_source(row["row_id"]) for row in chosen]
    builder.say("changed", "brief.single_list", cited, list=builder.listed(items, "semicolon"))
    builder.say("changed", "brief.single", sources)


def _standing_figures(place_year: PlaceYear) -> list[MetricRow]:
    """Undoubted figures: those that are looked for first, then one of each other domain in the order of the text."""
    rows = [row for row in place_year.usable() if row["row_id"] not in place_year.doubts and not row["scope"]]
    firsts = {row["indicator_id"]: row for row in reversed(rows)}
    found = [firsts[name] for name in _FIRST if name in firsts]
    domains = {_domain(row) for row in found}
    for row in rows:
        if row["indicator_id"] in catalogue() and _domain(row) not in domains:
            domains.add(_domain(row))
            found.append(row)
    return (found or rows)[:_LISTED]


def _domain(row: MetricRow) -> str:
    return str(catalogue()[row["indicator_id"]].domain)


def _doubted(builder: NarrativeBuilder) -> None:
    """Each error and doubt: the first with what is wrong, the others by the name of their figure."""
    open_ = [one for one in standing(builder.place_year.findings) if one.severity in ("error", "warning")]
    figures = [one for one in open_ if rule_of(one.rule).lane == "figures"]
    for one in figures[:_FINDINGS]:
        said = _first_clause(message(builder, one, first=True))
        key = f"brief.{one.severity}"
        builder.say("doubted", key, finding_sources(builder, one), subject=subject(builder, one), message=said)
    if rest := figures[_FINDINGS:]:
        names = builder.listed(_each_once(_about(builder, one) for one in rest))
        cited = [source for one in rest for source in finding_sources(builder, one)]
        builder.say("doubted", "brief.others", cited, n=builder.count([one.id for one in rest]), list=names)
    if not figures:
        builder.say("doubted", "brief.in_order", builder.report_sources(builder.place_year.year))
    duties = [one for one in open_ if rule_of(one.rule).lane == "duties"]
    if duties:
        names = builder.listed([_duty(builder, one) for one in duties])
        builder.say("doubted", "brief.missing", [builder.finding_source(one) for one in duties], list=names)
    form = [one for one in open_ if rule_of(one.rule).lane == "form"]
    if form:
        names = builder.listed(_each_once(Piece(rule_name(one, builder.words), "reason", (one.id,)) for one in form))
        cited = [builder.finding_source(one) for one in form]
        builder.say("doubted", "brief.form", cited, n=builder.count([one.id for one in form]), list=names)


def _first_clause(said: Piece) -> Piece:
    """What is wrong, without what would explain it or what to do about it."""
    return Piece(re.split("；|; ", said.text)[0], said.kind, said.rows)


def _duty(builder: NarrativeBuilder, finding: Finding) -> Piece:
    """The name of a duty that the report does not meet."""
    said = _first_clause(message(builder, finding, first=True))
    name = re.split("[：:]", said.text.removeprefix("未见"))[0]
    return Piece(name, said.kind, said.rows)


def _about(builder: NarrativeBuilder, finding: Finding) -> Piece:
    """The name of the figure that a finding is about, or of its rule where it has none."""
    row = next((piece.row for piece in finding.evidence if piece.row in builder.rows), "")
    if not row:
        return Piece(rule_name(finding, builder.words), "reason", (finding.id,))
    return Piece(builder.label(builder.rows[row]), "name", (row,))


def _each_once(pieces: Iterable[Piece]) -> list[Piece]:
    return list({piece.text: piece for piece in pieces}.values())


def _promised(builder: NarrativeBuilder) -> None:
    """What came of the earlier promises: figures first, then silence, then problems that come back."""
    place_year = builder.place_year
    whole = [row for row in place_year.promises if not row["part"]]
    if place_year.baseline is None:
        builder.say("promised", "brief.no_earlier", builder.report_sources(place_year.year))
        return
    if not whole:
        sources = builder.report_sources(place_year.baseline)
        builder.say("promised", "brief.no_entries", sources, baseline=builder.year(place_year.baseline))
        return
    steps = [row for row in whole if row["kind"] == "next_step"]
    for promise, given in _pairs(steps, "contradicted"):
        builder.say("promised", "brief.unmet", _cited(builder, promise, given), **_pair(builder, promise, given))
    met = _pairs(steps, "kept")
    if met:
        cited = [source for pair in met for source in _cited(builder, *pair)]
        items = [builder.phrases.fill("brief.met_one", **_pair(builder, *pair)) for pair in met[:_FINDINGS]]
        builder.say("promised", "brief.met", cited, list=builder.listed(items))
    _quoted(builder, "met_text", [row for row in steps if row["verdict"] == "kept" and not promised_and_given(row)])
    _quoted(builder, "silent", [row for row in steps if row["verdict"] == "dropped"])
    _quoted(builder, "again_step", [row for row in steps if row["verdict"] == "repeated"])
    _quoted(builder, "again", [row for row in whole if row["kind"] == "problem" and row["verdict"] == "repeated"])
    unclear = [row for row in whole if row["verdict"] == "cannot_tell"]
    if unclear:
        cited = [builder.statement_source(builder.statements[row["row_id"]]) for row in unclear]
        builder.say("promised", "brief.open", cited, n=builder.count_rows(unclear))


def _pairs(steps: Iterable[PromiseRow], verdict: str) -> list[tuple[EvidenceRow, EvidenceRow]]:
    return [pair for row in steps if row["verdict"] == verdict for pair in promised_and_given(row)]


def _cited(builder: NarrativeBuilder, promise: EvidenceRow, given: EvidenceRow) -> list[Any]:
    return [builder.row_source(promise["row"]), builder.row_source(given["row"])]


def _pair(builder: NarrativeBuilder, promise: EvidenceRow, given: EvidenceRow) -> dict[str, Any]:
    """A promised figure and the later one, with the name of what both count."""
    rows = builder.rows
    return {
        "name": builder.name(rows[given["row"]], given["row"]),
        "promise": builder.figure(rows[promise["row"]], promise["row"]),
        "figure": builder.figure(rows[given["row"]], given["row"]),
    }


def _quoted(builder: NarrativeBuilder, key: str, rows: Sequence[PromiseRow]) -> None:
    """One sentence for entries that came to the same, the oldest matter quoted."""
    if not rows:
        return
    first = max(rows, key=lambda row: row["age"])
    quote = _short_quote(builder, first["row_id"], first["text"])
    several = len(rows) > 1
    more = builder.phrases.fill("brief.and_more", n=builder.count_rows(rows)) if several else ""
    cited = [builder.statement_source(builder.statements[row["row_id"]]) for row in rows]
    fields: dict[str, Any] = {"quote": quote, "more": more}
    if key == "met_text":
        fields = {"list": [quote, *more]}
    elif key == "again":
        since = builder.phrases.fill("brief.since", first=builder.year(first["first_year"])) if first["age"] > 2 else ""
        fields |= {"n": builder.count_rows(rows), "since": since}
        key = key if several else "again_one"
    builder.say("promised", f"brief.{key}", cited, **fields)


def _short_quote(builder: NarrativeBuilder, identity: str, text: str) -> Piece:
    """The first clause of an entry in quotation marks: that of a step with a head ("创新普法方式。…") is the head."""
    clause = _CLAUSE.match("".join(text.split()))
    short = clause.group() if clause and clause.group() else text
    return Piece(builder.phrases.plain("punctuation.quote", text=short), "quote", (identity,))


def _ask(builder: NarrativeBuilder) -> None:
    """What to check, then the most telling questions."""
    before = len(builder.sentences)
    figures = [
        one
        for one in standing(builder.place_year.findings)
        if one.severity in ("error", "warning") and rule_of(one.rule).lane == "figures"
    ]
    if figures:
        sources = [builder.finding_source(one) for one in figures]
        builder.say("ask", "brief.check", sources, n=builder.count([one.id for one in figures]))
    for ask in (_ask_unmet, _ask_problems, _ask_dropped, _ask_gaps):
        ask(builder)
    if len(builder.sentences) == before:
        builder.say("ask", "brief.nothing_to_ask")
    del builder.sentences[before + _QUESTIONS + bool(figures) :]


def _ask_unmet(builder: NarrativeBuilder) -> None:
    steps = [row for row in builder.place_year.promises if row["kind"] == "next_step" and not row["part"]]
    for promise, given in _pairs(steps, "contradicted")[:1]:
        fields = _pair(builder, promise, given)
        del fields["figure"]
        builder.say("ask", "brief.why", _cited(builder, promise, given), **fields)


def _ask_problems(builder: NarrativeBuilder) -> None:
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
        builder.say("ask", "brief.persistent", [source], quote=_short_quote(builder, first["row_id"], first["text"]))
    problems, steps = place_year.statements_of("problem"), place_year.statements_of("next_step")
    bare = [row for row in problems if steps and not answers_to(place_year, row)]
    for row in bare[:1]:
        quote = _short_quote(builder, row["row_id"], row["text"])
        builder.say("ask", "brief.unanswered", [builder.statement_source(row)], quote=quote)
    if steps and not problems and place_year.is_text_kept(place_year.year):
        builder.say("ask", "brief.no_problems", builder.report_sources(place_year.year))
    elif problems and not any(row["cause"] for row in problems):
        builder.say("ask", "brief.no_cause", [builder.statement_source(row) for row in problems])


def _ask_dropped(builder: NarrativeBuilder) -> None:
    dropped = [
        row
        for row in builder.place_year.promises
        if row["kind"] == "next_step" and not row["part"] and row["verdict"] == "dropped"
    ]
    for row in dropped[:1]:
        source = builder.statement_source(builder.statements[row["row_id"]])
        builder.say("ask", "brief.dropped", [source], quote=_short_quote(builder, row["row_id"], row["text"]))


def _ask_gaps(builder: NarrativeBuilder) -> None:
    place_year = builder.place_year
    vague = [row for row in place_year.statements_of("next_step") if not promised_in(place_year, row)]
    if vague:
        sources = [builder.statement_source(row) for row in vague]
        builder.say("ask", "brief.no_target", sources, n=builder.count_rows(vague))
