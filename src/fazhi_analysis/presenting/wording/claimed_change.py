"""How a change that a report states is printed, and the change that the figures give instead."""

from __future__ import annotations

from fazhi_analysis.analysis.claims.checking import actual_decimals
from fazhi_analysis.analysis.result_rows import ClaimRow
from fazhi_analysis.presenting.wording.change import change, stated
from fazhi_analysis.presenting.wording.naming import unit_of
from fazhi_analysis.presenting.wording.page_texts import Words


def change_of_claim(row: ClaimRow, ends: tuple[float, float], decimals: int, words: Words) -> str:
    """A change of the kind that a claim states: percent and points with so many decimals; amounts as they are."""
    unit = unit_of(row)
    if row["change"] == "yoy_abs" and unit != "%":
        return change(*ends, unit, words)
    return stated(*ends, decimals, words, points=row["change"] != "yoy_pct")


def actual_change(row: ClaimRow, words: Words) -> str:
    """What the two years' figures give in place of the claim; empty where one of them is not known."""
    if row["actual_lower"] != row["actual_lower"]:
        return ""
    decimals = actual_decimals(row["claimed"], row["claimed_lower"], row["claimed_upper"])
    return change_of_claim(row, (row["actual_lower"], row["actual_upper"]), decimals, words)
