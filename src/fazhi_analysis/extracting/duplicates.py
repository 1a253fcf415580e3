"""Passages that a report prints twice: the figures of the later printing point to those of the first."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from fazhi_analysis.extracting.linking_records import amended
from fazhi_analysis.model import Quantity, Report

_SENTENCE = re.compile(r"[。；！？\n]")
_NOISE = re.compile(r"[^\w%]|^(?:[一二三四五六七八九十]{1,2}是|[（(][一二三四五六七八九十]+[）)])")
SHORTEST = 12


def number_rows(report: Report, quantities: Sequence[Quantity]) -> list[Quantity]:
    """Metrics numbered ``m001`` in text order, with ``duplicate_of`` where their sentence was printed before.

    Sentences are compared without punctuation and spaces; they must be the same, at least twelve characters long, and
    hold the same figures. Two equal figures in different sentences stay two figures.

    >>> from fazhi_analysis.reading import read_text
    >>> report = read_text("全年共收到群众诉求36件。会议休息。全年共收到群众诉求36件。", name="a.txt")
    >>> made = [Quantity(a, a + 3, "36件", 36, 36, 36, "件", "exact", "count", True) for a in (9, 27)]
    >>> [(row.row_id, row.duplicate_of) for row in number_rows(report, made)]
    [('m001', ''), ('m002', 'm001')]
    """
    clean = report.clean
    ends = [match.start() for match in _SENTENCE.finditer(clean.text)]
    groups: dict[int, list[int]] = {}
    rows = list(quantities)
    number = 0
    for index, quantity in enumerate(rows):
        if not quantity.is_metric:
            continue
        number += 1
        rows[index] = amended(quantity, row_id=f"m{number:03d}")
        groups.setdefault(bisect_left(ends, bisect_left(clean.offsets, quantity.start)), []).append(index)
    alike: dict[tuple[object, ...], list[int]] = {}
    for sentence, members in groups.items():
        figures = tuple((rows[index].value, rows[index].unit) for index in members)
        alike.setdefault(figures, []).append(sentence)
    for sentences in alike.values():
        if len(sentences) > 1:
            _point_back(clean.text, ends, sentences, groups, rows)
    return rows


def _point_back(
    text: str, ends: list[int], sentences: list[int], groups: dict[int, list[int]], rows: list[Quantity]
) -> None:
    """Among sentences with the same figures, let those printed before be what the later ones repeat."""
    first: dict[str, int] = {}
    for sentence in sentences:
        start = ends[sentence - 1] + 1 if sentence else 0
        stop = ends[sentence] if sentence < len(ends) else len(text)
        key = _NOISE.sub("", text[start:stop])
        if len(key) < SHORTEST:
            continue
        earlier = first.setdefault(key, sentence)
        if earlier != sentence:
            for one, other in zip(groups[earlier], groups[sentence], strict=True):
                rows[other] = amended(rows[other], duplicate_of=rows[one].row_id)
