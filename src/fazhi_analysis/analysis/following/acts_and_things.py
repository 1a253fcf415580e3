"""What a figure counts, by the words right before and behind it: the act, and the thing.

"开工建设灌溉渠9公里" and "建成灌溉渠7公里" count the same thing in different acts; "新增公办床位" and
"新增公办托育床位" are different things. Only a figure of the same thing in the same act says what became of a promise.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from fazhi_analysis.analysis.following.names import plain_name
from fazhi_analysis.analysis.following.similarity import Wording, contained, overlap, wording
from fazhi_analysis.catalogue.word_lists import pattern

NAMED: Final = 0.75
"""Share of the promised thing that the words of a later figure must name."""

ALIKE: Final = 0.65
"""Share of both things' content that they must have in common."""

_ENDS = re.compile(r"[，。；：！？,;:!?、\n\d]|以及")
_CLAUSE_ENDS = re.compile(r"[，。；：！？,;:!?\n]")
_FIGURE = re.compile(r"[\d.]+ *(?:[%％]|[万亿]{0,2}(?:元|[\u4e00-\u9fff]))?")
_LONGEST = 40
_TAIL = 16
_ACTS: Mapping[str, re.Pattern[str]] = {
    "begun": re.compile(r"开工(?!率)|动工(?![作业程会])|启动|开建|推进|推动|加快|攻坚|筹建|在建|续建"),
    "finished": re.compile(r"建成|完工|竣工|完成|投用|投入使用|打通|贯通|达标|交付|通车"),
    "new": re.compile(r"新[增建开设办推培认引修创选聘招制添]|新改扩?建|增[设聘]|增加(?!值)|建成|再增"),
    "net": re.compile(r"净增"),
    "renewed": re.compile(r"新?改扩?建|改造|升级|提升|整治|修缮"),
    "supplied": re.compile(r"供应|供给|配租|配售|分配"),
    "gathered": re.compile(r"筹集"),
    "received": re.compile(r"受理|收到|登记(?!失业)|接收"),
    "closed": re.compile(r"办结|审结|结案"),
    "ended": re.compile(r"废止|取消|失效"),
    "sifted": re.compile(r"清理|梳理|排查"),
    "stock": re.compile(r"总量|总数|保有量|存量"),  # 总量达64家 says nothing of those added
}
_STOCK = re.compile(
    r"不少于|不低于|不超过|控制在|稳定在|超过?|突破|达到?|约|近|力争|争取|确保|保持在?|实现|全年|全[区市县旗省]|年内|预计|累计|(?<!公)总?共(?!建)|平均|^均|"
    r"开展|组织|实施|举办|建设|大力|高标准|高质量|顺利|圆满|任务|以上|左右|总量|(?<=[\u4e00-\u9fff]{2})总?额(?=增长|下降|提高|，|$)|等|安排|^在|"
    r"今年|(?<![主重首需])要|(?<!不)再(?!生|就业|保险|贷款|造)|[也还又]|拟|预期|同比|将|继续|抓好|较好|大关|和$|(?:增长|下降|提高|提升|上升|降低|减少|增加(?!值)|压减)[到至]?|上涨|[增涨降]幅|增速|[增升降][到至]|"
    r"[由从](?:去年|上年|年初)?的?$|[由从](?:去年|上年|年初)的?|[为是]$|其中|^含"
)
_STARTED = re.compile(r"开工(?!率)|动工(?![作业程会])|启动|开建|在建|续建|奠基")
# What a year makes, where nothing says how many there shall be: 培育500名.
_MAKING = re.compile(
    "培育|创建|建成|新?建设|打造|制定|认定|引进|选任|选聘|聘请|遴选|开办|开设|设立|组建|新建|改建|评选|命名|建立|开通"
)
_GENERAL = re.compile(r"重[点大]|项目|企业|工程|活动|事项|单位|人员|问题|措施|平台|机构|工作|增至|升至|提高|增长|下降")
# Words that make what is counted no narrower.
_NEUTRAL = pattern(
    "<general verbs>|<manners>|行政|本级|各级?|各类|相关|专项|人民|人次|场次|次数|数量?|[合共总]计|一共|总|共|"
    "全部|目前|已|有|仅|只|了|的|和|及|者|约|近|宗|件|份|个|家|名|万|人民币"
)
_OTHER = re.compile("[^\u4e00-\u9fff]")
# What a change is measured from and who pays say nothing of what is counted: 比上年增加5亿元, 县财政安排3亿元.
_BASE_OR_PAYER = pattern(
    "(?:比|较|与|同)(?:<years before>|改革前|计划)(?:同期)?(?:相比)?的?"
    "|(?:中央|地方|各级|本级|[省市县区旗州]级?)?财政(?:资金|预算内?)?(?!收|支|赤字|补|供养|性|体制|转移|专项|管理|绩效)"
)
_EXAMPLES = re.compile(r"^.*(?:等|及周边)$")
_CLASS = re.compile("全口径|中小|小微|头部|龙头|骨干|规上|限上|上市|国有|民营|外资|国家级|省级|市级|区级|县级|旗级")
# What an amount of money is: an output is no value added.
_ACCOUNT = re.compile("增加值|产值|收入|利润|税收|支出|投资|销售")
# 加快新区开发建设，投资9亿元: the amount is of the new area.
_BUILT_UP = re.compile(r"(?:加快|推进|推动|抓好|加强|支持)(?P<what>[^，。；]{2,12}?)(?:开发|建设|发展|改造)+，")
_MEMBERS = re.compile("[和与及、]")
_OF_A_DATE = ("年", "月", "日")
_BRACKETS = re.compile("[（(][^（()）\\d]{0,16}[）)]")
_OPENED = re.compile("[（()）]")
_LEVEL = re.compile("达到?|突破|超过?|[增升]至|保持在?|稳定在|现有|共有")
_RATE_NAME = re.compile("率(?:为|是|提[高升]|保持|稳定|达|增|升|要)?[^率]{0,4}[至到达为]$")
_SUFFIX = re.compile(r"(?:家|户|人|(?<!文)件)?数$|金额$|同比[增降]幅$")


