"""A printed rate against the two counts printed beside it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from fazhi_analysis.analysis.audit.context import AuditContext
from fazhi_analysis.analysis.audit.english import called_en, shown_en
from fazhi_analysis.analysis.audit.evidence import evidence_of
from fazhi_analysis.analysis.audit.grim import attainable
from fazhi_analysis.analysis.audit.other_bases import (
    another_base_fits,
    corrected_reading,
    is_corrected_rate,
    without_ten_thousand,
)
from fazhi_analysis.analysis.audit.partners import Partners, partners_of, wider_bases
from fazhi_analysis.analysis.audit.printed import called, is_corrected, number, printed_percent, shown
from fazhi_analysis.analysis.rulebook import Explanation, Rule
from fazhi_analysis.model import Finding, Interval, Quantity

RULE = Rule(
    id="ratio",
    lane="figures",
    identity="ratio",
    zh=Explanation(
        title="比率与其分子、分母",
        short="比率核对",
        checks="比率、分子、分母同在一处时，重算比率并与所印数字比较，四舍五入与截断都算相符；“占比”取前面的部分与整体。",
        why="最常见的笔误：改了件数没有改比率，或者相反。",
        source="纪实数字的恒等关系；报告体裁的常见陷阱（GRIM）",
        example="受理3536件、办结3502件、办结率99.04%：相符。",
        can_be_wrong=(
            "比率另有基数（按期办结、含上年结转）而文中没有写明；所以印作100%的、提到结转或时限的、"
            "基数不止一种可能的，只作存疑。纠错率的基数可以不含调解、和解结案的：有整数件的基数能得出所印比率的，只作存疑；"
            "没有的，作错误。"
        ),
    ),
    en=Explanation(
        title="A rate against its own counts",
        short="ratio",
        checks=(
            "Where a rate stands beside its part and its whole, it is computed again and compared with the print;"
            " rounding and cutting off both agree. A share of something is held against the part and the whole "
            "before it."
        ),
        why="The most common slip: the counts were changed and the rate was not, or the other way round.",
        source="identities of figures; GRIM; common traps of these reports",
        example="3536 accepted, 3502 settled, 99.04%: agrees.",
        can_be_wrong=(
            "The rate may have another base (due cases, cases carried over) that is not named. So a printed 100%,"
            " a mention of deadlines or of cases carried over, and several possible bases make it only a doubt. "
            "Corrected cases may leave mediated ones out of the base: a doubt where some whole base gives the "
            "printed rate, an error where none does."
        ),
    ),
)

# A rate about timeliness, or a text that carries cases over from the year before, has a base that is not printed.
_TIMELY = r"按期|按时|及时"
_OTHER_BASE = re.compile(rf"{_TIMELY}|一次性|初次|应[办结答复出审]|结转|上年|上一年|往年|累计")
# Words anywhere in the sentence that say of cases which the base may leave out or add.
_STILL_OPEN = re.compile(r"应[办结答复出审]|结转|旧存|未结|未到期|在办|正在办理|正在审理|期限内|尚未|中止|不予受理")


def holds(rate: Quantity, numerator: Interval, base: Interval) -> bool:
    """Whether some counts inside the intervals give the printed rate, by rounding or by truncation."""
    share = numerator.share_of(base)
    printed = printed_percent(rate)
    if share.overlaps(rate.interval):
        return True
    if numerator.lower == numerator.upper and base.lower == base.upper and base.lower > 0:
        return int(numerator.lower) in attainable(printed, int(base.lower)).by_truncation
    return False


def _base(pair: Partners) -> Interval:
    base = pair.bases[0].interval
    for other in pair.bases[1:]:
        base = base + other.interval
    return base


def _compare(context: AuditContext, rate: Quantity) -> Finding | None:
    pairs = [pair for pair in partners_of(context, rate) if _base(pair).upper > 0]
    if not pairs:
        return None
    fitting = [pair for pair in pairs if holds(rate, pair.numerator.interval, _base(pair))]
    pair = (fitting or pairs)[0]
    if not fitting:
        told = _over_told_base(context, rate, pairs)
        if told is not None:
            return told
        if rate.value == 100 and _needs_no_doubt(context, rate):
            return None
    numerator, bases = pair.numerator, pair.bases
    share = numerator.interval.share_of(_base(pair))
    words = f"{shown(numerator)} ÷ {' + '.join(shown(item) for item in bases)}"
    words_en = f"{shown_en(numerator)} ÷ {' + '.join(map(shown_en, bases))}"
    width = max(2, len(printed_percent(rate).partition(".")[2]))
    result = number(round(share.lower, width))
    if round(share.upper, width) != round(share.lower, width):
        result += f"～{number(round(share.upper, width))}"
    result_en = result.replace("～", "–")
    evidence = [evidence_of(rate), evidence_of(numerator), *(evidence_of(item) for item in bases)]
    if fitting:
        return RULE.finding(
            "confirmed",
            f"{words} = {result}%，与{called(rate)}相符。",
            f"{words_en} = {result_en}%, which agrees with {called_en(rate)}.",
            evidence,
        )
    corrected = is_corrected(rate)
    said = f"更正后为{shown(rate)}" if corrected else f"所印为{shown(rate)}"
    said_en = f"{shown_en(rate)} is the corrected figure" if corrected else f"{shown_en(rate)} is printed"
    slip = without_ten_thousand(rate, pair)
    if slip is not None:
        return RULE.finding(
            "error",
            f"{words} = {result}%，{said}，不相符；{shown(slip)}去掉“万”则恰好相符。请核对是否多写了“万”。",
            f"{words_en} = {result_en}%, but {said_en}, which fits once {shown_en(slip)} is read without 万 "
            "(ten thousand). Was 万 put in by mistake?",
            evidence,
        )
    if _proven(context, rate, pair):
        return RULE.finding(
            "error",
            f"{words} = {result}%，{said}，不相符。请核对分子、分母和比率。",
            f"{words_en} = {result_en}%, but {said_en}. Check both counts and the rate.",
            evidence,
        )
    zh, en = _reading(context, rate, pair)
    return RULE.finding(
        "warning",
        f"{words} = {result}%，{said}；若{zh}则可以成立，请核对基数。",
        f"{words_en} = {result_en}%, but {said_en}; it can hold if {en}. Check the base.",
        evidence,
    )


def _reading(context: AuditContext, rate: Quantity, pair: Partners) -> tuple[str, str]:
    """Under which other base a rate can hold that does not follow from the counts beside it (Chinese, English)."""
    numerator, base = pair.numerator.interval, _base(pair)
    if is_corrected_rate(context, rate):
        return corrected_reading(context, rate, pair)
    if rate.value == 100 and numerator.lower > base.upper:
        return "分子含往年的", "the part holds cases of earlier years"
    if rate.value == 100:
        return (
            "只以应当办理的（如应办结、应出庭、应报备）为基数，",
            "the base is only what was due (to be settled, attended, filed)",
        )
    return (
        "比率另有基数（如应办结数、含上年结转）",
        "the rate has another base (cases due, cases carried over)",
    )


def _over_told_base(context: AuditContext, rate: Quantity, pairs: list[Partners]) -> Finding | None:
    """The rate over a base that the words widen or narrow: cases carried over added, mediated ones left out."""
    for pair in pairs:
        changes = wider_bases(context, rate, pair)
        for chosen in (changes, *((item,) for item in changes)):
            base = _base(pair)
            for other, sign in chosen:
                base = base + other.interval if sign > 0 else base - other.interval
            if not chosen or base.lower <= 0 or not holds(rate, pair.numerator.interval, base):
                continue
            terms = " + ".join(shown(item) for item in pair.bases)
            terms += "".join(f" {'+' if sign > 0 else '−'} {shown(other)}" for other, sign in chosen)
            terms_en = " + ".join(map(shown_en, pair.bases))
            terms_en += "".join(f" {'+' if sign > 0 else '−'} {shown_en(other)}" for other, sign in chosen)
            words = f"{shown(pair.numerator)} ÷ ({terms})"
            words_en = f"{shown_en(pair.numerator)} ÷ ({terms_en})"
            result = f"{number(round(pair.numerator.interval.share_of(base).lower, 2))}%"
            return RULE.finding(
                "confirmed",
                f"{words} = {result}，与{called(rate)}相符。",
                f"{words_en} = {result}, which agrees with {called_en(rate)}.",
                map(evidence_of, (rate, pair.numerator, *pair.bases, *(other for other, _ in chosen))),
            )
    return None


def _needs_no_doubt(context: AuditContext, rate: Quantity) -> bool:
    """Whether a printed 100 % says itself that it is over what was due."""
    return bool(re.search(_TIMELY, context.naming(rate)) or _STILL_OPEN.search(context.sentence_text(rate)))


def _proven(context: AuditContext, rate: Quantity, pair: Partners) -> bool:
    """Whether no other base is left: all figures in one sentence, and nothing that speaks of cases due or carried over.

    A printed 100 % over less than all is a common way to say “all that were due”.
    """
    figures = (rate, pair.numerator, *pair.bases)
    together = len({context.sentence(item) for item in figures}) == 1 and context.report is not None
    words = "".join(context.clause(item) for item in figures)
    if not together or not pair.sure or rate.value == 100:
        return False
    if _OTHER_BASE.search(words) or _STILL_OPEN.search(context.sentence_text(rate)):
        return False
    return not is_corrected_rate(context, rate) or not another_base_fits(context, rate, pair)


def check(context: AuditContext) -> Iterable[Finding]:
    """Confirm or contradict every exact result rate that stands beside its two counts."""
    for rate in context.results:
        if rate.kind == "rate" and rate.qualifier == "exact":
            found = _compare(context, rate)
            if found is not None:
                yield found
