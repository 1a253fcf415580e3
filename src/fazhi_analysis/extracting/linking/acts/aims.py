"""For whom alone what a figure counts was done, or by which body just founded, where a clause before it says so."""

from __future__ import annotations

import re
from collections.abc import Sequence

from fazhi_analysis.catalogue.word_lists import pattern
from fazhi_analysis.extracting.linking.passages.passage import Passage
from fazhi_analysis.extracting.linking.unexplained_words import names_only_things

_AIMED = pattern(
    "(?:^|[，；：])面向((?:(?!<general audiences>)[^，；。、和及与等\\d]){2,20})，(?:(?!<sums of all>)[^；。])*$"
)
_FOUNDED = pattern(
    "(?:成立|组建)了?([^，。；、\\d]{2,16}?(?:<bodies that settle>))，(?:(?!全[省市县区旗盟州镇乡]|各)[^；。])*$"
)
_OF_DISPUTES = re.compile("调解|纠纷")
_FARTHEST = 300  # characters from an aim to what was done for it


def aim_before(text: str, passage: Passage, name: str, terms: Sequence[str]) -> str:
    """The group or body that alone a figure is of, unless its indicator explains it; empty where there is none.

    Several groups and everybody narrow nothing, nor does an aim hold for what is summed up over the year or the place
    again. A body just founded has the disputes as its own that the sentence tells of, where its name says in which
    field they are.

    Parameters
    ----------
    text:
        The tidied text.
    passage:
        Place of the figure in it.
    name, terms:
        Name of its indicator and the words that this explains.

    >>> def aim(text, name, terms=()):
    ...     at, clause = text.index("7"), text.rindex("，") + 1
    ...     place = Passage(at, at + 2, clause, at, at + 2, clause, len(text), 0, 0, len(text), 0, len(text))
    ...     return aim_before(text, place, name, terms)
    >>> aim("面向个体工商户，举办法治培训7期", "法治培训期数"), aim("面向社会，举办法治培训7期", "法治培训期数")
    ('个体工商户', '')
    >>> aim("成立商事调解委员会，调解纠纷7件", "调解案件数", ("调解委员会",))
    '商事调解委员会'
    >>> aim("成立商事调解委员会，全县调解纠纷7件", "调解案件数", ("调解委员会",))
    ''
    """
    if passage.clause_start <= passage.sentence_start or passage.start - passage.sentence_start > _FARTHEST:
        return ""
    before = text[passage.sentence_start : passage.start]
    aim = _AIMED.search(before) or (_FOUNDED.search(before) if _OF_DISPUTES.search(name) else None)
    return aim[1] if aim is not None and names_only_things(aim[1], terms) else ""
