"""Which indicator explains the whole phrase of a figure, or of which it is a part that the words name."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import dropwhile
from operator import attrgetter
from typing import NamedTuple

from fazhi_analysis.catalogue.word_lists import pattern, words
from fazhi_analysis.extracting.linking.asides import EVENTS, without_asides, without_manner
from fazhi_analysis.extracting.linking.candidates import (
    GROWTH,
    Candidates,
    Scored,
    Words,
    counted_body,
    spelled_out,
)
from fazhi_analysis.extracting.linking.event_names import named_spans, without_names
from fazhi_analysis.extracting.linking.link_rules import Rule, tidy
from fazhi_analysis.extracting.linking.passage import Passage
from fazhi_analysis.extracting.linking.subjects import Subjects
from fazhi_analysis.extracting.linking.topics import Topics
from fazhi_analysis.extracting.linking.unexplained_words import is_idle, last_word, names_only_things, unexplained
from fazhi_analysis.extracting.linking.ways_of_concluding import concluded_by
from fazhi_analysis.model import Quantity

# Examples of what is counted: 交通事故、劳动争议等法律援助案件, 送法下乡等普法活动; 涉农民工等 is a part of it.
_LIST_END = re.compile(
    r"(?:、[^，；]*等|^(?![^，；]*(?:涉|面向|针对|对))[^，；、]{2,16}等(?!部门|单位|机关|乡镇|地))(?![级次同待候价])"
    r"(?:方面|领域|行业|环节|内容|形式|方式|类型|类)?的?"
)
_PART = pattern(
    r"(?:其中[，,：:]?)?(<part openings>[^，；、]{1,14}?(?:的|(?=案[件卷]))|[^，；、的]{1,10}(?:<part endings>)(?:的)?)"
)
_TARGET = pattern(r"(?:对|针对)(?:[\d.]+[家个名户])?([^，；。]{2,30}?)(?:<done to>)")
# By several means, none of which says what is counted: 通过网站、公告栏等渠道, 以宣讲与答疑相结合的方式.
_MEANS = pattern(
    "(?:通过|利用|运用|采取|采用|借助|以)[^，；|]{2,50}?"
    "(?:等(?:多种|各种|多个)?|(?:<together>)的?|[+＋][^，；|]{2,8}?的?)(?:<ways>)"
)
# What is counted by members of it, which 等 closes: 发布重要会议、政策措施等.
_ENUMERATED = re.compile(r"^([^、]*)、[^，；]*等")
_ACT_EXAMPLES = re.compile("^(?![^，；]*(?:涉|面向|针对))[^、，；]*等$")
_TAIL_EXAMPLES = re.compile(r"[^，；、的]{2,12}、[^，；]{1,20}?等(?![级次同待候价])")
_ACTS = pattern("<own verbs>|<general verbs>")
_BARE_NOUN = pattern("(?:<bare acts>|<time words>|<amount words>|<manners>)*(?:<general nouns>)?(?:<amount words>)*")
_ANNOUNCED = pattern("(?:<announcing>)(?=<time words>|全[省市县区旗州盟镇]|我[省市县区旗州盟镇])")
_CHANGED = pattern("<rise verbs>|<fall verbs>|<cut verbs>|<rise nouns>|<fall nouns>")
_LISTING = "、和及与"
_LISTED = frozenset(_LISTING)
_JOINED = re.compile(r"、|以及|和(?!解|谐)|与(?!会)|及(?!时)")
_IN_BRACKETS = re.compile("(?<=[\u4e00-\u9fff])（(?!含|包括)([\u4e00-\u9fff]{3,10})）$")
_RATES_JOINED = re.compile("(?<=率)(?:、|以?及|和|与)")
_RUN_IN_HEADING = re.compile(r"[（\d一二三四五六七八九十）.、]*[\u4e00-\u9fff]{2,12}(?:情况|工作|方面|案件)。")
_HEADS = pattern("(?:<deciding heads>|<head fillers>|<head this year>|[数·，（）])*")
_NUMBERS = ("数", "数量")
_CASE = "件"  # what a bare number of a table counts
_PREDICATE = re.compile(r"[^，；。]{0,6}?(?P<verb>全部|均|都|已)")
_LONGEST_MEMBER = 5
_SHORTEST_NOUN = 2
_MEMBER = ("等",)
_OWN_VERBS = pattern("<own verbs>")
_UPON = pattern("<upon>")
# What brought about the cases of a list, or whose they are: 因征地补偿引起的行政复议5件、行政诉讼3件.
_SHARED_ATTRIBUTE = pattern(r"(?:[因由]|<part openings>)[^，；、的]{1,14}的(?=[^，；、]*$)")
_SESSIONS = frozenset(["次", "轮"])
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
        self.quoted = topics.quoted
        self.terms = topics.book.terms
        self.candidates = Candidates(topics)
        self.subjects = subjects
        self.columns = columns or {}
        self.by_column: set[int] = set()  # figures whose column decides and names no part

    def best(self, metric: Quantity, passage: Passage) -> Match:
        """The indicator that explains the phrase of the figure by the longest wording, the nearer of equally long ones.

        None when that is a tie. Where none explains all of it, the first is kept for a part of it, if the words that
        remain name one (涉农民工的).
        """
        if metric.start in self.columns and (cell := self._of_cell(metric, passage)).indicator:
            return cell
        words = self.candidates.words_of(metric, passage)
        scored = self.candidates.of(metric, passage, words)
        if not scored:
            return self._of_other_words(metric, passage)
        first: Scored | None = None
        for found in scored:
            if first is not None and found[:3] != first[:3]:
                break
            if first is not None and found.rule.indicator == first.rule.indicator:
                continue
            if not self.left(found.rule, metric, passage, words):
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

    def left(self, rule: Rule, metric: Quantity, passage: Passage, words: Words) -> tuple[str, ...]:
        """Words of the figure's phrase that the indicator of the rule does not explain."""
        head, tail = self._phrase(rule, metric, passage, words)
        if _acted_upon(rule, metric, head, tail):
            return ("对",)
        without = _without_means(head, tail, rule.says)
        if without is None:
            return _MEMBER
        head = without
        listed = _LIST_END.search(head)
        if listed is not None and all(say in head[listed.end() :] or say in tail for say in rule.says):
            head = head[listed.end() :]  # 交通事故等法律援助案件: examples of the kind
        elif (members := _ENUMERATED.search(head)) is not None:
            rest = f"{head[members.end() :]}|{tail}"
            if not any(say in members[1] or say in rest for say in rule.says):
                return _MEMBER  # 公开各类文件、政策解读等3800条: one member of what is counted together
            head = _without_examples(head, members.end(), rule.says, tail)
        elif head.endswith("等") and tail and _ACT_EXAMPLES.match(head):
            head = _without_examples(head, len(head), rule.says, tail)  # 印发招标管理办法等9件文件
        examples = _TAIL_EXAMPLES.match(tail)
        if examples is not None and all(say in head or say in tail[examples.end() :] for say in rule.says):
            tail = tail[examples.end() :]  # 12件常务会、专题会议题等重大行政决策
        head, tail = (without_manner(phrase, rule.says, metric.unit) for phrase in (head, tail))
        if metric.change in GROWTH:
            head = _CHANGED.sub(lambda verb: verb[0] if any(say in verb[0] for say in rule.says) else "|", head)
        return unexplained(f"{head}|{tail}", self.terms[rule.indicator])

    def target(self, metric: Quantity, passage: Passage, indicator: str) -> str:
        """Whom or what alone the clause is about (对企业的环境违法行为作出处罚), unless the indicator explains it."""
        aimed = _TARGET.search(self.text, passage.clause_start, passage.start)
        return aimed[1] if aimed is not None and names_only_things(aimed[1], self.terms[indicator]) else ""

    def _phrase(self, rule: Rule, metric: Quantity, passage: Passage, words: Words) -> tuple[str, str]:
        """The words before and after a figure that a rule has to explain: not its subject, nor what bodies do."""
        text, tail = self.text, _counted(rule, metric, words.tail)
        if tail and text[passage.tail_end : passage.tail_end + 1].isdecimal():
            tail = _before_next_of_list(tail, rule.says)
        if passage.sticky == passage.head_start and all(say in tail for say in rule.says):
            return "", tail  # 将320户主体、174户社会团体纳入: the words between belong to the figure before
        begin = passage.head_start
        subject = self.subjects.of(passage.sentence_start, passage.sentence_end, passage.start)
        if begin <= subject.start < subject.end <= passage.head_end:
            begin = subject.end
        if not subject.name and (announced := _ANNOUNCED.match(text, begin, passage.head_end)):
            begin = announced.end()  # 通报全年受理申请12件, but 市司法厅通报全市纠错率15%
        head = words.verb + self._without_names(rule, metric, begin, passage.head_end)[0]
        if text[begin - 1 : begin] == "（" and rule.topics and not words.topics:
            head = f"{text[passage.clause_start : begin - 1]}|{head}"  # 处罚类复议案件增多（新收36件）
        if text[begin : begin + 1] in _LISTED and not _OWN_VERBS.search(text, begin, passage.head_end):
            head = f"{self._attribute(passage)}{head}"
        if metric.kind == "rate":
            head = spelled_out(head)
        for name in self.subjects.names:
            if not any(name in say for say in rule.says):  # 市场主体 counts in the report of a bureau for 市场监督管理
                head, tail = head.replace(name, "|"), tail.replace(name, "|")
        return without_asides(head, rule.says), without_asides(tail, rule.says)

    def _attribute(self, passage: Passage) -> str:
        """What the first member of a list says of all of them, where it is a part: 因信息公开引起的."""
        index = bisect_left(self.passages, passage.start, key=attrgetter("start")) - 1
        while index > 0 and self.text[self.passages[index].head_start] in _LISTING:
            index -= 1
        first = self.passages[index] if index >= 0 else passage
        if first.start < passage.clause_start:
            return ""
        shared = _SHARED_ATTRIBUTE.search(self.text, first.head_start, first.head_end)
        return f"{shared[0]}|" if shared else ""

    def _without_names(self, rule: Rule, metric: Quantity, start: int, end: int) -> tuple[str, str]:
        """The words of a figure of events without their names in quotation marks, and the name that stands alone."""
        names = named_spans(self.quoted, start, end) if self.quoted and metric.unit in EVENTS else ()
        if any(self.text[slice(*name)] in self.candidates.book.by_say for name in names):
            names = ()  # “法律明白人”培训: what an indicator counts is no name of events
        return without_names(self.text, start, end, names, rule.says) if names else (self.text[start:end], "")

    def _narrowed(self, rule: Rule, metric: Quantity, passage: Passage) -> str:
        """What says which of the things are counted: the one name of events (“与法同行”讲座), a kind in brackets."""
        name = self._without_names(rule, metric, passage.head_start, passage.head_end)[1]
        if not name and (kind := _IN_BRACKETS.search(self.text, passage.head_start, passage.head_end)):
            name = kind[1]  # 重点领域信息（安全生产）32条
        return name if name and names_only_things(name, self.terms[rule.indicator]) else ""

    def _of_part(self, rule: Rule, metric: Quantity, passage: Passage, words: Words) -> Match:
        """The indicator for a part of it that the words name (涉农民工的, 行政处罚类); nothing where others remain."""
        head, tail = self._phrase(rule, metric, passage, words)
        named = _PART.search(head)
        part = _kind(named[1]) if named is not None else self.target(metric, passage, rule.indicator)
        if not part or part.endswith(_ALL_KINDS) or any(say in part for say in rule.says):
            return NOTHING
        if self.left(rule, metric, passage, words) == _MEMBER:
            return NOTHING
        if any(word not in part for word in unexplained(f"{head}|{tail}", self.terms[rule.indicator])):
            return NOTHING
        return _match(rule, part.removesuffix("的"))

    def _of_cell(self, metric: Quantity, passage: Passage) -> Match:
        """The indicator that a row of a table and the head of a column name together (规范性文件, 本年制发件数)."""
        name, column = self.text[passage.head_start : passage.head_end], self.columns[metric.start]
        if not (column or (name.endswith(_NUMBERS) and not metric.unit)):
            return NOTHING
        phrase = f"{name}{tidy(column)}"
        figure = metric if metric.unit else replace(metric, unit=_CASE)
        for found in self.candidates.of(figure, passage, self.candidates.words_in(phrase)):
            rest = column
            for say in found.rule.says:
                rest = rest.replace(say, "")
            if _HEADS.fullmatch(rest) and not unexplained(name, self.terms[found.rule.indicator]):
                self.by_column.add(metric.start)
                return _match(found.rule)
        return NOTHING

    def _of_clause_before(self, metric: Quantity, passage: Passage) -> Match:
        """The indicator of a general noun that the clause before it explains (更新权力清单，梳理事项6392项)."""
        text = self.text
        heads = passage.clause_start <= passage.sentence_start
        if heads and not self._run_in_heading(passage):
            return NOTHING
        start = passage.lead_start if heads else passage.sentence_start
        low, high = max(start - 1, 0), passage.clause_start - 1
        begin = max([text.rfind(mark, low, high) for mark in "，；：。\n"]) + 1
        if not start <= begin < passage.clause_start:
            return NOTHING
        index = bisect_left(self.passages, passage.start, key=attrgetter("start")) - 1
        if index >= 0 and self.passages[index].end > begin:
            return NOTHING
        own = text[passage.head_start : passage.head_end] + text[passage.end : passage.tail_end]
        if len(own) < _SHORTEST_NOUN or not _BARE_NOUN.fullmatch(own):
            return NOTHING
        before = without_asides(text[begin : passage.clause_start - 1], ())
        phrase = f"{before}|{own}"
        for found in self.candidates.of(metric, passage, self.candidates.words_in(phrase)):
            terms = (*self.terms[found.rule.indicator], *words("scaffolds"), *words("general nouns"))
            if any(say in before for say in found.rule.says) and not unexplained(phrase, terms):
                return _match(found.rule)
        return NOTHING

    def _run_in_heading(self, passage: Passage) -> bool:
        """Whether the sentence before a figure's is a heading of its paragraph: 行政强制情况。共实施26件."""
        return _RUN_IN_HEADING.fullmatch(self.text, passage.lead_start, passage.sentence_start) is not None

    def _of_joined_rates(self, metric: Quantity, passage: Passage) -> Match:
        """The indicator of the first of several rates that are one figure (备案率、合规率均达100%)."""
        head = self.text[passage.head_start : passage.head_end]
        rates = _RATES_JOINED.split(head) if metric.kind == "rate" else ()
        for rate in rates if len(rates) > 1 else ():
            phrase = without_asides(rate, ())
            for found in self.candidates.of(metric, passage, self.candidates.words_in(phrase)):
                if not unexplained(phrase, self.terms[found.rule.indicator]):
                    return _match(found.rule)
        return NOTHING

    def _of_member(self, metric: Quantity, passage: Passage) -> Match:
        """The indicator of a member of a list that takes its beginning from the one before (代表议案3件、建议276件)."""
        head = self.text[passage.head_start : passage.head_end]
        tail = self.text[passage.end : passage.tail_end]
        if not head or head[0] not in _LISTING or len(head) > _LONGEST_MEMBER or (tail and tail[0] != "（"):
            return NOTHING  # but a remark in brackets: 建议139件（其中重点建议12件）
        index = bisect_left(self.passages, passage.start, key=attrgetter("start")) - 1
        if index < 0 or self.passages[index].end != passage.head_start:
            return NOTHING
        before = self.passages[index]
        stem = self.text[before.head_start : before.head_end]
        phrase = stem.removesuffix(last_word(stem)) + head.lstrip(_LISTING)
        for found in self.candidates.of(metric, passage, self.candidates.words_in(phrase)):
            if not unexplained(phrase, self.terms[found.rule.indicator]):
                return _match(found.rule)
        return NOTHING


