"""Which counts a rate is made of: by the catalogue's numerator and denominator, else by the wording of the sentence."""

from __future__ import annotations

import re

from fazhi_analysis.analysis.audit.context import AuditContext
from fazhi_analysis.catalogue import unit_group
from fazhi_analysis.model import Quantity

_STEM = re.compile(r"([一-鿿]{2,6})[率比]")
_MODIFIER = re.compile(r"^(?:按期|按时|及时|综合|总体|平均|有效)")


def _named(context: AuditContext, rate: Quantity, indicator_id: str, sentences: int) -> Quantity | None:
    for other in context.before(rate, sentences=sentences):
        if other.kind != "rate" and other.indicator_id == indicator_id and other.scope == rate.scope:
            return other
    return None


def _by_catalogue(context: AuditContext, rate: Quantity) -> tuple[Quantity, tuple[Quantity, ...]] | None:
    indicator = context.indicator(rate.indicator_id)
    if indicator is None or not indicator.numerator or not indicator.denominator:
        return None
    numerator = _named(context, rate, indicator.numerator, 1)
    bases = [_named(context, rate, part, 1) for part in indicator.denominator.split("+")]
    if numerator is None or any(base is None for base in bases):
        return None
    return numerator, tuple(base for base in bases if base is not None)


def stem(rate: Quantity) -> str:
    """The verb a rate is named after, as printed right before the figure: 办结 for 办结率.

    >>> from fazhi_analysis.model import Quantity
    >>> stem(Quantity(0, 3, "95%", 95, 94.5, 95.5, "%", "exact", "rate", True, quote="按期办结率95%"))
    '办结'
    """
    names = _STEM.findall(rate.quote.partition(rate.text)[0] if rate.text else rate.label)
    return _MODIFIER.sub("", str(names[-1]))[-2:] if names else ""


def _by_wording(context: AuditContext, rate: Quantity) -> tuple[Quantity, tuple[Quantity, ...]] | None:
    verb = stem(rate)
    if not verb:
        return None
    counts = [other for other in context.before(rate) if other.kind == "count"]
    for place, numerator in enumerate(counts):
        if verb not in numerator.quote:
            continue
        group = unit_group(numerator.unit)
        bases = [
            other
            for other in counts[place + 1 :]
            if unit_group(other.unit) == group
            and verb not in other.quote
            and (other.upper or 0) >= (numerator.lower or 0)
        ]
        # Two possible bases leave it open which one is meant; then nothing can be proven.
        if len(bases) == 1:
            return numerator, (bases[0],)
        return None
    return None


def counts_for(context: AuditContext, rate: Quantity) -> tuple[Quantity, tuple[Quantity, ...]] | None:
    """Numerator and base (one count, or several that add up) of a rate; None when the report does not print them."""
    return _by_catalogue(context, rate) or _by_wording(context, rate)


def possible_bases(context: AuditContext, rate: Quantity) -> tuple[Quantity, ...]:
    """Counts beside a rate that a reader would take for its base; for information only, they prove nothing."""
    indicator = context.indicator(rate.indicator_id)
    if indicator is None:
        return ()
    wanted = {*indicator.denominator.split("+"), *indicator.candidate_bases} - {""}
    found: dict[str, Quantity] = {}
    for other in context.before(rate, sentences=1):
        exact = other.kind == "count" and other.qualifier == "exact" and (other.value or 0) > 0
        if exact and other.indicator_id in wanted:
            found.setdefault(other.indicator_id, other)
    return tuple(found.values())
