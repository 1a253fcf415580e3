"""What became of the earlier year's problems and promises."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise, takewhile
from typing import Any, Final

from fazhi_analysis.analysis.following.reasons import REASONS, WORDINGS, wording_of
from fazhi_analysis.presenting.narrative.model import Piece, Source
from fazhi_analysis.presenting.narrative.teller import Row, Teller

_ORDER: Final = ("contradicted", "kept", "repeated", "dropped", "cannot_tell")


def fates(teller: Teller) -> list[Row]:
    """The follow-up of the earlier year's entries in the year: one row an entry and part; none without earlier year."""
    return teller.place_year.promises


def tell(teller: Teller, rows: Sequence[Row]) -> None:
    """Say what became of the earlier entries, problems first."""
    place_year = teller.place_year
    if place_year.baseline is None:
        teller.say("followed", "followed.no_earlier", teller.report_sources(place_year.year))
        return
    years: dict[str, Any] = {"year": teller.year(place_year.year), "baseline": teller.year(place_year.baseline)}
    if not rows:
        sources = teller.report_sources(place_year.baseline)
        teller.say("followed", "followed.no_entries", sources, baseline=years["baseline"])
        return
    for kind, key in (("problem", "followed.problems_count"), ("next_step", "followed.steps_count")):
        whole = [row for row in rows if row["kind"] == kind and row["part"] == 0]
        if not whole:
            continue
        reasons = {str(row["reason"]) for row in whole}
        if len(whole) > 1 and len(reasons) == 1 and {row["verdict"] for row in whole} == {"cannot_tell"}:
            _all_open(teller, whole, years)
            continue
        parts = [
            teller.phrases.fill(f"followed.part_{verdict}", n=teller.count([str(row["row_id"]) for row in found]))
            for verdict in _ORDER
            if (found := [row for row in whole if row["verdict"] == verdict])
        ]
        cited = [teller.statement_source(teller.statements[str(row["row_id"])]) for row in whole]
        everything = teller.count([str(row["row_id"]) for row in whole])
        teller.say("followed", key, cited, **years, n=everything, parts=teller.listed(parts))
        for row in sorted(whole, key=lambda one: _ORDER.index(one["verdict"])):
            _tell_one(teller, row, years)


def _all_open(teller: Teller, rows: list[Row], years: dict[str, Any]) -> None:
    """Nothing can be said of any entry, for one reason: one sentence for all."""
    names = [str(row["row_id"]) for row in rows]
    reason = Piece(wording_of(REASONS, str(rows[0]["reason"]), teller.words.lang), "reason", tuple(names))
    sources = [teller.statement_source(teller.statements[name]) for name in names]
    key = f"followed.all_open_{rows[0]['kind']}"
    teller.say("followed", key, sources, **years, n=teller.count(names), reason=reason)


def _tell_one(teller: Teller, row: Row, years: dict[str, Any]) -> None:
    own = teller.statements[str(row["row_id"])]
    sources: list[Source | None] = [teller.statement_source(own), *later_sources(teller, row)]
    verdict, kind = str(row["verdict"]), "problem" if row["kind"] == "problem" else "step"
    quote = teller.quote(own, str(row["text"]))
    if verdict in ("kept", "contradicted"):
        _settled(teller, row, own, sources, years)
    elif verdict == "repeated":
        how = Piece(wording_of(WORDINGS, str(row["wording"]), teller.words.lang), "verdict", (str(row["row_id"]),))
        since = (
            teller.phrases.fill("followed.since", first=teller.year(int(row["first_year"]))) if row["age"] > 2 else ""
        )
        fields = {"quote": quote, "wording": how, "since": since, "year": years["year"]}
        teller.say("followed", f"followed.{kind}_repeated", sources, **fields)
    elif verdict == "dropped":
        teller.say("followed", f"followed.{kind}_dropped", sources, quote=quote, year=years["year"])
    else:
        reason = Piece(wording_of(REASONS, str(row["reason"]), teller.words.lang), "reason", (str(row["row_id"]),))
        teller.say("followed", f"followed.{kind}_cannot_tell", sources, quote=quote, reason=reason)


def _settled(teller: Teller, row: Row, own: Row, sources: list[Source | None], years: dict[str, Any]) -> None:
    """A promise that figures, or the text, settle."""
    rest = teller.phrases.fill("followed.rest") if row["extent"] == "part" else ""
    pairs = promised_and_given(row)
    if pairs:
        for index, (promise, given) in enumerate(pairs):
            last = index == len(pairs) - 1
            rested = _rested_on(row, promise)  # each sentence cites what it says, not what the whole entry rests on
            teller.say(
                "followed",
                "followed.kept_figure",
                [sources[0], *(teller.row_source(name) for name in rested)],
                promise=promise_quote(teller, promise),
                year=years["year"],
                figure=given_figure(teller, given),
                outcome=Piece(
                    teller.phrases.plain(f"followed.outcome_{row['verdict']}"),
                    "verdict",
                    (promise["row"], given["row"]),
                ),
                rest=rest if last and row["verdict"] == "kept" else "",
            )
        return
    passages = [piece for piece in row["evidence"] if piece["role"] == "passage"]
    for piece in passages[:1]:
        identity = teller.passage_source(piece).id
        fields = {"promise": teller.quote(own, str(row["text"])), "year": years["year"], "rest": rest}
        teller.say("followed", "followed.kept_text", sources, passage=teller.quoted(piece["text"], identity), **fields)


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


def promise_quote(teller: Teller, promise: Row) -> Piece:
    """The clause of a promised figure in quotation marks, or the part of a next step that it stands in."""
    row = teller.rows[promise["row"]]
    if row["quote"]:
        return teller.quoted(str(row["quote"]), promise["row"])
    for statement in teller.statements.values():
        for part in statement["parts"]:
            if statement["report_id"] == row["report_id"] and part["start"] <= row["start"] < part["end"]:
                return teller.quoted(str(part["text"]), str(statement["row_id"]))
    return teller.quoted(f"{row['label']}{teller.figure_text(row)}", promise["row"])


def given_figure(teller: Teller, given: Row) -> Piece:
    """The later figure that settles a promise."""
    return teller.figure(teller.rows[given["row"]], given["row"])


def later_sources(teller: Teller, row: Row) -> list[Source | None]:
    """Sources of the evidence of a followed entry, beyond the entry itself."""
    found: list[Source | None] = []
    for piece in row["evidence"][1:]:
        identity = str(piece["row"])
        if identity in teller.rows:
            found.append(teller.row_source(identity))
        elif identity in teller.statements:
            found.append(teller.statement_source(teller.statements[identity]))
        elif piece["role"] == "passage":
            found.append(teller.passage_source(piece))
    return found
