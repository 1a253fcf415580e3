"""Parts of a text on one month of its year: below a heading, in a bulletin's paragraph, and what 其中 goes on with."""

from __future__ import annotations

import re
from collections.abc import Iterator

from fazhi_analysis.catalogue.word_lists import pattern
from fazhi_analysis.extracting.figures.times.period_notation import month_of
from fazhi_analysis.extracting.figures.times.time_grammar import stated_time
from fazhi_analysis.extracting.figures.times.time_readings import MONTH, Frame, Stretch

_LED = pattern(rf"(?:\A|(?<=\n))[ \u3000]*(?:<this year>)?(?P<month>{MONTH})月份?[，,]")
_TURNS = pattern(r"[。；;](?:<this year>|全年|截[至止]|(?:19|20)\d\d年|\d{1,2}月)")
_IN_HEADING = re.compile(
    rf"(?<![\d年至到—~-])(?P<month>{MONTH})月份?(?=[^\d，。]{{0,12}}(?:情况|通报|统计|数据|分析)$)"
)
_PARTS = re.compile(r"[。；;](?:其中|[\u4e00-\u9fff]{2,10}案件中[，,])[，,：:]?[^。\n]*")
_SENTENCE_ENDS = "。；;\n"
_A_YEAR = re.compile(r"(?:19|20)\d\d")
_HAS_TIME = re.compile("[年月季]")


def month_of_heading(heading: str, frame: Frame) -> str:
    """The month of the frame's year that a heading names, empty where it names another time as well.

    >>> frame = Frame(2024, "2024", "2025")
    >>> month_of_heading("热线11月份运行情况", frame), month_of_heading("1至11月情况", frame)
    ('2024-11', '')
    """
    found = _IN_HEADING.search(heading)
    return month_of(str(frame.year), found["month"]) if found and frame.year and not _A_YEAR.search(heading) else ""


def parts_of_bulletin(text: str, frame: Frame) -> Iterator[Stretch]:
    """Paragraphs that a month opens (11月，受理8412件。办结8210件。), up to where they turn to another time.

    >>> list(parts_of_bulletin("11月，受理84件。办结82件。全年受理900件。", Frame(2024, "2024", "2025")))
    [Stretch(start=0, end=15, period='2024-11')]
    """
    for led in _LED.finditer(text) if frame.own == str(frame.year) else ():
        stop = text.find("\n", led.end())
        stop = stop if stop >= 0 else len(text)
        turn = _TURNS.search(text, led.end(), stop)
        yield Stretch(led.start(), turn.start() if turn else stop, month_of(str(frame.year), led["month"]))


def parts_of_sentence(text: str, frame: Frame) -> Iterator[Stretch]:
    """Sentences that open with 其中 or 一般程序案件中, of the time of the one before them.

    >>> list(parts_of_sentence("上半年受理84件。其中，咨询36件。", Frame(2024, "2024", "2025")))
    [Stretch(start=9, end=17, period='2024-01/2024-06')]
    """
    last, period = -1, ""
    for parts in _PARTS.finditer(text):
        start = parts.start() + 1
        if start - 1 != last:
            before = max(text.rfind(mark, 0, start - 1) for mark in _SENTENCE_ENDS) + 1
            sentence = text[before : start - 1]
            period = (stated_time(sentence, frame) or "") if _HAS_TIME.search(sentence) else ""
        last = parts.end()
        if period and period != frame.own:
            yield Stretch(start, last, period)
