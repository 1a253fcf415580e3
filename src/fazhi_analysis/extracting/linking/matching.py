"""Which indicator explains the whole phrase of a figure, or of which it is a part that the words name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from itertools import dropwhile
from typing import NamedTuple

from fazhi_analysis.catalogue.word_lists import pattern, words
from fazhi_analysis.extracting.linking.asides import without_asides
from fazhi_analysis.extracting.linking.candidates import Candidates, Scored
from fazhi_analysis.extracting.linking.link_rules import Rule, tidy
from fazhi_analysis.extracting.linking.passages.passage import LISTED, Passage
from fazhi_analysis.extracting.linking.phrases import MEMBER, Phrases
from fazhi_analysis.extracting.linking.standards import is_standard
from fazhi_analysis.extracting.linking.subjects import Subjects
from fazhi_analysis.extracting.linking.topics import Topics
from fazhi_analysis.extracting.linking.unexplained_words import is_idle, last_word, names_only_things, unexplained
from fazhi_analysis.extracting.linking.words_beside import Words, WordsBeside
from fazhi_analysis.model import Quantity

_PART = pattern(
    r"(?:其中[，,：:]?)?(<part openings>[^，；、]{1,14}?(?:的|(?=案[件卷]))|[^，；、的]{1,10}(?:<part endings>)(?:的)?)"
)
_TARGET = pattern(r"(?:对|针对)(?:[\d.]+[家个名户])?([^，；。]{2,30}?)(?:<done to>)")
_BARE_NOUN = pattern("(?:<bare acts>|<time words>|<amount words>|<manners>)*(?:<general nouns>)?(?:<amount words>)*")
_IN_BRACKETS = re.compile("(?<=[\u4e00-\u9fff])（(?!含|包括)([\u4e00-\u9fff]{3,10})）$")
_RATES_JOINED = re.compile("(?<=率)(?:、|以?及|和|与)")
_RUN_IN_HEADING = re.compile(r"[（\d一二三四五六七八九十）.、]*[\u4e00-\u9fff]{2,12}(?:情况|工作|方面|案件)。")
_HEADS = pattern("(?:<deciding heads>|<head fillers>|<head this year>|[数·，（）])*")
_NUMBERS = ("数", "数量")
_CASE = "件"  # what a bare number of a table counts
_LONGEST_MEMBER = 5
_SHORTEST_NOUN = 2
_KINDS = ("类", "领域", "行业", "程序")
_ALL_KINDS = ("各类", "各领域", "各行业", "分类")  # these name no part


class Match(NamedTuple):
    """An indicator and the wording that decided for it, and which part of it; all empty where nothing decided.

    ``leans`` says that its words alone would not do: what the passage is about decided with them.
    """

    indicator: str
    wording: str
    part: str = ""
    leans: bool = False


NOTHING = Match("", "")


class Matcher:
    """Finds the indicator of each figure of one text.

    Parameters
    ----------
    topics:
        What the passages are about, with the rules, the text and the passages.
    subjects:
        Whose figures the sentences give.
    columns:
        For figures of tables, by where they begin, what the heads beside the one that names them say.
    """

    def __init__(self, topics: Topics, subjects: Subjects, columns: Mapping[int, str] | None = None) -> None:
        self.text = topics.text
        self.passages = topics.passages
        self.terms = topics.book.terms
        self.beside = WordsBeside(topics.book, topics.text)
        self.candidates = Candidates(topics)
        self.phrases = Phrases(topics, subjects)
        self.subjects = subjects
        self.columns = columns or {}
        self.by_column: set[int] = set()  # figures whose column decides and names no part

    def best(self, metric: Quantity, passage: Passage) -> Match:
        """The indicator that explains the phrase of the figure by the longest wording, the nearer of equally long ones.

        None when that is a tie. Where none explains all of it, the first is kept for a part of it, if the words that
        remain name one (涉农民工的).
        """
        if not self.candidates.may_be_any(metric) or is_standard(passage.head(self.text), metric.quote):
            return NOTHING
        if metric.start in self.columns and (cell := self._of_cell(metric, passage)).indicator:
            return cell
        words = self.beside.of(metric, passage)
        scored = self.candidates.of(metric, passage, words)
        if not scored:
            return self._of_other_words(metric, passage)
        first: Scored | None = None
        for found in scored:
            if first is not None and found[:3] != first[:3]:
                break
            if first is not None and found.rule.indicator == first.rule.indicator:
                continue
            if not self.phrases.left(found.rule, metric, passage, words):
                if first is not None:
                    return NOTHING
                first = found
        if first is not None:
            return _match(first.rule, self._narrowed(first.rule, metric, passage))
        part = self._of_part(scored[0].rule, metric, passage, words)
        return part if part.indicator else self._of_other_words(metric, passage)

    def _of_other_words(self, metric: Quantity, passage: Passage) -> Match:
        """The indicator of a figure that shares words with those beside it or has none of its own."""
        for find in (self._of_joined_rates, self._of_member, self._of_clause_before):
            if (found := find(metric, passage)).indicator:
                return found
        return NOTHING

    def target(self, metric: Quantity, passage: Passage, indicator: str) -> str:
        """Whom or what alone the clause is about (对企业的环境违法行为作出处罚), unless the indicator explains it."""
        aimed = _TARGET.search(self.text, passage.clause_start, passage.start)
        return aimed[1] if aimed is not None and names_only_things(aimed[1], self.terms[indicator]) else ""

    def _narrowed(self, rule: Rule, metric: Quantity, passage: Passage) -> str:
        """What says which of the things are counted: the one name of events (“与法同行”讲座), a kind in brackets."""
        name = self.phrases.without_names(rule, metric, passage.head_start, passage.head_end)[1]
        if not name and (kind := _IN_BRACKETS.search(self.text, passage.head_start, passage.head_end)):
            name = kind[1]  # 重点领域信息（安全生产）32条
        return name if name and names_only_things(name, self.terms[rule.indicator]) else ""

    def _of_part(self, rule: Rule, metric: Quantity, passage: Passage, words: Words) -> Match:
        """The indicator for a part of it that the words name (涉农民工的, 行政处罚类); nothing where others remain."""
        head, tail = self.phrases.of(rule, metric, passage, words)
        named = _PART.search(head)
        part = _kind(named[1]) if named is not None else self.target(metric, passage, rule.indicator)
        if not part or part.endswith(_ALL_KINDS) or any(say in part for say in rule.says):
            return NOTHING
        if self.phrases.left(rule, metric, passage, words) == MEMBER:
            return NOTHING
        if any(word not in part for word in unexplained(f"{head}|{tail}", self.terms[rule.indicator])):
            return NOTHING
        return _match(rule, part.removesuffix("的"))

    def _of_cell(self, metric: Quantity, passage: Passage) -> Match:
        """The indicator that a row of a table and the head of a column name together (规范性文件, 本年制发件数)."""
        name, column = passage.head(self.text), self.columns[metric.start]
        if not (column or (name.endswith(_NUMBERS) and not metric.unit)):
            return NOTHING
        phrase = f"{name}{tidy(column)}"
        figure = metric if metric.unit else replace(metric, unit=_CASE)
        for found in self.candidates.of(figure, passage, self.beside.in_phrase(phrase)):
            rest = column
            for say in found.rule.says:
                rest = rest.replace(say, "")
            if _HEADS.fullmatch(rest) and not unexplained(name, self.terms[found.rule.indicator]):
                self.by_column.add(metric.start)
                return _match(found.rule)
        return NOTHING

    def _of_clause_before(self, metric: Quantity, passage: Passage) -> Match:
        """The indicator of a general noun that the clause before it explains (更新权力清单，梳理事项640项)."""
        text = self.text
        heads = passage.clause_start <= passage.sentence_start
        if heads and not _RUN_IN_HEADING.fullmatch(text, passage.lead_start, passage.sentence_start):
            return NOTHING  # but 行政强制情况。共实施26件
        last = self.passages[passage.index - 1].end if passage.index else 0
        own = passage.head(text) + passage.tail(text)
        if last >= passage.clause_start or len(own) < _SHORTEST_NOUN or not _BARE_NOUN.fullmatch(own):
            return NOTHING
        start = passage.lead_start if heads else passage.sentence_start
        low, high = max(start - 1, 0), passage.clause_start - 1
        begin = max([text.rfind(mark, low, high) for mark in "，；：。\n"]) + 1
        if not max(start, last) <= begin < passage.clause_start:
            return NOTHING
        before = without_asides(text[begin : passage.clause_start - 1], ())
        phrase = f"{before}|{own}"
        for found in self.candidates.of(metric, passage, self.beside.in_phrase(phrase)):
            terms = (*self.terms[found.rule.indicator], *words("scaffolds"), *words("general nouns"))
            if any(say in before for say in found.rule.says) and not unexplained(phrase, terms):
                return _match(found.rule)
        return NOTHING

    def _of_joined_rates(self, metric: Quantity, passage: Passage) -> Match:
        """The indicator of the first of several rates that are one figure (备案率、合规率均达100%)."""
        rates = _RATES_JOINED.split(passage.head(self.text)) if metric.kind == "rate" else ()
        for rate in rates if len(rates) > 1 else ():
            if (found := self._of_phrase(without_asides(rate, ()), metric, passage)).indicator:
                return found
        return NOTHING

    def _of_member(self, metric: Quantity, passage: Passage) -> Match:
        """The indicator of a member of a list that takes its beginning from the one before (代表议案3件、建议276件)."""
        head = passage.head(self.text)
        if not head or head[0] not in LISTED or len(head) > _LONGEST_MEMBER or not passage.index:
            return NOTHING
        before, tail = self.passages[passage.index - 1], passage.tail(self.text)
        if before.end != passage.head_start or (tail and tail[0] != "（"):
            return NOTHING  # but a remark in brackets: 建议139件（其中重点建议12件）
        stem = before.head(self.text)
        return self._of_phrase(stem.removesuffix(last_word(stem)) + head.lstrip("、和及与"), metric, passage)

    def _of_phrase(self, phrase: str, metric: Quantity, passage: Passage) -> Match:
        """The indicator that explains all of a phrase put together for a figure."""
        for found in self.candidates.of(metric, passage, self.beside.in_phrase(phrase)):
            if not unexplained(phrase, self.terms[found.rule.indicator]):
                return _match(found.rule)
        return NOTHING


def _kind(part: str) -> str:
    """The part that words name, without what is done with it: 办理卫生健康类 is of 卫生健康类.

    >>> _kind("全年办理卫生健康类"), _kind("涉农民工的")
    ('卫生健康类', '涉农民工的')
    """
    if not part.endswith(_KINDS):
        return part
    import rjieba

    return "".join(dropwhile(is_idle, rjieba.cut(part, False))) or part


def _match(rule: Rule, part: str = "") -> Match:
    return Match(rule.indicator, "+".join(rule.says), part, bool(rule.topics))
