"""The sentences of the narrative, one file a language; a template is filled with pieces that know their rows.

In a template, ``{name}`` stands for a piece, ``{n:problem|problems}`` for a number with the noun in its form, and
``{n:~is|are}`` for the word alone. Nothing else in a template may hold a digit.
"""

from __future__ import annotations

import functools
import string
from importlib import resources
from typing import Any

from fazhi_analysis.presenting.narrative.model import Piece
from fazhi_analysis.presenting.wording.words import flatten

_FORMATTER = string.Formatter()


@functools.cache
def _texts(lang: str) -> dict[str, str]:
    import yaml

    text = resources.files(__package__).joinpath("texts", f"{lang}.yaml").read_text(encoding="utf-8")
    return {key: str(value) for key, value in flatten(yaml.safe_load(text)).items()}


class Phrases:
    """The sentences of one language.

    >>> "".join(piece.text for piece in Phrases("en").fill("problems.count_plain", n=1))
    'The report lists 1 problem.'
    """

    def __init__(self, lang: str) -> None:
        self.lang = lang
        self._texts = _texts(lang)

    def has(self, key: str) -> bool:
        """Whether there is such a sentence."""
        return key in self._texts

    def plain(self, key: str, /, **fields: Any) -> str:
        """A short text without pieces of its own (headings, parts of lists)."""
        return "".join(piece.text for piece in self.fill(key, **fields))

    def fill(self, key: str, /, **fields: Any) -> tuple[Piece, ...]:
        """The pieces of a sentence. A field is a piece, a list of pieces, a number, or text."""
        pieces: list[Piece] = []
        for literal, name, spec, _ in _FORMATTER.parse(self._texts[key]):
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
        one, _, many = spec.removeprefix("~").partition("|")
        word = one if str(number) == "1" else many
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
