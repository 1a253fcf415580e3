"""One version of a report: its figures and statements in the order of the text, from a file or from the store."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fazhi_analysis.dataset.report_folders import find_folder
from fazhi_analysis.dataset.storage import read_report_folder
from fazhi_analysis.model import as_record

if TYPE_CHECKING:
    from fazhi_analysis.extracting import Extraction

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Version:
    """A version of a report. ``headings`` are the words of each section by its key, empty where they are not kept."""

    name: str
    figures: tuple[Row, ...] = field(repr=False)
    statements: tuple[Row, ...] = field(repr=False)
    headings: Mapping[str, str] = field(default_factory=dict, repr=False)
    text: str | None = field(default=None, repr=False)
    year: int | None = None

    @classmethod
    def of(
        cls,
        name: str,
        figures: Iterable[Row],
        statements: Iterable[Row],
        sections: Iterable[Row] = (),
        text: str | None = None,
        year: int | None = None,
    ) -> Version:
        """A version made of rows as the tables have them, put in the order of the text."""
        headings = {str(section["key"]): "".join(str(section.get("heading") or "").split()) for section in sections}
        return cls(name, _ordered(figures), _ordered(statements), headings, text, year)


def _ordered(rows: Iterable[Row]) -> tuple[Row, ...]:
    return tuple(sorted(rows, key=lambda row: -1 if row.get("start") is None else int(row["start"])))


def open_version(target: str | Path, data: Any = None, **given: Any) -> Version:
    """The version that a file or the id of a stored report means; ``given`` is what the user says of a file.

    A file is read as it stands; what is stored has its corrections applied. Raises UnknownNameError for what is
    neither, listing stored reports, and ReadError for a file that cannot be read.

    >>> version = open_version("159928-2024")
    >>> version.name, len(version.figures), len(version.statements)
    ('159928-2024', 148, 7)
    """
    name = str(target)
    if Path(name).is_file():
        return _read(Path(name), given)
    return stored_version(find_folder(name, data))


def stored_version(folder: Path) -> Version:
    """The version that the folder of a stored report holds."""
    stored = read_report_folder(folder)
    sections = stored.document.get("sections") or ()
    return Version.of(
        folder.name, stored.metrics, stored.statements, sections, stored.text, int(stored.document["year"])
    )


def _read(file: Path, given: Mapping[str, Any]) -> Version:
    from fazhi_analysis.extracting import extract
    from fazhi_analysis.reading import read_report

    return version_of(extract(read_report(file, **given)), file.name)


def version_of(extraction: Extraction, name: str) -> Version:
    """The version that an extraction holds."""
    report = extraction.report
    rows: Sequence[Row] = [as_record(row) for row in extraction.metrics]
    statements: Sequence[Row] = [as_record(row) for row in extraction.statements]
    sections = [as_record(section) for section in report.sections]
    return Version.of(name, rows, statements, sections, report.text, report.metadata.year)
