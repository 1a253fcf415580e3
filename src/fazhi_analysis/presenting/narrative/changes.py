"""What was done: the year's figures, with direction and certainty where there is an earlier year."""

from __future__ import annotations

from typing import Any

from fazhi_analysis.presenting.narrative.builder import NarrativeBuilder, Row
from fazhi_analysis.presenting.narrative.model import Piece
from fazhi_analysis.presenting.pages.year_over_year import YearOverYear
from fazhi_analysis.presenting.parts.compared_page import SHOWN
from fazhi_analysis.presenting.wording.naming import unit_of


def tell(builder: NarrativeBuilder) -> None:
    """Say what the figures say."""
    page = YearOverYear("year_over_year", builder.place_year, builder.words)
    if builder.place_year.baseline is None:
        _one_year(builder, page)
    else:
        _compared(builder, page)


def _one_year(builder: NarrativeBuilder, page: YearOverYear) -> None:
    place_year = builder.place_year
    here: dict[str, Any] = {"place": _place(builder), "year": builder.year(place_year.year)}
    sources = builder.report_sources(place_year.year)
    builder.say("done", "done.single", sources, **here)
    usable = page.usable()
    if not usable:
        builder.say("done", "done.no_figures", sources, **here)
        return
    builder.say("done", "done.single_counts", sources, n=builder.count([str(row["row_id"]) for row in usable]))
    for direction in ("lower_better", "higher_better"):
        rates = [row for row in usable if row["kind"] == "rate" and _direction(row) == direction]
        if rates:
            cited = [builder.row_source(str(row["row_id"])) for row in rates]
            items = builder.listed([_standing(builder, row) for row in rates])
            builder.say("done", f"done.single_{direction}", cited, n=builder.count(_ids(rates)), list=items)


def _compared(builder: NarrativeBuilder, page: YearOverYear) -> None:
    place_year = builder.place_year
    years = {"year": builder.year(place_year.year), "baseline": builder.year(int(place_year.baseline or 0))}
    sources = builder.report_sources(place_year.year, int(place_year.baseline or 0))
    if not page.compared:
        builder.say("done", "done.nothing_compared", sources, **years)
    else:
        parts = [
            builder.phrases.fill(f"part.{verdict}", n=builder.count([_key(row) for row in rows]))
            for verdict in SHOWN
            if (rows := [row for row in page.plain if row["verdict"] == verdict and not page.is_slight(row)])
        ]
        if slight := [row for row in page.plain if page.is_slight(row)]:
            parts.append(builder.phrases.fill("part.slight", n=builder.count([_key(row) for row in slight])))
        if page.doubted:
            parts.append(builder.phrases.fill("part.doubtful", n=builder.count([_key(row) for row in page.doubted])))
        listed: list[Any] = ["：" if builder.words.lang == "zh" else ": ", *builder.listed(parts)]
        everything = builder.count([_key(row) for row in page.compared])
        builder.say("done", "done.compared", sources, **years, n=everything, parts=listed)
    named = page.named
    for row in named:
        _change(builder, row, years)
    worse = [row for row in page.plain if row["verdict"] == "worsened" and row not in named]
    _other_worse(builder, "worse", [row for row in worse if not page.is_slight(row)])
    _other_worse(builder, "worse_slight", [row for row in worse if page.is_slight(row)])
    if any(row["verdict"] in ("increased", "decreased") for row in named):
        builder.say("done", "done.neutral")
    _left_out(builder, page, sources)


def _change(builder: NarrativeBuilder, row: Row, years: dict[str, Piece]) -> None:
    later, earlier = str(row["row"]), str(row["baseline_row"])
    rises = row["change_lower"] > 0
    low, high = sorted((abs(row["change_lower"]), abs(row["change_upper"])))
    delta = Piece(builder.amount(round(low, 6), round(high, 6), unit_of(row)), "change", (earlier, later))
    kind = "rate" if row["kind"] == "rate" else "count"
    verb = builder.phrases.plain(f"verb.{'up' if rises else 'down'}_{kind}")
    certainty = str(row.get("certainty") or "")
    doubt = f"doubt.{certainty}"
    builder.say(
        "done",
        "done.change",
        [builder.row_source(later), builder.row_source(earlier)],
        name=builder.name(row, later),
        after=builder.figure(row, later),
        before=builder.figure(row, earlier, "baseline_"),
        baseline=years["baseline"],
        verb=Piece(verb, "verdict", (earlier, later)),
        delta=delta,
        relative=_relative(builder, row),
        verdict=Piece(builder.phrases.plain(f"verdict.{row['verdict']}"), "verdict", (earlier, later)),
        doubt=Piece(builder.phrases.plain(doubt), "reason", (earlier, later)) if builder.phrases.has(doubt) else "",
    )


