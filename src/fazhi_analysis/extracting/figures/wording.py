"""What the words around a figure say of it: a level or a change, a result or a plan, and of which time."""

from __future__ import annotations

import re

from fazhi_analysis.model import Change, Role

_RISE = "增长|增加|上升|上涨|提高|提升|攀升|扩大|递增|增幅|涨幅|升幅|增速|增|升|涨"
_FALL = "下降|减少|降低|回落|下滑|缩减|压缩|压减|缩短|精简|核减|裁减|削减|减幅|降幅|跌幅|减|降|跌"
# The mark of a level: 下降到16% is 16 %, whatever it was before.
_TO = re.compile(rf"(?:{_RISE}|{_FALL}|由|从)[^，。；]{{0,6}}?(?:到了?|至了?|为了?|达到?了?|成)[^，。；\d]{{0,2}}$")
_RISE_OR_FALL_TO = re.compile(rf"(?:{_RISE}|{_FALL})了?(?:到|至|为|成)了?[^，。；\d]{{0,2}}$")
# 由上年的28.4%提升至35.2%: what a rate grew from is a level too.
_GROWN_FROM = re.compile(r"[由从](?:原来|原有|原先|过去|上年度?|去年|上一年度?|年初)(?:同期)?的?$")
_COMPARED = re.compile(
    r"同比|环比|(?:较|(?<!占)比|与|同|和)[^，。；]{0,8}?(?:上年|去年|前年|同期|上一年|上年度|上月|上季|年初|年底|往年|\d{4}年)[^，。；]{0,4}"
    r"|年均|同期"
)
_VERB = re.compile(rf"(?P<rise>{_RISE})|(?P<fall>{_FALL})")
_BY = re.compile(
    r"(?:(?P<growth>增长|增值|上升|上涨|攀升|递增|增加|下降|回落|下滑|减少|降低|增幅|涨幅|升幅|增速|降幅|减幅|跌幅|增|降)"
    r"|(?P<better>提高|提升|扩大)"
    r"|(?P<cut>压缩|压减|缩减|精简|缩短|核减|裁减|削减|节约|提速))"
    r"(?:了|率|幅度?|比例|速度?|均|超|约|近|逾|也|各|又|均为|分别)*(?:达到?|为|是|高达|超过|在)?(?:了|约|近)?$"
)
_GROWTH_AFTER = re.compile(r"的?(?:高速|快速|较快|稳定|平均)?(?:增长|增速|增幅|涨幅|降幅|的?速度增长)(?![至到为])")
_CUT_OBJECT = re.compile(r"(?:减少|压减|精简|压缩|缩减|缩短|核减|裁减|削减)(?:了|掉)?[^，。；、\d]{0,14}$")
_CUT_BEFORE = re.compile(
    r"(?:压缩|压减|缩减|精简|缩短|减少|节约|提速|减(?=环节|材料|时限|时间|跑|流程|证明|程序))[^，。；、\d]{1,10}$"
)
_CUT_RATE = re.compile(
    r"(?:精简|压缩|压减|缩减|减少|缩短|下降|降低|提速)(?:率|比例|幅度|度)(?:达到?|为|超过?|约|近|在)*$"
)
_MORE = re.compile(r"(?:增加|增长|减少|下降|上升|提高|降低|多|少|增|减|新增|净增)[^，。；、\d]{0,6}$")

_PLAN_VERB = (
    r"(?<![虚模草])拟(?!定|订|制|稿|写|人|态|合|议)|力争|争取|预计|预期|即将|计划(?=于|在|到|再|新|完|建|开|增|组|举|培|出|制|修|聘|投|安|实|用|年内|对|为|将|引|打)"
    r"|将(?:于|在|再|要|继续|持续|新增|新建|达到?|超过|实现|完成|开展|组织|建成|培训|力争|进一步|突破)|到20\d\d年|“十[一二三四五六]五”(?:期间|时期)?(?:将|要|末)"
)
_PLAN = re.compile(rf"(?<!年度)(?<!工作)(?<!行动)(?:{_PLAN_VERB})")
_TARGET = re.compile(r"确保|不得|应当?(?=[^对用急诉届邀有出])|必须|要求|目标|力争|争取|须|达标|标准为|规定")
_DEMAND = re.compile(r"不低于$|不少于$|至少$|最少$|不小于$")

_SINCE = re.compile(r"((?:19|20)\d\d)年?(?:\d{1,2}月)?(?:\d{1,2}日)?以来")
_SPAN = re.compile(r"((?:19|20)\d\d)年?[-—–~～至到]{1,2}((?:19|20)\d\d)年?(?:期间|间)?[，,]?(?:全|共|累|，|,|期|间)")
_LIST = re.compile(r"(?:[\d.]+[%‰倍][、，和及与]+)+$")
_YEAR_AT_END = re.compile(r"((?:19|20)\d\d)年度?(?:同期)?(?:的|为|是|达|共)?$")
_YEAR_AT_START = re.compile(r"(?:^|[，,；;：:（(])((?:19|20)\d\d)年(?!以来|底前|末前|[-—～~至到])")
_TITLES = re.compile(r"《[^》]*》?")
_YEAR = re.compile(
    r"((?:19|20)\d\d)年(?:度|全年|底|末|共|累计|\d{1,2}月(?:\d{1,2}日)?)?(?:[，,]|全|共|累|我|本|各|，|计划|拟|将|力争|要|，)"
)
_LAST_YEAR = re.compile(
    r"(?<![是为达到])(?:上年|去年|上年度|上一年|上一年度)(?:同期)?(?:的|为|是|达|共|只有|仅有?)?[^，。；\d]{0,6}$"
)


# 较去年同期的40件下降: the 40 are of last year.
_SAME_TIME = re.compile(r"(?:较|比)(?:上年度?|去年|上一年度?)(?:同期)?的$")


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
        if not tail or re.fullmatch(rf"[^，。；]{{0,10}}(?:{_RISE}|{_FALL})[^，。；到至]{{0,8}}", tail):
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
_BOUNDED_TARGET = re.compile(r"(?:确保|目标|要求|力争)[^，。；]{0,16}$")
_STATED_TARGET = re.compile(r"(?:确保|目标为|目标是|要求达到)[^，。；]{0,16}$")
_TIME_CUE = re.compile(r"[0-9]年|上一?年|去年|累计")


def _start(match: re.Match[str]) -> int:
    return match.start(1)


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
    if year and _SAME_TIME.search(clause):
        return str(year - 1)
    since = list(_SINCE.finditer(sentence, max(sentence.rfind(mark) for mark in "；;") + 1))
    if since and since[-1][1] != own and _YEAR_AT_START.search(sentence, since[-1].end()) is None:
        return f"{since[-1][1]}以来"
    if (span := _SPAN.search(sentence)) is not None:
        return f"{span[1]}-{span[2]}"
    if year and _LAST_YEAR.search(clause) and not re.search("(?<!占)比|较|同去年|与去年|结转", clause):
        return str(year - 1)
    if "《" in sentence:
        sentence = _TITLES.sub("", sentence)
    if year and (ended := _YEAR_AT_END.search(clause)):
        return str(ended[1])
    named = [match[1] for match in sorted([*_YEAR.finditer(sentence), *_YEAR_AT_START.finditer(sentence)], key=_start)]
    if named and named[-1] != own:
        return str(named[-1])
    if "累计" in clause and not re.search("今年|全年|本年|年内", sentence):
        return f"累计至{own}" if own else "累计"
    if planned and not named and year:
        return str(year + 1)
    return own
