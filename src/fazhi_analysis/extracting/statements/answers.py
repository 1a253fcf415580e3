"""Which next step answers which problem: by what the problem is about, from ``data/answer_words.csv``.

Concepts have roles: ``domain`` (执法, 复议应诉), ``specific`` (队伍, 协调小组: what exactly is lacking; a step
must name it), ``aspect`` (程序, 规范: how), ``generic`` and ``hint`` (never more than partial). A part of a problem
that no step touches has no answer, whatever its neighbours have.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Container, Iterator
from dataclasses import replace
from functools import cache
from operator import itemgetter
from typing import NamedTuple

from fazhi_analysis.catalogue.data_files import data_rows
from fazhi_analysis.catalogue.word_lists import pattern
from fazhi_analysis.model import Answer, Statement, Strength

_HINTS = {"亮点": "新法", "队伍": "素养"}
_RANK: dict[Strength, int] = {"none": 0, "partial": 1, "direct": 2}
_GENERAL = pattern("<general complaints>")
_Roles = dict[str, tuple[str, ...]]
_Places = tuple[tuple[frozenset[str], bool], ...]

NEAREST = 100
"""Next steps that a problem is compared with: no report promises as many, and what does must not take time that grows
with the square of its length."""


class PartAnswer(NamedTuple):
    """How a next step answers one part of a problem; ``part`` counts from 1, 0 for a problem without parts."""

    problem: int
    part: int
    step: int
    strength: Strength
    words: tuple[str, ...]


@cache
def _concepts() -> tuple[tuple[str, str, tuple[str, ...]], ...]:
    rows = data_rows("extracting/data/answer_words.csv")
    return tuple((row["concept"], row["role"], tuple(row["words"].split("|"))) for row in rows)


def concepts_in(text: str) -> dict[str, tuple[str, str]]:
    """Concepts of a text with their role and the word that shows each.

    >>> concepts_in("协调小组运转不畅")
    {'协调小组': ('specific', '协调小组')}
    """
    found = {}
    for name, role, words in _concepts():
        if hits := [word for word in words if word in text]:
            found[name] = (role, max(hits, key=len))
    return found


def answer(statements: tuple[Statement, ...]) -> tuple[Statement, ...]:
    """The statements with answers: of every next step, the strongest over the parts of each problem that it answers;
    of every part of a problem, the strongest over the next steps."""
    best: dict[int, dict[int, Strength]] = {}
    parts: dict[tuple[int, int], Strength] = {}
    for found in _part_answers(statements):
        place = (found.problem, found.part)
        if _RANK[found.strength] >= _RANK[parts.get(place, "none")]:
            parts[place] = found.strength
        if found.strength != "none":
            of_step = best.setdefault(found.step, {})
            if _RANK[found.strength] > _RANK[of_step.get(found.problem, "none")]:
                of_step[found.problem] = found.strength
    has_steps = any(item.kind == "next_step" for item in statements)
    return tuple(
        replace(statement, answers=tuple(Answer(*item) for item in sorted(best.get(statement.ordinal, {}).items())))
        if statement.kind == "next_step"
        else _with_answered(statement, parts, has_steps)
        for statement in statements
    )


def _with_answered(problem: Statement, found: dict[tuple[int, int], Strength], has_steps: bool) -> Statement:
    if not has_steps:
        return problem
    numbered = enumerate(problem.parts, start=1)
    parts = tuple(replace(part, answered=found[problem.ordinal, number]) for number, part in numbered)
    return replace(problem, parts=parts)


def part_answers(statements: tuple[Statement, ...]) -> list[PartAnswer]:
    """Every part of every problem with the steps that answer it; one row with step 0 and ``none`` where none does.

    A problem is compared with the ``NEAREST`` steps around it, which in a report are all of them.

    >>> problem = Statement("problem", 1, "协调小组运转不畅", 0, 8)
    >>> step = Statement("next_step", 1, "规范重大行政决策程序", 20, 30)
    >>> [(row.part, row.step, row.strength) for row in part_answers((problem, step))]
    [(0, 0, 'none')]
    """
    return list(_part_answers(statements))


def _part_answers(statements: tuple[Statement, ...]) -> Iterator[PartAnswer]:
    steps, kinds = _kinds_of_steps(statements)
    judged: dict[_Complaint, dict[int, tuple[Strength, tuple[str, ...]]]] = {}
    for problem in statements:
        if problem.kind != "problem":
            continue
        whole = concepts_in(problem.text)
        near = _nearest(steps, problem.start)
        for number, text in _numbered(problem):
            complaint = _complaint(text, whole)
            found = judged.setdefault(complaint, {})
            for kind in {kind for _, _, kind in near}.difference(found):
                found[kind] = _match(complaint, kinds[kind])
            answered = [(ordinal, *found[kind]) for _, ordinal, kind in near if found[kind][0] != "none"]
            for row in answered or [(0, "none", ())]:
                yield PartAnswer(problem.ordinal, number, *row)


def _kinds_of_steps(statements: tuple[Statement, ...]) -> tuple[list[tuple[int, int, int]], list[_Places]]:
    """Start, number and kind of each next step, and the concepts of each kind: steps that say the same are of one."""
    kinds: dict[_Places, int] = {}
    steps = [
        (item.start, item.ordinal, kinds.setdefault(_places(item), len(kinds)))
        for item in statements
        if item.kind == "next_step"
    ]
    return steps, list(kinds)


def _nearest(steps: list[tuple[int, int, int]], start: int) -> list[tuple[int, int, int]]:
    """The steps that stand nearest to a place, as many before it as behind it where there are more than enough."""
    first = bisect_left(steps, start, key=itemgetter(0)) - NEAREST // 2
    first = max(0, min(first, len(steps) - NEAREST))
    return steps[first : first + NEAREST]


def _numbered(problem: Statement) -> list[tuple[int, str]]:
    if not problem.parts:
        return [(0, problem.text)]
    return [(number, part.text) for number, part in enumerate(problem.parts, start=1)]


def _places(step: Statement) -> _Places:
    """Concepts of the heading of a step (marked true) and of each of its sub-actions."""
    head = re.split(r"[。；]" if "。" in step.text else r"，", step.text, maxsplit=1)[0]
    actions = ((frozenset(concepts_in(part.text)), False) for part in step.parts)
    return ((frozenset(concepts_in(head)), True), *actions)


class _Complaint(NamedTuple):
    """What decides whether a step answers a part of a problem: its concepts by role, and whether it complains of
    no field of work in particular."""

    roles: tuple[tuple[str, tuple[str, ...]], ...]
    is_general: bool


def _complaint(text: str, whole: dict[str, tuple[str, str]]) -> _Complaint:
    """The complaint of a part; its field is that of the ``whole`` problem where the part names none."""
    own = concepts_in(text)
    names_subject = any(role in ("specific", "domain", "generic") for role, _ in own.values())
    by_role: dict[str, tuple[str, ...]] = {}
    for name, (role, _) in (own if names_subject else {**_domains(whole), **own}).items():
        by_role[role] = (*by_role.get(role, ()), name)
    return _Complaint(tuple(by_role.items()), bool(_GENERAL.search(text)))


def _match(complaint: _Complaint, places: _Places) -> tuple[Strength, tuple[str, ...]]:
    """Strength with which a step answers a part, and the concepts that they share."""
    by_role = dict(complaint.roles)
    compare = next((_COMPARE[role] for role in _COMPARE if role in by_role), None)
    best: Strength = "none"
    shared: tuple[str, ...] = ()
    if compare is None:
        return best, shared
    for theirs, is_head in places:
        strength, common = compare(by_role, theirs, complaint.is_general, is_head)
        if _RANK[strength] > _RANK[best]:
            best, shared = strength, tuple(common)
    return best, shared


def _by_specific(own: _Roles, theirs: Container[str], _is_general: bool, _is_head: bool) -> tuple[Strength, list[str]]:
    """What exactly is lacking must be named; a word that only hints at it is partial."""
    specific = own["specific"]
    if common := [name for name in specific if name in theirs]:
        return "direct", common
    hinted = any(_HINTS[name] in theirs for name in specific if name in _HINTS)
    return ("partial", [name for name in specific if name in _HINTS]) if hinted else ("none", [])


def _by_domain(own: _Roles, theirs: Container[str], is_general: bool, is_head: bool) -> tuple[Strength, list[str]]:
    """The same field answers directly where an aspect agrees, or none is named and the complaint is not general."""
    common = [name for name in own["domain"] if name in theirs]
    if not common:
        return "none", []
    aspects = own.get("aspect", ())
    fits = any(name in theirs for name in aspects) if aspects else is_head or not is_general
    return "direct" if fits else "partial", common


def _by_generic(own: _Roles, theirs: Container[str], _is_general: bool, _is_head: bool) -> tuple[Strength, list[str]]:
    common = [name for name in own["generic"] if name in theirs]
    return "partial" if common else "none", common


# How a step is compared, by the strongest role among the concepts of the part.
_COMPARE: dict[str, Callable[[_Roles, Container[str], bool, bool], tuple[Strength, list[str]]]] = {
    "specific": _by_specific,
    "domain": _by_domain,
    "generic": _by_generic,
}


def _domains(whole: dict[str, tuple[str, str]]) -> dict[str, tuple[str, str]]:
    return {name: found for name, found in whole.items() if found[0] == "domain"}
