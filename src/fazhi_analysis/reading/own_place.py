"""The place that a text calls its own (我县) without the title naming it: by the names in its body."""

from __future__ import annotations

import re
from collections import Counter

from fazhi_analysis.catalogue.divisions import load_divisions
from fazhi_analysis.catalogue.place_names import name_at
from fazhi_analysis.catalogue.word_lists import pattern

_OURS = re.compile(
    r"[我本](?P<word>省|自治区|市|自治州|州|盟|县|区|旗|镇|乡|街道|街|苏木|分局|局|委(?!托)|厅|办(?![事理公])|院|中心|支队|总队|大队)(?!长|级|身|部)"
)
_WHOLE = re.compile(r"全(?P<word>省|市|州|盟|县|区|旗|镇|乡|街道|局)(?!面|体)")
_LEARNT = re.compile(r"赴|前往|学习|考察|借鉴|对标|邀请|毗邻|协作|签订|联合$")
_NAME_BEGINS = r"[，,。；;：:、！\n《“（(在对由为和与](?=[\u3400-\u9fff])"
_NO_NAME = pattern(
    "[我全本该各其在将现被由从向对和与及以把为的了是有到列入按照据依经报请辖城]|所在|^(?:<general verbs>|<manners>)"
)
_LONGEST_NAME = 4


def is_name(name: str, text: str) -> bool:
    """Whether a word that has the form of a place's name (列入县, 云汀县) is one: short, named again, of no verb."""
    return len(name) <= _LONGEST_NAME and text.count(name) > 1 and _NO_NAME.search(name) is None


def own_word(text: str) -> str:
    """What a text calls its own body: the 县 of 我县, or of 全县 where it never says 我县; empty when it says neither.

    >>> own_word("我县印发方案，县司法局牵头，我县落实，我市批示。"), own_word("全旗办结12件。"), own_word("")
    ('县', '旗', '')
    """
    for form in (_OURS, _WHOLE):
        if found := Counter(match["word"] for match in form.finditer(text)).most_common(1):
            return found[0][0].removeprefix("自治")
    return ""


def place_in(text: str, level: str, year: int | None) -> tuple[str, str]:
    """Full name and code of the place of a level (its last character) that a text names, if it is one alone.

    A place that the table lacks counts where it is named more than once. Names of others (赴…学习) do not count.
    """
    if not level:
        return "", ""
    found: Counter[tuple[str, str]] = Counter()
    for places, start, _ in load_divisions().named_in(text, year, level):
        if not _LEARNT.search(text[max(0, start - 6) : start]) and len(places) == 1:
            found[places[0].full_name, places[0].code] += 1
    if not found:
        lines = f"\n{text}"
        begins = re.finditer(rf"{_NAME_BEGINS}(?=[\s\S]{{0,{_LONGEST_NAME - 1}}}[{level}])", lines)
        named = Counter(lines[match.end() : name_at(lines, match.end())] for match in begins)
        for name, times in named.items():
            if name and name[-1] in level and is_name(name, text):
                found[name, ""] = times
    ranked = found.most_common(2)
    if not ranked or (len(ranked) == 2 and ranked[0][1] < 2 * ranked[1][1]):
        return "", ""
    return ranked[0][0]
