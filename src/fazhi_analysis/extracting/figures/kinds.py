"""Whether a measured number reports an amount, or only stands in a name, a deadline, a list or a frequency.

Small Chinese numerals are the hard part: 十个重点领域 is an amount, 一个 usually is not, 两次 and 会议一次 are.
"""

from __future__ import annotations

import re

from fazhi_analysis.extracting.figures.amounts import Amount
from fazhi_analysis.extracting.figures.figure_context import Places, Spot
from fazhi_analysis.extracting.figures.lexicon import bare_nouns, bare_numbers
from fazhi_analysis.extracting.figures.table_cells import Cell
from fazhi_analysis.model import Kind

_COUNTED_NOUN = re.compile(bare_nouns())
_NOT_COUNTED = re.compile(r"(?:吨|千克|公斤|瓦|伏|米|元|平)级?|级|号|版|型|系|后|路|国道|省道|高速")
_CAPTION = re.compile(r"(?:表|图|附件|附表|附录|专栏|案例|例|注)$")
# 一 counts when an event is reported (召开一次推进会, 会议一次), not in 一个部门 or 同一件.
_ONE_EVENT = re.compile(
    r"(?:召开|开展|举办|组织|进行|举行|印发|出台|制定|修订|审议|听取|废止|办理|受理|发布|编印|审结|查处|立案|发生|承办|化解|调处"
    r"|新增|新建|建成|建立|设立|成立|提起|发出|纠错|纠正|撤销|败诉|变更|获评|荣获|收到|参加|通报|培训)(?:了|过|有)?$"
)
_ONE_UNITS = frozenset(["次", "场", "期", "件", "部", "份", "起", "宗", "例", "场次", "批次", "人次", "篇"])
# A thing that was built or a person who was hired counts too (新建一处公园); 一个, 一支 and 一套 are mostly articles.
_BUILT = re.compile(r"(?:新建|建成|设立|增设|新设|聘请|新增|新建成)(?:了)?$")
_BUILT_UNITS = frozenset(["处", "名", "家", "座", "所"])
_NOT_ONE = re.compile(
    r"(?:跑|综合查|只查|最多查|统一查|进|走|填|每|同|任|这|那|某|另|唯|统|第|逐|头|上|下|单|再|又|新|之|其|哪)$"
)
_TIME_COUNTS = re.compile(
    r"压缩|缩短|缩减|提速|用时|耗时|时限|时长|时间|天数|累计|共计|学习|培训|集训|脱产|轮训|平均|减少|办结需|优良|达标|值守|服务时"
)
_SHORTER_AFTER = re.compile("压缩|缩短|缩减|压减|减少?[至到为]|降[至到为]|提速")
_TIME_NAMED = re.compile(
    r"^(?:内|后|前|来|以来|制|行动|计划|规划|攻坚|专项|期|间|全天|不间断|不打烊|在线|自助|值班|热线|服务|无休|来访|一|之|的规划)"
)
_SCORE = re.compile(r"得分|评分|考核|考评|满意度|成绩|分值|测评|指数|均分|总分|得|评估|分数|排名")
_LIST_HEAD = ("以下", "如下", "下列")
_EVERY = ("每", "每隔", "每满", "凡")
_GROUP_NAME = re.compile(r"^(?:小组|议事|工作组|工作法|专班|足球|篮球|制足球|制篮球|赛制|合议庭|间|以上合议)")
_NOT_A_NOUN = re.compile(r"[“‘\d百千万亿]")
_SHORTER = re.compile("(?:压缩|缩短|缩减|压减|提速)[^，。]{0,6}$")
_YEAR_OR_CODE = re.compile(r"(?:(?:19|20)\d\d|0\d+)$")
_JOINED_BEFORE = re.compile(r"[A-Za-z.“+\-—/·#]$")
_JOINED_AFTER = re.compile(r"[A-Za-z+\-—/·”:：]")
_PAGE_COUNTER = re.compile(r"(?:浏览|点击|访问|阅读)(?:次数|量|数)?[:：]$")
# 超亿元项目236宗, 10亿元以上企业: a class by size, and the amount is what stands behind it.
_SIZE_CLASS = re.compile(r"(?:的|级)?(?:[\u4e00-\u9fff]{0,4})?(?:项目|企业|订单|案件)(?!总|的?(?:投资|产值|金额))")
_RUN = re.compile(r"(?:举办|开展|组织|开设|培训|培训班|讲座|简报|印发|编发|刊发|讲堂|研修班|先后|分|共|了)$")


