"""Units: which measure words count the same thing, and what a scaled unit is in its base unit.

The table is ``data/units.csv``. 件, 宗, 起 and 例 all count cases, so that 80宗 may be compared with 75件; 项 counts
items and 条 clauses, and no arithmetic crosses that line (two real reports set 268 items beside 538 clauses).
"""

from __future__ import annotations

from functools import cache

from fazhi_analysis.catalogue._tables import DATA, read_rows


@cache
def _table() -> dict[str, tuple[str, str, float]]:
    rows = read_rows(DATA / "units.csv", ["unit", "group", "base", "factor"])
    return {row["unit"]: (row["group"], row["base"], float(row["factor"])) for _, row in rows}


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
