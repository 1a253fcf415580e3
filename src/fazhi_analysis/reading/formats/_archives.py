"""A zip file looked at before anything in it is unpacked."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

from fazhi_analysis.errors import DamagedFileError

MAX_UNPACKED = 300_000_000
MAX_RATIO = 200
MAX_MEMBERS = 10_000


def is_zip(data: bytes) -> bool:
    """Whether bytes begin as a zip file does.

    >>> is_zip(b"PK\\x03\\x04"), is_zip(b"PK\\x05\\x06")
    (True, True)
    """
    return data[:4] in (b"PK\x03\x04", b"PK\x05\x06")


def names_in(data: bytes) -> list[str]:
    """Names of the members, empty when the list at the end is missing (truncated).

    >>> names_in(b"PK\\x03\\x04 cut")
    []
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return archive.namelist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return []


def check(data: bytes, file: Path) -> None:
    """Raise DamagedFileError for what is cut off, encrypted, or unpacks to far more than a document holds.

    >>> check(b"PK\\x03\\x04 cut", Path("a.docx"))  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    ...
    fazhi_analysis.errors.DamagedFileError: a.docx：文件不完整（压缩结构残缺）。...
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise DamagedFileError(file, "reading.zip.cut_short") from error
    if any(member.flag_bits & 1 for member in members):
        raise DamagedFileError(file, "reading.encrypted")
    unpacked = sum(member.file_size for member in members)
    inflated = any(m.file_size > 10_000_000 and m.file_size > MAX_RATIO * max(1, m.compress_size) for m in members)
    if unpacked > MAX_UNPACKED or len(members) > MAX_MEMBERS or inflated:
        raise DamagedFileError(file, "reading.zip.unpacks_too_large", size=unpacked // 1_000_000)
