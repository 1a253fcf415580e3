"""What is known of the base of a rate, in words: one sentence for the page of checks and for the workbook."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fazhi_analysis.dataset.cells import is_missing
from fazhi_analysis.presenting.wording.numbers import plain
from fazhi_analysis.presenting.wording.page_texts import Words


def base_text(row: Mapping[str, Any], words: Words) -> str:
    """The grounds on which a row of ``rates`` says what it says; empty where there are none.

    >>> row = {"base": "implied", "text": "87.6%", "numerator": 643.0, "denominator": 734.0, "computed": 87.6}
    >>> base_text(row, Words("zh"))
    '643 件对应的基数只能是 734'
    """
    key = _key(row)
    names = {"part": "numerator", "whole": "denominator", "low": "denominator_lower", "high": "denominator_upper"}
    fields = {name: _number(row.get(column)) for name, column in names.items()}
    decimals = max(2, len(str(row.get("text") or "").strip(" %％").partition(".")[2]))
    computed = row.get("computed")
    fields["computed"] = "" if is_missing(computed) else plain(round(float(computed or 0), decimals))
    fields |= {"other": _number(row.get("other_denominator")), "smallest": _number(row.get("smallest"))}
    if key in ("not_of", "not_of_any") and not fields["whole"]:
        fields["whole"] = words.join([fields["low"], fields["high"]])
    return words(f"rates.{key}", **fields) if key else ""


def _key(row: Mapping[str, Any]) -> str:
    """The sentence that fits a row."""
    base, has_part = row["base"], not is_missing(row.get("numerator"))
    least = "" if is_missing(row.get("smallest")) else "least"
    keys = {
        "printed": "stated" if has_part and not is_missing(row.get("computed")) else "stated_base",
        "other": "other",
        "implied": "implied",
        "several": "several" if has_part else "several_beside",
        "not_given": least,
    }
    if base != "impossible":
        return keys[base]
    if has_part:
        return "contradicted" if not is_missing(row.get("computed")) else "not_of_any"
    return "not_of" if least else "not_of_any"


def _number(value: Any) -> str:
    return "" if is_missing(value) else plain(float(value))
