"""Whether a rate follows from its counts, or can still hold: over another base, or with a count misprinted in 万."""

from __future__ import annotations

import re
from collections.abc import Sequence
from math import ceil, floor, inf

from fazhi_analysis.analysis.audit.context import AuditContext
from fazhi_analysis.analysis.audit.grim import attainable
from fazhi_analysis.analysis.audit.partners import Partners, wider_bases
from fazhi_analysis.analysis.audit.printed import printed_percent
from fazhi_analysis.model import Interval, Quantity

_DIRECT = re.compile(r"直接纠错")
_TEN_THOUSAND = 10_000


def holds(rate: Quantity, numerator: Interval, base: Interval) -> bool:
    """Whether some counts inside the intervals give the printed rate, by rounding or by truncation."""
    share = numerator.share_of(base)
    printed = printed_percent(rate)
    if share.overlaps(rate.interval):
        return True
    if numerator.lower == numerator.upper and base.lower == base.upper and base.lower >= 1:
        return int(numerator.lower) in attainable(printed, int(base.lower)).by_truncation
    return False


def stated_base(
    context: AuditContext, rate: Quantity, pairs: Sequence[Partners]
) -> tuple[Partners, tuple[tuple[Quantity, int], ...], Interval] | None:
    """The base over which a rate holds once the words widen or narrow it, with the counts that do so.

    Cases carried over are added (1), mediated ones left out (-1). None where no such base gives the rate.
    """
    for pair in pairs:
        changes = wider_bases(context, rate, pair)
        for chosen in (changes, *((item,) for item in changes)):
            base = pair.base
            for other, sign in chosen:
                base = base + other.interval if sign > 0 else base - other.interval
            if chosen and base.lower > 0 and holds(rate, pair.numerator.interval, base):
                return pair, chosen, base
    return None


def other_reading(context: AuditContext, rate: Quantity, pair: Partners) -> Quantity | None:
    """The printed count over which a rate holds in its other usual reading: 18.2% of 148 accepted, not of 131 settled.

    Which counts are usual bases is stated in the catalogue (``candidate_bases``).
    """
    indicator = context.indicator(rate.indicator_id)
    wanted = set(indicator.candidate_bases) if indicator is not None else set()
    for other in context.before(rate, sentences=2, across_items=True):
        is_usual = other.kind == "count" and other.indicator_id in wanted and other.scope == rate.scope
        if is_usual and (other.lower or 0) > 0 and holds(rate, pair.numerator.interval, other.interval):
            return other
    return None


def is_corrected_rate(context: AuditContext, rate: Quantity) -> bool:
    """Whether a rate is one of corrected cases, whose base may leave mediated and withdrawn ones out (纠错率)."""
    return "纠错" in context.naming(rate) or "纠错" in rate.label


def another_base_fits(context: AuditContext, rate: Quantity, pair: Partners) -> bool:
    """Whether some whole number of cases other than the printed base gives a rate of corrected cases.

    It may be smaller than the base (mediated cases left out), or larger, up to the largest candidate that the
    catalogue names and the report prints near by (cases accepted, handled); where none is printed there is no limit.
    Where only direct corrections are counted, others may come on top: then any higher rate can be.
    """
    corrected, base = pair.numerator, pair.bases[0]
    if corrected.lower is None or corrected.lower != corrected.upper or base.upper is None or rate.value is None:
        return True
    many = int(corrected.lower)
    if _DIRECT.search(context.naming(corrected)) and rate.value > 100 * many / base.upper:
        return True
    printed = printed_percent(rate)
    step = 10.0 ** -len(printed.partition(".")[2])
    low, high = float(printed) - step, float(printed) + step
    if many == 0 or high <= 0:
        return False
    first, last = max(many, floor(100 * many / high)), inf if low <= 0 else ceil(100 * many / low)
    last = min(last, _largest_candidate(context, rate, base))
    if last == inf or last - first > _TEN_THOUSAND:
        return True
    fits = (attainable(printed, size) for size in range(max(1, first), int(last) + 1))
    return any(many in found.by_rounding + found.by_truncation for found in fits)


def corrected_reading(context: AuditContext, rate: Quantity, pair: Partners) -> tuple[str, str]:
    """The reading under which a rate of corrected cases can be higher, or lower, than its counts give (zh, en)."""
    share = pair.numerator.interval.share_of(pair.bases[0].interval)
    if (rate.upper or 0) < share.lower:
        return "以受理数或办理数为基数", "the base is the cases accepted or handled"
    if _DIRECT.search(context.naming(pair.numerator)):
        return (
            "基数不含调解、和解结案的，或者分子不只是直接纠错的，",
            "mediated cases are left out of the base, or indirect corrections count too",
        )
    return "基数不含调解、和解结案的，", "mediated cases are left out of the base"


def _largest_candidate(context: AuditContext, rate: Quantity, base: Quantity) -> float:
    indicator = context.indicator(rate.indicator_id)
    wanted = set(indicator.candidate_bases) if indicator is not None else set()
    sizes = [
        other.upper or 0.0
        for other in context.before(rate, sentences=2, across_items=True)
        if other.kind == "count" and other.indicator_id in wanted
    ]
    return max([base.upper or 0.0, *sizes]) if sizes else inf


def without_ten_thousand(rate: Quantity, pair: Partners) -> Quantity | None:
    """The one count printed in 万 without which the printed rate follows exactly, or None.

    审理15万件, 出庭应诉15件, 100%: two counts that differ by four digits and agree to the last one once 万 is left out.
    """
    figures = (pair.numerator, pair.bases[0])
    inflated = [item for item in figures if "万" in item.text and item.qualifier == "exact"]
    if len(pair.bases) != 1 or len(inflated) != 1 or rate.value is None or not all(item.value for item in figures):
        return None
    part, whole = ((item.value or 0) / (_TEN_THOUSAND if item is inflated[0] else 1) for item in figures)
    return inflated[0] if _gives(printed_percent(rate), part, whole) else None


def _gives(printed: str, part: float, whole: float) -> bool:
    """Whether a part of a whole, both whole numbers, gives a printed percentage by rounding or by truncation."""
    if part % 1 or whole % 1 or whole < part:
        return False
    found = attainable(printed, int(whole))
    return any(counts and counts[0] <= part <= counts[-1] for counts in (found.by_rounding, found.by_truncation))
