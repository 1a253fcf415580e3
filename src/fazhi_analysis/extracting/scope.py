"""Whose figure it is, where the wording says so: 旗本级, 全旗, 以区政府为被告."""

from __future__ import annotations

import re

_PARTY = re.compile(r"以([\u4e00-\u9fff]{1,12}?(?:政府|行政机关|部门|单位|机关))(?:作)?为(共同)?(被告|被申请人|第三人)")
_OWN_LEVEL = re.compile(r"([省市区县旗盟州镇])(?:一?本级|级本级)")
_WHOLE = re.compile(r"(?<![健安齐完保成周])全([省市区县旗盟州镇乡])(?![域场通长民程办])")


def scope_of(own: str, clause: str = "") -> str:
    """Scope that the words give, the narrower before the wider; empty where they give none.

    Parameters
    ----------
    own:
        Words that stand with the figure.
    clause:
        Words of the same clause further off; only the whole area (全县) is looked for there.

    >>> scope_of("梳理公布旗本级权责清单"), scope_of("以区政府为被告的行政诉讼案件")
    ('旗本级', '以区政府为被告')
    >>> scope_of("调解组织共开展矛盾纠纷排查", "2023年全旗"), scope_of("全面梳理")
    ('全旗', '')
    """
    if "以" in own and (match := _PARTY.search(own)):
        return f"以{match[1]}为{match[3]}"
    if "本级" in own and (match := _OWN_LEVEL.search(own)):
        return f"{match[1]}本级"
    if ("全" in own and (match := _WHOLE.search(own))) or ("全" in clause and (match := _WHOLE.search(clause))):
        return f"全{match[1]}"
    return ""
