"""下降到, 提高至: a level worded as if it were a change."""

from __future__ import annotations

import re
from collections.abc import Iterable

from fazhi_analysis.analysis.audit.context import AuditContext
from fazhi_analysis.analysis.audit.english_figures import shown_en
from fazhi_analysis.analysis.audit.evidence import evidence_of
from fazhi_analysis.analysis.audit.printed import shown
from fazhi_analysis.analysis.audit_rulebook import Explanation, Rule
from fazhi_analysis.catalogue.word_lists import pattern
from fazhi_analysis.model import Finding, Quantity

RULE = Rule(
    id="level_not_change",
    lane="figures",
    needs_text=True,
    zh=Explanation(
        title="“下降到”只给出水平",
        short="是水平不是变化",
        checks="“下降到X”“提高至X”：给出了现在的水平，没有给出变化幅度。",
        why="没有上年数，读者无法知道变化多少。",
        source="报告体裁的常见陷阱（下降到 / 下降）",
        example="败诉率下降到21%：水平是21%，变化未知。",
        can_be_wrong="上年数可能印在别处。",
    ),
    en=Explanation(
        title="A level, not a change",
        short="level, not change",
        checks="“Fell to X”, “rose to X”: the level is given, the change is not.",
        why="Without last year's figure nobody knows how much changed.",
        source="common traps of these reports",
        example="The share of lost lawsuits fell to 21%: the level is 21%, the change unknown.",
        can_be_wrong="Last year's figure may stand elsewhere.",
    ),
)

_TO = pattern("((?:<rise verbs>|<fall verbs>|增|升|降)(?:到|至)了?)(?:约|近)?$")
_FROM = re.compile(r"[由从](?:上年|去年|原来|原先|\d)")


def _change_beside(context: AuditContext, quantity: Quantity) -> bool:
    """Whether the sentence goes on to print the change itself: 增加到215项，比上年增加25项."""
    following = context.next_in_sentence(quantity)
    return following is not None and following.change != "level"


def check(context: AuditContext) -> Iterable[Finding]:
    """Notes on levels that are worded as changes, where no earlier level is printed beside them."""
    if context.report is None:
        return
    for quantity in context.counted:
        before = context.lead(quantity, 12)
        worded = _TO.search(before)
        if quantity.change != "level" or quantity.role != "result" or not worded:
            continue
        if _FROM.search(context.lead_in_sentence(quantity, 40)) or _change_beside(context, quantity):
            continue
        yield RULE.finding(
            "note",
            f"“{worded.group(1)}{shown(quantity)}”只给出水平，没有给出变化；请补充上年数。",
            f"{shown_en(quantity)} is worded as a change but gives only the level; add the figure of the year before.",
            [evidence_of(quantity)],
        )
