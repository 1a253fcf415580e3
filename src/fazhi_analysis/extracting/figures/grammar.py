"""The grammar of numeric expressions: one regular expression that a report is read with, once.

Alternatives stand in order of trust: document numbers, dates, ordinals, composite names, fixed terms, and last what may
be an amount: wording, number, scale, 余, scale, measure word, wording. The name of the group that matched tells which.
"""

from __future__ import annotations

import re
from functools import cache

from fazhi_analysis.catalogue.words import words
from fazhi_analysis.extracting.figures.lexicon import read_terms, term_pattern
from fazhi_analysis.extracting.figures.numerals import ARABIC
from fazhi_analysis.extracting.figures.units import unit_pattern

HAN = "[一二两三四五六七八九十]"
_DIGITS = "一二三四五六七八九"
CN = rf"(?:(?<![数几])[{_DIGITS}两十百千][零〇{_DIGITS}两十百千万亿]{{0,14}}(?:点[零{_DIGITS}]{{1,4}})?|[零〇](?=成))"
DASH = r"(?:[-—–−~～―]{1,2}|至|到)"

# What may stand before or after a number and widen it, by what it means for the interval.
_BEFORE = {
    "least": words("at least before"),
    "under": words("at most before"),
    "over": words("over before"),
    "near": words("near before"),
    "about": words("about before"),
}
_AFTER = {"over": words("over after"), "under": words("at most after"), "about": words("about after")}
_GUARD = re.compile(r"\(\?<![^)]*\)")  # what may not stand before a word, because it would be another (签约, 附近)
WORDING_BEFORE = {_GUARD.sub("", word): wording for wording, found in _BEFORE.items() for word in found}
WORDING_AFTER = {word: wording for wording, found in _AFTER.items() for word in found}

YEAR = r"(?:(?:19|20)[0-9][0-9]|[一二][九〇零○][〇零○一二三四五六七八九]{2})"
_MONTH = rf"(?:[0-9]{{1,2}}|{HAN}{{1,3}})月"
_DAY = rf"(?:[0-9]{{1,2}}|{HAN}{{1,3}})[日号]"
_DATE = rf"""
    (?<![0-9])(?:{YEAR}年?[-—–−~～至到]{{1,2}}(?:{YEAR}|[0-9][0-9](?![0-9]))(?:年度?|(?=[)）]))     # 2021-2025年
    |{YEAR}年(?:度|代|份)?(?:[0-9]{{1,2}}[-—–−~～至到]{{1,2}}(?={_MONTH}))?(?:{_MONTH}(?:份|{_DAY})?)?  # 2023年1-6月
    |{YEAR}[-./][0-9]{{1,2}}[-./][0-9]{{1,2}}(?![0-9.])
    |{YEAR}\.[0-9]{{1,2}}(?=[-—–~至]{YEAR})
    |{HAN}{{1,3}}月{HAN}{{1,3}}日
    |(?:[0-9]{{1,2}}[-—–−~～至到]{{1,2}})?[0-9]{{1,2}}月(?:份|{_DAY})?
    )"""
_DOCUMENT = rf"[〔［\[【（(]{YEAR}[〕］\]】）)](?:第)?[0-9]+(?:-[0-9]+)?号|〔{YEAR}〕[0-9]+号?"
# Measure words of serial numbers; the unit of an ordinal is shown, never counted.
_SERIAL = "[批次届个条款项章期名位号轮场站类种级部件家例起]"
_ORDINAL = rf"第(?:[0-9]+|{CN})(?:[-—至、]第?(?:[0-9]+|{CN}))?(?:号令|批次|{_SERIAL})?"
_FRONT = rf"(?<![底以之此汛目提会庭日月事年])前(?:[0-9]+|{CN})(?:名|位|强|列|佳|个月|季度|(?=[，。、；的位行）]))"
_FIRST = r"首[例届批]"
_COMPOSITE = r"""
    (?<![0-9])[0-9]+(?:\.[0-9]+)?(?:[+×xX*∶·/](?:[0-9]+(?:\.[0-9]+)?|[NnXxMm](?![a-z])))+(?:小时)?
    |[0-9]{3,4}-[0-9]{7,8}(?![0-9])|(?<![0-9])1[3-9][0-9]{9}(?![0-9])
    |(?<![A-Za-z])[A-Za-z]{1,12}[-.]?[0-9][0-9A-Za-z]*(?:[.-][0-9A-Za-z]+)*
    |(?<![0-9])[0-9]+(?:\.[0-9]+)?(?=[A-Za-z℃°])
    |(?<![0-9])[0-9]+(?=\+)
    """
