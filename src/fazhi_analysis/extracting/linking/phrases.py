"""What an indicator has to explain of the words around a figure, and what of them it leaves unexplained.

Left out are the subject, what bodies do, names of events, examples, means and manners, remarks: all that says nothing
of what is counted.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from fazhi_analysis.catalogue.word_lists import pattern
from fazhi_analysis.extracting.linking.acts.joined_acts import counts_two_acts, last_act, without_statement
from fazhi_analysis.extracting.linking.acts.ways_of_concluding import concluded_by
from fazhi_analysis.extracting.linking.asides import EVENTS, without_asides, without_manner
from fazhi_analysis.extracting.linking.candidates import GROWTH
from fazhi_analysis.extracting.linking.circumstances import without
from fazhi_analysis.extracting.linking.event_names import named_spans, without_names
from fazhi_analysis.extracting.linking.link_rules import Rule
from fazhi_analysis.extracting.linking.passages.passage import LISTED, Passage
from fazhi_analysis.extracting.linking.subjects import Subjects
from fazhi_analysis.extracting.linking.topics import Topics
from fazhi_analysis.extracting.linking.unexplained_words import unexplained
from fazhi_analysis.extracting.linking.words_beside import Words, counted_body, spelled_out
from fazhi_analysis.model import Quantity

# Examples of what is counted: 交通事故、劳动争议等法律援助案件, 送法下乡等普法活动; 涉农民工等 is a part of it.
_LIST_END = re.compile(
    r"(?:、[^，；]*等|^(?![^，；]*(?:涉|面向|针对|对))[^，；、]{2,16}等(?!部门|单位|机关|乡镇|地))(?![级次同待候价])"
    r"(?:方面|领域|行业|环节|内容|形式|方式|类型|类)?的?"
)
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
_ANNOUNCED = pattern("(?:<announcing>)(?=<time words>|全[省市县区旗州盟镇]|我[省市县区旗州盟镇])")
_CHANGED = pattern("<rise verbs>|<fall verbs>|<cut verbs>|<rise nouns>|<fall nouns>")
_JOINED = re.compile(r"、|以及|和(?!解|谐)|与(?!会)|及(?!时)")
_PREDICATE = re.compile(r"[^，；。]{0,6}?(?P<verb>全部|均|都|已)")
MEMBER = ("等",)
"""What is left unexplained of a figure that counts one member of what is counted together."""
_OWN_VERBS = pattern("<own verbs>")
_UPON = pattern("<upon>")
# What brought about the cases of a list, or whose they are: 因征地补偿引起的行政复议5件、行政诉讼3件.
_SHARED_ATTRIBUTE = pattern(r"(?:[因由]|<part openings>)[^，；、的]{1,14}的(?=[^，；、]*$)")
_TOOK_PART = pattern(r"(?:参加|参与)了?(?:由|全|在)?(上级|中央|自治区|[国省市州盟区县旗])(?:里|上)?")
_SESSIONS = frozenset(["次", "轮"])


class Phrases:
    """The phrases of the figures of one text, as rules have to explain them."""

    def __init__(self, topics: Topics, subjects: Subjects) -> None:
        self.text = topics.text
        self.passages = topics.passages
        self.quoted = topics.quoted
        self.book = topics.book
        self.subjects = subjects

    def of(self, rule: Rule, metric: Quantity, passage: Passage, words: Words) -> tuple[str, str]:
        """The words before and after a figure that a rule has to explain: not its subject, nor what bodies do."""
        text, tail = self.text, _counted(rule, metric, words.tail)
        if tail and text[passage.tail_end : passage.tail_end + 1].isdecimal():
            tail = _before_next_of_list(tail, rule.says)
        if passage.sticky == passage.head_start and all(say in tail for say in rule.says):
            return "", tail  # 将320户主体、96户社会团体纳入: the words between belong to the figure before
        begin = passage.head_start
        subject = self.subjects.of(passage.sentence_start, passage.sentence_end, passage.start)
        if begin <= subject.start < subject.end <= passage.head_end:
            begin = subject.end
        if not subject.name and (announced := _ANNOUNCED.match(text, begin, passage.head_end)):
            begin = announced.end()  # 通报全年受理申请12件, but 市司法厅通报全市纠错率15%
        head = words.verb + self.without_names(rule, metric, begin, passage.head_end)[0]
        if text[begin - 1 : begin] == "（" and rule.topics and not words.topics:
            head = f"{text[passage.clause_start : begin - 1]}|{head}"  # 处罚类复议案件增多（新收36件）
        if text[begin : begin + 1] in LISTED and not _OWN_VERBS.search(text, begin, passage.head_end):
            head = f"{self._attribute(passage)}{head}"
        if metric.kind == "rate":
            head = spelled_out(head)
        for name in self.subjects.names:
            if not any(name in say for say in rule.says):  # 市场主体 counts in the report of a bureau for 市场监督管理
                head, tail = head.replace(name, "|"), tail.replace(name, "|")
        return without_asides(head, rule.says), without_asides(tail, rule.says)

    def left(self, rule: Rule, metric: Quantity, passage: Passage, words: Words) -> tuple[str, ...]:
        """Words of the figure's phrase that the indicator of the rule does not explain."""
        head, tail = self.of(rule, metric, passage, words)
        if _acted_upon(rule, metric, head, tail):
            return ("对",)
        if (kept := _without_means(head, tail, rule.says)) is None:
            return MEMBER
        head = kept
        listed = _LIST_END.search(head)
        if listed is not None and all(say in head[listed.end() :] or say in tail for say in rule.says):
            head = head[listed.end() :]  # 交通事故等法律援助案件: examples of the kind
        elif (members := _ENUMERATED.search(head)) is not None:
            rest = f"{head[members.end() :]}|{tail}"
            if not any(say in members[1] or say in rest for say in rule.says):
                return MEMBER  # 公开各类文件、政策解读等3800条: one member of what is counted together
            head = _without_examples(head, members.end(), rule.says, tail)
        elif head.endswith("等") and tail and _ACT_EXAMPLES.match(head):
            head = _without_examples(head, len(head), rule.says, tail)  # 印发招标管理办法等9件文件
        examples = _TAIL_EXAMPLES.match(tail)
        if examples is not None and all(say in head or say in tail[examples.end() :] for say in rule.says):
            tail = tail[examples.end() :]  # 12件常务会、专题会议题等重大行政决策
        head, tail = (without_manner(phrase, rule.says, metric.unit) for phrase in (head, tail))
        head = last_act(without_statement(head, rule.says), rule.says, metric.unit)
        if metric.change in GROWTH:
            head = without(_CHANGED, head, rule.says)
        if metric.unit in EVENTS and self._of_others(head, tail, rule.says):
            return MEMBER
        return unexplained(f"{head}|{tail}", self.book.terms[rule.indicator])

    def _of_others(self, head: str, tail: str, says: Sequence[str]) -> bool:
        """Whether events of another kind are among those counted, or a wider area held them: 参加全省法治培训."""
        own = tail if tail and not any(say in head for say in says) else head
        if (own is tail or not tail) and counts_two_acts(own, says):
            return True
        found = _TOOK_PART.search(head)
        return found is not None and found[1] in ("上级", "中央", *self.subjects.wider)

    def _attribute(self, passage: Passage) -> str:
        """What the first member of a list says of all of them, where it is a part: 因信息公开引起的."""
        index = passage.index - 1
        while index > 0 and self.text[self.passages[index].head_start] in LISTED:
            index -= 1
        first = self.passages[index] if index >= 0 else passage
        if first.start < passage.clause_start:
            return ""
        shared = _SHARED_ATTRIBUTE.search(self.text, first.head_start, first.head_end)
        return f"{shared[0]}|" if shared else ""

    def without_names(self, rule: Rule, metric: Quantity, start: int, end: int) -> tuple[str, str]:
        """The words of a figure of events without their names in quotation marks, and the name that stands alone."""
        names = named_spans(self.quoted, start, end) if self.quoted and metric.unit in EVENTS else ()
        if any(self.text[slice(*name)] in self.book.by_say for name in names):
            names = ()  # “法律明白人”培训: what an indicator counts is no name of events
        return without_names(self.text, start, end, names, rule.says) if names else (self.text[start:end], "")


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
        return tail[: tail.index("的")]  # 41个执法主体的信息: what is counted owns what follows
    done = _PREDICATE.match(tail)  # 818人全部完成演练: what they did says nothing of what is counted
    return tail[: done.start("verb")] if done else tail


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
    if not act or not 0 < reach < end or head[reach] in LISTED:
        return head
    rest = f"{head[:reach]}{head[end:]}"
    return rest if all(say in rest or say in tail for say in says) else head
