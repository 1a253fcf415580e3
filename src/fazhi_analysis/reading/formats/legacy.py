"""Formats that are not read themselves: old Word, WPS, RTF and OpenDocument are converted where LibreOffice is there.

Without it, and of any other (sheets, slides, archives), one line says how to convert.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import NoReturn

from fazhi_analysis.errors import DamagedFileError, UnsupportedFormatError
from fazhi_analysis.messages import Message
from fazhi_analysis.reading.document import Document
from fazhi_analysis.reading.formats import _archives, _libreoffice, docx

ORDER = 30

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ARCHIVES = ((b"Rar!", "RAR"), (b"7z\xbc\xaf", "7z"), (b"\x1f\x8b", "gzip"), (b"BZh", "bzip2"), (b"\xfd7zXZ", "xz"))
_SUFFIXES = {".doc", ".wps", ".wpt", ".dot", ".ofd", ".rtf", ".xls", ".xlsx", ".et", ".ppt", ".pptx", ".odt", ".caj"}


def matches(data: bytes, name: str) -> bool:
    """Whether the bytes are one of these, or are binary under one of their suffixes.

    >>> matches(b"{\\\\rtf1", "a.txt"), matches(b"PK\\x05\\x06", "a.zip"), matches("正文".encode(), "a.doc")
    (True, True, False)
    """
    if data.startswith((_OLE, b"{\\rtf", *(magic for magic, _ in _ARCHIVES))) or _archives.is_zip(data):
        return True
    if _is_web_archive(data):
        return True
    return (
        Path(name).suffix.lower() in _SUFFIXES and b"\x00" in data[:4096] and data[:2] not in (b"\xff\xfe", b"\xfe\xff")
    )


def read(data: bytes, file: Path) -> Document:
    """The document after conversion.

    Raises
    ------
    UnsupportedFormatError
        The format is not converted, or LibreOffice is missing or cannot read it; the message says how to convert.
    DamagedFileError
        Encrypted or cut off.
    """
    try:
        _refuse(data, file)
    except UnsupportedFormatError:
        kind = _convertible(data, file.suffix.lower())
        found = _libreoffice.to_docx(data, kind) if kind else None
        if found is None:
            raise
    return replace(docx.read(found, file), format=kind[1:])


def _convertible(data: bytes, suffix: str) -> str:
    """The suffix of a kind of document that LibreOffice reads; empty for any other."""
    if data.startswith(b"{\\rtf"):
        return ".rtf"
    if data.startswith(_OLE):
        foreign = any(_wide(name) in data for name in ("EncryptedPackage", "Workbook", "PowerPoint Document"))
        return "" if foreign or suffix in (".xls", ".et", ".ppt") else ".doc"
    names = set(_archives.names_in(data)) if _archives.is_zip(data) else set()
    return ".odt" if {"content.xml", "mimetype"} <= names and not _is_ods(data) else ""


def _refuse(data: bytes, file: Path) -> NoReturn:
    """Raises UnsupportedFormatError naming the format and the way out; DamagedFileError when encrypted or cut off."""
    suffix = file.suffix.lower()
    if data.startswith(_OLE):
        _read_ole(data, file, suffix)
    if data.startswith(b"{\\rtf"):
        raise UnsupportedFormatError(file, "reading.format.document", kind=_named("RTF"))
    for magic, kind in _ARCHIVES:
        if data.startswith(magic):
            raise UnsupportedFormatError(file, "reading.format.archive", kind=kind)
    if _is_web_archive(data):
        raise UnsupportedFormatError(file, "reading.format.web_archive")
    if _archives.is_zip(data):
        _read_zip(data, file)
    raise UnsupportedFormatError(file, "reading.format.document", kind=_named(suffix[1:].upper()))


def _read_ole(data: bytes, file: Path, suffix: str) -> NoReturn:
    """Old compound files: the stream names tell what they hold."""
    if _wide("EncryptedPackage") in data:
        raise DamagedFileError(file, "reading.password")
    if _wide("Workbook") in data or suffix in (".xls", ".et"):
        raise UnsupportedFormatError(file, "reading.format.sheet", suffix=".xls")
    if _wide("PowerPoint Document") in data:
        raise UnsupportedFormatError(file, "reading.format.slides", suffix=".ppt")
    kind = Message("reading.format.wps" if suffix in (".wps", ".wpt") else "reading.format.old_word")
    raise UnsupportedFormatError(file, "reading.format.document", kind=kind)


def _read_zip(data: bytes, file: Path) -> NoReturn:
    """Zip files that are not DOCX."""
    _archives.check(data, file)
    names = set(_archives.names_in(data))
    if "xl/workbook.xml" in names:
        raise UnsupportedFormatError(file, "reading.format.sheet", suffix=".xlsx")
    if "ppt/presentation.xml" in names:
        raise UnsupportedFormatError(file, "reading.format.slides", suffix=".pptx")
    if _is_ods(data):
        raise UnsupportedFormatError(file, "reading.format.ods")
    if "content.xml" in names and "mimetype" in names:
        raise UnsupportedFormatError(file, "reading.format.odt")
    raise UnsupportedFormatError(file, "reading.format.archive", kind="ZIP")


def _is_ods(data: bytes) -> bool:
    """Whether a zip file says, uncompressed at its head as the format asks, that it is a spreadsheet of LibreOffice."""
    return b"application/vnd.oasis.opendocument.spreadsheet" in data[:200]


def _named(suffix: str) -> Message:
    return Message("reading.format.named", suffix=suffix)


def _is_web_archive(data: bytes) -> bool:
    head = data[:2000].lower()
    return b"mime-version:" in head and b"multipart/related" in head


def _wide(text: str) -> bytes:
    return text.encode("utf-16-le")
