"""Which counts a rate is made of: by the catalogue's numerator and denominator, else by the wording of the sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from fazhi_analysis.analysis.audit.case_flow import carried_in
from fazhi_analysis.analysis.audit.context import AuditContext
from fazhi_analysis.analysis.audit.shared_words import shared_run, shared_words
from fazhi_analysis.catalogue import unit_group
from fazhi_analysis.model import Interval, Quantity

_STEM = re.compile(r"([一-鿿]{2,6})[率比]")
_MODIFIER = re.compile(r"^(?:按期|按时|及时|综合|总体|平均|有效)")
_IN_TIME = re.compile(r"按期|按时|及时|限时|期限内")
_SHARE = re.compile(r"(?:占比?|占(?:全部|总数|总量)|比例|比重)(?:为|达到?|约)?$")
_SHARE_WORD = re.compile(r"占.*$|比(?:例|重).*$")
_AREA = re.compile(r"全(?:国|省|自治区|市|区|州|盟|县|旗)")
_SEVERAL = re.compile(r"(?:均|都|皆|各)(?:为|达到?|是|在)?$")
_ADDED = re.compile(r"结转|旧存|存案|未结")
_LEFT_OUT = re.compile(r"调解|和解|终止|撤回|不予受理|中止")
_PART_OF = re.compile(r"其中|中[，,]?")
_OF_PLAN = re.compile(r"(?:计划|目标|任务)(?:完成|执行|兑现)率|(?:完成|实现|达到)[一-鿿]{0,4}(?:计划|目标|任务)数?的$")
_PLANNED = re.compile(r"计划|目标|任务|应(?:完成|检查|培训)")
_DONE = re.compile(r"实际|完成|已")
_BESIDE = 10
_NARROWED = 2


@dataclass(frozen=True, slots=True)
class Partners:
    """Numerator and base (one count, or several that add up) of a rate; ``sure`` unless another base is possible."""

    numerator: Quantity
    bases: tuple[Quantity, ...]
    sure: bool

    @property
    def base(self) -> Interval:
        """The counts of the base added up."""
        return sum((other.interval for other in self.bases[1:]), start=self.bases[0].interval)


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
    place = next((place for place, count in enumerate(counts) if verb and verb in count.quote), None)
    if (
        place is None
        or _is_in_time_only(context, counts[place], rate)
        or _is_given_already(context, counts[place], rate, verb)
    ):
        return
    numerator = counts[place]
    earlier = [base for base in counts[place + 1 :] if verb not in base.quote]
    bases = [base for base in _bases(numerator, earlier) if not has_own_rate(context, base, numerator)]
    for base in bases:
        sure = len(bases) == 1 and "；" not in context.between(base, numerator)
        yield Partners(numerator, (base,), sure)
    if not bases:
        yield from _too_small(context, rate, numerator, earlier)


def _is_in_time_only(context: AuditContext, numerator: Quantity, rate: Quantity) -> bool:
    """Whether a count is of what was done in time, the rate of what was done at all: 按时结案597件，结案率100%."""
    return bool(_IN_TIME.search(context.naming(numerator))) and not _IN_TIME.search(context.naming(rate))


def _is_given_already(context: AuditContext, numerator: Quantity, rate: Quantity, verb: str) -> bool:
    """Whether a rate of the same name stands between: this one is then of another year, or of some of the cases."""
    between = context.results_between(numerator.start, rate.start)
    return any(other.kind == "rate" and stem(other) == verb for other in between)


def _too_small(
    context: AuditContext, rate: Quantity, numerator: Quantity, earlier: list[Quantity]
) -> Iterator[Partners]:
    """The count right before a numerator, although it is smaller: 评查案卷432件，合格483件，案卷合格率93.29%.

    With 其中 between the two the words leave no other base.
    """
    if not earlier or shared_words(context.naming(rate), context.naming(earlier[0])) < 2:
        return
    if _is_right_before(context, earlier[0], numerator):
        yield Partners(numerator, (earlier[0],), sure="其中" in context.between(earlier[0], numerator))


def _by_share(context: AuditContext, rate: Quantity) -> Iterator[Partners]:
    """占…的86%, 占比86%: the figure before is the part, one before that the whole."""
    counts = [other for other in context.before(rate) if other.kind == "count"]
    if not counts or not _is_share_of(context, rate, counts[0]):
        return
    numerator, *earlier = counts
    bases = [base for base in _bases(numerator, earlier) if not _is_shared_out(context, base, numerator)]
    # What stands in an earlier stretch of the sentence is no rival of the whole that 其中 follows.
    near = [other for other in bases if "；" not in context.between(other, numerator)]
    for base in bases:
        rivals = any(other is not base for other in near)
        gap = context.between(base, numerator)
        yield Partners(numerator, (base,), sure=not rivals and "；" not in gap and bool(_PART_OF.search(gap)))
    if bases:
        return
    for whole in earlier[:1]:  # 事项1673项，其中零跑腿事项1849项，占比80.6%
        if _is_right_before(context, whole, numerator) and "其中" in context.between(whole, numerator):
            yield Partners(numerator, (whole,), sure=True)


def _by_plan(context: AuditContext, rate: Quantity) -> Iterator[Partners]:
    """What was done against what was planned: 计划检查90处，实际检查99处，计划完成率110%."""
    if not _OF_PLAN.search(context.naming(rate)):
        return
    counts = [
        item
        for item in context.metrics
        if item.kind in ("count", "money") and item.change == "level" and item.start < rate.start
        if context.sentence(item) == context.sentence(rate)
    ]
    done = next((item for item in reversed(counts) if _DONE.search(context.naming(item))), None)
    for planned in reversed(counts):
        is_planned = _PLANNED.search(context.naming(planned)) and not _DONE.search(context.naming(planned))
        if done is not None and is_planned and unit_group(planned.unit) == unit_group(done.unit):
            yield Partners(done, (planned,), sure=False)
            return


def _is_share_of(context: AuditContext, rate: Quantity, part: Quantity) -> bool:
    """Whether a rate is worded as the share that the count before it has of a whole."""
    if not _SHARE.search(context.words(rate.start - 30, rate.start)) or "；" in context.between(part, rate):
        return False
    name = _SHARE_WORD.sub("", context.naming(rate))
    return len(name) < 2 or shared_words(name, context.naming(part) + "，" + context.after(part)) >= 2


def _is_right_before(context: AuditContext, count: Quantity, numerator: Quantity) -> bool:
    """Whether a count of the same unit stands right before a numerator, in the same stretch of the sentence."""
    gap = context.between(count, numerator)
    return unit_group(count.unit) == unit_group(numerator.unit) and len(gap) <= _BESIDE and "；" not in gap


def partners_of(context: AuditContext, rate: Quantity) -> tuple[Partners, ...]:
    """Every pair of counts that a rate may be made of, the likeliest first; empty when the report prints none.

    Without a text only the catalogue counts. A rate of a larger area, or one of several things at once
    (均为100%), has no partners beside it.
    """
    found = list(_by_catalogue(context, rate))
    if context.report is None:
        return tuple(found)
    if not found:
        found = [*_by_wording(context, rate), *_by_share(context, rate), *_by_plan(context, rate)]
    name = context.naming(rate)
    if _SEVERAL.search(name) or any(_other_area(context, name, pair.numerator, *pair.bases) for pair in found):
        return ()
    return tuple(pair if _is_named_alike(context, rate, pair) else replace(pair, sure=False) for pair in found)


def part_of(context: AuditContext, rate: Quantity) -> Quantity | None:
    """The count that a rate is named after, whether or not a base stands beside it: 办结643件，办结率87.6%.

    That of the catalogue, else the nearest one worded like the rate, else the subject of 占. None for a rate of a
    larger area, or of several things at once.
    """
    indicator = context.indicator(rate.indicator_id)
    name = context.naming(rate)
    found = _named(context, rate, indicator.numerator) if indicator is not None and indicator.numerator else None
    if context.report is None:
        return found
    found = found or _worded_part(context, rate) or _shared_part(context, rate)
    if found is None or _SEVERAL.search(name) or _other_area(context, name, found):
        return None
    return found


def _worded_part(context: AuditContext, rate: Quantity) -> Quantity | None:
    verb = stem(rate)
    counts = (other for other in context.before(rate) if other.kind == "count")
    found = next((count for count in counts if verb and verb in count.quote), None)
    if found is None or _is_given_already(context, found, rate, verb):
        return None
    return found if _is_named_alike(context, rate, Partners(found, (), sure=False)) else None


def _shared_part(context: AuditContext, rate: Quantity) -> Quantity | None:
    found = next((other for other in context.before(rate) if other.kind == "count"), None)
    return found if found is not None and _is_share_of(context, rate, found) else None


def _other_area(context: AuditContext, name: str, *counts: Quantity) -> bool:
    """Whether a rate is that of an area (全市审结率) which its counts do not speak of."""
    words = "".join(context.clause(item) for item in counts)
    return any(area not in words for area in _AREA.findall(name))


def _is_named_alike(context: AuditContext, rate: Quantity, pair: Partners) -> bool:
    """Whether what narrows a rate down (一审败诉率, 农产品合格率) also stands with its counts.

    In the sentence, or in the catalogue: what 矛盾纠纷调处率 is named after is what 受理调解案件 counts.
    """
    verb = stem(rate)
    narrowed = _MODIFIER.sub("", context.naming(rate).rpartition(verb)[0]) if verb else ""
    if len(narrowed) < _NARROWED:
        return True
    texts = [context.sentence_text(rate).partition(narrowed + verb)[0]]
    texts += [known.name_zh for base in pair.bases if (known := context.indicator(base.indicator_id)) is not None]
    return any(shared_run(narrowed, words) >= _NARROWED for words in texts)


def wider_bases(context: AuditContext, rate: Quantity, pair: Partners) -> tuple[tuple[Quantity, int], ...]:
    """Counts that the words add to a base (上年结转12件: 1) or leave out of it (调解和解终止88件: -1)."""
    found = []
    figures = (pair.numerator, *pair.bases)
    for other in context.before(rate):
        if other.kind != "count" or any(other is item for item in figures):
            continue
        if unit_group(other.unit) == unit_group(pair.numerator.unit):
            name = context.naming(other)
            if _ADDED.search(name) or carried_in(name):
                found.append((other, 1))
            elif _LEFT_OUT.search(name) and (other.upper or 0) < (pair.bases[0].lower or 0):
                found.append((other, -1))
    return tuple(found)


def _is_shared_out(context: AuditContext, count: Quantity, part: Quantity) -> bool:
    """Whether a share follows a count at once: it is then a part beside this one (甲类58件，占比2%；乙类54件)."""
    following = [other for other in context.results_between(count.start, part.start) if other.start > count.start]
    return bool(following) and following[0].kind == "rate"


def has_own_rate(context: AuditContext, count: Quantity, rate: Quantity) -> bool:
    """Whether another rate stands between the two: then the count belongs to that one."""
    return any(other.kind == "rate" for other in context.results_between(count.start, rate.start))
