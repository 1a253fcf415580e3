"""What the later text says of a promise: that it was done, that it is mentioned, or nothing.

A promise without a figure counts as kept only when a clause of the later text names the same act and the same object,
says nothing of plans, drafts or delays, and did not stand in the earlier report already.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from operator import itemgetter
from typing import Final, NamedTuple

from fazhi_analysis.analysis.following.concepts import foreign
from fazhi_analysis.analysis.following.matching import TELLING, Entry
from fazhi_analysis.analysis.following.similarity import contained, wording
from fazhi_analysis.catalogue.data_files import data_rows

DONE: Final = 0.75
"""Share of the promised object that a clause must name for the act to count as done."""
NAMED_AGAIN: Final = 0.60
"""The same share for a promise of a definite act to count as made again in other words."""
SILENT: Final = 0.34
"""A promise of which no sentence of the later text holds more than this share is not mentioned."""
SPECIFIC: Final = 2.5
"""Least weight of content (about three telling pairs of characters) for a promise to be looked up at all."""


class _Act(NamedTuple):
    """A row of ``follow_up_acts.csv``: a promised act, how a text says that it was done, and the same for an act that
    may be promised besides and then counts alone (建成并启用)."""

    promised: re.Pattern[str]
    done: re.Pattern[str]
    also: re.Pattern[str] | None
    also_done: re.Pattern[str] | None


@cache
def _acts() -> tuple[_Act, ...]:
    return tuple(
        _Act(
            re.compile(row["promised"]),
            re.compile(row["done"]),
            re.compile(row["also"]) if row["also"] else None,
            re.compile(row["also_done"]) if row["also"] else None,
        )
        for row in data_rows("analysis/data/follow_up_acts.csv")
    )


_OPEN = re.compile(
    "拟|将|计划|正在|尚|未|没有|即将|明年|下年|下一步|启动|起草|征求意见|草案|选址|立项|筹备|前期|列入|预计|力争|争取|申报|(?<!接)待|推进|推动|"
    "暂缓|取消|按照|根据|依据|严格执行|的单位|准备|谋划|探索|研究|方案|审议(?!通过)|提请|基本(?=完成|建成)|"
    "开展[^，。；]*(?:编制|修订|制定|起草|建设)"
)
# An act with one outcome; 建设 and 打造 go on for years and are promised in many words.
_DEFINITE = re.compile("制定|出台|印发|建成|建好|新建|组建|成立|设立|增设|新设|编制|修订|上线|开通|启用|投用|建立")
_BEGUN = re.compile("开工|动工(?![作业程会])|奠基")
_NAMES: Final = ("方案", "研究", "准备")  # in the name of the promised thing they leave nothing open: 印发工作方案
_MEMBERS = re.compile("、|和|以及")
_AHEAD = 8
_CLAUSE = re.compile(r"[^，。；！？\n\r,;]+")
# What of a work was done: 一期 is not 二期, and the shell of a building is not the building.
_PHASE = re.compile(
    r"[一二三四五六七八九十\d]+(?:期|阶段|标段)|首[期批]|前期|主体|部分|局部|阶段性|封顶|清拆|征拆|拆迁|桩基|试点|示范段"
)
# 市级中心 is no 区级 one.
_LEVEL = re.compile("(?:国家|[省市县区旗镇村])级")
_PART = re.compile(r"(?:[^，。；！？\n\r,;]|(?<=\d),(?=\d{3}))+")
_SENTENCE = re.compile(r"[^。；！？\n\r;]+")


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of a text."""

    start: int
    end: int
    text: str


def clauses_of(text: str, start: int = 0, end: int | None = None) -> list[Passage]:
    """The clauses of a stretch, without blanks at their ends; a comma within a number parts none.

    >>> [one.text for one in clauses_of("培训1,200人，建成庭审室。")]
    ['培训1,200人', '建成庭审室']
    """
    found = []
    for match in _PART.finditer(text, start, len(text) if end is None else end):
        words = match.group()
        low, high = match.start() + len(words) - len(words.lstrip()), match.start() + len(words.rstrip())
        if low < high:
            found.append(Passage(low, high, text[low:high]))
    return found


@dataclass(frozen=True)
class Body:
    """The text of a report without its problems and next steps, in sentences and clauses."""

    sentences: tuple[Passage, ...]
    clauses: tuple[Passage, ...]

    @classmethod
    def of(cls, text: str, without: Sequence[tuple[int, int]] = ()) -> Body:
        """Split a text; stretches that touch a span of ``without`` are left out.

        >>> [piece.text for piece in Body.of("甲，乙。丙。", [(4, 6)]).clauses]
        ['甲', '乙']
        """
        return cls(_pieces(_SENTENCE, text, without), _pieces(_CLAUSE, text, without))


