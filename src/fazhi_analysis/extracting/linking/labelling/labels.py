"""A clean label for a figure: the indicator's name, or a short noun phrase made from the words beside it."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from fazhi_analysis.catalogue.data_files import data_rows
from fazhi_analysis.catalogue.word_lists import first_look, pattern, words
from fazhi_analysis.model import Quantity

LONGEST = 18
_REACH = 48
_NOUN = 12
_REDUCED = re.compile(r"减|缩|下降|少")
_BARE = pattern("(?:其中|拟)?<outcomes>(?:数|件数|人数)")
_LEANING = pattern("(?:<leaning nouns>)(?:数|人数|人次|件数)?")
_COUNTED = re.compile(r"(?:[次期份篇]数|场次|人数|人次|数)$")
# 废止12件、修改9件: what is amended is none of what is repealed.
_REPEALED = pattern("^(?:<repealed>|[和、与])+(?=.)")
_NOTE = re.compile(r"（[^（）]*）?$")
_JOINT = re.compile(r"[、和及与的，]")
_FAR_JOINT = pattern("共?<phrase verbs>|等形式|[、和及与的，等]|中(?!心)")
_LEADING = pattern("^<leading words>+")
_RATE = re.compile(r"率|比|度|幅")
_CHANGE_NAMED = pattern("(?:<rise nouns>|<fall nouns>)$")
_TIME = re.compile("时间|时限|期限|时长|周期|工期")
_TIME_UNITS = frozenset({"小时", "分钟", "天", "日", "个工作日", "工作日", "月", "个月", "年", "周"})
_CHANGE_WORDS = {"yoy_pct": "同比变化率", "yoy_abs": "同比变化量", "points": "变化百分点", "reduction": "减少量"}
_RISEN = {"yoy_pct": "同比增幅", "yoy_abs": "同比增加", "points": "上升百分点"}
_FALLEN = {"yoy_pct": "同比降幅", "yoy_abs": "同比减少", "points": "下降百分点"}
CHANGE_WORDS = frozenset((*_CHANGE_WORDS.values(), *_RISEN.values(), *_FALLEN.values()))
"""Every word that a label of a change ends in."""
_RISE = pattern(r"(?:<rise verbs>|<rise nouns>|多|升|增)了?(?:达|为|约|近|超过?)?[^，。；、\d]{0,4}$")
_FALL = pattern(r"(?:<fall verbs>|<cut verbs>|<fall nouns>|少|降|减)了?(?:达|为|约|近|超过?)?[^，。；、\d]{0,4}$")
_FALL_AFTER, _RISE_AFTER = re.compile("的?(?:降幅|减幅)"), re.compile("的?(?:增幅|升幅)")
_OPENERS = pattern("<openers>+")
_ADVERBS = pattern(f"{first_look('adverbs')}(?:<adverbs>)")
_DIVISION = pattern("个?(?:<divisions>)")
# 达到 is also 达 and 到: read again in another way, a run of them would have no end of readings.
_ENDERS = pattern(f"{first_look('enders')}(?><enders>)+$")
_TAIL_STOP = pattern(f"{first_look('noun stops')}(?:<noun stops>)")
# 15家单位的方案: what is counted owns what follows.
_OWNER = pattern("([^的]{0,8}?<owners>)的")
_NOUN_JOINT = re.compile(r"(?<=..)[的、]|(?<=..)(?=对|在|为)")
_BARE_CHANGE = pattern(
    r"[（，,、\s]*(?:件?数量?)?"
    r"(?:同比|环比|(?:较|比|与)(?:<years before>|20\d\d年)(?:同期)?(?:的)?(?:相比)?[，\s]*)"
    r"<change manners>?(?:<rise verbs>|<fall verbs>)了?(?:约|近|超过?|达)?"
    r"|[（，,、\s]*<change manners>?(?:<rise plain>|<fall plain>|降低|微[跌降升涨增])了?(?:约|近|超过?|达)?"
    r"|[，,]<cut verbs>(?:率|比例|幅度)?(?:达到?)?"
)
SAME_TIME = pattern(r"[，,、（\s]*(?:较|比)<years before>(?:同期)?的?")
_UNNAMED = "未注明事项"
_SUM = pattern(r"(?:^|[\n\t])(<head totals>)$")
_CONTROL = re.compile(r"[^\w、，（）：·%/.-]+|(?<!\d)\.|\.(?!\d)")
# What is a measure itself has no number beside it: 粮食总产量, PM2.5平均浓度.
_MEASURE = re.compile("(?:产量|浓度|面积|里程)$")
_SUFFIX = {
    "%": "率",
    "人": "人数",
    "名": "人数",
    "位": "人数",
    "人次": "人次",
    "次": "次数",
    "场": "场次",
    "场次": "场次",
    "户": "户数",
    "家": "家数",
}


def label_for(metric: Quantity, name: str, head: str, tail: str) -> str:
    """Label of a metric; ``name`` is the indicator's, empty for a figure that belongs to none.

    >>> figure = Quantity(0, 2, "2项", 2, 2, 2, "项", "exact", "count", True)
    >>> label_for(figure, "", "", "便民举措得到推广"), label_for(figure, "", "其中开设夜间窗口", "")
    ('便民举措数', '开设夜间窗口数')
    >>> fall = Quantity(0, 4, "8.6%", 8.6, 8.55, 8.65, "%", "exact", "rate", True, change="yoy_pct")
    >>> label_for(fall, "行政处罚案件数", "同比下降", "")
    '行政处罚案件数同比降幅'
    """
    if not name:
        total = None if tail else _SUM.search(head)  # of a row that sums up a table
        name = (total[1] if total else "") or _printable(_phrase(metric, head, tail)) or _UNNAMED
    change = _change_word(metric, head, tail)
    if change and (_CHANGE_NAMED.search(name) or (metric.change == "reduction" and _REDUCED.search(name))):
        return name
    return f"{name}{change}" if change and not name.endswith(change) else name


def _printable(phrase: str) -> str:
    """The phrase without signs that no label has; most have nothing but letters and digits."""
    return phrase if phrase.isalnum() else _CONTROL.sub("", phrase)


def _change_word(metric: Quantity, head: str, tail: str) -> str:
    """Word for a change, with its direction: the printed number itself has no sign (下降8.6% is 8.6)."""
    if metric.change == "level":
        return ""
    if metric.change in _RISEN:
        if _FALL.search(head) or _FALL_AFTER.match(tail):
            return _FALLEN[metric.change]
        if _RISE.search(head) or _RISE_AFTER.match(tail) or "翻" in metric.text:
            return _RISEN[metric.change]
    return _CHANGE_WORDS.get(metric.change, "")


def is_bare_change(between: str) -> bool:
    """Whether the words between two figures say no more than that the second is a change of the first.

    >>> is_bare_change("，同比增长"), is_bare_change("，罚款金额同比增长")
    (True, False)
    """
    return _BARE_CHANGE.fullmatch(between) is not None


def changed_label(metric: Quantity, label: str, head: str) -> str:
    """Label of a change, of a later or of an earlier level, from the label of the figure before it.

    >>> fall = Quantity(0, 2, "8%", 8, 7.5, 8.5, "%", "exact", "rate", True, change="yoy_pct")
    >>> changed_label(fall, "行政许可数", "同比下降")
    '行政许可数同比降幅'
    """
    if SAME_TIME.fullmatch(head):
        return f"上年同期{label}"
    label = label.removeprefix("上年同期")
    if metric.change == "reduction" and metric.kind == "rate":
        return f"{label}压减比例"
    return f"{label}{_change_word(metric, head, '')}"


def renamed(label: str, name: str) -> str:
    """A label under another name of what is counted; a change stays named as one.

    >>> renamed("开庭次数", "败诉案件数"), renamed("开庭次数同比增幅", "败诉案件数")
    ('败诉案件数', '败诉案件数同比增幅')
    """
    return name + next((word for word in CHANGE_WORDS if label.endswith(word)), "")


def is_bare(label: str) -> bool:
    """Whether a label says what became of things and not what they are (合格数, 采纳数).

    >>> is_bare("合格数"), is_bare("会议次数")
    (True, False)
    """
    return _BARE.fullmatch(label) is not None


def leans(label: str) -> bool:
    """Whether a label needs what stands before it: 参训人员 of which training, 发现问题 by which inspection.

    >>> leans("参训人员数"), leans("参训教师人数")
    (True, False)
    """
    return _LEANING.fullmatch(label) is not None


def leaning_label(before: str, label: str) -> str:
    """Label of a noun that leans on another one, from the label of the figure before it or the words of the clause.

    >>> leaning_label("普法骨干培训班期数", "参训人员人数"), leaning_label("组织案卷评查", "发现问题数")
    ('普法骨干培训班参训人员人数', '案卷评查发现问题数')
    """
    return f"{_COUNTED.sub('', _noun_before(before))}{label}"


def division_label(unit: str, tail: str) -> str:
    """Label of a figure that only divides what the next one counts; empty where its unit divides nothing.

    >>> division_label("大类", "重点工作，逐项落实"), division_label("件", "文件")
    ('重点工作大类数', '')
    """
    noun = _noun_after(tail) if _DIVISION.fullmatch(unit) else ""
    return f"{noun}{unit.removeprefix('个')}数" if noun else ""


def joined_label(stem: str, participle: str) -> str:
    """Label of a bare participle (合格数, 修改数) after the label of the figure that it stands with.

    >>> joined_label("案卷评查数", "合格数"), joined_label("废止和宣布失效文件数", "修改数")
    ('案卷评查合格数', '文件修改数')
    """
    if stem == participle:  # the same column of a table, for another place
        return participle
    return f"{_REPEALED.sub('', stem).removesuffix('数')}{participle}"


def _phrase(metric: Quantity, head: str, tail: str) -> str:
    """Noun phrase from the words after the figure, else from those before it."""
    after = _noun_after(tail) if tail else ""
    before = _noun_before(head) if head and (metric.kind == "rate" or not after) else ""
    if metric.kind == "rate":
        phrase = before.lstrip("）（、， ") or tail.strip("、， 的")[:LONGEST]
        return phrase if _RATE.search(phrase) or metric.change != "level" else f"{phrase}比率"
    phrase = after or before
    if not phrase and tail:
        bare = _LEADING.sub("", tail)
        phrase = _noun_after(bare) or bare[:LONGEST]
    if metric.kind == "money":
        return phrase if phrase.endswith(words("money nouns")) else f"{phrase}金额"
    return _with_suffix(phrase, metric.unit)


def _with_suffix(phrase: str, unit: str) -> str:
    """The phrase with the word for its number: 人数, 场次, 数."""
    suffix = _SUFFIX.get(unit, "数")
    if unit in _TIME_UNITS and _TIME.search(phrase):
        return phrase
    if suffix == "人次":
        phrase = phrase.removesuffix("人数") if phrase != "人数" else ""
        return f"{phrase.removesuffix('数')}人次"
    if phrase.endswith(suffix) or (suffix == "数" and _MEASURE.search(phrase)):
        return phrase
    return f"{phrase.removesuffix('数')}{suffix}" if phrase else f"{_UNNAMED}（{unit or '无单位'}）"


def _noun_before(head: str) -> str:
    """The noun that stands before a figure, without what opens the clause and what leads to the number."""
    return _noun_within(head.rsplit("：", 1)[-1][-_REACH:])


@lru_cache(maxsize=1024)  # a third of the figures have words before them that another one has
def _noun_within(before: str) -> str:
    if opened := _OPENERS.match(before):
        before = before[opened.end() :]
    if ended := _ENDERS.search(before):
        before = before[: ended.start()] + before[ended.end() :]
    counted = _ADVERBS.split(before)[-1]  # 乡镇共认领: what is counted comes after the adverb
    return _last_words(_NOTE.sub("", counted) if "（" in counted else counted)


def _noun_after(tail: str) -> str:
    """The noun that follows a figure, up to the verb; long ones keep their beginning."""
    noun = _TAIL_STOP.split(tail.lstrip("的"), maxsplit=1)[0].strip(" 的")
    if (owner := _OWNER.match(noun)) is not None:
        return owner[1]
    return noun if len(noun) <= _NOUN else _NOUN_JOINT.split(noun, maxsplit=1)[0][:_NOUN]


def _last_words(phrase: str) -> str:
    """A long phrase keeps its end, from a joint in the phrase if there is one near."""
    if len(phrase) <= LONGEST:
        return phrase
    cut = phrase[-LONGEST:]
    joint = _JOINT.search(cut, 0, LONGEST // 2) or _FAR_JOINT.search(cut, 0, LONGEST - 3)
    return cut[joint.end() :] if joint else cut


@cache
def _fuller_names() -> dict[str, tuple[re.Pattern[str], str]]:
    rows = data_rows("extracting/data/label_overrides.csv")
    return {row["indicator_id"]: (re.compile(row["words"]), row["label"]) for row in rows}


def fuller_name(indicator_id: str, name: str, clause: str) -> str:
    """The name of an indicator, fuller where the clause says more than the name: who appeared in court, for one.

    The catalogue's name never says more than every report that it covers.

    >>> fuller_name("litigation_appearance_rate", "出庭应诉率", "行政机关负责人出庭应诉率100%")
    '行政机关负责人出庭应诉率'
    >>> fuller_name("litigation_appearance_rate", "出庭应诉率", "出庭应诉率100%")
    '出庭应诉率'
    """
    words, fuller = _fuller_names().get(indicator_id, (None, name))
    return fuller if words is not None and words.search(clause) else name
