"""Zero words: 零败诉 and 无一宗 report 0. Their unit is that of the counted noun nearest before them."""

from __future__ import annotations

import re
from functools import cache

from fazhi_analysis.extracting import wording
from fazhi_analysis.extracting.lexicon import zero_words
from fazhi_analysis.extracting.places import Places
from fazhi_analysis.extracting.units import unit_pattern
from fazhi_analysis.model import Quantity


@cache
def _pattern() -> re.Pattern[str]:
    counted = "|".join(zero_words("counted"))
    units = unit_pattern("count")
    return re.compile(
        rf"(?P<zero>[零0])(?:(?P<named>{'|'.join(zero_words('named'))})|(?P<counted>{counted}))"
        rf"|(?P<none>(?:无|没有|未有|未发生|未出现|无任何)一(?P<unit>{units}))"
        r"|[“‘](?P<quoted>零)[”’](?P<object>[一-龥]{2})?"
    )


def find_zeros(found: list[Quantity], places: Places) -> list[Quantity]:
    """Zero words among the quantities already found, which are in text order."""
    zeros = []
    for match in _pattern().finditer(places.text):
        quoted = match["quoted"] is not None
        if match["zero"] == "0" and places.text[match.start() - 1 : match.start()].isdigit():
            continue
        if match["none"]:
            start, end, unit, is_metric = match.start("none"), match.end("none"), match["unit"], True
        elif quoted:
            start, end, unit = match.start("quoted"), match.end("quoted"), ""
            is_metric = match["object"] in zero_words("counted")
        else:
            start, end, unit = match.start("zero"), match.end("zero"), ""
            is_metric = match["counted"] is not None
        if places.in_title(start):
            is_metric = False
        raw_start, raw_end = places.report.clean.original(start, end)
        if any(quantity.start < raw_end and raw_start < quantity.end for quantity in found):
            continue
        if is_metric and not unit:
            unit = _unit_before(found, raw_start, places, start)
        zeros.append(_zero(start, end, unit, is_metric, places))
    return zeros


def _unit_before(found: list[Quantity], raw_start: int, places: Places, start: int) -> str:
    """Unit of the nearest count before, in the same sentence; 件 when there is none."""
    sentence, _ = places.report.clean.original(places.sentence_start(start), start + 1)
    for quantity in reversed(found):
        if quantity.start < sentence:
            break
        if quantity.end <= raw_start and quantity.is_metric and quantity.kind == "count" and quantity.unit:
            return quantity.unit
    return ""


def _zero(start: int, end: int, unit: str, is_metric: bool, places: Places) -> Quantity:
    raw_start, _ = places.report.clean.original(start, end)
    clause, _ = places.clause(start)
    before = places.text[clause:start]
    role = wording.find_role(before, "exact", places.in_plan(raw_start)) if is_metric else "result"
    return places.quantity(
        start, end, "count" if is_metric else "name", value=0, lower=0, upper=0, unit=unit, qualifier="exact", role=role
    )
