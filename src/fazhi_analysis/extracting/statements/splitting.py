"""From a zone to its entries: one problem or next step each, with parts and causes."""

from __future__ import annotations

import re

from fazhi_analysis.catalogue.word_lists import pattern, phrase
from fazhi_analysis.extracting.list_markers import find_marks, periods, sentences, top_level, trimmed
from fazhi_analysis.extracting.statements.admissions import ANNOUNCES
from fazhi_analysis.extracting.statements.complaints_in_a_row import in_a_row
from fazhi_analysis.extracting.statements.entry import Entry, made_entry
from fazhi_analysis.extracting.statements.list_ends import AND_SO_ON, ASIDE, added, end_of_last, end_of_list
from fazhi_analysis.extracting.statements.measures_within import without_lead
from fazhi_analysis.extracting.statements.plan_introduction import without_introduction
from fazhi_analysis.extracting.statements.sentence_trimming import GAP, after_turn, unframed
from fazhi_analysis.extracting.statements.tasks_under_headings import Task, task_marks, tasks_under
from fazhi_analysis.extracting.statements.zone import Zone

_COMPLAINT = pattern("<complaints>")
_PRAISE = pattern("<praises>")
_DENIES = pattern("<denials>")
_MENDED = pattern("<mended already>")
_GENERAL = pattern("(?:(?:<general admissions>)[，。；]?)+")
_FEW = 2
_LISTED = 3
_SHORTEST = 3
# Behind the last sentence: (记者某某).
_BYLINE = re.compile(r"[（(][^（）()]{2,24}[）)]")
ON_ALL = pattern(
    r"(?:面对|对于?|针对|解决)?(?:以上|上述|这些)[^，。]{0,10}(?:<lack nouns>|<difficulties>)[，,]|[对为]此[，,]"
)
_BROKEN = re.compile(r"[，,、；;][\u4e00-\u9fff]{1,2}\s*$")
_ENDS = re.compile(r"\s*\Z")
_MENDS = pattern("[^。；]{0,40}?(?:<promise to mend>)|[^。；]*?(?:<resolves>)")
_LACKS = phrase(r"(?:(?:<lack nouns>|<difficulties>)(?:(?:和|与|、|及|以及)[^，。；：:]{0,4})?)+")
_INTRO = re.compile(
    rf"\s*[^。；：:\n]*{_LACKS}(?:，?(?:主要|具体|突出|集中)[^。；：:\n，]{{0,10}}|[^。；：:\n，]{{0,12}})[：:](?=\s*[^\s])"
    r"|\s*[^。；：:\n]{0,60}(?:看到|认识到|意识到|感到)[，,：:]"
)
# 又冒出几个新矛盾，主要是：
_MAINLY = re.compile(r"[^。；：:\n]*(?:主要|具体|突出|集中)(?:表现|体现|反映)?(?:是|有|在|为)[：:](?=[^\s])")
_DASH = re.compile("[—－-]{2}(?=[^—－-])")
_ANNOUNCED = re.compile(
    rf"(?:存在|面临|有)[^，。]{{0,20}}{_LACKS}(?:，?(?:主要|突出|具体)?(?:表现|体现)?(?:在|为|有|是)?)?$"
)
_MANY = pattern(rf"[^，。；：,;]{{0,24}}(?:存在|面临|有)(?:着|了)?<some>[^，。；：,;]{{0,8}}{_LACKS}")
# 当前还存在不少薄弱环节，基层基础不牢固: the announcement and the first problem in one sentence.
OPENED = pattern(
    r"[^。；;]{0,80}?(?:(?:存在|面临|有)(?:着)?<some>"
    r"|(?:对照|对标|相比|相对照|[离距与])[^。；;]{0,24}?(?:存在|有)(?:着)?)(?:(?!如)[^，。；;]){0,12}?"
    rf"{_LACKS}(?:(?:，?(?:主要|突出|具体)?(?:表现|体现)?(?:在|为|有|是))?[，：,:]|(?=如))"
    rf"|[^。；;]{{0,80}}?[但仍还][^。；;，]{{0,4}}?(?:存在|有)[^。；;，]{{0,6}}?{_LACKS}，(?=如|例如|比如|譬如|主要|突出|具体)"
)
_VIEW = re.compile(r"(?:(?<=[。；：:\n])|^)从[^。；，\n]{2,16}?看(?=，)")
_ABROAD = re.compile("从(?:国际|外部|世界|全球)")
_EXAMPLE = re.compile(r"(?:比如|例如|譬如|如(?![何果期下]))[，：:]?")
_LACKING = pattern("<lacking ends>$")
# 外部环境依然严峻，发展中的困难和问题仍然不少，…: behind an admission, before the first complaint.
_STILL_MANY = pattern(
    rf"(?:[^。；，：]{{0,24}}，)?[^。；，：]{{0,12}}{_LACKS}(?:[、和与][^。；，：、]{{0,8}})?(?:还|仍然?|依然|依旧|也)(?:不少|较多|很多)[，：]"
)
_SHOWN = re.compile(
    r"(?:主要|具体|突出|集中)?(?:表现|体现|反映)?(?:在|为|是|有|如下)(?:以下[^：:。]{0,10})?[：:]\s*|(?:主要|具体|突出)(?:表现|体现)?(?:在|为|是|有)(?=[^：:。]{4})"
)
# 公开工作存在的主要问题是更新不及时: the frame in the sentence of the problem.
_NAMED = re.compile(
    rf"[^。；：，]{{0,30}}存在的?(?:主要|突出)?{_LACKS}(?:主要|具体)?(?:表现|体现|反映)?(?:在|为|是|有)(?=[^：:。]{{4}})"
)
_PLAN_OPENING = pattern(
    r"^(?:20\d\d年|<next step>|<from now on>|明年|新的一年|我[省市区县旗州盟局镇街乡委]|全[省市区县旗州盟])"
    r"[^。]*<carries on>"
    r"|<introduction ends>$"
)
_PLAN_INTRO = re.compile(
    r"(?:方面|以下)[^。；]{0,12}工作[。：:]?$|[：:]$|具体(?:如下|措施|打算)|将要?迎来|是[^。；]{4,}(?:之年|一年|时期|阶段)$"
)


