"""下降到, 提高至: a level told as if it were a change."""

from __future__ import annotations

import re
from collections.abc import Iterable

from fazhi_analysis.analysis.audit.context import AuditContext
from fazhi_analysis.analysis.audit.printed import shown
from fazhi_analysis.analysis.audit.registry import evidence_of, finding, rule
from fazhi_analysis.model import Finding

_TO = re.compile(r"(?:下降|降低|降|上升|提高|提升|增长|增加|增|升)(?:到|至)了?\s*(?:约|近)?\s*$")


@rule(
    "level_not_change",
    title_zh="“下降到”只给出水平",
    title_en="A level, not a change",
    checks="“下降到X”“提高至X”：给出了现在的水平，没有给出变化幅度。",
    why="没有上年数，读者无法知道变化多少。",
    source="domain.md 5（下降到 / 下降）",
    example="败诉率下降到16%：水平是16%，变化未知。",
    can_be_wrong="上年数可能印在别处。",
    needs_text=True,
)
def check(context: AuditContext) -> Iterable[Finding]:
    """Notes on levels that are told as changes, where no earlier level is printed beside them."""
    if context.report is None:
        return
    for quantity in context.counted:
        before = re.sub(r"\s+", "", context.report.text[max(0, quantity.start - 12) : quantity.start])
        if quantity.change != "level" or not _TO.search(before):
            continue
        stated_from = re.search(
            r"[由从]\s*(?:上年|去年|\d)", context.report.text[max(0, quantity.start - 30) : quantity.start]
        )
        if stated_from:
            continue
        yield finding(
            "level_not_change",
            "note",
            f"“{before[-3:].lstrip('率数')}{shown(quantity)}”只给出水平，没有给出变化；请补充上年数。",
            f"{shown(quantity)} is told as a change but only gives the level; add the figure of the year before.",
            [evidence_of(quantity)],
        )
