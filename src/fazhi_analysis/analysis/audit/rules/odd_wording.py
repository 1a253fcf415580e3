"""Wording that leaves a figure unclear: 余 with no room, a missing measure word, parts and total in different ones."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from fazhi_analysis.analysis.audit.context import AuditContext
from fazhi_analysis.analysis.audit.english_figures import listed_en, range_en, shown_en
from fazhi_analysis.analysis.audit.evidence import evidence_of
from fazhi_analysis.analysis.audit.printed import number, shown
from fazhi_analysis.analysis.audit.sums import find_sums
from fazhi_analysis.analysis.audit_rulebook import Explanation, Rule
from fazhi_analysis.model import Finding

RULE = Rule(
    id="odd_wording",
    lane="figures",
    needs_text=True,
    zh=Explanation(
        title="措辞使数字含糊",
        short="措辞存疑",
        checks="个位数后面的“余”“多”没有余地；数字后面没有量词；各部分与合计的量词不同。",
        why="“36余人次”究竟是36还是37，读者无从得知。",
        source="报告体裁的常见陷阱（Odd 余；no measure word）",
        example="36余人次；20384经营主体；52件、35件，合计87人。",
        can_be_wrong="“余”可能只是习惯用语；量词不同的数字也可能碰巧相加。",
    ),
    en=Explanation(
        title="Wording that blurs a figure",
        short="odd wording",
        checks=(
            "“Over” behind a digit that leaves no room; a number without a measure word; parts and total in "
            "different measure words."
        ),
        why="Whether “over 36 attendances” is 36 or 37 nobody can know.",
        source="common traps of these reports",
        example="over 36 attendances; 20384 without a measure word; 52 cases and 35 cases, 87 people in all.",
        can_be_wrong="“Over” may be mere habit; figures in different measure words may add up by chance.",
    ),
)

_ROOM = re.compile(r"\d*[1-9]\s*[余多](?![万亿])")


def _single(context: AuditContext) -> Iterator[Finding]:
    for quantity in context.metrics:
        printed = shown(quantity)
        if quantity.qualifier == "over" and _ROOM.match(printed):
            yield RULE.finding(
                "note",
                f"“{printed}”：末位不是零，“余”没有余地，"
                f"按{number(quantity.lower)}～{number(quantity.upper)}处理。请核对原数。",
                f"Printed as {shown_en(quantity)}, but the last digit is not zero, so “over” (余) has no room; read as "
                f"{range_en(quantity.lower or 0, quantity.upper or 0)}. Check the count.",
                [evidence_of(quantity)],
            )
        elif quantity.kind == "count" and not quantity.unit and re.search(r"\d", printed):
            yield RULE.finding(
                "note",
                f"“{printed}”后面没有量词，单位只能推断。请补写量词。",
                f"{shown_en(quantity)} has no measure word; its unit can only be inferred. Add it.",
                [evidence_of(quantity)],
                key="unit",
            )


def _mixed(context: AuditContext) -> Iterator[Finding]:
    for item in find_sums(context):
        if item.form == "listed" and not item.one_unit and item.holds and item.total.unit:
            parts = "、".join(shown(part) for part in item.parts)
            yield RULE.finding(
                "note",
                f"各部分（{parts}）与合计{shown(item.total)}的量词不同，数字却正好相加。请统一量词。",
                f"The parts ({listed_en(list(item.parts))}) and their total {shown_en(item.total)} have "
                f"different measure words, yet they add "
                "up. Use one.",
                [evidence_of(item.total), *map(evidence_of, item.parts)],
                key="mixed",
            )


def check(context: AuditContext) -> Iterable[Finding]:
    """Notes on figures whose wording leaves no room, lack a measure word, or mix two."""
    yield from _single(context)
    yield from _mixed(context)
