"""How a number is named where its figure stands beside the name: the figure prints the measure word already."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from fazhi_analysis.presenting.html.markup import Fragment
from fazhi_analysis.presenting.wording.naming import field, label_text, named
from fazhi_analysis.presenting.wording.page_texts import Words

_SHORTEST: Final = 3
_NO_MEASURE: Final = ("", "%", "元")
_COUNTING: Final = re.compile("(?:件|项|批次|场次|人次|件次|次|篇|份|宗|起)?数$")
"""What may end the name of a number whatever its figure is printed with."""
_NOUN: Final = re.compile("(?:[案证文信邮稿]件|事项|[农商住用客账租牧渔散困保]户|个体户|[商厂国专买卖]家)数$")
"""Nouns that end like a measure word: of 案件数 and 商户数 only the last character says that it is a number."""
_THINGS: Final = frozenset("县市区乡镇村校所站点处队班院馆室店国")
"""Units that are what is counted (督察5县): without them the name would not say of what it is."""


def counted(name: str, unit: str) -> str:
    """The Chinese name of a number without the word for number, which its measure word says already.

    >>> counted("综窗受理事项数", "个"), counted("普法宣传活动场次", "场次"), counted("合法性审查件数（部门）", "件")
    ('综窗受理事项', '普法宣传活动', '合法性审查（部门）')
    >>> counted("净增入库企业家数", "家"), counted("净增经营主体户数", "户"), counted("远郊步道公里数", "公里")
    ('净增入库企业', '净增经营主体', '远郊步道')
    >>> counted("入驻园区商家数", "家"), counted("脱贫农户数", "户"), counted("实地督察县数", "县")
    ('入驻园区商家', '脱贫农户', '实地督察县')
    >>> counted("行政处罚案件数", "件"), counted("参加培训人数", "人"), counted("总数", "件")
    ('行政处罚案件', '参加培训人数', '总数')
    >>> counted("出庭应诉率", "%"), counted("罚没金额", "元")
    ('出庭应诉率', '罚没金额')
    """
    if unit in _NO_MEASURE:
        return name
    head, mark, scope = name.partition("（")
    short = _without_measure(head, unit)
    short = short.removesuffix(unit) if len(unit) > 1 else short
    return (short if len(short) >= _SHORTEST else head) + mark + scope


def _without_measure(head: str, unit: str) -> str:
    if head.endswith(("人数", "总数")):
        return head
    if _NOUN.search(head) or unit in _THINGS:
        return head.removesuffix("数")
    measure = f"{unit}数"
    return head.removesuffix(measure) if head.endswith(measure) else _COUNTING.sub("", head)


def text_with_figure(row: Any, words: Words) -> str:
    """Name of a row with its scope as text, as it stands before its figure.

    >>> text_with_figure({"label": "净增入库企业家数", "unit": "家", "scope": "全市"}, Words("zh"))
    '净增入库企业（全市）'
    """
    label = label_text(row, words)
    return counted(label, field(row, "unit")) if words.lang == "zh" else label


def named_with_figure(row: Mapping[str, Any], words: Words) -> Fragment:
    """Like :func:`text_with_figure`, with the scope set small, and Chinese words of an English page marked.

    >>> repr(named_with_figure({"label": "净增入库企业家数", "unit": "家", "scope": ""}, Words("zh")))
    '净增入库企业'
    """
    return named({**row, "label": text_with_figure({**row, "scope": ""}, words)} if words.lang == "zh" else row, words)
