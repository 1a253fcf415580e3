"""Measure words: which there are, what they count, and what may not follow them. The list is ``data/units.txt``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

DATA = Path(__file__).resolve().parents[1] / "data"
CLASSES = ("count", "digits", "money", "rate", "time", "length", "label")


@cache
def unit_classes() -> dict[str, str]:
    """Class of every measure word.

    >>> classes = unit_classes()
    >>> classes["人次"], classes["元"], classes["%"], classes["小时"], classes["级"]
    ('count', 'money', 'rate', 'time', 'label')
    """
    return {word: name for name, word, _ in _entries()}


@cache
def unit_pattern(*classes: str) -> str:
    """Regular expression for the measure words of these classes, longest first.

    >>> bool(re.match(unit_pattern("count"), "部法规")), bool(re.match(unit_pattern("count"), "部门"))
    (True, False)
    """
    chosen = [(word, never) for name, word, never in _entries() if name in classes]
    by_first: dict[str, list[tuple[str, str]]] = {}
    for word, never in chosen:
        by_first.setdefault(word[0], []).append((word, never))
    branches = [_branch(first, words) for first, words in sorted(by_first.items())]
    return f"(?:{'|'.join(branches)})"


def _branch(first: str, words: list[tuple[str, str]]) -> str:
    """Words with one first character, longest first, so that the engine decides by that character."""
    tails = [
        re.escape(word[1:]) + (f"(?!{never})" if never else "")
        for word, never in sorted(words, key=lambda entry: -len(entry[0]))
    ]
    return re.escape(first) + (tails[0] if len(tails) == 1 else f"(?:{'|'.join(tails)})")


@cache
def _entries() -> tuple[tuple[str, str, str], ...]:
    return tuple(_read(DATA / "units.txt"))


def _read(path: Path) -> Iterator[tuple[str, str, str]]:
    """(class, word, what may not follow) of every line."""
    name = ""
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        if line.startswith("["):
            name = line.strip("[]")
            assert name in CLASSES, name
            continue
        word, _, never = line.partition(" !")
        yield name, word, never
        if "（" in word:
            yield name, word.replace("（", "(").replace("）", ")"), never
