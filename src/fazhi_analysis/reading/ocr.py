"""Text recognition (OCR) of one page image, offline, with the confidence of each line."""

from __future__ import annotations

import math
import os
from functools import cache
from pathlib import Path
from statistics import median
from typing import Any

from fazhi_analysis import _limits
from fazhi_analysis.errors import MissingExtraError
from fazhi_analysis.reading.segment import Page, Segment

MIN_CONFIDENCE = 0.5
_SMALLEST = 12
"""Pixels: no line of text is lower."""
_SECONDS = 30.0
"""Of processor time that a page may take."""
_MEMORY = 3_000_000_000
"""Bytes of addresses that the engine takes."""


def recognise(image: Any, label: str, file: Path) -> Page:
    """Lines of a picture (a PIL image) as a page; a slight turn of the sheet is levelled out.

    Raises
    ------
    MissingExtraError
        The extra ``ocr`` is not installed.
    """
    engine = require(file)
    if min(image.size) < _SMALLEST:
        return Page((), image.width, image.height, label)
    _limits.extend(_SECONDS)
    import numpy

    pixels = numpy.asarray(image.convert("RGB"))[:, :, ::-1]
    result = engine(pixels)
    if result is None or result.boxes is None or not result.txts:
        return Page((), image.width, image.height, label)
    boxes = [[(float(x), float(y)) for x, y in box] for box in result.boxes]
    turn = _turn(boxes)
    found: list[Segment] = []
    for box, text, score in zip(boxes, result.txts, result.scores, strict=True):
        if score < MIN_CONFIDENCE or not text.strip():
            continue
        level = [_rotated(point, -turn) for point in box]
        xs, ys = [x for x, _ in level], sorted(y for _, y in level)
        top, bottom = sum(ys[:2]) / 2, sum(ys[2:]) / 2
        confidence = min(float(score), 0.9999)
        found.append(Segment(text.strip(), min(xs), top, max(xs), bottom, (bottom - top) * 0.8, confidence))
    return Page(_even_sizes(found), image.width, image.height, label)


def _even_sizes(segments: list[Segment]) -> list[Segment]:
    """Boxes of one type size differ by a pixel or two, of short pieces by more: those near the usual size get it.

    >>> pieces = [Segment("正文", 0, 0, 9, 9, size) for size in (16.0, 16.0, 17.0, 22.0)]
    >>> [piece.size for piece in _even_sizes(pieces)]
    [16.0, 16.0, 16.0, 16.0]
    """
    if not segments:
        return segments
    usual = sorted(segment.size for segment in segments)[len(segments) // 2 - (len(segments) % 2 == 0)]
    return [
        segment._replace(size=usual) if len(segment.text) <= 3 or abs(segment.size / usual - 1) < 0.2 else segment
        for segment in segments
    ]


@cache
def _loaded() -> Any:
    _limits.extend(_SECONDS, _MEMORY)
    from rapidocr import RapidOCR

    # Half the cores: threads that wait for each other on a busy machine cost more than they bring.
    threads = max(1, min(4, (os.cpu_count() or 1) // 2))
    return RapidOCR(
        params={
            "Global.log_level": "critical",
            "Det.limit_type": "max",
            "Det.limit_side_len": 1280,
            "EngineConfig.onnxruntime.intra_op_num_threads": threads,
        }
    )


def require(file: Path) -> Any:
    """The recognition engine, loaded once a process. Raises MissingExtraError naming what to install."""
    try:
        return _loaded()
    except ImportError as error:
        raise MissingExtraError(file, "reading.image.needs_extra") from error


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_loaded.cache_clear)  # the threads of an engine do not live on in a child


def _turn(boxes: list[list[tuple[float, float]]]) -> float:
    """Angle of the lines against the horizontal, in radians, from the wider boxes.

    >>> round(_turn([[(0, 0), (100, 2), (100, 12), (0, 10)]]), 3)
    0.02
    """
    wide = [box for box in boxes if abs(box[1][0] - box[0][0]) > 3 * abs(box[3][1] - box[0][1])]
    angles = [math.atan2(box[1][1] - box[0][1], box[1][0] - box[0][0]) for box in wide]
    return median(angles) if angles else 0.0


def _rotated(point: tuple[float, float], angle: float) -> tuple[float, float]:
    x, y = point
    return x * math.cos(angle) - y * math.sin(angle), x * math.sin(angle) + y * math.cos(angle)
