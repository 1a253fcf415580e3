"""What a sentence is about, from ``data/follow_up_concepts.csv``: its subjects (执法, 普法) and matters (人手, 形式).

Two sentences with hardly a character in common can say the same (持证人员数量不足, 有证件的人才引不进), and two that
differ in one word can say different things (普法的针对性不强, 培训的针对性不强). Subjects must not be foreign to each
other, and the matter must be shared.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from fazhi_analysis.catalogue.data_files import data_rows


@dataclass(frozen=True, slots=True)
class Topics:
    """Subjects of a sentence, and what is the matter with weights (rare matters weigh more)."""

    subjects: frozenset[str]
    matters: Mapping[str, float]

    @property
    def weight(self) -> float:
        """Sum of the weights of what is the matter."""
        return sum(self.matters.values())


@cache
def _concepts() -> tuple[tuple[str, bool, float, tuple[str, ...]], ...]:
    return tuple(
        (row["concept"], row["facet"] == "subject", float(row["weight"]), tuple(row["words"].split("|")))
        for row in data_rows("analysis/data/follow_up_concepts.csv")
    )


@lru_cache(maxsize=200_000)
def topics(text: str) -> Topics:
    """Subjects and matters of a sentence.

    >>> found = topics("普法宣传形式较为单一")
    >>> sorted(found.subjects), sorted(found.matters)
    (['普法'], ['形式'])
    """
    subjects, matters = set(), {}
    for name, is_subject, weight, words in _concepts():
        if any(word in text for word in words):
            if is_subject:
                subjects.add(name)
            else:
                matters[name] = weight
    return Topics(frozenset(subjects), matters)


def foreign(one: Topics, other: Topics) -> bool:
    """Whether two sentences are about different things: each names a subject, and none in common.

    >>> foreign(topics("普法宣传的针对性不强"), topics("复议人员配备不足")), foreign(topics("普法"), topics("力量不足"))
    (True, False)
    """
    return bool(one.subjects) and bool(other.subjects) and not one.subjects & other.subjects


def shared_matter(one: Topics, other: Topics) -> tuple[float, float]:
    """Weight of the matters that both sentences name, and its share of what the poorer of the two names.

    >>> shared_matter(topics("普法形式单一"), topics("普法载体缺乏新意"))
    (1.0, 1.0)
    """
    common = sum(weight for name, weight in one.matters.items() if name in other.matters)
    least = min(one.weight, other.weight)
    return common, common / least if least else 0.0
