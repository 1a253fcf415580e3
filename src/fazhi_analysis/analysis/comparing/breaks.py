"""Dates from which an indicator counts something else: laws in force, changed duties, merged statistics.

The table is ``data/breaks.csv``, one break a row: ``indicator_prefix`` (ids that begin so), ``from`` (date, ISO),
``territory`` (``全国``, or the code or name of a division, which holds for all below it), ``note_zh``, ``note_en``,
``address`` of the source and ``verified`` (how it was checked). A file ``breaks.csv`` with these columns in a data
folder adds to it.

Across a break a figure may rise or fall, but nothing has improved or worsened.
"""

from __future__ import annotations

import csv
import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from fazhi_analysis.analysis.integer_codes import Bools, Codes, Ints
from fazhi_analysis.catalogue import load_divisions
from fazhi_analysis.errors import DataError, FazhiError

_TABLE = Path(__file__).resolve().parents[1] / "data" / "breaks.csv"
NAME = "breaks.csv"
COLUMNS = ("indicator_prefix", "from", "territory", "note_zh", "note_en", "address", "verified")
_REQUIRED = COLUMNS[:4]
_EVERYWHERE = "全国"


@dataclass(frozen=True, slots=True)
class Break:
    """From ``start`` on, indicators whose id begins with ``prefix`` count something else in ``territory``.

    ``code`` holds the leading digits of the division codes concerned, empty for the whole country.
    """

    prefix: str
    start: datetime.date
    territory: str
    note_zh: str
    note_en: str = ""
    address: str = ""
    verified: str = ""
    code: str = ""

    def lies_between(self, earlier: int, later: int) -> bool:
        """Whether a figure of the earlier year began before the break, and one of the later year reaches beyond it.

        >>> Break("a", datetime.date(2024, 1, 1), "全国", "").lies_between(2023, 2024)
        True
        >>> Break("a", datetime.date(2021, 7, 15), "全国", "").lies_between(2021, 2022)  # 2021 counts half of each
        True
        """
        return datetime.date(earlier, 1, 1) < self.start <= datetime.date(later, 12, 31)

    def note(self, lang: str) -> str:
        """What changed, in ``zh`` or ``en``; the Chinese note where there is no English one."""
        return self.note_zh if lang == "zh" or not self.note_en else self.note_en


def load_breaks(data: Any = None) -> tuple[Break, ...]:
    """Every known break, the bundled ones first, then those of ``breaks.csv`` in the data folders.

    Parameters
    ----------
    data:
        A data folder or several; None for the bundled breaks alone.

    Raises
    ------
    DataError
        When a ``breaks.csv`` lacks a column, or a row has no date or an unknown territory; it names file and line.

    >>> sorted({item.start.year for item in load_breaks() if item.prefix == "reconsideration_"})
    [2020, 2024]
    """
    folders = [] if data is None else [data] if isinstance(data, (str, Path)) else list(data)
    own = [Path(folder) / NAME for folder in folders]
    return (*_bundled(), *(item for path in own if path.is_file() for item in _read(path)))


def between(breaks: Sequence[Break], indicator: str, region_code: str, earlier: int, later: int) -> list[Break]:
    """The breaks of one indicator and place that lie between two years, in the order of their dates.

    >>> [item.start.isoformat() for item in between(load_breaks(), "reconsideration_accepted", "150623", 2023, 2024)]
    ['2024-01-01']
    """
    found = [
        item
        for item in breaks
        if indicator.startswith(item.prefix) and region_code.startswith(item.code) and item.lies_between(earlier, later)
    ]
    return sorted(found, key=lambda item: item.start)


def crossed(breaks: Sequence[Break], indicator: Codes, place: Codes, rows: Ints, years: tuple[Ints, Ints]) -> Bools:
    """Whether a break lies between both years of each row; ``place`` holds division codes.

    >>> column, place = (Codes(np.array([1, 1]), ["", text]) for text in ("reconsideration_accepted", "150623"))
    >>> years = np.array([2022, 2023]), np.array([2023, 2024])
    >>> crossed(load_breaks(), column, place, np.array([0, 1]), years).tolist()
    [False, True]
    """
    result = np.zeros(len(rows), dtype=bool)
    earlier, later = years
    for item in breaks:
        concerned = _beginning(indicator, item.prefix)
        if not concerned.any():
            continue
        here = concerned[indicator.codes[rows]]
        if item.code:
            here &= _beginning(place, item.code)[place.codes[rows]]
        # The first day of the earlier year lies before the break, and the last day of the later year not before it.
        began = earlier < item.start.year if item.start.timetuple().tm_yday == 1 else earlier <= item.start.year
        result |= here & began & (later >= item.start.year)
    return result


def _beginning(column: Codes, prefix: str) -> Bools:
    return np.array([text.startswith(prefix) for text in column.texts], dtype=bool)


@cache
def _bundled() -> tuple[Break, ...]:
    return tuple(_read(_TABLE))


def _read(path: Path) -> Iterator[Break]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            missing = [name for name in _REQUIRED if name not in (reader.fieldnames or ())]
            if missing:
                raise DataError(path, "analysis.breaks.columns", columns=missing)
            rows = list(reader)
    except UnicodeDecodeError as error:
        raise DataError(path, "analysis.breaks.encoding") from error
    for line, row in enumerate(rows, 2):
        yield _of_row({name: str(row.get(name) or "").strip() for name in COLUMNS}, path, line)


def _of_row(row: dict[str, str], path: Path, line: int) -> Break:
    try:
        start = datetime.date.fromisoformat(row["from"])
    except ValueError as error:
        raise DataError(f"{path}:{line}", "analysis.breaks.date", value=row["from"]) from error
    texts = {name: row[name] for name in ("note_zh", "note_en", "address", "verified")}
    code = _leading(row["territory"], path, line)
    return Break(row["indicator_prefix"], start, row["territory"], code=code, **texts)


def _leading(territory: str, path: Path, line: int) -> str:
    """The digits that the codes of a territory and of all below it begin with."""
    if territory in ("", _EVERYWHERE):
        return ""
    try:
        code = territory if territory.isdecimal() else load_divisions().find(territory).code
    except FazhiError as error:
        raise DataError(f"{path}:{line}", "analysis.breaks.territory", value=territory) from error
    return code.removesuffix("00").removesuffix("00")
