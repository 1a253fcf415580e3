"""What came of the earlier promises."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any, Final

from fazhi_analysis.analysis.following.figures import doubts_of
from fazhi_analysis.analysis.result_rows import EvidenceRow, PromiseRow
from fazhi_analysis.presenting.narrative.builder import NarrativeBuilder
from fazhi_analysis.presenting.narrative.narrative import Piece, Source
from fazhi_analysis.presenting.narrative.promises import promised_and_given
from fazhi_analysis.presenting.wording.numbers import plain

_NAMED: Final = 3
_QUOTED: Final = 2
_LONG: Final = 2
_CLAUSE: Final = re.compile(r"[^，。；：]{4,}?(?=[，。；：]|$)")
_COUNTED: Final = re.compile(r"([\d,.]+) [a-z -]+")


def tell_what_was_promised(builder: NarrativeBuilder) -> None:
    """Figures first, those that fell short first; then what only words tell, in one sentence."""
    place_year = builder.place_year
    whole = [row for row in place_year.promises if not row["part"]]
    if place_year.baseline is None:
        builder.say("promised", "brief.no_earlier", builder.report_sources(place_year.year))
        return
    if not whole:
        sources = builder.report_sources(place_year.baseline)
        builder.say("promised", "brief.no_entries", sources, baseline=builder.year(place_year.baseline))
        return
    steps = next_steps(whole)
    for key, verdict in (("unmet", "contradicted"), ("met", "kept")):
        found = with_figures(steps, verdict)
        if found:
            items = [builder.phrases.fill("brief.given", **_pair(builder, *pair)) for pair in found[:_NAMED]]
            builder.say("promised", f"brief.{key}", _cited(builder, found), list=builder.listed(items))
    _tell_words(builder, whole, steps)


def next_steps(rows: Iterable[PromiseRow], verdict: str = "") -> list[PromiseRow]:
    """Next steps that are no part of another; those that came to ``verdict`` where one is given."""
    wanted = [row for row in rows if row["kind"] == "next_step" and not row["part"]]
    return [row for row in wanted if verdict in ("", row["verdict"])]


def with_figures(steps: Iterable[PromiseRow], verdict: str) -> list[tuple[EvidenceRow, EvidenceRow]]:
    """Promised figures with those that were given later, of the steps that came to ``verdict``."""
    return [pair for row in steps if row["verdict"] == verdict for pair in promised_and_given(row)]


def _cited(builder: NarrativeBuilder, pairs: Iterable[tuple[EvidenceRow, EvidenceRow]]) -> list[Source | None]:
    return [builder.row_source(one["row"]) for pair in pairs for one in pair]


def _pair(builder: NarrativeBuilder, promise: EvidenceRow, given: EvidenceRow) -> dict[str, Any]:
    """A promised figure and the later one, with the name of what both count."""
    rows = builder.rows
    figure = builder.figure(rows[given["row"]], given["row"])
    bare = _COUNTED.fullmatch(figure.text)  # the promise names the unit
    return {
        "name": builder.name(rows[given["row"]], given["row"]),
        "promise": builder.figure(rows[promise["row"]], promise["row"]),
        "figure": Piece(bare[1], figure.kind, figure.rows) if bare else figure,
        "doubt": _either_way(builder, given["row"]),
    }


def _either_way(builder: NarrativeBuilder, row: str) -> Any:
    """What other figures make of a doubted one; a promise is only judged where both come to the same."""
    others = [other for _, other in doubts_of(builder.place_year.findings).get(row, ()) if other is not None]
    if not others:
        return ""
    return builder.phrases.fill("brief.either_way", other=Piece(plain(others[0], 2), "figure", (row,)))


def _tell_words(builder: NarrativeBuilder, whole: Sequence[PromiseRow], steps: Sequence[PromiseRow]) -> None:
    """What the later text says: of the promises in one sentence, of the problems in another."""
    problems = [row for row in whole if row["kind"] == "problem"]
    of_steps = {
        "met_text": [row for row in steps if row["verdict"] == "kept" and not promised_and_given(row)],
        "silent": next_steps(steps, "dropped"),
        "again_step": next_steps(steps, "repeated"),
        "open": next_steps(steps, "cannot_tell"),
    }
    of_problems = {
        key: [row for row in problems if row["verdict"] == verdict]
        for key, verdict in (("again", "repeated"), ("gone", "dropped"), ("open", "cannot_tell"))
    }
    for key, kinds in (("words", of_steps), ("problems", of_problems)):
        clauses = [_clause(builder, f"brief.{name}", rows) for name, rows in kinds.items() if rows]
        if clauses:
            rows = [row for found in kinds.values() for row in found]
            cited = [builder.statement_source(builder.statements[row["row_id"]]) for row in rows]
            builder.say("promised", f"brief.{key}", cited, list=builder.listed(clauses, "semicolon"))


def _clause(builder: NarrativeBuilder, key: str, rows: Sequence[PromiseRow]) -> Any:
    """Entries that came to the same, the oldest first and named; of those that nothing is known of, how many."""
    if key in ("brief.open", "brief.gone"):
        found = tuple(row["row_id"] for row in rows)
        counted = builder.phrases.plain(f"brief.entries_{rows[0]['kind']}", n=len(rows))
        return builder.phrases.fill(key, n=Piece(counted, "name", found))
    oldest = sorted(rows, key=lambda row: -row["age"])
    quotes = [_quote(builder, row, since=key == "brief.again") for row in oldest[:_QUOTED]]
    more = builder.phrases.fill("brief.and_more", n=builder.count_rows(rows)) if len(rows) > _QUOTED else ""
    return builder.phrases.fill(key, list=builder.listed(quotes), more=more)


def _quote(builder: NarrativeBuilder, row: PromiseRow, *, since: bool) -> list[Any]:
    """An entry in short, with its first year where it stands for more than two."""
    long = since and row["age"] > _LONG
    first = builder.phrases.fill("brief.since", first=builder.year(row["first_year"])) if long else ""
    return [short_quote(builder, row["row_id"], row["text"]), first]


def short_quote(builder: NarrativeBuilder, identity: str, text: str) -> Piece:
    """The first clause of an entry in quotation marks: that of a step with a head ("创新普法方式。…") is the head."""
    clause = _CLAUSE.match("".join(text.split()))
    short = clause.group() if clause and clause.group() else text
    return Piece(builder.phrases.plain("punctuation.quote", text=short), "quote", (identity,))
