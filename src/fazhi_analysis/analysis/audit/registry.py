"""The audit rules: one small module each in ``rules/``, found by name, described by its own metadata.

A new rule is one new file in ``rules/`` that calls :func:`rule`; nothing else has to know about it.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from typing import TYPE_CHECKING

from fazhi_analysis.errors import UnknownNameError
from fazhi_analysis.model import Evidence, Finding, Quantity, Severity

if TYPE_CHECKING:
    from fazhi_analysis.analysis.audit.context import AuditContext

Check = Callable[["AuditContext"], Iterable[Finding]]


@dataclass(frozen=True, slots=True)
class English:
    """What a reader must know about a rule, in English; the fields are those of :class:`Rule`."""

    checks: str
    why: str
    source: str
    example: str
    can_be_wrong: str


@dataclass(frozen=True, slots=True)
class Rule:
    """One audit rule and what a reader must know about it (docs/rules.md is generated from these fields).

    ``needs_text`` rules run on a document; their findings are stored with the report, since bundled data of real
    reports holds no text. The others run on stored rows as well.
    """

    id: str
    title_zh: str
    title_en: str
    checks: str
    why: str
    source: str
    example: str
    can_be_wrong: str
    check: Check
    needs_text: bool = False
    english: English | None = None


_RULES: dict[str, Rule] = {}


def rule(
    id: str,  # noqa: A002 - the field's name in findings
    *,
    title_zh: str,
    title_en: str,
    checks: str,
    why: str,
    source: str,
    example: str,
    can_be_wrong: str,
    needs_text: bool = False,
    english: English | None = None,
) -> Callable[[Check], Check]:
    """Register a function ``check(context) -> findings`` as the rule ``id``. An id may have one function only."""

    def register(check: Check) -> Check:
        if id in _RULES and _RULES[id].check.__module__ != check.__module__:
            raise ValueError(f"two modules define the rule {id!r}")
        told = (id, title_zh, title_en, checks, why, source, example, can_be_wrong)
        _RULES[id] = Rule(*told, check, needs_text, english)
        return check

    return register


@cache
def _load_all() -> None:
    from fazhi_analysis.analysis.audit import rules as package

    for module in pkgutil.iter_modules(package.__path__):
        importlib.import_module(f"{package.__name__}.{module.name}")


def load_rules(ids: Iterable[str] | None = None) -> Iterator[Rule]:
    """Rules by id, all of them by default, in alphabetical order.

    Raises
    ------
    UnknownNameError
        An id that no rule has; the remedy lists those that exist.

    >>> next(iter(load_rules(["ratio"]))).title_en
    'A rate against its own counts'
    """
    _load_all()
    if ids is None:
        wanted = sorted(_RULES)
    else:
        wanted = sorted(set(ids))
        for name in wanted:
            if name not in _RULES:
                raise UnknownNameError(name, "没有这条核对规则", f"可用的规则：{'、'.join(sorted(_RULES))}")
    for name in wanted:
        yield _RULES[name]


def evidence_of(quantity: Quantity, *, keep_text: bool = True) -> Evidence:
    """A quantity as a piece of evidence; a figure of the bundled data may have no place (start below 0).

    >>> evidence_of(Quantity(-1, -1, "", 3, 3, 3, "件", "exact", "count", True, row_id="x:m001")).start is None
    True
    """
    start, end = (quantity.start, quantity.end) if quantity.start >= 0 else (None, None)
    return Evidence(start, end, quantity.text if keep_text else "", quantity.value, quantity.row_id)


def past_evidence(quantity: Quantity, earlier: Iterable[Quantity]) -> Evidence:
    """A figure of the year before as evidence: without a place when it stands in the earlier report.

    >>> before = Quantity(5, 8, "34件", 34, 34, 34, "件", "exact", "count", True, row_id="159928-2023:m090")
    >>> past_evidence(before, [before])
    Evidence(start=None, end=None, text='34件', value=34, row='159928-2023:m090')
    """
    if any(item is quantity for item in earlier):
        return Evidence(None, None, quantity.text, quantity.value, quantity.row_id)
    return evidence_of(quantity)


def _place(item: Evidence) -> str:
    return item.row if item.start is None else f"{item.start}-{item.end}"


def finding(
    rule_id: str,
    severity: Severity,
    message_zh: str,
    message_en: str,
    evidence: Iterable[Evidence],
    *,
    key: str = "",
) -> Finding:
    """A finding whose id depends on the rule, the places of its evidence and ``key``, and on nothing else.

    The row stands for the place of a figure that has none.

    >>> a = finding("sum", "note", "甲", "a", [Evidence(1, 2)])
    >>> a.id == finding("sum", "error", "乙", "b", [Evidence(1, 2)]).id
    True
    """
    places = tuple(evidence)
    text = "|".join([rule_id, key, *map(_place, places)])
    return Finding(
        f"{rule_id}-{sha256(text.encode()).hexdigest()[:8]}", rule_id, severity, message_zh, message_en, places
    )
