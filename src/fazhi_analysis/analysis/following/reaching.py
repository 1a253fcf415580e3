"""Whether a figure reaches a promised one: both are intervals, more is better or less is, a rise is no fall.

A number printed exactly as it was promised reaches it (DESIGN: two equal printed rates are equal, as printed). About N
(N左右) is broken only by what lies clearly beside it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Any, Final, Literal

from fazhi_analysis.catalogue.word_lists import pattern

Row = Mapping[str, Any]
Outcome = Literal["kept", "contradicted", "open"]

NEAR: Final = 0.05
"""Share of a number promised as about so much (左右) within which a figure that falls short does not break it."""

HALF_A_POINT: Final = 0.5
"""The same for rates, at least, in percentage points."""

_AT_MOST = re.compile("以内|以下|不超过|不高于|控制在|压减[到至]|压缩[到至]|缩短[到至]|降[到至低]")
_RISE = pattern("<rise verbs>|<rise nouns>|<growth speed>")
_FALL = pattern("<fall verbs>|<cut verbs>|<fall nouns>")
_CHANGES = ("yoy_pct", "yoy_abs", "points", "reduction")
# Outside the catalogue, too, less of these is better. A rise is promised as a limit only of prices.
_LESS_IS_BETTER = pattern("<less is better>")
_MORE_IS_BETTER = pattern("(?:<more is better>)(?:同比|预计|将)*(?:<fall verbs>|<fall nouns>)")
_PRICES = re.compile("价格|物价|CPI")


def outcome_of(target: Row, row: Row, value: float | None = None) -> Outcome:
    """Whether a later figure reaches the promised one; ``value`` is another reading of it than the printed one.

    >>> base = dict(kind="rate", qualifier="exact", change="yoy_pct", quote="增长", indicator_id="")
    >>> goal, result = base | dict(value=6.0, lower=5.5, upper=6.5), base | dict(value=6.0, lower=5.95, upper=6.05)
    >>> outcome_of(goal, result), outcome_of(goal, result | dict(value=5.8, lower=5.75, upper=5.85))
    ('kept', 'contradicted')
    """
    lower, upper = (float(row["lower"]), float(row["upper"])) if value is None else (value, value)
    change = str(target["change"]) in _CHANGES
    if change:
        ways = way(target), way(row)
        if not all(ways):
            return "open"
        if ways[0] != ways[1]:
            return _other_way(target, ways)
    limited = at_most(target) and (not change or way(target) == "rise")
    bound = _limit(target) if limited else _least(target)
    if value is None and _as_printed(target, row, bound):
        return "kept"
    if upper <= bound if limited else lower >= bound:
        return "kept"
    missed = lower > _beside(target, bound, 1) if limited else upper < _beside(target, bound, -1)
    return "contradicted" if missed and not (value is None and _rounds_to(target, row, bound)) else "open"


def _other_way(target: Row, ways: tuple[str, str]) -> Outcome:
    """A fall where a rise was promised, or the reverse; a fall within a limit for a rise is within it, unless about so
    much of it was aimed at."""
    if at_most(target) and ways[0] == "rise":
        return "open" if str(target["qualifier"]) == "about" else "kept"
    if ways[0] == "fall" and _MORE_IS_BETTER.search(str(target["label"]) + _clause(target)):
        return "open"  # 外贸总额下降5%, as was feared, and it rose
    return "contradicted"


def way(row: Row) -> str:
    """Whether a figure of change is a rise or a fall, by the words right before it, else by its clause; else empty.

    >>> way({"quote": "固定资产投资增长9%"}), way({"quote": "能耗下降3%"}), way({"quote": "变化3%"})
    ('rise', 'fall', '')
    """
    lead = row["around"][0] if row.get("around") else ""
    for words in (lead, str(row["quote"])):
        rise, fall = _RISE.search(words) is not None, _FALL.search(words) is not None
        if rise is not fall:
            return "rise" if rise else "fall"
    return ""


def at_most(target: Row) -> bool:
    """Whether a promised figure is a limit that the result must not exceed.

    >>> base = {"qualifier": "about", "indicator_id": "", "label": "", "change": "level"}
    >>> [at_most(base | {"quote": words}) for words in ("城镇调查失业率5.5%左右", "粮食产量45万吨左右")]
    [True, False]
    """
    quote, qualifier = str(target["quote"]), str(target["qualifier"])
    if qualifier == "over":
        return False  # 浓度控制在21微克以下、达标率91%以上: each has its own bound
    if qualifier == "under" or _AT_MOST.search(quote):
        return True
    if _directions().get(str(target["indicator_id"])) == "lower_better":
        return True
    words = f"{target['around'][0]}" if target.get("around") else quote
    if str(target["change"]) in _CHANGES:
        return _PRICES.search(words) is not None
    return _LESS_IS_BETTER.search(words) is not None


def _clause(row: Row) -> str:
    """The words of a figure's clause up to it, else its whole clause."""
    return str(row["around"][2]) if row.get("around") else str(row["quote"])


def _limit(target: Row) -> float:
    return float(target["upper"] if str(target["qualifier"]) in ("under", "range") else target["value"])


def _least(target: Row) -> float:
    return float(target["lower"] if str(target["qualifier"]) in ("over", "range") else target["value"])


def _beside(target: Row, bound: float, side: int) -> float:
    """From where on a figure on one side of the bound breaks the promise."""
    if str(target["qualifier"]) != "about":
        return bound
    if str(target["kind"]) == "rate":
        return bound + side * max(NEAR * abs(bound), HALF_A_POINT)
    margin = NEAR * abs(bound)
    return max(float(target["upper"]), bound + margin) if side > 0 else min(float(target["lower"]), bound - margin)


def _rounds_to(target: Row, row: Row, bound: float) -> bool:
    """Whether a figure, printed more finely, is the promised number in the decimals that the promise has.

    >>> exact = {"qualifier": "exact"}
    >>> _rounds_to(exact, {"value": 23.68}, 23.7), _rounds_to(exact, {"value": 5.8}, 6.0)
    (True, False)
    """
    decimals = len(f"{bound:.6f}".rstrip("0").partition(".")[2])
    found = float(row["value"])
    return (
        0 < decimals < 6 and str(target["qualifier"]) == "exact" and found != bound and round(found, decimals) == bound
    )


def _as_printed(target: Row, row: Row, bound: float) -> bool:
    """Whether a figure prints the promised number; one that is printed more roughly than promised may be less."""
    if float(row["value"]) != bound or str(row["qualifier"]) != "exact":
        return False
    widths = [float(one["upper"]) - float(one["lower"]) for one in (row, target)]
    return str(target["qualifier"]) != "exact" or widths[0] <= widths[1]


@cache
def _directions() -> dict[str, str]:
    from fazhi_analysis.catalogue import load_catalogue

    return {item.id: item.direction for item in load_catalogue()}
