"""Whether two entries of different years say the same: nearly word for word, in other words, something else, or open.

The thresholds were chosen on pairs of sentences and checked on others; docs/follow-up.md has the measurement.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

from fazhi_analysis.analysis.similarity import Wording, closeness, overlap, wording
from fazhi_analysis.analysis.similarity_concepts import Topics, foreign, shared_matter, topics

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
"""Below this shared content, and without a common subject or matter, two entries are about different things."""

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
    strange = foreign(one.topics, other.topics)
    common, share = shared_matter(one.topics, other.topics)
    if content >= CLOSE_CONTENT and not strange and closeness(one.words, other.words) >= CLOSE:
        return Likeness("near_verbatim", content)
    subject = bool(one.topics.subjects & other.topics.subjects)
    both_without = not one.topics.subjects and not other.topics.subjects
    if subject:
        same = (
            content >= COMMON_WORDS
            or (common >= MATTER and share >= MATTER_SHARE)
            or (common >= SOME_MATTER and content >= SOME_WORDS)
        )
    else:
        same = both_without and (
            content >= CLOSE_CONTENT or (common >= MATTER and share >= MATTER_SHARE and content >= SOME_WORDS / 2)
        )
    if same:
        return Likeness("reworded", content)
    if content < FAR and not subject and (strange or common < SOME_MATTER):
        return Likeness("different", content)
    return Likeness("near", content)


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
