"""Was the report sent and published in time?"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from fazhi_analysis.analysis.audit.answers import answer
from fazhi_analysis.analysis.audit.context import AuditContext
from fazhi_analysis.analysis.audit.duties import duty_for, duty_level
from fazhi_analysis.analysis.audit_rulebook import Explanation, Rule
from fazhi_analysis.model import Evidence, Finding

RULE = Rule(
    id="statutory_time",
    lane="duties",
    zh=Explanation(
        title="报告与公开的时限",
        short="法定时限",
        checks="落款日期是否在3月1日前（省级4月1日前），公开日期是否在4月1日前；规则随报告年度而定。",
        why="年度报告的报送与公开有法定时限。",
        source="《法治政府建设与责任落实督察工作规定》第四章",
        example="2023年度报告，2024年2月20日落款：在时限内。",
        can_be_wrong="落款日期未必是送达日期；公开日期多半不在正文里，只能答“无法判断”。",
    ),
    en=Explanation(
        title="Statutory time limits",
        short="statutory date",
        checks=(
            "Whether the report is dated before 1 March (provinces: 1 April) and published before 1 April; the "
            "rule depends on the report year."
        ),
        why="Sending and publishing the annual report have statutory limits.",
        source="Provisions on supervising rule-of-law government and its responsibilities, chapter 4",
        example="The report of 2023 is dated 20 February 2024: in time.",
        can_be_wrong=(
            "The date of signing need not be that of delivery; the date of publication seldom stands in the text,"
            " so the answer is “cannot tell”."
        ),
    ),
)

_ADVICE = {
    "no": (
        "若此前已另行报送或公开则可能无误，请核对。",
        "It may be right if it was sent or published earlier in another way: check.",
    ),
    "cannot tell": ("请另行查证。", "Look it up elsewhere."),
}


def _printed(context: AuditContext, day: date | None) -> list[Evidence]:
    """Where the date is printed, the last place first of all: signatures stand at the end."""
    if day is None or context.report is None:
        return []
    text = context.report.text
    pattern = rf"{day.year}\s*年\s*0?{day.month}\s*月\s*0?{day.day}\s*日"
    return [Evidence(*match.span(), match.group()) for match in re.finditer(pattern, text)][:2]


def _date(text: object) -> date | None:
    try:
        return date.fromisoformat(str(text))
    except ValueError:
        return None


def check(context: AuditContext) -> Iterable[Finding]:
    """One answer for the report, one for its publication."""
    if context.year is None or not context.is_under_duty:
        return
    duty = duty_for(context.year, duty_level(context.metadata))
    dates = {name: _date(context.metadata.get(name)) for name in ("signed_date", "print_date", "published_date")}
    signed = dates["signed_date"] or dates["print_date"]
    report_before = duty.report_before if duty else None
    publish_before = duty.publish_before if duty else None
    published = dates["published_date"]
    for key, due, day, what in (
        ("report", report_before, signed, ("按时报送", "Reported in time")),
        ("publication", publish_before, published, ("按时公开", "Published in time")),
    ):
        result, why = _judge(due, day)
        yield answer(RULE, key, result, what, why, _ADVICE, _printed(context, day))


def _judge(due: date | None, day: date | None) -> tuple[str, tuple[str, str]]:
    if due is None:
        return "cannot tell", ("该年度没有可以确定的时限。", "No due date can be stated for that year.")
    if day is None:
        return "cannot tell", ("文中没有相应日期。", "The text gives no such date.")
    return "yes" if day < due else "no", (
        f"日期为{day.year}年{day.month}月{day.day}日，时限为{due.month}月{due.day}日前。",
        f"Dated {day.isoformat()}, due before {due.isoformat()}.",
    )