@dataclass(frozen=True, slots=True)
class Measure:
    """What one figure counts: the acts that its words name, and the thing without them; ``words`` are the whole of it,
    without what says how much is aimed at."""

    acts: frozenset[str]
    thing: Wording
    is_telling: bool
    words: str = ""


def around(text: str, start: int, end: int) -> tuple[str, str, str]:
    """The words right before a figure, those right behind it, up to a sign or another figure, and its clause so far.

    >>> around("新建步道5公里、河堤6公里，疏浚9条排水渠。", 16, 18)
    ('疏浚', '排水渠', '疏浚')
    >>> around("新建步道5公里、河堤6公里，疏浚9条排水渠。", 10, 13)
    ('河堤', '', '新建步道5公里、河堤')
    """
    before = _BRACKETS.sub("", text[max(0, start - _LONGEST) : start])
    tail = _OPENED.split(_ENDS.split(_BRACKETS.sub("", text[end : end + _TAIL]))[0])[0]
    lead = _OPENED.split(_ENDS.split(before)[-1])[-1]
    if lead[:1] in _OF_A_DATE:
        lead = lead[1:]
    elif before[: len(before) - len(lead)][-1:].isdigit():  # 120个路口和3600盏: what another figure counts
        lead = re.split("[和及与]", lead)[-1] if re.search("[和及与]", lead) else lead[1:]
    return lead.strip(), tail.strip(), _CLAUSE_ENDS.split(before)[-1].strip()


