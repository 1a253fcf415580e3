"""Why a row is compared as it is, or not at all: the closed vocabularies of verdicts, reasons and notes.

Tables carry the short codes; pages and prose take the wording from here, in both languages.
"""

from __future__ import annotations

from typing import Final

VERDICTS: Final[dict[str, tuple[str, str]]] = {
    "improved": ("改善", "improved"),
    "worsened": ("变差", "worsened"),
    "increased": ("增加", "increased"),
    "decreased": ("减少", "decreased"),
    "unchanged": ("持平", "unchanged"),
    "uncertain": ("无法判定", "uncertain"),
    "new": ("本年新见", "new"),
    "dropped": ("本年未见", "dropped"),
    "not_comparable": ("不可比", "not comparable"),
}
"""Every verdict of a comparison, with its Chinese and English name."""

REASONS: Final[dict[str, tuple[str, str]]] = {
    "": ("", ""),
    # why the verdict is what it is
    "settled": ("区间不重叠，方向确定", "the intervals are apart, so the direction is certain"),
    "equal": ("两年数值相同", "the figure is the same in both years"),
    "equal_as_printed": ("两年公布的比率相同", "the printed rate is the same in both years"),
    "intervals_overlap": ("两年区间重叠，方向不能确定", "the intervals overlap, so the direction is open"),
    "not_in_baseline": ("基期报告中没有找到这项数字", "no such figure was found in the earlier report"),
    "not_in_year": ("本期报告中没有找到这项数字", "no such figure was found in the later report"),
    "other_scope": ("另一年只有其他口径的数字", "the other year gives this figure for another scope only"),
    "other_unit": ("另一年的计量单位不同", "the other year counts in another unit"),
    # why two rows cannot be compared
    "conflicting_values": ("同一年出现不同数值", "one year gives several different values"),
    "period": ("统计期间不同", "the periods differ"),
    "unit": ("计量单位不可换算", "the units do not convert"),
    "kind": ("一年是数量，一年是比率", "one year gives an amount, the other a rate"),
    "partial_year": ("报告在当年内形成，不满一年", "the report was signed inside its own year"),
    "other_source": ("数据来源的机关不同", "the figures come from different publishers"),
    "selection": (
        "另一年只摘录了部分数字，其中没有这一项，不说明报告没有公布",
        "only selected figures of the other year are stored, and this one is not among them",
    ),
    "place_split": ("行政区划拆分或合并", "the place was split or merged"),
    "law_changed": ("其间法律有重大修改，口径随之变化", "the law behind the figure changed in between"),
    "no_denominator": ("没有给出这个地方的分母", "no denominator was given for this place"),
    # why a row is left out before any comparison
    "not_metric": ("不是指标数字", "not a metric"),
    "no_value": ("没有数值", "no value"),
    "duplicate": ("重复出现，只计一次", "printed again, counted once"),
    "repeated_value": ("同一数值多处出现，只计一次", "the same value again, counted once"),
    "plan": ("计划数，不是结果", "a plan, not a result"),
    "target": ("目标或要求，不是结果", "a target or requirement, not a result"),
    "change_only": ("只写了增减幅度，不是水平值", "states a change, not a level"),
    "other_period": (
        "同年另有全年数，累计或分段数不用",
        "a full-year figure exists, so the cumulative one is not used",
    ),
    "no_series": ("没有归类，也没有名称，无法成列", "no indicator and no label, so it belongs to no series"),
    "no_report": ("这一年没有报告", "there is no report of this year"),
    "few_places": ("数据里可比的同级地方太少", "too few places of the same level to rank it"),
    "single_figure": ("数据中只有一年有这个数字，不成序列", "the data have this figure for one year only: no series"),
    "no_other_year": ("没有另一年的报告", "there is no report of another year to hold it against"),
}
"""Every reason, with its Chinese and English wording."""

NOTES: Final[dict[str, tuple[str, str]]] = {
    "place_renamed": ("地名或区划代码有变更", "the place was renamed or given another code"),
    "source_changed": ("发布网站或文件种类有变化", "published on another site or in another kind of document"),
    "approximate": ("含约数、余数", "at least one figure is approximate"),
    "unit_word": ("计量单位用词不同但口径等同", "another measure word for the same unit"),
    "gap": ("两年之间有缺年", "years in between are missing"),
    "law_changed": ("其间法律有重大修改，口径随之变化", "the law behind the figure changed in between"),
    "ceiling": (
        "比率已接近上限或下限，微小变化不作要点",
        "the rate sits at its ceiling or floor; a small change is no headline",
    ),
}
"""Remarks that go with a comparison without forbidding it."""

LANGUAGES: Final = ("zh", "en")


def wording(code: str, lang: str = "zh") -> str:
    """Wording of a reason, verdict or note in ``zh`` or ``en``; an unknown code is shown as it stands.

    >>> wording("conflicting_values")
    '同一年出现不同数值'
    >>> wording("uncertain", "en")
    'uncertain'
    """
    index = LANGUAGES.index(lang)
    for table in (REASONS, VERDICTS, NOTES):
        if code in table:
            return table[code][index]
    return code
