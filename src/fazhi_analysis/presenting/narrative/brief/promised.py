"""What came of the earlier promises."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from fazhi_analysis.analysis.following.figures import doubts_of
from fazhi_analysis.analysis.place_statements import promised_in
from fazhi_analysis.analysis.result_rows import EvidenceRow, PromiseRow
from fazhi_analysis.analysis.stored_rows import StatementRow
from fazhi_analysis.presenting.narrative.builder import NarrativeBuilder
from fazhi_analysis.presenting.narrative.narrative import Piece, Source
from fazhi_analysis.presenting.narrative.promises import promised_and_given
from fazhi_analysis.presenting.wording.naming import catalogue, entry_subject
from fazhi_analysis.presenting.wording.numbers import plain

_NAMED: Final = 3
_QUOTED: Final = 2
_FIGURES: Final = {"unmet": "contradicted", "met": "kept", "undecided": "cannot_tell"}
_WORDS: Final = {"met_text": "kept", "silent": "dropped", "again_step": "repeated", "open": "cannot_tell"}
"""How the brief words what came of promises without figures."""
_CLAUSE: Final = re.compile(r"[^，。；：]{4,}?(?=[，。；：]|$)")
_COUNTED: Final = re.compile(r"([\d,.]+) [a-z -]+")


def tell_what_was_promised(builder: NarrativeBuilder) -> None:
    """Promised figures first, those that fell short before all; then what only words tell, each by its subject."""
    place_year = builder.place_year
    steps = next_steps(place_year.promises)
    if place_year.baseline is None:
        builder.say("promised", "brief.no_earlier", builder.report_sources(place_year.year))
        return
    if not place_year.promises:
        sources = builder.report_sources(place_year.baseline)
        builder.say("promised", "brief.no_entries", sources, baseline=builder.year(place_year.baseline))
        return
    for key, verdict in _FIGURES.items():
        found = with_figures(steps, verdict)
        if found:
            named = found if len(found) <= _NAMED + 1 else found[:_NAMED]  # never one alone unnamed
            fields = [promise_of(builder, *pair, settled=key != "undecided") for pair in named]
            items = [builder.phrases.fill("brief.given", **one) for one in fields]
            more = builder.phrases.fill("brief.and_others") if len(named) < len(found) else ""
            builder.say("promised", f"brief.{key}", _cited(builder, found), list=builder.listed(items), more=more)
    _tell_words(builder, steps)
    if not steps:
        builder.say("promised", "brief.no_steps", builder.report_sources(place_year.baseline))


def next_steps(rows: Iterable[PromiseRow], verdict: str = "") -> list[PromiseRow]:
    """Next steps that are no part of another; those that came to ``verdict`` where one is given."""
    wanted = [row for row in rows if row["kind"] == "next_step" and not row["part"]]
    return [row for row in wanted if verdict in ("", row["verdict"])]


def count_promised(steps: Sequence[PromiseRow]) -> int:
    """How many things the section speaks of: every promised figure, and each step of which only words tell."""
    figures = sum(len(with_figures(steps, verdict)) for verdict in _FIGURES.values())
    return figures + sum(row["verdict"] in _WORDS.values() for row in steps if not promised_and_given(row))


def with_figures(steps: Iterable[PromiseRow], verdict: str) -> list[tuple[EvidenceRow, EvidenceRow]]:
    """Promised figures with those that were given later, of the steps that came to ``verdict``."""
    return [pair for row in steps if row["verdict"] == verdict for pair in promised_and_given(row)]


def _cited(builder: NarrativeBuilder, pairs: Iterable[tuple[EvidenceRow, EvidenceRow]]) -> list[Source | None]:
    return [builder.row_source(one["row"]) for pair in pairs for one in pair]


def promise_of(
    builder: NarrativeBuilder, promise: EvidenceRow, given: EvidenceRow, *, settled: bool = True
) -> dict[str, Any]:
    """A promised figure and the later one, with the name of what both count."""
    rows = builder.rows
    figure = builder.figure(rows[given["row"]], given["row"])
    bare = _COUNTED.fullmatch(figure.text)  # the promise names the unit
    return {
        "name": builder.name(rows[given["row"]], given["row"]),
        "promise": builder.figure(rows[promise["row"]], promise["row"]),
        "figure": Piece(bare[1], figure.kind, figure.rows) if bare else figure,
        "doubt": _in_doubt(builder, given["row"], settled=settled),
    }


def _in_doubt(builder: NarrativeBuilder, row: str, *, settled: bool) -> Any:
    """What is known of a doubted figure: to what other figures come, or only that it is in doubt. A promise is settled
    only where both come to the same.
    """
    if row not in builder.place_year.doubts:
        return ""
    others = [other for _, other in doubts_of(builder.place_year.findings).get(row, ()) if other is not None]
    if not others:
        return builder.phrases.fill("brief.in_doubt")
    shown = plain(others[0], 2) + ("%" if builder.rows[row]["unit"] == "%" else "")
    other = Piece(shown, "figure", (row,))
    return builder.phrases.fill("brief.either_way" if settled else "brief.other_way", other=other)


def _tell_words(builder: NarrativeBuilder, steps: Sequence[PromiseRow]) -> None:
    """What the later text says of the promises without figures, in one sentence."""
    bare = [row for row in steps if not promised_and_given(row)]
    found = {key: next_steps(bare, verdict) for key, verdict in _WORDS.items()}
    clauses = [
        builder.phrases.fill(f"brief.{key}", list=named_entries(builder, rows)) for key, rows in found.items() if rows
    ]
    if clauses:
        rows = [row for those in found.values() for row in those]
        cited = [builder.statement_source(builder.statements[row["row_id"]]) for row in rows]
        builder.say("promised", "brief.words", cited, list=builder.listed(clauses, "semicolon"))


def named_entries(builder: NarrativeBuilder, rows: Sequence[PromiseRow | StatementRow], *, since: bool = False) -> Any:
    """Problems or next steps by their subjects, the oldest first: all of three, of more the first two and how many
    there are; ``since`` adds the year from which a followed one is listed.
    """
    oldest = sorted(rows, key=lambda row: -int(row.get("age", 0)))  # type: ignore[call-overload]
    named = oldest if len(oldest) <= _NAMED else oldest[:_QUOTED]
    items = [[*subject_of_entry(builder, row), _since(builder, row) if since else ""] for row in named]
    more = builder.phrases.fill("brief.and_more", n=builder.count_rows(rows)) if len(named) < len(rows) else ""
    return [*builder.listed(items), more]


def _since(builder: NarrativeBuilder, row: Mapping[str, Any]) -> Any:
    return builder.phrases.fill("brief.since", first=builder.year(row["first_year"]))


def subject_of_entry(builder: NarrativeBuilder, row: Mapping[str, Any]) -> list[Any]:
    """What a problem or next step is about: its first clause in quotation marks; in English the name of what it
    promises, or its theme, with that clause behind it.
    """
    identity = row["row_id"]
    quote = short_quote(builder, identity, row["text"])
    if builder.words.lang == "zh":
        return [quote]
    entry = builder.statements[identity]
    promised = [one for one in promised_in(builder.place_year, entry) if one["indicator_id"] in catalogue()]
    gloss = builder.label(promised[0]) if promised else entry_subject(row["text"], entry["theme"], builder.words)
    return [Piece(gloss, "name", (identity,), quote.text) if gloss else quote]


def short_quote(builder: NarrativeBuilder, identity: str, text: str) -> Piece:
    """The first clause of an entry in quotation marks: that of a step with a head ("创新普法方式。…") is the head."""
    clause = _CLAUSE.match("".join(text.split()))
    short = clause.group() if clause and clause.group() else text
    return Piece(builder.phrases.plain("punctuation.quote", text=short), "quote", (identity,))
