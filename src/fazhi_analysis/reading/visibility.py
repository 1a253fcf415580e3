"""What a reader sees of a piece of text: colours that do not stand out from their ground, marks that are raised."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

_ALIKE = 1.12  # contrast (W3C) below which nothing can be made out; pale grey on white has 1.3
_RAISED: Final = str.maketrans(
    "0123456789[]()（）［］〔〕①②③④⑤⑥⑦⑧⑨",
    "⁰¹²³⁴⁵⁶⁷⁸⁹" + "⁽⁾" * 5 + "¹²³⁴⁵⁶⁷⁸⁹",
)
_NOTE = re.compile(r"\s*(?:注?\s*[0-9①-⑳]{1,3}|[\[(（［〔]\s*注?\s*[0-9]{1,3}\s*[\])）］〕]|[*＊†‡§]+)[\s,，、]*")

# Text that its markup strikes out, and remarks, which no reader of the page sees; 20~~30人 is a range.
STRUCK = re.compile(
    r"(?:(?<![0-9])~~|~~(?![0-9]))(?=[^\s~])[^~\n]{1,500}(?<=\S)~~|<(del|s|strike)\b[^<>\n]{0,200}>[^\n]{0,500}?</\1\s*>|<!--.{0,5000}?-->",
    re.IGNORECASE | re.DOTALL,
)
# Marks of notes: raised ones (those of m² and 10⁴ are none), and numbers in brackets or circles inside a figure.
_MARK = re.compile(
    r"(?<![mM米])(?<!×10)(?:[⁰¹²³⁴-⁹]+|⁽[⁰¹²³⁴-⁹]+⁾)(?![⁰¹²³⁴-⁹])"
    r"|(?<![mM米])<sup\b[^<>\n]{0,200}>[\[(（［〔注]*[\d*①-⑳]{1,3}[\]）)］〕]*</sup\s*>"
    r"|(?<=\d)(?:\[\d{1,2}\]|[①-⑳]{1,2})(?=[^\s\d\[①-⑳])|\[\^[^\]\s]{1,20}\](?!:)",
    re.IGNORECASE,
)
# A cheap first look, which begins with characters that few texts have.
_SIGNS = re.compile(r"[~<⁰¹²³⁴-⁹⁽\[①-⑳](?:(?<=~)~|(?<=<)[!dDsS]|(?<=[⁰¹²³⁴-⁹⁽])|(?<=\d[\[①-⑳])|(?<=\[)\^)")

Colour = tuple[float, float, float]


def alike(front: Colour, ground: Colour) -> bool:
    """Whether text in one colour (red, green, blue; 0 to 1) cannot be seen on another.

    >>> alike((1, 1, 1), (1, 1, 0.99)), alike((1, 1, 1), (0.2, 0.3, 0.6)), alike((0.8, 0.8, 0.8), (1, 1, 1))
    (True, False, False)
    """
    lighter, darker = sorted((_luminance(front), _luminance(ground)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05) < _ALIKE


def _luminance(colour: Colour) -> float:
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def raised(text: str) -> str:
    """Raised text in characters that are raised themselves, so that the mark of a note is no digit of a figure.

    What is no mark of a note (the ``th`` of 4th) stays as it is.

    >>> raised("1"), raised("[2]"), raised("th"), raised("①")
    ('¹', '⁽²⁾', 'th', '¹')
    """
    return text.translate(_RAISED) if _NOTE.fullmatch(text) else text


@lru_cache(maxsize=4)  # a text is asked for by its tables, its clean copy and its figures
def as_seen(text: str) -> str:
    """The text with marks without width in the place of what a reader does not read: struck text, remarks, note marks.

    As long as before, each character at its place; line breaks stay.

    >>> as_seen("办理~~328~~26件，审结24[2]件").replace("\u200b", "")
    '办理26件，审结24件'
    """
    if _SIGNS.search(text) is None:
        return text
    return _MARK.sub(_blank, STRUCK.sub(_blank, text))


def _blank(match: re.Match[str]) -> str:
    return re.sub(r"[^\n\r]", "\u200b", match.group())
