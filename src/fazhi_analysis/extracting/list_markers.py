"""How list entries are marked in reports: （一）, 1., 一是, 首先, 第一, 问题一：; where sentences and clauses end."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

HAN = "一二三四五六七八九十"
_FIRSTS = rf"{HAN}（(\d第首其再最此问措①-⑳—\-•●·◆▪■"
# Few places can hold a marker: behind a line break or a punctuation mark, or where a circled number stands.
_LOOK = re.compile(rf"[\n。；;，,：:、？！）)①-⑳](?:(?<=[\n。；：:])[ \u3000])?(?:(?<=[①-⑳])|(?=[{_FIRSTS}]))")
_MARKS = re.compile(
    rf"(?=[{_FIRSTS}])(?:"
    rf"(?P<han>(?:^|(?<=\n)|(?<=[。；：:])(?=[{HAN}]{{1,3}}、[^{HAN}]))[{HAN}]{{1,3}}、)"  # 不足：一、人少。二、钱少。
    rf"|(?P<bracket>(?:^|(?<=[\n。；：:])|(?<=[\n。；：:][ \u3000]))[（(][{HAN}]{{1,3}}[）)][、.]?(?:是(?=[^非否\s]))?)"
    r"|(?P<digit>(?:^|(?<=[\n。；：:])|(?<=[\n。；：:][ \u3000]))\d{1,2}(?:[.．、](?!\d)))"
    r"|(?P<digit_bracket>(?:^|(?<=[\n。；：:，]))[（(]?\d{1,2}[）)][、.]?)"
    rf"|(?P<item>(?:^|(?<=[\n。；;，,：:、？！）)]))[{HAN}]{{1,3}}(?:是|要(?=[^求点素]))(?=[^\s。，；]))"
    rf"|(?P<ordinal>(?:^|(?<=[\n。；：:，]))第[{HAN}][，,、是])"
    r"|(?P<first>(?:^|(?<=[\n。；：:，]))(?:首先|其次|再次|再者|最后|此外)[，,是])"
    rf"|(?P<named>(?:^|(?<=[\n。；：:]))(?:问题|措施)(?:[{HAN}]{{1,2}}|\d{{1,2}})[：:、，])"
    r"|(?P<circle>[①-⑳])"
    r"|(?P<bullet>(?:^|(?<=\n))[—\-•●·◆▪■][\-—]?\s?))"
)
_LONGEST_MARK = 6
_STYLES = ("han", "bracket")  # from the outermost; the rest are equals
CLAUSE_END = re.compile(r"[，；。！？\n;]|,(?!\d)")
_SENTENCE = re.compile(r"[。；;！？\n]")
_PERIOD = re.compile(r"[。！？\n]")
# One character class and nothing else, which the engine searches ten times as fast as an alternation.
_STOP = re.compile(r"[，；。：！？\n\t;:!?,]")
_SENTENCE_ENDS = frozenset("。！？!?\n")
TRAILING = " \t\n。；;，,、：:！"


class Mark(NamedTuple):
    """A marker: its style, its number (0 where it has none) and its place."""

    style: str
    number: int
    start: int
    end: int


def find_marks(text: str, start: int, end: int) -> list[Mark]:
    """Markers in ``text[start:end]`` in text order; the beginning of the range counts as the beginning of a line.

    >>> [(mark.style, mark.number) for mark in find_marks("不足：一是人少；二是钱少。", 0, 13)]
    [('item', 1), ('item', 2)]
    """
    part, reach = text[start:end], 0
    found: list[Mark] = []
    for at in (0, *(look.end() - ("①" <= look.group() <= "⑳") for look in _LOOK.finditer(part))):
        if at >= reach and (match := _MARKS.match(part, at)):
            reach = match.end()
            found.append(Mark(match.lastgroup or "", _number(match.group()), start + at, start + reach))
    return found


def opens_list(text: str, at: int) -> bool:
    """Whether a marker stands at a place that is not the beginning of a text.

    >>> opens_list("措施：1.增加人手", 3), opens_list("措施：增加人手", 3)
    (True, False)
    """
    return _MARKS.match(text, at, at + _LONGEST_MARK) is not None


def _number(printed: str) -> int:
    digits = "".join(filter(str.isdecimal, printed))
    if digits:
        return int(digits)
    if "①" <= printed <= "⑳":
        return ord(printed) - ord("①") + 1
    for index, word in enumerate(("首先", "其次", "再次"), start=1):
        if printed.startswith(word):
            return index
    han = "".join(char for char in printed if char in HAN)
    if not han:
        return 0
    before, ten, after = han.partition("十")
    if not ten:
        return HAN.index(han[0]) + 1
    return (HAN.index(before) + 1 if before else 1) * 10 + (HAN.index(after) + 1 if after else 0)


def top_level(marks: list[Mark]) -> list[Mark]:
    """Markers of the outermost list: those of the style that comes first, as long as they go on counting.

    >>> marks = find_marks("（一）甲。一是乙。二是丙。（二）丁。", 0, 18)
    >>> [mark.start for mark in top_level(marks)]
    [0, 13]
    """
    if not marks:
        return []
    style = marks[0].style
    kept: list[Mark] = []
    for mark in marks:
        if mark.style != style:
            continue
        if kept and mark.number and mark.number == 1 and style not in ("bullet", "first"):
            break
        kept.append(mark)
    return kept


def main_list(marks: list[Mark]) -> list[Mark]:
    """The outermost list of a text, or the one of a higher style that begins after it (the tasks after the aims).

    >>> text = "一是稳字当头。二是好字为先。（一）抓执法。（二）抓普法。"
    >>> [text[mark.end :][:3] for mark in main_list(find_marks(text, 0, len(text)))]
    ['抓执法', '抓普法']
    """
    kept = top_level(marks)
    while kept:
        rank = _rank(kept[0])
        rest = [mark for mark in marks if mark.start > kept[-1].start and mark.number == 1 and _rank(mark) < rank]
        if not rest:
            break
        kept = top_level([mark for mark in marks if mark.start >= rest[0].start])
    return kept


def _rank(mark: Mark) -> int:
    return _STYLES.index(mark.style) if mark.style in _STYLES else len(_STYLES)


@lru_cache(maxsize=2)  # figures and their links ask for those of one text in turn
def stops_of(text: str) -> tuple[int, ...]:
    """Where marks stand that may end a clause, whole or half width, commas inside numbers included.

    >>> stops_of("办案1,204件；培训3次。")
    (3, 8, 13)
    """
    return tuple([match.start() for match in _STOP.finditer(text)])


@lru_cache(maxsize=2)
def sentence_stops_of(text: str) -> tuple[int, ...]:
    """Those of the marks that end a sentence.

    >>> sentence_stops_of("办案1,204件；培训3次。")
    (13,)
    """
    return tuple([at for at in stops_of(text) if text[at] in _SENTENCE_ENDS])


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The range without blanks and list punctuation at both ends.

    >>> trimmed("，人少；", 0, 4)
    (1, 3)
    """
    while start < end and text[start] in TRAILING:
        start += 1
    while end > start and text[end - 1] in TRAILING:
        end -= 1
    return start, end


