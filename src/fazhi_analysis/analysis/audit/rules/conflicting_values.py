"""One measure printed with different values."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from fazhi_analysis.analysis.audit.context import AuditContext, with_preceding
from fazhi_analysis.analysis.audit.english_figures import listed_en, name_before, shown_en
from fazhi_analysis.analysis.audit.evidence import evidence_of, past_evidence
from fazhi_analysis.analysis.audit.printed import shown
from fazhi_analysis.analysis.audit.shared_words import says_the_same, shared_run
from fazhi_analysis.analysis.audit_rulebook import Explanation, Rule
from fazhi_analysis.catalogue import unit_group
from fazhi_analysis.catalogue.word_lists import pattern
from fazhi_analysis.model import Finding, Interval, Quantity

RULE = Rule(
    id="conflicting_values",
    lane="figures",
    across_years=True,
    zh=Explanation(
        title="同一指标前后不一",
        short="数值冲突",
        checks="同一指标、同一口径、同一时期、同一单位印出两个不同的数；同一句话印了两次，数字不同；本报告所列上年数与上年报告不同。",
        why="同一件事只能有一个数。",
        source="一致性检查；报告体裁的常见陷阱",
        example="前文受理53件，后文受理35件。",
        can_be_wrong="两处可能指不同的范围或时段而没有写明；上年数可能修订过。",
    ),
    en=Explanation(
        title="One measure with different values",
        short="conflicting values",
        checks=(
            "One indicator with two values for the same scope, period and unit; one sentence printed twice with "
            "another number; last year's figure as this report gives it against last year's report."
        ),
        why="One thing has one figure.",
        source="consistency; common traps of these reports",
        example="53 cases accepted in one place, 35 in another.",
        can_be_wrong=(
            "The two places may mean different scopes or periods without saying so; last year's figure may have "
            "been revised."
        ),
    ),
)


@dataclass(frozen=True)
class _Printed:
    """A figure and what stands around it, each read once however many others it is compared with."""

    context: AuditContext
    row: Quantity

    @cached_property
    def name(self) -> str:
        return self.context.naming(self.row) or self.context.after(self.row)

    @cached_property
    def sentence(self) -> int:
        return self.context.sentence(self.row)

    @cached_property
    def interval(self) -> Interval:
        return self.row.interval

    @cached_property
    def words_around(self) -> tuple[str, str]:
        """Words that lead up to the figure and that follow it, ``#`` for other figures."""
        around = self.context.lead(self.row, _LEAD), self.context.trail(self.row, _TRAIL)
        before, after = (_DIGITS.sub("#", words) for words in around)
        return before, after

    @cached_property
    def span(self) -> set[str]:
        """Words right before the figure that say over which stretch of time it counts."""
        return set(_SPAN.findall(self.context.lead_in_sentence(self.row, _REACH)))

    @cached_property
    def stated_before(self) -> list[str]:
        """Whose figure it is and of which part, as the paragraph last stated before it."""
        text = self.context.report.text if self.context.report else ""
        lead = re.split(r"(?<=[。；！!])\s*\n", text[max(0, self.row.start - _PARAGRAPH) : self.row.start])[-1]
        return [found[-1] if (found := sign.findall(lead)) else "" for sign in _SAID]


def _same_thing(one: _Printed, other: _Printed) -> bool:
    """Whether two figures are the same measure: named alike, and not side by side.

    Two values of one clause are parts, a total, or two groups of people, whatever they were linked to.
    """
    if one.context.report is None or one.row.label != other.row.label:
        return one.row.label == other.row.label
    if _far(one.row, other.row) or one.span != other.span:
        return False  # half a year and all of it, this year and since the plan began
    if one.stated_before != other.stated_before:
        return (
            False  # of the secretary and of the mayor, of the first batch and of the second, of ten months and of one
        )
    if not one.row.indicator_id and not _same_words(one, other) and not _named_in_one_place(one, other):
        return False  # outside the catalogue only the very words count, side by side or a sentence printed again
    if one.sentence == other.sentence:
        return shared_run(one.name, other.name) >= _ALIKE and "；" in one.context.between(one.row, other.row)
    if min(len(one.name), len(other.name)) < 2:
        return bool(one.row.indicator_id)  # a table's cell has no words of its own, and a line's name is no measure
    return says_the_same(one.name, other.name)


def _same_words(one: _Printed, other: _Printed) -> bool:
    """Whether the same words lead up to both figures and follow them, other figures apart: a sentence printed again."""
    return one.words_around == other.words_around


def _named_in_one_place(one: _Printed, other: _Printed) -> bool:
    """Whether two figures of one sentence or of two neighbouring ones have a long name in common."""
    return abs(one.sentence - other.sentence) <= 1 and shared_run(one.name, other.name) >= _NAMED


