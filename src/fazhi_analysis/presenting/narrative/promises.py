"""What became of the earlier year's problems and promises."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise, takewhile
from typing import Any, Final

from fazhi_analysis.messages import word
from fazhi_analysis.presenting.narrative.builder import NarrativeBuilder, Row
from fazhi_analysis.presenting.narrative.model import Piece, Source

_ORDER: Final = ("contradicted", "kept", "repeated", "dropped", "cannot_tell")


def fates(builder: NarrativeBuilder) -> list[Row]:
    """The follow-up of the earlier year's entries in the year: one row an entry and part; none without earlier year."""
    return builder.place_year.promises


def tell(builder: NarrativeBuilder, rows: Sequence[Row]) -> None:
    """Say what became of the earlier entries, problems first."""
    place_year = builder.place_year
    if place_year.baseline is None:
        builder.say("followed", "followed.no_earlier", builder.report_sources(place_year.year))
        return
    years: dict[str, Any] = {"year": builder.year(place_year.year), "baseline": builder.year(place_year.baseline)}
    if not rows:
        sources = builder.report_sources(place_year.baseline)
        builder.say("followed", "followed.no_entries", sources, baseline=years["baseline"])
        return
    for kind, key in (("problem", "followed.problems_count"), ("next_step", "followed.steps_count")):
        whole = [row for row in rows if row["kind"] == kind and row["part"] == 0]
        if not whole:
            continue
        reasons = {str(row["reason"]) for row in whole}
        if len(whole) > 1 and len(reasons) == 1 and {row["verdict"] for row in whole} == {"cannot_tell"}:
            _all_open(builder, whole, years)
            continue
        parts = [
            builder.phrases.fill(f"followed.part_{verdict}", n=builder.count([str(row["row_id"]) for row in found]))
            for verdict in _ORDER
            if (found := [row for row in whole if row["verdict"] == verdict])
        ]
        cited = [builder.statement_source(builder.statements[str(row["row_id"])]) for row in whole]
        everything = builder.count([str(row["row_id"]) for row in whole])
        builder.say("followed", key, cited, **years, n=everything, parts=builder.listed(parts))
        for row in sorted(whole, key=lambda one: _ORDER.index(one["verdict"])):
            _tell_one(builder, row, years)


def _all_open(builder: NarrativeBuilder, rows: list[Row], years: dict[str, Any]) -> None:
    """Nothing can be said of any entry, for one reason: one sentence for all."""
    names = [str(row["row_id"]) for row in rows]
    reason = Piece(word("follow_up.reason", str(rows[0]["reason"]), builder.words.lang), "reason", tuple(names))
    sources = [builder.statement_source(builder.statements[name]) for name in names]
    key = f"followed.all_open_{rows[0]['kind']}"
    builder.say("followed", key, sources, **years, n=builder.count(names), reason=reason)


def _tell_one(builder: NarrativeBuilder, row: Row, years: dict[str, Any]) -> None:
    own = builder.statements[str(row["row_id"])]
    sources: list[Source | None] = [builder.statement_source(own), *later_sources(builder, row)]
    verdict, kind = str(row["verdict"]), "problem" if row["kind"] == "problem" else "step"
    quote = builder.quote(own, str(row["text"]))
    if verdict in ("kept", "contradicted"):
        _settled(builder, row, own, sources, years)
    elif verdict == "repeated":
        how = Piece(
            word("follow_up.wording", str(row["wording"]), builder.words.lang), "verdict", (str(row["row_id"]),)
        )
        since = (
            builder.phrases.fill("followed.since", first=builder.year(int(row["first_year"]))) if row["age"] > 2 else ""
        )
        fields = {"quote": quote, "wording": how, "since": since, "year": years["year"]}
        builder.say("followed", f"followed.{kind}_repeated", sources, **fields)
    elif verdict == "dropped":
        builder.say("followed", f"followed.{kind}_dropped", sources, quote=quote, year=years["year"])
    else:
        reason = Piece(
            word("follow_up.reason", str(row["reason"]), builder.words.lang), "reason", (str(row["row_id"]),)
        )
        builder.say("followed", f"followed.{kind}_cannot_tell", sources, quote=quote, reason=reason)


def _settled(
    builder: NarrativeBuilder, row: Row, own: Row, sources: list[Source | None], years: dict[str, Any]
) -> None:
    """A promise that figures, or the text, settle."""
    rest = builder.phrases.fill("followed.rest") if row["extent"] == "part" else ""
    pairs = promised_and_given(row)
    if pairs:
        for index, (promise, given) in enumerate(pairs):
            last = index == len(pairs) - 1
            rested = _rested_on(row, promise)  # each sentence cites what it says, not what the whole entry rests on
            builder.say(
                "followed",
                "followed.kept_figure",
                [sources[0], *(builder.row_source(name) for name in rested)],
                promise=promise_quote(builder, promise),
                year=years["year"],
                figure=given_figure(builder, given),
                outcome=Piece(
                    builder.phrases.plain(f"followed.outcome_{row['verdict']}"),
                    "verdict",
                    (promise["row"], given["row"]),
                ),
                rest=rest if last and row["verdict"] == "kept" else "",
            )
        return
    passages = [piece for piece in row["evidence"] if piece["role"] == "passage"]
    for piece in passages[:1]:
        identity = builder.passage_source(piece).id
        fields = {"promise": builder.quote(own, str(row["text"])), "year": years["year"], "rest": rest}
        builder.say(
            "followed", "followed.kept_text", sources, passage=builder.quoted(piece["text"], identity), **fields
        )


def promised_and_given(row: Row) -> list[tuple[Row, Row]]:
    """Promised figures of a followed entry, each with the later figure that settles it."""
    pieces = [piece for piece in row["evidence"] if piece["value"] is not None]
    found = []
    for promise, given in pairwise(pieces):
        if promise["role"] == "promise" and given["role"] == "figure":
            found.append((promise, given))
    return found


def _rested_on(row: Row, promise: Row) -> list[str]:
    """The ids of a promised figure and of the later figures that follow it in the evidence."""
    pieces = row["evidence"]
    start = pieces.index(promise)
    after = takewhile(lambda piece: piece["role"] == "figure", pieces[start + 1 :])
    return [str(piece["row"]) for piece in (promise, *after)]


def promise_quote(builder: NarrativeBuilder, promise: Row) -> Piece:
    """The clause of a promised figure in quotation marks, or the part of a next step that it stands in."""
    row = builder.rows[promise["row"]]
    if row["quote"]:
        return builder.quoted(str(row["quote"]), promise["row"])
    for statement in builder.statements.values():
        for part in statement["parts"]:
            if statement["report_id"] == row["report_id"] and part["start"] <= row["start"] < part["end"]:
                return builder.quoted(str(part["text"]), str(statement["row_id"]))
    return builder.quoted(f"{row['label']}{builder.figure_text(row)}", promise["row"])


def given_figure(builder: NarrativeBuilder, given: Row) -> Piece:
    """The later figure that settles a promise."""
    return builder.figure(builder.rows[given["row"]], given["row"])


def later_sources(builder: NarrativeBuilder, row: Row) -> list[Source | None]:
    """Sources of the evidence of a followed entry, beyond the entry itself."""
    found: list[Source | None] = []
    for piece in row["evidence"][1:]:
        identity = str(piece["row"])
        if identity in builder.rows:
            found.append(builder.row_source(identity))
        elif identity in builder.statements:
            found.append(builder.statement_source(builder.statements[identity]))
        elif piece["role"] == "passage":
            found.append(builder.passage_source(piece))
    return found
