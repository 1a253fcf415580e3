"""A value whose size jumped against the year before: a slipped 万, a slipped decimal point."""

from __future__ import annotations

import re
from collections.abc import Iterable
from math import log10, nan

from fazhi_analysis.analysis.audit.context import AuditContext
from fazhi_analysis.analysis.audit.english_figures import name_before, number_en, shown_en
from fazhi_analysis.analysis.audit.evidence import evidence_of, past_evidence
from fazhi_analysis.analysis.audit.printed import number, shown
from fazhi_analysis.analysis.audit.shared_words import shared_words
from fazhi_analysis.analysis.audit_rulebook import Explanation, Rule
from fazhi_analysis.catalogue import unit_group
from fazhi_analysis.model import Finding, Quantity

RULE = Rule(
    id="magnitude",
    lane="figures",
    across_years=True,
    zh=Explanation(
        title="与上年相差悬殊",
        short="量级异常",
        checks="同一指标与上一年度相差五十倍以上，或者数字相同（至少两位）而差整十、百、千、万倍。",
        why="“万”字漏写、小数点错位，最容易在年度之间看出来。",
        source="量级检查：与上年相比",
        example="上年6.4万元，本年6.6元：漏了“万”。",
        can_be_wrong="业务量确实大增大减，或者统计范围变了。",
    ),
    en=Explanation(
        title="A jump in magnitude against the year before",
        short="magnitude",
        checks=(
            "One indicator differs from last year's by a factor of fifty or more, or has the same digits (two or "
            "more) and differs by ten, a hundred, a thousand, ten thousand."
        ),
        why="A lost 万 (ten thousand) or a slipped decimal point shows best between two years.",
        source="size against the year before",
        example="87,000 yuan last year and 8.9 yuan now: 万 was left out.",
        can_be_wrong="Work really grew or shrank that much, or is counted differently.",
    ),
)

_JUMP = 50.0
_SMALLEST = 5.0
_NAMED = 4
_SHARED = 2
_DIGITS, _ALIKE = 2, 0.005
"""Digits that must be the same, and how far off a power of ten they may be, as a power of ten."""
_NAME = re.compile(r"[一-鿿]+$")
# The body or area that a clause begins with.
_WHOSE = re.compile(
    r"全[国省市区县旗盟州]|[一-鿿]{0,8}?(?:局|委员会|厅|院|大队|支队|中心|街道|镇|乡)(?=[办受立查审处共全累])"
)


# Shorter ends may leave out whose it is: 农民工挽回经济损失 is a part of 挽回经济损失.
_END, _STEPS = "…end ", 3
_END_OF_MONEY, _END_OF_COUNT = 7, 6


def _keys(row: Quantity) -> list[tuple[str, ...]]:
    """Names under which a figure is looked up: its indicator, or the very words that lead up to it, or their end.

    The end is what was done to what (追回欠薪, 发放宣传资料), however the clause begins; a single word that both have
    (参训) may count the trainees of quite different courses. Figures of two indicators are never one thing.
    """
    whose = (row.scope, row.subject, row.aspect, unit_group(row.unit))
    words = _NAME.search(re.sub(r"\s+", "", row.quote.partition(row.text)[0])) if row.text else None
    named = words.group() if words else ""
    keys = [row.indicator_id] if row.indicator_id else []
    keys += [f"…{named}"] if len(named) >= _NAMED and not row.indicator_id else []
    end = _END_OF_MONEY if row.kind == "money" else _END_OF_COUNT
    keys += [f"{_END}{row.indicator_id} {named[-end:]}"] if len(named) >= end else []
    return [(key, *whose) for key in keys]


def _times(row: Quantity, before: Quantity) -> float:
    """How many times as large the larger of two figures is."""
    low, high = sorted(map(_size, (row, before)))
    return high / low


def _size(row: Quantity) -> float:
    return abs(row.value or nan)


def _slipped(row: Quantity, before: Quantity) -> bool:
    """Whether the two are as far apart as a 万 makes them: what only ends in the same words must be that far."""
    return log10(_times(row, before)) >= _STEPS


def _words(row: Quantity) -> str:
    return re.sub(r"[^一-鿿]+", "", row.quote)


def _comparable(row: Quantity) -> bool:
    return row.kind in {"count", "money"} and bool(row.value)


def _jumps(row: Quantity, before: Quantity) -> bool:
    times = _times(row, before)
    steps = log10(times)
    digits = f"{min(map(_size, (row, before))):.6g}".replace(".", "").strip("0")
    slipped = round(steps) >= 1 and abs(steps - round(steps)) < _ALIKE and len(digits) >= _DIGITS
    return max(map(_size, (row, before))) >= _SMALLEST and (slipped or times >= _JUMP)


def check(context: AuditContext) -> Iterable[Finding]:
    """One warning for each result whose size cannot be ordinary change."""
    earlier: dict[tuple[str, ...], list[Quantity]] = {}
    for row in context.earlier_results:
        if _comparable(row):
            for key in _keys(row):
                earlier.setdefault(key, []).append(row)
    for row in context.counted_results:
        if row.period in {"", str(context.year)} and _comparable(row):
            key = next((key for key in _keys(row) if key in earlier), ("",))
            befores = [item for item in earlier.get(key, []) if not key[0].startswith(_END) or _slipped(row, item)]
            # Any figure of ordinary size will do: parts of a total may carry the total's name.
            if befores and all(_jumps(row, before) for before in befores) and _is_of_one_thing(row, befores[0]):
                yield _finding(context, row, befores[0])


def _is_of_one_thing(row: Quantity, before: Quantity) -> bool:
    """Whether the words around both figures of one indicator share something, as far as there are any.

    Those of 县司法局 are not measured by those of 全县执法机关.
    """
    ours, theirs = _WHOSE.match(row.quote.strip()), _WHOSE.match(before.quote.strip())
    if ours and theirs and ours.group() != theirs.group():
        return False
    words = _words(row), _words(before)
    return min(map(len, words)) < _SHARED or shared_words(*words) >= _SHARED


def _finding(context: AuditContext, row: Quantity, before: Quantity) -> Finding:
    factor = round(_times(row, before))
    return RULE.finding(
        "warning",
        f"{row.label}本年{shown(row)}，{context.earlier_year}年{shown(before)}，相差约{number(factor)}倍；"
        "若业务量或范围确有变化则可能无误，请核对单位与小数点。",
        f"{name_before(row)}{shown_en(row)} against {shown_en(before)} in {context.earlier_year}, a factor of about "
        f"{number_en(factor)}. It may be right if the work or its scope changed; check unit and decimal point.",
        [evidence_of(row), past_evidence(before, context.earlier)],
    )
