"""The words of the sentence up to the end of a figure's clause, without those of later members of its list."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from fazhi_analysis.extracting.linking.passages.passage import LISTED, Passage, first_from


class _Clause(NamedTuple):
    """What the later figures of a clause leave of its words; ``at`` is where those behind each figure begin."""

    first: int
    words: str
    at: list[int]


class WordsNear:
    """Finds those words for each figure of one text.

    The figures of a clause share what stands behind them: a clause of hundreds is gone through once, not for each.
    """

    def __init__(self, text: str, passages: Sequence[Passage]) -> None:
        self._text = text
        self._passages = passages
        self._clauses: dict[tuple[int, int], _Clause] = {}

    def of(self, passage: Passage) -> str:
        """The words of the sentence up to the end of the clause, but for those before later figures of a list.

        开展理论学习9次、第一议题学习33次: what the 33 count says nothing of the 9.
        """
        text, passages = self._text, self._passages
        own = text[passage.sentence_start : passage.tail_end]
        index = first_from(passages, passage.end)
        if index >= len(passages) or passages[index].start >= passage.clause_end:
            return own + text[passage.tail_end : passage.clause_end]
        if text[passage.tail_end : passage.tail_end + 1] not in LISTED:
            own += text[passage.tail_end : passages[index].start]
        clause = self._clause(passage)
        return own + clause.words[clause.at[index - clause.first] :]

    def _clause(self, passage: Passage) -> _Clause:
        place = passage.clause_start, passage.clause_end
        if place not in self._clauses:
            self._clauses[place] = self._gone_through(*place)
        return self._clauses[place]

    def _gone_through(self, start: int, end: int) -> _Clause:
        text, passages = self._text, self._passages
        first = index = first_from(passages, start)
        kept: list[str] = []
        at: list[int] = []
        length = 0
        while index < len(passages) and passages[index].start < end:
            at.append(length)
            reach = passages[index].end
            index += 1
            goes_on = index < len(passages) and passages[index].start < end
            if not goes_on or text[reach : reach + 1] not in LISTED:
                kept.append(text[reach : passages[index].start if goes_on else end])
                length += len(kept[-1])
        return _Clause(first, "".join(kept), at)
