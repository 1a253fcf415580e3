"""Members of a list that share the act behind it: 专班会议3次、常务会议9次研究法治工作 are parts of one count."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from fazhi_analysis.catalogue.word_lists import pattern
from fazhi_analysis.extracting.linking.asides import EVENTS
from fazhi_analysis.extracting.linking.passages.passage import LISTED, Passage
from fazhi_analysis.model import Quantity

_ACT_OF_MEETINGS = pattern("(?:<manners>)*(?:<acts of meetings>)")
_MEETING = pattern("(?:<meetings apart>)")
_BEFORE_NAME = pattern("[、和及与]?(?:<time words>|<amount words>)*(?:<general verbs>)*")


def parts_of_act(
    metrics: Sequence[Quantity], passages: Sequence[Passage], text: str, index: int, wording: str
) -> Iterator[tuple[int, str]]:
    """The members of the list that a figure ends, where all of them did what stands behind it, and what each names.

    None where the figure ends no list of events, or the words behind it do not say what was done.

    Parameters
    ----------
    metrics, passages:
        The figures and the words around them, in text order.
    text:
        The tidied text.
    index:
        The figure.
    wording:
        The wordings that decided for its indicator, joined by ``+``.
    """
    passage = passages[index]
    if metrics[index].unit not in EVENTS or text[passage.head_start] not in LISTED:
        return
    act = passage.tail(text)
    if not act:
        return
    if _ACT_OF_MEETINGS.match(act) is None and not (wording and any(say in act for say in wording.split("+"))):
        return
    first = index
    while first and _goes_on(metrics, passages, text, first):
        first -= 1
    for at in range(first, index + 1) if first < index else ():
        head = passages[at].head(text)
        if not (name := head[_BEFORE_NAME.match(head).end() :]):  # type: ignore[union-attr]
            return
        yield at, name


def named_apart(heads: Sequence[str]) -> list[str]:
    """The meetings or groups that the words before several figures name, none where two are one, or one is unnamed.

    >>> named_apart(["县委常委会研究法治工作", "县政府常务会议研究法治工作"]), named_apart(["常委会学法", "专题学法"])
    (['县委常委会', '县政府常务会议'], [])
    """
    found = [_MEETING.search(head) for head in heads] if len(heads) > 1 else []
    names = [name[0] for name in found if name]
    return names if len(set(names)) == len(heads) else []


def beside_named(heads: Sequence[str]) -> list[int]:
    """Which of the words before several figures name no meeting or group, where others do.

    >>> beside_named(["县政府常务会议学法", "开展专题学习"]), beside_named(["学法", "专题学习"])
    ([1], [])
    """
    named = [_MEETING.search(head) is not None for head in heads]
    return [at for at, one in enumerate(named) if not one] if any(named) else []


def _goes_on(metrics: Sequence[Quantity], passages: Sequence[Passage], text: str, index: int) -> bool:
    """Whether a figure is the next member of the list of the one before it, which has no words behind it."""
    before, this = passages[index - 1], passages[index]
    return (
        before.end == before.tail_end == this.head_start
        and text[this.head_start] in LISTED
        and before.start >= this.clause_start
        and metrics[index - 1].unit == metrics[index].unit
        and metrics[index - 1].change == metrics[index].change == "level"
    )