def _pieces(pattern: re.Pattern[str], text: str, without: Sequence[tuple[int, int]]) -> tuple[Passage, ...]:
    return tuple(
        Passage(match.start(), match.end(), match.group())
        for match in pattern.finditer(text)
        if match.group().strip() and not any(match.start() < end and start < match.end() for start, end in without)
    )


@lru_cache(maxsize=50_000)
def _promised(text: str) -> tuple[str, re.Pattern[str]] | None:
    """Object of a promised act, and how a text would say that it was done; None for anything but a definite act."""
    found = [(match.start(), act) for act in _acts() if (match := act.promised.search(text)) and _governs(match, text)]
    if not found:
        return None
    act = min(found, key=itemgetter(0))[1]
    besides = act.also_done if act.also is not None and act.also.search(text) else None
    wordings = [one.pattern for one in (act.promised, act.done, besides) if one is not None]
    return re.sub("|".join((*wordings, "并")), "", text), besides or act.done


def _governs(match: re.Match[str], text: str) -> bool:
    """Whether an act is the promised one: it begins the promise, or ends it (推动甲中心开工)."""
    return match.start() <= _AHEAD or match.end() == len(text)


def names_act(text: str) -> bool:
    """Whether a clause promises an act that can be finished.

    >>> names_act("建成云汀学校并投入使用"), names_act("持续优化营商环境")
    (True, False)
    """
    return _promised(text) is not None


def done(promise: str, body: Body, earlier: Body | None = None) -> Passage | None:
    """The clause that says that a promised act was done, or None.

    >>> done("制定后评估办法", Body.of("印发重大行政决策后评估办法，明确标准。")).text
    '印发重大行政决策后评估办法'
    >>> done("制定后评估办法", Body.of("后评估办法正在起草，拟于明年制定。")) is None
    True
    """
    found = _promised(promise)
    if found is None:
        return None
    thing, act = found
    words = wording(thing)
    if words.weight < SPECIFIC:
        return None
    own = Entry.of(promise).topics
    # 甲中心、乙园区开工 is done when both are.
    members = [one for one in map(wording, _MEMBERS.split(thing)) if one.weight >= TELLING]
    for clause in body.clauses:
        if (
            act.search(clause.text)
            and not _leaves_open(clause.text, promise)
            and contained(words, wording(clause.text)) >= DONE
            and all(contained(one, wording(clause.text)) >= DONE for one in members)
        ):
            if foreign(own, Entry.of(clause.text).topics):
                continue
            if earlier is None or all(contained(words, wording(old.text)) < DONE for old in earlier.clauses):
                return clause
    return None


def _leaves_open(clause: str, promise: str) -> bool:
    """Whether a clause speaks of plans, drafts or delays, of another part of the work or another level; words of the
    promise do not count."""
    levels = set(_LEVEL.findall(clause)), set(_LEVEL.findall(promise))
    if all(levels) and levels[0].isdisjoint(levels[1]):
        return True
    if not _BEGUN.search(promise) and set(_PHASE.findall(clause)) != set(_PHASE.findall(promise)):
        return True
    return any(not (found in _NAMES and found in promise) for found in _OPEN.findall(clause))


def names_object(promise: str, text: str) -> bool:
    """Whether a text names the object of a promised act; true of a promise without a definite act.

    >>> names_object("建成复议听证室", "完善听证规则"), names_object("建成复议听证室", "加快建设复议听证室")
    (False, True)
    """
    found = _promised(promise)
    if found is None or not _DEFINITE.search(promise[:10]):
        return True
    words = wording(found[0])
    return words.weight < SPECIFIC or contained(words, wording(text)) >= NAMED_AGAIN


def mentioned(promise: str, body: Body) -> tuple[float, Passage | None]:
    """Largest share of a promise's content that a sentence holds, and that sentence.

    >>> mentioned("建成办案场所", Body.of("受理行政复议案件五件。"))[0]
    0.0
    """
    words = wording(promise)
    best: tuple[float, Passage | None] = (0.0, None)
    for sentence in body.sentences:
        share = contained(words, wording(sentence.text))
        if share > best[0]:
            best = share, sentence
    return best


def is_specific(promise: str) -> bool:
    """Whether a promise says enough to be looked up.

    >>> is_specific("进一步加强工作"), is_specific("建成旗级行政复议规范化办案场所")
    (False, True)
    """
    return wording(promise).weight >= SPECIFIC
