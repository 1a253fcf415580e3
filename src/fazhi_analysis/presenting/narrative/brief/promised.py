"""What came of the earlier promises."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any, Final

from fazhi_analysis.analysis.result_rows import EvidenceRow, PromiseRow
from fazhi_analysis.presenting.narrative.builder import NarrativeBuilder
from fazhi_analysis.presenting.narrative.model import Piece, Source
from fazhi_analysis.presenting.narrative.promises import promised_and_given

_NAMED: Final = 3
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
    }


def _tell_words(builder: NarrativeBuilder, whole: Sequence[PromiseRow], steps: Sequence[PromiseRow]) -> None:
    """What the later text says of the entries, each kind with the oldest matter quoted."""
    kinds = {
        "met_text": [row for row in steps if row["verdict"] == "kept" and not promised_and_given(row)],
        "silent": next_steps(steps, "dropped"),
        "again_step": next_steps(steps, "repeated"),
        "again": [row for row in whole if row["kind"] == "problem" and row["verdict"] == "repeated"],
        "open": [row for row in whole if row["verdict"] == "cannot_tell"],
    }
    told = [(rows, _told(builder, key, rows)) for key, rows in kinds.items() if rows]
    if told:
        cited = [builder.statement_source(builder.statements[row["row_id"]]) for rows, _ in told for row in rows]
        builder.say("promised", "brief.words", cited, list=builder.listed([said for _, said in told], "semicolon"))


def _told(builder: NarrativeBuilder, key: str, rows: Sequence[PromiseRow]) -> Any:
    fill = builder.phrases.fill
    if key == "open":
        return fill("brief.open", n=builder.count_rows(rows))
    first = max(rows, key=lambda row: row["age"])
    fields: dict[str, Any] = {"quote": short_quote(builder, first["row_id"], first["text"])}
    if key == "again":
        since = fill("brief.since", first=builder.year(first["first_year"])) if first["age"] > 2 else ""
        fields |= {"n": builder.count_rows(rows), "since": since}
        key = key if len(rows) > 1 else "again_one"
    else:
        fields["more"] = fill("brief.and_more", n=builder.count_rows(rows)) if len(rows) > 1 else ""
    return fill(f"brief.{key}", **fields)


def short_quote(builder: NarrativeBuilder, identity: str, text: str) -> Piece:
    """The first clause of an entry in quotation marks: that of a step with a head ("创新普法方式。…") is the head."""
    clause = _CLAUSE.match("".join(text.split()))
    short = clause.group() if clause and clause.group() else text
    return Piece(builder.phrases.plain("punctuation.quote", text=short), "quote", (identity,))