def entries_of(text: str, zone: Zone) -> list[Entry]:
    """Entries of a zone in text order.

    >>> text = "但还有不足：一是人手少，有待充实；二是经费紧。"
    >>> [text[e.start:e.end] for e in entries_of(text, Zone("problem", 5, len(text)))]
    ['人手少，有待充实', '经费紧']
    """
    if zone.half:
        start, end = trimmed(text, zone.start, zone.end)
        if len(row := in_a_row(text, start, end)) > 1:
            return [made_entry(text, "problem", at, at, stop) for at, stop in row]
        entry = Entry(start, end, start)
        listed = _enumerated(text, start, end)
        entry.parts = listed if len(listed) > 1 else []
        return [entry]
    found_marks = find_marks(text, zone.start, zone.end)
    marks = task_marks(text, found_marks) if zone.kind == "next_step" else top_level(found_marks)
    if len(marks) == 1 and marks[0].style in ("first", "circle", "digit_bracket", "ordinal"):
        marks = []
    spans: list[tuple[int, int, int]]
    if marks:
        ends = [mark.start for mark in marks[1:]] + [end_of_last(text, marks, zone)]
        spans = [(mark.start, mark.end, end) for mark, end in zip(marks, ends, strict=True)]
        spans += added(text, zone, ends[-1])
        if zone.kind == "next_step":
            spans = [(task.start, task.body, task.end) for span in spans for task in tasks_under(text, Task(*span))]
    else:
        spans = [(start, start, end) for start, end in _unmarked(text, zone)]
    found = [made_entry(text, zone.kind, *span) for span in spans]
    if zone.kind == "next_step" and not marks:
        found = [without_lead(text, entry) for entry in found]
        found = without_introduction(text, found)
    if zone.kind == "problem":
        found = [entry for entry in found if not _lacks_nothing(text, entry, bool(marks))]
    if len(found) > 1 and _breaks_off(text, found[-1]):
        found.pop()
    return [
        entry
        for entry in found
        if entry.end - entry.body >= _SHORTEST
        and not (_BYLINE.fullmatch(text, entry.body, entry.end) or _promises_on_all(text, zone, entry))
    ]


