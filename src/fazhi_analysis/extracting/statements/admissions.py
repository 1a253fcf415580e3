"""Sentences of running text that admit problems, and where the problems stand that they announce."""

from __future__ import annotations

import re

from fazhi_analysis.catalogue.word_lists import pattern
from fazhi_analysis.extracting.list_markers import find_marks, opens_list
from fazhi_analysis.extracting.problem_headings import SOLVED
from fazhi_analysis.extracting.statements.sentence_trimming import GAP
from fazhi_analysis.extracting.statements.zone import Zone

# A sentence that admits problems: 在看到成绩的同时，我们也清醒认识到，…还面临不少困难和挑战，必须下大力气解决。
_PROBLEM_CUE = pattern(
    r"(?:<turns>)[^。；\n]{0,80}?(?:存在|面临|面对|有|是|初显|查找)[^。；\n：:]{0,36}?(?:<lack nouns>|<difficulties>)"
    r"(?:(?:和|与|、|及|以及)?(?:<lack nouns>|<difficulties>))*(?:[、，]面临[^。；：\n]{0,8}<difficulties>)?"
    r"(?:(?:还|仍然?|依然|也)?(?:不少|较多|很多|突出))?(?:主要|具体|突出)?(?:表现(?:在|为|有)|体现(?:在|为)|有|是|如下|为)?"
    r"(?=[：:，,。\n]|亟待|亟需|需要)"
    # 工作里也有不少矛盾和问题。主要是：…
    r"|也(?:存在|面临|有)(?:着|了)?<some>[^。；\n：:]{0,16}?(?:<lack nouns>|<difficulties>)(?=[：:，,。\n])"
    # 更要看到前进中的困难和挑战。也认识到，工作中的困难和问题还不少。
    r"|(?:看到|认识到|意识到|正视)[，,]?[^。；，\n：:]{0,24}?(?:<lack nouns>|<difficulties>)"
    r"(?:(?:和|与|、|及|以及)(?:<lack nouns>|<difficulties>))*(?:还|仍然?|依然|也)?(?:不少|较多|很多|突出)?"
    r"(?:，?(?:主要|具体)?(?:表现|体现)?(?:在|为|是|有))?(?=[：:。])"
    # 但困难和问题依然较多，压力仍然很大。一是… 成绩可喜，问题也不容忽视：
    r"|(?:(?:但|但是|然而|不过)[，,]?|(?<=[，,。\n]))[^。；，：:\n]{0,12}?(?:<lack nouns>|<difficulties>)<still there>"
    r"(?:[，,][^。；：:\n]{0,30})?(?=[：:。])"
)
# 存在的主要问题有：1.… — the name of a list that follows at once.
LIST_CUE = pattern(
    r"(?:<lack nouns>)(?:，(?=主要|具体|突出|表现|体现|集中))?(?:主要|具体|突出|集中)?"
    r"(?:表现|体现)?(?:有|是|为|在|如下)?(?:以下[^。：:\n]{0,10})?[：:]\s*"
)
# 我们也清醒认识到，发展不平衡问题仍然突出；… — the complaints themselves follow.
_ADMITTED = pattern(r"<seen clearly>[，,：:]")
# …与要求还有不小差距，…: no announcement of many, but the first complaints themselves.
ANNOUNCES = pattern(
    r"(?:<some>|有所)[^，。；]*$|[。：:]|[，,](?:主要|突出|具体|集中|如|例如|比如|譬如|表现|体现|[一1]是)"
)
# 我们清醒认识到，工作与群众期待不尽适应。一是…
_ADMITTED_LIST = pattern(r"<seen clearly>[^。；\n]{2,80}[。：:]\s*")
_SOMEBODY_SAYS = r"[^。；：:，,\n]{2,16}(?:[称说]|表示|指出|认为|介绍)"
# 监督工作存在一些亟待改进的问题。陆某称，一是…
_SOME_LISTED = pattern(
    r"(?:存在|面临|有)(?:着|了)?<some>[^。；：:，,\n]{0,16}?(?:<lack nouns>|<difficulties>)[。：:，,]\s*"
    rf"(?:{_SOMEBODY_SAYS}[，,：:])?"
)
# What may stand between that sentence and the first mark of its list.
_BEFORE_LIST = re.compile(
    rf"(?:[^。；：:\n]{{0,60}}[。：:，,]?)(?:[^。；：:\n]{{0,70}}[：:]|\s*{_SOMEBODY_SAYS}[，,])?\s*"
)
HALF_CUE = pattern(
    r"(?:(?:但|但是|然而|仍然?|仍旧|依然|还)(?:也|还|仍|仍然|依然|是|，){0,3}|(?:目前|当前|主要)[^。；，\n]{0,16}?)"
    r"(?:存在|面临)(?:着)?(?:一些|一定的?|诸如)?"
    r"(?P<body>[^。；\n：:]{4,120}?)等(?:一些|方面的?|突出|主要)?<lack nouns>"
)
# 但也要看到，甲与乙不相适应的问题依然存在: one problem in half a sentence.
_STILL_THERE = pattern(
    r"(?:但|但是|然而|(?:看到|认识到|意识到))[，,]?(?P<body>[^。；\n：:，]{6,60}?)(?:的)?(?:<lack nouns>|现象|情况)"
    r"(?:依然|仍然|仍旧|仍|还|依旧|一定程度上?|不同程度)存在"
)
# 虽取得一定成效，但力度仍显不足，装备落后: what is lacking behind the turn, with no word that announces it.
_CONCEDED = pattern(
    r"(?:虽|尽管|取得|成效|成绩|进展|进步|推进)[^。；：:\n]{0,60}?[，,](?:但是?|然而|不过)(?:也|还|仍|目前|由于)?[，,]?"
    r"(?P<body>[^。；：:，,\n]{3,40}?<lacking ends>(?=[，,。；])[^。\n]{0,160})"
)
# 但同时也存在解读形式单一，业务不熟: what is there, and nothing that sums it up.
_EXISTING = pattern(
    r"(?:但是?|不过|然而|[也还仍])(?:同时|也|还|仍然?|依然){0,2}存在(?:着|了)?(?!的)"
    r"(?P<body>[^。；：:\n]{4,160}?(?:<lacking ends>))(?=[。；\n])"
)
# 不足之处是力量单薄、形式不活。
_CALLED = pattern(
    r"(?:(?:主要|突出|存在的?)(?:主要)?(?:<lack nouns>)|不足之处|薄弱环节)(?:主要)?(?:表现|体现|反映)?(?:是|在于|在|为)"
    r"(?P<body>[^。：:\n]{4,120})(?=[。\n])"
)
# 甲镇、乙镇存在更新不及时等问题。存在个别栏目更新不及时的问题。 — the whole sentence.
_PLAINLY = pattern(
    r"(?:^|(?<=[。\n]))(?P<body>[^。；：:\n，,]{0,40}存在(?!的)[^。；：:\n]{3,80}?)"
    r"(?:等(?:一些|方面的?|突出|主要)?|的)<lack nouns>(?=[。\n])"
)
# 分析了存在的“甲不足、乙不强”等三个方面的问题: what somebody's report analysed.
_ANALYSED = pattern(
    r"分析了?(?:[^。；：:\n，,“”]{0,30}?存在的?)?“?(?P<body>[^。；：:\n“”]{6,160}?)”?(?:等|这)?(?:[一二三四五六七八九十两几]个?)?(?:方面)?"
    r"的?(?:主要|突出)?<lack nouns>(?=[，,。；])"
)
# 但对照上级要求看，在公开的深度、时效上都还有较大差距: a gap, and where it is.
_GAP_IN = pattern(
    r"(?:但是?|然而|不过|对照|对标)[^。；：:\n，,]{4,50}[，,](?P<body>[^。；：:\n，,]{4,60}?(?:都|均|也|还|仍然?|依然){1,3}(?:有|存在)(?:着|了)?"
    r"(?:<some>|较大|不小|很大|明显|相当)的?(?:差距|距离))(?=[，,。；])"
)
_SEEN_FROM = re.compile(r"[。：:\n]\s*从[^。；，\n]{2,16}看，")
# 仍存在的…问题 and 存在，得到解决: an attribute, or an end; 纠纷解决机制不全 is a problem.
_RESOLVED = re.compile(r"的|[^，、]{0,12}(?:得到|全部|已经?)(?:有效|圆满|妥善)?(?:解决|整改|化解)")
_BUT = re.compile("(?:但是?|然而|不过)(?:也|还|仍)?")
_COMPLAINT = pattern("<complaints>")
_PRAISE = pattern("<praises>")
_SHORTCOMING = pattern("(?:<shortcomings>)(?=[，；。])")
_PROMISED = pattern("[，,]<should be done>")
_THEIRS = pattern("<problems of others>")
_ADMITS = pattern("<seen clearly>")
# Behind a list: 也要看到，机关作风上还有缺点。
_AGAIN = pattern(r"\n(?=[^。；：:\n，,]{0,8}(?:<seen clearly>)[，,])[^\n]")
_COUNTED = pattern("(?:存在|面临|有)(?:着|了)?<some>")
_MANY = pattern("(?:存在|面临|有)(?:着|了)?<some>[^，。；：]{0,12}(?:<lack nouns>|<difficulties>)")
# 基层治理还存在不少问题 says that they are there; 着力解决存在的问题 that they are being solved.
_ARE_THERE = pattern(
    r"(?:还|也|仍然?|依然|依旧|都|均|不同程度|主要|尚)(?:存在|面临|有)(?!的)|(?:存在|面临|有)(?:着|了)?<some>"
)
_OWN = re.compile("工作中|自身|我们|政府工作|我[省市区县旗州盟局镇乡]")
_REACH = 160
_OPENING = ("：", ":", "，", ",")


