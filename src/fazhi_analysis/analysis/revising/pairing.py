"""Which row of the new version is which row of the old one: by the words around it first, then by what it counts."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Hashable, Sequence
from typing import Any

from fazhi_analysis.analysis.revising.version import Row, Version

Pairs = dict[int, int]
"""Number of a row of the old version: number of the same row in the new version."""

ALIKE = 0.6
"""Clauses that share less than this of their characters are different clauses."""
_STATEMENTS_ALIKE = 0.5
_NUMBER = re.compile(r"[0-9０-９零〇一二三四五六七八九十百千万亿.．,，%％]+")
_ENDS = "。；！？;!?\n"
_WHAT = ("indicator_id", "kind", "unit", "scope", "subject", "period", "role", "change", "aspect", "base")


def pair_figures(old: Version, new: Version) -> Pairs:
    """Pairs of figures: the same sentence first, then one with other numbers, then a similar one about the same."""
    by = _words_of(old, new)
    before, after = _Figures(old, by), _Figures(new, by)
    pairs: Pairs = {}
    for key in (_Figures.exact, _Figures.with_other_numbers):
        _pair_equal(before, after, key, pairs)
    _pair_similar(before, after, pairs)
    return pairs


def pair_statements(old: Version, new: Version) -> Pairs:
    """Pairs of problems and next steps: the same words, then the most similar ones of a kind."""
    from rapidfuzz import fuzz

    before = [(row["kind"], "".join(str(row["text"]).split())) for row in old.statements]
    after = [(row["kind"], "".join(str(row["text"]).split())) for row in new.statements]
    pairs: Pairs = {}
    _pair_keys(before, after, pairs)
    scored = [
        (fuzz.ratio(before[i][1], after[j][1]) / 100, i, j)
        for i, j in _open(len(before), len(after), pairs)
        if before[i][0] == after[j][0]
    ]
    _take_best([entry for entry in scored if entry[0] >= _STATEMENTS_ALIKE], pairs)
    return pairs


def moved(pairs: Pairs) -> set[int]:
    """Rows of the old version that stand in another order in the new one; as few as explain the new order.

    >>> moved({0: 0, 1: 3, 2: 1, 3: 2})
    {1}
    """
    order = [pairs[number] for number in sorted(pairs)]
    tails: list[int] = []  # the least last element of an increasing run of each length
    at: list[int] = []
    for place in order:
        length = bisect_left(tails, place)
        tails[length : length + 1] = [place]
        at.append(length)
    kept, wanted = set(), len(tails) - 1
    for number, length in reversed(list(zip(sorted(pairs), at, strict=True))):
        if length == wanted:
            kept.add(number)
            wanted -= 1
    return set(pairs) - kept


class _Figures:
    """The figures of a version with the words around each, spaces left out, and its place among those of the words."""

    def __init__(self, version: Version, by: str) -> None:
        self.rows = version.figures
        text = version.text if by == "text" else None
        self.sentences = [_sentence(row, text, by) for row in self.rows]
        seen: dict[tuple[str, Any], int] = defaultdict(int)
        self.places = []
        for row, (sentence, start) in zip(self.rows, self.sentences, strict=True):
            key = (sentence, start if start is not None else row.get("section"))
            self.places.append(seen[key])
            seen[key] += 1

    def exact(self, number: int) -> Hashable:
        row = self.rows[number]
        return self.sentences[number][0], self.places[number], row["value"], row["unit"], row["qualifier"]

    def with_other_numbers(self, number: int) -> Hashable:
        return _masked(self.sentences[number][0]), self.places[number], _what(self.rows[number])


def _words_of(old: Version, new: Version) -> str:
    """What distinguishes figures: their sentences where both texts are kept, else their clauses, else their labels."""
    if old.text is not None and new.text is not None:
        return "text"
    return "quote" if all(row.get("quote") for row in (*old.figures, *new.figures)) else "label"


def _sentence(row: Row, text: str | None, by: str) -> tuple[str, int | None]:
    """The sentence that a figure stands in, without spaces, and where it begins; else its clause or label."""
    start, end = row.get("start"), row.get("end")
    if text is None or start is None or end is None:
        return "".join(str(row.get("label" if by == "text" else by) or "").split()), None
    first = max(text.rfind(mark, 0, start) for mark in _ENDS) + 1
    last = min((at for mark in _ENDS if (at := text.find(mark, end)) >= 0), default=len(text))
    return "".join(text[first:last].split()), first


def _masked(text: str) -> str:
    return _NUMBER.sub("0", text)


def _what(row: Row) -> tuple[str, ...]:
    """What a figure counts: its indicator, or its label where it has none, with unit, scope, time and so on."""
    name = "" if row.get("indicator_id") else str(row.get("label") or "")
    return name, *(str(row.get(key) or "") for key in _WHAT)


def _pair_equal(before: _Figures, after: _Figures, key: Callable[[_Figures, int], Hashable], pairs: Pairs) -> None:
    _pair_keys(
        [key(before, number) for number in range(len(before.rows))],
        [key(after, number) for number in range(len(after.rows))],
        pairs,
    )


def _pair_keys(before: Sequence[Hashable], after: Sequence[Hashable], pairs: Pairs) -> None:
    """Pair what has the same key, the first with the first."""
    taken = set(pairs.values())
    waiting: dict[Hashable, list[int]] = defaultdict(list)
    for number in range(len(after) - 1, -1, -1):
        if number not in taken:
            waiting[after[number]].append(number)
    for number, key in enumerate(before):
        if number not in pairs and waiting[key]:
            pairs[number] = waiting[key].pop()


def _pair_similar(before: _Figures, after: _Figures, pairs: Pairs) -> None:
    from rapidfuzz import fuzz

    scored = []
    for i, j in _open(len(before.rows), len(after.rows), pairs):
        same = _what(before.rows[i]) == _what(after.rows[j])
        value = all(before.rows[i][key] == after.rows[j][key] for key in ("value", "unit"))
        words = fuzz.ratio(_masked(before.sentences[i][0]), _masked(after.sentences[j][0])) / 100
        if words >= ALIKE and (same or value):
            scored.append((words + same + value / 2, i, j))
        elif (
            words >= ALIKE
            and before.places[i] == after.places[j]
            and _share_value_or_unit(before.rows[i], after.rows[j])
        ):
            scored.append((words, i, j))
        elif same and before.rows[i].get("indicator_id"):
            scored.append((0.5 + words, i, j))
    _take_best(scored, pairs)


def _share_value_or_unit(old: Row, new: Row) -> bool:
    """Whether one of the two stayed: a figure whose number and unit both changed is another figure."""
    return any(old[key] == new[key] for key in ("value", "unit"))


def _open(before: int, after: int, pairs: Pairs) -> list[tuple[int, int]]:
    taken = set(pairs.values())
    left = [number for number in range(after) if number not in taken]
    return [(i, j) for i in range(before) if i not in pairs for j in left]


def _take_best(scored: list[tuple[float, int, int]], pairs: Pairs) -> None:
    """Pair the most similar first; of equals those that stand where they stood."""
    taken = set(pairs.values())
    for _, i, j in sorted(scored, key=lambda entry: (-entry[0], abs(entry[1] - entry[2]), entry[1])):
        if i not in pairs and j not in taken:
            pairs[i] = j
            taken.add(j)
