"""Nested counts in the wrong order: fewer persons than groups, more concluded than received."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

from fazhi_analysis.analysis.audit.context import AuditContext
from fazhi_analysis.analysis.audit.printed import shown
from fazhi_analysis.analysis.audit.registry import evidence_of, finding, rule
from fazhi_analysis.model import Finding

_GROUPS = {"批", "批次"}
_PERSONS = {"人次", "人"}


def _groups_and_persons(context: AuditContext) -> Iterator[Finding]:
    for groups, persons in pairwise(context.results):
        nested = groups.unit in _GROUPS and persons.unit in _PERSONS and 0 <= persons.start - groups.end <= 1
        if not nested or persons.upper is None or groups.lower is None:
            continue
        evidence = [evidence_of(persons), evidence_of(groups)]
        if persons.upper < groups.lower:
            yield finding(
                "part_exceeds_whole",
                "error",
                f"{shown(groups)}{shown(persons)}：每批至少一人，人次不能少于批次。请核对两个数。",
                f"{shown(groups)}{shown(persons)}: a group has at least one person, so persons cannot be fewer than "
                "groups. Check both counts.",
                evidence,
            )
        else:
            yield finding(
                "part_exceeds_whole",
                "confirmed",
                f"{shown(groups)}{shown(persons)}：人次不少于批次，成立。",
                f"{shown(groups)}{shown(persons)}: persons are not fewer than groups, as it must be.",
                evidence,
            )


def _numerators(context: AuditContext) -> Iterator[Finding]:
    pairs = {
        (i.numerator, i.denominator)
        for i in context.catalogue
        if i.numerator and i.denominator and "+" not in i.denominator
    }
    for part_id, whole_id in sorted(pairs):
        for part in context.counted:
            if part.indicator_id != part_id or part.role != "result" or part.change != "level":
                continue
            for whole in context.counted:
                same = whole.indicator_id == whole_id and whole.scope == part.scope and whole.period == part.period
                near = context.passage(whole) == context.passage(part)
                if same and near and whole.change == "level" and (part.lower or 0) > (whole.upper or 0):
                    yield finding(
                        "part_exceeds_whole",
                        "warning",
                        f"{shown(part)}多于{shown(whole)}；若含上年结转则可以成立，请写明。",
                        f"{shown(part)} is more than {shown(whole)}; it can hold if cases were carried over from the "
                        "year before: say so.",
                        [evidence_of(part), evidence_of(whole)],
                    )


@rule(
    "part_exceeds_whole",
    title_zh="部分大于整体",
    title_en="A part larger than its whole",
    checks="“N批M人次”中人次不少于批次；办结等分子不多于受理等分母。",
    why="嵌套的数字有固定的大小次序。",
    source="domain.md 5（X件次, nested）",
    example="43批56人次：成立；56批43人次：不可能。",
    can_be_wrong="办结数可以含上年结转，所以只作存疑。",
)
def check(context: AuditContext) -> Iterable[Finding]:
    """Groups against persons, then numerators against denominators."""
    yield from _groups_and_persons(context)
    yield from _numerators(context)
