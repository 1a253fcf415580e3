"""The grammar of numeric expressions: one regular expression that a report is read with, once.

Alternatives stand in order of trust: document numbers, dates, ordinals, composite names, fixed terms, and last what may
be an amount: wording, number, scale, 余, scale, measure word, wording. The name of the group that matched tells which.
"""

from __future__ import annotations

import re
from functools import cache

from fazhi_analysis.catalogue.word_lists import words
from fazhi_analysis.extracting.figures.fixed_terms import read_terms, term_pattern
from fazhi_analysis.extracting.figures.numerals import ARABIC, CHINESE, SCALED
from fazhi_analysis.extracting.figures.units import unit_pattern

HAN = "[一二两三四五六七八九十]"
DASH = r"(?:[-—–−~～―]{1,2}|至|到)"

# What may stand before or after a number and widen it, by what it means for the interval.
_BEFORE = {
    "least": words("at least before"),
    "under": words("at most before"),
    "open": words("more than before"),
    "over": words("over before"),
    "near": words("near before"),
    "about": words("about before"),
}
_AFTER = {
    "more": words("more after"),
    "over": words("over after"),
    "under": words("at most after"),
    "about": words("about after"),
}
_GUARD = re.compile(r"\(\?<?[!=][^)]*\)")  # what may not stand beside a word, because it would be another (签约, 附近)
WORDING_BEFORE = {_GUARD.sub("", word): wording for wording, found in _BEFORE.items() for word in found}
WORDING_AFTER = {_GUARD.sub("", word): wording for wording, found in _AFTER.items() for word in found}

YEAR = r"(?:(?:19|20)[0-9][0-9]|[一二][九〇零○][〇零○一二三四五六七八九]{2})"
_MONTH = rf"(?:[0-9]{{1,2}}|{HAN}{{1,3}})月"
_DAY = rf"(?:[0-9]{{1,2}}|{HAN}{{1,3}})[日号]"
# A look ahead at what every date and composite name has ends the trial of each of their forms at other numbers.
_DATE = rf"""
    (?<![0-9])(?=[0-9]+[-—–−~～至到年月./]|{HAN}{{1,3}}月|[一二][九〇零○])(?:
    {YEAR}年?[-—–−~～至到]{{1,2}}(?:{YEAR}|[0-9][0-9](?![0-9]))(?:年度?|(?=[)）]))     # 2021-2025年
    |{YEAR}年(?:度|代|份)?(?:[0-9]{{1,2}}[-—–−~～至到]{{1,2}}(?={_MONTH}))?(?:{_MONTH}(?:份|{_DAY})?)?  # 2023年1-6月
    |{YEAR}[-./][0-9]{{1,2}}[-./][0-9]{{1,2}}(?![0-9.])
    |{YEAR}\.[0-9]{{1,2}}(?=[-—–~至]{YEAR})
    |{HAN}{{1,3}}月{HAN}{{1,3}}日
    |(?:[0-9]{{1,2}}[-—–−~～至到]{{1,2}})?[0-9]{{1,2}}月(?:份|{_DAY})?
    )"""
_DOCUMENT = rf"[〔［\[【（(]{YEAR}[〕］\]】）)](?:第)?[0-9]+(?:-[0-9]+)?号|〔{YEAR}〕[0-9]+号?"
# Measure words of serial numbers; the unit of an ordinal is shown, never counted.
_SERIAL = "[批次届个条款项章期名位号轮场站类种级部件家例起]"
_ORDINAL = rf"第(?:[0-9]+|{CHINESE})(?:[-—至、]第?(?:[0-9]+|{CHINESE}))?(?:号令|批次|{_SERIAL})?"
_FRONT = rf"(?<![底以之此汛目提会庭日月事年])前(?:[0-9]+|{CHINESE})(?:名|位|强|列|佳|个月|季度|(?=[，。、；的位行）]))"
_FIRST = r"首[例届批]"
_COMPOSITE = rf"""
    (?=[A-Za-z]|[0-9]+(?:\.[0-9]+)?[-+×xX*∶·/A-Za-z℃°]|1[3-9][0-9]{{9}})(?:
    (?<![0-9])[0-9]+(?:\.[0-9]+)?(?:[+×xX*∶·/](?:[0-9]+(?:\.[0-9]+)?|[NnXxMm](?![a-z])))+(?:小时)?
    |[0-9]{{3,4}}-[0-9]{{7,8}}(?![0-9])|(?<![0-9])1[3-9][0-9]{{9}}(?![0-9])
    |(?<![A-Za-z])(?!RMB|CNY|USD|HKD|EUR)[A-Za-z]{{1,12}}[-.]?[0-9][0-9A-Za-z]*(?:[.-][0-9A-Za-z]+)*
    |(?<![0-9])[0-9]+(?:\.[0-9]+)?(?=[A-Za-z℃°])(?![wW][+\u4e00-\u9fff])
    |(?<![0-9])[0-9]+(?=\+(?!%|{unit_pattern("count")})))
    """
