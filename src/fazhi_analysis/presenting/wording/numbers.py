"""How a figure is printed: 万 and 亿, 余 kept as 余, intervals.

Nothing here rounds a figure that the report gives exactly. A figure that is an interval is never printed as a point
without its qualifier.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from fazhi_analysis.catalogue.english_nouns import number_name, singular
from fazhi_analysis.presenting.wording.naming import unit_of
from fazhi_analysis.presenting.wording.page_texts import Words

_ZH_SCALES = ((1e8, "亿"), (1e4, "万"))
_MORE = re.compile(r"(万亿|亿|万)?([余多来几+]?)(万亿|亿|万|千|百)?(.*)")
_STEPS: Final = {"万": 1e4, "亿": 1e8, "万亿": 1e12}
_IN_FULL = 100_000  # below it a number of unknown wording is printed in full; above, 万 where that loses nothing
_ENGLISH: Final = {
    "more_than": "超过 超出 突破 高于 多于 大于 逾 超 破 过 之多 ＞ >",
    "over": "余 多 来 几 + 有余 上",
    "or_more": "以上 及以上",
    "at_least": "不低于 不少于 不小于 至少 最少 不下于 达到或超过 超过或达到 大于或等于 等于或大于 大于等于 ≥ ≧ ⩾",
    "at_most": "不超过 不高于 不多于 不大于 未超过 不超 至多 最多 小于或等于 小于等于 ≤ ≦ ⩽ 以下 及以下 以内 之内",
    "under": "不足 不到 不满 未满 不及 未达到 未达 没有达到 没达到 未能达到 没能达到 未能达 低于 少于 小于 ＜ <",
    "nearly": "近 将近 接近",
    "about": "约 大约 约为 大概 左右 上下",
}
_ROUND: Final = {"10": "十", "100": "百", "1000": "千", "1万": "万", "1亿": "亿"}
_TEMPLATE: Final = {word: key for key, words in _ENGLISH.items() for word in words.split()}
_EN_SCALES = ((1e9, " billion"), (1e6, " million"), (1e3, " thousand"))


def plain(number: float, digits: int = 10) -> str:
    """A number without trailing zeros, with thousands separators from 10,000 on, and a real minus sign.

    >>> plain(2841.0), plain(10890), plain(97.060), plain(-0.5), plain(math.inf)
    ('2841', '10,890', '97.06', '−0.5', '∞')
    """
    if math.isinf(number):
        return "∞" if number > 0 else "−∞"
    if abs(number) >= 1e15:
        return f"{number:.3e}"
    text = f"{abs(round(number, digits)):,.{digits}f}" if digits else f"{abs(round(number)):,}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    if abs(number) < 10_000:
        text = text.replace(",", "")
    return f"−{text}" if number < 0 and text != "0" else text


def scaled(number: float, lang: str, *, exact: bool = True) -> str:
    """A number with 万/亿 (or thousand, million, billion) where that loses nothing, or where ``exact`` is False.

    >>> scaled(170_000_000, "zh"), scaled(64_000, "zh"), scaled(15_321, "zh"), scaled(15_321, "zh", exact=False)
    ('1.7亿', '6.4万', '15,321', '1.53万')
    >>> scaled(170_000_000, "en")
    '170 million'
    """
    if lang == "en" and exact and abs(number) < 1e15:
        return number_name(number)
    for step, word in _ZH_SCALES if lang == "zh" else _EN_SCALES:
        if abs(number) >= step and not math.isinf(number):
            share = number / step
            if not exact:
                return f"{plain(float(f'{share:.3g}'))}{word}"
            if math.isclose(share, round(share, 3), rel_tol=1e-12):
                return f"{plain(round(share, 3))}{word}"
    return plain(number) if exact else plain(float(f"{number:.3g}"))


def pair(low: float, high: float, lang: str, *, sign: bool = False) -> tuple[str, str]:
    """Both ends of an interval in one scale and with the same number of decimals.

    Ends that are long in that scale are rounded outward to four digits, so that the printed
    interval holds the real one.

    >>> pair(300, 399, "zh"), pair(3_100_000, 3_199_999, "zh"), pair(18_000, 18_999, "zh")
    (('300', '399'), ('310万', '320万'), ('18,000', '18,999'))
    >>> pair(5.8, 6, "zh", sign=True), pair(734_500, 835_499, "zh", sign=True), pair(-5.6, -5.4, "zh")
    (('+5.8', '+6.0'), ('+73.45万', '+83.55万'), ('−5.6', '−5.4'))
    """
    ends, word = _ends_in_scale(low, high, _ZH_SCALES if lang == "zh" else _EN_SCALES[:2])
    texts = [plain(round(end, 4) if not math.isinf(end) else end) for end in ends]
    decimals = max(len(text.partition(".")[2]) for text in texts)
    if decimals and not word:
        texts = [text if math.isinf(end) else _padded(text, decimals) for text, end in zip(texts, ends, strict=True)]
    marks = ["+" if sign and end > 0 else "" for end in ends]
    return f"{marks[0]}{texts[0]}{word}", f"{marks[1]}{texts[1]}{word}"


def _ends_in_scale(low: float, high: float, scales: Sequence[tuple[float, str]]) -> tuple[list[float], str]:
    """Both ends as they are printed, and the word of their scale; none of its words where that would be long."""
    finite = [end for end in (low, high) if not math.isinf(end)]
    largest = max(map(abs, finite)) if not math.isinf(low) else 0.0
    step, word = next(((size, name) for size, name in scales if largest >= size), (1.0, ""))
    short = all(math.isclose(end / step, round(end / step, 2), rel_tol=1e-12) for end in finite)
    if word and (short or largest >= 100_000):
        digits = max(0, 3 - math.floor(math.log10(largest / step)))
        ends = [low / step, high / step]
        return ends if short else [outward(ends[0], digits, -1), outward(ends[1], digits, +1)], word
    if all(math.isclose(end, round(end, 3), abs_tol=1e-9) for end in finite):
        return [low, high], ""
    digits = 1 if largest >= 100 else 2
    return [outward(low, digits, -1), outward(high, digits, +1)], ""


def outward(number: float, digits: int, way: int) -> float:
    """A number rounded up (``way`` above zero) or down to so many decimals, so that an interval keeps what it holds.

    >>> outward(1.23, 1, +1), outward(1.27, 1, -1), outward(0.3, 1, +1)
    (1.3, 1.2, 0.3)
    """
    if math.isinf(number):
        return number
    factor = 10.0**digits
    moved = math.ceil(number * factor - 1e-9) if way > 0 else math.floor(number * factor + 1e-9)
    return moved / factor


def _padded(text: str, decimals: int) -> str:
    whole, _, part = text.partition(".")
    return f"{whole}.{part.ljust(decimals, '0')}"


def unit_text(unit: str, words: Words) -> str:
    """A unit as it follows a number: directly in Chinese, after a space in English, % always directly.

    >>> unit_text("件", Words("zh")), unit_text("件", Words("en")), unit_text("%", Words("en"))
    ('件', ' cases', '%')
    """
    if not unit or unit == "%" or words.lang == "zh":
        return unit
    word = words.unit(unit)
    return f" {word}" if word else ""


def figure(value: float, lower: float, upper: float, qualifier: str, unit: str, words: Words, wording: str = "") -> str:
    """A figure as its report words it: exact, 余, 近, 约, 不足, 至少 or a range, with its unit.

    ``wording`` are the words printed around the number (``…多``, ``超过…``, ``…以上``, ``…万``). They are kept as they
    are; where they are not known, the usual word for the qualifier stands in.

    >>> zh = Words("zh")
    >>> figure(2841, 2841, 2841, "exact", "件", zh), figure(300, 300, 399, "over", "份", zh)
    ('2841件', '300余份')
    >>> figure(360, 351, 360, "about", "批次", zh), figure(600, 550, 650, "about", "人", zh)
    ('近360批次', '约600人')
    >>> figure(50, 0, 50, "under", "人", zh), figure(25, 20, 30, "range", "人", zh)
    ('不足50人', '20～30人')
    >>> figure(2, 2, 2, "exact", "件", Words("en"))
    '2 cases'
    >>> figure(97.06, 97.055, 97.065, "exact", "%", zh), figure(2_700_000, 2_700_000, 2_799_999, "over", "元", zh)
    ('97.06%', '270万余元')
    >>> [figure(160, 160, 169, "over", "人次", zh, wording) for wording in ("…多", "超过…", "…以上")]
    ['160多人次', '超过160人次', '160人次以上']
    >>> figure(2_700_000, 2_700_000, 2_799_999, "over", "元", zh, "…余万")
    '270余万元'
    >>> [figure(4_100_000, 4_100_000, 4_100_000, "exact", "元", zh, wording) for wording in ("…亿", "…万", "…", "")]
    ['0.041亿元', '410万元', '4100000元', '410万元']
    >>> figure(30_100, 30_100, 30_100, "exact", "件", zh), figure(30_100, 30_000, 30_200, "range", "件", zh, "…万")
    ('30100件', '3万～3.02万件')
    >>> figure(1, 1, math.inf, "over", "件", Words("en"), "不少于…")
    'at least 1 case'
    >>> [figure(700, 700, 799, "over", "项", Words("en"), wording) for wording in ("…余", "超过…", "…以上")]
    ['over 700 items', 'more than 700 items', '700 or more items']
    """
    if value is None or math.isnan(value):
        return words("number.missing")
    lang, after = words.lang, unit_text(unit, words)
    if qualifier == "range":
        return words("number.range", low=_number(lower, wording, lang), high=_number(upper, wording, lang)) + after
    number = _number(value, wording, lang)
    if value == 1:
        after = singular(after)
    if wording and qualifier != "exact":
        return _printed(number, after, wording, words)
    if qualifier == "over":
        if math.isinf(upper) or unit == "%":
            return words("number.at_least", n=number) + after
        return words("number.over", n=number) + after
    if qualifier == "about":
        return words("number.nearly" if upper <= value else "number.about", n=number) + after
    if qualifier == "under":
        return words("number.under", n=number) + after
    return number + after


def _number(value: float, wording: str, lang: str) -> str:
    """A number in the scale in which it is printed; an unknown one in full while it is short."""
    if lang != "zh" or math.isinf(value):
        return scaled(value, lang)
    _, known, tail = wording.partition("…")
    scale, _, after_more, _ = _MORE.fullmatch(tail).groups("")  # type: ignore[union-attr]
    word = scale or after_more
    if word in _STEPS:
        share = value / _STEPS[word]
        # A corrected value may be far from the scale of the printed one.
        if abs(share) >= 0.001 and math.isclose(share, round(share, 6), rel_tol=1e-12):
            return plain(share).replace(",", "") + word
    in_full = known and word not in _STEPS
    return (plain(value) if in_full or abs(value) < _IN_FULL else scaled(value, lang)).replace(",", "")


def _printed(number: str, after: str, wording: str, words: Words) -> str:
    """A number inside the words that widen it: 余 and 多 before the measure word, 以上 and 左右 behind it."""
    head, _, tail = wording.partition("…")
    _, more, scale, behind = _MORE.fullmatch(tail).groups("")  # type: ignore[union-attr]
    if words.lang != "zh":
        key = _TEMPLATE.get(head or behind or more, "over")
        inner, outer = (number + after, "") if after == "%" else (number, after)
        return words(f"number.{key}", n=inner) + outer
    if head == "上":
        return head + _ROUND.get(number, number) + after
    if scale and number.endswith(scale):
        return head + number.removesuffix(scale) + more + scale + after + behind
    if more == "多" and number[-1] in "123456789":
        return head + number + after + more + behind  # 3倍多
    return head + number + more + after + behind


def figure_of(row: Mapping[str, Any], words: Words, prefix: str = "") -> str:
    """The figure of a row of a table as its report words it; ``prefix`` chooses the columns (``baseline_``).

    >>> row = {"value": 160, "lower": 160, "upper": 169, "qualifier": "over", "unit": "人次", "wording": "…多"}
    >>> figure_of(row, Words("zh"))
    '160多人次'

    A figure that a person corrected is marked, since the report does not print it.

    >>> figure_of({**row, "origin": "corrected"}, Words("zh"))
    '160多人次（已更正）'
    """
    ends = (row[f"{prefix}value"], row[f"{prefix}lower"], row[f"{prefix}upper"])
    unit = unit_of(row, f"{prefix}unit" if row.get(f"{prefix}unit") else "unit")
    wording = row.get(f"{prefix}wording")
    qualifier = str(row.get(f"{prefix}qualifier") or "exact")
    text = figure(*ends, qualifier, unit, words, wording if isinstance(wording, str) else "")
    return words("number.corrected", figure=text) if str(row.get(f"{prefix}origin") or "") == "corrected" else text


def interval(lower: float, upper: float, unit: str, words: Words) -> str:
    """An interval, or an empty string for a point.

    >>> zh = Words("zh")
    >>> interval(300, 399, "份", zh), interval(5, 5, "件", zh), interval(50, math.inf, "人", zh)
    ('300～399份', '', '≥50人')
    >>> interval(4_600_000, 4_699_999, "元", zh), interval(4_600_000, 4_699_999, "元", Words("en"))
    ('460万～不足470万元', '4.6 million to under 4.7 million yuan')
    >>> interval(4_550_000, 4_650_000, "元", zh), interval(18_000, 18_999, "件", zh)
    ('455万～465万元', '18,000～18,999件')
    """
    if lower == upper or math.isnan(lower):
        return ""
    after = unit_text(unit, words)
    if math.isinf(upper):
        return f"≥{scaled(lower, words.lang)}{after}"
    low, high = pair(lower, upper, words.lang)
    end = math.floor(upper) + 1  # 460余万 goes to the last unit below 470万
    if float(upper).is_integer() and high == pair(lower, end, words.lang)[1]:
        return words("number.range_below", low=low, high=high) + after
    return words("number.range", low=low, high=high) + after


def axis_label(number: float, lang: str) -> str:
    """A tick label: short, with 万 and 亿.

    >>> axis_label(20_000, "zh"), axis_label(0.5, "zh"), axis_label(1_000_000, "en")
    ('2万', '0.5', '1 million')
    """
    return scaled(number, lang, exact=False)
