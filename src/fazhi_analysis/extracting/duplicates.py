"""Passages that a report prints twice: the figures of the later printing point to those of the first."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

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
        rows[index] = replace(quantity, row_id=f"m{number:03d}")
        groups.setdefault(bisect_left(ends, bisect_left(clean.offsets, quantity.start)), []).append(index)
    first: dict[str, list[int]] = {}
    for sentence, members in groups.items():
        start = ends[sentence - 1] + 1 if sentence else 0
        stop = ends[sentence] if sentence < len(ends) else len(clean.text)
        key = _NOISE.sub("", clean.text[start:stop])
        if len(key) < SHORTEST:
            continue
        earlier = first.setdefault(key, members)
        if earlier is members or len(earlier) != len(members):
            continue
        for one, other in zip(earlier, members, strict=True):
            if (rows[one].value, rows[one].unit) == (rows[other].value, rows[other].unit):
                rows[other] = replace(rows[other], duplicate_of=rows[one].row_id)
    return rows
