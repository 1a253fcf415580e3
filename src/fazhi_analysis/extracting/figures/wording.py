"""What the words around a figure say of it: a level or a change, a result or a plan, and of which time."""

from __future__ import annotations

import re

from fazhi_analysis.catalogue.words import pattern
from fazhi_analysis.model import Change, Role

# The mark of a level: 下降到16% is 16 %, whatever it was before.
_RISE_OR_FALL_TO = pattern(r"(?:<rise>|<fall>)了?(?:到|至|为|成)了?[^，。；\d]{0,2}$")
# 由上年的28.4%提升至35.2%: what a rate grew from is a level too.
_GROWN_FROM = pattern(r"[由从](?:<earlier>|<last year>|年初)(?:同期)?的?$")
_COMPARED = pattern(
    r"同比|环比|(?:较|(?<!占)比|与|同|和)[^，。；]{0,8}?(?:<compared times>|\d{4}年)[^，。；]{0,4}|年均|同期"
)
_BY = pattern(
    r"(?:(?P<cut><cut verbs>|<savings>)|<rise verbs>|<rise nouns>|<growth speed>|<fall verbs>|<fall nouns>|增值|增|降)"
    r"(?:<change fillers>)*(?:<reaches>)?(?:了|约|近)?$"
)
_GROWTH_AFTER = pattern(
    r"的?(?:<growth manners>)?(?:增长|<rise nouns>|<growth speed>|<fall nouns>|的?速度增长)(?![至到为])"
)
_CUT_OBJECT = pattern(r"(?:减少|<cut verbs>)(?:了|掉)?[^，。；、\d]{0,14}$")
_CUT_BEFORE = pattern(r"(?:<cut verbs>|减少|<savings>|减(?=<cut objects>))[^，。；、\d]{1,10}$")
_CUT_RATE = pattern(r"(?:<cut verbs>|<fall verbs>|提速)(?:率|比例|幅度|度)(?:达到?|为|超过?|约|近|在)*$")
_MORE = pattern(r"(?:<rise verbs>|<fall verbs>|<more or fewer>)[^，。；、\d]{0,6}$")
_ONLY_CHANGE = pattern(r"[^，。；]{0,10}(?:<rise>|<fall>)[^，。；到至]{0,8}")

_PLAN = pattern(r"(?<!年度)(?<!工作)(?<!行动)<plan verbs>")
_TARGET = pattern("<target words>")

_SINCE = re.compile(r"((?:19|20)\d\d)年?(?:\d{1,2}月)?(?:\d{1,2}日)?以来")
_SPAN = re.compile(r"((?:19|20)\d\d)年?[-—–~～至到]{1,2}((?:19|20)\d\d)年?(?:期间|间)?[，,]?(?:全|共|累|，|,|期|间)")
_LIST = re.compile(r"(?:[\d.]+[%‰倍][、，和及与]+)+$")
_YEAR_AT_END = re.compile(r"((?:19|20)\d\d)年度?(?:同期)?(?:的|为|是|达|共)?$")
_YEAR_AT_START = re.compile(r"(?:^|[，,；;：:（(])((?:19|20)\d\d)年(?!以来|底前|末前|[-—～~至到])")
_TITLES = re.compile(r"《[^》]*》?")
_YEAR = pattern(r"((?:19|20)\d\d)年(?:<after a year>|\d{1,2}月(?:\d{1,2}日)?)?<sentence goes on>")
_LAST_YEAR = pattern(r"(?<![是为达到])(?:<last year>|上一年)(?:同期)?(?:的|为|是|达|共|只有|仅有?)?[^，。；\d]{0,6}$")
_COMPARED_OR_LEFT = re.compile("(?<!占)比|较|同去年|与去年|结转")
_WITHIN_YEAR = re.compile("今年|全年|本年|年内")
# 较去年同期的40件下降: the 40 are of last year.
_SAME_TIME = pattern(r"(?:较|比)<last year>(?:同期)?的$")


def find_change(before: str, unit: str, after: str = "") -> Change:
    """Whether a figure is a level or a change, from the clause before it.

    ``before`` is the clause up to the figure without its own qualifier, ``after`` what follows it.

    >>> find_change("败诉率下降到", "%"), find_change("受理180余宗，同比增长", "%")
    ('level', 'yoy_pct')
    >>> find_change("办结率较上年提高", "个百分点"), find_change("共减少事业单位", "家")
    ('points', 'reduction')
    """
    if "百分点" in unit:
        return "points"
    if not _CHANGE_CUE.search(before):
        return "yoy_pct" if unit in ("%", "‰", "倍") and _GROWTH_AFTER.match(after) else "level"
    if _RISE_OR_FALL_TO.search(before) or _GROWN_FROM.search(before):
        return "level"
    if unit in ("%", "‰", "倍"):
        return "yoy_pct" if _GROWTH_AFTER.match(after) else _rate_change(_LIST.sub("", before))
    compared = _COMPARED.search(before)
    if compared and _MORE.search(before):
        return "yoy_abs"
    if _CUT_OBJECT.search(before):
        return "yoy_abs" if compared else "reduction"
    return "level"


