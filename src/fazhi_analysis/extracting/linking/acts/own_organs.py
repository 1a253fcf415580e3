"""Bodies through which alone a place, a bureau or a town does a kind of act: what they did of it is all that it did."""

from __future__ import annotations

import re
from typing import NamedTuple

from fazhi_analysis.model import Indicator, Metadata


class _Organ(NamedTuple):
    """What the name of a body ends in, of which reporting bodies it is the one, and for which indicators."""

    name: re.Pattern[str]
    of: frozenset[str]
    acts: re.Pattern[str]


_ORGANS = (
    _Organ(
        re.compile("复议(?:局|委员会|机构|机关|办公室|中心|部门)$"),
        frozenset(["government"]),
        re.compile("复议|应诉|诉讼|败诉"),
    ),
    _Organ(
        re.compile("(?:审批局|政务[\u4e00-\u9fff]{0,8}局|大厅|(?:政务|便民|党群)服务中心|政务中心)$"),
        frozenset(["government", "township"]),
        re.compile("事项|办件|即办|政务|进驻|一件事|通办|网办|许可"),
    ),
    _Organ(
        re.compile("执法(?:局|办|中心|[支总大中]?队)$"),
        frozenset(["township"]),
        re.compile("处罚|罚没|行政检查|行政强制"),
    ),
    _Organ(
        re.compile("执法(?:[支总大]?队|机构|队伍)$"),
        frozenset(["department"]),
        re.compile("处罚|罚没|行政检查|行政强制"),
    ),
)
_BELOW = re.compile("[镇乡村]|街道|社区|苏木")
_LEVEL = re.compile("全?([省市县区旗盟州])")


def is_own_organ(name: str, indicator: Indicator, metadata: Metadata) -> bool:
    """Whether the body of this name, on the level of the one that reports, does all that the indicator counts.

    >>> from fazhi_analysis.catalogue import load_catalogue
    >>> catalogue = load_catalogue()
    >>> town = Metadata(region="云岭省云汀县月塘镇", body_kind="township")
    >>> is_own_organ("镇综合执法队", catalogue["penalty_cases"], town)
    True
    >>> is_own_organ("县综合执法局", catalogue["penalty_cases"], town)
    False
    >>> county = Metadata(region="云岭省云汀县", body_kind="government")
    >>> is_own_organ("县综合执法局", catalogue["penalty_cases"], county)
    False
    >>> is_own_organ("县行政复议局", catalogue["reconsideration_accepted"], county)
    True
    """
    level = _LEVEL.match(name)
    if level is not None and not metadata.region.endswith(level[1]):
        return False
    if metadata.body_kind == "government" and _BELOW.search(name):
        return False
    return any(
        metadata.body_kind in organ.of and organ.name.search(name) and organ.acts.search(indicator.name_zh)
        for organ in _ORGANS
    )
