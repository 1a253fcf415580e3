"""Names in quotation marks before events: 开展“法润乡土”“集市夜校普法”等普法活动, 举办“与法同行”法治讲座."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from fazhi_analysis.catalogue.word_lists import pattern

Span = tuple[int, int]

_JOINERS = "、和与及"
# What may stand between a name and its noun; where something else does, the name is of a means: 通过“亮码”完成检查.
_NAMES = pattern("(?:<kinds of events>)*")


def named_spans(quoted: Sequence[Span], start: int, end: int) -> list[Span]:
    """The quoted names that stand in ``text[start:end]``, of all names in text order.

    >>> named_spans([(2, 6), (9, 12)], 0, 10)
    [(2, 6)]
    """
    first = bisect_left(quoted, (start, start))
    return [span for span in quoted[first : bisect_left(quoted, (end, end), first)] if span[1] <= end]


def without_names(text: str, start: int, end: int, names: Sequence[Span], says: Sequence[str]) -> tuple[str, str]:
    """The phrase ``text[start:end]`` without the names of events, and the name where it is only one.

    Several names are examples of what is counted; one alone says which events are. Of a name that holds a wording that
    a rule rests on, the wording remains. A phrase whose noun does not follow the names stays as it is.

    >>> without_names("开展法润乡土集市夜校普法等活动", 0, 15, [(2, 6), (6, 12)], ("普法", "活动"))
    ('开展||普法|等活动', '')
    >>> without_names("举办与法同行法治讲座", 0, 10, [(2, 6)], ("法治讲座",))
    ('举办|法治讲座', '与法同行')
    """
    after = text[names[-1][1] : end] if names else ""
    noun = min((at for say in says if (at := after.find(say)) >= 0), default=-1)
    if noun < 0 or not _NAMES.fullmatch(after, 0, noun):
        return text[start:end], ""
    phrase, at = "", start
    for begin, stop in names:
        phrase += text[at:begin].strip(_JOINERS) if phrase else text[at:begin]
        inside = "".join(say for say in says if say in text[begin:stop] and say not in after)
        phrase += f"|{inside}|" if inside else "|"
        at = stop
    alone = len(names) == 1 and not after.startswith("等")
    return phrase + after, text[slice(*names[0])] if alone else ""
