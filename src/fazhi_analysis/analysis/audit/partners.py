"""Which counts a rate is made of: by the catalogue's numerator and denominator, else by the wording of the sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from fazhi_analysis.analysis.audit.context import AuditContext
from fazhi_analysis.analysis.audit.wording import shared_words
from fazhi_analysis.catalogue import known_units, unit_group
from fazhi_analysis.model import Quantity

_STEM = re.compile(r"([一-鿿]{2,6})[率比]")
_MODIFIER = re.compile(r"^(?:按期|按时|及时|综合|总体|平均|有效)")
_SHARE = re.compile(r"(?:占比?|占(?:全部|总数|总量)|比例|比重)(?:为|达到?|约)?$")
_SHARE_WORD = re.compile(r"占.*$|比(?:例|重).*$")
_SURVEY = re.compile(r"满意|好评|回访|知晓|采纳")
_MEASURED = re.compile(r"米|公里|亩|公顷|吨|克|元|年|月|天|日|时|分钟|度|升")
_PART_OF = re.compile(r"其中|中[，,]?")
_SAME_THING = 3
_BESIDE = 10


@dataclass(frozen=True, slots=True)
class Partners:
    """Numerator and base (one count, or several that add up) of a rate; ``sure`` unless another base is possible."""

    numerator: Quantity
    bases: tuple[Quantity, ...]
    sure: bool


def _named(context: AuditContext, rate: Quantity, indicator_id: str) -> Quantity | None:
    """The nearest count of an indicator before a rate, in its section and at most two sentences away."""
    for other in context.before(rate, sentences=2, across_items=True):
        if other.kind != "rate" and other.indicator_id == indicator_id and other.scope == rate.scope:
            return other
    return None


def _by_catalogue(context: AuditContext, rate: Quantity) -> Iterator[Partners]:
    indicator = context.indicator(rate.indicator_id)
    if indicator is None or not indicator.numerator or not indicator.denominator:
        return
    numerator = _named(context, rate, indicator.numerator)
    bases = [_named(context, rate, part) for part in indicator.denominator.split("+")]
    if numerator is not None and all(base is not None for base in bases):
        yield Partners(numerator, tuple(base for base in bases if base is not None), sure=True)


def stem(rate: Quantity) -> str:
    """The verb a rate is named after, as printed right before the figure: 办结 for 办结率.

    >>> from fazhi_analysis.model import Quantity
    >>> stem(Quantity(0, 3, "95%", 95, 94.5, 95.5, "%", "exact", "rate", True, quote="按期办结率95%"))
    '办结'
    """
    names = _STEM.findall(rate.quote.partition(rate.text)[0] if rate.text else rate.label)
    return _MODIFIER.sub("", str(names[-1]))[-2:] if names else ""


def _bases(numerator: Quantity, earlier: list[Quantity]) -> list[Quantity]:
    group = unit_group(numerator.unit)
    return [
        other for other in earlier if unit_group(other.unit) == group and (other.upper or 0) >= (numerator.lower or 0)
    ]


def _by_wording(context: AuditContext, rate: Quantity) -> Iterator[Partners]:
    verb = stem(rate)
    counts = [other for other in context.before(rate) if other.kind == "count"]
    if not verb:
        return
    for place, numerator in enumerate(counts):
        if verb in numerator.quote:
            earlier = [base for base in counts[place + 1 :] if verb not in base.quote]
            bases = [base for base in _bases(numerator, earlier) if not _has_own_rate(context, base, numerator)]
            for base in bases:
                sure = len(bases) == 1 and "；" not in context.between(base, numerator)
                yield Partners(numerator, (base,), sure)
            if not bases:
                yield from _too_small(context, rate, numerator, earlier)
            return


def _too_small(
    context: AuditContext, rate: Quantity, numerator: Quantity, earlier: list[Quantity]
) -> Iterator[Partners]:
    """The count right before a numerator, although it is smaller: 评查案卷432件，合格483件，案卷合格率93.29%."""
    if not earlier or shared_words(context.naming(rate), context.naming(earlier[0])) < 2:
        return
    if unit_group(earlier[0].unit) == unit_group(numerator.unit):
        gap = context.between(earlier[0], numerator)
        if len(gap) <= _BESIDE and "；" not in gap:
            yield Partners(numerator, (earlier[0],), sure=False)


def _by_share(context: AuditContext, rate: Quantity) -> Iterator[Partners]:
    """占…的86%, 占比86%: the figure before is the part, one before that the whole."""
    counts = [other for other in context.before(rate) if other.kind == "count"]
    if not counts or not _SHARE.search(context.words(rate.start - 30, rate.start)):
        return
    numerator = counts[0]
    name = _SHARE_WORD.sub("", context.naming(rate))
    if "；" in context.between(numerator, rate):
        return
    if len(name) >= 2 and shared_words(name, context.naming(numerator) + "，" + context.after(numerator)) < 2:
        return
    bases = _bases(numerator, counts[1:])
    for base in bases:
        told = len(bases) == 1 and bool(_PART_OF.search(context.between(base, numerator)))
        yield Partners(numerator, (base,), sure=told)


def partners_of(context: AuditContext, rate: Quantity) -> tuple[Partners, ...]:
    """Every pair of counts that a rate may be made of, the likeliest first; empty when the report prints none.

    Without a text only the catalogue can tell.
    """
    found = list(_by_catalogue(context, rate))
    if not found and context.report is not None:
        found = [*_by_wording(context, rate), *_by_share(context, rate)]
    return tuple(found)


def possible_bases(context: AuditContext, rate: Quantity) -> tuple[Quantity, ...]:
    """Counts beside a rate that a reader would take for its base; for information only, they prove nothing.

    They are those of the catalogue, and those that are named as the rate is (生效裁判30件，生效裁判履行率86.7%).
    """
    indicator = context.indicator(rate.indicator_id)
    wanted: set[str] = set()
    if indicator is not None:
        wanted = {*indicator.denominator.split("+"), *indicator.candidate_bases} - {""}
    name = "" if _SURVEY.search(context.naming(rate)) else context.naming(rate)
    verb = stem(rate)
    numerator_id = indicator.numerator if indicator is not None else ""
    found: dict[str, Quantity] = {}
    for other in context.before(rate, sentences=1):
        exact = other.kind == "count" and other.qualifier == "exact" and (other.value or 0) > 0
        exact = exact and (not other.unit or other.unit in known_units()) and not _MEASURED.search(other.unit)
        if exact and other.indicator_id in wanted:
            found.setdefault(other.indicator_id, other)
        elif exact and name and context.sentence(other) == context.sentence(rate):
            counted = context.naming(other) or context.after(other)
            is_part = (bool(verb) and verb in counted) or (other.indicator_id or "-") == numerator_id
            if shared_words(counted, name) >= _SAME_THING and not is_part and not _has_own_rate(context, other, rate):
                found.setdefault(other.row_id or str(other.start), other)
    return tuple(found.values())


def _has_own_rate(context: AuditContext, count: Quantity, rate: Quantity) -> bool:
    """Whether another rate stands between the two: then the count belongs to that one."""
    return any(other.kind == "rate" and count.start < other.start < rate.start for other in context.results)
