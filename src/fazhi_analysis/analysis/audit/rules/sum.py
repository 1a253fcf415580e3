"""Parts against their total: a list that adds up to a printed total, or breaks it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from fazhi_analysis.analysis.audit.context import AuditContext
from fazhi_analysis.analysis.audit.printed import number, shown
from fazhi_analysis.analysis.audit.registry import evidence_of, finding, rule
from fazhi_analysis.catalogue import unit_group
from fazhi_analysis.model import Finding, Quantity

_TOTAL = re.compile(r"共|合计|总计|总数")
_PARTS = re.compile(r"其中|包括|分别(?:为|是)?|[（(]")
_COMPLETE = re.compile(r"分别(?:为|是)")


def _sentences(context: AuditContext) -> Iterator[list[Quantity]]:
    group: list[Quantity] = []
    for quantity in context.results:
        if group and context.sentence(group[-1]) != context.sentence(quantity):
            yield group
            group = []
        if quantity.kind in {"count", "money"}:
            group.append(quantity)
    if group:
        yield group


def _between(context: AuditContext, first: Quantity, second: Quantity) -> str:
    assert context.report is not None
    return context.report.text[first.end : second.start]


def _total_then_parts(context: AuditContext, group: list[Quantity]) -> Iterator[Finding]:
    for place, total in enumerate(group[:-2]):
        opening = _between(context, total, group[place + 1])
        if not _PARTS.search(opening) or "。" in opening:
            continue
        parts = [group[place + 1]]
        for other in group[place + 2 :]:
            gap = _between(context, parts[-1], other)
            if unit_group(other.unit) != unit_group(total.unit) or re.search(r"[）)；;]", gap):
                break
            parts.append(other)
        if len(parts) < 2 or unit_group(parts[0].unit) != unit_group(total.unit):
            continue
        low = sum(part.lower or 0 for part in parts)
        high = sum(part.upper or 0 for part in parts)
        words = " + ".join(shown(part) for part in parts)
        evidence = [evidence_of(total), *(evidence_of(part) for part in parts)]
        result = number(low) if low == high else f"{number(low)}～{number(high)}"
        if low <= (total.upper or 0) and (total.lower or 0) <= high:
            yield finding(
                "sum",
                "confirmed",
                f"{words} = {result}，与合计{shown(total)}相符。",
                f"{words} = {result}, which agrees with the total {shown(total)}.",
                evidence,
            )
        elif _COMPLETE.search(opening):
            yield finding(
                "sum",
                "error",
                f"{words} = {result}，合计却印为{shown(total)}。请核对各部分与合计。",
                f"{words} = {result}, but the total is printed as {shown(total)}. Check the parts and the total.",
                evidence,
            )
        elif low > (total.upper or 0):
            yield finding(
                "sum",
                "warning",
                f"{words} = {result}，大于合计{shown(total)}；若各部分有交叉则可以成立，请核对。",
                f"{words} = {result}, more than the total {shown(total)}; it can hold if parts overlap. Check.",
                evidence,
            )
        elif high >= 0.8 * (total.lower or 0):
            yield finding(
                "sum",
                "warning",
                f"{words} = {result}，小于合计{shown(total)}；若另有未列出的部分则可以成立，请核对。",
                f"{words} = {result}, less than the total {shown(total)}; it can hold if a part is unlisted. Check.",
                evidence,
            )


def _parts_then_total(context: AuditContext, group: list[Quantity]) -> Iterator[Finding]:
    """Confirm only: a list of counts followed by their sum in a sentence that speaks of a total."""
    assert context.report is not None
    for place, total in enumerate(group[2:], start=2):
        for first in range(max(0, place - 6), place - 1):
            parts = group[first:place]
            exact = all(part.lower == part.upper for part in (*parts, total))
            span = context.report.text[max(0, parts[0].start - 6) : total.start]
            listed = all("、" in _between(context, a, b) or "和" in _between(context, a, b) for a, b in pairwise(parts))
            if (
                exact
                and listed
                and _TOTAL.search(span)
                and sum(p.value or 0 for p in parts) == total.value
                and total.value > 5
            ):
                words = " + ".join(shown(part) for part in parts)
                yield finding(
                    "sum",
                    "confirmed",
                    f"{words} = {number(total.value)}，与{shown(total)}相符。",
                    f"{words} = {number(total.value)}, which agrees with {shown(total)}.",
                    [evidence_of(total), *(evidence_of(part) for part in parts)],
                )
                break


@rule(
    "sum",
    title_zh="各部分与合计",
    title_en="Parts against their total",
    checks="“共N件，其中A件、B件”一类写法，把各部分相加，与合计比较。",
    why="改动一个数而忘了改合计。",
    source="恒等关系；domain.md 5（括号内的合计）",
    example="4个镇 + 76个部门 = 80份清单：相符。",
    can_be_wrong="“其中”不一定列全，各部分也可能交叉；只有写明“分别为”才算列全。",
    needs_text=True,
)
def check(context: AuditContext) -> Iterable[Finding]:
    """Sums inside one sentence."""
    if context.report is None:
        return
    for group in _sentences(context):
        if len(group) >= 3:
            yield from _total_then_parts(context, group)
            yield from _parts_then_total(context, group)