def measure_of(row: Mapping[str, Any]) -> Measure:
    """What a row counts: by the words around it where the text is kept, else by its label."""
    label, region = _SUFFIX.sub("", _SUFFIX.sub("", str(row["label"]))), str(row.get("region") or "")
    if not row.get("around"):
        return _measure(label, "", "", region)
    if "分别" in row["around"][2]:  # 甲、乙分别增长3%、4%: which is whose, the label has
        return _measure(label, "", "", region)
    found = _measure(*row["around"], region)
    if found.is_telling:
        return found
    # 实现生产总值146亿元，增长6.2%: the thing stands in the clause before, and the label has it.
    labelled = _measure(label, "", "", region)
    if labelled.is_telling or not row.get("context"):
        return labelled
    # 整治危旧房屋，全年开工整治29户: neither has it.
    before = _CLAUSE_ENDS.split(str(row["context"]).removesuffix(row["around"][2]).rstrip("，,"))[-1]
    whole = _measure(before, "", "", region)
    return Measure(found.acts or whole.acts, whole.thing, whole.is_telling, whole.words)


@lru_cache(maxsize=50_000)
def _measure(lead: str, tail: str, clause: str, region: str) -> Measure:
    lead, tail, clause = (plain_name(words, region) for words in (lead, tail, clause))
    found = _read(lead, tail)
    if found.is_telling:
        return found if found.acts else Measure(_last_acts(clause), found.thing, True, found.words)
    whole = _read(_FIGURE.sub("", clause), tail)
    return Measure(
        found.acts or whole.acts, whole.thing, whole.is_telling, whole.words
    )  # 总额32.7亿元、增长5.1%; 覆盖率由68%提高至85%


def _last_acts(clause: str) -> frozenset[str]:
    """The act of a list, which its first item alone names: 建成步道5公里、河堤6公里."""
    places = {name: max((one.start() for one in words.finditer(clause)), default=-1) for name, words in _ACTS.items()}
    last = max(places.values())
    return frozenset(name for name, place in places.items() if place == last >= 0)


def _read(lead: str, tail: str) -> Measure:
    acts = frozenset(name for name, words in _ACTS.items() if words.search(lead + tail))
    named = _BASE_OR_PAYER.sub("，", tail if _EXAMPLES.match(lead) else f"{lead}{tail}")
    thing = named
    for words in (*_ACTS.values(), _STOCK):
        thing = words.sub("，", thing)
    content = wording(thing)
    whole = re.sub(r"[^\u4e00-\u9fff\w]", "", _STOCK.sub("", named))
    return Measure(acts, content, bool(re.search(r"[一-鿿]{2}", _GENERAL.sub("，", thing))), whole)


def names_a_rate(row: Mapping[str, Any]) -> bool:
    """Whether a figure is part of the name of a rate that follows it: 800米 of 800米社区药店覆盖率升到90%.

    >>> names_a_rate({"kind": "count", "around": ("", "公交站点覆盖率提升至", "")})
    True
    """
    return str(row["kind"]) != "rate" and bool(row.get("around")) and _RATE_NAME.search(row["around"][1]) is not None


def same_acts(target: Mapping[str, Any], row: Mapping[str, Any]) -> bool:
    """Whether a later figure may be of the promised act: one that was begun is not finished, 新增 is not 净增.

    >>> begun, built = ({"around": (lead, "公里管廊", lead), "label": ""} for lead in ("开工", "建成"))
    >>> same_acts(begun, built), same_acts(built, built)
    (False, True)
    """
    ours, theirs = measure_of(target).acts, measure_of(row).acts
    if _has_started(row) and not _has_started(target):
        return False
    if "stock" in theirs and "stock" not in ours and not _is_level(target):
        return False
    if {"new", "renewed"} <= theirs and ours and not {"new", "renewed"} <= ours:
        return False  # 新建3座 is not kept by 新建和改造7座, nor are 改造3座
    if {"new", "renewed"} <= ours and "new" in theirs and not {"renewed", "finished"} & theirs:
        return False  # 新改扩建9家 is not missed by 新增6家, which leaves out what was rebuilt
    if "renewed" in theirs and "new" in ours and "renewed" not in ours:
        return False
    return not ours or not theirs or bool(ours & theirs)


