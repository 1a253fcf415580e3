"""A plan or a requirement among the results."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from itertools import accumulate

from fazhi_analysis.analysis.audit.context import AuditContext
from fazhi_analysis.analysis.audit.english_figures import name_before, shown_en
from fazhi_analysis.analysis.audit.evidence import evidence_of
from fazhi_analysis.analysis.audit.printed import shown
from fazhi_analysis.analysis.audit_rulebook import Explanation, Rule
from fazhi_analysis.model import Finding

RULE = Rule(
    id="plan_not_result",
    lane="figures",
    zh=Explanation(
        title="计划数不是完成数",
        short="是计划不是结果",
        checks="在工作情况部分里，用“拟”“将”“力争”等写出的数字。",
        why="计划数混在成绩里，容易被当作已经完成。",
        source="报告体裁的常见陷阱（Target vs outcome）",
        example="拟聘请80名监督员：计划，不是结果。",
        can_be_wrong="个别计划在成文时可能已经完成。",
    ),
    en=Explanation(
        title="A plan, not a result",
        short="plan, not result",
        checks="Figures in the part on work done that are worded as plans (to be, will, strive for).",
        why="Plans among achievements are taken for done.",
        source="common traps of these reports",
        example="80 supervisors are to be appointed: a plan, not a result.",
        can_be_wrong="Some plans may have been carried out by the time of writing.",
    ),
)

_PLANS = re.compile(r"下一步|下步|今后|来年|下一年|打算|安排|工作计划|工作重点|预期目标|(?:主要|重点)(?:目标|任务)")


def check(context: AuditContext) -> Iterable[Finding]:
    """Notes on plans and targets outside the section on next steps."""
    spans = [(s.start, s.end) for s in context.statements if s.kind == "next_step"]
    if context.report is not None:
        spans += [(s.start, s.end) for s in context.report.sections if _PLANS.search(s.heading)]
    spans.sort()
    starts, reached = [start for start, _ in spans], list(accumulate((end for _, end in spans), max))
    for quantity in context.counted:
        begun = bisect_right(starts, quantity.start)
        if quantity.role == "result" or (begun and quantity.start < reached[begun - 1]):
            continue
        kind_zh, kind_en = ("计划", "a plan") if quantity.role == "plan" else ("要求或目标", "a requirement or target")
        yield RULE.finding(
            "note",
            f"{shown(quantity)}是{kind_zh}，不计入完成情况。请核对是否已经完成。",
            f"{name_before(quantity)}{shown_en(quantity)}; this is {kind_en} and is not counted as a result. "
            "Check whether it was done.",
            [evidence_of(quantity)],
        )
