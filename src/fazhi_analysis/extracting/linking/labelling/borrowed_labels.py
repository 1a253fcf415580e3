"""Labels that need what the figure before them counts: 总量 of what, 竣工 of what, the share of what in the whole.

``完成装备制造业产值26亿元，增长8%，占工业总产值的35%`` states a share of the output of equipment makers, and
``新建研发机构14家，总量45家`` a total of research bodies; without that the label names nothing
and the figure pairs with any.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from fazhi_analysis.catalogue.word_lists import pattern, words
from fazhi_analysis.extracting.linking.labelling.labels import CHANGE_WORDS

_LONGEST = 28
_SHORTEST = 3
_SHARE = pattern("(?!<occupying>)占.+")
_TOTAL = pattern("(?:<grades>)*(?:总量|总数|总规模|存量)(?:<measures alone>)?")
_ACT = pattern("(?:已|共)?(?:<acts that follow>)(?:<measures alone>)?")
_GRADE = pattern("(?:<grades>)+(?:<measures alone>)?")
_ALONE = re.compile("|".join(one.pattern for one in (_SHARE, _TOTAL, _ACT, _GRADE)))
_ACTS_BEFORE = pattern("^(?:<acts alone>|[、和及与])+(?=..)")
_MEASURE_AFTER = re.compile("(?<=..)(?:金额|家数|户数|件数|人数|次数|场次|人次|数量|数)$")
_CHANGED = re.compile(f"(?:{'|'.join(sorted(CHANGE_WORDS, key=len, reverse=True))})$")
_LENDS_NOTHING = re.compile("未注明事项|.*占")
_REACHED = pattern("[，,、]?(?:目前|现)?(?:已|均)?<reached>")


class Labelled(NamedTuple):
    """A figure before, as far as its label is concerned."""

    label: str
    unit: str
    change: str
    leans: bool  # 其中, or a label that was itself borrowed: nothing leans on that


def may_borrow(label: str, head: str) -> bool:
    """Whether a label, with the words before its figure, is one of those that need another; few are.

    >>> may_borrow("占工业总产值比率", "占工业总产值的"), may_borrow("会议次数", "召开会议")
    (True, False)
    """
    return _ALONE.fullmatch(label) is not None or _REACHED.fullmatch(head) is not None


def borrowed_label(label: str, unit: str, head: str, earlier: Sequence[Labelled]) -> str:
    """The label with what it leans on, from the figures before it in the sentence; as it stands where it needs none.

    >>> output = Labelled("高新技术产业产值金额", "元", "level", False)
    >>> borrowed_label("占工业总产值比率", "%", "占工业总产值的", [output])
    '高新技术产业产值占工业总产值比率'
    >>> borrowed_label("总量家数", "家", "总量达", [Labelled("新增创新平台家数", "家", "level", False)])
    '创新平台总量'
    >>> borrowed_label("金额", "元", "，达", [Labelled("工业增加值同比增幅", "%", "yoy_pct", False)])
    '工业增加值金额'
    """
    if not earlier:
        return label
    if _SHARE.fullmatch(label):
        owner = next((one for one in reversed(earlier) if not _LENDS_NOTHING.match(one.label)), None)
        return label if owner is None else _fitted(_stem(owner.label), label)
    if _REACHED.fullmatch(head) and earlier[-1].change != "level" and unit != "%":
        return _with_measure(_stem(earlier[-1].label), label)
    alike = next((one for one in reversed(earlier) if one.unit == unit and not one.leans), None)
    if alike is None or alike.change != "level":
        return label
    stem = _ACTS_BEFORE.sub("", _stem(alike.label))
    if len(stem) < _SHORTEST:
        return label
    if _TOTAL.fullmatch(label):
        return _fitted(stem, _MEASURE_AFTER.sub("", label))
    return _fitted(stem, label) if _ACT.fullmatch(label) or _GRADE.fullmatch(label) else label


def _stem(label: str) -> str:
    return _MEASURE_AFTER.sub("", _CHANGED.sub("", label))


def _with_measure(stem: str, label: str) -> str:
    """The stem with the measure word of a label: 工业增加值 and 金额."""
    measure = re.search(pattern("(?:<measures alone>)$").pattern, label)
    if measure is None or stem.endswith(words("money nouns")):
        return stem
    return f"{stem}{measure[0]}"


def _fitted(stem: str, label: str) -> str:
    return f"{stem}{label}" if len(stem) + len(label) <= _LONGEST else f"{stem[-(_LONGEST - len(label)) :]}{label}"
