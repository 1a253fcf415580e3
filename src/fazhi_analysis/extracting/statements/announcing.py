"""What announces the problems of an unlisted paragraph, and where their own words begin behind it."""

from __future__ import annotations

import re

from fazhi_analysis.catalogue.word_lists import pattern, phrase
from fazhi_analysis.extracting.list_markers import trimmed
from fazhi_analysis.extracting.statements.admissions import ANNOUNCES
from fazhi_analysis.extracting.statements.sentence_trimming import GAP, after_turn

_LACKS = phrase(r"(?:(?:<lack nouns>|<difficulties>)(?:(?:和|与|、|及|以及)[^，。；：:]{0,4})?)+")
INTRO = re.compile(
    rf"\s*[^。；：:\n]*{_LACKS}(?:，?(?:主要|具体|突出|集中)[^。；：:\n，]{{0,10}}|[^。；：:\n，]{{0,12}})[：:](?=\s*[^\s])"
    r"|\s*[^。；：:\n]{0,60}(?:看到|认识到|意识到|感到)[，,：:]"
)
# 又冒出几个新矛盾，主要是：
_MAINLY = re.compile(r"[^。；：:\n]*(?:主要|具体|突出|集中)(?:表现|体现|反映)?(?:是|有|在|为)[：:](?=[^\s])")
# 本年度主要存在：甲不足，乙滞后
_THERE_ARE = re.compile(r"[^。；：，\n]{0,16}存在[：:](?=[^：:。]{4})")
_ANNOUNCED = re.compile(
    rf"(?:存在|面临|有)[^，。]{{0,20}}{_LACKS}(?:，?(?:主要|突出|具体)?(?:表现|体现)?(?:在|为|有|是)?)?$"
)
_MANY = pattern(rf"[^，。；：,;]{{0,24}}(?:存在|面临|有)(?:着|了)?<some>[^，。；：,;]{{0,8}}{_LACKS}")
# 当前还存在不少薄弱环节，基层基础不牢固: the announcement and the first problem in one sentence.
OPENED = pattern(
    r"[^。；;]{0,80}?(?:(?:存在|面临|有)(?:着)?<some>"
    r"|(?:对照|对标|相比|相对照|[离距与])[^。；;]{0,24}?(?:存在|有)(?:着)?)(?:(?!如)[^，。；;]){0,12}?"
    rf"{_LACKS}(?:(?:，?(?:主要|突出|具体)?(?:表现|体现)?(?:在|为|有|是))?[，：,:]|(?=如))"
    rf"|[^。；;]{{0,80}}?[但仍还][^。；;，]{{0,4}}?(?:存在|有)[^。；;，]{{0,6}}?{_LACKS}，(?=如|例如|比如|譬如|主要|突出|具体)"
)
_EXAMPLE = re.compile(r"(?:比如|例如|譬如|如(?![何果期下]))[，：:]?")
_LACKING = pattern("<lacking ends>$")
# 外部环境依然严峻，发展中的困难和问题仍然不少，…: behind an admission, before the first complaint.
_STILL_MANY = pattern(
    rf"(?:[^。；，：]{{0,24}}，)?[^。；，：]{{0,12}}{_LACKS}(?:[、和与][^。；，：、]{{0,8}})?(?:还|仍然?|依然|依旧|也)(?:不少|较多|很多)[，：]"
)
_SHOWN = re.compile(
    r"(?:主要|具体|突出|集中)?(?:表现|体现|反映)?(?:在|为|是|有|如下)(?:以下[^：:。]{0,10})?[：:]\s*|(?:主要|具体|突出)(?:表现|体现)?(?:在|为|是|有)(?=[^：:。]{4})"
)
# 公开工作存在的主要问题是更新不及时: the frame in the sentence of the problem.
_NAMED = re.compile(
    rf"(?:(?:目前|当前|现阶段)，)?[^。；：，]{{0,30}}(?:存在的?(?:主要|突出)?|的(?:主要|突出)){_LACKS}"
    r"(?:主要|具体)?(?:表现|体现|反映)?(?:在|为|是|有)(?=[^：:。]{4})"
)
_LEAST_WORDS = 5
# 还有不少硬仗要打。比如：… and 还面临不少困难。主要表现为：… say in the next sentence what the many are.
_COUNTED = pattern("(?:存在|面临|有)(?:着|了)?<some>[^，。；]{0,60}$")
_LISTS_NEXT = re.compile(r"(?:比如|例如|譬如|(?:主要|具体|突出|集中)?(?:表现|体现|反映)?(?:在|为|是|有|如下))[：:]")


