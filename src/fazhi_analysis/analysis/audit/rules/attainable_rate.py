"""A printed percentage that no whole count can give over the count beside it."""

from __future__ import annotations

from collections.abc import Iterable

from fazhi_analysis.analysis.audit.context import AuditContext
from fazhi_analysis.analysis.audit.english_figures import number_en, shown_en
from fazhi_analysis.analysis.audit.evidence import evidence_of
from fazhi_analysis.analysis.audit.grim import attainable
from fazhi_analysis.analysis.audit.partners import partners_of
from fazhi_analysis.analysis.audit.possible_bases import possible_bases
from fazhi_analysis.analysis.audit.printed import number, printed_percent, shown
from fazhi_analysis.analysis.audit.shared_words import shared_run
from fazhi_analysis.analysis.audit_rulebook import Explanation, Rule
from fazhi_analysis.catalogue import unit_group
from fazhi_analysis.model import Finding, Quantity

RULE = Rule(
    id="attainable_rate",
    lane="figures",
    doubts="subject",
    leads=True,
    zh=Explanation(
        title="比率在所列基数上能否得到",
        short="比率能否得出",
        checks=(
            "比率旁边有可能是基数的件数（指标目录所列，或名称与比率相同）时，看有没有整数分子能得到这个百分比；"
            "四舍五入与截断都试，末尾的零也算。"
        ),
        why="得不到，说明基数不是旁边的件数，或者数字有误；原文应当写明基数。",
        source="GRIM test (Brown & Heathers 2017)；报告体裁的常见陷阱",
        example="败诉率17%，按应诉14件算得不到：2件为14.29%，3件为21.43%。",
        can_be_wrong="比率的基数没有印出来，所以只作存疑或提示，从不作为错误。",
    ),
    en=Explanation(
        title="A percentage attainable over the counts beside it",
        short="attainable rate",
        checks=(
            "Where counts that may be the base stand beside a rate (named by the catalogue, or worded like the "
            "rate): whether any whole part of them gives the percentage. Rounding and cutting off are both tried;"
            " trailing zeros count."
        ),
        why="If none does, the base is another one or a figure is wrong; the report should name its base.",
        source="GRIM test (Brown & Heathers 2017); common traps of these reports",
        example="14 cases cannot give a loss rate of 17%: 2 would be 14.29% and 3 would be 21.43%.",
        can_be_wrong="The base of the rate is not printed, so it is a doubt or a note, never an error.",
    ),
)


_SHARED = 2


def check(context: AuditContext) -> Iterable[Finding]:
    """One finding for each exact result rate that fits none of the counts beside it."""
    for rate in context.counted_results:
        if rate.kind == "rate" and rate.qualifier == "exact" and not partners_of(context, rate):
            bases = possible_bases(context, rate)
            others = _narrower(context, rate, bases) if bases else []
            if bases and float(printed_percent(rate)) <= 100 and not _fits_any(rate, [*bases, *others]):
                yield _finding(context, rate, bases)


def _fits_any(rate: Quantity, counts: Iterable[Quantity]) -> bool:
    """Whether any whole part of one of the counts gives the rate."""
    return any(attainable(printed_percent(rate), int(count.interval.lower)).fits for count in counts)


def _narrower(context: AuditContext, rate: Quantity, bases: tuple[Quantity, ...]) -> list[Quantity]:
    """Parts of the bases between them and the rate that may be meant instead: 58件，其中一审32件，一审败诉率9.4%."""
    units = {unit_group(base.unit) for base in bases}
    counts = (item for item in context.before(rate) if item.kind == "count" and item.qualifier == "exact")
    return [
        other
        for other in counts
        if other.interval.lower >= 1
        and unit_group(other.unit) in units
        and other.start > bases[0].start
        and shared_run(context.naming(other) or context.after(other), context.naming(rate)) >= _SHARED
    ]


def _finding(context: AuditContext, rate: Quantity, bases: tuple[Quantity, ...]) -> Finding:
    same = any(context.sentence(base) == context.sentence(rate) for base in bases)
    listed, listed_en = "、".join(map(shown, bases)), " or ".join(map(shown_en, bases))
    near = [_near(rate, base) for base in bases]
    return RULE.finding(
        "warning" if same and context.report is not None else "note",
        f"按{listed}算，得不到{shown(rate)}：{'，'.join(zh for zh, _ in near)}；若另有基数则可能无误，请写明基数。",
        f"{listed_en} cannot give {shown_en(rate)}: {', '.join(en for _, en in near)}; it may be right if another "
        "base was used: state it.",
        [evidence_of(rate), *(evidence_of(base) for base in bases)],
    )


def _near(rate: Quantity, base: Quantity) -> tuple[str, str]:
    """The two nearest percentages that the base allows, with their counts (Chinese, English)."""
    whole = int(base.interval.lower)
    found = attainable(printed_percent(rate), whole)
    counts = [(round(share * whole / 100), number(round(share, 2))) for share in (found.below, found.above)]
    zh = "，".join(f"{count}{base.unit}为{share}%" for count, share in counts)
    return zh, " and ".join(f"{number_en(count)} would be {share}%" for count, share in counts)
