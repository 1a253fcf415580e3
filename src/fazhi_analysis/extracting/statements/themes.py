"""Theme of a problem or next step: the pillar of the outline in force that year, and the words that decided."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from fazhi_analysis.catalogue import frame_for
from fazhi_analysis.catalogue.data_files import data_rows

_FIRST = re.compile(r"[，。；]")


class Theme(NamedTuple):
    """A pillar as tables print it (``五、行政执法工作体系``; empty when no word decides), and the deciding words."""

    name: str
    pillar: str
    words: tuple[str, ...]


_NONE = Theme("", "", ())


@cache
def _words() -> dict[str, list[tuple[str, tuple[str, ...]]]]:
    found: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
    for row in data_rows("extracting/data/theme_words.csv"):
        found.setdefault(row["frame"], []).append((row["pillar"], tuple(row["words"].split("|"))))
    return found


def theme_words(frame: str) -> dict[str, tuple[str, ...]]:
    """The words of each pillar of an outline, by the pillar's number; none for an outline that has no words.

    >>> "行政执法" in theme_words("2021-2025")["五"], theme_words("1999-2004")
    (True, {})
    """
    return dict(_words().get(frame, ()))


def theme_of(text: str, year: int | None) -> Theme:
    """Theme by the outline that reports on this year follow (the newest where the year is unknown).

    Longer words weigh more, and those of the first clause double; a word inside a longer one of the same pillar does
    not count again.

    >>> theme_of("行政执法水平有待提高", 2023)
    Theme(name='五、行政执法工作体系', pillar='五', words=('行政执法',))
    >>> theme_of("行政执法水平有待提高", 2018).name, theme_of("天气晴好", 2023).name
    ('四、坚持严格规范公正文明执法', '')
    """
    frame = frame_for(year if year is not None else 9999)
    if frame is None:
        return _NONE
    first = _FIRST.split(text, maxsplit=1)[0]
    best, score = _NONE, 0.0
    for key, words in _words().get(frame.id, []):
        hits = [word for word in words if word in text]
        hits = [word for word in hits if not any(word != other and word in other for other in hits)]
        total = sum(len(word) * (2 if word in first else 1) for word in hits)
        pillar = frame.pillar(key)
        if total > score and pillar is not None:
            name = f"{key}、{pillar.name_zh}" if len(key) == 1 else pillar.name_zh
            best, score = Theme(name, key, tuple(hits)), total
    return best
