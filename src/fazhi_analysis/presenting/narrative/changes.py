"""What was done: the year's figures, with direction and certainty where there is an earlier year."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from fazhi_analysis.analysis.comparing.headline_changes import ComparedChange, ComparedYears
from fazhi_analysis.analysis.comparing.reasons import COMPARED
from fazhi_analysis.analysis.stored_rows import MetricRow
from fazhi_analysis.presenting.narrative.builder import NarrativeBuilder
from fazhi_analysis.presenting.narrative.narrative import Piece, Source
from fazhi_analysis.presenting.wording.naming import catalogue, unit_of


def tell(builder: NarrativeBuilder) -> None:
    """Say what the figures say."""
    if builder.place_year.baseline is None:
        _one_year(builder)
    else:
        _compared(builder, builder.place_year.changes, builder.place_year.baseline)


def _one_year(builder: NarrativeBuilder) -> None:
    place_year = builder.place_year
    here: dict[str, Any] = {"place": builder.place(), "year": builder.year(place_year.year)}
    sources = builder.report_sources(place_year.year)
    usable = place_year.usable()
    if not usable:
        builder.say("done", "changes.no_figures", sources, **here)
        builder.say("done", "changes.single", sources, **here)
        return
    builder.say("done", "changes.single_counts", sources, n=builder.count_rows(usable))
    for direction in ("lower_better", "higher_better"):
        rates = [row for row in usable if row["kind"] == "rate" and _direction(row) == direction]
        if rates:
            cited = [builder.row_source(row["row_id"]) for row in rates]
            items = builder.listed([_standing(builder, row) for row in rates])
            builder.say("done", f"changes.single_{direction}", cited, n=builder.count_rows(rates), list=items)
    builder.say("done", "changes.single", sources, **here)


def _compared(builder: NarrativeBuilder, changes: ComparedYears, baseline: int) -> None:
    years = {"year": builder.year(builder.place_year.year), "baseline": builder.year(baseline)}
    sources = builder.report_sources(builder.place_year.year, baseline)
    if not changes.compared:
        builder.say("done", "changes.nothing_compared", sources, **years)
    for one in changes.headline:
        _change(builder, one, years)
    _other_worse(builder, "worse", [one for one in changes.other_worse if not one.is_slight])
    _other_worse(builder, "worse_slight", [one for one in changes.other_worse if one.is_slight])
    if changes.compared:
        parts = _counted(builder, "part", {word: changes.counted(word) for word in (*COMPARED, "slight", "doubtful")})
        listed: list[Any] = ["：" if builder.words.lang == "zh" else ": ", *builder.listed(parts)]
        builder.say("done", "changes.compared", sources, **years, n=_count(builder, changes.compared), parts=listed)
    _left_out(builder, changes, sources)


def _count(builder: NarrativeBuilder, changes: Sequence[ComparedChange]) -> Piece:
    return builder.count([one.id for one in changes])


def _counted(builder: NarrativeBuilder, key: str, groups: dict[str, tuple[ComparedChange, ...]]) -> list[Any]:
    """How many comparisons each group has; a group without any is left out."""
    return [
        builder.phrases.fill(f"{key}.{name}", n=_count(builder, changes)) for name, changes in groups.items() if changes
    ]


def _change(builder: NarrativeBuilder, one: ComparedChange, years: dict[str, Piece]) -> None:
    row = one.row
    low, high = sorted((abs(row["change_lower"]), abs(row["change_upper"])))
    kind = "rate" if row["kind"] == "rate" else "count"
    verb = builder.phrases.plain(f"verb.{'up' if row['change_lower'] > 0 else 'down'}_{kind}")
    builder.say(
        "done",
        "changes.change",
        [builder.row_source(row["row"]), builder.row_source(row["baseline_row"])],
        name=builder.name(row, row["row"]),
        after=builder.figure(row, row["row"]),
        before=builder.earlier_figure(row),
        baseline=years["baseline"],
        verb=Piece(verb, "verdict", one.ids),
        delta=Piece(builder.amount(round(low, 6), round(high, 6), unit_of(row)), "change", one.ids),
        relative=_relative(builder, one),
        verdict=Piece(builder.phrases.plain(f"verdict_clause.{one.verdict}"), "verdict", one.ids),
        doubt=_certainty(builder, one, "doubt"),
    )


def _certainty(builder: NarrativeBuilder, one: ComparedChange, key: str) -> Piece | str:
    """That it is counted differently since, and whether the change is real, as far as there are words for it."""
    names = [*([f"{key}.law_changed"] if one.is_broken else []), f"{key}.{one.certainty}"]
    reason = "".join(builder.phrases.plain(name) for name in names if builder.phrases.has(name))
    return Piece(reason, "reason", one.ids) if reason else ""


def _other_worse(builder: NarrativeBuilder, key: str, changes: Sequence[ComparedChange]) -> None:
    """Changes for the worse that are no headline: what improved must not be all that is reported."""
    if not changes:
        return
    items = [
        builder.phrases.fill(
            "changes.worse_one",
            doubt=_certainty(builder, one, "worse_why"),
            name=builder.name(one.row, one.row["row"]),
            after=builder.figure(one.row, one.row["row"]),
            before=builder.earlier_figure(one.row),
        )
        for one in changes
    ]
    cited = [builder.row_source(identity) for one in changes for identity in reversed(one.ids)]
    listed = builder.listed(items, "semicolon")
    builder.say("done", f"changes.{key}", cited, n=_count(builder, changes), list=listed)


def _relative(builder: NarrativeBuilder, one: ComparedChange) -> Any:
    """The change in percent, where both figures are exact and the base is not zero."""
    low, high = one.row["relative_lower"], one.row["relative_upper"]
    if low != high or abs(low) == float("inf"):
        return ""
    percent = abs(low) * 100
    text = f"{percent:.1f}".rstrip("0").rstrip(".") if percent < 100 else f"{percent:.0f}"
    share = Piece(f"{text}%", "change", one.ids)
    return [*builder.phrases.fill("punctuation.in_brackets", share=share)]


def _left_out(builder: NarrativeBuilder, changes: ComparedYears, sources: list[Source]) -> None:
    """What one year alone gives, or what cannot be compared; the sentence before counts everything else."""
    groups = {
        "not_comparable": changes.counted("not_comparable"),
        "selection": changes.counted("selection"),
    }
    parts = _counted(builder, "changes", groups)
    if parts:
        builder.say("done", "changes.left_out", sources, parts=builder.listed(parts, "semicolon"))


def _direction(row: MetricRow) -> str:
    identity = row["indicator_id"]
    return str(catalogue()[identity].direction) if identity in catalogue() else "neutral"


def _standing(builder: NarrativeBuilder, row: MetricRow) -> list[Any]:
    """A figure with its name, and what the checks say against it: all are named, the doubted ones as doubted."""
    pieces: list[Any] = builder.named_figure(row)
    if row["row_id"] in builder.place_year.doubts:
        pieces.append(builder.phrases.fill("changes.doubted"))
    return pieces
