"""What changed: the changes that matter most, in sentences with both figures."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, Final

from fazhi_analysis.analysis.comparing.headline_changes import ComparedChange
from fazhi_analysis.analysis.place_year import PlaceYear
from fazhi_analysis.analysis.result_rows import ChangeRow
from fazhi_analysis.presenting.narrative.builder import NarrativeBuilder
from fazhi_analysis.presenting.narrative.narrative import Narrative, Piece
from fazhi_analysis.presenting.wording.name_with_figure import counted
from fazhi_analysis.presenting.wording.naming import catalogue
from fazhi_analysis.presenting.wording.numbers import unit_text
from fazhi_analysis.presenting.wording.page_texts import Words

_CHANGES: Final = 4
_MANY: Final = 200
_BY_CHANCE: Final = ("within_chance", "small_base", "maybe_small_base")


def named_changes(place_year: PlaceYear) -> tuple[ComparedChange, ...]:
    """The changes that the brief names, in its order: one fewer where others became worse."""
    return place_year.changes.headline[: _CHANGES - bool(place_year.changes.other_worse)]


def leading_change(place_year: PlaceYear, words: Words) -> Narrative | None:
    """The first change that the brief names, alone; None where it names none."""
    named = named_changes(place_year)
    if not named:
        return None
    builder = NarrativeBuilder(place_year, words)
    _change(builder, named[0])
    return Narrative("", words.lang, tuple(builder.sentences), {"changed": ""}, "")


def tell_what_changed(builder: NarrativeBuilder) -> None:
    """The changes that matter most, then what became worse without being among them."""
    place_year = builder.place_year
    changes, baseline = place_year.changes, builder.year(place_year.baseline or 0)
    for one in named_changes(place_year):
        _change(builder, one)
    plain = [one for one in changes.other_worse if not one.is_slight][:2]
    if plain:
        listed = builder.listed([_worse(builder, one) for one in plain])
        builder.say("changed", "brief.also_worse", _figures(builder, plain), list=listed)
    slight = [one for one in changes.other_worse if one.is_slight][:2]
    if slight:
        listed = builder.listed([[_worse(builder, one), _why_slight(builder, one)] for one in slight], "semicolon")
        builder.say("changed", "brief.slightly_worse", _figures(builder, slight), list=listed)
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
    hedges = [*(["brief.hedge_law_changed"] if one.is_broken else []), f"brief.hedge_{one.certainty}"]
    builder.say(
        "changed",
        f"brief.{key}",
        _figures(builder, [one]),
        name=builder.name(row, row["row"]),
        before=_earlier(builder, row),
        after=builder.figure(row, row["row"]),
        relative=_relative(builder, one, rising=rising),
        verdict=_verdict(builder, one),
        hedge=[say(hedge) for hedge in hedges if builder.phrases.has(hedge)],
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
    """The change in percent, or in times from a doubling on, where the rounding of the figures leaves it certain."""
    low, high = one.row["relative_lower"], one.row["relative_upper"]
    percent = f"{abs(low) * 100:.1f}" if abs(low) < float("inf") else ""
    if not percent or not low or percent != f"{abs(high) * 100:.1f}":
        return ""
    share = Piece(percent.removesuffix(".0") + "%", "change", one.ids)
    if abs(low) < 1:
        return builder.phrases.fill("brief.more" if rising else "brief.less", share=share)
    folds = abs(low) + (builder.words.lang == "en")  # 增2.4倍 is 3.4-fold
    times = Piece(f"{folds:.1f}".rstrip("0").rstrip("."), "change", one.ids)
    return builder.phrases.fill("brief.times", times=times, share=share)


def _why_slight(builder: NarrativeBuilder, one: ComparedChange) -> Any:
    """Why a change for the worse may mean nothing: the rate rests on few cases in one of the years, or it is small."""
    row = one.row
    sides = ((row["baseline_base"], row["baseline_year"]), (row["base"], row["year"]))
    fewest, year = min(((base, year) for base, year in sides if base), default=(_MANY, 0))
    if one.certainty not in _BY_CHANCE or fewest >= _MANY:
        return builder.phrases.fill("brief.small_change")
    fields = {"n": Piece(f"{fewest:.0f}", "change", one.ids), "year": builder.year(year)}
    known = catalogue()
    base = known[row["indicator_id"]].denominator if row["indicator_id"] in known else ""
    if base not in known:
        return builder.phrases.fill("brief.few_cases", **fields)
    english = builder.words.lang == "en"
    name = known[base].name_en if english else counted(known[base].name_zh, known[base].unit)
    if not english:
        fields["n"] = Piece(f"{fewest:.0f}{unit_text(known[base].unit, builder.words)}", "change", one.ids)
    return builder.phrases.fill("brief.few_of", name=Piece(name, "name", one.ids[:1]), **fields)


def _worse(builder: NarrativeBuilder, one: ComparedChange) -> Any:
    row = one.row
    after, before = builder.figure(row, row["row"]), builder.earlier_figure(row)
    name = builder.name(row, row["row"])
    return builder.phrases.fill(f"brief.worse_{_direction(row)}", name=name, after=after, before=before)


def _direction(row: ChangeRow) -> str:
    """Which verb says how a figure moved; none says it where the two intervals do not tell."""
    if row["change_lower"] <= 0 <= row["change_upper"]:
        return "either"
    return ("up" if row["change_lower"] > 0 else "down") + ("_rate" if row["kind"] == "rate" else "")
