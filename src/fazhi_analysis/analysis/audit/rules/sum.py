"""Parts against their total: a list that adds up to a printed total, or breaks it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from fazhi_analysis.analysis.audit.context import AuditContext
from fazhi_analysis.analysis.audit.english_figures import range_en, run_en, shown_en
from fazhi_analysis.analysis.audit.evidence import evidence_of
from fazhi_analysis.analysis.audit.parts_and_totals import Sum
from fazhi_analysis.analysis.audit.printed import number, shown
from fazhi_analysis.analysis.audit.sums import find_sums
from fazhi_analysis.analysis.audit_rulebook import Explanation, Rule
from fazhi_analysis.catalogue import comparable_units
from fazhi_analysis.model import Finding, Quantity, Severity

RULE = Rule(
    id="sum",
    lane="figures",
    identity="sum",
    needs_text=True,
    zh=Explanation(
        title="各部分与合计",
        short="合计核对",
        checks=(
            "“A件、B件，合计C件”“共C件，分别为A件、B件”“C件，其中A件、B件”、表格的合计行：把各部分相加，与合计比较；"
            "“向A个镇、B个部门印发清单C份”按每家一份核对。"
        ),
        why="改动一个数而忘了改合计。",
        source="恒等关系；报告体裁的常见陷阱（括号内的合计）",
        example="4个镇 + 76个部门 = 80份清单：相符；46场次 + 38场次 = 84，合计却印为86场次：不符。",
        can_be_wrong=(
            "“其中”不一定列全，各部分也可能交叉；只有写明“合计”“分别为”或者表格合计行，才按列全处理；"
            "列举中有“等”字的，不作为错误。"
        ),
    ),
    en=Explanation(
        title="Parts against their total",
        short="sum",
        checks=(
            "Lists with their total, totals with their parts, “of which” parts and total lines of tables: the "
            "parts are added and compared with the total; copies sent to A towns and B departments are "
            "compared with one copy each."
        ),
        why="A part was changed and the total forgotten.",
        source="identities; common traps of these reports",
        example="4 towns + 76 departments = 80 lists: agrees; 46 events + 38 events = 84, printed as 86: does not.",
        can_be_wrong=(
            "“Of which” need not list all and parts may overlap; only “in all”, “respectively” and total lines "
            "count as complete, and lists that end in “etc.” are never errors."
        ),
    ),
)


def _say(item: Sum, severity: Severity, zh: str, en: str) -> Finding:
    words = " + ".join(shown(part) for part in item.parts)
    added = item.added
    result = number(added.lower) if added.lower == added.upper else f"{number(added.lower)}～{number(added.upper)}"
    words_en = (
        " + ".join(run_en([_named_like(part, item.total) for part in item.parts]))
        + f" = {range_en(added.lower, added.upper)}"
    )
    total, total_en = shown(item.total), shown_en(item.total)
    places = [evidence_of(item.total), *map(evidence_of, item.parts)]
    return RULE.finding(
        severity, f"{words} = {result}，{zh.format(total)}", f"{words_en}, {en.format(total_en)}", places
    )


def _named_like(part: Quantity, total: Quantity) -> Quantity:
    """A part without an indicator of its own counts what its total counts."""
    alike = not part.indicator_id and comparable_units(part.unit, total.unit)
    return replace(part, indicator_id=total.indicator_id, label=total.label) if alike else part


def _judge(item: Sum) -> Finding | None:
    if item.holds:
        # Two figures that happen to add up prove nothing once their units differ, except one list a recipient.
        meant = item.one_unit or item.form == "recipients"
        return _say(item, "confirmed", "与{}相符。", "which agrees with {}.") if meant else None
    if item.form == "recipients":
        return _say(
            item,
            "note",
            "报告写为{}；若有的对象不止一份，或者没有全部发到，则可能无误，请核对。",
            "but the report says {}; it may be right if some got several or none. Check.",
        )
    if item.closed:
        return _say(
            item,
            "error",
            "报告合计为{}。请核对各部分与合计。",
            "but the report gives a total of {}. Check the parts and the total.",
        )
    if item.form == "listed":
        return _say(
            item,
            "warning",
            "报告总数为{}；若另有未列出的部分，或者各部分有交叉，则可能无误，请核对。",
            "but the report gives {} in all; it may be right if a part is unlisted or parts overlap. Check.",
        )
    if item.form == "opened" and item.added.lower > (item.total.upper or 0):
        return _say(
            item,
            "warning",
            "大于{}；若各部分有交叉则可能无误，请核对。",
            "more than {}; it may be right if parts overlap. Check.",
        )
    return None


def check(context: AuditContext) -> Iterable[Finding]:
    """Sums inside one sentence or one table."""
    found: dict[tuple[object, ...], tuple[Sum, Finding]] = {}
    for item in find_sums(context):
        one = _judge(item)
        if one is None:
            continue
        # 共85件，分别为甲、乙、丙，合计85件 prints one total twice: that is one finding on both.
        key = (one.severity, one.message_zh, *(part.start for part in item.parts))
        known = found.get(key)
        if known is not None and known[0].total.start != item.total.start:
            places = (*known[1].evidence, evidence_of(item.total))
            one = RULE.finding(one.severity, one.message_zh, one.message_en, places)
        found[key] = (item, one)
    for _, one in found.values():
        yield one
