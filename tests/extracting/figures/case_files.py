"""Reads the behaviour cases and compares each with what is found; cases/README.md tells their format."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from fazhi_analysis.extracting.figures.quantities import find_quantities
from fazhi_analysis.model import CHANGES, QUALIFIERS, ROLES
from fazhi_analysis.reading import read_text

YEAR = 2023


class Expected(NamedTuple):
    text: str
    value: float
    unit: str
    lower: float
    upper: float
    qualifier: str
    role: str
    change: str
    period: str


class Case(NamedTuple):
    sentence: str
    metrics: tuple[Expected, ...]
    line: int


def read_cases(path: Path) -> list[Case]:
    """Cases of one file, in order."""
    cases: list[Case] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        if line.startswith("  "):
            last = cases[-1]
            cases[-1] = last._replace(metrics=(*last.metrics, _expected(line.strip(), f"{path.name}:{number}")))
        else:
            cases.append(Case(line.replace("⏎", "\n").replace("⇥", "\t"), (), number))
    return cases


def _expected(line: str, place: str) -> Expected:
    text, found, rest = line.partition(" = ")
    assert found, place
    value, unit, *words = rest.split()
    expected = Expected(
        text,
        float(value),
        "" if unit == "-" else unit,
        float(value),
        float(value),
        "exact",
        "result",
        "level",
        str(YEAR),
    )
    for word in words:
        if ".." in word:
            low, high = word.split("..")
            expected = expected._replace(lower=float(low), upper=math.inf if high == "inf" else float(high))
        elif word.startswith("@"):
            expected = expected._replace(period=word[1:])
        elif word in QUALIFIERS:
            expected = expected._replace(qualifier=word)
        elif word in ROLES:
            expected = expected._replace(role=word)
        else:
            assert word in CHANGES, f"{place}: {word}"
            expected = expected._replace(change=word)
    return expected


def check(case: Case) -> str:
    """What differs, or an empty string."""
    report = read_text(case.sentence, name="case.txt")
    report = replace(report, metadata=replace(report.metadata, year=YEAR))
    found = [
        Expected(q.text, q.value, q.unit, q.lower, q.upper, q.qualifier, q.role, q.change, q.period)
        for q in find_quantities(report)
        if q.is_metric
    ]
    if found == list(case.metrics):
        return ""
    missing = [tuple(one) for one in case.metrics if one not in found]
    extra = [tuple(one) for one in found if one not in case.metrics]
    return f"missing {missing}, extra {extra}"