def admitted_in(text: str, start: int, end: int) -> list[Zone]:
    """Problems that a sentence of running text opens in this range; a paragraph after their list may open more."""
    found = _first_admitted(text, start, end)
    again = _AGAIN.search(text, found[-1].start, found[-1].end) if found else None
    if again and (more := admitted_in(text, again.end() - 1, end)):
        return [*found[:-1], found[-1]._replace(end=again.start()), *more]
    return found


def _from_cue(text: str, start: int, end: int) -> Zone | None:
    """What the first sentence opens that announces problems of one's own."""
    for cue in _PROBLEM_CUE.finditer(text, start, end):
        if _is_complaint(text, cue, start, end) or _admitted_before(text, cue, start):
            return None
        if _speaks_of_problems(cue.group()) and (zone := _analysed(text, cue) or _after_cue(text, cue, end)):
            return _list_behind(text, zone, end) or zone
    return None


def _analysed(text: str, cue: re.Match[str]) -> Zone | None:
    """The problems that the sentence of a cue says were analysed."""
    low = max(0, cue.start() - _REACH)  # a text without any full stop is one sentence
    start = max([low, *(text.rfind(mark, low, cue.end() - 1) + 1 for mark in "。\n")])
    return _first_analysed(text, start, sentence_end(text, cue.end() - 1, min(len(text), cue.end() + _REACH)) + 1)


