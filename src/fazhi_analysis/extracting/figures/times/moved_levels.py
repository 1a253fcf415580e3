"""When a level was what it moved from, and when it is what it moved to: 五年来，败诉率由12%降至6%.

Without another time the first is of the year before the one that the sentence tells of. Of several years it is of the
year before they begin, the second of their end.
"""

from __future__ import annotations

import re

from fazhi_analysis.catalogue.word_lists import pattern
from fazhi_analysis.extracting.figures.times.period_notation import DIGITS
from fazhi_analysis.extracting.figures.times.time_grammar import stated_time
from fazhi_analysis.extracting.figures.times.time_readings import Frame

# 由412名增加到436名, 原有46个窗口整合为15个, 将8个环节压减为3个, 在原聘请2家的基础上.
_FROM = pattern(r"(?:[由从](?:<times before>)?(?:同期|[底末])?的?(?:近|约|超|不足|平均|每[^，。；、\d]{1,4})?|原有)$")
_REACHES = re.compile("[到至为成作基]")  # a cheap first look: most figures are followed by none of these
_RULED = re.compile("法定|规定|改革前")
_TO_LEVEL = pattern(r"[\d.,]+(?:[-—–~至][\d.]+)?(?:余|多)?[^，。；\d]{0,6}?(?:<moves>)了?[到至为成]")
# 一般登记5个工作日压缩到2个工作日
_CUT_TO = pattern(
    r"[\d.,]+(?:个?工作日|[天日]|个?小时|分钟|项|个|件|份)(?:<cut verbs>|<fall verbs>|调整)了?[到至为](?=约?\d)"
)
_MADE_FEWER = pattern(r"(?:[把将](?![来要])[^，。；\d]{0,12})$")
_FEWER = pattern(r"[\d.,]+[^，。；\d]{0,10}?(?:<cut verbs>|<fall verbs>|<merged>)(?:成|为|到|至|作)(?=约?\d)")
_ANYTHING = re.compile("")
_ON_TOP_OF = re.compile(r"在原(?:有|来)?(?:聘请?|配备|设立?|建)?的?$")
_BASE = re.compile(r"[\d.,]+[^，。；\d]{1,16}基础上")
# 由“十三五”末的11人增加到36人: the time at which it was less says nothing of what it is now, nor of what follows.
_WAS_THEN = pattern(
    r"[由从](?:[^，。；\d]{1,10}|[^，。；\d]{0,4}(?:19|20)\d\d年[^，。；\d]{0,4})"
    r"(?=\d[\d.,]*[^，。；\d]{0,6}(?:<moves>)了?[到至为])"
)
_MOVED_TO = pattern(r"[由从][^，。；]{0,12}?\d[\d.,]*[^，。；\d]{0,6}?(?:<moves>)了?[到至为][^，。；\d]{0,4}$")
_SPAN = re.compile(r"(?P<first>\d{4})(?:-(?P<last>\d{4})|(?P<on>以来))?")
_YEARS_AGO = re.compile("[由从](?P<n>[一二两三四五六七八九十])年前的?$")
# 计划将窗口由24个压减到10个: what is there now is to become less.
_INTENDED = pattern("<next step>|<next year>|<plan verbs>")


def without_then(sentence: str) -> str:
    """A sentence without the times of what a level moved from.

    >>> without_then("办案人员由“十三五”末的11人增加到36人")
    '办案人员11人增加到36人'
    """
    return _WAS_THEN.sub("", sentence) if "由" in sentence or "从" in sentence else sentence


def moved_from(sentence: str, clause: str, frame: Frame, after: str) -> str:
    """The time of a level that something moved from, empty for other figures.

    >>> frame = Frame(2023, "2023", "2024")
    >>> moved_from("由", "由", frame, "412名增加到436名"), moved_from("五年来，由", "由", frame, "12%降至6%")
    ('2022', '2018')
    """
    if not frame.year or frame.own != str(frame.year) or _REACHES.search(after) is None:
        return ""
    if not _is_base(clause, after) or _RULED.search(clause):
        return ""
    if _INTENDED.search(sentence):
        return frame.own
    if ago := _YEARS_AGO.search(clause):
        return str(frame.year - DIGITS[ago["n"]])
    span = _SPAN.fullmatch(stated_time(sentence, frame) or frame.carried)
    return str((int(span["first"]) if span else frame.year) - 1)


def _is_base(clause: str, after: str) -> bool:
    """Whether a figure is what something moved from, by the clause up to it and what follows."""
    return any(
        words.search(clause) is not None and goes_on.match(after) is not None
        for words, goes_on in ((_FROM, _TO_LEVEL), (_MADE_FEWER, _FEWER), (_ON_TOP_OF, _BASE), (_ANYTHING, _CUT_TO))
    )


def moved_to(clause: str, period: str, frame: Frame) -> str:
    """The end of a span of years for the level that was reached by then, the period as it is for other figures.

    >>> frame = Frame(2023, "2023", "2024")
    >>> moved_to("败诉率由12%降至", "2019-2023", frame), moved_to("败诉率由12%降至", "2016-2020", frame)
    ('2023', '2020')
    >>> moved_to("下降", "2019-2023", frame)
    '2019-2023'
    """
    span = _SPAN.fullmatch(period)
    if span is None or not (span["last"] or span["on"]) or _MOVED_TO.search(clause) is None:
        return period
    return span["last"] or frame.own
