"""Measures that follow a problem inside its own entry: …人手不足。下一步，将充实力量。"""

from __future__ import annotations

from fazhi_analysis.catalogue.word_lists import pattern
from fazhi_analysis.extracting.plan_headings import to_come
from fazhi_analysis.extracting.statements.entry import Entry, made_entry
from fazhi_analysis.extracting.statements.sentence_trimming import step_words

_MEASURE = pattern(
    r"(?<=[。；\n])(?:<next step>|<from now on>|整改措施|改进措施|(?:改进|整改)情况|对策(?:建议|措施)?|措施|打算|为此"
    r"|针对(?:上述|以上|这一|该)[^，。]{0,8})(?:，|：|,|工作|我|将|要)"
    r"|(?<=[。；，,\n])20\d\d年[，,]?(?:我们|我[省市区县旗局镇乡院])?将"
    # 对此，拟…: what is done about this one entry.
    r"|(?<=[。；\n])[对为]此[，,](?:我们|我[省市区县旗局镇乡院]|[省市区县旗]政府)?(?:正|均|已)?(?:将|拟|打算|计划|准备|考虑|要)(?!求)"
    # …不够严格。目前，已重新审查11件。
    r"|(?<=[。；\n])(?:目前|现)[，,]?(?:我们|我[省市区县旗局镇乡院])?已(?!经?(?:成为|超|达|影响|不|严重))"
    # …不够全面，下步将…；…不够，在以后的工作中，将…
    r"|(?<=[，,])在?(?:<next step>|<from now on>)(?:的?工作)?中?(?:打算|计划|[，,])?(?:我们|我[省市区县旗局镇乡院])?"
    r"(?:打算|计划)?(?:将|要(?!求))"
)
_REPORT = pattern("<improvement reports>")
_DONE_MARKS = pattern("<done marks>")


def divide(text: str, problems: list[Entry]) -> tuple[list[Entry], list[Entry]]:
    """Problems without the measure that follows inside the entry ("…不足。下一步，将…"), and those measures.

    >>> text = "乡镇执法人手不足。下一步，将从县直部门下沉编制。"
    >>> problems, steps = divide(text, [made_entry(text, "problem", 0, 0, len(text))])
    >>> [text[one.body : one.end] for one in problems + steps]
    ['乡镇执法人手不足', '从县直部门下沉编制。']
    """
    kept: list[Entry] = []
    steps: list[Entry] = []
    for entry in problems:
        match = _MEASURE.search(text, entry.start, entry.end)
        if match is None:
            kept.append(entry)
            continue
        if match.start() > entry.body:
            kept.append(made_entry(text, "problem", entry.start, entry.body, match.start()))
        reported = _REPORT.match(match.group())  # 改进情况：… as a label: the first act behind it decides
        done = reported or _DONE_MARKS.search(text, match.start(), entry.end)
        if not done or to_come(text, match.end() if reported else match.start(), entry.end):
            measure = made_entry(text, "next_step", match.start(), match.start(), min(entry.end + 1, len(text)))
            steps.append(without_lead(text, measure))
    return kept, steps


def without_lead(text: str, entry: Entry) -> Entry:
    """An unlisted step whose words begin behind who will act and when; its span is what it was."""
    entry.body = step_words(text, entry.body, entry.end)
    entry.parts = [(max(start, entry.body), end) for start, end in entry.parts if end > entry.body]
    return entry