_SAID = (
    pattern("(?:<office holders>)"),
    re.compile("第[一二三四五六七八九十]批"),
    re.compile(r"\d{1,2}\s*[-—至]\s*\d{1,2}\s*月|\d{1,2}\s*月份?(?!\d)"),
)
_PARAGRAPH = 160
_SPAN = re.compile(r"[上下]半年|前?[一二三四]个?季度|(?<!年)\d{1,2}月|截至|以来|累计|专项行动|期间|首次|再次")
_DIGITS = re.compile(r"\d+(?:\.\d+)?")
_LEAD, _TRAIL = 14, 4
_REACH = 30
_ALIKE = 5
_NAMED = 7
_PRINTED_AGAIN = 16  # characters of a sentence beside its numbers; shorter ones may be alike by chance


def check(context: AuditContext) -> Iterable[Finding]:
    """Measures whose printed intervals have no value in common, here or against last year's report."""
    yield from _within(context)
    yield from _against_earlier(context)


def _against_earlier(context: AuditContext) -> Iterator[Finding]:
    """Last year's figure given again this year, as tables do, with another value."""
    year = str(context.earlier_year)
    earlier: dict[tuple[str, str, str], list[Quantity]] = defaultdict(list)
    for row in context.earlier_results:
        if row.indicator_id:
            earlier[row.indicator_id, row.scope, unit_group(row.unit)].append(row)
    for row in context.counted_results:
        before = earlier.get((row.indicator_id, row.scope, unit_group(row.unit)), [])
        if row.period != year or row.kind == "rate" or not before:
            continue
        # A slipped 万 is reported by the rule on magnitude.
        if any(item.interval.overlaps(row.interval) or _far(item, row) for item in before):
            continue
        printed = before[0]
        yield RULE.finding(
            "warning",
            f"{row.label}：本报告称{year}年为{shown(row)}，{year}年报告为{shown(printed)}；"
            "若上年数作了修订则可能无误，请写明。",
            f"{name_before(row)}this report gives {shown_en(row)} for {year}, the report of {year} gave "
            f"{shown_en(printed)}; it may be right if "
            "last year's figure was revised: say so.",
            [evidence_of(row), past_evidence(printed, context.earlier)],
        )


def _far(one: Quantity, other: Quantity) -> bool:
    low, high = sorted(abs(row.value or 0) for row in (one, other))
    return high > 50 * low


def _within(context: AuditContext) -> Iterator[Finding]:
    groups: dict[tuple[str, ...], list[Quantity]] = defaultdict(list)
    for row in context.counted_results:
        name = row.indicator_id or (f":{row.label}" if row.label else "")
        if name:
            whose = row.scope, row.subject, row.aspect, row.whole
            groups[name, *whose, row.period, unit_group(row.unit), row.kind].append(row)
    found = [rows for members in groups.values() if (rows := _apart(context, members))]
    reported = {id(row) for rows in found for row in rows}
    again = [rows for rows in _reprinted(context) if not all(id(row) in reported for row in rows)]
    for rows in (*found, *again):
        first, listed = rows[0], "、".join(shown(row) for row in rows)
        yield RULE.finding(
            "warning",
            f"{first.label}前后不一（{listed}）；若范围或时段不同则可能无误，请写明。",
            f"{name_before(first)}different values ({listed_en(rows)}); it may be right if their scopes or "
            "periods differ: say so.",
            [evidence_of(row) for row in rows],
        )


def _reprinted(context: AuditContext) -> Iterator[list[Quantity]]:
    """Figures of sentences that are printed again with the very same words and another number."""
    if context.report is None:
        return
    first: dict[str, list[Quantity]] = {}
    sentences: dict[int, list[Quantity]] = defaultdict(list)
    for row in context.metrics:  # plans too: a target that is printed twice is one target
        sentences[context.sentence(row)].append(row)
    for rows in sentences.values():
        words = _wording(context, rows)
        before = first.setdefault(words, rows) if len(words.replace("#", "")) >= _PRINTED_AGAIN else rows
        if before is rows:
            continue
        for one, other in zip(before, rows, strict=True):
            of_one_time = (one.role, one.period) == (other.role, other.period)
            if of_one_time and one.text != other.text and one.value != other.value:
                yield [one, other]


def _wording(context: AuditContext, rows: list[Quantity]) -> str:
    """The words of a sentence with ``#`` for the number of each of its figures; other numbers (years, names) stay."""
    start, end = context.sentence_span(rows[0])
    pieces, at = [], start
    for row in rows:
        pieces += [context.words(at, row.start), _DIGITS.sub("#", row.text)]
        at = row.end
    return "".join([*pieces, context.words(at, end)])


def _apart(context: AuditContext, members: list[Quantity]) -> list[Quantity]:
    """Those figures of one measure that have no value in common with another one of them."""
    apart = {
        id(figure.row)
        for other, before in with_preceding(_Printed(context, row) for row in members)
        for one in before
        if not one.interval.overlaps(other.interval) and _same_thing(one, other)
        for figure in (one, other)
    }
    return [row for row in members if id(row) in apart]
