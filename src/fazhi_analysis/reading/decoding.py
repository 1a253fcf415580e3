"""Bytes to characters: byte order marks, UTF-8, GB18030, UTF-16, and a guess only when nothing else fits."""

from __future__ import annotations

import codecs
import re

from fazhi_analysis.errors import DamagedFileError, EncodingError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Every report uses many of these; a wrong decoding hardly any.
_COMMON = re.compile("[的一是年法政府建设行工作制度监督在和件，。、：\n]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x7f\ufffd\ufffe\uffff]")
# Codecs of Python that no text is kept in; some take minutes, some raise whatever they like.
_NO_SCRIPT = {
    "undefined",
    "punycode",
    "idna",
    "unicode_escape",
    "raw_unicode_escape",
    "raw-unicode-escape",
    "unicode-escape",
}
_GB = {"gb2312", "gbk", "gb18030", "cp936", "hz", "x-gbk", "gb_2312-80", "euc-cn"}


def decode(data: bytes, name: str, declared: str = "") -> tuple[str, str]:
    """Text of ``data`` without a byte order mark, and the encoding that it was read in.

    A mark decides, then ``declared`` (from a page's head), then strict UTF-8, UTF-16 without mark, GB18030, and last a
    guess from statistics. Newlines stay as they are.

    Raises
    ------
    EncodingError
        Nothing fits, or what comes out is no text.
    DamagedFileError
        The bytes are text whose last character is cut off.

    >>> decode("２０23年\\r\\n".encode("gb18030"), "a.txt")
    ('２０23年\\r\\n', 'gb18030')
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strict(data[len(mark) :], encoding, name), encoding
    if declared and (text := _declared(data, declared)) is not None:
        return text
    if not _looks_wide(data):
        try:
            return _checked(data.decode("utf-8"), name), "utf-8"
        except UnicodeDecodeError as error:
            if error.start >= len(data) - 3 and error.end == len(data) and error.start > 3 and not data[:8].isascii():
                raise DamagedFileError(name, "reading.encoding.cut_short", at=error.start) from error
    if (found := _best(data)) is not None:
        return found
    raise EncodingError(name)


def _strict(data: bytes, encoding: str, name: str) -> str:
    try:
        return _checked(data.decode(encoding), name)
    except UnicodeDecodeError as error:
        if error.end >= len(data) - 1:
            raise DamagedFileError(name, "reading.encoding.cut_short", at=error.start) from error
        raise EncodingError(name, "reading.encoding.not_as_marked", encoding=encoding, at=error.start) from error


def _checked(text: str, name: str) -> str:
    """The text, when it is one: binary content has control characters all over."""
    controls = len(_CONTROL.findall(text))
    if controls > 8 and controls * 200 > len(text):
        raise EncodingError(name)
    return text


def _looks_wide(data: bytes) -> bool:
    """Whether zero bytes stand where UTF-16 has them."""
    head = data[:4000]
    return len(head) >= 4 and head.count(0) * 50 > len(head)


def _declared(data: bytes, declared: str) -> tuple[str, str] | None:
    """Text in the encoding that a page declares, or None when the page is wrong about itself."""
    encoding = "gb18030" if declared.lower() in _GB else declared.lower()
    try:
        if codecs.lookup(encoding).name in _NO_SCRIPT:
            return None
        text = data.decode(encoding)
    except (LookupError, ValueError):
        pass
    else:
        if (
            encoding != "utf-8" and not data.isascii() and _is_utf8(data)
        ):  # pages that were converted but not relabelled
            other = data.decode("utf-8")
            if _share(other) > _share(text):
                return other, "utf-8"
        return text, encoding
    if encoding == "gb18030":
        text = data.decode(encoding, "replace")
        if text.count("\ufffd") * 1000 < len(text) and not _is_utf8(data):
            return text, encoding
    return None


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _best(data: bytes) -> tuple[str, str] | None:
    """The strict decoding with the largest share of common characters, when that share is a text's."""
    best: tuple[float, str, str] = (0.0, "", "")
    wide = ("utf-16-le", "utf-16-be") if _looks_wide(data) or len(data) % 2 == 0 else ()
    for encoding in ("gb18030", *wide, "big5"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        share = _share(text)
        if share > best[0]:
            best = (share, text, encoding)
    if best[0] >= 0.02:
        return best[1], best[2]
    return _guess(data)


def _share(text: str) -> float:
    """Share of common characters less that of control characters."""
    sample = text[:20000]
    return (len(_COMMON.findall(sample)) - len(_CONTROL.findall(sample))) / max(1, len(sample))


def _guess(data: bytes) -> tuple[str, str] | None:
    """What charset-normalizer makes of it, when it is sure."""
    from charset_normalizer import from_bytes

    match = from_bytes(data[:200_000]).best()
    if match is None or match.chaos > 0.1 or not re.search("[\u4e00-\u9fff]{2}", text := str(match)):
        return None
    try:
        text = data.decode(match.encoding)
    except UnicodeDecodeError:
        return None
    return text, match.encoding
