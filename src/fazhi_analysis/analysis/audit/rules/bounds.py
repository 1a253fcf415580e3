"""Values outside what a measure can be: a rate over 100 %, a negative count."""

from __future__ import annotations

import re
from collections.abc import Iterable

from fazhi_analysis.analysis.audit.context import AuditContext
from fazhi_analysis.analysis.audit.printed import shown
from fazhi_analysis.analysis.audit.registry import evidence_of, finding, rule
from fazhi_analysis.model import Finding

# Performance of a plan may exceed the plan; a share of cases may not exceed the cases.
_MAY_EXCEED = re.compile(r"完成|超额|达到?计划|任务|目标|相当于|指数|投入|增|倍")
_SHARE = re.compile(
    r"办结率|满意率|满意度|合格率|覆盖率|参考率|优秀率|应诉率|败诉率|纠错率|调处率|化解率|成功率|好评率|回复率|答复率|公开率|审查率|占比|占"
)


@rule(
    "bounds",
    title_zh="数值超出可能范围",
    title_en="A value outside its possible range",
    checks="比率不超过100%，件数不为负。",
    why="办结率、满意率一类比率是部分占整体的百分比。",
    source="定义；domain.md 5",
    example="满意率199.2%：不可能。",
    can_be_wrong="任务完成率可以超过100%，所以这类写法只作存疑。",
)
def check(context: AuditContext) -> Iterable[Finding]:
    """Level rates over 100 and negative levels."""
    for quantity in context.metrics:
        if quantity.change != "level" or quantity.value is None:
            continue
        if quantity.kind == "rate" and quantity.value > 100:
            words = context.clause(quantity)
            share = bool(_SHARE.search(words)) and not _MAY_EXCEED.search(words)
            yield finding(
                "bounds",
                "error" if share else "warning",
                f"{shown(quantity)}超过100%"
                + ("，部分占整体的比率不可能如此。请核对。" if share else "；若指任务完成率则可以成立，请核对。"),
                f"{shown(quantity)} is over 100 %"
                + (
                    ": a share of a whole cannot be. Check it."
                    if share
                    else "; it can hold for a plan overfulfilled. Check it."
                ),
                [evidence_of(quantity)],
            )
        elif quantity.kind == "count" and quantity.value < 0:
            yield finding(
                "bounds",
                "error",
                f"{shown(quantity)}为负数，件数不能为负。请核对。",
                f"{shown(quantity)} is negative, which a count cannot be. Check it.",
                [evidence_of(quantity)],
            )
