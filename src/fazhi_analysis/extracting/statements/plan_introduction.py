"""How a plan is introduced: the situation, the thought that guides it, what was achieved. None of it is a step."""

from __future__ import annotations

import re

from fazhi_analysis.catalogue.word_lists import pattern
from fazhi_analysis.extracting.statements.entry import Entry

_GUIDED = pattern("<guiding thought>|(?:<weighty>)[。；]?$")
_SITUATION = pattern("<situations>|<achieved>")
_INTENDS = pattern(
    "(?:^|[，,；。])(?:(?:我们|政府|[我全][省市区县旗州盟局镇乡])?(?:也|还|都)?(?:<will do>)"
    "|(?:<measures begin>|<task verbs>)(?!.{0,6}(?:成果|成效|时期|阶段)))"
)
# 从以下几个方面采取(措施) where the text breaks off; 夯实基础，就是要…: what a word means.
_SAYS_NO_ACT = re.compile(
    "(?:主要|重点)?从(?:以下|下列|如下|这)[^，。；：]{0,12}(?:方面|环节)[^，。；：]{0,8}|[^，。；]{2,12}，就是要?[^。]*"
)
_UNITED = pattern("团结在[^。]{0,40}周围[^。]{0,200}(?:<good wishes>)[^，。]{0,8}$")
_SUBJECT_FIRST = ("n", "r")  # parts of speech: nouns and pronouns


def without_introduction(text: str, entries: list[Entry]) -> list[Entry]:
    """The unlisted sentences of a plan that say what will be done.

    >>> words = "经济运行总体平稳。当前形势复杂。加强培训。"
    >>> entries = [Entry(0, 8, 0), Entry(9, 15, 9), Entry(16, 20, 16)]
    >>> [words[entry.start : entry.end] for entry in without_introduction(words, entries)]
    ['加强培训']
    """
    return [entry for entry in entries if _is_step(text[entry.body : entry.end])]


def _is_step(words: str) -> bool:
    bare = words.rstrip("。！；")
    if _GUIDED.search(words) or _SAYS_NO_ACT.fullmatch(bare) or _UNITED.search(bare):
        return False
    if _INTENDS.search(words):
        return True
    return not (_SITUATION.search(words) or _says_how_it_is(words))


def _says_how_it_is(words: str) -> bool:
    """Whether a sentence begins with its subject (全国粮食连年增产, not 新设服务点) and aims at no figure."""
    import rjieba

    if any(sign.isdecimal() for sign in words):
        return False
    tagged = rjieba.tag(words[:16], False)
    return bool(tagged) and tagged[0][1].startswith(_SUBJECT_FIRST)
