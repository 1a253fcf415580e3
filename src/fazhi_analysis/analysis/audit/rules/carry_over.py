"""Cases carried over: those there before and those come in are those settled and those left."""

from __future__ import annotations

from collections.abc import Iterable

from fazhi_analysis.analysis.audit.case_flow import balances
from fazhi_analysis.analysis.audit.context import AuditContext
from fazhi_analysis.analysis.audit.english_figures import shown_en
from fazhi_analysis.analysis.audit.evidence import evidence_of
from fazhi_analysis.analysis.audit.printed import number, shown
from fazhi_analysis.analysis.audit_rulebook import Explanation, Rule
from fazhi_analysis.model import Finding

RULE = Rule(
    id="carry_over",
    lane="figures",
    identity="sum",
    needs_text=True,
    zh=Explanation(
        title="结转平衡",
        short="结转平衡",
        checks="同一句里写明上年结转、本年新收、办结、结转下年四个数的，前两个之和应等于后两个之和。",
        why="四个数来自同一本台账，改了一个而忘了另一个，总数就对不上。",
        source="恒等关系：上年结转＋本年新收＝本年办结＋结转下年",
        example="结转4件＋新收91件＝办结90件＋结转下年5件：相符；办结印成93件：不符。",
        can_be_wrong="有不予受理、撤回、移送等其他去向而没有写出，所以只作存疑；写出这些去向的不核对。",
    ),
    en=Explanation(
        title="Cases carried over balance",
        short="carry-over",
        checks=(
            "Where one sentence prints cases carried in, new, settled and carried out, the first two add up to the "
            "last two."
        ),
        why="The four figures come from one register; one was changed and another forgotten.",
        source="identity: carried in + new = settled + carried out",
        example="4 + 91 = 90 + 5: agrees; with 93 settled it does not.",
        can_be_wrong=(
            "Cases may have left in another way that is not printed, so it is only a doubt; sentences that name "
            "other ways out are not checked."
        ),
    ),
)


def check(context: AuditContext) -> Iterable[Finding]:
    """One finding a balance."""
    for found in balances(context):
        before, new, settled, left = found
        evidence = [evidence_of(row) for row in (settled, before, new, left)]
        there, gone = number(found.there), number(found.gone)
        zh = f"{shown(before)} + {shown(new)} = {there}，{shown(settled)} + {shown(left)} = {gone}，"
        en = f"{shown_en(before)} + {shown_en(new)} = {there}, {shown_en(settled)} + {shown_en(left)} = {gone}: "
        if found.there == found.gone:
            yield RULE.finding(
                "confirmed", f"{zh}前后相符。", f"{en}carried in and new are settled and left.", evidence
            )
        else:
            yield RULE.finding(
                "warning",
                f"{zh}前后不符；若有撤回、移送等其他去向则可能无误，请写明。",
                f"{en}they should be the same; it may be right if cases left in another way: say so.",
                evidence,
            )
