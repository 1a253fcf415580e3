"""Ruling lines of a PDF page: thin boxes and straight strokes, as programs draw the borders of tables."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from typing import Any

from fazhi_analysis.reading.segment import Rule

_THIN = 3.0
_MAX_PATHS = 4000


def page_rules(page: Any) -> list[Rule]:
    """Horizontal and vertical lines of a page, heights downwards; for pages whose text is not turned."""
    from pypdfium2 import raw

    height = page.get_size()[0 if page.get_rotation() in (90, 270) else 1]
    rules: list[Rule] = []
    for number, path in enumerate(page.get_objects(filter=(raw.FPDF_PAGEOBJ_PATH,))):
        if number >= _MAX_PATHS:
            break
        left, bottom, right, top = path.get_bounds()
        if min(right - left, top - bottom) <= _THIN:
            rules.append(Rule(left, height - top, right, height - bottom))
        else:
            rules += [Rule(a, height - d, c, height - b) for a, b, c, d in _strokes(path)]
    return rules


def struck_places(page: Any) -> Iterator[Rule]:
    """The middles of what remarks on a page strike out, as level lines; remarks of one line each."""
    from pypdfium2 import raw

    height = page.get_height()
    for number in range(raw.FPDFPage_GetAnnotCount(page)):
        remark = raw.FPDFPage_GetAnnot(page, number)
        box = raw.FS_RECTF()
        if raw.FPDFAnnot_GetSubtype(remark) == raw.FPDF_ANNOT_STRIKEOUT and raw.FPDFAnnot_GetRect(remark, box):
            middle = height - (box.bottom + box.top) / 2
            yield Rule(box.left, middle, box.right, middle)
        raw.FPDFPage_CloseAnnot(remark)


def written_remarks(page: Any) -> int:
    """How many boxes of text and filled fields lie on a page: readers see them, the text of the page has them not."""
    from pypdfium2 import raw

    count = 0
    for number in range(raw.FPDFPage_GetAnnotCount(page)):
        remark = raw.FPDFPage_GetAnnot(page, number)
        key = {raw.FPDF_ANNOT_FREETEXT: b"Contents", raw.FPDF_ANNOT_WIDGET: b"V"}.get(raw.FPDFAnnot_GetSubtype(remark))
        count += key is not None and raw.FPDFAnnot_GetStringValue(remark, key, None, 0) > 2  # two bytes end a text
        raw.FPDFPage_CloseAnnot(remark)
    return count


def _strokes(path: Any) -> Iterator[tuple[float, float, float, float]]:
    """(left, bottom, right, top) of the upright and level sides of a larger path, in page space."""
    from pypdfium2 import raw

    matrix = path.get_matrix()
    x, y = ctypes.c_float(), ctypes.c_float()
    before: tuple[float, float] | None = None
    for index in range(min(raw.FPDFPath_CountSegments(path), 400)):
        segment = raw.FPDFPath_GetPathSegment(path, index)
        if not raw.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y)):
            continue
        point = matrix.on_point(x.value, y.value)
        straight = raw.FPDFPathSegment_GetType(segment) == raw.FPDF_SEGMENT_LINETO
        if before and straight and min(abs(point[0] - before[0]), abs(point[1] - before[1])) <= _THIN / 2:
            (a, b), (c, d) = before, point
            yield min(a, c), min(b, d), max(a, c), max(b, d)
        before = point
