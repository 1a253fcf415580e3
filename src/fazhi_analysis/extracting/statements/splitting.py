"""From a zone to its entries: one problem or next step each, with parts and causes."""

from __future__ import annotations

import re

from fazhi_analysis.catalogue.word_lists import pattern
from fazhi_analysis.extracting.list_markers import find_marks, periods, sentences, top_level, trimmed
from fazhi_analysis.extracting.statements.announcing import INTRO, behind_announcement, introduces
from fazhi_analysis.extracting.statements.complaints_in_a_row import in_a_row
from fazhi_analysis.extracting.statements.entry import Entry, made_entry
from fazhi_analysis.extracting.statements.list_ends import AND_SO_ON, ASIDE, added, end_of_last, end_of_list
from fazhi_analysis.extracting.statements.measures_within import without_lead
from fazhi_analysis.extracting.statements.plan_introduction import without_introduction
from fazhi_analysis.extracting.statements.sentence_groups import behind_double, in_pairs, parted, without_doubles
from fazhi_analysis.extracting.statements.sentence_trimming import unframed
from fazhi_analysis.extracting.statements.tasks_under_headings import Task, task_marks, tasks_under
from fazhi_analysis.extracting.statements.zone import Zone

_COMPLAINT = pattern("<complaints>")
_PRAISE = pattern("<praises>")
_DENIES = pattern("<denials>")
_MENDED = pattern("<mended already>")
_GENERAL = pattern("(?:(?:<general admissions>)[，。；]?)+")
# 面临外部环境变化等挑战: what surrounds the place is nothing that it lacks.
_SURROUNDED = pattern(
    r"[^，。；：]{0,10}面临(?:着|了)?[^，。；]{0,6}(?:<circumstances>|国际|国内|外部|全球|世界)[^。]*(?:挑战|压力|困难|考验)"
)
# 针对2022年公开形式单一的问题，我局拓展了…: what was done about one of a year before.
_DEALT_WITH = pattern("针对[^，。；]{2,40}(?:<lack nouns>)，[^。]*(?:了|已)[^。]*")
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
_DASH = re.compile("[—－-]{2}(?=[^—－-])")
_VIEW = re.compile(r"(?:(?<=[。；：:\n])|^)从[^。；，\n]{2,16}?看(?=，)")
_ABROAD = re.compile("从(?:国际|外部|世界|全球)")
_PLAN_OPENING = pattern(
    r"^(?:20\d\d年|<next step>|<from now on>|明年|新的一年|我[省市区县旗州盟局镇街乡委]|全[省市区县旗州盟])"
    r"[^。]*<carries on>"
    r"|<introduction ends>$"
)
_PLAN_INTRO = re.compile(
    r"(?:方面|以下)[^。；]{0,12}工作[。：:]?$|[：:]$|具体(?:如下|措施|打算)|将要?迎来|是[^。；]{4,}(?:之年|一年|时期|阶段)$"
)

# 为确保目标实现，我们将实施五大行动。
_COUNTS_TASKS = re.compile(
    r"(?:将|要)[^。；，]{0,8}?(?:实施|打造|抓好|抓实|开展|打好|做好|推进|办好|突出)“?(?:好)?[“\u4e00-\u9fff]{0,6}?[一二三四五六七八九十\d]+[大项个张场件方][^。；，]{0,12}。$"
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
            spans = [(start, behind_double(text, body, end), end) for start, body, end in spans]
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
    if _SURROUNDED.fullmatch(words) or (not listed and _DEALT_WITH.fullmatch(words)):
        return True
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
    if zone.kind == "problem" and not zone.opened and (intro := INTRO.match(text, start, end)):
        start = intro.end()
    lines = list(_lines(text, start, end))
    if len(dashed := _dashed(text, lines)) > 1:
        return dashed
    if zone.kind == "problem":
        lines = [span for span in lines if not introduces(text, *span)] or lines
    if len(lines := without_doubles(text, lines)) > 1:
        first = text[lines[0][0] : lines[0][1] + 1]
        if (
            _PLAN_INTRO.search(first)
            or (len(lines) > _FEW and _COUNTS_TASKS.search(first))
            or (
                zone.kind == "next_step"
                and not re.search(r"[。；].{6}", text[lines[0][0] : lines[0][1]])
                and _PLAN_OPENING.search(text[lines[0][0] : lines[0][1]])
                and len(lines) > _FEW
            )
        ):
            lines = lines[1:]
        if zone.kind == "next_step":
            return _closed(text, lines)
        lines = in_pairs(text, lines)
        return [*lines[:-1], *parted(text, *lines[-1])]
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
    kept = behind_announcement(text, parts, opened)
    if len(paired := in_pairs(text, kept)) < len(kept):
        return paired
    kept = [unframed(text, *span) for span in kept]
    if (last := AND_SO_ON.search(text, kept[-1][0], kept[-1][1])) and last.start() > kept[-1][0]:
        kept[-1] = (kept[-1][0], last.start())
    kept = _by_clauses(text, kept)
    return [span for span in kept if span[1] - span[0] > 2 or len(kept) == 1]


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
