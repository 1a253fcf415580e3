"""Counts beside a rate that a reader would take for its base, where nothing proves it."""

from __future__ import annotations

import re

from fazhi_analysis.analysis.audit.context import AuditContext
from fazhi_analysis.analysis.audit.partners import has_own_rate, stem
from fazhi_analysis.analysis.audit.shared_words import shared_words
from fazhi_analysis.catalogue import known_units
from fazhi_analysis.model import Quantity

_SURVEY = re.compile(r"满意|好评|回访|知晓|采纳")
_MEASURED = re.compile(r"米|公里|亩|公顷|吨|克|元|年|月|天|日|时|分钟|度|升")
_SAME_THING = 3


def possible_bases(context: AuditContext, rate: Quantity) -> tuple[Quantity, ...]:
    """Counts beside a rate that a reader would take for its base; for information only, they prove nothing.

    They are those of the catalogue, and those that are named as the rate is (生效裁判30件，生效裁判履行率86.7%).
    """
    indicator = context.indicator(rate.indicator_id)
    wanted: set[str] = set()
    if indicator is not None:
        wanted = {*indicator.denominator.split("+"), *indicator.candidate_bases} - {""}
    found: dict[str, Quantity] = {}
    for other in context.before(rate, sentences=1):
        if not _may_be_a_base(other):
            continue
        if other.indicator_id in wanted:
            found.setdefault(other.indicator_id, other)
        elif _is_named_as(context, other, rate):
            found.setdefault(other.row_id or str(other.start), other)
    return tuple(found.values())


def _may_be_a_base(figure: Quantity) -> bool:
    """Whether a figure is an exact count of things that come whole."""
    if figure.kind != "count" or figure.qualifier != "exact" or (figure.value or 0) < 1:
        return False
    return not figure.unit or (figure.unit in known_units() and not _MEASURED.search(figure.unit))


def _is_named_as(context: AuditContext, count: Quantity, rate: Quantity) -> bool:
    """Whether a count of the same sentence is named as the rate is, and is neither its part nor another rate's base."""
    name = context.naming(rate)
    if not name or _SURVEY.search(name) or context.sentence(count) != context.sentence(rate):
        return False
    counted = context.naming(count) or context.after(count)
    if shared_words(counted, name) < _SAME_THING or _is_part(context, count, rate, counted):
        return False
    return not has_own_rate(context, count, rate)


def _is_part(context: AuditContext, count: Quantity, rate: Quantity, counted: str) -> bool:
    """Whether a count is the part that a rate is named after (办结 of 办结率), or its numerator in the catalogue."""
    verb, indicator = stem(rate), context.indicator(rate.indicator_id)
    numerator = indicator.numerator if indicator is not None else ""
    return bool(verb and verb in counted) or (count.indicator_id or "-") == numerator
