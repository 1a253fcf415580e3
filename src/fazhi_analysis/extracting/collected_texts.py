"""Several texts on one page: model reports, or those of several bodies, each with a title or number of its own."""

from __future__ import annotations

import re

from fazhi_analysis.reading.section_numbers import starts_block

_N = "[一二三四五六七八九十\\d]{1,3}"
_DOCUMENT = "(?:总结|报告|汇报|述职|自查)"
_WORDS = "[^。；，：！？\n]"
_NEXT = re.compile(
    rf"\n[ \u3000]*(?:[【〔（]?(?:第{_N}篇|篇{_N}|范[文本]{_N}|模板{_N})(?=[：:、\s】〕）]|$)"
    rf"|{_WORDS}{{4,40}}{_DOCUMENT}(?:范[文本]|模板)?(?:精选)?[ \u3000]*(?:篇{_N}|（{_N}）|{_N}篇?)[ \u3000]*$"
    rf"|{_WORDS}{{2,30}}(?:法治政府|依法行政|法治建设){_WORDS}{{0,20}}{_DOCUMENT}(?:范[文本])?[ \u3000]*$)",
    re.MULTILINE,
)
_PIECE = re.compile(rf"第{_N}篇")


def next_text(text: str, start: int, end: int) -> int:
    """Where the next text on the page begins between two places, else the end.

    >>> text = "四、下一步\\n（一）按时报送法治政府建设年度报告\\n加强培训。\\n篇二：依法行政工作总结\\n今年办案12件。"
    >>> text[next_text(text, 0, len(text)) :][:2], next_text("加强培训。", 0, 5)
    ('篇二', 5)
    """
    line = text.find("\n", start, end)
    for found in _NEXT.finditer(text, line, end) if line >= 0 else ():
        words = found.group().strip("\n \u3000")
        if _PIECE.match(words) or not starts_block(words):  # a numbered line is a section of the plan
            return found.start() + 1
    return end
