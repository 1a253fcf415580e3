"""Scanned or photographed pages: PNG, JPEG, TIFF (several pages), BMP, WebP."""

from __future__ import annotations

import io
import warnings
from pathlib import Path

from fazhi_analysis import _limits
from fazhi_analysis.errors import DamagedFileError, EmptyFileError, MissingExtraError, UnsupportedFormatError
from fazhi_analysis.reading.document import Document
from fazhi_analysis.reading.layout import lay_out
from fazhi_analysis.reading.segment import Page

ORDER = 40
MAX_PIXELS = 80_000_000
MAX_PAGES = 100
_MAGIC = (b"\x89PNG", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*", b"BM", b"GIF8")


def matches(data: bytes, name: str) -> bool:
    """Whether the bytes begin as a picture does.

    >>> matches(b"\\x89PNG\\r\\n", "a.txt"), matches(b"BM" + "、".encode(), "a.txt")
    (True, False)
    """
    if data.startswith(b"BM"):
        return data[6:10] == bytes(4) and len(data) > 26
    return data.startswith(_MAGIC) or (data[:4] == b"RIFF" and data[8:12] == b"WEBP") or data[4:12] == b"ftypheic"


def read(data: bytes, file: Path) -> Document:
    """Recognised text; every line is an entry of ``ocr_spans``.

    Raises
    ------
    MissingExtraError
        The extra ``ocr`` is not installed.
    DamagedFileError
        The picture is cut off or far too large.
    EmptyFileError
        Nothing was recognised.
    """
    if data[4:12] == b"ftypheic":
        raise UnsupportedFormatError(file, "reading.image.heic")
    try:
        from PIL import Image, ImageSequence, UnidentifiedImageError
    except ImportError as error:
        raise MissingExtraError(file, "reading.image.needs_extra") from error
    from fazhi_analysis.reading.ocr import recognise

    pages: list[Page] = []
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            picture = Image.open(io.BytesIO(data))
        if (count := getattr(picture, "n_frames", 1)) > MAX_PAGES:
            raise DamagedFileError(file, "reading.image.too_many_pages", pages=count, most=MAX_PAGES)
        for number, frame in enumerate(ImageSequence.Iterator(picture), start=1):
            if frame.width * frame.height > MAX_PIXELS:
                raise DamagedFileError(file, "reading.image.too_large", width=frame.width, height=frame.height)
            frame.load()  # what is cut off shows here, before recognition is started
            _limits.at_page(number, count)
            pages.append(recognise(frame, str(number), file))
    except (Image.DecompressionBombError, UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        raise DamagedFileError(file, "reading.image.broken") from error
    laid = lay_out(pages)
    if not laid.text.strip():
        raise EmptyFileError(file, "reading.image.without_text")
    return Document(laid.text, "image", "", laid.pages, laid.spans)
