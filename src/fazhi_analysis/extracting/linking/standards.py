"""A bound for each of several bodies is a standard, and no total: 每村培养5名以上, 各部门不少于2场."""

from __future__ import annotations

from fazhi_analysis.catalogue.word_lists import pattern

_EACH = pattern("(?:每|所有)[^，；。、]{0,4}?(?:<bodies>|<parts of a place>)")
_SEVERAL = pattern("各[^，；。、]{0,4}?(?:<bodies>|<parts of a place>)")
_OBLIGED = pattern("<at least>")
_BOUND = pattern("<at least>|以上")


def is_standard(head: str, figure: str) -> bool:
    """Whether words and figure say what each of several bodies has to reach.

    All that several did may be more than a round number, so that 以上 after 各 is no standard.

    >>> is_standard("所有村培养", "6名以上"), is_standard("各部门举办讲座", "不少于2场")
    (True, True)
    >>> is_standard("各部门举办讲座", "40场以上"), is_standard("所有村培养", "60名")
    (False, False)
    """
    if not ("每" in head or "所有" in head or "各" in head) or _BOUND.search(head + figure) is None:
        return False
    return _EACH.search(head) is not None or (_OBLIGED.search(head + figure) and _SEVERAL.search(head)) is not None
