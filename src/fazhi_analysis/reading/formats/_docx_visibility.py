"""How a run of a Word document looks, as far as it decides whether a reader sees it: own marks, styles, ground."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from fazhi_analysis.reading.visibility import Colour, alike

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_TEXT_BOX = f"{_W}txbxContent"
_OFF = ("0", "false", "off", "none")
_TINIEST = 3  # half points
_WHITE: Colour = (1.0, 1.0, 1.0)
_DEEPEST = 20  # styles based on styles


class Looks:
    """Looks of the runs of one document."""

    def __init__(self, document: Any) -> None:
        styles = document.styles.element
        self._styles = {style.get(f"{_W}styleId", ""): style for style in styles.iterfind(f"{_W}style")}
        self._defaults = styles.find(f"{_W}docDefaults/{_W}rPrDefault/{_W}rPr")
        normal = (style for style in self._styles.values() if style.get(f"{_W}default") in ("1", "true"))
        self._normal = [style for style in normal if style.get(f"{_W}type") == "paragraph"]
        self._below: dict[tuple[Any, str], Any] = {}
        self._page = _colour(document.element.find(f"{_W}background"), "color") or _WHITE

    def hidden(self, run: Any) -> str:
        """Why no reader sees a run, a cause of :data:`~fazhi_analysis.reading.omissions.HIDDEN`, or an empty string."""
        if self._is_on(run, "vanish"):
            return "hidden"
        if self._is_on(run, "strike") or self._is_on(run, "dstrike"):
            return "struck"
        size = self._property(run, "sz")
        if size is not None and (size.get(f"{_W}val") or "").isdecimal() and int(size.get(f"{_W}val")) <= _TINIEST:
            return "tiny"
        colour = _colour(self._property(run, "color"), "val")
        ground = None if colour is None else self._ground(run)
        return "pale" if colour is not None and ground is not None and alike(colour, ground) else ""

    def is_raised(self, run: Any) -> bool:
        """Whether a run is printed raised, as the mark of a note is."""
        if run.find(f"{_W}footnoteReference") is not None or run.find(f"{_W}endnoteReference") is not None:
            return True
        found = self._property(run, "vertAlign")
        return found is not None and found.get(f"{_W}val") == "superscript"

    def marks_gone(self, paragraph: Any) -> tuple[bool, bool]:
        """Whether the end of a paragraph is hidden, and whether it was deleted in tracked changes."""
        own = paragraph.find(f"{_W}pPr/{_W}rPr")
        if own is None:
            return False, False
        vanish = own.find(f"{_W}vanish")
        return vanish is not None and _on(vanish), own.find(f"{_W}del") is not None

    def _is_on(self, run: Any, name: str) -> bool:
        found = self._property(run, name)
        return found is not None and _on(found)

    def _property(self, run: Any, name: str) -> Any:
        """A property of a run: its own, of its style, of the style of its paragraph, of the document."""
        tag = f"{_W}{name}"
        for properties in self._sources(run):
            if properties is not None and (found := properties.find(tag)) is not None:
                return found
        return None

    def _child(self, parent: Any, name: str) -> Any:
        """The child of that name of what stands around runs, looked for once, not for each of thousands of runs."""
        key = parent, name
        if key not in self._below:
            self._below[key] = parent.find(f"{_W}{name}")
        return self._below[key]

    def _style_of(self, paragraph: Any) -> Any:
        properties = self._child(paragraph, "pPr")
        return None if properties is None else properties.find(f"{_W}pStyle")

    def _sources(self, run: Any) -> Iterator[Any]:
        own = run.find(f"{_W}rPr")
        yield own
        if own is not None and (style := own.find(f"{_W}rStyle")) is not None:
            yield from self._inherited(style.get(f"{_W}val", ""), "rPr")
        paragraph = next(run.iterancestors(f"{_W}p"), None)
        style = None if paragraph is None else self._style_of(paragraph)
        if style is not None:
            yield from self._inherited(style.get(f"{_W}val", ""), "rPr")
        else:
            yield from (normal.find(f"{_W}rPr") for normal in self._normal)
        yield self._defaults

    def _inherited(self, name: str, properties: str) -> Iterator[Any]:
        """Properties of a style and of those that it is based on."""
        for _ in range(_DEEPEST):
            style = self._styles.get(name)
            if style is None:
                return
            yield style.find(f"{_W}{properties}")
            base = style.find(f"{_W}basedOn")
            name = "" if base is None else base.get(f"{_W}val", "")

    def _ground(self, run: Any) -> Colour | None:
        """The colour behind a run; None where it cannot be determined (a text box, a table whose style paints it)."""
        for properties in (run.find(f"{_W}rPr"), *self._grounds(run)):
            if properties is None:
                continue
            if properties.find(f"{_W}highlight") is not None:
                return None
            shade = properties.find(f"{_W}shd")
            if shade is not None and shade.get(f"{_W}fill", "auto") not in ("auto", ""):
                return _colour(shade, "fill")
        for parent in run.iterancestors():
            if parent.tag == _TEXT_BOX or (parent.tag == f"{_W}tbl" and self._is_painted(parent)):
                return None
        return self._page

    def _grounds(self, run: Any) -> Iterator[Any]:
        """What may paint behind a run: its styles, its paragraph, its cell, its table."""
        yield from self._sources(run)
        for parent in run.iterancestors():
            for name in ("pPr", "tcPr", "tblPr"):
                yield self._child(parent, name)
            if (style := self._style_of(parent)) is not None:
                yield from self._inherited(style.get(f"{_W}val", ""), "pPr")

    def _is_painted(self, table: Any) -> bool:
        properties = self._child(table, "tblPr")
        style = None if properties is None else properties.find(f"{_W}tblStyle")
        name = "" if style is None else style.get(f"{_W}val", "")
        for _ in range(_DEEPEST):
            found = self._styles.get(name)
            if found is None:
                return False
            if next(found.iter(f"{_W}shd"), None) is not None:
                return True
            base = found.find(f"{_W}basedOn")
            name = "" if base is None else base.get(f"{_W}val", "")
        return False


def _on(element: Any) -> bool:
    return (element.get(f"{_W}val") or "1").lower() not in _OFF


def _colour(element: Any, name: str) -> Colour | None:
    """A colour given as RRGGBB; None where it is automatic or missing."""
    value = "" if element is None else element.get(f"{_W}{name}") or ""
    try:
        number = int(value, 16) if len(value) == 6 else -1
    except ValueError:
        return None
    return None if number < 0 else ((number >> 16) / 255, (number >> 8 & 255) / 255, (number & 255) / 255)
