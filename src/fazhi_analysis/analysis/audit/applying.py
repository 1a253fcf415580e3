"""The rules applied to one context, and the order of findings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from hashlib import sha256

from fazhi_analysis import plugins
from fazhi_analysis.analysis.audit.context import AuditContext
from fazhi_analysis.analysis.audit.english_figures import printed_instead
from fazhi_analysis.analysis.audit.printed import is_corrected
from fazhi_analysis.analysis.audit_rulebook import Checker, checkers, load_rules
from fazhi_analysis.model import SEVERITIES, Finding, Quantity


def run_rules(context: AuditContext, rules: Iterable[str] | None, *, with_text: bool = True) -> list[Finding]:
    """Findings of the rules on one context, worst first; rules that need the text are left out without one."""
    found: dict[str, Finding] = {}
    changed = {item.row_id: item for item in (*context.earlier, *context.metrics) if item.row_id and is_corrected(item)}
    wanted = {rule.id for rule in load_rules(rules) if with_text or not rule.needs_text}
    for checker in checkers():
        for item in _findings(checker, context, wanted):
            kept = _with_corrections(item, changed)
            found.setdefault(kept.id, kept)
    return sorted(found.values(), key=place)


def _findings(checker: Checker, context: AuditContext, wanted: set[str]) -> list[Finding]:
    """What the wanted rules of one module find; nothing where the rule of another package fails."""
    found: list[Finding] = []
    if not wanted.isdisjoint(rule.id for rule in checker.rules):
        with plugins.reporting(checker.part):
            found = [item for item in checker.check(context) if item.rule in wanted]
    return found


def _with_corrections(item: Finding, changed: Mapping[str, Quantity]) -> Finding:
    """A finding on corrected figures says so, and has an id of its own.

    A person's judgement on the printed figures belongs to another finding: it does not pass to this one.
    """
    rows = list(dict.fromkeys(piece.row for piece in item.evidence if piece.row in changed))
    if not rows:
        return item
    key = "|".join([item.id, *(f"{changed[row].value:.12g}" for row in rows)])
    zh, en = zip(*(printed_instead(changed[row]) for row in rows), strict=True)
    return replace(
        item,
        id=f"{item.rule}-{sha256(key.encode()).hexdigest()[:8]}",
        message_zh=item.message_zh + "".join(zh),
        message_en=item.message_en + "".join(en),
    )


def place(item: Finding) -> tuple[int, int, str]:
    """Sorting key: worst first, then in text order."""
    start = next((evidence.start for evidence in item.evidence if evidence.start is not None), 10**9)
    return SEVERITIES.index(item.severity), start, item.id
