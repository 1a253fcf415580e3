"""Was the report sent and published in time?"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from fazhi_analysis.analysis.audit.context import AuditContext
from fazhi_analysis.analysis.audit.duties import duty_for
from fazhi_analysis.analysis.audit.registry import finding, rule
from fazhi_analysis.model import Finding, Severity

_ANSWER = {
    "yes": ("是", "confirmed"),
    "weak": ("不充分", "note"),
    "no": ("否", "warning"),
    "cannot tell": ("无法判断", "note"),
}


def answer(rule_id: str, key: str, result: str, duty_zh: str, duty_en: str, why_zh: str, why_en: str) -> Finding:
    """A finding that answers one statutory duty with yes, weak, no or cannot tell."""
    word, severity = _ANSWER[result]
    level: Severity = severity  # type: ignore[assignment]
    return finding(rule_id, level, f"{duty_zh}：{word}。{why_zh}", f"{duty_en}: {result}. {why_en}", [], key=key)


def _date(text: object) -> date | None:
    try:
        return date.fromisoformat(str(text))
    except ValueError:
        return None


@rule(
    "statutory_time",
    title_zh="报告与公开的时限",
    title_en="Statutory time limits",
    checks="落款日期是否在3月1日前（省级4月1日前），公开日期是否在4月1日前；规则随报告年度而定。",
    why="年度报告的报送与公开有法定时限。",
    source="《法治政府建设与责任落实督察工作规定》第四章；domain.md 1",
    example="2023年度报告，2024年2月20日落款：在时限内。",
    can_be_wrong="落款日期未必是送达日期；公开日期多半不在正文里，只能答“无法判断”。",
)
def check(context: AuditContext) -> Iterable[Finding]:
    """One answer for the report, one for its publication."""
    if context.year is None or not context.is_under_duty:
        return
    duty = duty_for(context.year, str(context.metadata.get("level") or ""))
    dates = {name: _date(context.metadata.get(name)) for name in ("signed_date", "print_date", "published_date")}
    signed = dates["signed_date"] or dates["print_date"]
    report_before = duty.report_before if duty else None
    publish_before = duty.publish_before if duty else None
    yield _answer("report", report_before, signed, "按时报送", "Reported in time")
    yield _answer("publication", publish_before, dates["published_date"], "按时公开", "Published in time")


def _answer(key: str, due: date | None, day: date | None, what_zh: str, what_en: str) -> Finding:
    if due is None:
        why_zh, why_en = "该年度没有可以确定的时限。", "No due date can be stated for that year."
        return answer("statutory_time", key, "cannot tell", what_zh, what_en, why_zh, why_en)
    if day is None:
        why_zh, why_en = "文中没有相应日期。", "The text gives no such date."
        return answer("statutory_time", key, "cannot tell", what_zh, what_en, why_zh, why_en)
    return answer(
        "statutory_time",
        key,
        "yes" if day < due else "no",
        what_zh,
        what_en,
        f"日期为{day.year}年{day.month}月{day.day}日，时限为{due.month}月{due.day}日前。",
        f"Dated {day.isoformat()}, due before {due.isoformat()}.",
    )
