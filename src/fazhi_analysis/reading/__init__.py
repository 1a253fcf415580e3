"""From a file to a Report: one module a format, text cleaning, the section tree.

>>> report = read_text("一、总体情况\\n2023年，全县办结案件12件。", name="note.txt")
>>> [(section.key, section.heading) for section in report.sections]
[('一', '总体情况')]
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import lazy_loader

if TYPE_CHECKING:
    from fazhi_analysis.reading.reader import read_report, read_text

__getattr__, __dir__, _ = lazy_loader.attach(__name__, submod_attrs={"reader": ["read_report", "read_text"]})
__all__ = ["read_report", "read_text"]
