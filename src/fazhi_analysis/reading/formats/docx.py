"""DOCX: paragraphs and tables in their order, automatic numbers written out; headers, footers and notes left out."""

from __future__ import annotations

from pathlib import Path

from fazhi_analysis.errors import DamagedFileError, MissingExtraError, ReadError
from fazhi_analysis.reading.document import Document
from fazhi_analysis.reading.formats import _archives, _docx_package
from fazhi_analysis.reading.formats._docx_to_text import write

ORDER = 20


def matches(data: bytes, name: str) -> bool:
    """Whether the bytes are a zip file with a Word document in it, or a cut one under that suffix.

    >>> matches(b"PK\\x03\\x04 cut", "a.docx"), matches(b"%PDF", "a.docx")
    (True, False)
    """
    if not _archives.is_zip(data):
        return False
    names = _archives.names_in(data)
    if not names:
        return Path(name).suffix.lower() in (".docx", ".docm")
    return "word/document.xml" in names or _docx_package.is_word(data)


def read(data: bytes, file: Path) -> Document:
    """Text of the document's body. A table row is a line with a tab between cells.

    Raises
    ------
    DamagedFileError
        Cut off, encrypted, or not what it says.
    MissingExtraError
        python-docx is not installed.
    """
    _archives.check(data, file)
    try:
        import docx  # noqa: F401 - whether it is there
    except ImportError as error:
        raise MissingExtraError(file, "reading.docx.needs_extra") from error
    try:
        opened = _docx_package.opened(data)
        body = opened.element.body
        if body.getroottree().docinfo.internalDTD is not None:
            raise DamagedFileError(file, "reading.docx.entities")
        return write(opened, file, read)
    except ReadError:
        raise
    except Exception as error:
        raise DamagedFileError(file, "reading.docx.broken") from error