def _without_means(head: str, tail: str, says: Sequence[str]) -> str | None:
    """The words before a figure without the means by which it was done, None where they make it a part.

    >>> _without_means("以调解、和解等方式结案", "", ("和解",)), _without_means("以判决方式结案", "", ("结案",))
    ('|调解、和解|结案', None)
    """
    act = concluded_by(head)
    if act is not None:
        named = any(say in act.means for say in says)
        return f"{head[: act.start]}|{act.means}|{head[act.end :]}" if named else None
    means = _MEANS.search(head)
    if means is None:
        return head
    head = f"{head[: means.start()]}|{head[means.end() :]}"
    return head if all(say in head or say in tail for say in says) else None


def _counted(rule: Rule, metric: Quantity, tail: str) -> str:
    """The words after a figure that say what is counted: not what it does, nor what it owns."""
    if rule.place == "noun":
        return rule.says[0]
    if body := counted_body(metric, tail):
        return body
    if "的" in tail and all(say in tail[: tail.index("的")] for say in rule.says):
        return tail[: tail.index("的")]  # 63个执法主体的信息: what is counted owns what follows
    done = _PREDICATE.match(tail)  # 818人全部完成演练: what they did says nothing of what is counted
    return tail[: done.start("verb")] if done else tail


def _kind(part: str) -> str:
    """The part that words name, without what is done with it: 办理卫生健康类 is of 卫生健康类.

    >>> _kind("全年办理卫生健康类"), _kind("涉农民工的")
    ('卫生健康类', '涉农民工的')
    """
    if not part.endswith("类"):
        return part
    import rjieba

    return "".join(dropwhile(is_idle, rjieba.cut(part, False))) or part