_MARKER = (
    r"(?:(?<=[\n。；;：:\t])|(?<![\s\S]))[0-9]{1,2}(?:[.、)）](?![0-9])|\.(?=[0-9]+\.[0-9]+[万亿%‰元个倍]))"
    r"|[(（][0-9]{1,2}[)）]"
)
_CN_RATE = rf"(?:百分之|千分之)(?P<share>{CHINESE}|{ARABIC})"
_BRANCHES = {
    "marker": _MARKER,
    "document": _DOCUMENT,
    "date": _DATE,
    "ordinal": f"{_ORDINAL}|{_FRONT}|{_FIRST}",
    "composite": _COMPOSITE,
    "doubled": (
        r"(?P<doubled_before>超|近|约)?翻了?(?P<doubled_about>超|近|约)?(?P<times>[一两二三四])番"
        r"(?P<doubled_more>多)?"
    ),
}
_MINUS = (
    r"(?:(?:(?<![0-9%a-zA-Z\u4e00-\u9fff])|(?<=[比幅为达至速长])|(?<=增长率|增减率))-"
    r"|(?<=同比|环比|增长|增幅|增速)(?:—|–|--))?"
)
_LOW_UNIT = r"%|‰|(?:个)?百分点|倍|成|万?元|人次|个工作日|工作日|学时|[个件项次人名家户份部条批期场起宗处所天日年]"
_HIGH = rf"(?:(?P<low_unit>{_LOW_UNIT})?{DASH}(?P<high>{ARABIC}(?:{SCALED})?))?"
_HALVED = "天|小时|成(?!品)|公里|亩|个(?:百分点|小时|月|工作日|学时|星期)"
_NOT_HALF = "上下前后大过多参夜一各每折减对"
_COIN = "[0-9一二两三四五六七八九壹贰叁肆伍陆柒捌玖]"
_ENDS_HERE = r"(?=[，。；、,;)）\n]|\Z)"  # a number that needs no measure word, because it is the last word
_NUMERALS = "零〇一二两三四五六七八九十百千万亿半廿卅壹贰叁肆伍陆柒捌玖拾佰仟"
_NUMBER_FIRSTS = f"0-9{_NUMERALS}上—–\\-"
_NONE_ADDED = "(?:(?<=没有新增)|(?<=没新增)|(?<=未新增)|(?<=没有增加)|(?<=未增加))"  # the verb says what is lacking
_FIRSTS = {
    "marker": "0-9(（",
    "document": r"〔［【（(\[",
    "date": "0-9一二三四五六七八九十",
    "ordinal": "第前首",
    "composite": "0-9A-Za-z",
    "doubled": "翻超近约",
    "zero": "0零无没未一",
}


def _zero() -> str:
    """Zero words: 零败诉 counts, 零距离 does not, 无一宗 brings its own unit."""
    counted, named = _longest_first("zero counted"), _longest_first("zero named")
    happened = _longest_first("happens or comes")
    return rf"""
        (?:(?:无|没有|未有|(?:没有|没|未)再?曾?(?:{happened})过?)(?:任何)?|{_NONE_ADDED})一(?P<none_unit>人次|[起例宗件人项次名家户处份条个笔桩部篇封])
        |(?P<nil>(?<![0-9.])[零0])(?={counted})
        |(?<=[“‘])(?P<quoted_nil>零)(?=[”’](?:{counted}))
        |(?<=[为是现持成])(?P<ended_nil>零)(?=[，。；、\n])
        |零(?:{named})
        """


def _longest_first(name: str) -> str:
    return "|".join(sorted(words(name), key=len, reverse=True))


def _wording(groups: dict[str, tuple[str, ...]]) -> str:
    chosen = (word for group in groups.values() for word in group)
    return "|".join(sorted(chosen, key=lambda word: len(_GUARD.sub("", word)), reverse=True))


