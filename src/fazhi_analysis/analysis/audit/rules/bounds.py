"""Values outside what a measure can be: a rate over 100 %, a negative count."""

from __future__ import annotations

import re
from collections.abc import Iterable

from fazhi_analysis.analysis.audit.context import AuditContext
from fazhi_analysis.analysis.audit.english_figures import shown_en
from fazhi_analysis.analysis.audit.evidence import evidence_of
from fazhi_analysis.analysis.audit.printed import shown
from fazhi_analysis.analysis.audit_rulebook import Explanation, Rule
from fazhi_analysis.catalogue.word_lists import pattern
from fazhi_analysis.model import Finding, Quantity, Severity

RULE = Rule(
    id="bounds",
    lane="figures",
    zh=Explanation(
        title="数值超出可能范围",
        short="超出范围",
        checks="比率不超过100%；件数不为负，也没有小数。",
        why="办结率、满意率一类比率是部分占整体的百分比。",
        source="定义；报告体裁的常见陷阱",
        example="满意率199.2%：不可能。",
        can_be_wrong="任务完成率可以超过100%，平均数可以有小数，所以这些只作存疑。",
    ),
    en=Explanation(
        title="A value outside its possible range",
        short="out of bounds",
        checks="A rate is at most 100%; a count is neither negative nor a fraction.",
        why="Rates of cases settled or of people satisfied are shares of a whole.",
        source="definition; common traps of these reports",
        example="A satisfaction of 199.2% cannot be.",
        can_be_wrong="A plan can be overfulfilled and an average can be a fraction; those are only doubts.",
    ),
)

# What follows a rate, or is counted for so many people, is an average, whatever its measure word (万人成讼率由36.5件).
_AVERAGE = re.compile(r"人均|户均|平均|每|均[办接处]|[十百千万]人|比值|之比|率(?:[由从为达是降升]|保持|控制)?")
# Cases carried over from the year before count among those settled, and may exceed those that came in.
_CARRIED = re.compile(r"结转|旧存|积案|存量|历年|往年|上年未|去年未")
# Performance of a plan may exceed the plan; a share of cases may not exceed the cases.
_MAY_EXCEED = re.compile(
    r"结收比|收结比|旧存|入库|完成|超额|计划|任务|目标|预算|相当于|指数|投入|增|倍|产销|收益|回报|容积"
)
_SHARE = re.compile(
    r"(?:办|审|调|解|处|化|满意|好评|合格|优秀|覆盖|参考|应诉|败诉|纠错|成功|回复|答复|公开|审查|整改|报备|备案|履行|"
    r"采纳|通过|结案|执行|出庭)率|满意度|占比|占$"
)
# 分别是去年同期的184%、189%: last year's figure is no whole.
_OF_LAST_YEAR = pattern(r"(?:<last year>|同期|上月)[^，。；\d]{0,4}的[\d.%％、和及]*$")
_LONGEST = 40
_WHOLE = frozenset(
    ["件", "宗", "起", "份", "人", "名", "人次", "户", "家", "批", "批次", "场", "场次", "次", "项", "条", "篇"]
)


def _is_fraction(quantity: Quantity) -> bool:
    """A printed decimal fraction of something whole; not the middle of a range, not 8. 3条 over a line's end."""
    printed = not quantity.text or re.search(r"\d\.\d", quantity.text) is not None
    plain = quantity.kind == "count" and quantity.role == "result" and quantity.qualifier in {"exact", "over"}
    return plain and printed and quantity.unit in _WHOLE and bool((quantity.value or 0) % 1)


def _up_to(context: AuditContext, quantity: Quantity) -> str:
    """The words from the beginning of the sentence to a figure; its label where there is no text."""
    return context.lead_in_sentence(quantity, _LONGEST) or quantity.label


def _up_to_semicolon(context: AuditContext, quantity: Quantity) -> str:
    """The sentence of a figure as far as it is about it: what follows behind a semicolon is about something else."""
    if not context.words(quantity.start, quantity.end):  # the text is not kept
        return ""
    rest = re.split(r"[。；;！\n]", context.trail(quantity, _LONGEST))[0]
    before, found, _ = context.sentence_text(quantity).partition(context.words(quantity.start, quantity.end) + rest)
    return before + rest if found else before


def _over_all(context: AuditContext, quantity: Quantity, words: str) -> Finding:
    """What to say of a level over 100 %: no way out for a share, unless cases carried over are spoken of."""
    share = bool(_SHARE.search(words) or quantity.indicator_id)
    carried = bool(_CARRIED.search(_up_to_semicolon(context, quantity)))
    if share and not carried:
        zh, en = "，部分占整体的比率不可能如此。请核对。", ": a share of a whole cannot be. Check it."
    elif share:
        zh = "；若分子含上年结转而分母不含，则可能无误，请核对。"
        en = "; it may be right if cases carried over count among the settled but not in the base. Check it."
    else:
        zh, en = "；若指任务完成率则可能无误，请核对。", "; it may be right for a plan overfulfilled. Check it."
    severity: Severity = "error" if share and not carried else "warning"
    zh, en = f"{shown(quantity)}超过100%{zh}", f"{shown_en(quantity)} is over 100%{en}"
    return RULE.finding(severity, zh, en, [evidence_of(quantity)])


def check(context: AuditContext) -> Iterable[Finding]:
    """Level rates over 100, negative levels, and fractions of things that only come whole."""
    for quantity in context.metrics:
        if quantity.change != "level" or quantity.value is None:
            continue
        if quantity.kind == "rate" and quantity.value > 100:
            words = context.naming(quantity) or quantity.label
            if _MAY_EXCEED.search(words) or _OF_LAST_YEAR.search(_up_to(context, quantity)):
                continue
            yield _over_all(context, quantity, words)
        elif quantity.kind == "count" and quantity.value < 0:
            yield RULE.finding(
                "error",
                f"{shown(quantity)}为负数，件数不能为负。请核对。",
                f"{shown_en(quantity)} is negative, which a count cannot be. Check it.",
                [evidence_of(quantity)],
            )
        elif _is_fraction(quantity) and not _AVERAGE.search(_up_to(context, quantity)):
            yield RULE.finding(
                "warning",
                f"{shown(quantity)}有小数，而“{quantity.unit}”只能是整数；若是平均数则可能无误，请核对是否漏写了“万”。",
                f"{shown_en(quantity)} has a fraction, but such things only come whole; it may be right for an average."
                " Was 万 left out?",
                [evidence_of(quantity)],
            )
