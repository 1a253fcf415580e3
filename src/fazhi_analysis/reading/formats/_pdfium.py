"""PDFium with one Chinese font of our own for every font that a file names and does not carry.

PDFium measures such characters with fonts of the machine, and drops those that they lack: the same file would read
differently elsewhere. The font of the pages (Noto Sans SC, from the wheel of zhplot) has all of them.
"""

from __future__ import annotations

import ctypes
from functools import cache
from typing import Any

from fazhi_analysis._paths import chinese_font


def load() -> Any:
    """The module pypdfium2, its fonts set. Raises ImportError when it is not installed."""
    import pypdfium2

    _set_fonts()
    return pypdfium2


@cache
def _set_fonts() -> None:
    """Once a process, before the first file is opened."""
    font = chinese_font()
    if font is not None:
        _use(font.read_bytes())


_kept: list[Any] = []  # PDFium keeps the addresses as long as the process lives


def _use(font: bytes) -> None:
    """Answer every question of PDFium for a font of the system with this one."""
    from pypdfium2 import raw

    info = raw.FPDF_SYSFONTINFO()
    fields = {name: kind for name, kind, *_ in raw.FPDF_SYSFONTINFO._fields_}
    source = (ctypes.c_ubyte * len(font)).from_buffer_copy(font)

    def font_data(_info: Any, _font: Any, table: int, buffer: Any, size: int) -> int:
        start, length = _table(font, table)
        if buffer and size >= length:
            ctypes.memmove(buffer, ctypes.byref(source, start), length)
        return length

    answers = {
        "Release": lambda _info: None,
        "EnumFonts": lambda _info, _mapper: None,
        "MapFont": lambda *_: 1,
        "GetFont": lambda *_: 1,
        "GetFontData": font_data,
        "GetFaceName": lambda *_: 0,
        "GetFontCharset": lambda *_: 134,  # GB2312
        "DeleteFont": lambda *_: None,
    }
    info.version = 1
    for name, answer in answers.items():
        function = fields[name](answer)
        setattr(info, name, function)
        _kept.append(function)
    _kept.extend((info, source))
    raw.FPDF_SetSystemFontInfo(ctypes.byref(info))


def _table(font: bytes, tag: int) -> tuple[int, int]:
    """Place and length of a table of a font; of the whole font for 0.

    >>> _table(b"OTTO", 0)
    (0, 4)
    """
    if tag == 0:
        return 0, len(font)
    for number in range(int.from_bytes(font[4:6], "big")):
        entry = font[12 + 16 * number : 28 + 16 * number]
        if int.from_bytes(entry[:4], "big") == tag:
            return int.from_bytes(entry[8:12], "big"), int.from_bytes(entry[12:], "big")
    return 0, 0
