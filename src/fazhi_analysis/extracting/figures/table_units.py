"""In which unit a figure of a table is counted: by its heads, the corner, the line above, or its noun."""

from __future__ import annotations

import re

from fazhi_analysis.catalogue.word_lists import pattern
from fazhi_analysis.extracting.figures.amounts import Amount, unit_class
from fazhi_analysis.extracting.figures.table_heads import Heads
from fazhi_analysis.extracting.figures.units import unit_classes

_RATE = pattern("<head rates>")
_BRACKETED = re.compile(r"[（(\[［]([^（）()\[\]［］]{1,16})[）)\]］]")
_CAPTION_UNIT = re.compile(r"单位[:：]?([^\s，。）)]{1,16})")
_CHANGE_RATE = pattern("<head change rates>")
_PARTED = re.compile(r"[/／、,，;；:：和及]")
_PERSON = pattern("<head persons>")
_SCALED = re.compile(r"([百千万亿]+)(.*)")
_MONEY = pattern("<head amounts>")
_COUNT = pattern("<head counts>")
_NOUN_UNIT = re.compile(r"(人次|场次|[件人次户家项份场条起宗名批期处])数?$")


def unit_of(heads: Heads, amount: Amount, caption: str, *, change: bool) -> tuple[str, str]:
    """Scale and unit of a figure: of its column of units, its heads, the corner, the line above, or its noun."""
    row, column = [head.text for head in heads.row[::-1]], [head.text for head in heads.column[::-1]]
    first, second = (column, row) if change or any(_RATE.search(text) for text in column) else (row, column)
    nouns = [_BRACKETED.sub("", text) for text in (*first, *second)]
    if change and not _carries_rate(column):
        nouns = nouns[len(first) :]
    for texts in ([heads.unit], [_inner(text) for text in first], [_inner(text) for text in second]):
        for text in texts:
            if (found := _chosen(text, nouns)) is not None:
                return found
    for group in heads.groups[::-1]:  # 行政处罚实施数量（宗）: fines among them are cases, not money
        for text in _BRACKETED.findall(group.text)[-1:]:
            if (found := _chosen(text, nouns)) is not None and not _carries_rate(column):
                return found
    for text in (_inner(heads.corner), *_CAPTION_UNIT.findall(caption)[::-1]):
        found = _chosen(text, nouns)
        if found is not None and _fits(found[1], nouns):
            return found
    return "", _unit_of_noun(nouns, amount)


def _carries_rate(texts: list[str]) -> bool:
    return any(_CHANGE_RATE.search(text) or _RATE.search(text) for text in texts)


def _inner(text: str) -> str:
    """What the brackets of a head say, or the whole head."""
    found = _BRACKETED.findall(text)
    return found[-1].replace("单位", "") if found else text


def _chosen(text: str, nouns: list[str]) -> tuple[str, str] | None:
    """Scale and unit of a text that is nothing but units; of several, the one that the nouns can carry."""
    if not text:
        return None
    found = [_read_unit(word, nouns) for word in _PARTED.split(text.lstrip("：:")) if word]
    units = [one for one in found if one is not None]
    if not units:
        return None
    fitting = [one for one in units if _fits(one[1], nouns)]
    counts = [one for one in fitting if unit_class(one[1]) == "count"] if len(units) > 1 else fitting
    persons = [one for one in counts if one[1][:1] in "人名"]
    others = [one for one in counts if one not in persons]
    chosen = persons + others if any(_PERSON.search(noun) for noun in nouns) else others + persons
    return next(iter(chosen or fitting or (units if len(units) == 1 else [])), None)


def _read_unit(word: str, nouns: list[str]) -> tuple[str, str] | None:
    word = word.replace("％", "%")
    if word in unit_classes():
        return "", word
    if unit_class(word) == "rate":
        return "", word
    if word in ("个百分点", "百分点"):
        return "", "百分点"
    scaled = _SCALED.fullmatch(word)
    if scaled is None:
        return None
    if unit_class(scaled[2]):
        return scaled[1], scaled[2]
    return (scaled[1], _unit_by_noun(nouns)) if not scaled[2] else None


def _fits(unit: str, nouns: list[str]) -> bool:
    """Whether what the nouns name can be counted in a unit: money in 元, rates in %, the rest in neither."""
    name = unit_class(unit)
    for noun in nouns:
        if _RATE.search(noun) or _CHANGE_RATE.search(noun):
            return name == "rate"
        if _MONEY.search(noun):
            return name == "money"
        if _COUNT.search(noun):
            return name not in ("rate", "money")
    return name != "rate"


def _unit_by_noun(nouns: list[str]) -> str:
    """The measure word that a noun implies (人数, 件数, 金额)."""
    for noun in nouns:
        if found := _NOUN_UNIT.search(noun):
            return found[1]
        if _MONEY.search(noun):
            return "元"
    return ""


def _unit_of_noun(nouns: list[str], amount: Amount) -> str:
    """The unit that nouns imply for a number that no head gives one."""
    for noun in nouns:
        if _CHANGE_RATE.search(noun) or (_RATE.search(noun) and 1 < amount.numeral.value <= 100):
            return "%"
        found = _NOUN_UNIT.search(noun)
        if found and noun.endswith("数"):
            return found[1]
        if found and found[1] in ("人次", "场次"):
            return found[1]
    return ""
