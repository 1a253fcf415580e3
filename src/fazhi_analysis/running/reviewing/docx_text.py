"""The text of a Word document with the place of each letter among its bytes.

The document is never written anew: comments are put between its bytes, so that everything else stays as it is.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from xml.parsers import expat

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_FALLBACK = "http://schemas.openxmlformats.org/markup-compatibility/2006 Fallback"


@dataclass(eq=False)
class Run:
    """A run among the bytes: where it begins and ends, and its properties as they stand."""

    start: int
    end: int = 0
    properties: bytes = b""


@dataclass(frozen=True)
class Piece:
    """A text of a run: its letters, where its element and its letters begin and end among the bytes."""

    run: Run
    element: int
    start: int
    end: int
    text: str


@dataclass(eq=False)
class Paragraph:
    """A paragraph with its pieces in the order of reading; texts of boxes inside it are paragraphs of their own."""

    pieces: list[Piece] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Its letters."""
        return "".join(piece.text for piece in self.pieces)


@dataclass
class _Open:
    """An element that is being read."""

    name: str
    start: int
    content: int = 0
    letters: list[str] = field(default_factory=list)
    run: Run | None = None
    paragraph: Paragraph | None = None


def parse(data: bytes) -> list[Paragraph]:
    """The paragraphs of ``document.xml``; deleted text is none, and what stands twice for older programs counts once.

    Raises ``expat.ExpatError`` for bytes that are no XML.

    >>> [one.text for one in parse(f'<a xmlns:w="{W}"><w:p><w:r><w:t>甲&amp;</w:t></w:r></w:p></a>'.encode())]
    ['甲&']
    """
    reader = _Reader(data)
    return reader.read()


class _Reader:
    def __init__(self, data: bytes) -> None:
        self._data = data
        self._stack: list[_Open] = []
        self._paragraphs: list[Paragraph] = []
        self._twice = 0
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.StartElementHandler = self._begin
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._letters
        self._parser.buffer_text = False

    def read(self) -> list[Paragraph]:
        self._parser.Parse(self._data, True)
        return [paragraph for paragraph in self._paragraphs if paragraph.text.strip()]

    def _begin(self, name: str, _attributes: dict[str, Any]) -> None:
        above = self._stack[-1] if self._stack else None
        made = _Open(name, self._parser.CurrentByteIndex)
        if above is not None:
            made.run, made.paragraph = above.run, above.paragraph
        if name == _FALLBACK:
            self._twice += 1
        elif name == f"{W} p":
            made.paragraph, made.run = Paragraph(), None
            if not self._twice:
                self._paragraphs.append(made.paragraph)
        elif name == f"{W} r":
            made.run = Run(made.start)
        self._stack.append(made)

    def _letters(self, text: str) -> None:
        made = self._stack[-1]
        if made.name == f"{W} t":
            made.content = made.content or self._parser.CurrentByteIndex
            made.letters.append(text)

    def _end(self, name: str) -> None:
        made = self._stack.pop()
        at = self._parser.CurrentByteIndex
        end = self._data.index(b">", at) + 1 if self._data[at : at + 2] == b"</" else at
        if name == _FALLBACK:
            self._twice -= 1
        elif name == f"{W} t" and made.letters and made.run is not None and made.paragraph is not None:
            text = "".join(made.letters)
            if b"<![CDATA[" not in self._data[made.start : at]:
                made.paragraph.pieces.append(Piece(made.run, made.start, made.content, at, text))
        elif name == f"{W} rPr" and made.run is not None and self._stack[-1].name == f"{W} r":
            made.run.properties = self._data[made.start : end]
        elif name == f"{W} r" and made.run is not None:
            made.run.end = end


class Letters:
    """The letters of all paragraphs without white space, with the place of each; what a text of ours is found in."""

    def __init__(self, paragraphs: list[Paragraph]) -> None:
        self.paragraphs = paragraphs
        bare: list[str] = []
        self.places: list[tuple[Paragraph, int]] = []
        for paragraph in paragraphs:
            for at, letter in enumerate(paragraph.text):
                if not letter.isspace():
                    bare.append(letter)
                    self.places.append((paragraph, at))
        self.text = "".join(bare)