def _has_started(row: Mapping[str, Any]) -> bool:
    """Whether a figure counts what has only been started, which 推进 and 加快 leave open."""
    lead, tail, clause = row.get("around") or ("", "", str(row["quote"]))
    return _STARTED.search(f"{clause or lead}{tail}") is not None


def is_new(row: Mapping[str, Any]) -> bool:
    """Whether a figure is of what was added, which in a list its first member says (新增甲5公里、乙6公里)."""
    return bool(row.get("around")) and "new" in measure_of(row).acts


def says_made(row: Mapping[str, Any]) -> bool:
    """Whether the clause of a figure says that it counts what was made in its year, as what was added."""
    return is_new(row) or (bool(row.get("around")) and _says_making(row))


def _says_making(row: Mapping[str, Any]) -> bool:
    return _MAKING.search(f"{row['around'][2]}|{row['around'][0]}") is not None


def makes(target: Mapping[str, Any]) -> bool:
    """Whether a promised figure is how many are to be made in the year (培育500名), not how many there shall be.

    >>> trained, held = ({"around": (lead, "", lead), "quote": lead} for lead in ("培育法律明白人", "法律明白人达到"))
    >>> makes(trained), makes(held)
    (True, False)
    """
    if not target.get("around") or _is_level(target):
        return False
    return _says_making(target)  # in a list the first member alone says it: 引进企业3家、院所5家


def may_settle(target: Mapping[str, Any], row: Mapping[str, Any], *, kept: bool) -> bool:
    """Whether a later figure of a narrower or wider thing may settle a promise with this outcome.

    203 small firms of 400 firms break nothing, 6 firms keep nothing of 6 leading ones, and a rate or an amount of money
    of another whole does neither.

    >>> firms, small = ({"around": ("", words, ""), "label": "", "quote": words, "kind": "count", "change": "level",
    ...                  "indicator_id": ""} for words in ("家企业上云", "家中小企业上云"))
    >>> [may_settle(firms, small, kept=True), may_settle(firms, small, kept=False), may_settle(small, firms, kept=True)]
    [True, False, False]
    """
    if _of_a_place_within(target, row):
        return False
    ratio = str(target["kind"]) == "rate" or str(target["change"]) != "level"
    # What the catalogue names is one thing in both; only more words than the promise has make it narrower.
    linked = bool(target["indicator_id"]) and target["indicator_id"] == row["indicator_id"]
    wider, narrower = says_no_more(row, target), linked or says_no_more(target, row)
    classes = class_of(target), class_of(row)
    wider, narrower = wider and not classes[1] - classes[0], narrower and not classes[0] - classes[1]
    if ratio:
        return wider and narrower
    if not kept and _is_of_one_member(target, row):
        return False
    return narrower and (wider or str(target["kind"]) == "count") if kept else wider


def _is_of_one_member(target: Mapping[str, Any], row: Mapping[str, Any]) -> bool:
    """Whether a promise counts several things together and the later figure leaves one of them out.

    >>> both, one = ({"around": (words, "项", words)} for words in ("实施节水改造和测土配方项目", "实施测土配方项目"))
    >>> _is_of_one_member(both, one), _is_of_one_member(both, both)
    (True, False)
    """
    members = _MEMBERS.split("".join((target.get("around") or ("", ""))[:2]))
    told = wording("".join(row.get("around") or ()))
    named = [wording(words) for words in members] if len(members) > 1 else []
    return any(one.weight >= 1 and contained(one, told) < NAMED for one in named)


def _of_a_place_within(target: Mapping[str, Any], row: Mapping[str, Any]) -> bool:
    """Whether an amount is promised of what the clause before builds up, which the later figure does not name.

    >>> port = {"around": ("投资", "", "投资"), "context": "加快砚东片区开发建设，投资", "kind": "money"}
    >>> _of_a_place_within(port, {"context": "全县投资"}), _of_a_place_within(port, {"context": "砚东片区提速，投资"})
    (True, False)
    """
    before = str(target.get("context") or "").removesuffix((target.get("around") or ("", "", ""))[2])
    found = list(_BUILT_UP.finditer(before)) if str(target["kind"]) == "money" else []
    if not found:
        return False
    built = found[-1]
    around = "".join(row.get("around") or ())
    return contained(wording(built["what"]), wording(f"{row.get('context') or ''}{around}")) < NAMED


