"""HTML by construction: everything that is not already a :class:`Fragment` is escaped.

Text from a document is data. It enters a page only through :func:`tag` or :func:`escape`, so markup in a report is
shown as characters and never runs.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import markupsafe

SUPPORTING = "application/vnd.fazhi.supporting+json"
"""Under which type the output of a notebook holds what its page hands over to the appendix."""
_SPACE = re.compile(r"\s+")
_ADDRESS = re.compile(r"https?://[^\s]+$")
_SPECIAL = re.compile("[&<>'\"]")
_TAG = re.compile(r"<(style|script|svg)\b.*?</\1>|<[^>]+>", re.DOTALL)
_VOID = frozenset({"br", "hr", "img", "input", "meta", "link", "wbr", "col"})


class Fragment:
    """A piece of HTML that Jupyter shows and a terminal prints as plain text.

    Fragments join with ``+``. The plain text is the HTML without tags unless given, as text or as what makes it.
    ``supporting`` is what a part of a page hands over to the appendix: a notebook keeps it beside the HTML.

    >>> Fragment("<p>败诉率</p>") + Fragment("<p>12%</p>")
    败诉率
    12%
    >>> (Fragment("<p>甲</p>") + Fragment("<p>乙</p>"))._repr_html_()
    '<p>甲</p><p>乙</p>'
    """

    __slots__ = ("_html", "_text", "supporting")

    def __init__(
        self,
        markup: str,
        text: str | Callable[[], str] | None = None,
        supporting: tuple[Mapping[str, Any], ...] = (),
    ) -> None:
        self._html = markup
        self._text = text
        self.supporting = supporting

    def _repr_html_(self) -> str:
        return self._html

    def _repr_mimebundle_(self, **_kinds: Any) -> dict[str, Any]:
        return {SUPPORTING: list(self.supporting)} if self.supporting else {}

    def __html__(self) -> str:
        return self._html

    def __str__(self) -> str:
        return self._html

    def __bool__(self) -> bool:
        return bool(self._html)

    def __repr__(self) -> str:
        if callable(self._text):  # put together when it is asked for: pages that no notebook shows never do
            self._text = self._text()
        return plain_text(self._html) if self._text is None else self._text

    def __add__(self, other: Fragment) -> Fragment:
        text = None if self._text is None and other._text is None else f"{self!r}\n{other!r}".strip("\n")
        return Fragment(self._html + other._html, text, self.supporting + other.supporting)


def plain_text(markup: str) -> str:
    """HTML without tags, one line a block, entities resolved: for terminals and tests.

    >>> plain_text("<h2>甲</h2><p>乙 &lt; 丙</p>")
    '甲\\n乙 < 丙'
    """
    spaced = re.sub(r"</(p|h\d|li|tr|div|section|header|footer|figure|figcaption|dt|dd|caption)>|<br>", "\n", markup)
    spaced = re.sub(r"</t[dh]>", "  ", spaced)
    lines = (_SPACE.sub(" ", line).strip() for line in _TAG.sub("", spaced).split("\n"))
    return html.unescape("\n".join(line for line in lines if line))


def escape(value: Any) -> str:
    """Escaped text of anything; fragments pass unchanged.

    >>> escape("<b>"), escape(Fragment("<b>x</b>"))
    ('&lt;b&gt;', '<b>x</b>')
    """
    if isinstance(value, Fragment):
        return str(value)
    text = str(value)
    return str(markupsafe.escape(text)) if _SPECIAL.search(text) else text  # most text has nothing to escape


def tag(name: str, *children: Any, **attributes: Any) -> Fragment:
    """One element. ``cls`` is the class, ``data_x`` becomes ``data-x``; None and False drop an attribute, True is bare.

    >>> str(tag("p", "a < b", cls="note", data_row="1:m2"))
    '<p class="note" data-row="1:m2">a &lt; b</p>'
    >>> str(tag("br"))
    '<br>'
    """
    parts = [name]
    for key, value in attributes.items():
        if value is None or value is False:
            continue
        attribute = "class" if key == "cls" else key.rstrip("_").replace("_", "-")
        parts.append(attribute if value is True else f'{attribute}="{escape(str(value))}"')
    opening = f"<{' '.join(parts)}>"
    if name in _VOID:
        return Fragment(opening)
    return Fragment(f"{opening}{''.join(escape(child) for child in children if child is not None)}</{name}>")


_CHINESE = re.compile(r"[㐀-鿿　-〿！-～]*[㐀-鿿][㐀-鿿　-〿！-～]*")


def chinese_marked(text: object) -> Fragment:
    """Text of another language with its Chinese words marked as such, for English sentences about Chinese figures.

    >>> str(chinese_marked("69件 is < 70"))
    '69<span lang="zh">件</span> is &lt; 70'
    """
    pieces: list[Any] = []
    place = 0
    for match in _CHINESE.finditer(str(text)):
        pieces += [str(text)[place : match.start()], tag("span", match.group(), lang="zh")]
        place = match.end()
    return join([*pieces, str(text)[place:]])


def join(pieces: Iterable[Any], between: str = "") -> Fragment:
    """Escaped pieces in a row, with escaped text between them.

    >>> str(join(["甲", tag("b", "乙")], "、"))
    '甲、<b>乙</b>'
    """
    listed = list(pieces)
    handed = [each for piece in listed if isinstance(piece, Fragment) for each in piece.supporting]
    return Fragment(escape(between).join(escape(piece) for piece in listed), None, tuple(handed))


def address(text: str) -> Fragment:
    """A public address as a link; what is no address of the web stays text.

    >>> str(address("https://example.org/a?b&c")), str(address("javascript:x"))
    ('<a href="https://example.org/a?b&amp;c" rel="noreferrer">https://example.org/a?b&amp;c</a>', 'javascript:x')
    """
    return tag("a", text, href=text, rel="noreferrer") if _ADDRESS.match(text) else Fragment(escape(text))


def anchor(name: object) -> str:
    """A valid element id made from a row id or a heading.

    >>> anchor("150623-2023:m001")
    'row-150623-2023-m001'
    """
    return "row-" + re.sub(r"[^0-9A-Za-z一-鿿]+", "-", str(name)).strip("-")
