"""Wording that leaves a figure unclear: 余 with no room, a missing measure word."""

from __future__ import annotations

import re
from collections.abc import Iterable

from fazhi_analysis.analysis.audit.context import AuditContext
from fazhi_analysis.analysis.audit.printed import number
from fazhi_analysis.analysis.audit.registry import evidence_of, finding, rule
from fazhi_analysis.model import Finding

_ROOM = re.compile(r"\d*[1-9]\s*[余多](?![万亿])")


@rule(
    "odd_wording",
    title_zh="措辞使数字含糊",
    title_en="Wording that blurs a figure",
    checks="个位数后面的“余”“多”没有余地；数字后面没有量词。",
    why="“28余人次”究竟是28还是29，读者无从得知。",
    source="domain.md 5（Odd 余；no measure word）",
    example="28余人次；10716经营主体。",
    can_be_wrong="“余”可能只是习惯用语。",
    needs_text=True,
)
def check(context: AuditContext) -> Iterable[Finding]:
    """Notes on figures whose wording leaves no room, or that lack a measure word."""
    for quantity in context.metrics:
        printed = re.sub(r"\s+", "", quantity.text)
        if quantity.qualifier == "over" and _ROOM.match(printed):
            yield finding(
                "odd_wording",
                "note",
                f"“{printed}”：末位不是零，“余”没有余地，"
                f"按{number(quantity.lower)}～{number(quantity.upper)}处理。请核对原数。",
                f"“{printed}”: the last digit is not zero, so “余” (“over”) has no room; it is read as "
                f"{number(quantity.lower)} to {number(quantity.upper)}. Check the count.",
                [evidence_of(quantity)],
            )
        elif quantity.kind == "count" and not quantity.unit:
            yield finding(
                "odd_wording",
                "note",
                f"“{printed}”后面没有量词，单位只能推断。请补写量词。",
                f"“{printed}” has no measure word; its unit can only be inferred. Add it.",
                [evidence_of(quantity)],
                key="unit",
            )
