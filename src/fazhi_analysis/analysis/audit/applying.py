"""The rules applied to one context, and the order in which findings are told."""

from __future__ import annotations

from collections.abc import Iterable

from fazhi_analysis.analysis.audit.context import AuditContext
from fazhi_analysis.analysis.audit.registry import load_rules
from fazhi_analysis.model import Finding

_ORDER = {"error": 0, "warning": 1, "note": 2, "confirmed": 3}


def run_rules(context: AuditContext, rules: Iterable[str] | None, *, with_text: bool = True) -> list[Finding]:
    """Findings of the rules on one context, worst first; rules that need the text are left out without one."""
    found: dict[str, Finding] = {}
    for entry in load_rules(rules):
        if with_text or not entry.needs_text:
            for item in entry.check(context):
                found.setdefault(item.id, item)
    return sorted(found.values(), key=place)


def place(item: Finding) -> tuple[int, int, str]:
    """Sorting key: worst first, then in text order."""
    start = next((evidence.start for evidence in item.evidence if evidence.start is not None), 10**9)
    return _ORDER[item.severity], start, item.id
