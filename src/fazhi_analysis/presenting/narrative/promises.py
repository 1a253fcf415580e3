"""What became of the earlier year's problems and promises."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise, takewhile
from typing import Any, Final

from fazhi_analysis.analysis.result_rows import EvidenceRow, PromiseRow
from fazhi_analysis.messages import word
from fazhi_analysis.presenting.narrative.builder import NarrativeBuilder
from fazhi_analysis.presenting.narrative.narrative import Piece, Source

_ORDER: Final = ("contradicted", "kept", "repeated", "dropped", "cannot_tell")

Years = dict[str, Piece]


def tell(builder: NarrativeBuilder) -> None:
    """Say what became of the earlier entries, problems first."""
    place_year = builder.place_year
    if place_year.baseline is None:
        builder.say("followed", "promises.no_earlier", builder.report_sources(place_year.year))
        return
    years = {"year": builder.year(place_year.year), "baseline": builder.year(place_year.baseline)}
    if not place_year.promises:
        sources = builder.report_sources(place_year.baseline)
        builder.say("followed", "promises.no_entries", sources, baseline=years["baseline"])
        return
    for kind, key in (("problem", "promises.problems_count"), ("next_step", "promises.steps_count")):
        whole = [row for row in place_year.promises if row["kind"] == kind and not row["part"]]
        if whole:
            _tell_kind(builder, whole, key, years)


def _tell_kind(builder: NarrativeBuilder, rows: Sequence[PromiseRow], key: str, years: Years) -> None:
    """All entries of a kind: how many came to what, then one by one."""
    if len(rows) > 1 and {(row["verdict"], row["reason"]) for row in rows} == {("cannot_tell", rows[0]["reason"])}:
        _all_open(builder, rows, years)
        return
    parts = [
        builder.phrases.fill(f"promises.part_{verdict}", n=builder.count_rows(found))
        for verdict in _ORDER
        if (found := [row for row in rows if row["verdict"] == verdict])
    ]
    cited = [builder.statement_source(builder.statements[row["row_id"]]) for row in rows]
    builder.say("followed", key, cited, **years, n=builder.count_rows(rows), parts=builder.listed(parts))
    for row in sorted(rows, key=lambda one: _ORDER.index(one["verdict"])):
        _tell_one(builder, row, years)


def _all_open(builder: NarrativeBuilder, rows: Sequence[PromiseRow], years: Years) -> None:
    """No entry can be judged, for one reason: one sentence for all."""
    names = [row["row_id"] for row in rows]
    reason = Piece(word("follow_up.reason", rows[0]["reason"], builder.words.lang), "reason", tuple(names))
    sources = [builder.statement_source(builder.statements[name]) for name in names]
    key = f"promises.all_open_{rows[0]['kind']}"
    builder.say("followed", key, sources, **years, n=builder.count(names), reason=reason)


def _tell_one(builder: NarrativeBuilder, row: PromiseRow, years: Years) -> None:
    own = builder.statements[row["row_id"]]
    sources: list[Source | None] = [builder.statement_source(own), *_later_sources(builder, row)]
    verdict, kind = row["verdict"], "problem" if row["kind"] == "problem" else "step"
    fields: dict[str, Any] = {"quote": builder.quote(own, row["text"])}
    if row["status"] == "changed":
        decided = Piece(word("follow_up.verdict", verdict, builder.words.lang), "verdict", (row["row_id"],))
        builder.say("followed", "promises.decided", sources, **fields, verdict=decided)
    elif verdict in ("kept", "contradicted"):
        _settled(builder, row, sources, years)
    elif verdict == "repeated":
        fields["wording"] = Piece(
            word("follow_up.wording", row["wording"], builder.words.lang), "verdict", (row["row_id"],)
        )
        long = row["age"] > 2
        fields["since"] = builder.phrases.fill("promises.since", first=builder.year(row["first_year"])) if long else ""
        builder.say("followed", f"promises.{kind}_repeated", sources, **fields, year=years["year"])
    elif verdict == "dropped":
        builder.say("followed", f"promises.{kind}_dropped", sources, **fields, year=years["year"])
    else:
        reason = Piece(word("follow_up.reason", row["reason"], builder.words.lang), "reason", (row["row_id"],))
        builder.say("followed", f"promises.{kind}_cannot_tell", sources, **fields, reason=reason)


def _settled(builder: NarrativeBuilder, row: PromiseRow, sources: list[Source | None], years: Years) -> None:
    """A promise that figures, or the text, settle."""
    rest = builder.phrases.fill("promises.rest") if row["extent"] == "part" else ""
    pairs = promised_and_given(row)
    for index, (promise, given) in enumerate(pairs, start=1):
        rested = _rested_on(row, promise)  # each sentence cites what it says, not what the whole entry rests on
        outcome = builder.phrases.plain(f"promises.outcome_{row['verdict']}")
        builder.say(
            "followed",
            "promises.kept_figure",
            [sources[0], *(builder.row_source(name) for name in rested)],
            promise=promise_quote(builder, promise),
            year=years["year"],
            figure=given_figure(builder, given),
            outcome=Piece(outcome, "verdict", (promise["row"], given["row"])),
            rest=rest if index == len(pairs) and row["verdict"] == "kept" else "",
        )
    passage = next((piece for piece in row["evidence"] if piece["role"] == "passage"), None)
    if not pairs and passage is not None:
        builder.say(
            "followed",
            "promises.kept_text",
            sources,
            promise=builder.quote(builder.statements[row["row_id"]], row["text"]),
            year=years["year"],
            passage=builder.quoted(passage["text"], builder.passage_source(passage).id),
            rest=rest,
        )


def promised_and_given(row: PromiseRow) -> list[tuple[EvidenceRow, EvidenceRow]]:
    """Promised figures of a followed entry, each with the later figure that settles it."""
    pieces = [piece for piece in row["evidence"] if piece["value"] is not None]
    return [
        (promise, given)
        for promise, given in pairwise(pieces)
        if promise["role"] == "promise" and given["role"] == "figure"
    ]


def _rested_on(row: PromiseRow, promise: EvidenceRow) -> list[str]:
    """The ids of a promised figure and of the later figures that follow it in the evidence."""
    pieces = row["evidence"]
    start = pieces.index(promise)
    after = takewhile(lambda piece: piece["role"] == "figure", pieces[start + 1 :])
    return [piece["row"] for piece in (promise, *after)]


def promise_quote(builder: NarrativeBuilder, promise: EvidenceRow) -> Piece:
    """The clause of a promised figure in quotation marks, or the part of a next step that it stands in."""
    row = builder.rows[promise["row"]]
    if row["quote"]:
        return builder.quoted(row["quote"], promise["row"])
    for statement in builder.statements.values():
        for part in statement["parts"] if statement["report_id"] == row["report_id"] else ():
            if (part["start"] or 0) <= (row["start"] or 0) < (part["end"] or 0):
                return builder.quoted(part["text"], statement["row_id"])
    return builder.quoted(f"{row['label']}{builder.figure_text(row)}", promise["row"])


def given_figure(builder: NarrativeBuilder, given: EvidenceRow) -> Piece:
    """The later figure that settles a promise."""
    return builder.figure(builder.rows[given["row"]], given["row"])


def _later_sources(builder: NarrativeBuilder, row: PromiseRow) -> list[Source | None]:
    """Sources of the evidence of a followed entry, beyond the entry itself."""
    found: list[Source | None] = []
    for piece in row["evidence"][1:]:
        identity = piece["row"]
        if identity in builder.rows:
            found.append(builder.row_source(identity))
        elif identity in builder.statements:
            found.append(builder.statement_source(builder.statements[identity]))
        elif piece["role"] == "passage":
            found.append(builder.passage_source(piece))
    return found
