"""Every numeric expression of a report, in text order, with its interval, kind, role, change, period and place.

>>> from fazhi_analysis.reading import read_text
>>> report = read_text("2023年，全县办理行政复议案件28件，办结率97.06%，开展培训30余次。", name="x.txt")
>>> [(q.text, q.lower, q.upper, q.unit, q.kind) for q in find_quantities(report) if q.is_metric]
[('28件', 28, 28, '件', 'count'), ('97.06%', 97.055, 97.065, '%', 'rate'), ('30余次', 30, 39, '次', 'count')]
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache

from fazhi_analysis.catalogue.word_lists import words
from fazhi_analysis.extracting.figures import intervals, roles_and_changes, zeros
from fazhi_analysis.extracting.figures import kinds as judging
from fazhi_analysis.extracting.figures.amounts import Amount, measure
from fazhi_analysis.extracting.figures.dates import read_date
from fazhi_analysis.extracting.figures.figure_context import Figure, Places
from fazhi_analysis.extracting.figures.fixed_terms import explain
from fazhi_analysis.extracting.figures.grammar import expression
from fazhi_analysis.extracting.figures.item_numbers import without_item_number
from fazhi_analysis.extracting.figures.numerals import Numeral, parse_numeral
from fazhi_analysis.extracting.figures.table_cells import Cell
from fazhi_analysis.extracting.quantity_copies import made
from fazhi_analysis.model import METRIC_KINDS, Change, Kind, Qualifier, Quantity, Report, Role

_QUALIFIERS: dict[str, Qualifier] = {
    "exact": "exact",
    "more": "over",
    "part": "over",
    "over": "over",
    "open": "over",
    "least": "over",
    "near": "about",
    "about": "about",
    "under": "under",
    "range": "range",
}
_ROLE_WORDINGS = {**_QUALIFIERS, "least": "least"}  # which decide with others whether a figure is a target
_NUMBER = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?|[零〇一二两三四五六七八九十百千万亿]+")
_NOT_REACHED = frozenset(words("not reached"))
_LISTED = re.compile(r"\d+(?:\.\d+)?")
_REPEATED = re.compile(r"\s*[（(]\s*(?:大写|小写|即|人民币|[:：￥¥\s])*")
_LIST_GAP = re.compile(r"[、,，]?(?:和|及|与|或)?")


def find_quantities(report: Report) -> list[Quantity]:
    """Every numeric expression of a report in text order, names, dates and ordinals included; labels stay empty."""
    places = Places(report)
    tables = places.tables
    in_head = tables.is_name if report.grids else None
    found: list[Quantity] = []
    for match in expression().finditer(places.prose):
        branch = match.lastgroup or ""
        if in_head is not None and branch in ("amount", "zero") and in_head(match.start()):
            continue
        if branch == "amount":
            if (amount := measure(match)) is not None:
                found.append(_amount(amount, places))
        elif branch == "term":
            found.extend(_term(match, places))
        elif branch == "zero":
            found.append(zeros.read_zero(match, found, places))
        elif branch in _SINGLE:
            found.append(_SINGLE[branch](match, places))
    if tables.cells:
        found += [_cell(cell, places) for cell in tables.cells]
        found.sort(key=lambda quantity: quantity.start)
    return _with_origin(_without_repetitions(_share_units(found, places), report.text), report)


def _amount(amount: Amount, places: Places) -> Quantity:
    """Quantity of a measured number."""
    if "." in amount.digits:
        counted = without_item_number(amount, places.text)
        if counted is None:
            return places.name(amount.start, amount.start + len(amount.digits), "name", None)
        amount = counted
    spot = places.spot(amount.start, amount.end)
    kind = judging.judge(amount, spot, places)
    if kind not in METRIC_KINDS:
        return places.name(amount.start, amount.end, kind, intervals.plain(amount.numeral.value), amount.unit)
    before = places.with_subject_of_growth(spot)
    change = roles_and_changes.find_change(before, amount.unit, places.prose[amount.end : amount.end + 8])
    if "负增长" in before and roles_and_changes.is_negative_growth(spot.before) and amount.numeral.value > 0:
        amount = amount._replace(numeral=amount.numeral.negative())
    if change == "level" and amount.numeral.value < 0 and amount.unit in ("%", "‰"):
        change = "yoy_pct"
    role = places.role(spot, _ROLE_WORDINGS[amount.wording])
    if role == "target":
        amount = _missed_target(amount)
    return places.quantity(spot, kind, _figure(amount, role, kind, change, None))


def _missed_target(amount: Amount) -> Amount:
    """未达到90%的目标: the target is 90 %, whatever came of it."""
    head, _, tail = amount.printed.partition("…")
    if head not in _NOT_REACHED:
        return amount
    return amount._replace(wording="exact", printed=f"…{tail}" if tail else "")


def _cell(cell: Cell, places: Places) -> Quantity:
    """Quantity of a number that fills a cell of a table."""
    amount = cell.amount
    spot = places.spot(amount.start, amount.end)
    kind = judging.judge_cell(amount, counts=cell.counts)
    if kind not in METRIC_KINDS:
        return places.name(amount.start, amount.end, kind, intervals.plain(amount.numeral.value), amount.unit)
    role = places.role(spot, _ROLE_WORDINGS[amount.wording])
    return places.quantity(spot, kind, _figure(amount, role, kind, cell.change, cell.period or places.own))


def _figure(amount: Amount, role: Role, kind: Kind, change: Change, period: str | None) -> Figure:
    """What a measured number says, with the interval that its wording allows."""
    value, lower, upper = _value_and_ends(amount, kind, change, role)
    qualifier = _QUALIFIERS[amount.wording]
    return made(Figure, (value, lower, upper, amount.unit, qualifier, amount.printed, role, change, period))


def _value_and_ends(amount: Amount, kind: Kind, change: Change, role: Role) -> tuple[float, float, float]:
    """Value and interval of an amount; a range has its middle for value."""
    value = intervals.plain(amount.numeral.value)
    if amount.wording == "exact" and not (kind == "rate" or amount.numeral.rounded):
        return value, value, value
    if amount.high is not None:
        middle = (amount.numeral.value + amount.high.value) / 2
        return intervals.plain(middle), value, intervals.plain(amount.high.value)
    allowed = intervals.interval(
        amount.numeral,
        "open" if _without_ceiling(amount) else amount.wording,
        rate=kind == "rate",
        share=amount.unit in ("%", "‰") and change == "level",
        target=role != "result",
    )
    return value, allowed.lower, allowed.upper


def _without_ceiling(amount: Amount) -> bool:
    """2倍多, 亿余次: a word for more after a number that leaves no place to fill up."""
    if amount.wording not in ("more", "part"):
        return False
    return amount.unit == "倍" or (amount.numeral.value >= 10_000 and not amount.digits.strip("百千万亿"))


def _term(match: re.Match[str], places: Places) -> list[Quantity]:
    """Numerals of a fixed term, as names."""
    kind, marks = explain(match["term"])
    found = []
    for mark_start, mark_end in marks:
        start, end = match.start("term") + mark_start, match.start("term") + mark_end
        found.append(places.name(start, end, kind, *_value_and_unit(places.text[start:end])))
    return found


def _date(match: re.Match[str], places: Places) -> Quantity:
    return places.date(*match.span("date"), read_date(match["date"]))


def _doubled(match: re.Match[str], places: Places) -> Quantity:
    """翻一番 is growth by 100 %, 翻两番 by 300 %; 翻一番多 is more, 翻近一番 less."""
    times = parse_numeral(match["times"])
    value = (2 ** int(times.value) - 1) * 100 if times else 100
    wording_of = {"超": "over", "近": "near", "约": "about"}
    wording = wording_of.get(
        match["doubled_before"] or match["doubled_about"] or "", "over" if match["doubled_more"] else ""
    )
    allowed = intervals.interval(Numeral(Decimal(value), Decimal(100), False), wording, rate=True) if wording else None
    spot = places.spot(*match.span("doubled"))
    role = places.role(spot, "exact")
    ends = (allowed.lower, allowed.upper) if allowed else (value, value)
    qualifier = _QUALIFIERS[wording or "exact"]
    return places.quantity(spot, "rate", Figure(value, ends[0], ends[1], "%", qualifier, "", role, "yoy_pct"))


def _document(match: re.Match[str], places: Places) -> Quantity:
    """〔2023〕27号: the value is the serial number."""
    return places.name(*match.span("document"), "docnumber", _first_value(match["document"][6:]), "号")


def _ordinal(match: re.Match[str], places: Places) -> Quantity:
    return places.name(*match.span("ordinal"), "ordinal", _first_value(match["ordinal"]))


def _composite(match: re.Match[str], places: Places) -> Quantity:
    """1+8+24+N has no value, 246+ has."""
    text = match["composite"]
    return places.name(*match.span("composite"), "name", _first_value(text) if text.isdigit() else None)


_SINGLE = {
    "date": _date,
    "doubled": _doubled,
    "document": _document,
    "ordinal": _ordinal,
    "composite": _composite,
}


@lru_cache(maxsize=1024)
def _value_and_unit(text: str) -> tuple[float | None, str]:
    """Value of the first number in a numeral of a term, and what stands beside its numbers (三项: 3, 项)."""
    return _first_value(text), _NUMBER.sub("", text)


@lru_cache(maxsize=1024)
def _first_value(text: str) -> float | None:
    """Value of the first number in the words of a name (第一, 三), if there is one."""
    found = _NUMBER.search(text)
    numeral = parse_numeral(found.group()) if found else None
    return None if numeral is None else intervals.plain(numeral.value)


def _share_units(found: list[Quantity], places: Places) -> list[Quantity]:
    """Numbers of a list that prints its measure word once (分别为3、5、8件) take it from the next one."""
    text = places.report.text
    for index in range(len(found) - 2, -1, -1):
        this, following = found[index], found[index + 1]
        if this.unit or not following.unit or not following.is_metric or this.kind not in ("name", "count"):
            continue
        if not _LISTED.fullmatch(this.text) or not _LIST_GAP.fullmatch(text[this.end : following.start].strip()):
            continue
        if text[this.end : following.start].strip():
            found[index] = replace(
                this,
                unit=following.unit,
                kind=following.kind,
                is_metric=True,
                role=following.role,
                period=following.period,
            )
    return found


def _without_repetitions(found: list[Quantity], text: str) -> list[Quantity]:
    """An amount repeated in brackets, in capital characters or in digits (3000元（大写：叁仟元整）), is one figure."""
    for index in range(1, len(found)):
        this, before = found[index], found[index - 1]
        same = this.kind == "money" and before.is_metric and this.value == before.value
        if same and _REPEATED.fullmatch(text, before.end, this.start):
            found[index] = replace(this, kind="name", is_metric=False, period="")
    return found


def _with_origin(found: list[Quantity], report: Report) -> list[Quantity]:
    """Mark what came through OCR, with the lowest confidence of the spans that it touches."""
    if not report.ocr_spans:
        return found
    marked = []
    for quantity in found:
        touched = [trust for start, end, trust in report.ocr_spans if start < quantity.end and quantity.start < end]
        marked.append(replace(quantity, origin="ocr", confidence=min(touched)) if touched else quantity)
    return marked
