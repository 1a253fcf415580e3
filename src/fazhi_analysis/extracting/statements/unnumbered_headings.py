"""Headings of problems without a number: a line of its own (存在的问题), or the label of a paragraph (存在的问题：)."""

from __future__ import annotations

import re

from fazhi_analysis.catalogue.word_lists import pattern
from fazhi_analysis.extracting.body_sections import Part
from fazhi_analysis.extracting.problem_headings import problem_heading

_LABEL = re.compile(
    r"(?:^|(?<=\n))(?![（(]?[一二三四五六七八九十\d]{1,3}[）)、.．])(?P<words>[^\n。，；：:！？!?|\t]{2,24})(?P<sign>[：:]|(?=\n|$))"
)
_TURNS_TO = pattern("<next step>|<improvement headings>|<improvement reports>|措施|原因")
_NUMBERED = re.compile(r"\n[一二三四五六七八九十]{1,3}、")
LABEL_LEVEL = 9
"""Level of a part that only a label opens: below every numbered heading."""


def label_parts(text: str, stop: int) -> list[Part]:
    """Parts that a label on problems opens, up to the next line that is a heading or label of something else.

    >>> text = "存在的问题\\n执法人员不足。\\n下一步打算\\n充实人员。"
    >>> [(part.heading, text[part.body : part.end]) for part in label_parts(text, len(text))]
    [('存在的问题', '\\n执法人员不足。\\n')]
    """
    found: list[Part] = []
    for match in _LABEL.finditer(text, 0, stop):
        last = found[-1] if found else None
        if last and last.end > match.start() and (not match["sign"] or _TURNS_TO.search(match["words"])):
            found[-1] = last._replace(end=match.start())
        if problem_heading(match["words"]):
            numbered = _NUMBERED.search(text, match.end(), stop)
            end = numbered.start() + 1 if numbered else stop
            found.append(Part(match["words"], match.start(), match.end(), end, LABEL_LEVEL, ""))
    return found
