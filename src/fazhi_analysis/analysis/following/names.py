"""Names of what is counted, as they compare: one form for each (``data/follow_up_equal_names.csv``), without the place.

全市生产总值, 地区生产总值 and GDP are one aggregate, 规模以上 is 规上; 望溪市 before a name and 主要预期目标为 say
nothing of what is counted.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from fazhi_analysis.catalogue.data_files import data_rows
from fazhi_analysis.catalogue.place_names import pieces_of, short_names

_AIM = re.compile(
    r"(?P<before>.*?)(?:(?:经济社会|国民经济|社会)?发展)?的?(?:主要|年度|全年|预期|增长|发展)*目标"
    r"(?:任务)?(?:(?:被|初步)?(?:设定|确定|拟定|安排|定|设)?[是为在])?[:：]?(?P<after>.*)"
)
_ITEM = re.compile(
    r"^(?:[一二三四五六七八九十]{1,2}是|其[一二三四五六]|首先|其次|[（(]?[一二三四五六七八九十\d]{1,2}[）)、.．])"
)
_SAID = re.compile(r"^.*(?:提出|指出|显示|表示|透露|核算)[，,:：]?")
_PLACE = re.compile(
    r"(?:[全我本][省市县区旗州盟]|辖区|20\d\d年度?|^其中|并?计划|致力于|^[将使把由对]|也将|^(?:人民)?政府将?|作为.*$)"
)
_HAN = re.compile(r"[\u4e00-\u9fffA-Z]{2}")


@lru_cache(maxsize=50_000)
def plain_name(words: str, region: str = "") -> str:
    """The words around a figure with each name in its one form, without the reporting place and what announces an aim.

    >>> plain_name("望溪市今年经济社会发展主要预期目标为地区生产总值增长", "云岭省望溪市")
    '地区生产总值增长'
    >>> plain_name("2024年望溪GDP增长预期目标为", "云岭省望溪市"), plain_name("全县规模以上工业增加值")
    ('地区生产总值增长', '规上工业增加值')
    """
    words = _SAID.sub("", _ITEM.sub("", words))
    if aim := _AIM.fullmatch(words):
        growth = "增长" if "增长" in words and "增长" not in aim["after"] else ""
        words = aim["after"] if _HAN.search(aim["after"]) else aim["before"].removesuffix("增长") + growth
    words = re.sub("^今年|[今本]年度?", "", words)
    # 全市生产总值 is a name: it takes its one form before the place goes.
    words = _with_equal_names(words)
    for place in _own_names(region):
        words = words.replace(place, "")
    return _with_equal_names(_PLACE.sub("", words))


def _with_equal_names(words: str) -> str:
    for name, pattern in _equal_names():
        words = pattern.sub(name, words)
    return words


@cache
def _equal_names() -> tuple[tuple[str, re.Pattern[str]], ...]:
    rows = data_rows("analysis/data/follow_up_equal_names.csv")
    return tuple((row["name"], re.compile(row["words"])) for row in rows)


@cache
def _own_names(region: str) -> tuple[str, ...]:
    """The names of a place and of those above it, the longest first."""
    pieces = [name for name in pieces_of(region) if len(name) > 2] if region else []
    names = {region, *pieces, *(short for name in pieces for short in short_names(name))} - {""}
    return tuple(sorted(names, key=lambda name: (-len(name), name)))