def _other_worse(builder: NarrativeBuilder, key: str, rows: list[Row]) -> None:
    """Changes for the worse that are no headline: what improved must not be all that is told."""
    if not rows:
        return
    items = []
    for row in rows:
        later, earlier = str(row["row"]), str(row["baseline_row"])
        fields = {
            "name": builder.name(row, later),
            "after": builder.figure(row, later),
            "before": builder.figure(row, earlier, "baseline_"),
        }
        why = f"worse_why.{row.get('certainty') or ''}"
        doubt = Piece(builder.phrases.plain(why), "reason", (earlier, later)) if builder.phrases.has(why) else ""
        items.append(builder.phrases.fill("done.worse_one", doubt=doubt, **fields))
    cited = [builder.row_source(str(row[side])) for row in rows for side in ("row", "baseline_row")]
    listed = builder.listed(items, "semicolon")
    builder.say("done", f"done.{key}", cited, n=builder.count([_key(row) for row in rows]), list=listed)


def _relative(builder: NarrativeBuilder, row: Row) -> Any:
    """The change in percent, where both figures are exact and the base is not zero."""
    low, high = row["relative_lower"], row["relative_upper"]
    if low != high or abs(low) == float("inf"):
        return ""
    percent = abs(low) * 100
    text = f"{percent:.1f}".rstrip("0").rstrip(".") if percent < 100 else f"{percent:.0f}"
    share = Piece(f"{text}%", "change", (str(row["baseline_row"]), str(row["row"])))
    return [*builder.phrases.fill("punctuation.in_brackets", share=share)]


def _left_out(builder: NarrativeBuilder, page: YearOverYear, sources: list[Any]) -> None:
    rows = page.changes
    barred = [row for row in rows if row["verdict"] == "not_comparable"]
    groups = {
        "overlap": [row for row in page.plain if row["verdict"] == "uncertain"],
        "not_comparable": [row for row in barred if row["reason"] != "selection"],
        "selection": [row for row in barred if row["reason"] == "selection"],
        "doubtful": page.doubted,
        "slight": [row for row in page.plain if page.is_slight(row)],
    }
    parts = [
        builder.phrases.fill(f"done.{name}", n=builder.count([_key(row) for row in found]))
        for name, found in groups.items()
        if found
    ]
    if parts:
        builder.say("done", "done.left_out", sources, parts=builder.listed(parts, "semicolon"))


def _key(row: Row) -> str:
    """The id of a comparison: that of its later row, or of its earlier one where there is no later."""
    return str(row["row"] or row["baseline_row"])


def _direction(row: Row) -> str:
    from fazhi_analysis.presenting.wording.naming import catalogue

    identity = str(row.get("indicator_id") or "")
    return catalogue()[identity].direction if identity in catalogue() else "neutral"


def _standing(builder: NarrativeBuilder, row: Row) -> list[Any]:
    """A figure with its name, and what the checks say against it: all are named, the doubted ones as doubted."""
    identity = str(row["row_id"])
    said: list[Any] = [builder.name(row, identity), _gap(builder), builder.figure(row, identity)]
    if identity in builder.doubted:
        said.append(builder.phrases.fill("done.doubted"))
    return said


def _ids(rows: list[Row]) -> list[str]:
    return [str(row["row_id"]) for row in rows]


def _place(builder: NarrativeBuilder) -> Piece:
    return Piece(builder.place_year.place, "name")


def _gap(builder: NarrativeBuilder) -> str:
    return "" if builder.words.lang == "zh" else " "
