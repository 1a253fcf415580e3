"""Text reuse between many reports, in time that grows with their length and not with the number of pairs.

Each report leaves fingerprints: of every run of ``GRAM`` characters of substance the hash, and of every ``WINDOW``
neighbouring hashes the smallest (winnowing: S. Schleimer, D. Wilkerson and A. Aiken, SIGMOD 2003). Any copied stretch
of ``GRAM + WINDOW - 1`` characters leaves at least one fingerprint in both. A fingerprint that more than
``common`` places have is wording that nobody owns, and is left out.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from zlib import crc32

from fazhi_analysis.analysis.reuse.passages import Passage, Reuse, passages, shared_passages, substance

GRAM = 12
WINDOW = 8
COMMON = 12


@dataclass(frozen=True, slots=True)
class Pair:
    """Two reports: shares of the fingerprints of each that the other has too (0 to 1), and their common stretches."""

    one: str
    other: str
    share: float
    other_share: float
    reuse: tuple[Reuse, ...]


def fingerprints(items: Iterable[Passage]) -> set[int]:
    """Winnowed hashes of the substance of some sentences.

    >>> one = fingerprints(passages("县里组建流动普法服务队，走进夏季牧场开展双语巡回宣讲活动。"))
    >>> other = fingerprints(passages("本旗组建流动普法服务队，走进夏季牧场开展双语巡回宣讲活动。"))
    >>> bool(one & other)
    True
    """
    text = "".join(substance(item.masked) for item in items).encode("utf-16-le")
    hashes = [crc32(text[start : start + 2 * GRAM]) for start in range(0, len(text) - 2 * GRAM + 2, 2)]
    return (
        {min(hashes[start : start + WINDOW]) for start in range(max(1, len(hashes) - WINDOW + 1))} if hashes else set()
    )


class ReuseIndex:
    """Reports by id, with their place; ask for the pairs that share substance.

    >>> index = ReuseIndex()
    >>> line = "组建流动普法服务队走进夏季牧场和边远嘎查开展双语巡回宣讲{}场次，受到牧民群众欢迎。"
    >>> index.add("159928-2023", "159928", line.format(30))
    >>> index.add("990124-2023", "990124", line.format(45))
    >>> [(pair.one, pair.other, pair.reuse[0].edits) for pair in index.pairs()]
    [('990124-2023', '159928-2023', (('30', '45'),))]
    """

    def __init__(self, common: int = COMMON) -> None:
        self.common = common
        self._places: dict[str, str] = {}
        self._passages: dict[str, list[Passage]] = {}
        self._marks: dict[str, set[int]] = {}
        self._holders: dict[int, list[str]] = defaultdict(list)

    def add(self, report_id: str, place: str, text: str) -> None:
        """Take in one report (its clean text)."""
        found = passages(text)
        marks = fingerprints(found)
        self._places[report_id], self._passages[report_id], self._marks[report_id] = place, found, marks
        for mark in marks:
            self._holders[mark].append(report_id)

    def pairs(self, least: float = 0.02, *, same_place: bool = False) -> Iterator[Pair]:
        """Pairs of reports that share at least this part of the fingerprints of either, the later one first.

        Pairs of one place are left out unless asked for: what a place repeats of itself is another question.
        """
        owners = {
            mark: holders
            for mark, holders in self._holders.items()
            if len(holders) > 1 and len({self._places[holder] for holder in holders}) <= self.common
        }
        counted: Counter[tuple[str, str]] = Counter()
        order = {report_id: number for number, report_id in enumerate(self._places)}
        for holders in owners.values():
            for first, one in enumerate(holders):
                for other in holders[first + 1 :]:
                    if same_place or self._places[one] != self._places[other]:
                        counted[other, one] += 1
        for (one, other), shared in sorted(counted.items(), key=lambda item: (-item[1], item[0])):
            share, other_share = shared / len(self._marks[one]), shared / len(self._marks[other])
            if max(share, other_share) >= least:
                later, earlier = (one, other) if order[one] > order[other] else (other, one)
                reuse = shared_passages(self._passages[later], self._passages[earlier])
                yield Pair(later, earlier, share, other_share, tuple(reuse))
