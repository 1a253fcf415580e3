"""Which figure another one is a part of (审结61件，其中维持20件), and which are parts that no words name."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection, Hashable, Sequence

from fazhi_analysis.catalogue import comparable_units
from fazhi_analysis.catalogue.word_lists import pattern
from fazhi_analysis.extracting.linking.passages.passage import Passage
from fazhi_analysis.model import Quantity

_OPENS = pattern(r"^[，、；（(]?(?:<among them>)")
_NAMED = pattern(
    r"^[，、；]?(?:<among them>|<part openings>|[^，；、]{1,12}?(?:<part endings>))|(?:<part endings>|的)$"
)
_DONE_WITH = pattern("合法性(?=审)|<done with all>")
_OF_LAW = "合法性"
_SHARED_OUT = pattern("<shared out>")
_CONCLUDES = pattern("<own verbs>|<general verbs>")
_SHARED = 2  # characters that the names of parallel parts end in
_OPENING = 4  # characters that tell whether a sentence begins with 其中
_GOES_ON = ("、", "和", "及", "与")
# Between 3个乡镇 and 5个部门 of one list stands the first noun and a joiner, no verb: not 38家单位、发现问题126个.
_LISTED = pattern("(?:[\u4e00-\u9fff（）]{0,6}?(?:<listed bodies>)）?)(?:、|和|及|与)对?")
_BODY = pattern("[\u4e00-\u9fff（）]{0,6}?(?:<listed bodies>)")
_OF_ALL_BODIES = frozenset(["inspected_units", "duty_report_units"])
_BODIES = frozenset(["个", "家"])
_MANY = 3
"""Members of a list from which none is taken for the whole; two may be a slip of the report, which the audit names."""


def find_wholes(
    metrics: Sequence[Quantity], passages: Sequence[Passage], text: str, parts: Sequence[str]
) -> list[int | None]:
    """For each figure the index of the one that it is a part of, or None.

    A part stands in the sentence of its whole, or in the next one if that begins with 其中; it counts the same and no
    more. It opens with such words, goes on a list that did, or names its kind where the sentence shares the whole out
    (按类别分) or its indicator is the same.

    Parameters
    ----------
    metrics, passages:
        The figures and the words around them, in text order.
    text:
        The tidied text.
    parts:
        For each figure the part of its indicator that its words name, or an empty text.
    """
    found: list[int | None] = []
    for index, (metric, passage) in enumerate(zip(metrics, passages, strict=True)):
        whole = None
        if metric.change == "level" and index:
            if passages[index - 1].start >= passage.sentence_start:
                whole = _whole(index, metrics, passages, text, parts, found)
            elif _OPENS.match(text[passage.sentence_start : passage.head_start + _OPENING]):
                whole = _nearest(index, metrics, passages, found, passages[index - 1].sentence_start)
        found.append(whole)
    return found


def _whole(
    index: int,
    metrics: Sequence[Quantity],
    passages: Sequence[Passage],
    text: str,
    parts: Sequence[str],
    found: Sequence[int | None],
) -> int | None:
    passage, before = passages[index], passages[index - 1]
    head = text[before.end : passage.head_end] if before.end > passage.clause_start else ""
    head = head or text[passage.clause_start : passage.head_end]
    last = found[index - 1]
    if _OPENS.search(head):
        return _nearest(index, metrics, passages, found, passage.sentence_start)
    if last is not None and _can_hold(metrics[last], metrics[index]):
        goes_on = text[before.end : before.end + 1] in _GOES_ON or _is_alike(before.head(text), passage.head(text))
        return last if goes_on or _NAMED.search(head) else None
    if parts[index] or (_NAMED.search(head) and _SHARED_OUT.search(text, passage.sentence_start, passage.start)):
        return _nearest(index, metrics, passages, found, passage.sentence_start, parts)
    return None


def _is_alike(part: str, head: str) -> bool:
    """Whether words after a comma name one more part as those before it did: 其中民事案件28件，刑事案件4件.

    >>> _is_alike("其中线上办理", "，线下办理"), _is_alike("其中涉企案件", "，审结案件")
    (True, False)
    """
    one, other = _OPENS.sub("", part).lstrip("，、；"), head.lstrip("，、；")
    if len(one) != len(other) or len(one) <= _SHARED or one[-_SHARED:] != other[-_SHARED:]:
        return False
    return bool(set(one[:-_SHARED]) & set(other[:-_SHARED])) and not _CONCLUDES.match(other)


def _nearest(
    index: int,
    metrics: Sequence[Quantity],
    passages: Sequence[Passage],
    found: Sequence[int | None],
    start: int,
    parts: Sequence[str] = (),
) -> int | None:
    """The nearest figure before this one, from ``start`` on, that can be its whole and is no part itself.

    ``parts`` are the parts that the words of each name: no figure of them is the whole of one that nothing opens.
    """
    for at in range(index - 1, -1, -1):
        if passages[at].start < start:
            break
        if found[at] is None and not (parts and parts[at]) and _can_hold(metrics[at], metrics[index]):
            return at
    return None


def _can_hold(whole: Quantity, part: Quantity) -> bool:
    """Whether a figure counts what a part counts, and as much at least."""
    if whole.change != "level" or whole.kind != part.kind or part.kind == "rate":
        return False
    if whole.upper is None or part.lower is None or whole.upper < part.lower:
        return False
    return whole.unit == part.unit or comparable_units(whole.unit, part.unit)


def has_another_act(whole: str, part: str, terms: Sequence[str]) -> bool:
    """Whether what was done with a whole, and so with its part, is not what the indicator of these terms counts.

    >>> has_another_act("完成法制审核", "（含执法案卷", ("案卷", "评查"))
    True
    >>> has_another_act("完成法制审核", "（含合同", ("合同", "审核")), has_another_act("审核", "，评查案卷", ("案卷",))
    (False, False)
    """
    acts = [] if _DONE_WITH.search(part) else _DONE_WITH.findall(whole)
    act = _OF_LAW if _OF_LAW in acts else "".join(acts[-1:])
    return not any(act in term for term in terms)


def find_contested(
    metrics: Sequence[Quantity], ids: Sequence[str], scopes: Sequence[str], lists: Sequence[Sequence[Hashable | None]]
) -> set[int]:
    """Indices of figures that cannot all be the total of their indicator.

    Compared are results without a scope, of one time and of one list: of one sentence, or of lines that give them in
    the very same words (执法人员27人 of one bureau after the other). Of three and more different values only one that
    is the sum of the others remains (罚款 by one procedure, by the other, of the year); where there is none, the report
    counts parts, such as its bureaus one by one, and none is the total.

    Parameters
    ----------
    metrics:
        The figures in text order.
    ids, scopes:
        For each of them its indicator and its scope, or empty texts.
    lists:
        For each of them what lists it may be in, None for none.

    >>> def figure(value): return Quantity(0, 3, "", value, value, value, "人", "exact", "count", True)
    >>> sorted(find_contested([figure(value) for value in (27, 47, 3)], ["officers"] * 3, [""] * 3, [[1]] * 3))
    [0, 1, 2]
    >>> sorted(find_contested([figure(value) for value in (27, 47, 74)], ["officers"] * 3, [""] * 3, [[1]] * 3))
    [0, 1]
    >>> find_contested([figure(value) for value in (27, 47)], ["officers"] * 2, [""] * 2, [[1]] * 2)
    set()
    """
    totals: dict[tuple[str, str, Hashable], list[int]] = defaultdict(list)
    for index, (metric, indicator, scope, keys) in enumerate(zip(metrics, ids, scopes, lists, strict=True)):
        if indicator and not scope and metric.change == "level" and metric.role == "result":
            for key in (key for key in keys if key is not None):
                totals[indicator, metric.period, key].append(index)
    contested: set[int] = set()
    for indices in totals.values():
        values = {value for index in indices if (value := metrics[index].value) is not None}
        if len(values) >= _MANY:
            contested.update(index for index in indices if not _is_sum(metrics[index].value, values))
    return contested


def find_joined_bodies(
    metrics: Sequence[Quantity], passages: Sequence[Passage], text: str, ids: Sequence[str]
) -> list[int]:
    """Indices of figures that count some of the bodies that a list names together (对3个乡镇和5个部门开展督察).

    Looked at are indicators that count bodies of every kind: neither member of such a list is all of them.
    """

    def joined(index: int) -> bool:
        if not 0 < index < len(metrics) or {metrics[at].unit for at in (index - 1, index)} - _BODIES:
            return False
        between = _LISTED.fullmatch(text, passages[index - 1].end, passages[index].start)
        return between is not None and _BODY.match(text, passages[index].end) is not None

    return [
        index for index, found in enumerate(ids) if found in _OF_ALL_BODIES and (joined(index) or joined(index + 1))
    ]


def _is_sum(value: float | None, values: Collection[float]) -> bool:
    return value is not None and math.isclose(2 * value, math.fsum(values))