def sentences(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Sentences of a range, without their closing marks; a closing quotation mark stays.

    >>> [("人少。钱少；", a, b)[0][a:b] for a, b in sentences("人少。钱少；", 0, 6)]
    ['人少', '钱少']
    """
    return _split(text, start, end, _SENTENCE)


def periods(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Full sentences of a range: like ``sentences``, but a semicolon does not end one.

    >>> periods("抓执法；抓队伍。抓普法。", 0, 12)
    [(0, 7), (8, 11)]
    """
    return _split(text, start, end, _PERIOD)


def clauses(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Clauses of a range, without their closing marks.

    >>> clauses("人少，钱少", 0, 5)
    [(0, 2), (3, 5)]
    """
    return _split(text, start, end, CLAUSE_END)


def _split(text: str, start: int, end: int, pattern: re.Pattern[str]) -> list[tuple[int, int]]:
    spans = []
    at = start
    depth = 0
    for index in range(start, end):
        char = text[index]
        if char in "“（《(":
            depth += 1
        elif char in "”）》)" and depth:
            depth -= 1
        elif pattern.match(text, index) and (not depth or char == "\n"):
            spans.append(trimmed(text, at, index))
            at = index + 1
            depth = 0
    spans.append(trimmed(text, at, end))
    return [span for span in spans if span[0] < span[1]]
