"""What a figure is compared with: the same thing of a year before, named by that year alone."""

from __future__ import annotations

from collections.abc import Sequence

from fazhi_analysis.catalogue.word_lists import pattern
from fazhi_analysis.extracting.linking.passage import Passage
from fazhi_analysis.model import Quantity

# 受理53件，较上年的41件增长29%
_COMPARED_WITH = pattern(
    r"[，,、（(]?(?:总?数量?|总量|[案事]件(?:数量?|总?量))?"
    r"(?:比|较|与|同)(?:<years before>|(?:19|20)\d\d年)度?(?:同期)?的?"
)
_BY_SO_MUCH = pattern(r"(?:相比)?(?:约|大幅|明显|净)*(?:<rise verbs>|<fall verbs>|<cut verbs>|<more or fewer>|相比)")


def is_compared_with(metrics: Sequence[Quantity], passages: Sequence[Passage], text: str, index: int) -> bool:
    """Whether this figure is what the one before it, of the same unit and a later time, is compared with.

    Parameters
    ----------
    metrics, passages:
        The figures in text order and their passages.
    text:
        The tidied text of the passages.
    index:
        Which figure; there must be one before it.
    """
    before, this = metrics[index - 1], metrics[index]
    return (
        before.unit == this.unit
        and before.change == this.change == "level"
        and before.period != this.period
        and _COMPARED_WITH.fullmatch(text, passages[index - 1].end, passages[index].start) is not None
        and _BY_SO_MUCH.match(text, passages[index].end) is not None
    )
