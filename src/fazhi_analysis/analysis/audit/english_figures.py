"""Figures and their names in English messages, without Chinese measure words, numerals or punctuation."""

from __future__ import annotations

import re
from collections.abc import Sequence
from math import isinf

from fazhi_analysis.analysis.audit.printed import is_corrected, printed_percent, shown
from fazhi_analysis.catalogue import load_catalogue
from fazhi_analysis.catalogue.english_nouns import counted_noun, number_name, singular, unit_name
from fazhi_analysis.model import Quantity

_STEPS = {"万": 1e4, "亿": 1e8, "万亿": 1e12}
_PRINTED = re.compile(
    r"(?P<head>约|近|超过?)?(?P<digits>-?\d+(?:\.\d+)?)(?P<more>[余多])?(?P<scale>万亿|[万亿]?)[余多]?(?P<unit>[^\d.]*)"
)


def number_en(value: float) -> str:
    """A number as all English texts print it, with four decimals at most: messages hold computed figures.

    >>> number_en(3_184_000), number_en(100 / 3)
    ('3.184 million', '33.3333')
    """
    return number_name(value, 4)


def range_en(lower: float, upper: float) -> str:
    """Both ends of an interval, or the one number that it is.

    >>> range_en(2.2, 2.4), range_en(47, 47)
    ('2.2–2.4', '47')
    """
    return number_en(lower) if lower == upper else f"{number_en(lower)}–{number_en(upper)}"


def shown_en(quantity: Quantity) -> str:
    """A quantity as an English message names it: number, what it counts, and the words that widen it.

    >>> known = {"indicator_id": "normative_documents_issued"}
    >>> shown_en(Quantity(0, 3, "58件", 58, 58, 58, "件", "exact", "count", True, **known))
    '58 documents'
    >>> shown_en(Quantity(0, 6, "不低于60%", 60, 60, 100, "%", "over", "rate", True))
    'at least 60%'
    >>> shown_en(Quantity(0, 5, "31.0%", 31, 30.95, 31.05, "%", "exact", "rate", True))
    '31.0%'
    >>> shown_en(Quantity(0, 2, "一户", 1, 1, 1, "户", "exact", "count", True))
    '1 entity'
    """
    if quantity.value is None:
        return quantity.text
    number = number_en(quantity.value)
    if quantity.kind == "rate" and quantity.lower is not None and not isinf(quantity.lower):
        # Trailing zeros of a percentage are part of what is printed.
        number = ("−" if quantity.value < 0 else "") + printed_percent(quantity).lstrip("-−")
    if quantity.qualifier == "range" and quantity.lower is not None and quantity.upper is not None:
        number = range_en(quantity.lower, quantity.upper)
    return _widened(quantity, f"{number}{_after(quantity)}")


def _after(quantity: Quantity) -> str:
    if quantity.unit in ("%", "％"):
        return "%"
    noun = counted_noun(quantity.unit, quantity.indicator_id, quantity.label) or unit_name(quantity.unit)
    if not noun:
        return ""
    return f" {singular(noun) if quantity.value == 1 else noun}"


def _widened(quantity: Quantity, text: str) -> str:
    if quantity.qualifier == "over":
        open_end = quantity.kind == "rate" or quantity.upper is None or isinf(quantity.upper)
        return f"{'at least' if open_end else 'over'} {text}"
    if quantity.qualifier == "about":
        return f"{'nearly' if (quantity.upper or 0) <= (quantity.value or 0) else 'about'} {text}"
    return f"under {text}" if quantity.qualifier == "under" else text


def run_en(quantities: Sequence[Quantity]) -> list[str]:
    """Figures of a calculation as :func:`shown_en` names them; what all of them count is named once, at the last.

    >>> run_en([Quantity(0, 3, f"{n}件", n, n, n, "件", "exact", "count", True) for n in (46, 38)])
    ['46', '38 items']
    """
    shown = [shown_en(quantity) for quantity in quantities]
    nouns = {text.partition(" ")[2] for text in shown}
    plain = len(nouns) == 1 and all(text[:1].isdigit() for text in shown)
    return [text.partition(" ")[0] for text in shown[:-1]] + shown[-1:] if plain else shown


def listed_en(quantities: list[Quantity]) -> str:
    """Figures in a row.

    >>> listed_en([Quantity(0, 2, f"{n}人", n, n, n, "人", "exact", "count", True) for n in (881, 818)])
    '881 people, 818 people'
    """
    return ", ".join(map(shown_en, quantities))


def called_en(quantity: Quantity) -> str:
    """A figure with what it is: printed, or corrected by a person.

    >>> called_en(Quantity(0, 3, "95%", 90, 89.5, 90.5, "%", "exact", "rate", True, origin="corrected"))
    'the corrected 90%'
    """
    return f"the {'corrected' if is_corrected(quantity) else 'printed'} {shown_en(quantity)}"


def name_en(quantity: Quantity) -> str:
    """English name of a figure's indicator; our Chinese label where the catalogue does not know it.

    >>> name_en(Quantity(0, 2, "3件", 3, 3, 3, "件", "exact", "count", True, indicator_id="penalty_cases"))
    'Administrative penalty cases'
    """
    catalogue = load_catalogue()
    return catalogue[quantity.indicator_id].name_en if quantity.indicator_id in catalogue else quantity.label


def name_before(quantity: Quantity) -> str:
    """The name before a sentence about a figure; empty where it has none.

    >>> name_before(Quantity(0, 2, "3件", 3, 3, 3, "件", "exact", "count", True, label="甲数"))
    '甲数: '
    """
    name = name_en(quantity)
    return f"{name}: " if name else ""


def printed_instead(quantity: Quantity) -> tuple[str, str]:
    """What stands in the report in place of a corrected figure (Chinese, English).

    >>> printed_instead(Quantity(0, 3, "95%", 90, 89.5, 90.5, "%", "exact", "rate", True, origin="corrected"))
    ('90%为更正后的数字，原印95%。', ' 90% is a corrected figure; 95% was printed.')
    """
    words = re.sub(r"\s+", "", quantity.text)
    zh, en = (f"，原印{words}", f"; {printed_en(words)} was printed") if words else ("", "")
    return f"{shown(quantity)}为更正后的数字{zh}。", f" {shown_en(quantity)} is a corrected figure{en}."


def printed_en(words: str) -> str:
    """A printed number with its measure word; words that are no number stand as they are printed.

    >>> [printed_en(words) for words in ("约1300万", "5200余", "1.08亿", "316件", "31.0%", "一户", "214")]
    ['about 13 million', 'over 5200', '108 million', '316 cases', '31.0%', '一户', '214']
    """
    found = _PRINTED.fullmatch(words.replace(",", "").replace("，", ""))
    name = unit_name(found["unit"], "?") if found else "?"
    if found is None or (name == "?" and found["unit"] not in ("", "%")):
        return words
    number = number_en(float(found["digits"]) * _STEPS[found["scale"]]) if found["scale"] else found["digits"]
    noun = "%" if found["unit"] == "%" else f" {singular(name) if number == '1' else name}" if found["unit"] else ""
    before = {"约": "about ", "近": "nearly "}.get(found["head"], "over " if found["head"] or found["more"] else "")
    return f"{before}{number}{noun}".rstrip()
