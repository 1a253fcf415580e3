"""How the elements of a page look, as far as it decides whether a reader sees their text: style sheets and attributes.

Style sheets that the page only links to are not loaded: where one may paint a ground, the ground is unknown.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from fazhi_analysis.reading.visibility import Colour, alike

_PROPERTIES = """display visibility opacity color background background-color background-image font-size text-indent
position left top height max-height overflow text-decoration text-decoration-line vertical-align"""
_NAMES = frozenset(_PROPERTIES.split())
# A sheet that says none of these hides nothing.
_TELLING = re.compile(
    r"display|visibility|opacity|(?<!-)color|text-indent|font-size|position|overflow|line-through|vertical-align",
    re.I,
)
_LENGTH = re.compile(r"(-?\d*\.?\d+)\s*(px|pt|em|rem|%|)")
_FAR = -500.0
_TINIEST = 2.0
_MOST_RULES = 2000
_INSIDE = ("td", "th", "tr", "table", "thead", "tbody", "span", "font", "b", "strong")
_STRUCK = ("del", "s", "strike")
_WHITE: Colour = (1.0, 1.0, 1.0)

Declared = Mapping[str, str]


class Look(NamedTuple):
    """What holds for the text of an element: why no reader sees it (or empty), and what its children inherit."""

    cause: str = ""
    gone: bool = False
    hidden: bool = False
    colour: Colour | None = None
    ground: Colour | None = _WHITE
    raised: bool = False


class Looks:
    """Looks of the elements of one page."""

    def __init__(self, root: Any) -> None:
        self._sheets = _sheets(root)
        self._linked = any("stylesheet" in (link.get("rel") or "").lower() for link in root.iter("link"))

    def of(self, element: Any, parent: Look) -> Look:
        """The look of an element inside one that looks so; ``gone`` where nothing below it can be seen either."""
        own = self._declared(element)
        cause = _gone(element, own)
        if cause:
            return parent._replace(cause=cause, gone=True)
        visibility = own.get("visibility", "")
        hidden = visibility in ("hidden", "collapse") or (parent.hidden and visibility != "visible")
        colour = _colour(own.get("color", "") or element.get("color") or "") or parent.colour
        ground = self._ground(element, own, parent)
        struck = parent.cause == "struck" or element.tag in _STRUCK or _strikes(own)
        pale = colour is not None and ground is not None and alike(colour, ground)
        cause = "hidden" if hidden else "struck" if struck else "pale" if pale else ""
        high = own.get("vertical-align", "")
        raised = element.tag == "sup" or high == "super" or (parent.raised and high != "baseline")
        return Look(cause, False, hidden, colour, ground, raised)

    def _declared(self, element: Any) -> Declared:
        """What the page's sheets say of an element, then what its own attribute says."""
        inline = _inline(element.get("style") or "")
        found = self._sheets.get(element)
        return inline if found is None else {**found, **inline}

    def _ground(self, element: Any, own: Declared, parent: Look) -> Colour | None:
        """The colour behind the text, None where it cannot be determined."""
        if own.get("background-image", "none") not in ("none", "") or element.get("background"):
            return None
        value = own.get("background-color") or own.get("background") or element.get("bgcolor") or ""
        if "url(" in value or "gradient" in value:
            return None
        found = next((colour for word in [value, *value.split()] if (colour := _colour(word))), None)
        if found is not None:
            return found
        painted = self._linked and element.tag in _INSIDE and (element.get("class") or element.get("id"))
        return None if painted else parent.ground


def _gone(element: Any, own: Declared) -> str:
    """Why nothing of an element can be seen, whatever its children say; empty where something may."""
    if own.get("display") == "none" or (element.get("hidden") is not None and "display" not in own):
        return "hidden"
    if _length(own.get("opacity", "1")) == 0:
        return "hidden"
    if own.get("overflow") == "hidden" and 0 in (_length(own.get("height", "")), _length(own.get("max-height", ""))):
        return "hidden"
    placed = own.get("position") in ("absolute", "fixed")
    far = [own.get("text-indent", ""), *(own.get(name, "") for name in ("left", "top") if placed)]
    if any((length := _length(value)) is not None and length <= _FAR for value in far):
        return "off_page"
    size = _length(own.get("font-size", ""))
    return "tiny" if size is not None and size < _TINIEST and "m" not in own["font-size"] else ""


