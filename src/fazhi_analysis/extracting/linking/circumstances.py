"""Circumstances of what a figure counts: with whom, by whom sent, where, when, for whom, as planned.

A circumstance opens with a word of its class and ends before the act (``catalogue/data/words/circumstances.txt``). It
leaves the count as it is where it names helpers, several means, places or occasions, or everybody. One place, one
occasion or one group of people alone makes a part, so it stays in the phrase, where the indicator has to explain it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from fazhi_analysis.catalogue.word_lists import pattern

_NEXT = "(?=(?:<acts>))"
_OPENERS = re.compile(
    "[会联携协配组动发带引选抽指安鼓在深走进入到赴前下沿依借结利抓抢把以趁紧围面向对为给按根据照遵与]"
)
_CIRCUMSTANCES = (
    # With whom (those one only helped have their own figures), with whose support: 联合县公安局; 在县公安局配合下.
    pattern(f"(?:<company openers>|(?:^|(?<=[|，年月日度来]))与)[^，；|的]{{1,32}}?(?:<company>)等?{_NEXT}"),
    pattern("在[^，；|]{2,24}?(?:<support>)下"),
    # Who was sent: 组织网格员、调解员排查.
    pattern(f"(?:<sending openers>)[^，；|的]{{0,24}}?(?:<those sent>)等?{_NEXT}"),
    # On what it relies: 依托互联网+监管系统.
    pattern("(?:<reliance>)[^，；|]{2,20}?(?:<tools>)"),
    # All over the place, in several places: 在主要路口、集贸市场.
    pattern(
        "(?:<where openers>)(?=[^，；|]{0,20}?(?:<all over>))(?:(?!<set up>)[^，；|\\d]){2,36}?(?=(?:<events held>))"
    ),
    pattern("(?:<from door to door>)"),
    # On several occasions: 利用赶集日、庙会等时机; on one of those that come by themselves.
    pattern(
        f"(?:<occasion openers>)(?=[^，；|]{{0,40}}?(?:<several occasions>))[^，；|]{{2,50}}?(?:<occasions>)"
        f"(?:前后|期间|之际|为契机)?{_NEXT}"
    ),
    pattern("结合[^，；|]{2,24}?(?:<occasions>)(?:[^，；|]{0,10}?等[^，；|]{0,4}?<occasions>)?"),
    # For everybody: 向广大群众.
    pattern("(?:<whom openers>)(?:<everyone>)(?:[、和及与](?:<everyone>))*(?=(?:<services>))"),
    # As planned; under a motto: 按照年度计划; 以民法典相伴为主题.
    pattern(f"(?:<as openers>)[^，；|]{{2,30}}?(?:<what is followed>){_NEXT}"),
    pattern(f"以[^，；|]{{2,30}}?为(?:<for theme>){_NEXT}"),
    # On a page of one's own: 在县政府网站主动公开信息.
    pattern("(?:在|依托|通过|利用)[^，；]{0,12}?(?:<own pages>)(?:上|中|平台)?(?=(?:共|累计|已)*(?:<online verbs>))"),
)


def without_circumstances(phrase: str, says: Sequence[str]) -> str:
    """The phrase with a bar for each circumstance, but for those that hold a wording that a rule rests on.

    >>> without_circumstances("联合县公安局、县税务局开展普法活动", ("普法活动",))
    '|开展普法活动'
    >>> without_circumstances("在主要路口、集贸市场联合执法", ("联合执法",))
    '|联合执法'
    >>> without_circumstances("在白岩村开展普法活动", ("普法活动",))  # one village: a part
    '在白岩村开展普法活动'
    """
    if _OPENERS.search(phrase) is None:
        return phrase
    for circumstance in _CIRCUMSTANCES:
        phrase = without(circumstance, phrase, says)
    return phrase


def without(words: re.Pattern[str], phrase: str, says: Sequence[str]) -> str:
    """The phrase with a bar for each of these words, but for those that hold a wording that a rule rests on."""
    return words.sub(lambda found: found[0] if any(say in found[0] for say in says) else "|", phrase)
