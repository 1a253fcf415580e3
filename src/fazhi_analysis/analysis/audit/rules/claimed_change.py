"""A stated change (同比增长21%, 提高2.3个百分点) against the figures of the two years."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import asdict
from math import ceil, floor, isfinite
from typing import TYPE_CHECKING, Any

from fazhi_analysis.analysis.audit.context import AuditContext
from fazhi_analysis.analysis.audit.english_figures import number_en, shown_en
from fazhi_analysis.analysis.audit.evidence import evidence_of, past_evidence
from fazhi_analysis.analysis.audit.printed import number, shown
from fazhi_analysis.analysis.audit_rulebook import Explanation, Rule
from fazhi_analysis.catalogue.word_lists import pattern
from fazhi_analysis.model import Finding, Quantity

if TYPE_CHECKING:
    import pandas as pd


RULE = Rule(
    id="claimed_change",
    lane="figures",
    across_years=True,
    doubts="change",
    zh=Explanation(
        title="所述变化与两年数字",
        short="自称增减",
        checks="“同比增长X%”“增加N件”“提高X个百分点”：用本年数与上年报告（或本报告所列上年数）重算。",
        why="同比数最容易沿用旧稿，或者上年数改了口径而没有说明。",
        source="报告体裁的常见陷阱（同比、百分点）；两种读法见 fazhi_analysis.analysis.claims.interpretations",
        example="上年152件、本年168件，实为增长10.5%，所述为增长25%。",
        can_be_wrong="上年数后来可能修订过，或者口径不同；所以只作存疑。",
    ),
    en=Explanation(
        title="A stated change against both years' figures",
        short="claimed change",
        checks=(
            "A stated change (up by X%, by N cases, by X points) is computed again from this year's figure and "
            "last year's, taken from last year's report or from this one."
        ),
        why=(
            "Stated changes are easily carried over from an old draft, or last year's figure had another scope "
            "and nobody says so."
        ),
        source="common traps of these reports; both readings: fazhi_analysis.analysis.claims.interpretations",
        example="152 cases last year and 168 now are a rise of 10.5%; 25% is stated.",
        can_be_wrong="Last year's figure may have been revised, or have had another scope; so it is only a doubt.",
    ),
)

_CLAIMS = ("yoy_pct", "yoy_abs", "points")
_CHANGE = re.compile(r"(?:同比)?(?:变化率|变化百分点|变化数|变化|增幅|降幅)$")
_FALL = pattern("<fall verbs>|<cut verbs>|减|降")
_VERB = pattern("<fall verbs>|<cut verbs>|减|降|<rise verbs>|增|升")
_AGREES = {
    "agrees": ("相符", "agrees"),
    "agrees_by_truncation": ("按截尾取值相符", "agrees, digits cut off,"),
}
_IF = {
    "to": ("是上年的{}%；所述{}若指增长到则相符", "{}% of last year's; the stated {} agrees if it means growth to"),
    "points": (
        "变化{}个百分点；所述{}若指百分点则相符",
        "a change of {} points; the stated {} agrees if it means points",
    ),
}


def falls(context: AuditContext, claim: Quantity) -> bool | None:
    """Whether the words say that the figure fell; None when no words are left to go by.

    >>> from fazhi_analysis.catalogue import load_catalogue
    >>> claim = Quantity(4, 8, "3.2%", 3.2, 3.15, 3.25, "%", "exact", "rate", True, quote="同比下降3.2%")
    >>> falls(AuditContext((claim,), load_catalogue()), claim)
    True
    """
    if (claim.value or 0) < 0:
        return False  # the sign says it already
    words = claim.quote.partition(claim.text)[0] if claim.text else claim.label
    found = _VERB.findall(context.lead(claim, 14) or words)
    return None if not found else bool(_FALL.fullmatch(found[-1]))


def _row(context: AuditContext, item: Quantity, year: int, row_id: str, label: str) -> dict[str, Any]:
    place = {"region": context.region or "-", "region_code": "", "report_id": str(year), "year": year, "period": ""}
    return {**asdict(item), "row_id": row_id, "label": label, "duplicate_of": "", **place}


def _frame(context: AuditContext, now: list[Quantity], before: list[Quantity], year: int) -> pd.DataFrame:
    """Rows of both years. Claims are labelled by their direction, and stand twice where it is not known."""
    import pandas as pd

    rows = [_row(context, item, year - 1, f"before{place}", item.label) for place, item in enumerate(before)]
    for place, item in enumerate(now):
        if item.change not in _CLAIMS:
            rows.append(_row(context, item, year, f"now{place}", item.label))
            continue
        bare = _CHANGE.sub("", item.label)
        fell = falls(context, item)
        if fell is not True:
            rows.append(_row(context, item, year, f"rise{place}", f"{bare}增幅"))
        if fell is not False:
            rows.append(_row(context, item, year, f"fall{place}", f"{bare}降幅"))
    return pd.DataFrame(rows).drop(columns=["text", "quote"])


def _of_year(quantities: Iterable[Quantity], *periods: str) -> list[Quantity]:
    return [item for item in quantities if item.period in periods and item.role == "result" and not item.duplicate_of]


def _change(low: float, high: float, decimals: int) -> str:
    """The figures' change; an interval is rounded outward, so that the printed one holds the real one."""
    if low == high:
        return number(round(low, decimals))
    factor = 10.0**decimals
    ends = [floor(low * factor + 1e-9) / factor] if isfinite(low) else []
    ends += [ceil(high * factor - 1e-9) / factor] if isfinite(high) else []
    return "～".join(dict.fromkeys(number(end) for end in ends))


