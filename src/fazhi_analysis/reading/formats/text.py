"""Plain text and Markdown, as they stand: no newline translation, a byte order mark not counted."""

from __future__ import annotations

from pathlib import Path

from fazhi_analysis.reading.decoding import decode
from fazhi_analysis.reading.document import Document

ORDER = 99
_MARKDOWN = {".md", ".markdown"}


def matches(data: bytes, name: str) -> bool:
    """Always: what no other format claims is tried as text.

    >>> matches(b"", "a.txt")
    True
    """
    return True


def read(data: bytes, file: Path) -> Document:
    """The decoded text. Raises EncodingError or DamagedFileError.

    >>> read("一、总体\\r\\n".encode("utf-8-sig"), Path("a.txt")).text
    '一、总体\\r\\n'
    """
    text, encoding = decode(data, str(file))
    return Document(text, "markdown" if file.suffix.lower() in _MARKDOWN else "text", encoding)
