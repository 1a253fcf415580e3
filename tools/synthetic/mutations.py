"""Single faults in clean reports, with truth: what was changed, which rule should say so, and how surely.

:func:`mutate` takes a clean report and a kind, and returns the report with exactly one fault, or None when the report
has no place for it (no such identity, no claim that the year before could refute).
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from . import printing
from .figures import BASES, NESTED, RATIOS, SUMS
from .printing import Figure
from .reports import NUMERALS, Close, Head, Open, SyntheticReport, make_report
from .sites import Pieces, Site, attainable, digit_changes, fits, paragraphs, sites


@dataclass(frozen=True, slots=True)
class Kind:
    """One class of faults. ``rules``: any of these may report it; ``arithmetic``: figures of the report alone prove it;
    ``previous``: only the report of the year before shows it."""

    name: str
    rules: tuple[str, ...]
    severity: str
    arithmetic: bool
    previous: bool
    apply: Callable[[Pieces, SyntheticReport, random.Random], tuple[Pieces, tuple[str, ...], str] | None]


def _rate(figure: Figure, number: str) -> Figure:
    shown = Decimal(number)
    half = Decimal(1).scaleb(int(shown.as_tuple().exponent)) / 2
    return printing.renumbered(
        figure, number, float(shown), float(max(shown - half, Decimal(0))), float(min(shown + half, Decimal(100)))
    )


def _count(figure: Figure, number: str) -> Figure:
    return printing.renumbered(figure, number, int(number), int(number), int(number))


def _ratio_sites(pieces: Pieces) -> list[tuple[str, Site]]:
    return [
        (rate, site) for rate, (part, whole) in RATIOS.items() for site in sites(pieces, (part, whole, rate))
    ]  # fmt: skip


def _figure(pieces: Pieces, index: int) -> Figure:
    piece = pieces[index]
    assert isinstance(piece, Figure)
    return piece


def _rate_digit(pieces: Pieces, _: SyntheticReport, rng: random.Random):  # type: ignore[no-untyped-def]
    found = _ratio_sites(pieces)
    rng.shuffle(found)
    for rate, site in found:
        part, whole = RATIOS[rate]
        old = _figure(pieces, site[rate])
        counts = _figure(pieces, site[part]).value, _figure(pieces, site[whole]).value
        for number in digit_changes(old.number, rng):
            if Decimal(number) <= 100 and not fits(*counts, number):
                pieces[site[rate]] = _rate(old, number)
                return pieces, (part, whole, rate), f"{old.text} -> {number}%"
    return None


def _count_digit(pieces: Pieces, _: SyntheticReport, rng: random.Random):  # type: ignore[no-untyped-def]
    found = _ratio_sites(pieces)
    rng.shuffle(found)
    for rate, site in found:
        part, whole = RATIOS[rate]
        shown = _figure(pieces, site[rate]).number
        slot = rng.choice((part, whole))
        old = _figure(pieces, site[slot])
        for number in digit_changes(old.number, rng):
            values = {key: _figure(pieces, site[key]).value for key in (part, whole)} | {slot: int(number)}
            if values[whole] and not fits(values[part], values[whole], shown):
                pieces[site[slot]] = _count(old, number)
                return pieces, (part, whole, rate), f"{old.text} -> {number}"
    return None


def _base_rate_digit(pieces: Pieces, _: SyntheticReport, rng: random.Random):  # type: ignore[no-untyped-def]
    for rate, whole in BASES.items():
        for site in sites(pieces, (whole, rate)):
            old = _figure(pieces, site[rate])
            for number in digit_changes(old.number, rng):
                if Decimal(number) <= 100 and not attainable(_figure(pieces, site[whole]).value, number):
                    pieces[site[rate]] = _rate(old, number)
                    return pieces, (whole, rate), f"{old.text} -> {number}%"
    return None


def _sum_digit(pieces: Pieces, _: SyntheticReport, rng: random.Random):  # type: ignore[no-untyped-def]
    found = [(total, site) for total, parts in SUMS.items() for site in sites(pieces, (*parts, total))]
    if not found:
        return None
    site = rng.choice(found)[1]
    slot = rng.choice(list(site))
    old = _figure(pieces, site[slot])
    number = next(iter(digit_changes(old.number, rng)))
    pieces[site[slot]] = _count(old, number)
    return pieces, tuple(site), f"{old.text} -> {number}"


def _part_dropped(pieces: Pieces, _: SyntheticReport, rng: random.Random):  # type: ignore[no-untyped-def]
    found = [
        (total, site) for total, parts in SUMS.items() if len(parts) > 2 for site in sites(pieces, (*parts, total))
    ]  # fmt: skip
    if not found:
        return None
    total, site = rng.choice(found)
    slot = rng.choice(SUMS[total][1:])
    index = site[slot]
    dropped = _figure(pieces, index).text
    del pieces[index - 1 : index + 1]
    return pieces, tuple(key for key in site if key != slot), f"without {slot} {dropped}"


def _unit_in_ratio(pieces: Pieces, _: SyntheticReport, rng: random.Random):  # type: ignore[no-untyped-def]
    found = [(rate, site) for rate, site in _ratio_sites(pieces) if _figure(pieces, site[RATIOS[rate][0]]).value]
    if not found:
        return None
    rate, site = rng.choice(found)
    slot = rng.choice(RATIOS[rate])
    old = _figure(pieces, site[slot])
    text = old.text.replace(old.number, f"{old.number}万", 1)
    low, high = old.value * 10_000 - 5000, old.value * 10_000 + 5000
    pieces[site[slot]] = replace(old, text=text, value=old.value * 10_000, lower=low, upper=high)
    return pieces, (*RATIOS[rate], rate), f"{old.text} -> {text}"


def _measure_word(pieces: Pieces, _: SyntheticReport, rng: random.Random):  # type: ignore[no-untyped-def]
    other = {"件": "人", "场次": "人次", "次": "名"}
    found = [(total, site) for total, parts in SUMS.items() for site in sites(pieces, (*parts, total))]
    found = [(total, site) for total, site in found if _figure(pieces, site[total]).unit in other]
    if not found:
        return None
    total, site = rng.choice(found)
    old = _figure(pieces, site[total])
    unit = other[old.unit]
    pieces[site[total]] = replace(old, text=old.text.replace(old.unit, unit), unit=unit)
    return pieces, tuple(site), f"{old.text} -> {unit}"


def _paragraph_copied(pieces: Pieces, _: SyntheticReport, rng: random.Random):  # type: ignore[no-untyped-def]
    found = [
        (start, end)
        for start, end in paragraphs(pieces)
        if sum(isinstance(piece, Figure) for piece in pieces[start:end]) >= 3
    ]
    later = [(first, target) for first in found for target, _ in paragraphs(pieces) if target > first[1]]
    if not later:
        return None
    (start, end), target = rng.choice(later)
    copied = pieces[start:end]
    slots = tuple(dict.fromkeys(piece.slot for piece in copied if isinstance(piece, Figure)))
    pieces[target:target] = [Open("copy"), *copied, Close()]
    pieces[start:end] = [Open("original"), *copied, Close()]
    return pieces, slots, f"{len(slots)} figures printed twice"


def _section_skipped(pieces: Pieces, _: SyntheticReport, rng: random.Random):  # type: ignore[no-untyped-def]
    heads = [index for index, piece in enumerate(pieces) if isinstance(piece, Head) and piece.level == 1]
    cut = rng.randrange(1, len(heads) - 1)
    for order, index in enumerate(heads[cut:], cut):
        head = pieces[index]
        assert isinstance(head, Head)
        pieces[index] = replace(head, number=str(order + 2) if head.arabic else NUMERALS[order + 1])
    return pieces, (), f"no section {cut + 1}"


def _nested_swapped(pieces: Pieces, _: SyntheticReport, rng: random.Random):  # type: ignore[no-untyped-def]
    for less, more in NESTED:
        for site in sites(pieces, (less, more)):
            one, two = _figure(pieces, site[less]), _figure(pieces, site[more])
            if one.value == two.value:
                continue
            pieces[site[less]], pieces[site[more]] = _count(one, two.number), _count(two, one.number)
            return pieces, (less, more), f"{one.text}{two.text} swapped"
    return None


def _rate_over(pieces: Pieces, _: SyntheticReport, rng: random.Random):  # type: ignore[no-untyped-def]
    rates = [
        index for index, piece in enumerate(pieces)
        if isinstance(piece, Figure) and piece.unit == "%" and piece.slot[0] not in "+^>" and 0 < piece.value < 100
    ]  # fmt: skip
    if not rates:
        return None
    index = rng.choice(rates)
    old = _figure(pieces, index)
    pieces[index] = _rate(old, f"1{old.number.zfill(len(old.number) + (old.value < 10))}")
    return pieces, (old.slot,), f"{old.text} -> 1{old.text}"


def _over_no_room(pieces: Pieces, _: SyntheticReport, rng: random.Random):  # type: ignore[no-untyped-def]
    shared = {slot for parts in RATIOS.items() for slot in (parts[0], *parts[1])}
    shared |= (
        {slot for total, parts in SUMS.items() for slot in (total, *parts)} | set(sum(NESTED, ())) | set(BASES.values())
    )
    plain = [
        index
        for index, piece in enumerate(pieces)
        if isinstance(piece, Figure)
        and (piece.qualifier, piece.kind, piece.role, piece.change) == ("exact", "count", "result", "level")
        and piece.slot not in shared
        and piece.text == f"{piece.number}{piece.unit}"
        and piece.value > 20
        and piece.value % 10
    ]
    if not plain:
        return None
    index = rng.choice(plain)
    old = _figure(pieces, index)
    pieces[index] = replace(old, text=f"{old.number}余{old.unit}", upper=old.value + 1, qualifier="over")
    return pieces, (old.slot,), f"{old.text} -> 余"


def _conflicting(pieces: Pieces, _: SyntheticReport, rng: random.Random):  # type: ignore[no-untyped-def]
    first = [i for i, piece in enumerate(pieces) if isinstance(piece, Figure) and piece.slot == "rec_done"]
    if len(first) < 2:
        return None
    old = _figure(pieces, first[0])
    ceiling = [
        _figure(pieces, i).value for i, p in enumerate(pieces) if isinstance(p, Figure) and p.slot == "rec_accepted"
    ]
    for number in digit_changes(old.number, rng):
        if int(number) > 1 and int(number) <= (ceiling[0] if ceiling else 10**9):
            pieces[first[0]] = _count(old, number)
            return pieces, ("rec_done",), f"{old.text} and {number}"
    return None


def _marker_stray(pieces: Pieces, _: SyntheticReport, rng: random.Random):  # type: ignore[no-untyped-def]
    marks = [index for start, end in paragraphs(pieces) for index in range(start, end) if pieces[index] == "二是"]
    if not marks:
        return None
    pieces[rng.choice(marks)] = "四是"
    return pieces, (), "四是 where 二是 should be"


def _before(report: SyntheticReport) -> dict[str, Figure]:
    earlier = make_report(report.seed, report.place, report.year - 1)
    return {piece.slot: piece for piece in earlier.pieces if isinstance(piece, Figure)}


def _wan_slipped(pieces: Pieces, report: SyntheticReport, rng: random.Random):  # type: ignore[no-untyped-def]
    before = _before(report)
    found = [
        index for index, piece in enumerate(pieces)
        if isinstance(piece, Figure) and "万" in piece.text and piece.slot in before and "万" in before[piece.slot].text
    ]  # fmt: skip
    if not found:
        return None
    index = rng.choice(found)
    old = _figure(pieces, index)
    pieces[index] = replace(
        old, text=old.text.replace("万", "", 1), value=old.value / 1e4, lower=old.lower / 1e4, upper=old.upper / 1e4
    )
    return pieces, (old.slot,), f"{old.text} without 万; last year {before[old.slot].text}"


def _claim_altered(pieces: Pieces, report: SyntheticReport, rng: random.Random):  # type: ignore[no-untyped-def]
    before = _before(report)
    now = {piece.slot: piece for piece in pieces if isinstance(piece, Figure)}
    claims = [i for i, p in enumerate(pieces) if isinstance(p, Figure) and p.slot[0] == "+" and p.slot[1:] in before]
    rng.shuffle(claims)
    for index in claims:
        old = _figure(pieces, index)
        new, past = now[old.slot[1:]], before[old.slot[1:]]
        low, high = 100 * (new.lower / past.upper - 1), 100 * (new.upper / past.lower - 1)
        for number in digit_changes(old.number, rng):
            claimed = -float(number) if old.falls else float(number)
            if claimed + 0.5 < low or claimed - 0.5 > high:
                shown = float(number)
                pieces[index] = printing.renumbered(old, number, shown, shown - 0.05, shown + 0.05)
                return pieces, (old.slot[1:], old.slot), f"{old.text} -> {number}%; last year {past.text}"
    return None


def _claim_flipped(pieces: Pieces, report: SyntheticReport, rng: random.Random):  # type: ignore[no-untyped-def]
    before = _before(report)
    now = {piece.slot: piece for piece in pieces if isinstance(piece, Figure)}
    for index, piece in enumerate(pieces):
        if not (isinstance(piece, Figure) and piece.slot[0] == "+" and piece.slot[1:] in before and piece.value > 2):
            continue
        new, past = now[piece.slot[1:]], before[piece.slot[1:]]
        if new.lower <= past.upper and past.lower <= new.upper:
            continue
        words = ("同比增长", "同比下降")
        pieces[index - 1] = str(pieces[index - 1]).replace(words[piece.falls], words[not piece.falls])
        pieces[index] = replace(piece, falls=not piece.falls)
        return pieces, (piece.slot[1:], piece.slot), f"direction of {piece.text} turned; last year {past.text}"
    return None


KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind("rate_digit", ("ratio",), "error", True, False, _rate_digit),
        Kind("count_digit", ("ratio", "part_exceeds_whole"), "error", True, False, _count_digit),
        Kind("sum_digit", ("sum", "part_exceeds_whole"), "error", True, False, _sum_digit),
        Kind("part_dropped", ("sum",), "error", True, False, _part_dropped),
        Kind("unit_in_ratio", ("ratio", "part_exceeds_whole"), "error", True, False, _unit_in_ratio),
        Kind("nested_swapped", ("part_exceeds_whole",), "error", True, False, _nested_swapped),
        Kind("rate_over_hundred", ("bounds",), "error", True, False, _rate_over),
        Kind("base_rate_digit", ("attainable_rate",), "warning", True, False, _base_rate_digit),
        Kind("conflicting", ("conflicting_values",), "warning", True, False, _conflicting),
        Kind("paragraph_copied", ("repeated_passage",), "warning", True, False, _paragraph_copied),
        Kind("section_skipped", ("section_number",), "warning", False, False, _section_skipped),
        Kind("marker_stray", ("list_marker",), "warning", False, False, _marker_stray),
        Kind("over_no_room", ("odd_wording",), "note", False, False, _over_no_room),
        Kind("measure_word", ("odd_wording",), "note", False, False, _measure_word),
        Kind("wan_slipped", ("magnitude",), "warning", False, True, _wan_slipped),
        Kind("claim_altered", ("claimed_change",), "warning", False, True, _claim_altered),
        Kind("claim_flipped", ("claimed_change",), "warning", False, True, _claim_flipped),
    )
}


def mutate(report: SyntheticReport, kind: str, seed: int = 0) -> SyntheticReport | None:
    """The report with one fault of this kind, or None when it has no place for one.

    >>> bad = mutate(make_report(1, 0, 2023), "rate_digit", 4)
    >>> [fault["rule"] for fault in bad.truth["faults"]], len(bad.truth["faults"][0]["evidence"])
    (['ratio'], 3)
    """
    what = KINDS[kind]
    done = what.apply(list(report.pieces), report, random.Random(f"{seed}/{kind}/{report.report_id}"))
    if done is None:
        return None
    pieces, slots, note = done
    fault = {
        "id": "F1", "rule": what.rules[0], "rules": list(what.rules), "severity": what.severity, "kind": kind,
        "arithmetic": what.arithmetic, "where": "audit_with_previous" if what.previous else "audit", "note": note,
        "slots": list(slots), "spans": ["original", "copy"] if kind == "paragraph_copied" else [],
    }  # fmt: skip
    return replace(report, pieces=tuple(pieces), faults=(fault,))


def mutants(count: int, seed: int = 0, kinds: tuple[str, ...] | None = None) -> Iterator[SyntheticReport]:
    """Seeded single mutations of fresh clean reports, the kinds in turn, as many as asked for."""
    names, index, made = list(kinds or KINDS), 0, 0
    while made < count:
        report = make_report(seed, index % 5000, 2018 + index % 7)
        mutated = mutate(report, names[made % len(names)], seed)
        index += 1
        if mutated is not None:
            made += 1
            yield mutated
