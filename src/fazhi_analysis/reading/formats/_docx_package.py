"""The package around a Word document: which part is the document, and one form of it for all versions of Word."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

from fazhi_analysis.reading.formats import _archives

_MAIN = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_KINDS = re.compile(
    rb"application/vnd\.(?:openxmlformats-officedocument\.wordprocessingml\.template\.main"
    rb"|ms-word\.(?:document|template)\.macroEnabled(?:Template)?\.main)\+xml"
)
# The strict form of the standard names everything by other addresses.
_STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/(\w+)/")
_TYPES = "[Content_Types].xml"
_LONGEST_TYPES = 1_000_000


def is_word(data: bytes) -> bool:
    """Whether a zip file says that its main part is a Word document, wherever that part lies.

    >>> is_word(b"PK\\x03\\x04 cut")
    False
    """
    types = _types(data)
    return _MAIN in types or _KINDS.search(types) is not None


def opened(data: bytes) -> Any:
    """The document as python-docx opens it; templates and the strict form are first brought to the usual form.

    Raises what python-docx and zipfile raise for a broken package.
    """
    import docx

    types = _types(data)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        strict = any(_STRICT.search(archive.read(name)) for name in archive.namelist() if name == "_rels/.rels")
    if strict or _KINDS.search(types):
        data = _usual(data)
    return docx.Document(io.BytesIO(data))


def _types(data: bytes) -> bytes:
    """The list of what each part is; empty when there is none."""
    if not _archives.is_zip(data):
        return b""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entry = archive.getinfo(_TYPES)
            return archive.read(entry) if entry.file_size < _LONGEST_TYPES else b""
    except Exception:
        return b""  # a broken package has no list; reading it says what is wrong


def _usual(data: bytes) -> bytes:
    """The same package with the names that python-docx knows."""
    result = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            content = old.read(entry)
            if entry.filename.endswith((".xml", ".rels")):
                content = _STRICT.sub(rb"http://schemas.openxmlformats.org/\1/2006/", content)
                content = _KINDS.sub(_MAIN, content)
            new.writestr(entry.filename, content)
    return result.getvalue()
