"""The sentences of the narrative, one file a topic; a template is filled with pieces that know their rows.

In a template, ``{name}`` stands for a piece, ``{n:problem|problems}`` for a number with the noun in its form, and
``{n:~is|are}`` for the word alone. Nothing else in a template may hold a digit.
"""

from __future__ import annotations

import string
from typing import Any, Final

from fazhi_analysis.messages import Texts, counted
from fazhi_analysis.presenting.narrative.narrative import Piece

TEXTS: Final = Texts("fazhi_analysis.presenting.narrative", "texts")
_FORMATTER = string.Formatter()


class Phrases:
    """The sentences of one language.

    >>> "".join(piece.text for piece in Phrases("en").fill("problems.count_plain", n=1))
    'The report lists 1 problem.'
    """

    def __init__(self, lang: str) -> None:
        self.lang = lang

    def has(self, key: str) -> bool:
        """Whether there is such a sentence."""
        return key in TEXTS

    def plain(self, key: str, /, **fields: Any) -> str:
        """A short text without pieces of its own (headings, parts of lists)."""
        return "".join(piece.text for piece in self.fill(key, **fields))

    def fill(self, key: str, /, **fields: Any) -> tuple[Piece, ...]:
        """The pieces of a sentence. A field is a piece, a list of pieces, a number, or text."""
        pieces: list[Piece] = []
        for literal, name, spec, _ in _FORMATTER.parse(TEXTS[key][self.lang]):
            if literal:
                pieces.append(Piece(literal))
            if name is not None:
                pieces += _field(fields[name], spec or "")
        return merged(pieces)


def _field(value: Any, spec: str) -> list[Piece]:
    if isinstance(value, (list, tuple)):
        return [piece for item in value for piece in _field(item, "")]
    number = value.text if isinstance(value, Piece) else value
    if spec:
        word = counted(number, f"~{spec.removeprefix('~')}")
        if spec.startswith("~"):
            return [Piece(word)]
        return [value if isinstance(value, Piece) else Piece(str(value), "count"), Piece(f" {word}")]
    return [value if isinstance(value, Piece) else Piece(str(value))]


def merged(pieces: list[Piece]) -> tuple[Piece, ...]:
    """Neighbouring plain pieces as one; empty ones dropped."""
    found: list[Piece] = []
    for piece in pieces:
        if not piece.text:
            continue
        if found and piece.kind == "text" and found[-1].kind == "text":
            found[-1] = Piece(found[-1].text + piece.text)
        else:
            found.append(piece)
    return tuple(found)