def _before_next_of_list(tail: str, says: Sequence[str]) -> str:
    """The words between two figures without those of the second, where what a joiner ends names the first.

    >>> _before_next_of_list("全面清理和涉企文件等", ("全面清理",)), _before_next_of_list("培训和清理", ("清理",))
    ('全面清理', '培训和清理')
    """
    joined = _JOINED.search(tail)
    first = tail[: joined.start()] if joined else tail
    return first if all(say in first for say in says) else tail


def _acted_upon(rule: Rule, metric: Quantity, head: str, tail: str) -> bool:
    """Whether a figure counts what something is done upon, and its rule how often: 对（围绕）重点工作9项实施督察."""
    if metric.unit in EVENTS or not rule.units >= _SESSIONS or not _UPON.search(head):
        return False
    return any(say in tail and not tail.startswith(say) for say in rule.says)


def _without_examples(head: str, end: int, says: Sequence[str], tail: str = "") -> str:
    """The words before a figure without the examples of what was done, where act and ``tail`` name the indicator.

    >>> _without_examples("新媒体发布重要会议、政策措施等", 15, ("新媒体", "发布"))
    '新媒体发布'
    >>> _without_examples("制定养犬、供水等", 8, ("地方性法规", "制定"), "地方性法规")
    '制定'
    """
    act = max((say for say in says if say in head and _ACTS.fullmatch(say)), key=head.rfind, default="")
    reach = head.rfind(act) + len(act)
    if not act or not 0 < reach < end or head[reach] in _LISTING:
        return head
    rest = f"{head[:reach]}{head[end:]}"
    return rest if all(say in rest or say in tail for say in says) else head


def _match(rule: Rule, part: str = "") -> Match:
    return Match(rule.indicator, "+".join(rule.says), part, bool(rule.topics))