def _say(context: AuditContext, row: Any, claim: Quantity, level: Quantity, before: Quantity) -> Finding | None:
    unit = {"yoy_pct": "%", "points": "个百分点"}.get(claim.change, claim.unit)
    unit_en = {"yoy_pct": "%", "points": " points"}.get(claim.change, "")
    from fazhi_analysis.analysis.claims.checking import actual_decimals

    decimals = actual_decimals(row.claimed, row.claimed_lower, row.claimed_upper)
    actual = _change(row.actual_lower, row.actual_upper, decimals)
    actual_en = actual.replace("～", "–")
    earlier = (context.year or 0) - 1
    places = [evidence_of(claim), evidence_of(level), past_evidence(before, context.earlier)]
    if row.verdict in _AGREES:
        zh, en = _AGREES[row.verdict]
        return RULE.finding(
            "confirmed",
            f"{earlier}年{shown(before)}，本年{shown(level)}，变化{actual}{unit}，与所述{shown(claim)}{zh}。",
            f"{shown_en(before)} in {earlier} and {shown_en(level)} now: a change of {actual_en}{unit_en}, "
            f"which {en} with the "
            f"stated {shown_en(claim)}.",
            places,
        )
    if row.verdict == "agrees_in_other_reading":
        zh, en = _IF[row.reading]
        return RULE.finding(
            "note",
            f"{earlier}年{shown(before)}，本年{shown(level)}，{zh.format(actual, shown(claim))}，请写明。",
            f"{shown_en(before)} in {earlier} and {shown_en(level)} now: {en.format(actual_en, shown_en(claim))}; "
            "say so.",
            places,
        )
    if row.verdict != "contradicted":
        return None
    return RULE.finding(
        "warning",
        f"报告称{_claimed(row, claim)}，按{earlier}年{shown(before)}、本年{shown(level)}计算，变化为{actual}{unit}；"
        "若上年数口径不同或者已经修订则可能无误，请核对。",
        f"the report states {number_en(row.claimed)}{unit_en}, but from {shown_en(before)} in {earlier} to "
        f"{shown_en(level)} now is {actual_en}{unit_en}; it may be right if last year's figure had another scope or "
        "was revised.",
        places,
    )


def _claimed(row: Any, claim: Quantity) -> str:
    return ("下降" if row.claimed < 0 else "增长") + shown(claim).lstrip("-−")


def check(context: AuditContext) -> Iterable[Finding]:
    """Confirm or doubt each stated change for which both years' figures are known."""
    if context.year is None or not any(item.change in _CLAIMS and item.role == "result" for item in context.counted):
        return
    now, before = _of_year(context.counted, "", str(context.year)), _year_before(context, context.year)
    if not before or not now:  # stored under a year that its figures are not of: there is nothing to check a claim by
        return
    for place, row in sorted(_checked(context, now, before, context.year).items()):
        level, past = now[int(str(row.row)[3:])], before[int(str(row.baseline_row)[6:])]
        found = _say(context, row, now[place], level, past)
        if found is not None:
            yield found


def _year_before(context: AuditContext, year: int) -> list[Quantity]:
    """Last year's figures: those of its report, and those that this report alone gives."""
    stored = _of_year(context.earlier, "", str(year - 1)) if context.earlier_year == year - 1 else []
    known = {(item.indicator_id or item.label, item.scope) for item in stored}
    given = _of_year(context.counted, str(year - 1))
    return stored + [item for item in given if (item.indicator_id or item.label, item.scope) not in known]


def _checked(context: AuditContext, now: list[Quantity], before: list[Quantity], year: int) -> dict[int, Any]:
    """Rows of the check of claims, by the place of the claim in ``now``: one that agrees goes before others."""
    from fazhi_analysis.analysis.claims.checking import check_claims

    chosen: dict[int, Any] = {}
    for row in check_claims(_frame(context, now, before, year), year=year).sort_values("claim_row").itertuples():
        place = int(str(row.claim_row)[4:])
        if str(row.row) and str(row.baseline_row) and (place not in chosen or str(row.verdict).startswith("agrees")):
            chosen[place] = row
    return chosen
