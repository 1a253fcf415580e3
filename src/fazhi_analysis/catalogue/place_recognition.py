"""Finds the place that a text names, walking from province to county where the text does.

Own names of two characters (忠县, 城区) also occur inside other words (办理县级 ...), so that they count only at a
boundary: at the start, after a place above them, or after what is not a Chinese character. Names without their kind
(吉林, 方城) only lead to the name after them, or stand before 人民政府.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, cached_property
from typing import NamedTuple

from fazhi_analysis.catalogue.division import Division, On, meant
from fazhi_analysis.catalogue.place_names import name_at

_GOES_ON = re.compile(r"区(?:[域别块间位划]|分(?!局))|市(?:[场容值]|民(?![政族宗防兵间营]))|县[级域]|旗[帜号下]")
"""Words that begin with the last character of a name: 平安区域, 东方市场, 办理县级."""
_GOVERNMENT = "人民政府"
_LEAD = re.compile(r"^[《〈“\"]?(?:中共|关于|印发|报送|上报|呈报|公布|发布|转发|法治)*[《〈“\"]?")
"""What may stand before the place that a title or an issuer opens with."""
_WORD = 4  # characters of a long word
_FIRST_HAN, _LAST_HAN = "\u3400\u9fff"
"""The characters that names are written with: no punctuation stands among them."""
_BEFORE_A_NAME = "关于将对由据在为中共"
"""Characters after which a name may begin inside a text."""


class Opening(NamedTuple):
    """The name of a place that a text opens with, as printed; the places that it may mean; the text that follows."""

    name: str
    places: list[Division]
    rest: str


class Recogniser:
    """Longest-match look-up of place names, with narrowing along chains such as 广东省深圳市光明区."""

    def __init__(self, names: Mapping[str, Sequence[Division]]) -> None:
        self._names = names
        # Few pairs of characters begin a name: where none does, nothing else has to be looked at.
        lengths: dict[str, set[int]] = {}
        for name in names:
            lengths.setdefault(name[:2], set()).add(len(name))
        self._lengths = {pair: sorted(found, reverse=True) for pair, found in lengths.items()}
        firsts, seconds = ("".join(sorted({pair[at : at + 1] for pair in lengths})) for at in (0, 1))
        self._first_look = re.compile(f"[{re.escape(firsts)}](?=[{re.escape(seconds)}])")

    def locate(self, text: str, on: On = None) -> tuple[Division, int, int] | None:
        """The first place named in the text that is not ambiguous: (place, start, end), or None."""
        return next(
            ((places[0], start, end) for places, start, end in self.named_in(text, on) if len(places) == 1), None
        )

    def named_in(self, text: str, on: On = None, ending: str = "") -> Iterator[tuple[list[Division], int, int]]:
        """Every name of a place in the text, in order: the places that it may mean, start, end.

        With ``ending`` only names that end in one of these characters, which is much faster.
        """
        for first, last in self._ending(text, ending) if ending else [(0, len(text))]:
            position = first
            for look in self._first_look.finditer(text, first, last):
                start = look.start()
                if start < position or text[start : start + 2] not in self._lengths:
                    continue
                places, end = self.chain(text, start, on)
                if places and (not ending or text[end - 1] in ending):
                    yield places, start, end
                position = end

    @cached_property
    def _endings(self) -> frozenset[str]:
        """The last two characters of names."""
        return frozenset(name[-2:] for name in self._names)

    def _ending(self, text: str, signs: str) -> list[tuple[int, int]]:
        """The runs of Chinese characters, each up to the last place where a name may end in one of these signs."""
        runs: list[tuple[int, int]] = []
        for sign in _any_of(signs).finditer(text):
            end, reach = sign.end(), runs[-1][1] if runs else 0
            if text[end - 2 : end] not in self._endings:
                continue
            begin = end
            while begin > reach and _FIRST_HAN <= text[begin - 1] <= _LAST_HAN:
                begin -= 1
            if runs and begin == reach:
                begin = runs.pop()[0]
            runs.append((begin, end))
        return runs

    def opening(self, text: str, on: On = None) -> Opening:
        """The name that a text opens with, and the places that it may mean: none for one that the table lacks.

        Places above or below that the table lacks (a township) are part of the name, and so is a word before the name
        (平安方城县) that nothing distinguishes from it.
        """
        text = _LEAD.sub("", text, count=1)
        places, end = self.chain(text, 0, on)
        while not places and (further := name_at(text, end)) > end:
            tails = (self.chain(text, inside, on) for inside in range(end + 1, further + 1))
            places, end = next((found for found in tails if found[0] and found[1] >= further), ([], further))
        while (further := name_at(text, end)) > end:
            places, end = [], further
        return Opening(text[:end], places, text[end:])

    def chain(self, text: str, start: int, on: On = None) -> tuple[list[Division], int]:
        """Places that the chain of names beginning here may mean, and where it ends; none and ``start`` without one."""
        best: list[Division] = []
        best_end = end = start
        rows, step = self._match(text, start, None)
        while rows:
            name, end = text[end:step], step
            last = [row for row in rows if row.rank_of(name) < 2 or _stands_alone(text, start, name, end)]
            if last:
                best, best_end = meant(last, name, on) or meant(last, name, None), end
            rows, step = self._match(text, end, [_prefix(row.code) for row in rows])
        return best, best_end

    def _match(self, text: str, start: int, above: Sequence[str] | None) -> tuple[list[Division], int]:
        """Rows of the longest name here, below the places above where there are any, and where it ends."""
        lengths = self._lengths.get(text[start : start + 2])
        if lengths is None:
            return [], start
        least = 2 if (opens := above is not None or _is_boundary(text, start)) else 3
        for length in lengths:
            name, end = text[start : start + length], start + length
            if length < least or end > len(text):
                continue
            if (rows := self._names.get(name)) is None or _GOES_ON.match(text, end - 1):
                continue
            kept = [row for row in rows if _counts(row, name, text, end) and _is_below(row.code, above)]
            if kept:
                return ([], start) if not opens and _is_inside_a_word(text, start) else (kept, end)
        return [], start


@cache
def _any_of(signs: str) -> re.Pattern[str]:
    return re.compile(f"[{re.escape(signs)}]")


def _counts(row: Division, name: str, text: str, end: int) -> bool:
    """Whether a name may mean this row here: counties without their kind only before 人民政府, or as the last word."""
    at_end = end == len(text) or text.startswith(_GOVERNMENT, end)
    return row.rank_of(name) < 2 or row.level != "county" or at_end


def _stands_alone(text: str, start: int, name: str, end: int) -> bool:
    """Whether a name without its kind is enough: 吉林, 朝阳 alone are too little."""
    return text.startswith(_GOVERNMENT, end) or (end == len(text) and end - len(name) > start)


def _is_below(code: str, above: Sequence[str] | None) -> bool:
    return above is None or (code.startswith(tuple(above)) and _prefix(code) not in above)


def _prefix(code: str) -> str:
    return code[:2] if code.endswith("0000") else code[:4] if code.endswith("00") else code


def _is_inside_a_word(text: str, start: int) -> bool:
    """Whether a word of the dictionary goes on over this place: 海城区 is no name in 滨海|城区.

    >>> _is_inside_a_word("滨海城区", 1), _is_inside_a_word("河南方城县", 2)
    (True, False)
    """
    import rjieba

    begin = max(0, start - _WORD)
    for word in rjieba.cut(text[begin : start + _WORD + 2], False):
        begin += len(word)
        if begin >= start:
            return begin > start
    return False


def _is_boundary(text: str, start: int) -> bool:
    return start == 0 or not "\u3400" <= text[start - 1] <= "\u9fff" or text[start - 1] in _BEFORE_A_NAME
