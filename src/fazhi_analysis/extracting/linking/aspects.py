"""How a figure counts: all there is, only what was added, a share, another rate or a change."""

from __future__ import annotations

from fazhi_analysis.catalogue.word_lists import pattern, words
from fazhi_analysis.model import Aspect, Quantity

_ADDED = pattern("<added>")
_ALL_THERE_IS = pattern("<all there is>")
_SHARE = pattern("<shares>")
_EVENTS = frozenset(words("event counts"))


def aspect_of(metric: Quantity, head: str, tail: str, stock: bool) -> Aspect:
    """How a figure counts, from the words before and after it.

    Parameters
    ----------
    metric:
        The figure; a change is one, a rate is none of the others.
    head, tail:
        Its own words.
    stock:
        Whether its indicator counts what exists at a moment: what was added is then less than what there is. New cases
        and events are what a year's work always counts.

    >>> figure = Quantity(0, 2, "6个", 6, 6, 6, "个", "exact", "count", True)
    >>> aspect_of(figure, "新增综合窗口", "", True), aspect_of(figure, "新增后总数达到", "", True)
    ('increment', 'level')
    """
    if metric.change != "level":
        return "change"
    if metric.kind == "rate":
        return "share" if _SHARE.search(head) else "rate"
    if metric.unit in _EVENTS and not stock:
        return "level"
    added = _ADDED.search(head) or _ADDED.match(tail)
    return "increment" if added and _ALL_THERE_IS.search(head, added.end()) is None else "level"
