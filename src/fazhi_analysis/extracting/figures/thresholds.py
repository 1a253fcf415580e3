"""Sizes that sort things, which report no amount: 5万元以上的案件, 3人以上的企业, 受到2次以上处罚的单位.

A bounded number before 的 counts only what its measure word counts: 60家以上的企业 are enterprises, 3人以上的企业 are
enterprises of a size, and the amount is what stands behind them.
"""

from __future__ import annotations

import re

from fazhi_analysis.catalogue.word_lists import pattern, words
from fazhi_analysis.extracting.figures.amounts import Amount

_BOUNDED = frozenset(("over", "open", "under", "least"))
_SORTED = pattern(
    r"的(?P<noun>[\u4e00-\u9fff]{1,10})|(?P<close>(?:[\u4e00-\u9fff]{1,8}的)?(?:<body nouns>|<people nouns>))"
)
# 80平方米以上小食品店: what has an extent of its own is of that size.
_EXTENTS = frozenset(("平方米", "平方公里", "亩", "公顷"))
_OF_EXTENT = pattern(r"[\u4e00-\u9fff]{0,8}?(?:<body nouns>)")
# 并处两种以上行政处罚的，算一宗: what a rule is about.
_CASE = re.compile(r"[\u4e00-\u9fff]{0,12}的[，,]")
# 处5000元以上5万元以下罚款: both ends of what a law provides.
_TO = re.compile(
    r"(?:不满|不足|未满)[\d零一二三四五六七八九十百千万]|[\d.,零一二三四五六七八九十百千万亿]+[\u4e00-\u9fff]{1,3}(?:以下|以内)"
)
_NAMED = re.compile(r"(?![并且以及和与])[\u4e00-\u9fff]{2}")
_PEOPLE, _BODIES, _MONEY = (pattern(f"<{name}>") for name in ("people nouns", "body nouns", "amounts of money"))
_COUNTS_PEOPLE = frozenset(("人", "名", "位", "人次"))
_COUNTS_BODIES = frozenset(("家", "户", "家次", "户次"))
_MEASURES = frozenset(words("measures"))
_COUNTS_ANYTHING = frozenset(("个", "处", "所", "座"))


def sorts(amount: Amount, after: str) -> bool:
    """Whether the amount is the limit of a class; ``after`` is the text behind it."""
    if amount.wording in _BOUNDED and amount.unit in _EXTENTS and _OF_EXTENT.match(after):
        return _closed(amount)
    if amount.wording not in _BOUNDED or amount.unit_class not in ("count", "money", "time", "length"):
        return False
    if _closed(amount) and (_CASE.match(after) or _TO.match(after)):
        return True
    if amount.unit in _COUNTS_ANYTHING:
        return False
    match = _SORTED.match(after)
    if match is None:
        # 500元以下小额罚款: no report boasts of how little money it was.
        small = amount.unit_class == "money" and amount.wording == "under" and _closed(amount)
        return small and _NAMED.match(after) is not None
    if match["close"]:
        return _closed(amount) and not _counts(amount, match["close"])
    return not _counts(amount, match["noun"])


def _closed(amount: Amount) -> bool:
    """Whether the limit stands behind the number (3人以上企业), and does not open the clause (超过200家企业)."""
    return bool(amount.printed.partition("…")[2]) and not amount.printed.partition("…")[0]


def _counts(amount: Amount, noun: str) -> bool:
    """Whether the measure word counts what the noun says, by the first noun of a known sort."""
    people, body = _PEOPLE.search(noun), _BODIES.search(noun)
    if amount.unit_class == "money":
        return _MONEY.search(noun) is not None
    if amount.unit_class != "count" or amount.unit in _MEASURES:
        return False
    if amount.unit in _COUNTS_PEOPLE:
        return people is not None and not (body and body.start() < people.start())
    if amount.unit in _COUNTS_BODIES:
        return body is not None and not (people and people.start() < body.start())
    return people is None and body is None
