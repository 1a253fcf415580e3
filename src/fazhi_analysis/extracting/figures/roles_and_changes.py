"""What the words around a figure say of it: a level or a change, a result or a plan."""

from __future__ import annotations

import re

from fazhi_analysis.catalogue.word_lists import pattern, words
from fazhi_analysis.model import Change, Role

# The mark of a level: 下降到21% is 21 %, whatever it was before.
_RISE_OR_FALL_TO = pattern(
    r"(?:<rise verbs>|<rise characters>|<fall verbs>|<cut verbs>|<fall characters>)"
    r"了?(?:[到至]了?[^，。；、\d]{0,10}|[为成]了?[^，。；\d]{0,2})$"
)
# 由上年的28.4%提升至35.2%: what a rate grew from is a level too.
_GROWN_FROM = pattern("[由从](?:<times before>)(?:同期|[底末])?的?$")
_COMPARED = pattern(
    r"同比|环比|(?:较|(?<!占)比(?![例重率])|与|同|和)[^，。；]{0,8}?(?:<compared times>|\d{4}年)[^，。；]{0,4}"
    "|年均|同期"
)
_BY = pattern(
    r"(?:(?P<cut><cut verbs>|<savings>)|<rise verbs>|<rise nouns>|<growth speed>|<fall verbs>|<fall nouns>|增值|增|降)"
    r"(?:<change fillers>)*(?:<reaches>)?(?:了|约|近)?$"
)
_AIMED_GROWTH = pattern(
    r"(?:增长|<rise nouns>|<growth speed>|<fall nouns>)(?:<aimed growth>)+(?:<reaches>)?(?:了|约|近)?$"
)
_GROWTH_AFTER = pattern(
    r"的?(?:<growth manners>)?(?:增长|<rise nouns>|<growth speed>|<fall nouns>|的?速度增长)(?![至到为])"
)
_NEGATIVE_GROWTH = pattern(r"负增长率?(?:<reaches>|[为了约近])*$")
# 精简后为140名: what remains after a cut is a level.
_CUT_OBJECT = pattern(r"(?:减少|<cut verbs>)(?!后)(?:了|掉)?[^，。；、\d]{0,14}$")
# 压缩审批时限1422项: so many had theirs cut. 节约时间10天: by so much.
_LIMIT = re.compile("时限|时间|周期|环节")
_TIMES = frozenset(words("time lengths"))
_SAVED = pattern(r"<savings>(?![至到])[^，。；、\d]{0,14}$")
_CUT_BEFORE = pattern(r"(?:<cut verbs>|减少|<savings>|减(?=<cut objects>))[^，。；、\d]{1,10}$")
_CUT_SUBJECT = pattern(r"<cut objects>[^，。；、\d]{0,4}减少了?$")
_CUT_RATE = pattern(r"(?:<cut verbs>|<fall verbs>|提速)(?:率|比例|幅度|度)(?:达到?|为|超过?|约|近|在)*$")
_MORE = pattern(r"(?:<rise verbs>|<fall verbs>|<more or fewer>)[^，。；、\d]{0,6}$")
_ONLY_CHANGE = pattern(r"[^，。；]{0,10}(?:<rise>|<fall>)[^，。；到至]{0,8}")

_PLAN = pattern(r"(?<!年度)(?<!工作)(?<!行动)<plan verbs>")
_DRAFTS = re.compile("(?:审[核查]|把关|评估)[^，。；、\\d]{0,16}拟(?:[印制]?发|出台|提[交请]|上会)")
_PLAN_ENDS = re.compile("十([一二三四五六])五”末")
_FIRST_PLAN = 2010  # the last year of the eleventh plan of five years
_BY_PLAN = re.compile("(?:按照?|依照|依据|根据)[^，。；]{0,16}计划")
_TARGET = pattern("<target words>")

_LIST = re.compile(r"(?:[\d.]+[%‰倍][、，和及与]+)+$")


