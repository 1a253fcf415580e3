"""Bodies through which alone a place, a bureau or a town does a kind of act: what they did of it is all that it did."""

from __future__ import annotations

import re
from typing import NamedTuple

from fazhi_analysis.model import Indicator, Metadata


class _Organ(NamedTuple):
    """The whole name of a body behind its level, of which reporting bodies it is the one, and for which indicators."""

    name: re.Pattern[str]
    of: str
    acts: re.Pattern[str]


_ENFORCING = re.compile("处罚|罚没|行政检查|行政强制")
_REVIEWING = re.compile("审查|审核|合同|意见")
_ORGANS = (
    _Organ(
        re.compile("(?:人民)?(?:政府)?(?:行政)?复议(?:局|委员会|机构|机关|办公室|中心|部门)"),
        "government",
        re.compile("复议|应诉|诉讼|败诉"),
    ),
    _Organ(
        re.compile(
            "行政审批(?:服务)?局|政务(?:服务)?(?:和)?(?:大?数据)?(?:服务)?(?:管理)?局"
            "|级?(?:政务服务|行政服务|便民服务|政务|办事)?(?:大厅|中心)"
        ),
        "government",
        re.compile("办件|即办|进驻|一件事"),
    ),
    _Organ(re.compile("合法性(?:审查|审核)中心"), "government", _REVIEWING),
    _Organ(re.compile("(?:街道|镇|乡)?合法性(?:审查|审核)中心"), "township", _REVIEWING),
    _Organ(re.compile("(?:街道|镇|乡)?综治中心"), "township", re.compile("纠纷|调解|诉求")),
    _Organ(re.compile("(?:街道|镇|乡)?(?:综合)?(?:行政)?执法(?:局|办|中心|[支总大中]?队)"), "township", _ENFORCING),
    _Organ(
        re.compile("(?P<field>[\u4e00-\u9fff]{0,4}?)(?:综合)?(?:行政)?执法(?:[支总大]?队|机构|队伍)"),
        "department",
        _ENFORCING,
    ),
    _Organ(re.compile("(?P<field>[\u4e00-\u9fff]{2,6})系统"), "department", re.compile("")),
)
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
    >>> is_own_organ("新区行政复议局", catalogue["reconsideration_accepted"], county)
    False
    """
    level = _LEVEL.match(name)
    if level is not None and not metadata.region.endswith(level[1]):
        return False
    rest = name[level.end() :] if level else name
    return any(
        metadata.body_kind == organ.of
        and organ.acts.search(indicator.name_zh) is not None
        and (whole := organ.name.fullmatch(rest)) is not None
        and _is_short_for(whole.groupdict().get("field") or "", metadata.department)
        for organ in _ORGANS
    )


def _is_short_for(field: str, department: str) -> bool:
    """Whether a bureau's field is named in full or in some of its characters: 安监 for 安全生产监督管理."""
    rest = iter(department)
    return not field or (department.startswith(field[0]) and all(character in rest for character in field))