def _rate_change(before: str) -> Change:
    """Change of a percentage: growth, a cut, or none."""
    if _CUT_RATE.search(before):
        return "yoy_pct" if _COMPARED.search(before) else "reduction"
    match = _BY.search(before)
    if match is not None:
        if match["cut"]:
            return "yoy_pct" if _COMPARED.search(before) else "reduction"
        return "yoy_pct"
    compared = list(_COMPARED.finditer(before))
    if compared:
        tail = before[compared[-1].end() :]
        if not tail or _ONLY_CHANGE.fullmatch(tail):
            return "yoy_pct"
    between = _CUT_BEFORE.search(before)
    return "reduction" if between and "率" not in between.group() else "level"


def find_role(before: str, wording: str, in_plan: bool) -> Role:
    """Whether a figure is a result, a plan or a target, from the clause before it and from where it stands.

    >>> find_role("拟聘请", "exact", False), find_role("申办率", "least", False), find_role("办结", "exact", False)
    ('plan', 'target', 'result')
    """
    if wording == "least":
        return "target"
    if not in_plan and not _ROLE_CUE.search(before):
        return "result"
    if in_plan or _PLAN.search(before):
        return "target" if _TARGET.search(before) or (wording in ("over", "under") and in_plan) else "plan"
    bounded = wording in ("over", "under") and _BOUNDED_TARGET.search(before)
    return "target" if bounded or _STATED_TARGET.search(before) else "result"


# A cheap first look: most clauses hold none of the characters that the rules above begin with.
_CHANGE_CUE = re.compile("[增减降升涨跌提缩压简裁削扩攀扬落滑节速翻比期由从]")
_ROLE_CUE = re.compile("[拟争取预即计将到“确目要]")
_BOUNDED_TARGET = pattern("<bounded targets>[^，。；]{0,16}$")
_STATED_TARGET = pattern("<stated targets>[^，。；]{0,16}$")
_TIME_CUE = re.compile(r"[0-9]年|上一?年|去年|累计")


def find_period(sentence: str, clause: str, year: int | None, planned: bool) -> str:
    """Which time a figure is of, from its sentence up to it; the report's year unless the words say otherwise.

    >>> find_period("2021年以来累计", "2021年以来累计", 2023, False), find_period("全年办理", "全年办理", 2023, False)
    ('2021以来', '2023')
    >>> find_period("2022年，办理复议", "办理复议", 2023, False), find_period("累计实现", "累计实现", 2021, False)
    ('2022', '累计至2021')
    """
    own = str(year) if year else ""
    if _TIME_CUE.search(sentence) is None:
        return str(year + 1) if planned and year else own
    for named in _PERIODS:
        if period := named(sentence, clause, year):
            return period
    return str(year + 1) if planned and year and not _years_named(sentence) else own


def _same_time(_sentence: str, clause: str, year: int | None) -> str:
    return str(year - 1) if year and _SAME_TIME.search(clause) else ""


def _since(sentence: str, _clause: str, year: int | None) -> str:
    """2021年以来, unless another year is named after it."""
    found = list(_SINCE.finditer(sentence, max(sentence.rfind(mark) for mark in "；;") + 1))
    if found and found[-1][1] != str(year) and _YEAR_AT_START.search(sentence, found[-1].end()) is None:
        return f"{found[-1][1]}以来"
    return ""


def _span(sentence: str, _clause: str, _year: int | None) -> str:
    span = _SPAN.search(sentence)
    return f"{span[1]}-{span[2]}" if span else ""


def _last_year(_sentence: str, clause: str, year: int | None) -> str:
    return str(year - 1) if year and _LAST_YEAR.search(clause) and not _COMPARED_OR_LEFT.search(clause) else ""


def _year_before_figure(_sentence: str, clause: str, year: int | None) -> str:
    ended = _YEAR_AT_END.search(clause) if year else None
    return ended[1] if ended else ""


def _named_year(sentence: str, _clause: str, year: int | None) -> str:
    named = _years_named(sentence)
    return named[-1] if named and named[-1] != str(year) else ""


def _running_total(sentence: str, clause: str, year: int | None) -> str:
    """累计, with nothing that says of this year only."""
    if "累计" not in clause or _WITHIN_YEAR.search(_TITLES.sub("", sentence)):
        return ""
    return f"累计至{year}" if year else "累计"


# What names a time, the surest first.
_PERIODS = (_same_time, _since, _span, _last_year, _year_before_figure, _named_year, _running_total)


def _years_named(sentence: str) -> list[str]:
    """Years that the sentence names as times, in text order; those in titles of documents are none."""
    if "《" in sentence:
        sentence = _TITLES.sub("", sentence)
    found = [(match.start(1), match[1]) for form in (_YEAR, _YEAR_AT_START) for match in form.finditer(sentence)]
    return [year for _, year in sorted(found)]