def find_change(before: str, unit: str, after: str = "") -> Change:
    """Whether a figure is a level or a change, from the clause before it.

    ``before`` is the clause up to the figure without its own qualifier, ``after`` what follows it.

    >>> find_change("败诉率下降到", "%"), find_change("受理140余宗，同比增长", "%")
    ('level', 'yoy_pct')
    >>> find_change("经济增长预期目标为", "%"), find_change("居民消费价格涨幅控制在", "%")
    ('yoy_pct', 'yoy_pct')
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
    cut = _CUT_OBJECT.search(before)
    if cut and not (_LIMIT.search(cut.group()) and unit not in _TIMES):
        return "yoy_abs" if compared else "reduction"
    if unit in _TIMES and _SAVED.search(before):
        return "reduction"
    return "level"


def _rate_change(before: str) -> Change:
    """Change of a percentage: growth, a cut, or none."""
    if _AIMED_GROWTH.search(before):
        return "yoy_pct"
    if _CUT_RATE.search(before):
        return "yoy_pct" if _COMPARED.search(before) else "reduction"
    match = _BY.search(before)
    if match is not None:
        if match["cut"] or _CUT_SUBJECT.search(before):
            return "yoy_pct" if _COMPARED.search(before) else "reduction"
        return "yoy_pct"
    compared = list(_COMPARED.finditer(before))
    if compared:
        tail = before[compared[-1].end() :]
        if not tail or _ONLY_CHANGE.fullmatch(tail):
            return "yoy_pct"
    between = _CUT_BEFORE.search(before)
    return "reduction" if between and "率" not in between.group() else "level"


def is_negative_growth(before: str) -> bool:
    """Whether the clause before a figure says 负增长: its number is printed without the sign.

    >>> is_negative_growth("涉诉案件负增长"), is_negative_growth("涉诉案件增长")
    (True, False)
    """
    return "负增长" in before and _NEGATIVE_GROWTH.search(before) is not None


def find_role(
    before: str, wording: str, in_plan: bool, sentence: str = "", after: str = "", year: int | None = None
) -> Role:
    """Whether a figure is a result, a plan or a target, from the clause before it and from the part it stands in.

    ``sentence`` is the whole of it up to the figure (by default no more than the clause), ``after`` what follows the
    figure, ``year`` the year of the report.

    >>> find_role("拟聘请", "exact", False), find_role("申办率", "least", False), find_role("办结", "exact", False)
    ('plan', 'target', 'result')
    >>> find_role("争取补助资金", "exact", False), find_role("目前已建成", "exact", True)
    ('result', 'result')
    """
    sentence = sentence or before
    if wording == "least" or (after[:1] == "的" and _CALLED_TARGET.match(after)):
        return "target"
    if ("入" in after and _PUT_OFF.match(after)) or ("年" in after and _DUE.match(after)):
        return "plan"
    if in_plan:
        if _STANDS_ALREADY.search(before):
            return "result"
    elif not _ROLE_CUE.search(sentence):
        return "result"
    if in_plan or _plans(before, sentence, after, year):
        return "target" if _TARGET.search(before) or (wording in ("over", "under") and in_plan) else "plan"
    bounded = wording in ("over", "under") and _BOUNDED_TARGET.search(before)
    return "target" if bounded or _STATED_TARGET.search(before) else "result"


def _plans(before: str, sentence: str, after: str, year: int | None) -> bool:
    """Whether the words before a figure plan it: in its own clause, or earlier in the sentence with nothing between
    that says what was done."""
    planned = _PLAN_CUE.search(before) and _PLAN.search(before)
    if planned and planned.group() == "预计" and _is_estimate(before, year):
        return False
    if planned and (ended := _PLAN_ENDS.search(planned.group())) is not None and year:
        planned = planned if _FIRST_PLAN + 5 * "一二三四五六".index(ended[1]) > year else None  # 由“十三五”末的11人
    drafts = _DRAFTS.search(before) if planned else None
    if planned and (_BY_PLAN.search(before) or (drafts and drafts.start() < planned.start())):
        planned = None  # 按照年度检查计划开展检查, 审核拟发文件
    if planned or _by_year(before, year):
        return True
    start = sentence.rfind("；") + 1
    opened = _STILL_PLANS.search(sentence, start) if _NEXT_CUE.search(sentence) else None
    opened = opened or (_YEARS_AHEAD.search(sentence, start) if "年" in sentence else None)
    opened = opened or _later_year(sentence, start, year) or _not_yet_in_use(sentence)
    if opened is not None:
        return not _ALREADY.search(sentence, opened.end())
    return _COST_AHEAD.search(before) is not None and _TO_COME.match(after) is not None


def _not_yet_in_use(sentence: str) -> re.Match[str] | None:
    """预计明年竣工，建成后可接待80人: what will be there once something that is still to come is there."""
    return _THEN_IN_USE.search(sentence) if "后" in sentence else None


def _later_year(sentence: str, start: int, year: int | None) -> re.Match[str] | None:
    """到2025年底，建成30个: a sentence that looks ahead to a year after the report's."""
    opened = _AHEAD_TO.search(sentence, start) if "到20" in sentence else None
    return opened if opened and year is not None and int(opened[1]) > year else None


