"""Two figures of one thing: what it was before, what it grew to, what there is of it now in all.

Each function asks it of a figure and the one before it, which there must be: of the figures in text order, their
passages and the tidied text of these.
"""

from __future__ import annotations

from collections.abc import Sequence

from fazhi_analysis.catalogue.word_lists import pattern
from fazhi_analysis.extracting.linking.aspects import aspect_of
from fazhi_analysis.extracting.linking.passages.passage import Passage, earlier_in_sentence
from fazhi_analysis.model import Quantity

# 受理53件，较上年的41件增长29%
_COMPARED_WITH = pattern(
    r"[，,、（(]?(?:总?数量?|总量|[案事]件(?:数量?|总?量))?"
    r"(?:比|较|与|同)(?:<years before>|(?:19|20)\d\d年)度?(?:同期)?的?"
)
# 上半年受理32件，去年同期41件: nothing but when.
_THEN = pattern(r"[，,（(；](?:而)?(?:<years before>|(?:19|20)\d\d年)(?:同期)(?:仅|共|为|是|有)*")
RISEN_TO = pattern(r"[，,\s]*<grown manners>?(?:<moves>)(?:至|到|为)<present>?")
# 由上年的32名增加到45名: one thing before and after; what it grew from stands in the words of the first.
_FROM = pattern(r"(?:由|从)(?!平均|各)[^，。；、\d]{0,10}(?:(?:(?:19|20)\d\d|\d)年)?(?:同期|[前底末度])?的?$")
# 新建工作站4个，工作站总数增至20个: the noun again, shortened, with all that there is now.
_NOW_IN_ALL = pattern(
    r"[，,、；]?(?:全[省市县区旗州盟镇乡])?(?P<noun>[^，。；、\d]{0,12}?)(?:队伍|规模)?(?P<all>总数|总量|总人数|数量|累计)?(?:已|均|由此|相应)*"
    r"(?:(?:<rise verbs>|<extended>|增|升|扩)(?:至|到)|(?P<reached>达到)|达|有)"
)
_LATER_TO = pattern(
    r"[，,；](?:到|至)?(?:(?:19|20)[0-9]{2}年底?|<this year>|<years before>)<grown manners>?"
    r"(?:<moves>)(?:至|到|为)"
)
_REACHED = pattern(r"[，,、]?(?:目前|现|总量|总数)?(?:已|均)?<reached>")
_BY_SO_MUCH = pattern(r"(?:相比)?(?:约|大幅|明显|净)*(?:<rise verbs>|<fall verbs>|<cut verbs>|<more or fewer>|相比)")


def is_compared_with(metrics: Sequence[Quantity], passages: Sequence[Passage], text: str, index: int) -> bool:
    """Whether this figure is what the one before it, of the same unit and a later time, is compared with."""
    if not _is_of_another_time(metrics, index):
        return False
    before, this = passages[index - 1], passages[index]
    if this.tail_end == this.end and _THEN.fullmatch(text, before.tail_end, this.start):
        return True
    return (
        _COMPARED_WITH.fullmatch(text, before.end, this.start) is not None
        and _BY_SO_MUCH.match(text, this.end) is not None
    )


def grew_to(metrics: Sequence[Quantity], passages: Sequence[Passage], text: str, index: int) -> bool:
    """Whether this figure is what the one before it became (由32名增加到45名; 2021年为18.6%，2024年降为8.3%)."""
    before, this = passages[index - 1], passages[index]
    if (
        _is_of_another_time(metrics, index)
        and before.start >= this.sentence_start
        and _LATER_TO.fullmatch(text, before.end, this.start)
    ):
        return True
    return (
        metrics[index - 1].unit == metrics[index].unit
        and before.end > before.head_start
        and before.end >= this.clause_start
        and RISEN_TO.fullmatch(text, before.end, this.start) is not None
        and _FROM.search(text, before.clause_start, before.start) is not None
    )


def is_all_now(metrics: Sequence[Quantity], passages: Sequence[Passage], text: str, index: int) -> bool:
    """Whether this figure is all there is after those that the figure before it added, by the same noun."""
    if metrics[index - 1].unit != metrics[index].unit:
        return False
    before, this = passages[index - 1], passages[index]
    total = _NOW_IN_ALL.fullmatch(text, before.end, this.start) if before.start >= this.sentence_start else None
    if total is None or this.tail_end > this.end or metrics[index].change != "level":
        return False
    head = before.head(text)
    added = aspect_of(metrics[index - 1], head, before.tail(text), True) == "increment"
    return added and total["noun"] in head and bool(total["noun"] or total["all"] or total["reached"])


def was_reached(metrics: Sequence[Quantity], passages: Sequence[Passage], text: str, index: int) -> bool:
    """Whether this figure is the level that the changes before it led to (同比上升2.3个百分点，达到95.8%)."""
    before, this = passages[index - 1], passages[index]
    if metrics[index].change != "level" or metrics[index - 1].change == "level":
        return False
    changes = [at for at in earlier_in_sentence(passages, index) if metrics[at].change != "level"]
    change = metrics[changes[0]] if changes and changes[0] == index - len(changes) else metrics[index - 1]
    return (
        change.change in ("points", "yoy_pct", "yoy_abs")
        and (change.change == "points") == (metrics[index].kind == "rate")
        and before.start >= this.sentence_start
        and _REACHED.fullmatch(text, before.end, this.start) is not None
    )


def _is_of_another_time(metrics: Sequence[Quantity], index: int) -> bool:
    before, this = metrics[index - 1], metrics[index]
    return before.unit == this.unit and before.change == this.change == "level" and before.period != this.period