def _first_analysed(text: str, start: int, end: int) -> Zone | None:
    """The first problems of a range that it says were analysed."""
    found = (one for one in _ANALYSED.finditer(text, start, end) if _COMPLAINT.search(one["body"]))
    return next((Zone("problem", *one.span("body"), True) for one in found), None)


def _list_behind(text: str, zone: Zone, end: int) -> Zone | None:
    """The list that the last sentence of a paragraph of admissions announces: it names what they only speak of."""
    for cue in _SOME_LISTED.finditer(text, zone.start, end) if zone.opened else ():
        if cue.start() > zone.end:
            break
        if opens_list(text, cue.end()):
            return Zone("problem", cue.end(), end)
    return None


def _first_admitted(text: str, start: int, end: int) -> list[Zone]:
    if zone := _from_cue(text, start, end):
        return [zone]
    for cue in _ADMITTED.finditer(text, start, end):
        line_end = _line_end(text, cue.end(), end)
        if _COMPLAINT.search(
            text, cue.end(), sentence_end(text, sentence_end(text, cue.end(), line_end) + 1, line_end)
        ):
            return [Zone("problem", cue.end(), line_end, opened=True)]
    lists = (LIST_CUE, _ADMITTED_LIST, _SOME_LISTED)
    for cue in (found for form in lists for found in form.finditer(text, start, end)):
        marks = find_marks(text, cue.end(), end)
        if not marks or marks[0].start != cue.end() or theirs_or_solved(text, cue.start()):
            continue
        if SOLVED.search(cue.group()) is None or _ARE_THERE.search(cue.group()):  # 认识到整治突出问题的重要性
            return [Zone("problem", cue.end(), end)]
    return _in_one_sentence(text, start, end)


