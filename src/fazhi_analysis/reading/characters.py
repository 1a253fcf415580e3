"""One form for each character, so that the same word is found however it was typed; places do not move.

Full-width and compatibility characters, radicals that a PDF printed for ordinary characters, separators inside numbers,
signs of percent and minus, and traditional characters each become the common form, one character for one.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from opencc import OpenCC

# Marks without width: hyphenation, joining, direction of writing, variants.
INVISIBLE: Final = (
    "\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\u3164\ufe00-\ufe0f\ufeff"
)
# Radicals that Unicode calls the same ideograph but does not normalise (EquivalentUnifiedIdeograph).
_RADICALS: Final = (
    "⺁⺂⺃⺄⺅⺆⺈⺉⺊⺋⺌⺍⺎⺏⺐⺒⺓⺔⺖⺗⺘⺙⺛⺜⺝⺞⺟⺠⺡⺢⺣⺤⺥⺦⺧⺨⺩⺫⺬⺭⺯⺰⺱⺲⺳⺴⺶⺹⺺⺻⺼⺾⺿⻀⻁⻂⻃⻄⻅⻆⻈⻉⻋⻌⻍⻎⻏⻐⻑⻒⻓⻔⻖⻗⻘⻙⻚⻛⻜⻝⻟⻠⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲⻳",
    "厂乛乚乙亻冂刀刂卜㔾小小兀尣尢巳幺彑忄心扌攵旡日月歺母民氵氺灬爫爫丬牛犭王目示礻糹纟罓罒㓁冗羊耂肀聿肉艹艹艹虎衤覀西见角讠贝车辶辶辶邑钅長镸长门阝雨青韦页风飞食飠饣马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟",
)
_EXPLICIT: Final = str.maketrans(
    dict(zip(*_RADICALS, strict=True)) | {"٪": "%", "−": "-", "‐": "-", "‑": "-", "‒": "-"}
)
# One at a time: without a + the engine skips to the first of them.
_UNCOMMON = re.compile(r"[０-９Ａ-Ｚａ-ｚ％＋．－＇＄￥￡﹐﹒﹟-﹢﹣﹩﹪٪−‐-‒\u2e80-\u2fdf\uf900-\ufaff]")
# A mark between digits that may be a separator; the first character decides, so that a text without any costs little.
_MARK = re.compile(r"[，'’·•∙。](?<=[0-9].)[0-9]")
# A comma between groups of three digits is printed in full width, or is an apostrophe; a comma between groups of four.
_GROUPED = re.compile(
    r"[0-9][0-9]{0,2}(?:[,，'’][0-9]{3})+(?![0-9,，'’])|[0-9][0-9]{0,3}(?:[,，][0-9]{4}){2,}(?![0-9,，])"
)
_BEFORE_GROUPS: Final = frozenset("0123456789.,，'’")
_COMMAS: Final = str.maketrans("，'’", ",,,")
_LISTED = re.compile("分别[^，。；0-9]{0,12}$|各[为有计]?$")
_POINT = re.compile(r"[·•∙。](?<=[0-9].)(?:(?<!。)(?=[0-9]{1,4}(?:[%‰万亿]|个?百分点|元))|(?<=。)(?=[0-9]{1,2}[%‰]))")
# Characters that only one of the two scripts has; which of them a text has more of decides.
_TRADITIONAL: Final = (
    "縣報設務標國會個來時後發經過還這進對開關門間問題學電書長東車執辦處罰條"
    "萬億與為訴訟議監糾紛調級領導機構據數實體現點總業產創權規範證護應強動員眾農鄉鎮"
)
_SIMPLIFIED: Final = (
    "县报设务标国会个来时后发经过还这进对开关门间问题学电书长东车执办处罚条"
    "万亿与为诉讼议监纠纷调级领导机构据数实体现点总业产创权规范证护应强动员众农乡镇"
)
_PROBE = re.compile(f"[{_TRADITIONAL}]")
_LINE = re.compile(r"[^\n]+")
# Marks that a Chinese text has in full width.
_HALF_WIDTH = re.compile("[,:;!?]")
_FULL_WIDTH: Final = {",": "，", ":": "：", ";": "；", "!": "！", "?": "？"}


@lru_cache(maxsize=4)  # a text is asked for by its tables, its clean copy and its figures
def common_form(text: str) -> str:
    """The text with each character in its common form; as long as before, each character at its place.

    >>> common_form("办结率９９．５﹪，共１，２０４件，⻓宁县")
    '办结率99.5%，共1,204件，长宁县'
    >>> common_form("全縣辦理行政處罰案件1312件，罰沒金額86.5萬元")
    '全县办理行政处罚案件1312件，罚没金额86.5万元'
    >>> common_form("分别为125，318件"), common_form("“3·15”活动，满意率98·6%")
    ('分别为125，318件', '“3·15”活动，满意率98.6%')
    """
    text = _UNCOMMON.sub(_common, text)
    if _PROBE.search(text):
        text = simplified(text) if is_traditional(text) else _LINE.sub(_line, text)
    if _MARK.search(text) is None:
        return text
    return _POINT.sub(".", _GROUPED.sub(_with_commas, text))


@lru_cache(maxsize=4)  # figures and statements of a report ask for the same one
def full_width(text: str) -> str:
    """The text with its commas, colons and the like in full width, as Chinese patterns expect; places do not move.

    >>> full_width("仍存在不足:一是人手少;二是共1,204件,10:30起")
    '仍存在不足：一是人手少；二是共1,204件，10:30起'
    """
    return _HALF_WIDTH.sub(_widened, text)


def _widened(match: re.Match[str]) -> str:
    """The mark in full width; a comma or colon between digits (1,204, 10:30) stays."""
    at = match.start()
    between = match.string[at - 1 : at].isdigit() and match.string[at + 1 : at + 2].isdigit()
    return match[0] if between and match[0] in ",:" else _FULL_WIDTH[match[0]]


def is_traditional(text: str) -> bool:
    """Whether a text is written in traditional characters; a quoted name in a simplified text does not make it so.

    >>> is_traditional("法治政府建設年度報告"), is_traditional("县政府报告办理执法案件，见「國會報」")
    (True, False)
    """
    return _count(text, _TRADITIONAL) > _count(text, _SIMPLIFIED)


def simplified(text: str) -> str:
    """The text in simplified characters, one for one; a word whose length would change is converted by characters.

    >>> simplified("雲汀縣擬於明年聘請行政執法監督員30名")
    '云汀县拟于明年聘请行政执法监督员30名'
    """
    converter = _converter()
    return "".join(_same_length(line, converter) for line in text.splitlines(keepends=True))


def _same_length(line: str, converter: OpenCC) -> str:
    found = str(converter.convert(line))
    if len(found) == len(line):
        return found
    letters = (str(converter.convert(char)) for char in line)
    return "".join(letter if len(letter) == 1 else char for char, letter in zip(line, letters, strict=True))


@cache
def _converter() -> OpenCC:
    from opencc import OpenCC  # only few texts need it

    return OpenCC("t2s")


def _line(match: re.Match[str]) -> str:
    """A line in simplified characters, where it is the line of a text that is else written in these."""
    line = match.group()
    return simplified(line) if _PROBE.search(line) and is_traditional(line) else line


def _count(text: str, chars: str) -> int:
    return sum(text.count(char) for char in chars)


def _common(match: re.Match[str]) -> str:
    found = match.group().translate(_EXPLICIT)
    return "".join(plain if len(plain := unicodedata.normalize("NFKC", char)) == 1 else char for char in found)


def _with_commas(match: re.Match[str]) -> str:
    """One number with commas, unless 分别 says that it is a list of several."""
    found = match.group()
    text, start = match.string, match.start()
    listed = "，" in found and _LISTED.search(text, max(0, start - 16), start)
    return found if listed or text[start - 1 : start] in _BEFORE_GROUPS else found.translate(_COMMAS)
