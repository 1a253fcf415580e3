"""Plans that no heading and no 下一步 opens: paragraphs in which the body says what it will do (我街道将进一步深化…).

Asked only where a report has no other plan. A lead that ends its paragraph (为确保全面落地，我们将实施三项工程。) opens
the paragraphs behind it; without such, the paragraph itself is the plan.
"""

from __future__ import annotations

import re
from itertools import takewhile

from fazhi_analysis.catalogue.word_lists import pattern
from fazhi_analysis.extracting.statements.entry import Entry, made_entry
from fazhi_analysis.extracting.statements.splitting import entries_of
from fazhi_analysis.extracting.statements.zone import Zone

_BODY = r"(?:我们|我街道|[我全本][省市区县旗州盟局镇乡院委办所])"
_WILL = pattern(
    r"(?:^|(?<=\n))\s*(?:(?:各位代表|同志们)[，！：,!:]\s*)?(?P<aim>(?:为了?|应对|完成|实现|围绕|按照)[^。；：:\n]{2,80}[，,])?"
    rf"{_BODY}(?:也|还|都)?将(?=<measures begin>|<task verbs>|在[^。；\n]{{2,16}}(?:实施|开展|推[进行]))"
)
_WISHES = pattern("<good wishes>|<promise to mend>|<resolves>|让我们")
_DONE = pattern("<done marks>|截[至止]|累计|全年共")
_TITLE = re.compile(r"[^\S\n]*[^。；：:\n]{4,40}。[^\n]{8}")
_LEAST = 2
_LINE = re.compile(r"\n[^\n]+")


def intentions(text: str, stop: int, zones: list[Zone]) -> list[Entry]:
    """Next steps of the paragraphs, one after another, that say what will be done; each is one step.

    What stands within ``zones`` has its own reading.

    >>> text = "全年办案12件。\\n我街道将进一步充实队伍，办好培训。"
    >>> [text[entry.body : entry.end] for entry in intentions(text, len(text), [])]
    ['进一步充实队伍，办好培训。']
    """
    found: list[Entry] = []
    for match in _WILL.finditer(text, 0, stop):
        start = match.end() - len(match.group().lstrip())
        if any(zone.start <= start < zone.end for zone in zones):
            continue
        end = _line_end(text, start, stop)
        sentence = text[start : text.find("。", start, end) + 1 or end]
        if _WISHES.search(sentence):
            continue
        if match["aim"] and start + len(sentence) == end and (last := _titled(text, end, stop)):
            return entries_of(text, Zone("next_step", end + 1, last))
        if found and text[found[-1].end : start].strip("。\n "):
            break
        if not _DONE.search(text, start, end):
            found.append(made_entry(text, "next_step", start, match.end(), end))
    return found


def _titled(text: str, start: int, stop: int) -> int:
    """Where the paragraphs end behind a lead that have a title each; 0 where there are not several."""
    lines = _LINE.finditer(text, start, stop)
    titled = list(takewhile(lambda line: _TITLE.match(text, line.start() + 1), lines))
    return titled[-1].end() if len(titled) >= _LEAST else 0


def _line_end(text: str, start: int, stop: int) -> int:
    found = text.find("\n", start, stop)
    return stop if found < 0 else found
