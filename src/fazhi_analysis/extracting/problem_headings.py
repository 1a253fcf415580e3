"""Headings that announce the problems of a report itself: plans end at one, lists of problems begin there."""

from __future__ import annotations

from fazhi_analysis.catalogue.word_lists import pattern

_ANNOUNCES = pattern(
    r"(?:存在|自身|查摆|自[查评纠]).{0,8}<lack nouns>"
    r"|面临.{0,8}(?:<lack nouns>|<difficulties>)"
    r"|^(?:主要|突出|当前|目前|有关|工作)?的?(?:<lack nouns>)+(?:$|[与和及以、（(，]|原因)"
    r"|^(?:<lack nouns>|<difficulties>)[与和及、](?:<lack nouns>|<difficulties>)$"
    r"|^.{0,14}(?:中|上|方面)(?:发现|存在|遇到|暴露|反映)?的?(?:主要|突出)?<lack nouns>+(?:$|[与和及以、（(，])"
    r"|<lack nouns>(?:和|与|及|以及)(?:原因|差距|下一步|下步|今后)"
)
_NAMED = pattern("<lack nouns>|<difficulties>")  # what every such heading names, and few others
_RECTIFIED = pattern("<rectified>")
SOLVED = pattern("<solving>")


def problem_heading(heading: str) -> bool:
    """Whether a heading announces the report's own problems.

    >>> [problem_heading(h) for h in ("存在问题", "问题与不足", "着力解决突出问题", "存在的不足和原因", "面临的挑战")]
    [True, True, False, True, True]
    """
    if _NAMED.search(heading) is None or _ANNOUNCES.search(heading) is None or _RECTIFIED.search(heading):
        return False
    return not SOLVED.search(heading.split("存在")[0])
