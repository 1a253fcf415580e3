"""Fixed terms that hold a numeral and count nothing: 双随机、一公开, 三项制度, 最多跑一次.

They are ``data/fixed_terms.txt`` and become one regular expression, a trie, so that looking for a thousand of them
costs about as much as looking for one.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from fazhi_analysis.model import Kind

CHINESE_NUMERAL = "[零〇一二两三四五六七八九十百千]{1,5}"
_DATA = Path(__file__).resolve().parents[1] / "data"
_CLASSES = {
    "{n}": CHINESE_NUMERAL,
    "{d}": rf"(?:\d{{1,4}}|{CHINESE_NUMERAL})",
    "{..}": r"[^，。；、,;：:\n“”《》（）()]{0,12}?",
}
_TOKEN = re.compile(r"\{n\}|\{d\}|\{\.\.\}|.")


_KINDS: dict[str, Kind] = {"": "name", "ordinal": "ordinal", "date": "date", "name": "name"}


class Term(NamedTuple):
    """A fixed term: its tokens, the kind shown, and which tokens the brackets hold."""

    tokens: tuple[str, ...]
    kind: Kind
    marks: tuple[tuple[int, int], ...]

    @property
    def pattern(self) -> str:
        """Regular expression with one group for each bracket."""
        pieces: list[str] = []
        starts = {start for start, _ in self.marks}
        ends = {end for _, end in self.marks}
        for at, token in enumerate(self.tokens):
            pieces.append(("(" if at in starts else "") + _CLASSES.get(token, re.escape(token)))
            pieces.append(")" if at + 1 in ends else "")
        return "".join(pieces)


@cache
def read_terms() -> tuple[Term, ...]:
    """All terms of the data file, in its order.

    >>> any("".join(term.tokens) == "双随机、一公开" for term in read_terms())
    True
    """
    lines = (_DATA / "fixed_terms.txt").read_text(encoding="utf-8").splitlines()
    return tuple(_term(line) for line in lines if line and not line.startswith("#"))


def _term(line: str) -> Term:
    wording, _, kind = line.partition("\t")
    tokens: list[str] = []
    marks: list[tuple[int, int]] = []
    start = 0
    for token in _TOKEN.findall(wording):
        if token == "[":
            start = len(tokens)
        elif token == "]":
            marks.append((start, len(tokens)))
        else:
            tokens.append(token)
    return Term(tuple(tokens), _KINDS[kind], tuple(marks))


@cache
def term_pattern() -> str:
    """One regular expression for every term; where several fit, literal characters and longer terms win."""
    root: dict[str, dict[str, object]] = {}
    for term in read_terms():
        node: dict[str, object] = root  # type: ignore[assignment]
        for token in term.tokens:
            node = node.setdefault(token, {})  # type: ignore[assignment]
        node[""] = {}
    return _emit(root)


def _emit(node: dict[str, object] | dict[str, dict[str, object]]) -> str:
    branches = []
    for token in sorted(node, key=lambda token: (token in _CLASSES, token)):
        if token:
            branches.append(_CLASSES.get(token, re.escape(token)) + _emit(node[token]))  # type: ignore[arg-type]
    if not branches:
        return ""
    if "" in node:
        return f"(?:{'|'.join(branches)})?"
    return branches[0] if len(branches) == 1 else f"(?:{'|'.join(branches)})"


@lru_cache(maxsize=4096)
def explain(text: str) -> tuple[Kind, tuple[tuple[int, int], ...]]:
    """Kind of a found term, and the places of its numerals.

    >>> explain("双随机、一公开")
    ('name', ((0, 1), (4, 5)))
    >>> explain("十分")
    ('name', ())
    """
    literal, patterns = _by_wording()
    if (term := literal.get(text)) is not None:
        places = [0]
        for token in term.tokens:
            places.append(places[-1] + len(token))
        return term.kind, tuple((places[start], places[end]) for start, end in term.marks)
    for term in patterns.get(text[-1], ()):
        if (match := re.compile(term.pattern).fullmatch(text)) is not None:
            return term.kind, tuple(match.span(group) for group in range(1, len(term.marks) + 1))
    return "name", ()


@cache
def _by_wording() -> tuple[dict[str, Term], dict[str, list[Term]]]:
    """Terms of literal characters by their wording, the others by their last character."""
    literal = {"".join(term.tokens): term for term in read_terms() if not _CLASSES.keys() & set(term.tokens)}
    others = [term for term in read_terms() if _CLASSES.keys() & set(term.tokens)]
    patterns: dict[str, list[Term]] = {}
    for term in others:
        last = term.tokens[-1]
        for char in "零〇一二两三四五六七八九十百千0123456789" if last in _CLASSES else last:
            patterns.setdefault(char, []).append(term)
    return literal, patterns