@cache
def amount_pattern() -> str:
    """What may be an amount, in Arabic or Chinese numerals, with everything that belongs to it."""
    rate = r"%|‰|(?:个)?百分点|倍(?!增|速)|成(?!立|员|功|果|为|本|效|熟|长|都|绩|交|型|活|人)"
    counted = unit_pattern("count")
    arabic_units = f"{rate}|{unit_pattern('count', 'digits', 'money', 'time', 'length', 'label')}"
    chinese_units = f"{rate}|{unit_pattern('count', 'money', 'time')}"
    more = (
        r"余(?!额|下|杭|姚)|多(?!元化|元解|部门|方位|层)|来(?=[个名人家次件])|(?<=十)几(?!十|百|千|万)"
        rf"|\+(?=%|{counted})"
    )
    starts = r"(?:(?<![0-9.])|(?<=\n[0-9]\.)|(?<=\n[0-9][0-9]\.))"  # 1.3.5万元: item 1
    arabic = rf"{starts}(?P<number>{_MINUS}{ARABIC}(?![0-9]|[/∶+×·][0-9])(?:{SCALED})?){_HIGH}"
    half = rf"半(?={_HALVED})"
    chinese = (
        rf"(?P<chinese>{CHINESE}|(?<!成[百千])上[百千万亿]+|(?<=[近超逾破])[万亿]|(?<![{_NOT_HALF}]){half})"
        rf"(?:(?P<chinese_low_unit>{_LOW_UNIT})?{DASH}(?P<chinese_high>{CHINESE}))?"
    )
    # 1个半小时, 3个多百分点: half or more of what 个 counts. Behind the unit: 两天半, 八成五, 3倍多, 5元3角.
    inner = r"(?:个(?P<inner>[半多余来几])(?=百分点|小时|工作日|月(?!份)|星期|学时|季度))?"
    behind = (
        rf"(?P<tail>(?<=成)[一二三四五六七八九半](?!{counted}|[十百千万亿])"
        r"|(?<=[年天时月倍成点里亩吨日周元度米])[半多余](?![数年天导部次种项家名个方年元样层])"
        rf"|(?<=元)零?{_COIN}角(?:零?{_COIN}分)?|(?<=元)零?{_COIN}分|(?<=元)整)?"
    )
    unit = rf"(?P<unit>(?(number)(?:{arabic_units})?|(?:{chinese_units}|{_ENDS_HERE})))"
    after = rf"(?P<after>{_wording(_AFTER)})?(?!简称)"
    before = rf"(?:(?=[{_wording_firsts()}])(?P<before>{_wording(_BEFORE)}))?(?=[{_NUMBER_FIRSTS}])"
    scale = "(?P<scale>万亿|亿|万|千(?![瓦克米伏])|百(?!分))?"
    number = rf"(?:{arabic}|{chinese})(?P<more>{more})?{scale}{inner}{unit}{behind}"
    return rf"{before}(?:{_CN_RATE}(?P<share_more>余|多)?|{number}){after}"


@cache
def expression() -> re.Pattern[str]:
    """The pattern for the whole text; ``match.lastgroup`` names the branch.

    Each branch starts with a look at its first character, so that most of a text costs one test a character; most of
    what may begin a wording begins another word (大力, 高效), which its second character tells.

    >>> match = expression().search("近360批次")
    >>> match.lastgroup, match["before"], match["number"], match["unit"]
    ('amount', '近', '360', '批次')
    >>> expression().search("国办发〔2023〕27号")["document"], expression().search("双随机、一公开").lastgroup
    ('〔2023〕27号', 'term')
    """
    patterns = {
        **_BRANCHES,
        "zero": _zero(),
        "term": f"(?!百分之|千分之|[百千万亿]{{1,8}}[余多])(?:{term_pattern()})",
        "amount": amount_pattern(),
    }
    firsts = {**_FIRSTS, "term": _term_firsts(), "amount": _NUMBER_FIRSTS + _wording_firsts()}
    looks = {name: f"[{chars}]" for name, chars in firsts.items()}
    looks["amount"] = f"[{_NUMBER_FIRSTS}]|[{_wording_firsts()}][{_NUMBER_FIRSTS}{_wording_seconds()}]"
    branches = [f"(?={looks[name]})(?P<{name}>{pattern})" for name, pattern in patterns.items()]
    return re.compile(rf"(?=[{''.join(firsts.values())}])(?:{'|'.join(branches)})", re.VERBOSE)


def _term_firsts() -> str:
    chars = {term.tokens[0] for term in read_terms() if len(term.tokens[0]) == 1}
    return "0-9" + _NUMERALS + "".join(sorted(re.escape(char) for char in chars))


def _wording_firsts() -> str:
    return "".join(sorted({word[0] for word in WORDING_BEFORE}))


def _wording_seconds() -> str:
    return "".join(sorted({word[1] for word in WORDING_BEFORE if len(word) > 1}))