def _breaks_off(text: str, entry: Entry) -> bool:
    """Whether the text ends within an entry, behind one or two characters of a clause: what it says is not known."""
    if _ENDS.match(text, entry.end) is None:
        return False
    return _BROKEN.search(text, max(entry.body, entry.end - _FEW - 1)) is not None


def _lacks_nothing(text: str, entry: Entry, listed: bool) -> bool:
    """Whether an entry of a list of problems denies that there are any, or (unlisted) says how well things went."""
    if _DENIES.search(text, entry.body, entry.end):
        return _COMPLAINT.search(_DENIES.sub("", text[entry.body : entry.end])) is None
    words = text[entry.body : entry.end]
    if not listed and (_MENDED.search(words) or _GENERAL.fullmatch(words)):
        return True
    return not listed and _PRAISE.search(words) is not None and _COMPLAINT.search(words) is None


def _promises_on_all(text: str, zone: Zone, entry: Entry) -> bool:
    """Whether an entry only says that these problems will be mended; one that says how is a step."""
    on_all = ON_ALL.match(text, entry.start, entry.end)
    return on_all is not None and (zone.kind == "problem" or _MENDS.match(text, on_all.end(), entry.end) is not None)


def _unmarked(text: str, zone: Zone) -> list[tuple[int, int]]:
    """Entries without markers: paragraphs, else what ；separates, else sentences; introductions are left out."""
    start, end = zone.start, end_of_list(text, zone.start + 1, zone)
    if zone.opened and (views := _views(text, start, end)):
        return views
    if zone.kind == "problem" and not zone.opened and (intro := _INTRO.match(text, start, end)):
        start = intro.end()
    lines = list(_lines(text, start, end))
    if len(dashed := _dashed(text, lines)) > 1:
        return dashed
    if zone.kind == "problem":
        lines = [span for span in lines if not introduces(text, *span)] or lines
    if len(lines) > 1:
        if _PLAN_INTRO.search(text[lines[0][0] : lines[0][1] + 1]) or (
            zone.kind == "next_step"
            and not re.search(r"[。；].{6}", text[lines[0][0] : lines[0][1]])
            and _PLAN_OPENING.search(text[lines[0][0] : lines[0][1]])
            and len(lines) > 2
        ):
            lines = lines[1:]
        return lines if zone.kind == "problem" else _closed(text, lines)
    if not lines:
        return []
    start, end = lines[0]
    parts = sentences(text, start, end)
    if zone.kind == "problem":
        whole = periods(text, start, end)
        # Of several full sentences each is a problem; a semicolon then parts what belongs together, unless one alone
        # has semicolons: that is the list.
        listing = [span for span in whole if sum(text.count(mark, *span) for mark in "；;")]
        listed = len(listing) == 1 and len(parts) - len(whole) >= _LISTED
        return _problems(text, whole if len(whole) > _FEW and not listed else parts, zone.opened)
    return _steps(text, parts)


