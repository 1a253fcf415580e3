"""Words that two figures share: whether they are named after the same thing."""

from __future__ import annotations

import re
from itertools import takewhile

_EMPTY = re.compile(
    r"[的在了所]|全(?:年|县|旗|区|市|省|盟|州)|(?:年内|今年|本年|去年|上年)|案件|事项|情况|工作|人员|部门|单位|组织|开展|办理|完成|共计|合计|总计|"
    r"其中|分别|政务服务|国家工作|[一二三四五六七八九十]是|达到|数量|行政|法治|有关|相关|各类|各级"
)


_NAMES_IT = 4
"""Characters beyond words that name nothing, which at the end of both names name one measure."""


def shared_words(one: str, other: str) -> int:
    """Length of the longest run of characters that both hold, words that name nothing left out.

    >>> shared_words("生效裁判", "行政机关履行生效裁判的履行率"), shared_words("办理行政案件", "受理行政案件")
    (4, 0)
    """
    return shared_run(_EMPTY.sub("，", one), _EMPTY.sub("、", other))


def says_the_same(one: str, other: str) -> bool:
    """Whether one name says nothing but what the other says, words that name nothing left out.

    All and a part of something share words, too; what the part says beside them is its own.

    >>> says_the_same("全年受理复议案件", "全年共受理复议案件"), says_the_same("常务会议学法", "常务会议专题学习")
    (True, False)
    >>> says_the_same("强化监督全年受理复议案件", "全年共受理复议案件")  # a heading may stand before the name
    True
    """
    short, long = sorted((_EMPTY.sub("", one), _EMPTY.sub("", other)), key=len)
    pairs = zip(reversed(short), reversed(long), strict=False)
    ending = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
    return len(short) > 1 and (short in long or ending >= _NAMES_IT)


def shared_run(one: str, other: str) -> int:
    """Length of the longest run of characters that both hold.

    >>> shared_run("审结行政复议案件", "在审结的行政复议案件")
    6
    """
    best = 0
    for start in range(len(one)):
        while start + best < len(one) and one[start : start + best + 1] in other:
            best += 1
    return best