def _in_one_sentence(text: str, start: int, end: int) -> list[Zone]:
    """What is lacking within one sentence: named (还存在…等问题), or stated without any word that announces it."""
    for half in HALF_CUE.finditer(text, start, end):
        if not _RESOLVED.match(half["body"]):
            return [Zone("problem", *half.span("body"), True)]
    if analysed := _first_analysed(text, start, end):
        return [analysed]
    if gap := _GAP_IN.search(text, start, end):
        return [Zone("problem", *gap.span("body"), True)]
    if still := _STILL_THERE.search(text, start, end):
        return [Zone("problem", *still.span("body"), True)]
    for plain in (one for form in (_CALLED, _EXISTING, _CONCEDED, _PLAINLY) for one in form.finditer(text, start, end)):
        words = plain["body"]
        if plain.re is _CALLED and (theirs_or_solved(text, plain.start()) or not _COMPLAINT.search(words)):
            continue
        counted = _COUNTED.search(plain.group())  # 还存在一些不足，需要改进: announces, and names none
        if not (SOLVED.match(words) or _THEIRS.search(words) or _PRAISE.search(words) or counted):
            return [Zone("problem", *plain.span("body"), True)]
    return []


def _after_cue(text: str, cue: re.Match[str], end: int) -> Zone | None:
    """Where the problems stand that a cue announces: in its half sentence, in a list, or in the rest of its line."""
    if half := HALF_CUE.search(text, cue.start(), min(cue.end() + 1, end)):
        return Zone("problem", half.start("body"), half.end("body"), True)
    after = _BEFORE_LIST.match(text, cue.end(), end)
    marks = find_marks(text, cue.end(), end)
    if after and marks and marks[0].start <= after.end() + 1:
        return Zone("problem", marks[0].start, end)
    if _PROMISED.match(text, cue.end()):
        return None
    line_end = _line_end(text, cue.end(), end)
    if text[cue.end() : cue.end() + 2] in ("。\n", "：\n"):  # the complaints are the next paragraph
        line_end = _line_end(text, cue.end() + 2, end)
        if not _COMPLAINT.search(text, cue.end() + 2, sentence_end(text, cue.end() + 2, line_end)):
            return None
        line_end = _last_complaining(text, line_end, end)
        return Zone("problem", cue.end() + 2, line_end, opened=_SEEN_FROM.match(text, cue.end(), line_end) is not None)
    first = sentence_end(text, cue.end() + 1, line_end)
    if not _COMPLAINT.search(text, cue.end() + 1, sentence_end(text, first + 1, line_end)):
        return None
    if (
        text[cue.end() : cue.end() + 1] in _OPENING
        and GAP.search(cue.group())
        and ANNOUNCES.match(text, cue.end()) is None
    ):
        return Zone("problem", _clause_start(text, cue), line_end, opened=True)
    if text[cue.end() : cue.end() + 1] in _OPENING and cue.end() + 8 < line_end:
        return Zone("problem", cue.end(), line_end, opened=True)
    if _SEEN_FROM.match(text, cue.end(), line_end) or (
        text[cue.end() : cue.end() + 1] == "。"
        and (_ADMITS.search(text, max(0, cue.start() - 6), cue.end()) or _COUNTED.search(cue.group()))
    ):
        return Zone("problem", cue.end() + 1, line_end, opened=True)
    return None


