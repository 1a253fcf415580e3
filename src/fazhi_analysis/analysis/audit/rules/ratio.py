"""A printed rate against the two counts printed beside it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from fazhi_analysis.analysis.audit.context import AuditContext
from fazhi_analysis.analysis.audit.english_figures import called_en, run_en, shown_en
from fazhi_analysis.analysis.audit.evidence import evidence_of
from fazhi_analysis.analysis.audit.other_bases import (
    another_base_fits,
    corrected_reading,
    holds,
    is_corrected_rate,
    other_reading,
    stated_base,
    without_ten_thousand,
)
from fazhi_analysis.analysis.audit.partners import Partners, partners_of
from fazhi_analysis.analysis.audit.printed import called, is_corrected, number, printed_percent, shown
from fazhi_analysis.analysis.audit_rulebook import Explanation, Rule
from fazhi_analysis.model import Evidence, Finding, Interval, Quantity

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
        example="受理2927件、办结2841件、办结率97.06%：相符。",
        can_be_wrong=(
            "比率另有基数（按期办结、含上年结转）而文中没有写明；所以印作100%的、提到结转或时限的、"
            "基数不止一种可能的，只作存疑。纠错率的基数可以不含调解、和解结案的：有整数件的基数能得出所印比率的，只作存疑；"
            "没有的，作错误。目录所列的另一基数（如受理数）印在近处、而且恰好相符的，只作提示，写明是哪一个。"
        ),
    ),
    en=Explanation(
        title="A rate against its own counts",
        short="ratio",
        checks=(
            "Where a rate stands beside its part and its whole, it is computed again and compared with the print;"
            " rounding and cutting off both agree. A share of something is compared with the part and the whole "
            "before it."
        ),
        why="The most common slip: the counts were changed and the rate was not, or the other way round.",
        source="identities of figures; GRIM; common traps of these reports",
        example="2927 accepted, 2841 settled, 97.06%: agrees.",
        can_be_wrong=(
            "The rate may have another base (due cases, cases carried over) that is not named. So a printed 100%,"
            " a mention of deadlines or of cases carried over, and several possible bases make it only a doubt. "
            "Corrected cases may leave mediated ones out of the base: a doubt where some whole base gives the "
            "printed rate, an error where none does. Where the catalogue's other base (cases accepted) is printed near"
            " by and gives the rate, that is a note which names it."
        ),
    ),
)

# A rate about timeliness, or a text that carries cases over from the year before, has a base that is not printed.
_TIMELY = r"按期|按时|及时"
_OTHER_BASE = re.compile(rf"{_TIMELY}|一次性|初次|应[办结答复出审]|结转|上年|上一年|往年|累计")
# Words anywhere in the sentence that say of cases which the base may leave out or add.
_STILL_OPEN = re.compile(r"应[办结答复出审]|结转|旧存|未结|未到期|在办|正在办理|正在审理|期限内|尚未|中止|不予受理")


def _compare(context: AuditContext, rate: Quantity) -> Finding | None:
    pairs = [pair for pair in partners_of(context, rate) if pair.base.upper > 0]
    fitting = [pair for pair in pairs if holds(rate, pair.numerator.interval, pair.base)]
    if fitting:
        words, words_en, evidence = _computed(rate, fitting[0])
        zh, en = f"，与{called(rate)}相符。", f", which agrees with {called_en(rate)}."
        return RULE.finding("confirmed", words + zh, words_en + en, evidence)
    stated = stated_base(context, rate, pairs)
    if stated is not None:
        return _agreeing(rate, *stated)
    if not pairs or (rate.value == 100 and _needs_no_doubt(context, rate)):
        return None
    other = other_reading(context, rate, pairs[0])
    return _contradicted(context, rate, pairs[0]) if other is None else _over_another(rate, pairs[0], other)


def _over_another(rate: Quantity, pair: Partners, other: Quantity) -> Finding:
    """The rate is that of another count printed near by, which the catalogue names as its other base."""
    words, words_en, evidence = _computed(rate, pair)
    again, again_en, _ = _computed(rate, replace(pair, bases=(other,)))
    return RULE.finding(
        "note",
        f"{words}；{again}，与{called(rate)}相符：比率以后一个数为基数，请在文中写明。",
        f"{words_en}; {again_en}, which agrees with {called_en(rate)}: the base is the latter count; name it.",
        [*evidence, evidence_of(other)],
    )


def _computed(rate: Quantity, pair: Partners) -> tuple[str, str, list[Evidence]]:
    """The rate computed again from its counts (Chinese, English), and the figures that it rests on."""
    share = pair.numerator.interval.share_of(pair.base)
    words = f"{shown(pair.numerator)} ÷ {' + '.join(map(shown, pair.bases))}"
    part, *bases = run_en([pair.numerator, *pair.bases])
    words_en = f"{part} ÷ {' + '.join(bases)}"
    width = max(2, len(printed_percent(rate).partition(".")[2]))
    ends = dict.fromkeys(number(round(end, width)) for end in (share.lower, share.upper))
    evidence = [evidence_of(item) for item in (rate, pair.numerator, *pair.bases)]
    return f"{words} = {'～'.join(ends)}%", f"{words_en} = {'–'.join(ends)}%", evidence


def _contradicted(context: AuditContext, rate: Quantity, pair: Partners) -> Finding:
    """An error where arithmetic leaves no way out, a warning with the reading under which the rate holds otherwise."""
    words, words_en, evidence = _computed(rate, pair)
    corrected = is_corrected(rate)
    printed = f"更正后为{shown(rate)}" if corrected else f"报告写为{shown(rate)}"
    printed_en = f"{shown_en(rate)} is the corrected figure" if corrected else f"the report says {shown_en(rate)}"
    zh, en = f"{words}，{printed}", f"{words_en}, but {printed_en}"
    slip = without_ten_thousand(rate, pair)
    if slip is not None:
        zh += f"；{shown(slip)}去掉“万”则恰好相符。请核对是否多写了“万”。"
        en += f", which fits once {shown_en(slip)} is read without 万 (ten thousand). Was 万 put in by mistake?"
        return RULE.finding("error", zh, en, evidence)
    if _proven(context, rate, pair):
        zh, en = f"{zh}。请核对分子、分母和比率。", f"{en}. Check both counts and the rate."
        return RULE.finding("error", zh, en, evidence)
    reading, reading_en = _reading(context, rate, pair)
    zh, en = f"{zh}；若{reading}则可能无误，请核对基数。", f"{en}; it may be right if {reading_en}. Check the base."
    return RULE.finding("warning", zh, en, evidence)


def _reading(context: AuditContext, rate: Quantity, pair: Partners) -> tuple[str, str]:
    """Under which other base a rate can hold that does not follow from the counts beside it (Chinese, English)."""
    numerator, base = pair.numerator.interval, pair.base
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


def _agreeing(rate: Quantity, pair: Partners, changes: tuple[tuple[Quantity, int], ...], base: Interval) -> Finding:
    """The rate agrees once the base is widened or narrowed by the counts in ``changes``."""
    signs = ["+" if sign > 0 else "−" for _, sign in changes]
    further = [other for other, _ in changes]
    words, words_en = (
        f"{name(pair.numerator)} ÷ ({' + '.join(map(name, pair.bases))}"
        + "".join(f" {sign} {name(other)}" for sign, other in zip(signs, further, strict=True))
        + f") = {number(round(pair.numerator.interval.share_of(base).lower, 2))}%"
        for name in (shown, shown_en)
    )
    evidence = map(evidence_of, (rate, pair.numerator, *pair.bases, *further))
    zh, en = f"{words}，与{called(rate)}相符。", f"{words_en}, which agrees with {called_en(rate)}."
    return RULE.finding("confirmed", zh, en, evidence)


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
    if _SHARE.search(context.naming(rate)) and _amount_between(context, rate, pair):
        return False  # 项目34个，总投资3亿元，其中制造业24个，占比77%: perhaps a share of the money
    return not is_corrected_rate(context, rate) or not another_base_fits(context, rate, pair)


def _amount_between(context: AuditContext, rate: Quantity, pair: Partners) -> bool:
    """Whether an amount of money stands between the whole and the rate, which may be a share of that."""
    start = min(item.start for item in (pair.numerator, *pair.bases))
    return any(item.kind == "money" for item in context.results_between(start, rate.start))


_SHARE = re.compile("占比?(?:为|达到?)?$")


def check(context: AuditContext) -> Iterable[Finding]:
    """Confirm or contradict every exact result rate that stands beside its two counts."""
    for rate in context.results:
        if rate.kind == "rate" and rate.qualifier == "exact":
            found = _compare(context, rate)
            if found is not None:
                yield found
