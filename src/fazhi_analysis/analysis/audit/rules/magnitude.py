"""A value whose size jumped against the year before: a slipped 万, a slipped decimal point."""

from __future__ import annotations

from collections.abc import Iterable
from math import log10

from fazhi_analysis.analysis.audit.context import AuditContext
from fazhi_analysis.analysis.audit.printed import number, shown
from fazhi_analysis.analysis.audit.registry import evidence_of, finding, rule
from fazhi_analysis.catalogue import unit_group
from fazhi_analysis.model import Finding

_JUMP = 50.0
_SMALLEST = 5.0


@rule(
    "magnitude",
    title_zh="与上年相差悬殊",
    title_en="A jump in magnitude against the year before",
    checks="同一指标与上一年度相差五十倍以上，或者数字相同而差整十、百、千、万倍。",
    why="“万”字漏写、小数点错位，最容易在年度之间看出来。",
    source="magnitude check (STYLE 8)；domain.md 5",
    example="上年8.7万元，本年8.9元。",
    can_be_wrong="业务量确实大增大减，或者统计范围变了。",
)
def check(context: AuditContext) -> Iterable[Finding]:
    """One warning for each result whose size cannot be ordinary change."""
    earlier = {
        (row.indicator_id, row.scope, unit_group(row.unit)): row
        for row in context.earlier
        if row.indicator_id and row.role == "result" and row.change == "level" and not row.duplicate_of
    }
    for row in context.counted:
        before = earlier.get((row.indicator_id, row.scope, unit_group(row.unit)))
        comparable = row.role == "result" and row.change == "level" and row.kind in {"count", "money"}
        if before is None or not comparable or not row.value or not before.value:
            continue
        ratio = row.value / before.value
        steps = abs(log10(ratio))
        slipped = steps >= 0.99 and abs(steps - round(steps)) < 0.005
        if max(row.value, before.value) < _SMALLEST or (not slipped and 1 / _JUMP < ratio < _JUMP):
            continue
        factor = number(round(max(ratio, 1 / ratio)))
        yield finding(
            "magnitude",
            "warning",
            f"{row.label}本年{shown(row)}，{context.earlier_year}年{shown(before)}，相差约{factor}倍；"
            "若业务量或范围确有变化则可以成立，请核对单位与小数点。",
            f"{shown(row)} against {shown(before)} in {context.earlier_year}: a factor of about "
            f"{factor}. It can hold if the work or its scope changed; check unit and decimal point.",
            [evidence_of(row), evidence_of(before)],
        )
