"""The answer to one statutory duty, as a finding, and read back from it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import lru_cache

from fazhi_analysis.analysis.audit_rulebook import Rule
from fazhi_analysis.model import Evidence, Finding, Severity

Wording = tuple[str, str]
"""The same in Chinese and in English."""

_SEVERITY: dict[str, tuple[str, Severity]] = {
    "yes": ("是", "confirmed"),
    "weak": ("不充分", "note"),
    "no": ("否", "warning"),
    "cannot tell": ("无法判断", "note"),
}
_RESULTS = {word: result for result, (word, _) in _SEVERITY.items()}
_ANSWER = re.compile(f"未见(?P<missing>[^：。]+)。|(?P<duty>[^：]+)：(?P<word>{'|'.join(_RESULTS)})。")


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

    A "no" without a reason says that nothing of the kind was found.

    Its id rests on the duty alone, so that it is the same with and without a text.
    """
    word, severity = _SEVERITY[result]
    advice_zh, advice_en = advice.get(result, ("", ""))
    is_missing = result == "no" and not why[0]
    answer_zh = f"未见{duty[0]}。" if is_missing else f"{duty[0]}：{word}。"
    answer_en = f"{duty[1]}: {'not found' if is_missing else result}."
    zh = f"{answer_zh}{why[0]}{advice_zh}"
    en = " ".join(part for part in (answer_en, why[1], advice_en) if part)
    return replace(rule.finding(severity, zh, en, [], key=key), evidence=tuple(evidence))


@lru_cache(maxsize=4096)
def answer_of(message_zh: str, message_en: str) -> tuple[Wording, str] | None:
    """The duty that a finding answers, by its name, and the answer; None for a finding on anything else.

    A finding is stored with its messages alone, so that they are read where they are written.

    >>> answer_of("存在的不足：不充分。", "Shortcomings: weak.")
    (('存在的不足', 'Shortcomings'), 'weak')
    >>> answer_of("未见存在的不足。请补写。", "Shortcomings: not found. Add them.")
    (('存在的不足', 'Shortcomings'), 'no')
    >>> answer_of("62件多于58件。", "62 exceed 58.")
    """
    found = _ANSWER.match(message_zh)
    if found is None:
        return None
    duty = found["missing"] or found["duty"], message_en.partition(": ")[0]
    return duty, "no" if found["missing"] else _RESULTS[found["word"]]