def says_no_more(row: Mapping[str, Any], than: Mapping[str, Any]) -> bool:
    """Whether what a figure counts is named with no word that the other one, its clause or its label lacks."""
    words = measure_of(row).words
    for neutral in (*_ACTS.values(), _MAKING, _STOCK, _GENERAL, _NEUTRAL):
        words = neutral.sub("", words)
    # A promise is of what its clause names; a result may have its thing from the clause before.
    before = "" if str(than.get("role")) in ("target", "plan") else than.get("context") or ""
    known = "".join((*(than.get("around") or (than["quote"],)), str(than["label"]), str(before)))
    known += plain_name(known, str(than.get("region") or ""))
    return set(_OTHER.sub("", words)) <= set(known)


def _is_level(target: Mapping[str, Any]) -> bool:
    """Whether a promised figure is how many there shall be: 企业达20家, not 企业20家 in a list of additions."""
    if not target.get("around"):
        return True
    return _LEVEL.search(f"{target['around'][0]}{target.get('quote') or ''}") is not None


def says_level(row: Mapping[str, Any]) -> bool:
    """Whether the words right before a figure say that it is how many there are, and name no making (企业达20家).

    >>> held, made = ({"around": (words, "", words), "label": ""} for words in ("高新企业达", "培育企业"))
    >>> says_level(held), says_level(made)
    (True, False)
    """
    lead = row["around"][0] if row.get("around") else ""
    return _LEVEL.search(lead) is not None and _MAKING.search(lead) is None and "new" not in measure_of(row).acts


def names_nothing_else(target: Mapping[str, Any], row: Mapping[str, Any]) -> bool:
    """Whether a later figure may count the promised thing: its own words, if they are telling, name no other thing."""
    theirs = measure_of(row)
    if not theirs.is_telling or not row.get("around"):
        return True
    _, tail, clause = target.get("around") or ("", "", str(target["quote"]))
    words = [measure_of(target).thing, wording(f"{clause}{tail}")]
    return any(contained(theirs.thing, one) >= NAMED for one in words)


def class_of(row: Mapping[str, Any]) -> frozenset[str]:
    """The class to which a counted thing is limited: 中小 of 中小企业, none of 企业.

    >>> class_of({"around": ("", "家中小企业上云", "")})
    frozenset({'中小'})
    """
    lead, tail, clause = row.get("around") or ("", "", str(row["quote"]))
    # 全口径税收84亿元，增长4%: the thing stands in the clause before, and the label has it.
    label = "" if not row.get("around") or _read(lead, tail).is_telling else str(row["label"])
    return frozenset(_CLASS.findall(f"{lead or clause}{tail}{label}".replace("规模以上", "规上")))


def same_thing(target: Mapping[str, Any], row: Mapping[str, Any]) -> bool:
    """Whether a later figure counts the promised thing, no wider and no narrower one, in the same act.

    >>> school, nursery = ({"around": (lead, "", lead), "label": ""} for lead in ("新增公办学位", "新增公办园学位"))
    >>> same_thing(school, school), same_thing(school, nursery)
    (True, False)
    """
    ours, theirs = measure_of(target), measure_of(row)
    if not ours.is_telling or not theirs.is_telling or not same_acts(target, row):
        return False
    if set(_ACCOUNT.findall(ours.words)) != set(_ACCOUNT.findall(theirs.words)):
        return False
    if ours.words and ours.words == theirs.words:
        return True
    return contained(ours.thing, theirs.thing) >= NAMED and overlap(ours.thing, theirs.thing) >= ALIKE
