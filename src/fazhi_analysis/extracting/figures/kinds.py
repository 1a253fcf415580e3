"""Whether a measured number reports an amount, or only stands in a name, a deadline, a list or a frequency.

Small Chinese numerals are the hard part: 十个重点领域 is an amount, 一个 usually is not, 两次 and 会议一次 are.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from fazhi_analysis.catalogue.word_lists import pattern, words
from fazhi_analysis.extracting.figures.amounts import Amount
from fazhi_analysis.extracting.figures.figure_context import Places, Spot
from fazhi_analysis.extracting.figures.thresholds import sorts
from fazhi_analysis.model import Kind

_BARE_NUMBERS = frozenset(words("bare numbers"))
_COUNTED_NOUN = re.compile("|".join(sorted(words("bare nouns"), key=len, reverse=True)))
_NOT_COUNTED = pattern("<not counted>")
_CAPTION = pattern("<captions>$")
_TOTAL = pattern("<totals before>(?:为|达|达到|是)?$")
# 一 counts when an event is reported (召开一次推进会, 会议一次), not in 一个部门 or 同一件.
_ONE_EVENT = pattern("<event verbs>(?:了|过|有)?$")
_EVENT_UNITS = frozenset(words("event units"))
# A thing that was built or a person who was hired counts too (新建一处公园); 一个, 一支 and 一套 are mostly articles.
_BUILT = pattern("<built verbs>(?:了)?$")
_THING_UNITS = frozenset(words("thing units"))
_NOT_ONE = pattern("<not one after>$")
# 发生一宗就扑灭一宗, 来一件办一件: whatever number there is.
_NOT_AN_EVENT = re.compile("性|又|批|次|就|即")
_ONE_BY_ONE = re.compile("一[\u4e00-\u9fff]{1,2}[，、]?[就便即]?[^，。；\\d]{1,6}$")
_RATHER_NONE = re.compile("至少|(?<!第)一")
_TIME_COUNTS = pattern("<time counted>")
_SHORTENED = pattern("<shortened>")
_SHORTER_AFTER = pattern("<shorter after>")
_SHORTER_BEFORE = pattern("<shorter before>[^，。]{0,6}$")
_TIME_NAMED = pattern("<time named>")
_DATE_UNITS = frozenset(words("date units"))
_NAMED_TIME_UNITS = frozenset(words("named time units"))
_DONE_EARLY = re.compile("(?:全面|圆满|超额)?(?:完成|建成|投用|实现|达到|达成)")
_SCORE = pattern("<score words>")
# 满意度达到96.4, 共有学员一万二: a number without a measure word that ends a clause.
_MEASURED = pattern("(?:<score words>|率|度|指数)(?:均|都|已|仅|仍)?(?:为|达到?|到|至|是|有)*$")
_IN_ALL = re.compile("[共总合累]")
_BODY = pattern("<body nouns>")
_WITH_COMMAS = re.compile("[0-9]+(?:,[0-9]+)+")
_SEVERAL = re.compile("分别[^，。；0-9]{0,12}$|各[为有计]?$")
_AVERAGE_AGE = re.compile("平均年龄[^，。]{0,4}$")
_LIST_HEAD = words("list heads")
_LIST_UNITS = frozenset(words("list units"))
_EVERY = words("every")
# 稳经济40条, 由6个部分组成, 字体, 昌河县三里岔镇.
_NAMED_BY_ARTICLES = pattern("(?:出台|制定|推出|落实|实施|兑现|发布)[^，。；]{0,16}<named by articles>$")
_LAYOUT = frozenset((("个", "部分"), ("字", "体："), ("字", "体:"), ("字", "号："), ("字", "号:")))
_IN_DIVISION = re.compile("(?<![全我本该各])[县区市旗镇乡州盟]$")
_DIVISION_NAME = re.compile("[县区市旗镇乡](?!级|直|财|属)")  # 三元区
_TOWN = re.compile("[\u4e00-\u9fff]{0,2}(?:[镇乡村]|街道|社区|苏木)")
_GROUP_NAME = pattern("<group names>")
# 三个一百, 四个一批, 高效办成一件事: set phrases.
_NOT_A_NOUN = re.compile(r"[“‘\d百千万亿]|一[百千万批个]|事(?![故件项迹业例])")
_YEAR_OR_CODE = re.compile(r"(?:(?:19|20)\d\d|0\d+)$")
_JOINED_BEFORE = re.compile(r"[A-Za-z.“+\-—/·#]$")
_JOINED_AFTER = re.compile(r"[A-Za-z+\-—/·”:：]")
_PAGE_COUNTER = pattern("<page counters>(?:次数|量|数)?[:：]$")
# 超亿元项目36宗, 10亿元以上企业: a class by size, and the amount is what stands behind it.
_SIZE_CLASS = pattern(r"(?:的|级)?(?:[\u4e00-\u9fff]{0,4})?<size classes>(?!总|的?(?:投资|产值|金额))")
_RUN = pattern("<run verbs>$")
_NOT_RUN = re.compile("[共，。]|次")
_OVER = frozenset(("more", "over", "open", "least"))
_WIDENED = frozenset(("more", "over", "open", "near", "about"))
_SESSION = re.compile("会议|全会|全体|党代会|常委|、|和")


def judge(amount: Amount, spot: Spot, places: Places) -> Kind:
    """Kind of a measured number: count, rate or money when it reports an amount, date or name otherwise."""
    enclosed = places.enclosed[amount.start]
    if enclosed and places.in_title(amount.start):
        return "name"
    before = spot.before
    if amount.unit_class == "rate":
        return "name" if before.endswith("个") else "rate"
    after = places.prose[amount.end : amount.end + 12]
    if enclosed and _is_quoted_name(amount, places):
        return "name"
    if _is_only_a_name(amount, before, places) or (amount.wording != "exact" and sorts(amount, after)):
        return "name"
    judge_unit = _BY_UNIT.get(amount.unit) or _BY_CLASS.get(amount.unit_class, _judge_counted)
    return judge_unit(amount, before, after)


def judge_cell(amount: Amount, *, counts: bool) -> Kind:
    """Kind of a number that fills a cell of a table; whatever it is elsewhere (110, 12345), there it counts."""
    if not counts or amount.unit_class == "label":
        return "name"
    if amount.unit_class in ("rate", "money"):
        return "rate" if amount.unit_class == "rate" else "money"
    return "count"


def _is_only_a_name(amount: Amount, before: str, places: Places) -> bool:
    """Whether a number counts nothing, whatever its unit: in a frequency, the counter of a page."""
    if before.endswith(_EVERY) or _is_split_wrongly(amount, places.text):
        return True
    start = amount.start
    return not before and _PAGE_COUNTER.search(places.text, max(0, start - 8), start) is not None


def _is_split_wrongly(amount: Amount, text: str) -> bool:
    """Whether commas join the digits to others in no groups that a number has (1,23,456); lists are no such thing."""
    start, end = amount.start, amount.end
    if text[start - 1 : start] != "," and text[end : end + 1] != ",":
        return False
    runs = _WITH_COMMAS.finditer(text, max(0, start - 24), end + 24)
    run = next((found for found in runs if found.start() <= start < found.end()), None)
    if run is None or (start <= run.start() and run.end() <= end):  # 1,204件,…: the comma behind it ends a clause
        return False
    if _SEVERAL.search(text, max(0, run.start() - 16), run.start()):
        return False
    groups = run.group().split(",")
    return len(groups) == 2 or max(map(len, groups)) > 2


def _is_quoted_name(amount: Amount, places: Places) -> bool:
    """Numbers in short quotations are names (“五类问题”); a quotation that is a sentence keeps its figures."""
    quoted = places.in_quotes(amount.start)
    if quoted is None:
        return False
    inside = places.text[quoted[0] : quoted[1]]
    return len(inside) <= 26 or not re.search("[，。；]", inside)


def _judge_money(amount: Amount, _before: str, after: str) -> Kind:
    if amount.chinese and len(amount.digits) == 1 and _DIVISION_NAME.match(after):
        return "name"
    classed = (amount.wording in _OVER or amount.high is not None) and _SIZE_CLASS.match(after)
    return "name" if classed else "money"


def _judge_age(_amount: Amount, before: str, _after: str) -> Kind:
    return "count" if _AVERAGE_AGE.search(before) else "name"


def _judge_score(_amount: Amount, before: str, _after: str) -> Kind:
    return "count" if _SCORE.search(before) else "name"


def _judge_label(amount: Amount, _before: str, _after: str) -> Kind:
    """第2届 and 3号 stand in an order; 1.2万路 (lines of a network) is counted."""
    if amount.unit == "路" and amount.digits.endswith("万"):
        return "count"
    return "ordinal" if amount.unit in ("届", "届次", "号", "等奖") else "name"


def _judge_time(amount: Amount, before: str, after: str) -> Kind:
    """办理时限压缩至3个工作日 is an amount; 三年行动, 60日内, 24小时 are not."""
    if before.endswith("提前") and _DONE_EARLY.match(after):
        return "count"
    shortened = _SHORTER_AFTER.match(after) or _SHORTER_BEFORE.search(before)
    if shortened and not (amount.chinese and amount.unit in _NAMED_TIME_UNITS):
        return "count"
    if amount.numeral.value % 1 and _TIME_COUNTS.search(before):
        return "count"
    if amount.unit in _NAMED_TIME_UNITS:
        return "date" if amount.unit in _DATE_UNITS else "name"
    if _TIME_NAMED.match(after) and not _SHORTENED.search(before):
        return "name"
    return "count" if _TIME_COUNTS.search(before) else "name"


def _judge_bare(amount: Amount, before: str, after: str) -> Kind:
    """No measure word: 20384经营主体 counts, 12345热线, 2022全国…奖 and 3.0 do not."""
    digits = amount.digits
    stands_last = not after or after[0] in "，。；、;（()）\n"
    if amount.chinese:
        return "count" if stands_last and (_MEASURED.search(before) or _IN_ALL.search(before)) else "name"
    if digits in _BARE_NUMBERS or _YEAR_OR_CODE.match(digits) or _CAPTION.search(before):
        return "name"
    if _JOINED_BEFORE.search(before) or _JOINED_AFTER.match(after):
        return "name"
    if digits.endswith(("百", "千", "万", "亿")) or amount.wording in _WIDENED:
        return "name" if _NOT_COUNTED.match(after) or after[:1] == "的" else "count"
    if "." in digits:
        return "count" if stands_last and _MEASURED.search(before) else "name"
    if _COUNTED_NOUN.match(after):
        # 省司法厅等5部门 sums up who acted together.
        return "name" if before.endswith("等") and _BODY.match(after) else "count"
    return "count" if _TOTAL.search(before) and stands_last else "name"


def _judge_counted(amount: Amount, before: str, after: str) -> Kind:
    """A measure word that counts: 以下5个方面 and 三人小组 do not report an amount."""
    if amount.unit in _LIST_UNITS and before.endswith(_LIST_HEAD):
        return "name"
    if amount.unit in ("人", "名") and _GROUP_NAME.match(after):
        return "name"
    if _stands_in_a_name(amount, before, after):
        return "name"
    return _judge_chinese(amount, before, after) if amount.chinese else "count"


def _stands_in_a_name(amount: Amount, before: str, after: str) -> bool:
    """Whether a number belongs to the name of a place, of a session or of a policy, or says how a text is laid out."""
    if amount.unit == "次" and before.endswith("届"):
        return _SESSION.match(after) is not None
    if amount.unit == "条":
        return amount.numeral.value < 100 and _NAMED_BY_ARTICLES.search(before) is not None
    if amount.chinese and amount.wording == "exact" and _IN_DIVISION.search(before):
        return _TOWN.match(after) is not None
    return (amount.unit, after[:2]) in _LAYOUT


def _judge_chinese(amount: Amount, before: str, after: str) -> Kind:
    """Chinese numerals before a measure word."""
    digits = amount.digits
    alone = digits in ("百", "千", "万", "亿") and amount.wording == "exact"
    if alone or (digits == "二" and amount.high is None) or _NOT_A_NOUN.match(after):
        return "name"
    if digits == "一" and amount.high is None:
        return _judge_one(amount, before, after)
    if amount.unit == "次" and "届" in before and _SESSION.match(after):
        return "ordinal"
    if amount.unit in ("期", "批") and not _RUN.search(before) and not _NOT_RUN.match(after):
        return "name"
    return "count"


def _judge_one(amount: Amount, before: str, after: str) -> Kind:
    """一 before a measure word is an article unless an event or a new thing is reported."""
    if _NOT_ONE.search(before) or "每" in before or amount.wording != "exact":
        return "name"
    if (each := _ONE_BY_ONE.search(before)) and each.group()[1:2] == amount.unit[:1]:
        return "name"
    if amount.unit in _THING_UNITS and _BUILT.search(before):
        return "count"
    if amount.unit not in _EVENT_UNITS:
        return "name"
    if _ONE_EVENT.search(before) and not _NOT_AN_EVENT.match(after):
        return "count"
    stands_last = not after or after[0] in "，。；、）)\n！"
    return "count" if stands_last and len(before) >= 4 and not _RATHER_NONE.search(before) else "name"


_Judge = Callable[[Amount, str, str], Kind]
_BY_UNIT: dict[str, _Judge] = {"岁": _judge_age, "分": _judge_score}
_BY_CLASS: dict[str, _Judge] = {
    "money": _judge_money,
    "label": _judge_label,
    "time": _judge_time,
    "": _judge_bare,
}