def _is_complaint(text: str, cue: re.Match[str], start: int, end: int) -> bool:
    """Whether what looks like an announcement is one of the complaints that an admission opened before it."""
    sentence = max(start, text.rfind("。", start, cue.end() - 1), text.rfind("\n", start, cue.end() - 1))
    admitted = _ADMITTED.search(text, sentence, cue.end())
    if admitted is None:
        return False
    listed = _ADMITTED_LIST.search(text, sentence, end)
    if listed and opens_list(text, listed.end()):
        return False
    last = max(text.rfind(mark, sentence, cue.end()) for mark in "，,：:") + 1
    if "；" in text[admitted.end() : last] or ";" in text[admitted.end() : last]:  # a group of complaints is before it
        return True
    if _COMPLAINT.search(text, admitted.end(), last) and ANNOUNCES.match(text, cue.end(), end) is None:
        return True  # 认识到，转型还不快，一些领域还有不少短板，…: one complaint after the other
    return ANNOUNCES.search(text[last : cue.end()]) is None and ANNOUNCES.match(text, cue.end(), end) is None


def _admitted_before(text: str, cue: re.Match[str], start: int) -> bool:
    """Whether the complaints of this line began before the cue: 认识到，运行稳中有忧。动能不强；民生还有不少短板。"""
    line = max(start, text.rfind("\n", start, cue.start()))
    for admitted in _ADMITTED.finditer(text, line, cue.start()):
        between = text[admitted.end() : cue.start()]
        if "。" in between and _COMPLAINT.search(between) and not (_PRAISE.search(between) or _MANY.search(between)):
            return True
    return False


def _speaks_of_problems(cue: str) -> bool:
    """Whether a cue announces problems of one's own that are still there."""
    solved = SOLVED.search(cue[-24:]) and not (_ADMITS.search(cue) or _ARE_THERE.search(cue))
    theirs = _THEIRS.search(cue[-30:]) and not _OWN.search(cue[-16:])
    return not (solved or theirs)


def theirs_or_solved(text: str, at: int, reach: int = 20) -> bool:
    """Whether the words before the name of a list say that the problems were solved, or are those of others."""
    before = text[max(0, at - reach) : at]
    return bool(SOLVED.search(before) or _THEIRS.search(before))


def _clause_start(text: str, cue: re.Match[str]) -> int:
    """Where the last clause of a cue begins, behind its turn."""
    start = max(text.rfind(mark, 0, cue.end()) for mark in "，,。；\n") + 1
    turn = _BUT.match(text, start, cue.end())
    return turn.end() if turn else start


def _line_end(text: str, start: int, end: int) -> int:
    found = text.find("\n", start, end)
    return end if found < 0 else found


def _last_complaining(text: str, at: int, end: int) -> int:
    """Where the last paragraph ends in a row of such that say in their first sentence what is lacking."""
    while at < end:
        line = _line_end(text, at + 1, end)
        first = sentence_end(text, at + 1, line)
        if not _SHORTCOMING.search(text, at + 1, first + 1) or _PRAISE.search(text, at + 1, first):
            break
        at = line
    return at


def sentence_end(text: str, start: int, end: int) -> int:
    """Where the first sentence of a range ends, before its full stop; the end of the range where none does."""
    found = text.find("。", start, end)
    return end if found < 0 else found
