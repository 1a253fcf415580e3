"""Formats that are recognised but not read: old Word, WPS, OFD, RTF, archives. One line says how to convert."""

from __future__ import annotations

from pathlib import Path
from typing import NoReturn

from fazhi_analysis.errors import DamagedFileError, UnsupportedFormatError
from fazhi_analysis.reading.formats import _archives

ORDER = 30

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_CONVERT = "请用 Word 或 WPS 打开，另存为 .docx 后再试（批量可用 soffice --headless --convert-to docx 文件名）"
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


def read(data: bytes, file: Path) -> NoReturn:
    """Raises UnsupportedFormatError naming the format and the way out; DamagedFileError when encrypted or cut off."""
    suffix = file.suffix.lower()
    if data.startswith(_OLE):
        _read_ole(data, file, suffix)
    if data.startswith(b"{\\rtf"):
        raise UnsupportedFormatError(file, "这是 RTF 文件", _CONVERT)
    for magic, kind in _ARCHIVES:
        if data.startswith(magic):
            raise UnsupportedFormatError(file, f"这是压缩包（{kind}）", "请先解压，再读取其中的文件")
    if _is_web_archive(data):
        raise UnsupportedFormatError(file, "这是网页存档（MHT）", "请在浏览器中打开，另存为 HTML 或打印为 PDF 后再试")
    if _archives.is_zip(data):
        _read_zip(data, file)
    known = suffix[1:].upper()
    raise UnsupportedFormatError(file, f"这是 {known} 文件", _CONVERT)


def _read_ole(data: bytes, file: Path, suffix: str) -> NoReturn:
    """Old compound files: the stream names tell what they hold."""
    if _wide("EncryptedPackage") in data:
        raise DamagedFileError(file, "文件被加密", "请去掉打开密码，另存后再试")
    if _wide("Workbook") in data or suffix in (".xls", ".et"):
        raise UnsupportedFormatError(file, "这是表格文件（.xls）", "请把报告正文另存为 .docx 或 PDF 后再试")
    if _wide("PowerPoint Document") in data:
        raise UnsupportedFormatError(file, "这是演示文稿（.ppt）", "请把报告正文另存为 .docx 或 PDF 后再试")
    kind = "WPS 文字（.wps）" if suffix in (".wps", ".wpt") else "旧版 Word（.doc）"
    raise UnsupportedFormatError(file, f"这是{kind}文件", _CONVERT)


def _read_zip(data: bytes, file: Path) -> NoReturn:
    """Zip files that are not DOCX."""
    _archives.check(data, file)
    names = set(_archives.names_in(data))
    if any(name.endswith("OFD.xml") for name in names):
        raise UnsupportedFormatError(file, "这是 OFD 版式文件", "请用 OFD 阅读器打开，另存或打印为 PDF 后再试")
    if "xl/workbook.xml" in names:
        raise UnsupportedFormatError(file, "这是表格文件（.xlsx）", "请把报告正文另存为 .docx 或 PDF 后再试")
    if "ppt/presentation.xml" in names:
        raise UnsupportedFormatError(file, "这是演示文稿（.pptx）", "请把报告正文另存为 .docx 或 PDF 后再试")
    if "content.xml" in names and "mimetype" in names:
        raise UnsupportedFormatError(file, "这是 OpenDocument 文件（.odt）", _CONVERT)
    raise UnsupportedFormatError(file, "这是压缩包（ZIP）", "请先解压，再读取其中的文件")


def _is_web_archive(data: bytes) -> bool:
    head = data[:2000].lower()
    return b"mime-version:" in head and b"multipart/related" in head


def _wide(text: str) -> bytes:
    return text.encode("utf-16-le")