def _strikes(own: Declared) -> bool:
    return "line-through" in own.get("text-decoration", "") or "line-through" in own.get("text-decoration-line", "")


def _length(value: str) -> float | None:
    """A length or number; of em and the like only the number; None for anything else.

    >>> _length("-9999px"), _length("0"), _length("auto")
    (-9999.0, 0.0, None)
    """
    found = _LENGTH.fullmatch(value.strip())
    return None if found is None else float(found[1]) * (4 / 3 if found[2] == "pt" else 1)


@lru_cache(maxsize=2048)
def _inline(style: str) -> Declared:
    """The declarations of an attribute that matter here."""
    if not _TELLING.search(style) and "background" not in style:
        return {}
    pairs = (part.split(":", 1) for part in style.split(";") if ":" in part)
    found = ((name.strip().lower(), value) for name, value in pairs)
    return {name: value.replace("!important", "").strip().lower() for name, value in found if name in _NAMES}


@lru_cache(maxsize=512)
def _colour(value: str) -> Colour | None:
    """A colour of a page by name or numbers; None for one that is none, or lets the ground through."""
    value = value.strip()
    if not value or value in ("inherit", "transparent", "initial"):
        return None
    from tinycss2.color3 import RGBA, parse_color

    found = parse_color(value)
    return (found.red, found.green, found.blue) if isinstance(found, RGBA) and found.alpha > 0.5 else None


def _sheets(root: Any) -> dict[Any, dict[str, str]]:
    """What the style sheets in the page say of each element, weaker declarations overridden."""
    texts = [
        text
        for style in root.iter("style")
        if _for_screens(style.get("media") or "") and _TELLING.search(text := "".join(style.itertext()))
    ]
    weighed: dict[Any, list[tuple[tuple[Any, ...], dict[str, str]]]] = {}
    order = 0
    for text in texts:
        for selectors, declared in _rules(text):
            for selector, found in _matches(root, selectors):
                order += 1
                for element in found:
                    weighed.setdefault(element, []).append(((selector.specificity(), order), declared))
            if order > _MOST_RULES:
                break
    result: dict[Any, dict[str, str]] = {}
    for element, items in weighed.items():
        merged = result.setdefault(element, {})
        for _, declared in sorted(items, key=lambda item: item[0]):
            merged.update(declared)
    return result


def _rules(text: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Selectors and the declarations that matter of each rule for screens."""
    import tinycss2

    rules = list(tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True))
    while rules:
        rule = rules.pop(0)
        if rule.type == "at-rule" and rule.lower_at_keyword == "media" and rule.content:
            if _for_screens(tinycss2.serialize(rule.prelude)):
                rules = [*tinycss2.parse_rule_list(rule.content, True, True), *rules]
        elif rule.type == "qualified-rule":
            declared = dict(_declarations(tinycss2.parse_declaration_list(rule.content, True, True)))
            if declared:
                yield tinycss2.serialize(rule.prelude), declared


def _declarations(items: Iterable[Any]) -> Iterator[tuple[str, str]]:
    import tinycss2

    for item in items:
        if item.type == "declaration" and item.lower_name in _NAMES:
            yield item.lower_name, tinycss2.serialize(item.value).strip().lower()


def _matches(root: Any, selectors: str) -> Iterator[tuple[Any, list[Any]]]:
    """Each selector with the elements that it means; one that is not understood means none."""
    import cssselect

    translator = cssselect.HTMLTranslator()
    try:
        parsed = cssselect.parse(selectors)
    except cssselect.SelectorError:
        return
    for selector in parsed:
        if selector.pseudo_element is not None:
            continue
        try:
            yield selector, root.xpath(translator.selector_to_xpath(selector))
        except cssselect.SelectorError:
            continue


def _for_screens(media: str) -> bool:
    """Whether rules for these media hold on a usual screen.

    >>> _for_screens("print"), _for_screens("screen and (min-width: 900px)"), _for_screens("")
    (False, True, True)
    """
    kinds = [part.strip().lower() for part in media.split(",")]
    return any(not kind or kind.startswith(("all", "screen", "only screen", "(min-width")) for kind in kinds)
