"""Measure words, the only list of them: what each counts, which count the same thing, and what it is in English.

The table is ``data/units.csv``. 件, 宗, 起 and 例 all count cases, so that 80宗 may be compared with 75件; 项 counts
items and 条 clauses, and no arithmetic crosses that line, though reports set the one beside the other.
"""

from __future__ import annotations

from functools import cache
from typing import Final, NamedTuple

from fazhi_analysis.catalogue._strict_csv import DATA, read_rows

UNIT_CLASSES: Final = ("count", "digits", "money", "rate", "time", "length", "label")
_UNSAID: Final = "-"  # a measure word that English leaves out
_COLUMNS: Final = ["unit", "class", "not_before", "group", "base", "factor", "name_en"]


class MeasureWord(NamedTuple):
    """A measure word as a report prints it, its class, and the regular expression of what may not follow it.

    ``digits`` counts like ``count``, but after Arabic digits only (三课 and 五色 are slogans); a ``label`` counts
    nothing (5级, 第2届).
    """

    word: str
    class_: str
    not_before: str


@cache
def _rows() -> tuple[dict[str, str], ...]:
    return tuple(row for _, row in read_rows(DATA / "units.csv", _COLUMNS))


@cache
def _table() -> dict[str, tuple[str, str, float]]:
    return {row["unit"]: (row["group"], row["base"], float(row["factor"])) for row in _rows() if row["group"]}


@cache
def measure_words() -> tuple[MeasureWord, ...]:
    """Measure words that stand after a number, those with brackets in both widths.

    >>> [(word.class_, word.not_before) for word in measure_words() if word.word == "支"]
    [('count', '持|付|出|部|援')]
    """
    found = [MeasureWord(row["unit"], row["class"], row["not_before"]) for row in _rows() if row["class"]]
    narrow = [
        word._replace(word=word.word.replace("（", "(").replace("）", ")")) for word in found if "（" in word.word
    ]
    return (*found, *narrow)


@cache
def unit_names() -> dict[str, str]:
    """English plurals of measure words; empty for one that English leaves out.

    >>> unit_names()["批次"], unit_names()["个"], "艘" in unit_names()
    ('batches', '', False)
    """
    return {row["unit"]: row["name_en"].removeprefix(_UNSAID) for row in _rows() if row["name_en"]}


def unit_group(unit: str) -> str:
    """Name of the group of comparable units; a unit that the table does not know is a group of its own.

    >>> unit_group("宗") == unit_group("件")
    True
    >>> unit_group("项") == unit_group("条")
    False
    >>> unit_group("艘"), unit_group("")
    ('艘', '')
    """
    entry = _table().get(unit)
    return entry[0] if entry else unit


def comparable_units(one: str, other: str) -> bool:
    """Whether figures in these two units may be set against each other. No unit is comparable with no unit only.

    >>> comparable_units("人", "名"), comparable_units("人", "人次"), comparable_units("万元", "元")
    (True, False, True)
    """
    return unit_group(one) == unit_group(other)


def base_unit(unit: str) -> tuple[str, float]:
    """Base unit and the factor that takes an amount to it: 万元 is (元, 10000).

    >>> base_unit("亿元"), base_unit("件")
    (('元', 100000000.0), ('件', 1.0))
    """
    entry = _table().get(unit)
    return (entry[1], entry[2]) if entry else (unit, 1.0)


def known_units() -> tuple[str, ...]:
    """Every unit that the table knows, in its order.

    >>> "件" in known_units()
    True
    """
    return tuple(_table())
