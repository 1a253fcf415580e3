"""How a text words a time: 2023年, 1至10月, 五年来, “十四五”以来, 去年."""

from __future__ import annotations

import re

from fazhi_analysis.catalogue.word_lists import pattern
from fazhi_analysis.extracting.figures.times.time_readings import (
    MONTH,
    READ,
    YEAR,
    Frame,
    is_of_things_gone_through,
)

TO = "(?:[-—–~～至到]{1,2})"

_TERM = r"|(?P<term>(?!<this year>|<no time at all>)[\u4e00-\u9fff”]{2,14}(?<!今年)(?<!长期)(?<!一直)以来(?!<record>))"
# Every wording of a time, the longer ones first; the last one in a sentence that holds for a figure decides.
_WORDINGS = (
    rf"(?P<halves>(?P<h1>{YEAR})年(?P<w1>[上下])半年{TO}(?:(?P<h2>{YEAR})年)?(?P<w2>[上下])半年)"
    r"|(?P<pastmonth>(?P<pmy><years before>)(?P<pm>\d{1,2})月(?:份|底|末)?(?P<pon>以来|至今)?)"
    r"|(?P<past>(?P<py><years before>)(?P<on>以来)?(?![年度底末初同期起]))"
    rf"|(?P<since>(?P<sy>{YEAR})年(?:(?P<sm>{MONTH})月)?(?:\d{{1,2}}日)?(?:[^，。；\d]{{0,24}}以来(?!<record>)|至今|迄今))"
    rf"|(?P<months>(?:(?P<my>{YEAR})年)?(?P<m1>\d{{1,2}})月?{TO}(?:(?P<my2>{YEAR})年)?(?P<m2>\d{{1,2}})月(?:份|底|末)?)"
    rf"|(?P<years>(?P<y1>{YEAR})年?(?:度)?{TO}(?P<y2>{YEAR})(?:年度?|(?=[，,]))(?![^，。；]{{0,3}}<names of plans>))"
    rf"|(?P<until>(?:截[至止]到?|(?<![^，。；,;\n])至)(?:(?P<uy>{YEAR})年|<this year>)?(?P<um>\d{{1,2}})月"
    r"(?:份|底|末|中旬|\d{1,2}日)?)"
    rf"|(?P<upto>(?:<this year>|(?P<toy>{YEAR})年(?!度))(?:以来)?[，,]?[至到](?P<tom>{MONTH})月"
    r"(?:份|底|末|中旬|\d{1,2}日)?)"
    rf"|(?P<frommonth>(?:<this year>|(?<![\d年至到—~-]))(?P<fmo>{MONTH})月(?:份|\d{{1,2}}日)?"
    r"[\u4e00-\u9fff]{0,12}以来(?!<record>))"
    rf"|(?P<month>(?:(?P<mny>{YEAR})年|(?<![\d年至到—~-]))(?P<mn>{MONTH})月份(?![以之]前)(?P<mon>以来|以后|之后|起)?)"
    rf"|(?P<end>截[至止]到?(?P<ey>{YEAR})年(?:底|末)?)"
    r"|(?P<five>“?十(?P<plan>[一二三四五六])五”?(?:规划)?(?P<how>以来|期间|时期|五年|期?末))"
    r"|(?P<spell>(?<!连续)(?:近|过去|这|最近)?(?P<n>[一二两三四五六七八九十]|\d{1,2})(?:个?年)(?:多来|多以来|来|以来|间)"
    r"|(?<![^，。；：,;:\n])(?P<n4>[二两三四五])年(?=累计|共)"
    r"|(?:近|过去的?|最近|(?<![^\n。；：])(?=[三五]年[，,]))(?P<n2>[二两三四五六七八九十]|\d)年)(?!<record>)"
    r"|党的(?P<congress>十八|十九|二十)大以来"
    "<>"
    r"|(?P<firsts>(?<!提)前(?P<fm>1[01]|[2-9]|十一|[二两三四五六七八九十])个?月(?!内))"
    r"|(?P<quarters>第?(?P<q1>[一二三])(?:季度)?[至到、和-](?:第)?(?P<q2>[二三四])季度)"
    r"|(?P<half>(?<!上)(?<!上半年[、和及])(?P<which>[上下])半年(?![、和及]下半年))"
    r"|(?P<quarter>(?<!每)(?<!各)(?:(?P<first>前)|第)?(?P<q>[一二三四])(?:个)?季度)"
    rf"|(?P<dated>(?P<dy>{YEAR})年(?P<dm>\d{{1,2}})月(?:\d{{1,2}}日|份|底|末|[上中下]旬)?)"
    rf"|(?P<named>(?P<year>{YEAR})年(?:度|底|末|全年|内)?(?!结转|度结转))"
    r"|(?P<own><this year>|年内|一年来|这一年|过去的?一年)"
    r"|(?P<whole>全年)"
    r"|(?P<ahead>今明[两二]年|今明后三年|(?:未来|今后)的?(?P<n3>[二两三四五六七八九十]|\d)年(?!<record>))"
    r"|(?P<next>明年|来年|下一?年度?|新的?一年)"
)
_TIMES = pattern(_WORDINGS.replace("<>", _TERM))
# Most sentences have no 以来, and looking for what may stand before it costs more than all the rest.
_TIMES_BUT_TERMS = pattern(
    # Of the many numbers of a sentence only those before a year or a month matter.
    r"(?=[\d截至“十近过这最一二两三四五六七八九党上下前第去今本当年全明来新未])(?!\d{1,4}(?![\d年月个度~—–～至到-]))"
    rf"(?:{_WORDINGS.replace('<>', '')})"
)
_ONE_YEAR = re.compile(YEAR)
# A time that comes after other figures of its sentence, or a month after other acts, holds for its part of it alone.
_PART_ENDS = re.compile("[；;]")
_LEAD_IN = re.compile("(?:[据经按依根为以在从自对随围面][^，；,;]*[，,])?[^，；,;]{0,4}")
_FIGURE = re.compile(r"\d+[^\d年月日号，。；]")
_WITHIN = ("until", "months", "firsts", "quarters", "half", "quarter", "dated", "next", "end", "pastmonth")


def stated_time(sentence: str, frame: Frame, after: str = "") -> str | None:
    """The time that holds where a sentence ends, or None where it names none; ``after`` goes on with what follows.

    >>> frame = Frame(2023, "2023", "2024")
    >>> stated_time("五年来办理", frame), stated_time("今年前10个月办理", frame), stated_time("办理", frame)
    ('2019-2023', '2023-01/2023-10', None)
    """
    stated: str | None = None
    for match in (_TIMES if "以来" in sentence else _TIMES_BUT_TERMS).finditer(sentence):
        kind = match.lastgroup or ""
        if kind not in READ:
            kind = next(name for name in READ if match[name])
        if is_of_things_gone_through(match, sentence + after) or _is_over(kind, match, sentence):
            continue
        period = READ[kind](match, sentence, frame)
        if kind == "whole" and stated is not None and _ONE_YEAR.fullmatch(stated):
            continue
        if period is not None:
            stated = period
    return stated


def _is_over(kind: str, match: re.Match[str], sentence: str) -> bool:
    """Whether the part of a sentence is over that a time holds for, which does not lead the whole sentence."""
    if kind == "month":
        leads = _LEAD_IN.fullmatch(sentence, 0, match.start()) is not None
    else:
        leads = kind not in _WITHIN or _FIGURE.search(sentence, 0, match.start()) is None
    return not leads and _PART_ENDS.search(sentence, match.end()) is not None
