"""What stands around the words of an unlisted problem or step in its own sentence, and is no part of it.

A list has its markers; a sentence has who speaks and when (下一步，我局将…), what was achieved before the turn
(虽然做了大量工作，但…), the frame (在公开方面存在…的问题) and the wish to mend it all (…，均有待今后加以解决).
"""

from __future__ import annotations

import re

from fazhi_analysis.catalogue.word_lists import pattern, phrase

_WHO = (
    r"(?:我们|本人|我[省市区县旗州盟局镇乡院委办处所站]|全[省市区县旗州盟局镇乡]|本[局委办院]"
    r"|[\u4e00-\u9fff]{1,10}?(?:[省市区县旗州盟镇乡局院委办]|街道|政府|中心))"
)
_LEAD = pattern(
    r"(?:(?:在)?(?:<next step>|<next year>|<from now on>|20\d\d年)(?:的)?(?:工作)?(?:中|里)?[，,]?"
    r"|(?:针对|对照|面对|对于?)?(?:上述|以上|这些)[^，。；]{0,12}(?:问题|不足|困难)[，,]|[对为]此[，,])?"
    rf"(?:{_WHO})?(?:也|还|都)?(?:打算|计划|准备)?(?:将|会(?!议|同)|拟)(?:要|会)?(?!(?!把)[\d\u4e00-\u9fff]{{0,12}}(?:纳入|作为))"
    r"|(?:在)?(?:<next step>|<from now on>)(?:的)?(?:工作)?(?:中|里)?[，,]"
)
_LABEL = pattern("(?:<improvement headings>|措施)[：:]")
# 从改善条件、提升质量两方面入手：…
_WAYS = re.compile(r"(?:主要|重点|拟)?从[^。；：:]{2,40}?(?:方面|入手|着手|发力|着力)[^。；：:，,]{0,8}[：:]")
_TURN = pattern(
    r"[^。；;]{0,80}?(?:虽然?|尽管|成绩|成效|进展|进步|效果|大量工作|目标任务|提[高升])[^。；;]{0,40}?[，,]"
    r"(?:但是?|然而|不过|可是)(?:也|还|仍|同时|在){0,2}[，,]?"
)
_LACKS = phrase("(?:<lack nouns>|现象|情况)")
# 我镇在信息公开方面还存在…: who and where, nothing of the matter.
_FRAME = pattern(
    rf"(?:(?:目前|当前|但是?|主要|{_WHO})[，,]?){{0,3}}(?:在)?(?:[^，。；、]{{0,20}}?(?:方面|工作中?|过程中?|[^\u4e00-\u9fff]))?"
    r"(?:主要|也|还|仍然?|依然){0,2}存在(?:着|了)?(?:<some>)?(?:问题)?"
)
_SUMMED = re.compile(rf"等?(?:一些|方面的?|突出|主要)?的?{_LACKS}$")
_ALL_TO_MEND = pattern(
    r"[，,](?:这些|以上|上述)?(?:都|均|尚|还)?(?:有待|亟待|亟需|需要?|要)[^，。；]{0,10}(?:今后|加以|予以|认真|逐步|下一?步)"
    r"[^，。；]{0,24}(?:解决|改进|加强|完善|重视|提高|改善)$"
)
_VIEW = re.compile(r"从[^。；，\n]{2,16}?看，(?=[^。；]{4})")
# 与群众的需求还存在差距: a complaint itself, where nothing announces what the gap is.
GAP = re.compile(r"(?:与|同|离|距|和)[^，。；]{2,24}?(?:差距|距离)")
_COMPLAINT = pattern("<complaints>")
_LEAST_WORDS = 3


def step_words(text: str, start: int, end: int) -> int:
    """Where the words of an unlisted step begin: behind who will act and when.

    >>> [words[step_words(words, 0, len(words)) :] for words in ("下一步，我县将充实队伍", "将案卷评查纳入考核")]
    ['充实队伍', '将案卷评查纳入考核']
    """
    for form in (_LABEL, _LEAD, _WAYS):
        lead = form.match(text, start, end)
        if lead and end - lead.end() > _LEAST_WORDS:
            start = lead.end()
    return start


def after_turn(text: str, start: int, end: int) -> int:
    """Where the complaint of a sentence begins that concedes results before.

    >>> words = "虽然做了不少工作，但标准还不够高"
    >>> words[after_turn(words, 0, len(words)) :]
    '标准还不够高'
    """
    turn = _TURN.match(text, start, end)
    if turn is None or _COMPLAINT.search(text, start, turn.end()) or end - turn.end() < 5:
        return start
    return turn.end()


def unframed(text: str, start: int, end: int) -> tuple[int, int]:
    """A complaint without the frame of its sentence and the words that sum up or ask to mend it.

    >>> words = "我镇在信息公开方面存在部分信息更新不及时问题"
    >>> words[slice(*unframed(words, 0, len(words)))]
    '部分信息更新不及时'
    """
    if view := _VIEW.match(text, start, end):
        start = view.end()
    if (to_mend := _ALL_TO_MEND.search(text, start, end)) and _COMPLAINT.search(text, start, to_mend.start()):
        end = to_mend.start()
    frame, summed = _FRAME.match(text, start, end), _SUMMED.search(text, start, end)
    if frame and summed and summed.start() - frame.end() > 3 and _COMPLAINT.search(text, frame.end(), summed.start()):
        return frame.end(), summed.start()
    return start, end