def behind_announcement(text: str, parts: list[tuple[int, int]], opened: bool) -> list[tuple[int, int]]:
    """Sentences of a paragraph of problems without what only announces them; ``opened`` when that stands before it.

    >>> text = "工作中还有一些短板。主要是：执法力量不足。普法形式单一。"
    >>> spans = [(0, 9), (10, 20), (21, 27)]
    >>> [text[at:stop] for at, stop in behind_announcement(text, spans, opened=False)]
    ['执法力量不足', '普法形式单一']
    """
    first = int(_counts_only(text, parts)) if opened else _opening(text, parts)
    while (
        not opened and first < len(parts) - 1 and introduces(text, *parts[first]) and text[parts[first][1]] not in "；;"
    ):
        first += 1
    kept = parts[first:]
    if opened:
        kept[0] = _behind_many(text, *kept[0])
    for opening in (_STILL_MANY, _SHOWN) if opened else (OPENED, _NAMED, _THERE_ARE, _SHOWN):
        announced = opening.match(text, *kept[0])
        if announced and kept[0][1] - announced.end() > _LEAST_WORDS and not _names_gap(text, announced):
            kept[0] = (announced.end(), kept[0][1])
    kept[0] = (after_turn(text, *kept[0]), kept[0][1])
    if example := _EXAMPLE.match(text, *kept[0]):
        kept[0] = (example.end(), kept[0][1])
    return [kept[0], *(_unannounced(text, *span) for span in kept[1:])]


def _behind_many(text: str, start: int, end: int) -> tuple[int, int]:
    """A first sentence behind 政府工作中还存在一些不足：, where circumstances were admitted first."""
    many = _MANY.match(text, start, end)
    if many and text[many.end() : many.end() + 1] in ("：", ":"):
        return trimmed(text, many.end() + 1, end)
    return start, end


def _unannounced(text: str, start: int, end: int) -> tuple[int, int]:
    """A later sentence without what announces its list: 推进中还有一些突出问题：订单不足；…"""
    intro = INTRO.match(text, start, end) or _MAINLY.match(text, start, end) or _THERE_ARE.match(text, start, end)
    return trimmed(text, intro.end(), end) if intro and text[intro.end() - 1] in "：:" else (start, end)


def _names_gap(text: str, announced: re.Match[str]) -> bool:
    """Whether an announcement is a complaint itself: it says between what the gap is, and nothing names the gap."""
    return GAP.search(announced.group()) is not None and ANNOUNCES.match(text, announced.end() - 1) is None


def _counts_only(text: str, parts: list[tuple[int, int]]) -> bool:
    """Whether a first full sentence only says that there is much to mend (政府工作还有很多不足。)."""
    start, end = parts[0]
    if len(parts) < 2 or text[end] not in "。.！":
        return False
    if _COUNTED.search(text[start:end]) and _LISTS_NEXT.match(text, parts[1][0]):
        return True
    return _MANY.fullmatch(text, start, end) is not None


def _opening(text: str, parts: list[tuple[int, int]]) -> int:
    """Index of the sentence that announces the problems, where only general remarks stand before it; else 0."""
    for index, span in enumerate(parts):
        if OPENED.match(text, *span) or introduces(text, *span):
            return index
        if _LACKING.search(text[slice(*span)]):
            break
    return 0


def introduces(text: str, start: int, end: int) -> bool:
    """Whether a sentence only announces problems ("虽然取得成效，但还存在一些不足")."""
    return _ANNOUNCED.search(text[start:end]) is not None
