"""How findings are counted, wherever a number of them is shown.

One definition for pages, index, narrative, survey and command line: what a person dismissed does not count, and there
are three lanes, counted apart. Numbers of findings speak of figures; findings on the form of a document, and what
the law asks for, have places of their own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from fazhi_analysis.analysis.audit_rulebook import Lane, rule_of
from fazhi_analysis.model import SEVERITIES


def standing(findings: Iterable[Any]) -> list[Any]:
    """Findings that nobody dismissed, in their order.

    >>> from fazhi_analysis.model import Finding
    >>> [item.id for item in standing([Finding("a", "sum", "note", "", ""),
    ...                                Finding("b", "sum", "note", "", "", status="dismissed")])]
    ['a']
    """
    return [item for item in findings if item.status != "dismissed"]


_TELLING = ("confirmed", "warning", "error", "note")


def one_answer_a_duty(findings: Iterable[Any]) -> list[Any]:
    """Findings on several reports of one place and year, each duty answered once.

    The id of a duty is the same in every report. A duty that one of them meets is met; “cannot tell” gives way to any
    other answer.

    >>> from fazhi_analysis.model import Finding
    >>> met, unseen = (Finding("x", "statutory_time", severity, "", "") for severity in ("confirmed", "note"))
    >>> [item.severity for item in one_answer_a_duty([unseen, met])]
    ['confirmed']
    """
    chosen: dict[str, Any] = {}
    for item in findings:
        known = chosen.get(item.id)
        if known is None or _TELLING.index(item.severity) < _TELLING.index(known.severity):
            chosen[item.id] = item
    return list(chosen.values())


def is_leading(finding: Any) -> bool:
    """Whether a standing finding is about the figures themselves and grave enough for the top of a page.

    >>> from fazhi_analysis.model import Finding
    >>> found = [Finding("a", "sum", "error", "", ""), Finding("b", "sum", "note", "", ""),
    ...          Finding("c", "attainable_rate", "note", "", ""), Finding("d", "section_number", "warning", "", "")]
    >>> [item.id for item in found if is_leading(item)]
    ['a', 'c']
    """
    rule = rule_of(finding.rule)
    grave = rule.leads or finding.severity in ("error", "warning")
    return finding.status != "dismissed" and rule.lane == "figures" and grave


def in_lane(findings: Iterable[Any], lane: Lane) -> list[Any]:
    """Standing findings of one lane, in their order.

    >>> from fazhi_analysis.model import Finding
    >>> found = [Finding("a", "sum", "note", "", ""), Finding("b", "list_marker", "warning", "", "")]
    >>> [item.id for item in in_lane(found, "form")]
    ['b']
    """
    return [item for item in standing(findings) if rule_of(item.rule).lane == lane]


def count_findings(findings: Iterable[Any], lane: Lane = "figures") -> dict[str, int]:
    """Number of standing findings of one lane by severity, the gravest first; severities without any are left out.

    >>> from fazhi_analysis.model import Finding
    >>> found = [Finding("a", "sum", "note", "", ""), Finding("b", "ratio", "error", "", ""),
    ...          Finding("c", "list_marker", "warning", "", "")]
    >>> count_findings(found), count_findings(found, "form")
    ({'error': 1, 'note': 1}, {'warning': 1})
    """
    counts = Counter(item.severity for item in in_lane(findings, lane))
    return {severity: counts[severity] for severity in SEVERITIES if counts[severity]}
