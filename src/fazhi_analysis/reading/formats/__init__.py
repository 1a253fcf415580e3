"""One module a format, found by itself: a new file here that has ``ORDER``, ``matches`` and ``read`` is a new format.

``ORDER`` ranks the modules (small first: the surest signs), ``matches(data, name)`` looks at content, and at the suffix
only where content cannot tell; ``read(data, file)`` returns a Document. Heavy libraries are imported inside ``read``.
"""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache
from pathlib import Path
from typing import Protocol, cast

from fazhi_analysis.errors import UnsupportedFormatError
from fazhi_analysis.reading.document import Document


class Format(Protocol):
    """What a module here provides."""

    ORDER: int

    def matches(self, data: bytes, name: str) -> bool:
        """Whether the bytes are of this format; ``name`` is the file name."""

    def read(self, data: bytes, file: Path) -> Document:
        """The document. Raises a ReadError that names the file and the remedy."""


@cache
def all_formats() -> tuple[Format, ...]:
    """Every format module, surest signs first.

    >>> [module.__name__.rpartition(".")[2] for module in all_formats()][-1]
    'text'
    """
    names = [info.name for info in pkgutil.iter_modules(__path__) if not info.name.startswith("_")]
    modules = [importlib.import_module(f"{__name__}.{name}") for name in names]
    return tuple(sorted((cast(Format, module) for module in modules), key=lambda module: module.ORDER))


def choose(data: bytes, name: str) -> Format:
    """The format of these bytes; the last one, text, takes what is left.

    >>> choose("一、总体".encode(), "report.txt").__name__.rpartition(".")[2]
    'text'
    """
    for candidate in all_formats():
        if candidate.matches(data, name):
            return candidate
    raise UnsupportedFormatError(name)
