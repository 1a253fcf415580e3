"""What the changes between two versions of a report say, for the command line and the pages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from fazhi_analysis.analysis.revising.changes import KINDS, Change
from fazhi_analysis.presenting.wording.naming import label_text, where_text
from fazhi_analysis.presenting.wording.numbers import figure_of
from fazhi_analysis.presenting.wording.page_texts import Words

_SHOWN = 40
_SILENT = frozenset({"value", "lower", "upper", "unit", "qualifier", "heading", "text"})
"""Columns whose change shows in what is printed anyway."""


def summary(changes: Sequence[Change], words: Words) -> str:
    """How many changes there are of each kind.

    >>> summary([Change("figure", "added"), Change("figure", "changed"), Change("problem", "added")], Words("zh"))
    '数字改动 1、新增 1；问题和打算新增 1'
    """
    parts = []
    for key, is_figure in (("revision.figures", True), ("revision.statements", False)):
        counts = Counter(one.kind for one in changes if (one.what == "figure") is is_figure)
        listed = [words(f"revision.count_{kind}", n=counts[kind]) for kind in KINDS if counts[kind]]
        if listed:
            parts.append(words(key, counts=words("punctuation.comma").join(listed)))
    return words("punctuation.semicolon").join(parts) or words("revision.nothing")


def change_text(change: Change, words: Words) -> str:
    """One change in a line: what it is about, what stood and stands there, and both places.

    >>> side = {"label": "培训数", "value": 3, "lower": 3, "upper": 3, "unit": "期", "start": 8, "end": 10}
    >>> change_text(Change("figure", "changed", side, {**side, "value": 4, "lower": 4, "upper": 4}), Words("zh"))
    '改动　培训数：3期 → 4期　旧 8–10　新 8–10'
    """
    kind = words(f"revision.{change.kind}")
    places = [words(f"revision.at_{key}", place=_place(side, words)) for key, side in _sides(change) if "start" in side]
    shown = [_shown(change, side, words) for _, side in _sides(change)]
    if change.kind == "moved":
        shown = shown[-1:]
    what = [name for name in change.fields if name not in _SILENT]
    reread = words("revision.reread", columns=words.join([words(f"revision.field_{name}") for name in what]))
    parts = [kind, _about(change, words) + words("revision.between").join(shown), *places, reread if what else ""]
    return words("revision.gap").join(part for part in parts if part)


def _sides(change: Change) -> list[tuple[str, Mapping[str, Any]]]:
    return [(key, side) for key, side in (("old", change.old), ("new", change.new)) if side]


def _about(change: Change, words: Words) -> str:
    side = change.new or change.old
    if change.what == "figure":
        return words("revision.figure", name=label_text(side, words))
    return words(f"revision.{change.what}")


def _shown(change: Change, side: Mapping[str, Any], words: Words) -> str:
    if change.what == "figure":
        return figure_of({"qualifier": "exact", "wording": "", **side}, words)
    text = str(side.get("text") or words("revision.ordinal", n=side.get("ordinal", "")))
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


def _place(side: Mapping[str, Any], words: Words) -> str:
    section = where_text(side, words) if side.get("section") else ""
    return f"{section} {side['start']}–{side['end']}".strip()
