"""Nested counts in the wrong order: fewer persons than groups, more concluded than received."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import pairwise

from fazhi_analysis.analysis.audit.case_flow import carried_in
from fazhi_analysis.analysis.audit.context import NEIGHBOURS, AuditContext, with_preceding
from fazhi_analysis.analysis.audit.english_figures import listed_en, name_en, shown_en
from fazhi_analysis.analysis.audit.evidence import evidence_of
from fazhi_analysis.analysis.audit.printed import shown
from fazhi_analysis.analysis.audit.shared_words import shared_run, shared_words
from fazhi_analysis.analysis.audit_rulebook import Explanation, Rule
from fazhi_analysis.catalogue.data_files import data_rows
from fazhi_analysis.model import Finding, Quantity

RULE = Rule(
    id="part_exceeds_whole",
    lane="figures",
    zh=Explanation(
        title="部分大于整体",
        short="部分大于整体",
        checks=(
            "“N批M人次”中人次不少于批次；“N次，其中M次”中M不多于N；"
            "办结数不多于受理数（印出上年结转的，加上结转），见 nested_counts.csv。"
        ),
        why="嵌套的数字有固定的大小次序。",
        source="报告体裁的常见陷阱（X件次, nested）",
        example="37批52人次：成立；52批37人次：不可能。",
        can_be_wrong="办结数可以含上年结转，“其中”也可能指更前面的总数或另一类事项；有这些可能的只作存疑。",
    ),
    en=Explanation(
        title="A part larger than its whole",
        short="part exceeds whole",
        checks=(
            "In “N groups, M persons” there are at least as many persons as groups; in “N, of which M” M is at "
            "most N; cases settled are at most those accepted (with those carried over, where printed), see "
            "nested_counts.csv."
        ),
        why="Nested figures have a fixed order of size.",
        source="common traps of these reports",
        example="37 groups, 52 persons: holds; 52 groups, 37 persons: impossible.",
        can_be_wrong=(
            "Cases settled may include those carried over, and “of which” may refer to an earlier total or to "
            "other matters; then it is only a doubt."
        ),
    ),
)

_OTHER_EXTENT = ("两数的范围或时段不同", "they are counted over different periods or bodies")
_ONE_THING = 2
_SAME_WORDS = 3
_REMARK = 12
_GROUPS = {"批", "批次"}
_PERSONS = {"人次", "人"}
# Cases carried over are named beside the count itself: 办结（含上年度结转案件）80件, 审结55件（含上年结转9件）.
_INCLUDED = re.compile(r"[含加包].{0,3}(?:上年|上一年|往年|去年|历年|积案|结转|旧存)")
_STOCK = re.compile(r"有效|累计|以来|现有|保留|目前|截至")
_SUBSET = re.compile(r"[，,；（(]其中[^，。；：]{0,20}$")


def _groups_and_persons(context: AuditContext) -> Iterator[Finding]:
    for groups, persons in pairwise(context.results):
        nested = groups.unit in _GROUPS and persons.unit in _PERSONS and 0 <= persons.start - groups.end <= 1
        if not nested:
            continue
        evidence = [evidence_of(persons), evidence_of(groups)]
        if persons.interval.upper < groups.interval.lower:
            yield RULE.finding(
                "error",
                f"{shown(groups)}却只有{shown(persons)}，人次不能少于批次。请核对两个数。",
                f"{shown_en(groups)} but only {shown_en(persons)}; persons cannot be fewer than groups. Check both "
                "counts.",
                evidence,
            )
        else:
            yield RULE.finding(
                "confirmed",
                f"{shown(groups)}{shown(persons)}，人次不少于批次。",
                f"{shown_en(groups)}, {shown_en(persons)}: persons are not fewer than groups, as it must be.",
                evidence,
            )


@cache
def nested_counts() -> tuple[tuple[str, str, bool], ...]:
    """(part, whole, whether the part may hold cases carried over from the year before), from ``nested_counts.csv``."""
    rows = data_rows("analysis/audit/nested_counts.csv")
    return tuple((row["part"], row["whole"], row["carried_over"] == "true") for row in rows)


def _nested(context: AuditContext) -> Iterator[Finding]:
    by_id: dict[str, list[Quantity]] = {}
    for row in context.counted_results:
        if row.kind == "count":
            by_id.setdefault(row.indicator_id, []).append(row)
    for part_id, whole_id, carried in nested_counts():
        wholes: dict[tuple[object, ...], list[Quantity]] = {}
        for whole in by_id.get(whole_id, ()):
            if carried_in(context.naming(whole)):
                continue  # 年初在办37件: there before, not come in
            wholes.setdefault((context.passage(whole), whole.scope, whole.period), []).append(whole)
        for part in by_id.get(part_id, ()):
            for whole in wholes.get((context.passage(part), part.scope, part.period), ())[:NEIGHBOURS]:
                if part.interval.lower > whole.interval.upper:
                    yield from _too_many(context, part, whole, carried)


def _too_many(context: AuditContext, part: Quantity, whole: Quantity, carried: bool) -> Iterator[Finding]:
    if carried and _INCLUDED.search(context.between(whole, part) + context.trail(part, _REMARK)):
        return  # the reading is in the text
    over = _carried_over(context, part) if carried else []
    evidence = [evidence_of(part), evidence_of(whole), *map(evidence_of, over)]
    if over and part.interval.lower > sum(row.interval.upper for row in (whole, *over)):
        yield RULE.finding(
            "error",
            f"{shown(part)}多于{shown(whole)}与上年结转{'、'.join(map(shown, over))}之和。请核对各数。",
            f"{shown_en(part)} is more than {shown_en(whole)} and the {listed_en(over)} carried over together. "
            "Check them.",
            evidence,
        )
    elif not over:
        zh, en = ("含上年结转", "cases were carried over from the year before") if carried else _OTHER_EXTENT
        yield RULE.finding(
            "warning",
            f"{part.label}{shown(part)}多于{whole.label}{shown(whole)}；若{zh}则可能无误，请写明。",
            f"{name_en(part)} ({shown_en(part)}) is more than {name_en(whole)} ({shown_en(whole)}); it may be right if "
            f"{en}: say so.",
            evidence,
        )


def _carried_over(context: AuditContext, part: Quantity) -> list[Quantity]:
    """Counts of cases carried over from the year before, printed in the same passage."""
    return [row for row in context.of_passage(part) if carried_in(context.naming(row))]


def _subset_sites(context: AuditContext) -> Iterator[tuple[Quantity, list[Quantity]]]:
    """A count behind 其中, with the amounts of its unit that stand before it in the sentence, nearest first."""
    for group in context.by_sentence:
        for part, before in with_preceding(group):
            counted = part.kind == "count" and part.change == "level" and part.text != "零"
            wholes = [other for other in before if other.change == "level" and other.unit == part.unit]
            if counted and wholes and _SUBSET.search(context.between(before[0], part)):
                yield part, wholes


def _named(context: AuditContext, quantity: Quantity) -> str:
    return f"{context.naming(quantity)}，{context.after(quantity)}"


def _subsets(context: AuditContext) -> Iterator[Finding]:
    for part, (whole, *others) in _subset_sites(context):
        if part.interval.lower <= whole.interval.upper:
            continue
        evidence = [evidence_of(part), evidence_of(whole)]
        larger = [other for other in others if other.interval.upper >= part.interval.lower]
        if any(shared_run(_named(context, part), _named(context, other)) >= _SAME_WORDS for other in larger):
            continue  # 行政村860个、社区240个，其中856个行政村
        stock = _STOCK.search(context.between(whole, part))
        one_thing = not stock and shared_words(context.naming(part), context.naming(whole)) >= _ONE_THING
        if one_thing and not larger:
            yield RULE.finding(
                "error",
                f"“其中”{shown(part)}多于总数{shown(whole)}。请核对两个数。",
                f"{shown_en(part)} are said to be among {shown_en(whole)}, which are fewer. Check both counts.",
                evidence,
            )
        else:
            yield RULE.finding(
                "warning",
                f"“其中”{shown(part)}多于前面的{shown(whole)}；若“其中”另有所指则可能无误，请核对。",
                f"{shown_en(part)} are said to be among {shown_en(whole)}, which are fewer; it may be right if they "
                f"are part of "
                "something else. Check.",
                evidence,
            )


def check(context: AuditContext) -> Iterable[Finding]:
    """Groups against persons, parts behind 其中, then counts that the catalogue nests."""
    yield from _groups_and_persons(context)
    yield from _subsets(context)
    yield from _nested(context)
