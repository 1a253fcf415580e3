"""The tasks of a plan that its headings only group: 一、扩大内需 on a line of its own, under it （一）… or paragraphs.

A heading with one text is a task. A heading that is followed by several tasks with words of their own (numbered lines,
paragraphs or items with a title each) is none: they are. Items of one sentence each are parts of their heading's task.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from fazhi_analysis.extracting.list_markers import Mark, find_marks, main_list, top_level, trimmed

_LINE = re.compile(r"[^\n]+")
_ENDS_SENTENCE = re.compile("[。；：:;]")
# 扩大有效投资。实施重点项目640个…: a paragraph or item with a title of its own; what says what something is, is none.
_TITLED = re.compile(r"(?![^。；：:\n]{0,12}是)[^。；：:！\n]{3,40}。\s*[^\s]{8}")
_BEFORE = 60
_LONG = 40
_LEAD = 160


# 主要考虑：一是… gives reasons for the aims; …重点任务，要把握四个方面：一是… names what will be done.
_REASONS = re.compile(r"(?:考虑|理由|依据|基于|意义|形势|机遇|判断|认识)(?:[是有]|如下)?[^。；：\n]{0,8}[：:]\s*$")
_TASKS = re.compile(r"(?:任务|举措|重点|抓好|做好|把握|工作)[^。\n]{0,24}[：:。]\s*$")


class Task(NamedTuple):
    """A range of the text with one task: from its marker, where its words begin, its end."""

    start: int
    body: int
    end: int


def task_marks(text: str, marks: list[Mark]) -> list[Mark]:
    """The markers of a plan's tasks: those of its main list, or of the list after it where it only gives reasons.

    >>> text = "主要考虑：一是有基础。二是有需要。今年抓好重点任务：一是修路。二是通水。"
    >>> [text[mark.end :][:2] for mark in task_marks(text, find_marks(text, 0, len(text)))]
    ['修路', '通水']
    """
    kept = main_list(marks)
    if not kept or not _REASONS.search(text, max(0, kept[0].start - _BEFORE), kept[0].start):
        return kept
    for number, mark in enumerate(marks):
        anew = mark.start > kept[-1].start and mark.number == 1 and mark.style == kept[0].style
        if anew and _TASKS.search(text, max(0, mark.start - _BEFORE), mark.start):
            return top_level(marks[number:])
    return kept


def tasks_under(text: str, task: Task) -> list[Task]:
    """The tasks that a marked entry of a plan groups; the entry itself where it is one.

    >>> text = "（一）扩大内需\\n扩大投资。今年新建水厂两座、公路三条。\\n促进消费。举办年货节和采摘节各一次。"
    >>> [text[one.body : one.body + 4] for one in tasks_under(text, Task(0, 3, len(text)))]
    ['扩大投资', '促进消费']
    >>> len(tasks_under("（一）抓培训。一是请人。二是办班。", Task(0, 3, 17)))
    1
    """
    lines = _lines(text, task.body, task.end)
    found = _under_line(text, lines, task.end) if len(lines) > 1 else _items(text, task)
    return [inner for one in found for inner in tasks_under(text, one)] or [task]


def _under_line(text: str, lines: list[tuple[int, int]], end: int) -> list[Task]:
    """Tasks under a first line that is a heading, or a heading with a few words of lead."""
    heading, below = lines[0], lines[1:]
    bare = _ENDS_SENTENCE.search(text, *heading) is None and text[heading[1] : heading[1] + 1] in ("\n", "")
    if bare and (marks := _numbered(text, below)):
        return _between(marks, end)
    titled = [line for line in below if _TITLED.match(text, *line)]
    if len(titled) == len(below) - 1 > 1 and titled[0] != below[0]:  # the first paragraph leads to the others
        below = titled
    long = bare and all(stop - at >= _LONG for at, stop in below)
    if len(below) < 2 or not (long or (below == titled and heading[1] - heading[0] < _LEAD)):
        return []
    return [Task(at, at, stop) for at, stop in below]


def _numbered(text: str, lines: list[tuple[int, int]]) -> list[Mark]:
    """The numbers that lines under a heading begin with, where they are one list."""
    first = [mark for at, stop in lines for mark in find_marks(text, at, stop)[:1] if mark.start == at]
    marks = [mark for mark in top_level(first) if mark.style in ("bracket", "digit", "item")]
    return marks if marks and marks[0].number == 1 else []


def _items(text: str, task: Task) -> list[Task]:
    """Items of one paragraph that follow its title at once, each with a title and a text of its own."""
    marks = [mark for mark in top_level(find_marks(text, task.body, task.end)) if mark.style == "item"]
    if len(marks) < 2 or text.find("。", task.body, task.end) != marks[0].start - 1:
        return []
    items = _between(marks, task.end)
    return items if all(_TITLED.match(text, item.body, item.end) for item in items) else []


def _between(marks: list[Mark], end: int) -> list[Task]:
    return [
        Task(mark.start, mark.end, stop)
        for mark, stop in zip(marks, [*(mark.start for mark in marks[1:]), end], strict=True)
    ]


def _lines(text: str, start: int, end: int) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for match in _LINE.finditer(text, start, end):
        at, stop = trimmed(text, *match.span())
        if at < stop:
            found.append((at, match.end()))
    return found
