"""Does the report hold the five contents that the rule asks for, and name the bodies it goes to?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from fazhi_analysis.analysis.audit.context import AuditContext
from fazhi_analysis.analysis.audit.registry import rule
from fazhi_analysis.analysis.audit.rules.statutory_time import answer
from fazhi_analysis.model import Finding

_FIRST = re.compile(r"第一责任人")
_LEADERS = re.compile(
    r"(?:党委|政府|旗委|县委|市委|区委)?(?:书记|旗长|县长|市长|区长|省长|主席|主要负责人|主要领导)(?:亲自|带头|主持|作出|部署|听取)"
)
_BODIES = (
    ("党委", r"(?:委|党委|党组)$|[省市县区旗盟州]委"),
    ("人大常委会", r"人大|人民代表大会"),
    ("上一级政府", r"人民政府|政府$"),
)


def _contents(context: AuditContext) -> Iterator[Finding]:
    problems = [item for item in context.statements if item.kind == "problem"]
    steps = [item for item in context.statements if item.kind == "next_step"]
    results = sum(item.role == "result" for item in context.counted)
    yield answer(
        "statutory_content",
        "measures",
        "yes" if results >= 5 else ("weak" if results else "no"),
        "主要举措和成效",
        "Measures and results",
        f"列出{results}个结果数字。",
        f"{results} result figures are given.",
    )
    yield answer(
        "statutory_content",
        "shortcomings",
        "yes" if problems else "no",
        "存在的不足",
        "Shortcomings",
        f"列出{len(problems)}条。" if problems else "没有找到相应内容。",
        f"{len(problems)} listed." if problems else "No such content was found.",
    )
    causes = sum(bool(item.cause) for item in problems)
    if problems:
        result = "yes" if causes == len(problems) else ("weak" if causes else "no")
        why_zh, why_en = (
            f"{len(problems)}条不足中{causes}条写明了原因。",
            f"{causes} of {len(problems)} shortcomings give a cause.",
        )
    else:
        result, why_zh, why_en = "no", "没有列出不足，也就没有原因。", "No shortcomings are listed, hence no causes."
    yield answer("statutory_content", "causes", result, "不足的原因", "Causes of shortcomings", why_zh, why_en)
    yield answer(
        "statutory_content",
        "plan",
        "yes" if steps else "no",
        "下一年度安排",
        "Plan for the next year",
        f"列出{len(steps)}条。" if steps else "没有找到相应内容。",
        f"{len(steps)} listed." if steps else "No such content was found.",
    )


def _leadership(context: AuditContext) -> Iterator[Finding]:
    if context.report is None:
        return
    text = context.report.clean.text
    if _FIRST.search(text):
        result, why_zh, why_en = (
            "yes",
            "文中写到第一责任人职责。",
            "The text speaks of the duty of the first responsible persons.",
        )
    elif _LEADERS.search(text):
        result, why_zh, why_en = (
            "weak",
            "只写到主要负责人的个别活动，没有写第一责任人职责。",
            "Only single acts of the leaders are told.",
        )
    else:
        result, why_zh, why_en = "no", "没有找到相应内容。", "No such content was found."
    yield answer(
        "statutory_content",
        "first_person",
        result,
        "第一责任人履职情况",
        "Duties of the first responsible persons",
        why_zh,
        why_en,
    )


def _addressees(context: AuditContext) -> Iterator[Finding]:
    addressee = str(context.metadata.get("addressee") or "")
    for name, pattern in _BODIES:
        named = bool(addressee) and bool(re.search(pattern, addressee))
        yield answer(
            "statutory_content",
            f"addressee-{name}",
            "yes" if named else "cannot tell",
            f"报送{name}",
            {"党委": "Sent to the party committee", "人大常委会": "Sent to the people's congress"}.get(
                name, "Sent to the government above"
            ),
            f"主送机关为{addressee}。" if named else "本件没有写明，可能另文报送。",
            "Named as the addressee." if named else "Not shown in this document; it may have gone by another letter.",
        )


@rule(
    "statutory_content",
    title_zh="法定内容是否齐全",
    title_en="Statutory contents",
    checks="主要举措和成效、不足和原因、第一责任人履职、下一年度安排，以及主送机关。",
    why="《督察工作规定》列明了年度报告应当包括的内容。",
    source="《法治政府建设与责任落实督察工作规定》第四章；domain.md 1.1、1.2",
    example="列了三条不足而没有写原因：原因一项答“否”。",
    can_be_wrong="内容可能以别的措辞写出，或者另文报送。",
    needs_text=True,
)
def check(context: AuditContext) -> Iterable[Finding]:
    """One answer a duty: yes, weak, no or cannot tell; “cannot tell” is never “no”."""
    yield from _contents(context)
    yield from _leadership(context)
    yield from _addressees(context)
