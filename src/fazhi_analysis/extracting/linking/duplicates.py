"""Passages that a report prints twice: the figures of the later printing point to those of the first."""

from __future__ import annotations

import re
from collections.abc import Sequence

_MARKER = re.compile("[一二三四五六七八九十]{1,2}是")
_WORDS = re.compile(r"[\w%]+")
SHORTEST = 12


def find_repeats(
    text: str, sentences: Sequence[tuple[int, int]], figures: Sequence[tuple[float | None, str]]
) -> list[int | None]:
    """For each figure the index of the one that it repeats, or None.

    Sentences are compared without punctuation and spaces; they must be the same, at least twelve characters long, and
    hold the same figures. Two equal figures in different sentences stay two figures.

    Parameters
    ----------
    text:
        The text that ``sentences`` are places of.
    sentences:
        For each figure, in text order, start and end of its sentence.
    figures:
        Value and unit of each figure.

    >>> text = "全年共收到群众诉求36件。会议休息。全年共收到群众诉求36件。"
    >>> find_repeats(text, [(0, 12), (18, 30)], [(36, "件"), (36, "件")])
    [None, 0]
    """
    groups: dict[tuple[int, int], list[int]] = {}
    for index, sentence in enumerate(sentences):
        groups.setdefault(sentence, []).append(index)
    alike: dict[tuple[tuple[float | None, str], ...], list[tuple[int, int]]] = {}
    for sentence, members in groups.items():
        alike.setdefault(tuple(figures[index] for index in members), []).append(sentence)
    found: list[int | None] = [None] * len(figures)
    for same in alike.values():
        first: dict[str, tuple[int, int]] = {}
        for start, end in same if len(same) > 1 else ():
            marker = _MARKER.match(text, start, end)
            key = "".join(_WORDS.findall(text, marker.end() if marker else start, end))
            earlier = first.setdefault(key, (start, end)) if len(key) >= SHORTEST else (start, end)
            if earlier != (start, end):
                for one, other in zip(groups[earlier], groups[start, end], strict=True):
                    found[other] = one
    return found
