"""What was done: the year's figures, with direction and certainty where there is an earlier year."""

from __future__ import annotations

from typing import Any

from fazhi_analysis.presenting.narrative.model import Piece
from fazhi_analysis.presenting.narrative.teller import Row, Teller
from fazhi_analysis.presenting.pages._compared import SHOWN
from fazhi_analysis.presenting.pages.year_over_year import YearOverYear
from fazhi_analysis.presenting.wording.naming import unit_of


def tell(teller: Teller) -> None:
    """Say what the figures say."""
    page = YearOverYear("year_over_year", teller.place_year, teller.words)
    if teller.place_year.baseline is None:
        _one_year(teller, page)
    else:
        _compared(teller, page)


def _one_year(teller: Teller, page: YearOverYear) -> None:
    place_year = teller.place_year
    here: dict[str, Any] = {"place": _place(teller), "year": teller.year(place_year.year)}
    sources = teller.report_sources(place_year.year)
    teller.say("done", "done.single", sources, **here)
    usable = page.usable()
    if not usable:
        teller.say("done", "done.no_figures", sources, **here)
        return
    teller.say("done", "done.single_counts", sources, n=teller.count([str(row["row_id"]) for row in usable]))
    for direction in ("lower_better", "higher_better"):
        rates = [row for row in usable if row["kind"] == "rate" and _direction(row) == direction]
        if rates:
            cited = [teller.row_source(str(row["row_id"])) for row in rates]
            items = teller.listed([_standing(teller, row) for row in rates])
            teller.say("done", f"done.single_{direction}", cited, n=teller.count(_ids(rates)), list=items)


def _compared(teller: Teller, page: YearOverYear) -> None:
    place_year = teller.place_year
    years = {"year": teller.year(place_year.year), "baseline": teller.year(int(place_year.baseline or 0))}
    sources = teller.report_sources(place_year.year, int(place_year.baseline or 0))
    if not page.compared:
        teller.say("done", "done.nothing_compared", sources, **years)
    else:
        parts = [
            teller.phrases.fill(f"part.{verdict}", n=teller.count([_key(row) for row in rows]))
            for verdict in SHOWN
            if (rows := [row for row in page.plain if row["verdict"] == verdict and not page.is_slight(row)])
        ]
        if slight := [row for row in page.plain if page.is_slight(row)]:
            parts.append(teller.phrases.fill("part.slight", n=teller.count([_key(row) for row in slight])))
        if page.doubted:
            parts.append(teller.phrases.fill("part.doubtful", n=teller.count([_key(row) for row in page.doubted])))
        listed: list[Any] = ["：" if teller.words.lang == "zh" else ": ", *teller.listed(parts)]
        everything = teller.count([_key(row) for row in page.compared])
        teller.say("done", "done.compared", sources, **years, n=everything, parts=listed)
    named = page.named
    for row in named:
        _change(teller, row, years)
    worse = [row for row in page.plain if row["verdict"] == "worsened" and row not in named]
    _other_worse(teller, "worse", [row for row in worse if not page.is_slight(row)])
    _other_worse(teller, "worse_slight", [row for row in worse if page.is_slight(row)])
    if any(row["verdict"] in ("increased", "decreased") for row in named):
        teller.say("done", "done.neutral")
    _left_out(teller, page, sources)


def _change(teller: Teller, row: Row, years: dict[str, Piece]) -> None:
    later, earlier = str(row["row"]), str(row["baseline_row"])
    rises = row["change_lower"] > 0
    low, high = sorted((abs(row["change_lower"]), abs(row["change_upper"])))
    delta = Piece(teller.amount(round(low, 6), round(high, 6), unit_of(row)), "change", (earlier, later))
    kind = "rate" if row["kind"] == "rate" else "count"
    verb = teller.phrases.plain(f"verb.{'up' if rises else 'down'}_{kind}")
    certainty = str(row.get("certainty") or "")
    doubt = f"doubt.{certainty}"
    teller.say(
        "done",
        "done.change",
        [teller.row_source(later), teller.row_source(earlier)],
        name=teller.name(row, later),
        after=teller.figure(row, later),
        before=teller.figure(row, earlier, "baseline_"),
        baseline=years["baseline"],
        verb=Piece(verb, "verdict", (earlier, later)),
        delta=delta,
        relative=_relative(teller, row),
        verdict=Piece(teller.phrases.plain(f"verdict.{row['verdict']}"), "verdict", (earlier, later)),
        doubt=Piece(teller.phrases.plain(doubt), "reason", (earlier, later)) if teller.phrases.has(doubt) else "",
    )


def _other_worse(teller: Teller, key: str, rows: list[Row]) -> None:
    """Changes for the worse that are no headline: what improved must not be all that is told."""
    if not rows:
        return
    items = []
    for row in rows:
        later, earlier = str(row["row"]), str(row["baseline_row"])
        fields = {
            "name": teller.name(row, later),
            "after": teller.figure(row, later),
            "before": teller.figure(row, earlier, "baseline_"),
        }
        why = f"worse_why.{row.get('certainty') or ''}"
        doubt = Piece(teller.phrases.plain(why), "reason", (earlier, later)) if teller.phrases.has(why) else ""
        items.append(teller.phrases.fill("done.worse_one", doubt=doubt, **fields))
    cited = [teller.row_source(str(row[side])) for row in rows for side in ("row", "baseline_row")]
    listed = teller.listed(items, "semicolon")
    teller.say("done", f"done.{key}", cited, n=teller.count([_key(row) for row in rows]), list=listed)


def _relative(teller: Teller, row: Row) -> Any:
    """The change in percent, where both figures are exact and the base is not zero."""
    low, high = row["relative_lower"], row["relative_upper"]
    if low != high or abs(low) == float("inf"):
        return ""
    percent = abs(low) * 100
    text = f"{percent:.1f}".rstrip("0").rstrip(".") if percent < 100 else f"{percent:.0f}"
    share = Piece(f"{text}%", "change", (str(row["baseline_row"]), str(row["row"])))
    return [*teller.phrases.fill("relative", share=share)]


def _left_out(teller: Teller, page: YearOverYear, sources: list[Any]) -> None:
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
        teller.phrases.fill(f"done.{name}", n=teller.count([_key(row) for row in found]))
        for name, found in groups.items()
        if found
    ]
    if parts:
        teller.say("done", "done.left_out", sources, parts=teller.listed(parts, "semicolon"))


def _key(row: Row) -> str:
    """The id of a comparison: that of its later row, or of its earlier one where there is no later."""
    return str(row["row"] or row["baseline_row"])


def _direction(row: Row) -> str:
    from fazhi_analysis.presenting.wording.naming import catalogue

    identity = str(row.get("indicator_id") or "")
    return catalogue()[identity].direction if identity in catalogue() else "neutral"


def _standing(teller: Teller, row: Row) -> list[Any]:
    """A figure with its name, and what the checks say against it: all are named, the doubted ones as doubted."""
    identity = str(row["row_id"])
    said: list[Any] = [teller.name(row, identity), _gap(teller), teller.figure(row, identity)]
    if identity in teller.doubted:
        said.append(teller.phrases.fill("done.doubted"))
    return said


def _ids(rows: list[Row]) -> list[str]:
    return [str(row["row_id"]) for row in rows]


def _place(teller: Teller) -> Piece:
    return Piece(teller.place_year.place, "name")


def _gap(teller: Teller) -> str:
    return "" if teller.words.lang == "zh" else " "
