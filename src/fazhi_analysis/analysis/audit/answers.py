"""The answer to one statutory duty, as a finding."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from fazhi_analysis.analysis.rulebook import Rule
from fazhi_analysis.model import Evidence, Finding, Severity

Wording = tuple[str, str]
"""The same in Chinese and in English."""

_SEVERITY: dict[str, tuple[str, Severity]] = {
    "yes": ("是", "confirmed"),
    "weak": ("不充分", "note"),
    "no": ("否", "warning"),
    "cannot tell": ("无法判断", "note"),
}


def answer(
    rule: Rule,
    key: str,
    result: str,
    duty: Wording,
    why: Wording,
    advice: Mapping[str, Wording],
    evidence: Iterable[Evidence] = (),
) -> Finding:
    """A finding that answers the duty ``key`` with yes, weak, no or cannot tell, with the rule's advice on that answer.

    Its id rests on the duty alone, so that it is the same with and without a text.
    """
    word, severity = _SEVERITY[result]
    advice_zh, advice_en = advice.get(result, ("", ""))
    zh = f"{duty[0]}：{word}。{why[0]}{advice_zh}"
    en = f"{duty[1]}: {result}. {why[1]} {advice_en}".rstrip()
    return replace(rule.finding(severity, zh, en, [], key=key), evidence=tuple(evidence))
