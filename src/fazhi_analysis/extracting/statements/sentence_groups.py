"""Sentences of an unlisted passage that belong together: a short one that names, a long one that details.

城乡差距明显。村道、水厂、学校都落后于县城，… is one problem in two sentences where all of the passage is built so.
A line that the next one begins with is its heading; a last paragraph that goes on with 同时， holds another problem.
"""

from __future__ import annotations

import re

from fazhi_analysis.catalogue.word_lists import pattern
from fazhi_analysis.extracting.list_markers import trimmed

_COMPLAINT = pattern("<complaints>")
_LONGEST_NAME = 32
_PAIRS = 2
_ALSO = re.compile(r"(?<=[。；])(?:与此同时|同时|此外|另外|再者)[，,]\s*")
_WHO = pattern("[^，。；]{0,24}，|<subjects of complaints>")
_CLAUSE = re.compile("[，,；;]")


def in_pairs(text: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Each short complaint with the longer sentence behind it, where the passage is built of nothing else.

    >>> words = "城乡差距大。村道窄，水厂少，学校旧。园区层次低。厂房空置，用工难。"
    >>> spans = [(0, 5), (6, 17), (18, 23), (24, 32)]
    >>> [words[at:stop] for at, stop in in_pairs(words, spans)]
    ['城乡差距大。村道窄，水厂少，学校旧', '园区层次低。厂房空置，用工难']
    >>> in_pairs(words, spans[1:]) == spans[1:]
    True
    """
    names, details = spans[::2], spans[1::2]
    if len(names) != len(details) or len(names) < _PAIRS:
        return spans
    pairs = list(zip(names, details, strict=True))
    if not all(_names(text, *name) and _details(text, name, detail) for name, detail in pairs):
        return spans
    return [(name[0], detail[1]) for name, detail in pairs]


def _names(text: str, start: int, end: int) -> bool:
    short = end - start <= _LONGEST_NAME and _CLAUSE.search(text, start, end) is None
    return short and text[end : end + 1] not in ("；", ";") and _COMPLAINT.search(text, start, end) is not None


def _details(text: str, name: tuple[int, int], detail: tuple[int, int]) -> bool:
    longer = detail[1] - detail[0] > name[1] - name[0]
    return longer and _CLAUSE.search(text, *detail) is not None


def without_doubles(text: str, lines: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Lines without those that only say before another what it begins with."""
    following = [*lines, (0, 0)][1:]
    return [line for line, after in zip(lines, following, strict=True) if not _repeated(text, line, after)]


def behind_double(text: str, start: int, end: int) -> int:
    """Where an entry begins whose first line stands again before its text.

    >>> words = "抓培训\\n抓培训。办班两期。"
    >>> words[behind_double(words, 0, len(words)) :], behind_double("抓培训\\n办班两期。", 0, 9)
    ('抓培训。办班两期。', 0)
    """
    line = text.find("\n", start, end)
    if line < 0:
        return start
    first, second = trimmed(text, start, line), trimmed(text, line + 1, end)
    return second[0] if _repeated(text, first, second) else start


def _repeated(text: str, line: tuple[int, int], after: tuple[int, int]) -> bool:
    words = text[slice(*line)]
    return bool(words) and after[1] - after[0] > len(words) and text.startswith(words, after[0])


def parted(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """A last paragraph of problems, in two where it goes on to another one of somebody or something else.

    >>> words = "城乡差距大，村道窄。同时，少数干部作风不实，办事拖拉。"
    >>> [words[at:stop] for at, stop in parted(words, 0, len(words) - 1)]
    ['城乡差距大，村道窄', '少数干部作风不实，办事拖拉']
    """
    also = _ALSO.search(text, start, end)
    if also is None or not _COMPLAINT.search(text, start, also.start()):
        return [(start, end)]
    if not (_COMPLAINT.search(text, also.end(), end) and _WHO.match(text, also.end(), end)):
        return [(start, end)]
    return [trimmed(text, start, also.start()), trimmed(text, also.end(), end)]
