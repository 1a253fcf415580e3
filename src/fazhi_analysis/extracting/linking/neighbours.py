"""What figures say about each other: changes, sums, shared nouns, and parts of a whole in one sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from fazhi_analysis.catalogue.word_lists import first_look, pattern
from fazhi_analysis.extracting.linking.acts.earlier_cases import (
    are_several_procedures,
    counts_cases,
    counts_disputes,
    is_one_procedure_of_several,
)
from fazhi_analysis.extracting.linking.acts.shared_acts import beside_named, named_apart, parts_of_act
from fazhi_analysis.extracting.linking.aspects import aspect_of
from fazhi_analysis.extracting.linking.matching import NOTHING, Match, Matcher
from fazhi_analysis.extracting.linking.passages.passage import Passage, earlier_in_sentence
from fazhi_analysis.extracting.linking.subjects import Whose
from fazhi_analysis.extracting.linking.then_and_now import grew_to, is_all_now, is_compared_with, was_reached
from fazhi_analysis.extracting.linking.unexplained_words import is_idle
from fazhi_analysis.model import Quantity

# A change that names nothing of its own ("同比增长30%") is a change of the figure before it in the same sentence.
_CHANGE_ONLY = re.compile(
    r"[，、（）\s同比环较与往去上一年前期度长增加减多少办结收审下降升提高低了幅率分别为达到约近超过高于低于的同期相比翻番又再均也有所末年底\d.%]*"
)
_OTHER_MEASURE = pattern(f"{first_look('other measures')}(?:<other measures>)")
# 其他涉法事务36件: what is left of the whole.
_REST = pattern("[，、；及和]?(?:<general verbs>|<reviewing verbs>)?<the rest>(?!权力)")
_REST_CUE = pattern("<the rest>")  # which few heads have, while hundreds of verbs may stand before it
_OF_YEAR = pattern(
    r"[（(]?其中[，,：:]?(?:仅|在)?(?:<this year>|(?:19|20)\d\d年度?)(?:以来)?(?:新增|新|共|已)?<done of it>?$"
)
_CARRIED = pattern("<carried in>|<left to next year>")
_CARRIED_REMARK = pattern("<carried remarks>")
_OF_KIND = pattern(r"[，、；（]?其中[，：]?(?P<kind>(?:<part openings>)[^，；、的]{1,12}?)(?:的)?案件?(?:数量?)?")
_LISTED = re.compile(r"[^，；。、]{0,12}(?:、|和|及)")
_OF_RATES = ("平均", "时限")  # measures whose mean or cut is a rate of the thing itself
_FIELDS = ("领域", "行业", "方面")
_AROUND = (Whose.WIDER, Whose.OTHER)
_SETTLED = ("化解", "调成")  # of the disputes named before
_SHORT = 10  # characters of 其中我县占: whose figure it is and nothing else
_TOTAL = re.compile(
    r"(?:^|[，、])(?:以上)?(?:共|合|总|累)计?|(?:^|[，、])(?:举办|开展)?各类|总数|综合(?=办结|受理|办理)"
)


def identify(metrics: Sequence[Quantity], passages: Sequence[Passage], matcher: Matcher) -> tuple[list[str], list[str]]:
    """Indicator of each metric in text order, empty where none is certain, and the part of it that the words name."""
    found = _Neighbours(metrics, passages, matcher)
    return found.ids, found.parts


class _Neighbours:
    """Identifies the metrics of one report in text order, since later figures lean on earlier ones."""

    def __init__(self, metrics: Sequence[Quantity], passages: Sequence[Passage], matcher: Matcher) -> None:
        self.metrics = metrics
        self.passages = passages
        self.matcher = matcher
        self.ids: list[str] = []
        self.wordings: list[str] = []
        self.parts: list[str] = []
        self.follows: dict[int, int] = {}
        self.targets: dict[int, str] = {}
        for index in range(len(metrics)):
            match = self._match(index)
            self.ids.append(match.indicator)
            self.wordings.append(match.wording)
            self.parts.append(match.part)
            self._share_act(index, match)
            if match.part and self._narrows(index, match):
                self.targets[passages[index].sentence_start] = match.part
            self._check_group(index)
        self._drop_parts()
        for index, earlier in self.follows.items():
            self.ids[index] = self.ids[earlier]

    def _match(self, index: int) -> Match:
        metric, passage, text = self.metrics[index], self.passages[index], self.matcher.text
        head = passage.head(text)
        if passage.vague or (_REST_CUE.search(head) and _REST.match(head)):
            return NOTHING
        if (measure := _OTHER_MEASURE.search(head)) and (metric.kind != "rate" or measure[0] not in _OF_RATES):
            return NOTHING
        tail = passage.tail(text)
        if self._of_own_place(index):
            return Match(self.ids[index - 1], "")
        if metric.change != "level" and _CHANGE_ONLY.fullmatch(head) and _CHANGE_ONLY.fullmatch(tail):
            return self._of_previous(index)
        around = (self.metrics, self.passages, text, index)
        if index and grew_to(*around):
            return self._after_change(index)
        of_year = index and "其中" in head and _OF_YEAR.match(head) and metric.period != self.metrics[index - 1].period
        if of_year or (index and (was_reached(*around) or (self.ids[index - 1] and is_all_now(*around)))):
            return Match(self.ids[index - 1], "")  # 累计26件，其中2023年办理17件
        if index and is_compared_with(*around):
            return Match(self.ids[index - 1], "", self.parts[index - 1])
        best = self._of_cases(index, self._of_target(index, self.matcher.best(metric, passage)))
        if best.indicator and self._is_another(index, best, head):
            return NOTHING
        if best.indicator and (part := self._part_of_previous(index, head)):
            return Match(self.ids[index - 1], "", part)
        return self._of_sum(index, best) if passage.sums else best

    def _is_another(self, index: int, best: Match, head: str) -> bool:
        """Whether the words say that a figure is not all of what its indicator counts.

        So they do of what was there before the year or is left after it (年初在办信访事项37件), and of a part (其中).
        """
        head = _CARRIED_REMARK.sub("", head)  # 审结案件（含上年结转）46件: all that was concluded
        if _CARRIED.search(head) and not _CARRIED.search(best.wording):
            return True
        if best.part:
            return False
        return ("其中" in head and best.indicator in self._ids_before(index)) or best.indicator in self._of_whole(index)

    def _of_whole(self, index: int) -> set[str]:
        """Ids of the sentence that this one tells the parts of (案件60件，罚款9万元。其中小额45件，罚款2万元)."""
        start = self.passages[index].sentence_start
        first = index - len(earlier_in_sentence(self.passages, index))
        if not first or not self.matcher.text.startswith("其中", start):
            return set()
        return {self.ids[first - 1]} | {self.ids[at] for at in earlier_in_sentence(self.passages, first - 1)} - {""}

    def _part_of_previous(self, index: int, head: str) -> str:
        """The kind of cases that a figure counts of those before it (复议案件84件，其中涉企案件8件)."""
        named = _OF_KIND.fullmatch(head) if "其中" in head else None
        if (
            named is None
            or not index
            or not self.ids[index - 1]
            or self.passages[index].tail_end > self.passages[index].end
        ):
            return ""
        whole, part = self.metrics[index - 1], self.metrics[index]
        holds = whole.unit == part.unit and (whole.upper or 0) >= (part.lower or 0) and self._is_level(index - 1)
        return named["kind"] if holds else ""

    def _of_previous(self, index: int) -> Match:
        """Id of the level that a bare change follows in the same sentence, else of the change before it.

        Points only follow a rate.
        """
        before = earlier_in_sentence(self.passages, index)
        level = next((at for at in reversed(before) if self.metrics[at].change == "level"), -1)
        if level < 0:
            return Match(self.ids[before[-1]], "") if before else NOTHING
        if self.metrics[index].change == "points" and self.metrics[level].kind != "rate":
            return NOTHING
        self.follows[index] = level
        return Match(self.ids[level], "")

    def _narrows(self, index: int, match: Match) -> bool:
        """Whether the part that a figure names is what its whole sentence is about, and not one among others."""
        if match.indicator in self._ids_before(index):
            return False
        if match.part.startswith("涉") and not earlier_in_sentence(self.passages, index):
            return True
        target = self.matcher.target(self.metrics[index], self.passages[index], match.indicator)
        return match.part == target or match.part.endswith(_FIELDS)

    def _of_target(self, index: int, best: Match) -> Match:
        """The match, for the part that an earlier figure of the sentence named (对企业违法行为处罚41件，罚款9万元)."""
        if not best.indicator or best.part or not index:
            return best
        passage, before = self.passages[index], self.passages[index - 1]
        if before.start < passage.sentence_start or before.clause_start == passage.clause_start:
            return best
        subject = self.matcher.subjects.of(passage.sentence_start, passage.sentence_end, passage.start)
        if subject.start > before.end:
            return best
        target = self.targets.get(passage.sentence_start, "")
        if target.startswith("涉") and not best.leans:
            return best  # 涉企复议案件12件，普法宣传30场
        return best._replace(part=target) if target else best

    def _of_cases(self, index: int, best: Match) -> Match:
        """The match of fines or of settled disputes, of the part of the cases before; none if they have no id."""
        amount = self.metrics[index].kind == "money"
        if not best.indicator or not (amount or best.wording in _SETTLED) or any(one in best.wording for one in "免减"):
            return best  # what was waived is none
        text, earlier = self.matcher.text, earlier_in_sentence(self.passages, index)
        amounts = [self.passages[at].end for at in earlier if self.metrics[at].kind == "money"]
        since = max(amounts, default=self.passages[index].sentence_start)
        if amount and are_several_procedures(text[since : self.passages[index].start]):
            return best
        counts = counts_cases if amount else counts_disputes
        for at in reversed(earlier):
            passage = self.passages[at]
            if amount and is_one_procedure_of_several(text, passage):
                return best._replace(part=self.parts[at]) if self.ids[at] else NOTHING
            if counts(text, passage) and self._is_level(at):
                within = "其中" in text[passage.sentence_start : passage.start]
                part = "" if within else self.parts[at]
                return best._replace(part=best.part or part) if self.ids[at] else NOTHING
        return best

    def _of_own_place(self, index: int) -> bool:
        """Whether this figure is the place's own, beside one of a wider area that says what is counted (我县83件).

        Or of another wider area: 全国办理复议案件8万件，全省办理3100件，我县办理83件.
        """
        passage, subjects = self.passages[index], self.matcher.subjects
        if not index or passage.tail_end > passage.end or self.passages[index - 1].start < passage.sentence_start:
            return False
        if passage.head_end - passage.head_start > _SHORT or self.metrics[index - 1].unit != self.metrics[index].unit:
            return False
        this = subjects.of(passage.sentence_start, passage.sentence_end, passage.start)
        if this.whose not in (Whose.OWN, *_AROUND) or this.start < passage.head_start:
            return False
        before = subjects.of(passage.sentence_start, passage.sentence_end, self.passages[index - 1].start)
        rest = self.matcher.text[this.end : passage.head_end]
        return before.whose in _AROUND and (not rest or is_idle(rest))

    def _after_change(self, index: int) -> Match:
        """Id of the figure before, which loses it unless its words date it: one series has one figure a year."""
        found = Match(self.ids[index - 1], self.wordings[index - 1])
        if self.metrics[index - 1].period == self.metrics[index].period:
            self.ids[index - 1] = ""
        return found

    def _ids_before(self, index: int) -> set[str]:
        """Ids of earlier figures of the same sentence."""
        return {self.ids[at] for at in earlier_in_sentence(self.passages, index)}

    def _of_sum(self, index: int, best: Match) -> Match:
        """Id of a sum: none over different indicators; over parts without one, what the sentence says before them."""
        passage, metric = self.passages[index], self.metrics[index]
        parts = [at for at in earlier_in_sentence(self.passages, index) if self.metrics[at].unit == metric.unit]
        found = {self.ids[at] for at in parts}
        if len(found) == 1 and "" not in found:
            return Match(found.pop(), "")
        if best.indicator or found - {""} or not parts:
            return best if len(found - {""}) < 2 else NOTHING
        passage.head_start, passage.head_end = passage.sentence_start, self.passages[parts[0]].head_start
        return self.matcher.best(metric, passage)

    def _check_group(self, index: int) -> None:
        """Figures that share out a list of nouns are linked all to different indicators, or not at all.

        "人大代表建议、政协提案分别为86件、120件" names two indicators; "农牧民、妇女法律援助案件分别为52件、31件" gives
        two parts of one.
        """
        group = self.passages[index].group
        if group < 0 or (index + 1 < len(self.passages) and self.passages[index + 1].group == group):
            return
        if all(metric.change != "level" for metric in self.metrics[group : index + 1]):
            self._share_changes(group, index + 1)
            return
        found = self.ids[group : index + 1]
        times = [metric.period for metric in self.metrics[group : index + 1]]
        known = [pair for pair in zip(found, times, strict=True) if pair[0]]
        # 调解成功率、满意率分别为98%和97%: each has a name of its own.
        each_named = all(self._head(at).endswith("率") for at in range(group, index + 1))
        if len(set(known)) < len(known) or (len(known) < len(found) and not each_named):
            self.ids[group : index + 1] = [""] * len(found)

    def _share_act(self, index: int, match: Match) -> None:
        """Members of a list that share an act are parts of what its indicator counts, whichever of them name it."""
        if match.part:
            return
        members = list(parts_of_act(self.metrics, self.passages, self.matcher.text, index, match.wording))
        found = {self.ids[at] for at, _ in members} - {""}
        if len(found) == 1:
            for at, name in members:
                self.ids[at], self.parts[at] = min(found), name

    def _share_changes(self, first: int, end: int) -> None:
        """Changes that stand in a list without nouns are those of the levels before them (4件、5人，分别增9%、5%)."""
        passage = self.passages[first]
        if _CHANGE_ONLY.fullmatch(self.matcher.text, passage.clause_start, passage.start) is None:
            return
        levels = [at for at in earlier_in_sentence(self.passages, first) if self.metrics[at].change == "level"]
        if len(levels) >= end - first:
            self.follows.update(zip(range(first, end), levels[first - end :], strict=True))

    def _drop_parts(self) -> None:
        """Among counts of one sentence that one wording gives to one indicator, only a total keeps it.

        "防汛演练48次、消防演练35次，共计83次" reports 83 drills; the 48 and the 35 are parts, each of another kind.
        """
        alike: dict[tuple[object, ...], list[int]] = {}
        for index in range(len(self.metrics)):
            if self.ids[index] and not self.parts[index] and self._is_level(index):
                alike.setdefault(self._series(index), []).append(index)
        for members in alike.values():
            if len({self.metrics[index].value for index in members}) < 2:
                continue
            most = max(self.metrics[index].upper or 0 for index in members)
            totals = [
                index
                for index in members
                if (self._is_total(index) or self._is_shared_out(index)) and (self.metrics[index].upper or 0) >= most
            ]
            # 审结复议案件97件；审结复议案件91件，其中…: the same words again are no part but another value.
            total_heads = {self._head(index) for index in totals}
            parts = [index for index in members if index not in totals and self._head(index) not in total_heads]
            heads = [self._head(index) for index in parts]
            for at in beside_named(heads):
                self.ids[parts[at]] = ""  # 常务会议学法12次，专题学习14次: the first names whose sessions they are
            if names := named_apart(heads):
                for index, name in zip(parts, names, strict=True):
                    self.parts[index] = name
            elif totals or len({self.wordings[index] for index in parts}) == 1 or self._is_list(parts):
                for index in parts:
                    self.ids[index] = ""

    def _is_shared_out(self, index: int) -> bool:
        """Whether the figure after this one says that it is a part of it (述法40家，其中书面34家)."""
        if index + 1 == len(self.passages) or self.metrics[index + 1].unit != self.metrics[index].unit:
            return False
        return "其中" in self.matcher.text[self.passages[index].end : self.passages[index + 1].head_end][:_SHORT]

    def _is_list(self, members: Sequence[int]) -> bool:
        """Whether figures are members of one list (16个村、1个社区), which adds up to what nobody says."""
        text = self.matcher.text
        gaps = ((self.passages[a].end, self.passages[b].start) for a, b in pairwise(members))
        return all(_LISTED.fullmatch(text, start, end) for start, end in gaps)

    def _series(self, index: int) -> tuple[object, ...]:
        """What two figures of one sentence have in common that would be in one series."""
        metric, passage, text = self.metrics[index], self.passages[index], self.matcher.text
        head = passage.head(text)
        added = aspect_of(metric, head, passage.tail(text), True) == "increment"
        subject = self.matcher.subjects.of(passage.sentence_start, passage.sentence_end, passage.start).name
        whose = ("本级" in head, subject, added)
        return self.ids[index], passage.sentence_start, metric.unit, metric.period, metric.role, *whose

    def _head(self, index: int) -> str:
        return self.passages[index].head(self.matcher.text)

    def _is_level(self, index: int) -> bool:
        metric = self.metrics[index]
        return metric.kind == "count" and metric.change == "level" and index not in self.follows

    def _is_total(self, index: int) -> bool:
        return self.passages[index].sums or _TOTAL.search(self._head(index)) is not None