_MARKER = r"(?:(?<=[\n。；;：:\t])|(?<![\s\S]))[0-9]{1,2}[.、．)）](?![0-9])|[(（][0-9]{1,2}[)）]"
_CN_RATE = rf"(?:百分之|千分之)(?P<share>{CN}|{ARABIC})"
_BRANCHES = {
    "marker": _MARKER,
    "document": _DOCUMENT,
    "date": _DATE,
    "ordinal": f"{_ORDINAL}|{_FRONT}|{_FIRST}",
    "composite": _COMPOSITE,
    "doubled": rf"翻(?P<times>{HAN})番",
}
_NUMERALS = "零〇一二两三四五六七八九十百千万亿"
_FIRSTS = {
    "marker": "0-9(（",
    "document": r"〔［【（(\[",
    "date": "0-9一二三四五六七八九十",
    "ordinal": "第前首",
    "composite": "0-9A-Za-z",
    "doubled": "翻",
    "zero": "0零无没未",
}


def _zero() -> str:
    """Zero words: 零败诉 counts, 零距离 does not, 无一宗 brings its own unit."""
    counted, named = _longest_first("zero counted"), _longest_first("zero named")
    return rf"""
        (?:无|没有|未有|(?:没有|未)再?(?:发生|出现)过?)(?:任何)?一(?P<none_unit>人次|[起例宗件人项次名家户处份条个笔桩部篇])
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
    arabic_units = f"{rate}|{unit_pattern('count', 'digits', 'money', 'time', 'length', 'label')}"
    chinese_units = f"{rate}|{unit_pattern('count', 'money', 'time')}"
    scale = r"万亿|[百千]?亿(?:[0-9]+(?:\.[0-9]+)?万)?|[百千]?万(?:[0-9]千)?|[百千](?![瓦克米伏分])"
    more = r"余(?!额|下|杭|姚)|多(?!元化|元解|部门|方位|层)|来(?=[个名人家次件])"
    minus = r"(?:(?:(?<![0-9%a-zA-Z\u4e00-\u9fff])|(?<=[比幅为达]))[-−])?"
    number = rf"(?<![0-9.])(?P<number>{minus}(?:{ARABIC})(?![0-9]|[/∶+×·][0-9])(?:{scale})?)"
    low_unit = rf"(?P<low_unit>{rate}|万?元|人次|个工作日|工作日|学时|[个件项次人名家户份部条批期场起宗处所天日年])?"
    upper = rf"(?:{low_unit}{DASH}(?P<high>(?:{ARABIC})(?:{scale})?))?"
    arabic = rf"{number}{upper}(?P<more>{more})?(?P<scale>万亿|亿|万|千(?![瓦克米伏])|百)?(?P<unit>{arabic_units})?"
    chinese = (
        rf"(?P<chinese_number>{CN}|上[百千万亿]+|(?<=[近超逾破])[万亿])(?:{DASH}(?P<chinese_high>{CN}))?(?P<chinese_more>{more})?"
        rf"(?P<chinese_scale>万|亿)?(?P<chinese_unit>{chinese_units})"
    )
    after = rf"(?P<after>{_wording(_AFTER)})?(?!简称)"
    return rf"(?P<before>{_wording(_BEFORE)})?(?:{_CN_RATE}(?P<share_more>余|多)?|{arabic}|{chinese}){after}"


@cache
def expression() -> re.Pattern[str]:
    """The pattern for the whole text; ``match.lastgroup`` names the branch.

    Each branch starts with a look at its first character, so that most of a text costs one test a character.

    >>> match = expression().search("近480批次")
    >>> match.lastgroup, match["before"], match["number"], match["unit"]
    ('amount', '近', '480', '批次')
    >>> expression().search("国办发〔2023〕27号")["document"], expression().search("双随机、一公开").lastgroup
    ('〔2023〕27号', 'term')
    """
    patterns = {
        **_BRANCHES,
        "zero": _zero(),
        "term": f"(?!百分之|千分之)(?:{term_pattern()})",
        "amount": amount_pattern(),
    }
    firsts = {**_FIRSTS, "term": _term_firsts(), "amount": _amount_firsts()}
    branches = [f"(?=[{firsts[name]}])(?P<{name}>{pattern})" for name, pattern in patterns.items()]
    return re.compile(rf"(?=[{''.join(firsts.values())}])(?:{'|'.join(branches)})", re.VERBOSE)


def _term_firsts() -> str:
    chars = {term.tokens[0] for term in read_terms() if len(term.tokens[0]) == 1}
    return "0-9" + _NUMERALS + "".join(sorted(re.escape(char) for char in chars))


def _amount_firsts() -> str:
    return "0-9" + _NUMERALS + "上−\\-" + "".join(sorted({word[0] for word in WORDING_BEFORE}))
