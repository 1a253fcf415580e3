"""A passage that is printed twice in one report."""

from __future__ import annotations

import re
from collections.abc import Iterable

from fazhi_analysis.analysis.audit.context import AuditContext
from fazhi_analysis.analysis.audit_rulebook import Explanation, Rule
from fazhi_analysis.analysis.reuse.passages import substance
from fazhi_analysis.model import Evidence, Finding, Report
from fazhi_analysis.reading.section_numbers import arabic

RULE = Rule(
    id="repeated_passage",
    lane="form",
    needs_text=True,
    zh=Explanation(
        title="同一段文字印了两次",
        short="重复段落",
        checks="找出同一份报告里逐字重复的句子（二十字以上），连续的合为一段；不含数字的，减去全国通用的提法后还有六十字才算。",
        why="重复段落里的数字若各算一次，就会重复计算。",
        source="报告体裁的常见陷阱（Printed twice）",
        example="政务公开一段在六（二）和六（三）各印一次。",
        can_be_wrong="有意的复述（如总述与分述用同一句话）。",
    ),
    en=Explanation(
        title="A passage printed twice",
        short="repeated passage",
        checks=(
            "Sentences of twenty characters or more that stand twice in one report, word for word, consecutive "
            "ones joined; without figures only those that have sixty characters left when national phrases are "
            "taken off."
        ),
        why="Figures in a repeated passage would be counted twice.",
        source="common traps of these reports",
        example="A passage on open government stands in 6 (2) and again in 6 (3).",
        can_be_wrong="It may be repeated on purpose (summary and detail in one wording).",
    ),
)

_SENTENCE = re.compile(r"[^。！？\n]+[。！？]?")
_NUMBER = re.compile(r"\d")
_TITLE = re.compile(r"《[^》]*》")
_PARTS = {"letter": "covering letter", "title": "title", "preamble": "preamble", "colophon": "imprint"}
_OF_TABLE = re.compile(r"\|.*\||\t|填表说明|统计范围")  # heads and notes, which stand over every table
_SHORTEST = 20
Span = tuple[int, int]
_LONG = 60


def _tells(passage: str) -> bool:
    """Whether a passage says something of its own: it holds a figure, or is longer than a motto of the day."""
    words = _TITLE.sub("", passage)
    return bool(_NUMBER.search(words)) or len(substance(words)) >= _LONG


def _section_en(key: str) -> str:
    """A section in an English sentence: its number, or the name of the part before or after the body.

    >>> _section_en("六/（二）"), _section_en("preamble"), _section_en("")
    ('section 6 (2)', 'the preamble', 'the body')
    """
    if not key or key in _PARTS:
        return f"the {_PARTS.get(key, 'body')}"
    return f"section {arabic(key)}"


def check(context: AuditContext) -> Iterable[Finding]:
    """One warning for each stretch of sentences that stands again, word for word, elsewhere in the report."""
    if context.report is not None:
        for first, second in _repeated(context.report.clean.text):
            if _tells(context.report.clean.text[slice(*first)]) and not _is_title(context.report, first, second):
                yield _finding(context, context.report, first, second)


def _is_title(report: Report, *spans: Span) -> bool:
    """Whether the title of a report is printed again over its body, as pages and files do."""
    return report.section_at(report.clean.original(*spans[0])[0]) == "title"


def _repeated(text: str) -> list[tuple[Span, Span]]:
    """Places of passages and of their repetitions, consecutive sentences joined."""
    seen: dict[str, Span] = {}
    runs: list[tuple[Span, Span]] = []
    for match in _SENTENCE.finditer(text):
        words = re.sub(r"^[\s（(]*[一二三四五六七八九十\d]+(?:[、.）)]|是)", "", match.group().strip())
        if len(words) < _SHORTEST or _OF_TABLE.search(words):
            continue
        first, second = seen.setdefault(words, match.span()), match.span()
        if first == second:
            continue
        last = runs[-1] if runs else None
        if last and all(0 <= new[0] - old[1] <= 2 for old, new in zip(last, (first, second), strict=True)):
            runs[-1] = (last[0][0], first[1]), (last[1][0], second[1])
        else:
            runs.append((first, second))
    return runs


def _finding(context: AuditContext, report: Report, first: Span, second: Span) -> Finding:
    places = [report.clean.original(*span) for span in (first, second)]
    keys = [report.section_at(start) for start, _ in places]
    count = context.metrics_between(*places[1])
    return RULE.finding(
        "warning",
        f"同一段文字在{keys[0] or '正文'}与{keys[1] or '正文'}各印一次，含{count}个数字；只计一次。"
        "若是有意复述则可能无误，请核对是否误排。",
        f"The same passage is printed in {_section_en(keys[0])} and again in {_section_en(keys[1])}, "
        f"with {count} figure{'s' if count != 1 else ''}; they are counted once. It may be right if the "
        "repetition is meant: check.",
        [Evidence(start, end, report.text[start:end]) for start, end in places],
    )