def judge(amount: Amount, spot: Spot, places: Places) -> Kind:
    """Kind of a measured number: count, rate or money when it reports an amount, date or name otherwise."""
    text = places.text
    if places.in_title(amount.start):
        return "name"
    before = spot.before
    after = text[amount.end : amount.end + 12]
    if amount.unit_class == "rate":
        return "name" if before.endswith("个") else "rate"
    if _is_quoted_name(amount, places) or before.endswith(_EVERY):
        return "name"
    if not before and _PAGE_COUNTER.search(text, max(0, amount.start - 8), amount.start):
        return "name"
    if amount.unit_class == "money":
        classed = (amount.wording in ("over", "least") or amount.high is not None) and _SIZE_CLASS.match(after)
        return "name" if classed else "money"
    if amount.unit == "路" and amount.digits.endswith("万"):
        return "count"
    if amount.unit == "岁":
        return "count" if re.search("平均年龄[^，。]{0,4}$", before) else "name"
    if amount.unit_class == "label":
        return "ordinal" if amount.unit in ("届", "届次", "号", "等奖") else "name"
    if amount.unit_class == "time":
        return _judge_time(amount, before, after)
    if amount.unit_class == "":
        return _judge_bare(amount, before, after)
    if amount.unit == "分":
        return "count" if _SCORE.search(before) else "name"
    if amount.unit in ("个", "项", "条", "方面") and before.endswith(_LIST_HEAD):
        return "name"
    if amount.unit in ("人", "名") and _GROUP_NAME.match(after):
        return "name"
    if amount.chinese:
        return _judge_chinese(amount, before, after)
    return "count"


def judge_cell(amount: Amount, cell: Cell) -> Kind:
    """Kind of a number that fills a cell of a table."""
    if cell.is_head:
        return "name"
    if amount.unit_class in ("rate", "money"):
        return "rate" if amount.unit_class == "rate" else "money"
    return "name" if amount.unit_class == "label" or amount.digits in bare_numbers() else "count"


def _is_quoted_name(amount: Amount, places: Places) -> bool:
    """Numbers in short quotations are names (“五类问题”); a quotation that is a sentence keeps its figures."""
    quoted = places.in_quotes(amount.start)
    if quoted is None:
        return False
    inside = places.text[quoted[0] : quoted[1]]
    return len(inside) <= 26 or not re.search("[，。；]", inside)


def _judge_time(amount: Amount, before: str, after: str) -> Kind:
    """办理时限压缩至3个工作日 is an amount; 三年行动, 60日内, 24小时 are not."""
    shortened = _SHORTER_AFTER.match(after) or _SHORTER.search(before)
    if shortened and not amount.chinese:
        return "count"
    if amount.unit in ("年", "年度", "个年度", "月", "日", "届", "世纪", "昼夜", "学年", "学期", "周", "秒", "年级"):
        return "date" if amount.unit in ("月", "日", "年", "年度") else "name"
    if _TIME_NAMED.match(after) and not re.search("压缩|缩短|缩减", before):
        return "name"
    if amount.numeral.value in (24, 365, 7) and not _TIME_COUNTS.search(before):
        return "name"
    return "count" if _TIME_COUNTS.search(before) and not amount.chinese else "name"


def _judge_bare(amount: Amount, before: str, after: str) -> Kind:
    """No measure word: 10716经营主体 counts, 12345热线, 2020中国…奖 and 3.0 do not."""
    digits = amount.digits
    if digits in bare_numbers() or _YEAR_OR_CODE.match(digits) or _CAPTION.search(before):
        return "name"
    if _JOINED_BEFORE.search(before) or _JOINED_AFTER.match(after):
        return "name"
    if digits.endswith(("百", "千", "万", "亿")) or amount.wording in ("over", "near", "about"):
        return "name" if _NOT_COUNTED.match(after) or after[:1] == "的" else "count"
    if "." in digits:
        return "name"
    if _COUNTED_NOUN.match(after):
        return "count"
    total = re.search(r"(?:共|共计|合计|总计|总数|总量|[^参]数|[件人次]数)(?:为|达|达到|是)?$", before)
    return "count" if total and (not after or after[0] in "，。；、（(\n") else "name"


def _judge_chinese(amount: Amount, before: str, after: str) -> Kind:
    """Chinese numerals before a measure word."""
    digits = amount.digits
    alone = digits in ("百", "千", "万", "亿") and amount.wording == "exact"
    if alone or digits == "二" or _NOT_A_NOUN.match(after):
        return "name"
    if digits == "一":
        if _NOT_ONE.search(before) or "每" in before or amount.wording != "exact":
            return "name"
        if amount.unit in _BUILT_UNITS and _BUILT.search(before):
            return "count"
        if amount.unit in _ONE_UNITS and _ONE_EVENT.search(before) and not re.match("性|又|批|次", after):
            return "count"
        stands_last = not after or after[0] in "，。；、）)\n！"
        reported = stands_last and amount.unit in _ONE_UNITS and len(before) >= 4
        return "count" if reported and not re.search("至少|(?<!第)一", before) else "name"
    if amount.unit == "次" and re.search("届", before) and re.match("会议|全会|全体|党代会|常委会|、|和", after):
        return "ordinal"
    if amount.unit in ("期", "批") and not _RUN.search(before) and not re.match("[共，。]|次", after):
        return "name"
    return "count"
