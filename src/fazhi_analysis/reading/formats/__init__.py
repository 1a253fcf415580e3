"""One module a format, found by itself: a new file with ``ORDER``, ``matches`` and ``read``, here or in an installed
package, is a new format.

``ORDER`` ranks the modules (small first: the surest signs), ``matches(data, name)`` looks at content, and at the suffix
only where content cannot tell; ``read(data, file)`` returns a Document. Heavy libraries are imported inside ``read``.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Protocol, cast

from fazhi_analysis import plugins
from fazhi_analysis.errors import FazhiError, ReadError, UnsupportedFormatError
from fazhi_analysis.reading.document import Document


class Format(Protocol):
    """What a module here provides."""

    ORDER: int

    def matches(self, data: bytes, name: str) -> bool:
        """Whether the bytes are of this format; ``name`` is the file name."""

    def read(self, data: bytes, file: Path) -> Document:
        """The document. Raises a ReadError that names the file and the remedy."""


@cache
def all_formats() -> tuple[tuple[plugins.Part, Format], ...]:
    """Every format module with where it comes from, surest signs first.

    >>> [part.name for part, _ in all_formats()][-1]
    'text'
    """
    found = plugins.load_all("formats", __name__, "ORDER", "matches", "read")
    return tuple(sorted(((part, cast(Format, module)) for part, module in found), key=lambda pair: pair[1].ORDER))


def read_document(data: bytes, file: Path) -> Document:
    """The bytes read by the first format that they match; the last one, text, takes what is left.

    Raises ReadError as the format does; where a format of another package fails, the error names file and package.

    >>> read_document("一、总体".encode(), Path("report.txt")).format
    'text'
    """
    for part, candidate in all_formats():
        fits = False
        with plugins.reporting(part):
            fits = candidate.matches(data, file.name)
        if fits:
            return _read(part, candidate, data, file)
    raise UnsupportedFormatError(file.name)


def _read(part: plugins.Part, chosen: Format, data: bytes, file: Path) -> Document:
    try:
        return chosen.read(data, file)
    except Exception as error:
        if not part.distribution or isinstance(error, FazhiError):
            raise
        raise ReadError(file, "plugin.cannot_read", package=part.place, reason=plugins.in_one_line(error)) from error
