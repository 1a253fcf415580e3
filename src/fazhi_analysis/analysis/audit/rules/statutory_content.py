"""Does the report hold the contents that the rule asks for, and name the bodies it goes to?"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from fazhi_analysis.analysis.audit.answers import answer
from fazhi_analysis.analysis.audit.context import AuditContext
from fazhi_analysis.analysis.audit.duties import Content, contents_for, duty_level
from fazhi_analysis.analysis.audit_rulebook import Explanation, Rule
from fazhi_analysis.model import Evidence, Finding, Statement

RULE = Rule(
    id="statutory_content",
    lane="duties",
    zh=Explanation(
        title="法定内容是否齐全",
        short="法定内容",
        checks=(
            "主要举措和成效、不足和原因、第一责任人履职、下一年度安排，以及主送机关；"
            "清单见 duty_contents.csv，可以加行。"
        ),
        why="《督察工作规定》列明了年度报告应当包括的内容。",
        source="《法治政府建设与责任落实督察工作规定》第四章",
        example="列了三条不足而没有写原因：原因一项答“否”。",
        can_be_wrong="内容可能以别的措辞写出，或者另文报送；没有全文的报告多半只能答“无法判断”。",
    ),
    en=Explanation(
        title="Statutory contents",
        short="statutory content",
        checks=(
            "Main measures and results, shortcomings and causes, the duty of the first responsible persons, next "
            "year's plans, and the addressee; the list is duty_contents.csv and can be added to."
        ),
        why="The provisions on supervision list what an annual report must contain.",
        source="Provisions on supervising rule-of-law government and its responsibilities, chapter 4",
        example="Three shortcomings without causes: the answer on causes is no.",
        can_be_wrong=(
            "It may be worded differently or sent separately; without the full text most answers are “cannot tell”."
        ),
    ),
)

_ADVICE = {
    "weak": ("若已用别的措辞写出则可能无误，请核对。", "It may be right if it is worded differently: check."),
    "no": (
        "若已用别的措辞写出则可能无误，请核对，没有的应当补写。",
        "It may be right if it is worded differently: check, or add it.",
    ),
    "cannot tell": ("请另行查证。", "Look it up elsewhere."),
}
_FIRST = re.compile(r"第一责任人")
_LEADERS = re.compile(
    r"(?:党委|政府|旗委|县委|市委|区委)?(?:书记|旗长|县长|市长|区长|省长|主席|主要负责人|主要领导)(?:亲自|带头|主持|作出|部署|听取|批示|动员)"
)
_ENOUGH = 5
_UNSEEN = ("cannot tell", "库中没有全文，也没有相应条目。", "Neither the text nor such entries are stored.")

Answer = tuple[str, str, str]


def _statements(context: AuditContext, kind: str) -> list[Statement] | None:
    """Problems or next steps; None when nothing is known of them, since only figures are stored."""
    if context.report is None and not context.statements:
        return None
    return [item for item in context.statements if item.kind == kind]


def _measures(context: AuditContext, _: Content) -> Answer:
    results = sum(item.role == "result" for item in context.counted)
    if context.report is None and results < _ENOUGH:
        return _UNSEEN
    result = "yes" if results >= _ENOUGH else ("weak" if results else "no")
    return result, f"列出{results}个结果数字。", f"{results} result figures are given."


def _listed(kind: str) -> Callable[[AuditContext, Content], Answer]:
    def check(context: AuditContext, _: Content) -> Answer:
        found = _statements(context, kind)
        if found is None:
            return _UNSEEN
        if not found:
            return "no", "", ""
        return "yes", f"列出{len(found)}条。", f"{len(found)} listed."

    return check


def _causes(context: AuditContext, _: Content) -> Answer:
    problems = _statements(context, "problem")
    if problems is None:
        return _UNSEEN
    if not problems:
        return "no", "", ""
    causes = sum(bool(item.cause) for item in problems)
    if not causes:
        return "no", f"{len(problems)}条不足均未写明原因。", f"None of {len(problems)} shortcomings gives a cause."
    return (
        "yes" if causes == len(problems) else "weak",
        f"{len(problems)}条不足中{causes}条写明了原因。",
        f"{causes} of {len(problems)} shortcomings give a cause.",
    )


def _first_person(context: AuditContext, _: Content) -> Answer:
    if context.report is None:
        return _UNSEEN
    text = context.report.clean.text
    if _FIRST.search(text):
        return "yes", "文中写到第一责任人职责。", "The text speaks of the duty of the first responsible persons."
    if _LEADERS.search(text):
        why = "只写到主要负责人的个别活动，没有写第一责任人职责。"
        return "weak", why, "Only single acts of the leaders are mentioned."
    return "no", "", ""


def _addressee(context: AuditContext, content: Content) -> Answer:
    addressee = str(context.metadata.get("addressee") or "")
    if addressee and re.search(content.pattern, addressee):
        return "yes", "主送机关中写明。", "Named as the addressee."
    why = "Not shown in this document; it may have gone by another letter."
    return "cannot tell", "本件没有写明，可能另文报送。", why


def _words(context: AuditContext, content: Content) -> Answer:
    if context.report is None:
        return _UNSEEN
    if re.search(content.pattern, context.report.clean.text):
        return "yes", "文中写到。", "The text speaks of it."
    return "no", "", ""


_CHECKS: dict[str, Callable[[AuditContext, Content], Answer]] = {
    "measures": _measures,
    "shortcomings": _listed("problem"),
    "causes": _causes,
    "first_person": _first_person,
    "plan": _listed("next_step"),
    "addressee": _addressee,
    "pattern": _words,
}


def check(context: AuditContext) -> Iterable[Finding]:
    """One answer a duty: yes, weak, no or cannot tell; “cannot tell” is never “no”. None for other documents."""
    if not context.is_under_duty:
        return
    for content in contents_for(context.year, duty_level(context.metadata)):
        result, why_zh, why_en = _CHECKS[content.check](context, content)
        yield answer(
            RULE,
            content.key,
            result,
            (content.title_zh, content.title_en),
            (why_zh, why_en),
            _ADVICE,
            _places(context, content.check),
        )


def _places(context: AuditContext, check: str) -> list[Evidence]:
    """Where the content stands: the problems, the next steps, the words about the leaders."""
    kinds = {"shortcomings": "problem", "causes": "problem", "plan": "next_step"}
    if check in kinds:
        entries = [item for item in context.statements if item.kind == kinds[check]]
        return [Evidence(item.start, item.end, "", None, item.row_id) for item in entries]
    if check == "first_person" and context.report is not None:
        clean = context.report.clean
        match = _FIRST.search(clean.text) or _LEADERS.search(clean.text)
        if match:
            start, end = clean.original(*match.span())
            return [Evidence(start, end, context.report.text[start:end])]
    return []
