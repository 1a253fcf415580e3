"""Text reuse: the same sentences in another year's or another place's report, and edits that only touch numbers.

What every report says is subtracted first: the phrases of ``data/national_wording.csv`` (laws, campaigns, slogans) do
not count as substance, and between places a sentence that stands in many reports is nobody's own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise

SHORTEST = 14
"""Characters of substance that a sentence must keep once slogans, numbers and signs are taken away."""

_SENTENCE = re.compile(r"[^。！？；;\n]+[。！？；;]")
_LEAD = re.compile(r"^(?:[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．]|[一二三四五六七八九十]+是|#+|\*+)+")
_NUMBER = re.compile(r"(?:近|约|超过?)?\d[\d,，.]*(?:[余多])?[万亿]?(?:[余多])?")
_SIGN = re.compile(r"[^一-鿿A-Za-z]+")


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence: its place, its words without layout spaces, the words with ``#`` for numbers, and the numbers."""

    start: int
    end: int
    words: str
    masked: str
    numbers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reuse:
    """Sentences that stand in both texts, next to each other in both; ``edits`` pairs the numbers that differ.

    Between two of them there may be headings and short sentences, which need not be the same: ``spans`` are the places
    of the sentences themselves, ``other_spans`` those in the other text. ``unchanged`` of them have the same numbers.
    """

    start: int
    end: int
    other_start: int
    other_end: int
    sentences: int
    characters: int
    edits: tuple[tuple[str, str], ...]
    unchanged: int = 0
    spans: tuple[tuple[int, int], ...] = ()
    other_spans: tuple[tuple[int, int], ...] = ()


@cache
def _national() -> re.Pattern[str]:
    text = files("fazhi_analysis.analysis").joinpath("data/national_wording.csv").read_text(encoding="utf-8")
    phrases = sorted((_SIGN.sub("", line) for line in text.splitlines()[1:]), key=len, reverse=True)
    return re.compile("|".join(filter(None, phrases)))


def substance(masked: str) -> str:
    """What is left of a sentence without national phrases, numbers and signs.

    >>> substance("深入学习习近平法治思想，组织旁听庭审#人次")
    '深入学习组织旁听庭审人次'
    """
    return _national().sub("", _SIGN.sub("", masked))


def passages(text: str, offsets: Sequence[int] | None = None) -> list[Passage]:
    """Sentences with substance, in text order, headings left out.

    ``offsets`` leads places back to another text (a clean copy's source).

    >>> [(item.masked, item.numbers) for item in passages("一是组织干部旁听庭审320人次，制作普法短片12部。特此报告。")]
    [('组织干部旁听庭审#人次，制作普法短片#部。', ('320', '12'))]
    """
    found = []
    for match in _SENTENCE.finditer(text):
        words = _LEAD.sub("", re.sub(r"\s+", "", match.group()))
        masked = _NUMBER.sub("#", words)
        if len(substance(masked)) < SHORTEST:
            continue
        start, end = match.span()
        start += len(match.group()) - len(match.group().lstrip())
        if offsets is not None:
            start, end = offsets[start], offsets[end - 1] + 1
        found.append(Passage(start, end, words, masked, tuple(_NUMBER.findall(words))))
    return found


def shared_passages(mine: Sequence[Passage], theirs: Sequence[Passage]) -> list[Reuse]:
    """Stretches that stand in both texts with the same words, numbers aside; a sentence is used once.

    >>> before = passages("组织执法人员旁听庭审60人次并逐案点评。")
    >>> after = passages("组织执法人员旁听庭审80人次并逐案点评。")
    >>> [(item.sentences, item.edits) for item in shared_passages(after, before)]
    [(1, (('60', '80'),))]
    """
    places: dict[str, list[int]] = {}
    for number, passage in enumerate(theirs):
        places.setdefault(passage.masked, []).append(number)
    pairs: list[tuple[int, int]] = []
    for number, passage in enumerate(mine):
        if open_places := places.get(passage.masked):
            following = pairs[-1][1] + 1 if pairs else -1
            chosen = following if following in open_places else open_places[0]
            open_places.remove(chosen)
            pairs.append((number, chosen))
    return [_stretch(mine, theirs, run) for run in _runs(pairs)]


def _runs(pairs: list[tuple[int, int]]) -> Iterator[list[tuple[int, int]]]:
    if not pairs:
        return
    run = [pairs[0]]
    for before, now in pairwise(pairs):
        if now[0] != before[0] + 1 or now[1] != before[1] + 1:
            yield run
            run = []
        run.append(now)
    yield run


def _stretch(mine: Sequence[Passage], theirs: Sequence[Passage], run: list[tuple[int, int]]) -> Reuse:
    (first, other_first), (last, other_last) = run[0], run[-1]
    edits = [
        (before, now)
        for one, other in run
        for before, now in zip(theirs[other].numbers, mine[one].numbers, strict=True)
        if before != now
    ]
    return Reuse(
        mine[first].start,
        mine[last].end,
        theirs[other_first].start,
        theirs[other_last].end,
        len(run),
        sum(len(mine[one].words) for one, _ in run),
        tuple(edits),
        sum(mine[one].numbers == theirs[other].numbers for one, other in run),
        tuple((mine[one].start, mine[one].end) for one, _ in run),
        tuple((theirs[other].start, theirs[other].end) for _, other in run),
    )


def reused_share(mine: Sequence[Passage], reuse: Sequence[Reuse]) -> float:
    """Share of the characters of all sentences with substance that stand in the other text too, 0 to 1."""
    total = sum(len(passage.words) for passage in mine)
    return sum(item.characters for item in reuse) / total if total else 0.0
