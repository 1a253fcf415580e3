"""Automatic numbers of Word paragraphs (一、（一）1. ...), which stand in no text run and have to be counted."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from fazhi_analysis.reading.section_numbers import han

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_HAN = {
    "chineseCounting",
    "chineseCountingThousand",
    "japaneseCounting",
    "ideographDigital",
    "taiwaneseCountingThousand",
}
_CIRCLED = {"decimalEnclosedCircle", "decimalEnclosedCircleChinese"}


class _Level(NamedTuple):
    """One level of a list: how it counts, how it prints, where it starts."""

    form: str
    text: str
    start: int


class Numbering:
    """Counts the numbered paragraphs of a document in reading order."""

    def __init__(self, document: Any) -> None:
        self._levels: dict[str, dict[int, _Level]] = {}
        self._by_style: dict[str, tuple[str, int]] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._abstract: dict[str, str] = {}
        self._read_lists(document)
        self._read_styles(document)

    def next_for(self, paragraph: Any) -> str:
        """The number that stands before this paragraph, or an empty string; counting goes on."""
        found = self._list_of(paragraph)
        if found is None:
            return ""
        name, depth = found
        levels = self._levels.get(name, {})
        level = levels.get(depth)
        if level is None or level.form in ("bullet", "none"):
            return ""
        counts = self._counts.setdefault(self._abstract.get(name, name), {})
        counts[depth] = counts.get(depth, level.start - 1) + 1
        for deeper in [key for key in counts if key > depth]:
            del counts[deeper]

        def printed(match: re.Match[str]) -> str:
            own = int(match[1]) - 1
            shape = levels.get(own, level)
            return _number(counts.get(own, shape.start), shape.form)

        return re.sub(r"%(\d)", printed, level.text)

    def _list_of(self, paragraph: Any) -> tuple[str, int] | None:
        properties = paragraph.find(f"{_W}pPr")
        if properties is None:
            return None
        style = properties.find(f"{_W}pStyle")
        inherited = self._by_style.get(style.get(f"{_W}val", "")) if style is not None else None
        own = _reference(properties)
        if own is None:
            return inherited
        return None if own[0] == "0" else own

    def _read_lists(self, document: Any) -> None:
        try:
            root = document.part.numbering_part.element
        except (KeyError, NotImplementedError, AttributeError):
            return
        abstract: dict[str, dict[int, _Level]] = {}
        for item in root.iterfind(f"{_W}abstractNum"):
            levels = {
                int(level.get(f"{_W}ilvl", "0")): _Level(
                    _value(level, "numFmt", "decimal"), _value(level, "lvlText", ""), int(_value(level, "start", "1"))
                )
                for level in item.iterfind(f"{_W}lvl")
            }
            abstract[item.get(f"{_W}abstractNumId", "")] = levels
        for item in root.iterfind(f"{_W}num"):
            name, base = item.get(f"{_W}numId", ""), _value(item, "abstractNumId", "")
            self._levels[name] = abstract.get(base, {})
            restarted = item.find(f"{_W}lvlOverride") is not None
            self._abstract[name] = name if restarted else f"abstract {base}"

    def _read_styles(self, document: Any) -> None:
        for style in document.styles.element.iterfind(f"{_W}style"):
            properties = style.find(f"{_W}pPr")
            found = _reference(properties) if properties is not None else None
            if found:
                self._by_style[style.get(f"{_W}styleId", "")] = found


def _reference(properties: Any) -> tuple[str, int] | None:
    """(list id, level) of paragraph properties, or None when they name no list."""
    element = properties.find(f"{_W}numPr")
    if element is None:
        return None
    name = _value(element, "numId", "")
    return (name, int(_value(element, "ilvl", "0"))) if name else None


def _value(parent: Any, tag: str, default: str) -> str:
    child = parent.find(f"{_W}{tag}")
    return default if child is None else child.get(f"{_W}val", default)


def _number(value: int, form: str) -> str:
    """A number in one of Word's forms.

    >>> _number(12, "chineseCounting"), _number(3, "decimal"), _number(2, "decimalEnclosedCircle")
    ('十二', '3', '②')
    """
    if form in _HAN and 1 <= value <= 99:
        return han(value)
    if form in _CIRCLED and 1 <= value <= 20:
        return chr(ord("①") + value - 1)
    if form == "lowerLetter" and 1 <= value <= 26:
        return chr(ord("a") + value - 1)
    return str(value)
