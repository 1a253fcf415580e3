"""Measure words as the grammar of figures wants them: class by word, and regular expressions by class."""

from __future__ import annotations

import re
from functools import cache

from fazhi_analysis.catalogue.units import UNIT_CLASSES, MeasureWord, measure_words


@cache
def unit_classes() -> dict[str, str]:
    """Class of every measure word.

    >>> classes = unit_classes()
    >>> classes["人次"], classes["元"], classes["%"], classes["小时"], classes["级"]
    ('count', 'money', 'rate', 'time', 'label')
    """
    return {entry.word: entry.class_ for entry in measure_words()}


@cache
def unit_pattern(*classes: str) -> str:
    """Regular expression for the measure words of these classes, longest first.

    >>> bool(re.match(unit_pattern("count"), "部法规")), bool(re.match(unit_pattern("count"), "部门"))
    (True, False)
    """
    assert set(classes) <= set(UNIT_CLASSES), classes
    by_first: dict[str, list[MeasureWord]] = {}
    for entry in measure_words():
        if entry.class_ in classes:
            by_first.setdefault(entry.word[0], []).append(entry)
    branches = [_branch(first, entries) for first, entries in sorted(by_first.items())]
    return f"(?:{'|'.join(branches)})"


def _branch(first: str, entries: list[MeasureWord]) -> str:
    """Words with one first character, longest first, so that the engine decides by that character."""
    tails = [
        re.escape(entry.word[1:]) + (f"(?!{entry.not_before})" if entry.not_before else "")
        for entry in sorted(entries, key=lambda entry: -len(entry.word))
    ]
    return re.escape(first) + (tails[0] if len(tails) == 1 else f"(?:{'|'.join(tails)})")