def _is_estimate(before: str, year: int | None) -> bool:
    """Whether 预计 estimates a statistic of the report's own year: no later year, no plan for later is named."""
    later = any(year is None or int(found) > year for found in _NAMED_YEAR.findall(before))
    return not later and _STATISTIC.search(before) is not None and _LATER.search(before) is None


def _by_year(words: str, year: int | None) -> bool:
    """到2025年底: a time to come, where the report's year is earlier or not known."""
    return "到20" in words and any(year is None or int(found[1]) > year for found in _BY_YEAR.finditer(words))


# Cheap first looks: most clauses hold none of the characters that the rules begin with.
_PLAN_CUE = re.compile("[拟争预即计将五六规有届打]")
_NEXT_CUE = re.compile("下一|下步|下阶|下年|后续|明年|来年|新一年|新的")
_CHANGE_CUE = re.compile("[增减降升涨跌提缩压简裁削扩攀扬落滑节速翻比期由从多少较]")
_ROLE_CUE = re.compile("[拟争取预即计将到“确目要明下须规应有届算投]")
_BOUNDED_TARGET = pattern("<bounded targets>[^，。；]{0,16}$")
_STATED_TARGET = pattern("<stated targets>[^，。；]{0,16}$")
# 98%的考核目标; 300件列入2025年工作计划.
_CALLED_TARGET = re.compile(r"的(?:考核|工作|年度|既定|规划|预期)?(?:目标|要求|标准|指标)")
_PUT_OFF = pattern(
    r"[^，。；]{0,10}(?:列入|纳入|写入)了?(?:20\d\d年|<next year>|<next step>)[^，。；]{0,10}"
    r"(?:<plan nouns>|重点|实事|任务)"
)
# 剩余1个明年6月底前完成.
_DUE = pattern(
    "(?:计划|预计|力争|将于|拟于?)?(?:<next year>)[^，。；]{0,8}(?:完成|建成|验收|达标|整改|销号|投用|投入使用)"
)
_STANDS_ALREADY = pattern("(?:<already>)[^，。；]{0,16}$")
_ALREADY = pattern("<already>")
_STATISTIC = pattern("<estimated statistics>")
_NAMED_YEAR = re.compile(r"(20\d\d)年")
_LATER = pattern("<next year>|<next step>|将(?!近)|总投资")
_BY_YEAR = re.compile(r"到(20\d\d)年")
_AHEAD_TO = re.compile(r"(?:(?<=[，。；\n])|^)(?:预计|力争|计划|争取|确保|规划)?到(20\d\d)年(?:底|末)?(?=，)")
_THEN_IN_USE = pattern(
    r"(?:<foreseen>)[^。；]{0,24}?(?:<comes into use>)[^。；，]{0,8}?[，；](?:项目|平台|系统|中心|届时)?"
    r"(?:全面|正式)?(?:<comes into use>)(?:使用|运行)?[之以]?后"
)
# 概算投资860万元，预计明年竣工: the cost of what is not there yet.
_COST_AHEAD = pattern(r"(?:<costs ahead>)[^，。；\d]{0,4}$")
_TO_COME = pattern("[，,](?:项目|工程|平台|系统|中心|该[^，。；]{1,4})?(?:<foreseen>)")
# A plan for a later time goes on to the sentence's end: 下一步将建设驿站12个，培训人员300名.
_STILL_PLANS = pattern(r"(?<![\u4e00-\u9fff“])(?:<next step>|<next year>|后续)[^。；]{0,30}?(?:<will do>)")
# 今后五年要建成30个: what comes after another comma may be of this year again.
_YEARS_AHEAD = pattern("(?:<years to come>)[，,]?[^，。；]{0,12}?(?:<will do>)[^，。；]*$")
