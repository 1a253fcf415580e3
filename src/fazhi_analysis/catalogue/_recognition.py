"""Finds the place that a title or an issuer names, walking from province to county where the text does.

Own names of two characters (忠县, 城区) also occur inside other words (办理县级 ...), so that they count only at a
boundary: at the start, after a place above them, or after what is not a Chinese character.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Protocol

_GOES_ON = {"区": "域别分块间位划", "市": "场民值", "县": "级域", "旗": "帜号下"}
"""Characters that, after the last one of a name, make another word of it: 平安区域, 东方市场, 办理县级."""


class Place(Protocol):
    """What the recogniser needs of a division."""

    @property
    def code(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def full_name(self) -> str: ...
    @property
    def long_name(self) -> str: ...
    @property
    def short_names(self) -> tuple[str, ...]: ...
    @property
    def valid_to(self) -> str: ...
    def valid_on(self, on: Any) -> bool:
        """Whether it may have been in force then."""
        ...


class Recogniser:
    """Longest-match look-up of place names, with narrowing along chains such as 广东省深圳市光明区."""

    def __init__(self, places: Iterable[Place]) -> None:
        self._names: dict[str, list[Place]] = {}
        for place in places:
            short = [name for name in place.short_names if place.code.endswith("00") or name.endswith("旗")]
            for name in dict.fromkeys((place.name, place.full_name, place.long_name, *short)):
                self._names.setdefault(name, []).append(place)
        self._longest = max(map(len, self._names), default=0)
        self._first = {name[0] for name in self._names}

    def locate(self, text: str, on: Any = None) -> tuple[Place, int, int] | None:
        """The first place named in the text that is not ambiguous: (place, start, end), or None."""
        position = 0
        while position < len(text):
            if text[position] in self._first:
                found = self._chain(text, position, on)
                if found:
                    places, end = found
                    if len(places) == 1:
                        return places[0], position, end
                    position = end
                    continue
            position += 1
        return None

    def _chain(self, text: str, start: int, on: Any) -> tuple[list[Place], int] | None:
        """Places that the chain of names beginning here may mean, and where it ends."""
        boundary = start == 0 or not _is_han(text[start - 1]) or text[start - 1] in "关于将对由据在为中共"
        found = self._match(text, start, on, (), short=boundary)
        if found is None:
            return None
        places, end = found
        while True:
            below = self._match(text, end, on, tuple(_prefix(place.code) for place in places), short=True)
            if below is None:
                break
            places, end = below
        if all(place.code.endswith("00") and text[start:end] in place.short_names for place in places):
            return None  # 吉林, 朝阳 alone are too little; they only lead to the name after them
        return places, end

    def _match(
        self, text: str, start: int, on: Any, prefixes: tuple[str, ...], *, short: bool
    ) -> tuple[list[Place], int] | None:
        for size in range(min(self._longest, len(text) - start), 1 if short else 2, -1):
            places = self._names.get(text[start : start + size])
            after = text[start + size : start + size + 1]
            if not places or (after and after in _GOES_ON.get(text[start + size - 1], "")):
                continue
            kept = [place for place in places if not prefixes or place.code.startswith(prefixes)]
            kept = [place for place in kept if not prefixes or _prefix(place.code) not in prefixes]
            kept = _current(kept, on)
            if kept:
                return kept, start + size
        return None


def _current(places: list[Place], on: Any) -> list[Place]:
    """Those in force then (else now, else ever), one a code."""
    for test in (lambda place: on is not None and place.valid_on(on), lambda place: not place.valid_to, bool):
        kept = {place.code: place for place in places if test(place)}
        if kept:
            return list(kept.values())
    return []


def _prefix(code: str) -> str:
    return code[:2] if code.endswith("0000") else code[:4] if code.endswith("00") else code


def _is_han(character: str) -> bool:
    return "\u3400" <= character <= "\u9fff"
