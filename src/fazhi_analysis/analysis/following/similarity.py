"""How alike two sentences of the genre are: nothing is downloaded, the phrases that say nothing are data.

Every report says 进一步加强 and 还不够有力; two sentences that share only that share nothing.
``data/similarity_stock_phrases.csv`` lists such phrases with the weight that is left to them (0 for none), numbers are
masked, and what remains is compared by pairs of neighbouring characters. :mod:`concepts` adds what the sentences are
about.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from fazhi_analysis.catalogue.data_files import data_rows

_NUMBER = re.compile(
    r"(?:19|20)\d\d年度?|\d[\d,.]*[%％‰万亿余多]*|[一二两三四五六七八九十百]+(?=[次项个名件场期份家人])"
)
_LIGHT = re.compile(r"还|仍然|依然|依旧|仍|尚|较为|比较|较|有所|进一步|不断|持续|切实|着力|更加|等|的|了|将|要|会|地")
_SIGN = re.compile(r"[^\w#]+|_+")
_LEAD = re.compile(r"^\s*(?:[一二三四五六七八九十]+是|[（(]?[一二三四五六七八九十\d]+[）).、．])\s*")


@dataclass(frozen=True, slots=True)
class Wording:
    """A sentence made ready for comparison.

    ``plain`` is the sentence without signs, adverbs and numbers (``#``), ``grams`` are pairs of neighbouring characters
    with the weight of what they say, and ``weight`` is the sum of these.
    """

    plain: str
    grams: Mapping[str, float]
    weight: float


@cache
def genre_phrases() -> dict[str, float]:
    """Phrases that every report uses, with the weight that is left to each.

    >>> genre_phrases()["进一步"]
    0.0
    """
    return {row["phrase"]: float(row["weight"]) for row in data_rows("analysis/data/similarity_stock_phrases.csv")}


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile("|".join(sorted(map(re.escape, genre_phrases()), key=len, reverse=True)))


def masked(text: str) -> str:
    """The text with compatible characters made one, without its leading number, and with numbers as ``#``.

    >>> masked("一是持证执法人员达到４００名以上")
    '持证执法人员达到#名以上'
    """
    return _NUMBER.sub("#", _LEAD.sub("", unicodedata.normalize("NFKC", text)))


@lru_cache(maxsize=200_000)
def wording(text: str) -> Wording:
    """A sentence made ready for comparison.

    >>> wording("普法宣传的针对性还不强").plain == wording("普法宣传针对性仍不强").plain
    True
    """
    text = masked(text)
    plain = _LIGHT.sub("", _SIGN.sub("", text))
    grams: dict[str, float] = {}
    for run in _SIGN.split(text):
        weights = _weights(run)
        for place in range(len(run) - 1):
            weight = (weights[place] + weights[place + 1]) / 2
            if weights[place] > 0 < weights[place + 1]:
                gram = run[place : place + 2]
                grams[gram] = max(grams.get(gram, 0.0), weight)
    return Wording(plain, grams, sum(grams.values()))


def _weights(run: str) -> list[float]:
    weights = [0.0 if char == "#" else 1.0 for char in run]
    for match in _LIGHT.finditer(run):
        weights[match.start() : match.end()] = [0.0] * (match.end() - match.start())
    for match in _pattern().finditer(run):
        weight = genre_phrases()[match.group()]
        weights[match.start() : match.end()] = [weight] * (match.end() - match.start())
    return weights


def shared(one: Wording, other: Wording) -> float:
    """Weight of the pairs of characters that both have."""
    small, large = (one.grams, other.grams) if len(one.grams) <= len(other.grams) else (other.grams, one.grams)
    return sum(min(weight, large[gram]) for gram, weight in small.items() if gram in large)


def overlap(one: Wording, other: Wording) -> float:
    """Share of the two sentences' content that they have in common (Dice), from 0 to 1.

    >>> overlap(wording("进一步加强工作"), wording("进一步加强建设"))
    0.0
    >>> overlap(wording("普法形式单一"), wording("普法形式单一"))
    1.0
    """
    total = one.weight + other.weight
    return 2 * shared(one, other) / total if total else 0.0


def contained(part: Wording, whole: Wording) -> float:
    """Share of the content of ``part`` that ``whole`` has too, from 0 to 1.

    >>> contained(wording("公布重大行政决策目录"), wording("首次编制公布重大行政决策目录，收入六项"))
    1.0
    """
    return shared(part, whole) / part.weight if part.weight else 0.0


def closeness(one: Wording, other: Wording) -> float:
    """How near word for word two sentences are, numbers and adverbs apart, from 0 to 1.

    >>> closeness(wording("案卷制作还不够规范"), wording("案卷制作仍不够规范"))
    1.0
    """
    from rapidfuzz import fuzz

    return float(fuzz.ratio(one.plain, other.plain)) / 100