def _views(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Problems by point of view: 从…看 marks each, like a number; one of several sentences is a paragraph of them.

    What is seen from the world around (从国际看) is no problem of the place.
    """
    views = list(_VIEW.finditer(text, start, end))
    if len(views) < _FEW:
        return []
    views += ASIDE.finditer(text, views[-1].end(), end)
    ends = [*(view.start() for view in views), end][1:]
    found: list[tuple[int, int]] = []
    for view, stop in zip(views, ends, strict=True):
        if not _ABROAD.match(view.group()):
            whole = periods(text, view.end(), stop)
            found += _by_clauses(text, whole) if len(whole) > _FEW else [trimmed(text, view.end(), stop)]
    return found


def _problems(text: str, parts: list[tuple[int, int]], opened: bool) -> list[tuple[int, int]]:
    """Sentences of a paragraph of problems, without those that announce them ("主要是：" before the first as well)."""
    if not parts:
        return []
    first = int(_counts_only(text, parts)) if opened else _opening(text, parts)
    while (
        not opened and first < len(parts) - 1 and introduces(text, *parts[first]) and text[parts[first][1]] not in "；;"
    ):
        first += 1
    kept = parts[first:]
    for opening in (_STILL_MANY, _SHOWN) if opened else (OPENED, _NAMED, _SHOWN):
        announced = opening.match(text, *kept[0])
        if announced and kept[0][1] - announced.end() > 5 and not _names_gap(text, announced):
            kept[0] = (announced.end(), kept[0][1])
    kept[0] = (after_turn(text, *kept[0]), kept[0][1])
    if example := _EXAMPLE.match(text, *kept[0]):
        kept[0] = (example.end(), kept[0][1])
    kept = [kept[0], *(_unannounced(text, *span) for span in kept[1:])]
    kept = [unframed(text, *span) for span in kept]
    if (last := AND_SO_ON.search(text, kept[-1][0], kept[-1][1])) and last.start() > kept[-1][0]:
        kept[-1] = (kept[-1][0], last.start())
    kept = _by_clauses(text, kept)
    return [span for span in kept if span[1] - span[0] > 2 or len(kept) == 1]


def _unannounced(text: str, start: int, end: int) -> tuple[int, int]:
    """A later sentence without what announces its list: 推进中还有一些突出问题：订单不足；…"""
    intro = _INTRO.match(text, start, end) or _MAINLY.match(text, start, end)
    return trimmed(text, intro.end(), end) if intro and text[intro.end() - 1] in "：:" else (start, end)


def _names_gap(text: str, announced: re.Match[str]) -> bool:
    """Whether an announcement is a complaint itself: it says between what the gap is, and nothing names the gap."""
    return GAP.search(announced.group()) is not None and ANNOUNCES.match(text, announced.end() - 1) is None


def _counts_only(text: str, parts: list[tuple[int, int]]) -> bool:
    """Whether a first full sentence only says that there is much to mend (政府工作还有很多不足。)."""
    start, end = parts[0]
    return len(parts) > 1 and text[end] in "。.！" and _MANY.fullmatch(text, start, end) is not None


def _opening(text: str, parts: list[tuple[int, int]]) -> int:
    """Index of the sentence that announces the problems, where only general remarks stand before it; else 0."""
    for index, span in enumerate(parts):
        if OPENED.match(text, *span) or introduces(text, *span):
            return index
        if _LACKING.search(text[slice(*span)]):
            break
    return 0


def _by_clauses(text: str, kept: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Sentences that are rows of complaints, divided; where semicolons group the complaints, the groups stay."""
    grouped = any(text[end : end + 1] in ("；", ";") for _, end in kept) or any(
        text.find(mark, start, end) >= 0 for start, end in kept for mark in "；;"
    )
    return kept if grouped else [part for span in kept for part in in_a_row(text, *span)]


def _steps(text: str, parts: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Sentences of a plan in running text; the closing mark belongs to each."""
    return _closed(text, [span for span in parts if not _PLAN_INTRO.search(text[span[0] : span[1]])])


def _closed(text: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The spans with their closing marks."""
    return [(start, end + 1 if end < len(text) and text[end] in "。；" else end) for start, end in spans]


def introduces(text: str, start: int, end: int) -> bool:
    """Whether a sentence only announces problems ("虽然取得成效，但还存在一些不足")."""
    return _ANNOUNCED.search(text[start:end]) is not None


def _lines(text: str, start: int, end: int) -> list[tuple[int, int]]:
    spans = []
    at = start
    for index in range(start, end + 1):
        if index == end or text[index] == "\n":
            span = trimmed(text, at, index)
            if span[0] < span[1]:
                spans.append(span)
            at = index + 1
    return spans


def _dashed(text: str, lines: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Entries that a dash sets apart (——物价压力仍然较大。…), each with the paragraphs up to the next."""
    firsts = [number for number, (start, _) in enumerate(lines) if _DASH.match(text, start)]
    ends = [*(number - 1 for number in firsts[1:]), len(lines) - 1]
    return [(lines[first][0] + len("——"), lines[last][1]) for first, last in zip(firsts, ends, strict=bool(firsts))]


def _enumerated(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Members of a list joined by 、 or ，."""
    pattern = "，" if "，" in text[start:end] else "、"
    spans = []
    at = start
    for index in range(start, end + 1):
        if index == end or text[index] == pattern:
            spans.append((at, index))
            at = index + 1
    return spans
