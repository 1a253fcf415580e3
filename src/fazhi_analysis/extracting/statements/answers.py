"""Which next step answers which problem: by what the problem is about, from ``data/answer_words.csv``.

Concepts have roles: ``domain`` (执法, 复议应诉), ``specific`` (队伍, 协调小组: what exactly is lacking; a step
must name it), ``aspect`` (程序, 规范: how), ``generic`` and ``hint`` (never more than partial). A part of a problem
that no step touches has no answer, whatever is said about its neighbours.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Container
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import NamedTuple

from fazhi_analysis.catalogue.words import pattern
from fazhi_analysis.model import Answer, Statement, Strength

_DATA = Path(__file__).resolve().parents[1] / "data" / "answer_words.csv"
_HINTS = {"亮点": "新法", "队伍": "素养"}
_RANK: dict[Strength, int] = {"none": 0, "partial": 1, "direct": 2}
_GENERAL = pattern("<general complaints>")


class PartAnswer(NamedTuple):
    """How a next step answers one part of a problem; ``part`` counts from 1, 0 for a problem without parts."""

    problem: int
    part: int
    step: int
    strength: Strength
    words: tuple[str, ...]


@cache
def _concepts() -> tuple[tuple[str, str, tuple[str, ...]], ...]:
    with _DATA.open(encoding="utf-8", newline="") as file:
        return tuple((row["concept"], row["role"], tuple(row["words"].split("|"))) for row in csv.DictReader(file))


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
    best: dict[tuple[int, int], Strength] = {}
    parts: dict[tuple[int, int], Strength] = {}
    for found in part_answers(statements):
        place = (found.problem, found.part)
        if _RANK[found.strength] >= _RANK[parts.get(place, "none")]:
            parts[place] = found.strength
        key = (found.step, found.problem)
        if found.strength != "none" and _RANK[found.strength] > _RANK[best.get(key, "none")]:
            best[key] = found.strength
    answers: dict[int, list[Answer]] = {}
    for (step, problem), strength in sorted(best.items()):
        answers.setdefault(step, []).append(Answer(problem, strength))
    has_steps = any(item.kind == "next_step" for item in statements)
    return tuple(
        replace(statement, answers=tuple(answers.get(statement.ordinal, ())))
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

    >>> problem = Statement("problem", 1, "协调小组运转不畅", 0, 8)
    >>> step = Statement("next_step", 1, "规范重大行政决策程序", 20, 30)
    >>> [(row.part, row.step, row.strength) for row in part_answers((problem, step))]
    [(0, 0, 'none')]
    """
    steps = [(item.ordinal, _places(item)) for item in statements if item.kind == "next_step"]
    rows: list[PartAnswer] = []
    for problem in statements:
        if problem.kind != "problem":
            continue
        whole = concepts_in(problem.text)
        for number, text in _numbered(problem):
            own = concepts_in(text)
            found = [(ordinal, *_match(own, whole, text, places)) for ordinal, places in steps]
            answered = [
                PartAnswer(problem.ordinal, number, ordinal, strength, words)
                for ordinal, strength, words in found
                if strength != "none"
            ]
            rows += answered or [PartAnswer(problem.ordinal, number, 0, "none", ())]
    return rows


def _numbered(problem: Statement) -> list[tuple[int, str]]:
    if not problem.parts:
        return [(0, problem.text)]
    return [(number, part.text) for number, part in enumerate(problem.parts, start=1)]


def _places(step: Statement) -> list[tuple[dict[str, tuple[str, str]], bool]]:
    """Concepts of the heading of a step (marked true) and of each of its sub-actions."""
    head = re.split(r"[。；]" if "。" in step.text else r"，", step.text, maxsplit=1)[0]
    return [(concepts_in(head), True), *((concepts_in(part.text), False) for part in step.parts)]


def _match(
    own: dict[str, tuple[str, str]],
    whole: dict[str, tuple[str, str]],
    text: str,
    places: list[tuple[dict[str, tuple[str, str]], bool]],
) -> tuple[Strength, tuple[str, ...]]:
    """Strength with which a step answers a part, and the concepts that they share."""
    names_subject = any(role in ("specific", "domain", "generic") for role, _ in own.values())
    by_role: dict[str, list[str]] = {}
    for name, (role, _) in (own if names_subject else {**_domains(whole), **own}).items():
        by_role.setdefault(role, []).append(name)
    compare = next((_COMPARE[role] for role in _COMPARE if role in by_role), None)
    best: Strength = "none"
    shared: tuple[str, ...] = ()
    if compare is None:
        return best, shared
    for theirs, is_head in places:
        strength, common = compare(by_role, theirs, text, is_head)
        if _RANK[strength] > _RANK[best]:
            best, shared = strength, tuple(common)
    return best, shared


def _by_specific(
    own: dict[str, list[str]], theirs: Container[str], _text: str, _is_head: bool
) -> tuple[Strength, list[str]]:
    """What exactly is lacking must be named; a word that only hints at it is partial."""
    specific = own["specific"]
    if common := [name for name in specific if name in theirs]:
        return "direct", common
    hinted = any(_HINTS[name] in theirs for name in specific if name in _HINTS)
    return ("partial", [name for name in specific if name in _HINTS]) if hinted else ("none", [])


def _by_domain(
    own: dict[str, list[str]], theirs: Container[str], text: str, is_head: bool
) -> tuple[Strength, list[str]]:
    """The same field answers directly where an aspect agrees, or none is named and the complaint is not general."""
    common = [name for name in own["domain"] if name in theirs]
    if not common:
        return "none", []
    aspects = own.get("aspect", [])
    fits = any(name in theirs for name in aspects) if aspects else is_head or not _GENERAL.search(text)
    return "direct" if fits else "partial", common


def _by_generic(
    own: dict[str, list[str]], theirs: Container[str], _text: str, _is_head: bool
) -> tuple[Strength, list[str]]:
    common = [name for name in own["generic"] if name in theirs]
    return "partial" if common else "none", common


# How a step is compared, by the strongest role among the concepts of the part.
_COMPARE: dict[str, Callable[[dict[str, list[str]], Container[str], str, bool], tuple[Strength, list[str]]]] = {
    "specific": _by_specific,
    "domain": _by_domain,
    "generic": _by_generic,
}


def _domains(whole: dict[str, tuple[str, str]]) -> dict[str, tuple[str, str]]:
    return {name: found for name, found in whole.items() if found[0] == "domain"}
