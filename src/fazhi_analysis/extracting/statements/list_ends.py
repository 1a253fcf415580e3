"""Where a list of problems or steps ends: closing sentences, good wishes, annexes; and what a last paragraph adds."""

from __future__ import annotations

import re
from itertools import pairwise

from fazhi_analysis.catalogue.word_lists import pattern
from fazhi_analysis.extracting.list_markers import Mark, periods, trimmed
from fazhi_analysis.extracting.statements.sentence_trimming import unframed
from fazhi_analysis.extracting.statements.zone import Zone

_COMPLAINT = pattern("<complaints>")
_CLOSING = pattern("<closing remarks>")
# A last paragraph of good wishes: 让我们…奋力谱写新篇章！
_WISHES = pattern(r"(?:各位代表|同志们)[，！：!,:]|[^\n]{0,40}让我们|[^\n]*(?:<good wishes>)[^\n]*！\s*$")
_HOPES = pattern(r"[^\n]*(?:<good wishes>)[^\n]*$")
# After a list of problems the office promises: 我们要直面问题，…
_PROMISES = pattern(r"(?:^|(?<=[。！？\n]))(?:<promises on all>)")
# A last paragraph that sums up or closes: 总之，…  以上为阶段性总结，请审阅。
_SUMMARY = re.compile(r"(?<=\n)(?:总之[，,]|以上(?:[为是]|情况|报告|总结)|综上)")
# A last line without any sign behind a full sentence: the page's own, or the title again.
_FOOT = re.compile(r"(?<=[。！])\s*\n[^\S\n]*[^\s，。；：、！？,;:\n]{2,24}\s*$")
# A paragraph after a list that adds another problem: 与此同时，政府自身建设…
ASIDE = re.compile(r"(?:\n\s*(?:与此同时|同时|此外|另外|再者)|(?<=[。；])(?:与此同时|此外|另外|再者))[，,]\s*")
# …打通。同时，少数干部…: a second sentence of the last entry, where every other entry is one.
_ALSO = pattern(r"(?<=[。；])同时[，,]\s*(?=(?:[^，。；]{0,24}，)?(?:<subjects of complaints>))")
_LACKING = pattern("(?:<shortcomings>)$")
# 附：2023年大事记 as the last line, behind the closing words.
_ANNEX = re.compile(r"(?<=[。！])\s*\n[^\S\n]*附(?:件|表|录|图|注)?\s*[:：\d一][^\n]*\s*$")
# A line that begins to count anew is of another list: 四是作风不实。 一是抓好…
_NEW_LIST = re.compile(r"(?<=[。；;！])\s*\n\s*(?:一是|第一[，、是]|（一）|一、|1[.、．])")
_PERIODS = re.compile("[。！？]")
AND_SO_ON = re.compile(r"[，,]?等等?(?:一些|方面的?|突出|主要)?(?:问题|不足|情况|现象)?$")


def added(text: str, zone: Zone, start: int) -> list[tuple[int, int, int]]:
    """The problem that a paragraph right after a list adds."""
    aside = ASIDE.match(text, start, zone.end) or _ALSO.match(text, start, zone.end)
    if zone.kind != "problem" or aside is None or not _COMPLAINT.search(text, aside.end(), zone.end):
        return []
    stop = end_of_list(text, aside.end(), zone)
    line = text.find("\n", aside.end(), stop)
    end = unframed(text, *trimmed(text, aside.end(), stop if line < 0 else line))[1]
    summed = AND_SO_ON.search(text, aside.end(), end)
    return [(aside.end(), aside.end(), summed.start() if summed else end)]


def end_of_last(text: str, marks: list[Mark], zone: Zone) -> int:
    """End of the last entry of a list; where semicolons part the others, with the first full stop after it."""
    end = end_of_list(text, marks[-1].end, zone, _HOPES)
    if zone.kind == "problem" and (aside := ASIDE.search(text, marks[-1].end, end)):
        end = aside.start()
    if zone.kind == "problem" and (also := _ALSO.search(text, marks[-1].end, end)) and _one_sentence_each(text, marks):
        end = also.start()
    if zone.kind == "problem" and len(marks) > 1 and (anew := _NEW_LIST.search(text, marks[-1].end, end)):
        end = anew.start()
    before = [_without_blanks(text, 0, mark.start) for mark in marks[1:]]
    if (
        not before
        or not all(text[at - 1] in "；;" for at in before)
        or _PERIODS.search(text, marks[0].end, marks[-1].start)
    ):
        return end
    stop = _PERIODS.search(text, marks[-1].end, end)
    return _goes_on(text, stop.end(), end) if stop else end


def _one_sentence_each(text: str, marks: list[Mark]) -> bool:
    """Whether every entry but the last is one full sentence."""
    ends = pairwise(marks)
    return len(marks) > 1 and all(len(periods(text, mark.end, after.start)) == 1 for mark, after in ends)


def _goes_on(text: str, start: int, end: int) -> int:
    """Where the last entry ends if one more complaint closes its paragraph: …更新不及时。对热点的回应有待加强。"""
    stop = _PERIODS.search(text, start, end)
    if stop is None or text[stop.end() : stop.end() + 1].strip():
        return start
    alone = ASIDE.match(text, start, end) is None and _LACKING.search(text, start, stop.start()) is not None
    return stop.end() if alone else start


def end_of_list(text: str, start: int, zone: Zone, wishing: re.Pattern[str] = _WISHES) -> int:
    """End of the last entry, before a closing sentence on all of them and paragraphs of good wishes."""
    end = zone.end
    if zone.kind == "next_step" and (summary := _SUMMARY.search(text, start, end)):
        end = summary.start()
    if zone.kind == "problem" and (promise := _PROMISES.search(text, start, end)):
        end = promise.start()
    if annex := _ANNEX.search(text, start, end):
        end = annex.start()
    while (wishes := text.rfind("\n", start, _without_blanks(text, start, end)) + 1) > start:
        if not (_WISHES.match(text, wishes, end) or wishing.match(text, wishes, end)):
            break
        end = wishes
    if foot := _FOOT.search(text, start, end):
        end = foot.start()
    for match in _CLOSING.finditer(text, start, end):
        if text[match.start() - 1] in "\n。":
            return match.start()
    return end


def _without_blanks(text: str, start: int, end: int) -> int:
    while end > start and text[end - 1] in " \t\n":
        end -= 1
    return end
