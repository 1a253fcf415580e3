"""Whose law study a figure counts: that of the meeting or study group which its own words name.

``data/study_groups.csv`` says which indicator each kind of group has; where a group is not said to be whose
(党委中心组, 中心组), it is that of the body that reports, and the row of its kind holds.
"""

from __future__ import annotations

import re
from functools import cache

from fazhi_analysis.catalogue.data_files import data_rows
from fazhi_analysis.catalogue.word_lists import pattern

_GROUPS = pattern(
    "(?P<all><groups of all>)|(?P<other><other meetings>)|(?P<executive_meeting><executive meetings>)"
    "|(?P<group_of_the_place><groups of the place>)|(?P<group_of_an_office><groups of an office>)"
    "|(?P<branch><branches>)|(?P<group_of_a_committee><groups of a committee>)|(?P<group_without_owner><study groups>)"
)
_TITLES = re.compile("《[^《》\n]*》")
_JOINED = re.compile("[、和及与]")
_PLANNED = pattern("(?:纳入|列入|融入|作为)[^，。；]*?(?:<what is studied>)")
_TOGETHER = "meetings_law_study_total"
_WITHOUT_OWNER = "group without owner"
_WITH_OWNER = frozenset(["group of the place", "group of a committee", "group of an office"])
_OTHERS = ("law_study_sessions", _TOGETHER)  # in nobody's meeting, and in several together


def whose_study(indicator: str, words: str, sentence: str, body_kind: str) -> str:
    """The indicator of the group that the words of a figure name, where it is one of study and they name a single one.

    Parameters
    ----------
    indicator:
        The indicator that the wording gave; any but those of study stays.
    words:
        The clause of the figure after the figure before it.
    sentence:
        What the sentence says before that clause, which decides where the clause names none.
    body_kind:
        Kind of the body that reports (``department``, ``township`` …).

    >>> whose_study("party_group_law_study", "召开理论学习中心组专题学法会", "", "township")
    'party_committee_law_study'
    >>> whose_study("party_group_law_study", "开展专题学法", "将宪法纳入理论学习中心组学习内容，", "township")
    'party_committee_law_study'
    >>> whose_study("party_group_law_study", "开展专题学法", "将宪法纳入中心组、三会一课学习内容，", "township")
    'law_study_sessions'
    >>> whose_study("meetings_law_study_total", "县委常委会、县政府常务会议学法", "", "government")
    'meetings_law_study_total'
    """
    rows = _rows()
    if indicator not in (*rows.values(), *_OTHERS):
        return indicator
    for own, part in ((True, words), (False, sentence)):
        part = _TITLES.sub("", part)  # 《县政府常务会议学法计划》
        if not own and indicator in rows.values() and _is_for_several(part):
            return _OTHERS[0]
        named = [str(match.lastgroup).replace("_", " ") for match in _GROUPS.finditer(part)]
        if not own:
            named = [name for name in named if name != "branch"]  # 党支部牵头整改，全局学法12次
        if named == ["other"] and own and indicator == _TOGETHER:
            return ""  # 党工委会学法12次: one meeting, which has no indicator of its own
        found = set(named)
        if own and found == {_WITHOUT_OWNER} and body_kind != "department" and (owned := _owned(sentence)):
            found = {owned}  # 制定县委中心组学习计划，中心组学法3次
        if len(found) == 1:
            group = found.pop()
            return rows.get((group, body_kind), rows.get((group, ""), indicator))
        if found:
            break
    return indicator


def _owned(sentence: str) -> str:
    """The one group of known owners that a sentence names before a group without one, empty for several."""
    named = {str(match.lastgroup).replace("_", " ") for match in _GROUPS.finditer(sentence)} - {_WITHOUT_OWNER}
    return named.pop() if len(named) == 1 and named <= _WITH_OWNER else ""


def _is_for_several(part: str) -> bool:
    """Whether law is made a matter of study for a group among others, which does not say that it was the group's.

    >>> _is_for_several("将宪法纳入中心组、三会一课学习内容，"), _is_for_several("将宪法纳入中心组学习内容，")
    (True, False)
    """
    planned = _PLANNED.search(part)
    if planned is None or not _GROUPS.search(planned[0]) or _GROUPS.search(_PLANNED.sub("", part)):
        return False
    return _JOINED.search(_GROUPS.sub("", planned[0])) is not None


@cache
def _rows() -> dict[tuple[str, str], str]:
    return {
        (row["group"], row["body_kind"]): row["indicator_id"] for row in data_rows("extracting/data/study_groups.csv")
    }
