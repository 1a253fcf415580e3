"""From a file to a Report: one module a format, text cleaning, the section tree.

>>> report = read_text("一、总体情况\\n2023年，全县办结案件12件。", name="note.txt")
>>> [(section.key, section.heading) for section in report.sections]
[('一', '总体情况')]
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from fazhi_analysis.reading.reader import read_report, read_text

__all__ = ["read_report", "read_text"]


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from fazhi_analysis.reading import reader

    value = getattr(reader, name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
