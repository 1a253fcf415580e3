"""Whether two entries of different years say the same: nearly word for word, in other words, something else, or open.

The thresholds were chosen on pairs of sentences and checked on others; docs/follow-up.md has the measurement.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

from fazhi_analysis.analysis.following.concepts import Topics, foreign, shared_matter, topics
from fazhi_analysis.analysis.following.similarity import Wording, closeness, overlap, wording

Kinship = Literal["near_verbatim", "reworded", "near", "different"]

CLOSE: Final = 0.66
"""From this nearness of the wording on (numbers and adverbs apart), two entries are nearly word for word the same."""
CLOSE_CONTENT: Final = 0.60
"""... provided that so much of their content is shared; a common frame around another subject is not enough."""
COMMON_WORDS: Final = 0.50
"""Shared content from which two entries on one subject are the same in other words."""
MATTER: Final = 1.0
"""Weight of what is the matter (manpower, procedure, form ...) that must be shared for the same in other words ..."""
MATTER_SHARE: Final = 0.60
"""... and its share of what the poorer entry says."""
SOME_MATTER: Final = 0.5
"""A weak common matter counts only together with ..."""
SOME_WORDS: Final = 0.25
"""... this much shared content."""
FAR: Final = 0.30
"""Below this shared content, two entries on known and foreign subjects without a common matter are different things."""
FAR_IN_DOUBT: Final = 0.02
"""The same where a subject is not known or the matter is shared: only entries with no content in common."""
TELLING: Final = 1.0
"""An entry with less content than this says too little to be different from anything."""
FRAME: Final = 4
"""So many characters at the end in common make a frame, around heads ..."""
HEAD: Final = 0.4
"""... of at least this much content each, with none in common."""

_RANK: Final[dict[Kinship, int]] = {"different": 0, "near": 1, "reworded": 2, "near_verbatim": 3}


@dataclass(frozen=True, slots=True)
class Likeness:
    """How two entries stand to each other, with the share of content that they have in common (0 to 1)."""

    kind: Kinship
    score: float

    @property
    def same(self) -> bool:
        """Whether they say the same."""
        return self.kind in ("near_verbatim", "reworded")

    @property
    def rank(self) -> tuple[int, float]:
        """For choosing the nearest of several."""
        return _RANK[self.kind], self.score


@dataclass(frozen=True, slots=True)
class Entry:
    """A statement, or a part of one, made ready for comparison; a part without a subject has that of its whole."""

    words: Wording
    topics: Topics

    @classmethod
    def of(cls, text: str, whole: str = "") -> Entry:
        """Prepare a text; ``whole`` is the statement that a part belongs to."""
        return _entry(text, whole)


@lru_cache(maxsize=200_000)
def _entry(text: str, whole: str) -> Entry:
    own = topics(text)
    if whole and not own.subjects:
        own = Topics(topics(whole).subjects, own.matters)
    return Entry(wording(text), own)


def compare_entries(one: Entry, other: Entry) -> Likeness:
    """How two entries stand to each other.

    >>> compare_entries(Entry.of("案卷制作还不够规范"), Entry.of("案卷制作仍不够规范")).kind
    'near_verbatim'
    >>> compare_entries(Entry.of("普法宣传形式单一"), Entry.of("法治宣传载体缺乏新意")).kind
    'reworded'
    >>> compare_entries(Entry.of("普法宣传的针对性不强"), Entry.of("复议人员配备不足")).kind
    'different'
    """
    content = overlap(one.words, other.words)
    subject = not one.topics.subjects.isdisjoint(other.topics.subjects)
    telling = min(one.words.weight, other.words.weight) >= TELLING
    if content < FAR_IN_DOUBT and not subject:
        return Likeness("different" if telling else "near", content)
    strange = foreign(one.topics, other.topics)
    common, share = shared_matter(one.topics, other.topics)
    if not (strange or other_head(one.words.plain, other.words.plain)):
        if content >= CLOSE_CONTENT and closeness(one.words, other.words) >= CLOSE:
            return Likeness("near_verbatim", content)
        matter = common >= MATTER and share >= MATTER_SHARE
        without = not (one.topics.subjects or other.topics.subjects)
        by_subject = content >= COMMON_WORDS or matter or (common >= SOME_MATTER and content >= SOME_WORDS)
        by_matter = content >= CLOSE_CONTENT or (matter and content >= SOME_WORDS / 2)
        if (subject and by_subject) or (without and by_matter):
            return Likeness("reworded", content)
    apart = strange and common < SOME_MATTER and content < FAR
    return Likeness("different" if telling and apart else "near", content)


def other_head(one: str, other: str) -> bool:
    """Whether two sentences end alike but begin with other things: a common frame around another subject.

    >>> other_head("食品领域检查频次不足", "应急领域检查频次不足"), other_head("普法形式单一", "普法形式单一，缺新意")
    (True, False)
    """
    length = 0
    while length < min(len(one), len(other)) and one[-1 - length] == other[-1 - length]:
        length += 1
    heads = one[: len(one) - length], other[: len(other) - length]
    if length < FRAME or not all(wording(head).weight >= HEAD for head in heads):
        return False
    return overlap(wording(heads[0]), wording(heads[1])) == 0.0


def nearest(one: Entry, others: Sequence[Entry]) -> tuple[int, Likeness]:
    """Number of the most alike entry and how alike it is; (-1, different) where there is none.

    >>> nearest(Entry.of("普法形式单一"), [Entry.of("执法力量不足"), Entry.of("普法载体单一")])[0]
    1
    """
    found, best = -1, Likeness("different", 0.0)
    for number, other in enumerate(others):
        likeness = compare_entries(one, other)
        if found < 0 or likeness.rank > best.rank:
            found, best = number, likeness
    return found, best
