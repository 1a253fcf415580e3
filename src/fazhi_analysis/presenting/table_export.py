"""A table in a file of another program (Stata, Parquet, CSV), with a codebook of its columns beside it.

The table is one of ours or what a person made of it: columns that we know are explained, others are listed.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from fazhi_analysis.dataset.atomic_writes import new_file
from fazhi_analysis.dataset.cells import as_csv_text
from fazhi_analysis.dataset.schema import TABLES
from fazhi_analysis.errors import DataError
from fazhi_analysis.presenting.workbook.workbook_texts import TEXTS as WORKBOOK
from fazhi_analysis.presenting.workbook.workbook_texts import WorkbookWords

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd

OPEN_END: Final = "_open"
"""What the name of a column says that tells where another one has no end: Stata knows no infinite number."""

_RESERVED: Final = {"end": "end_", "if": "if_", "in": "in_"}
_PRINTED: Final = {kept: name for name, kept in _RESERVED.items()}
_LABEL: Final = 80  # characters that a Stata label can have


def to_csv(frame: pd.DataFrame, path: str | Path, *, lang: str = "zh") -> Path:
    """Write a table as CSV that spreadsheets open as it is, with its codebook.

    UTF-8 with a byte order mark; text that would run as a formula has an apostrophe in front; an open end
    is ``inf``. Beside it, ``<name>.codebook.csv`` explains each column.

    Parameters
    ----------
    frame:
        Any table: of ``load_metrics()``, ``year_over_year()``, or your own selection of one.
    path:
        The file to write; an existing one is replaced.
    lang:
        ``zh`` or ``en``, for the codebook.

    Returns the path. Raises DataError where it cannot be written.

    >>> import tempfile
    >>> import fazhi_analysis as fz
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = to_csv(fz.load_metrics(regions="霁原旗", years=2024), f"{folder}/panel.csv")
    ...     sorted(file.name for file in path.parent.iterdir())
    ['panel.codebook.csv', 'panel.csv']
    """
    return _written(frame, Path(path), lang, _write_csv)


def to_parquet(frame: pd.DataFrame, path: str | Path, *, lang: str = "zh") -> Path:
    """Write a table as Parquet, types and infinite ends kept, with its codebook. Parameters as for :func:`to_csv`.

    >>> import tempfile
    >>> import fazhi_analysis as fz, pandas as pd
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     back = pd.read_parquet(to_parquet(fz.load_metrics(regions="霁原旗"), f"{folder}/panel.parquet"))
    >>> len(back) == len(fz.load_metrics(regions="霁原旗"))
    True
    """

    def write(table: pd.DataFrame, target: Path, lang: str) -> None:
        table.to_parquet(target, index=False)

    return _written(frame, Path(path), lang, write)


def to_stata(frame: pd.DataFrame, path: str | Path, *, lang: str = "zh") -> Path:
    """Write a table for Stata 14 and later, columns labelled, with its codebook. Parameters as for :func:`to_csv`.

    Stata knows no infinite number: an open upper end is missing (``.``), and a column ``upper_open`` is 1 there. Names
    that Stata keeps for itself get an underscore (``end_``); lists are JSON text.

    >>> import tempfile
    >>> import fazhi_analysis as fz, pandas as pd
    >>> metrics = fz.load_metrics(regions="霁原旗")
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     back = pd.read_stata(to_stata(metrics, f"{folder}/panel.dta"))
    >>> bool(back["upper_open"].sum() == (metrics["upper"] == float("inf")).sum()), "end_" in back
    (True, True)
    """

    def write(table: pd.DataFrame, target: Path, lang: str) -> None:
        for name, column in list(table.items()):
            table[name] = _for_stata(column)
        table = _without_infinite(table)
        table = table.rename(columns=_RESERVED)
        meanings = _meanings(table, lang)
        labels = {str(name): meanings.get(str(name), "")[:_LABEL] for name in table.columns}
        table.to_stata(target, write_index=False, version=118, variable_labels=labels)

    return _written(frame, Path(path), lang, write, _stata_names)


def _stata_names(table: pd.DataFrame) -> pd.DataFrame:
    """The table with the columns that the file for Stata has."""
    return _without_infinite(table.copy()).rename(columns=_RESERVED)


def _written(
    frame: pd.DataFrame, path: Path, lang: str, write: Any, named: Callable[[pd.DataFrame], pd.DataFrame] | None = None
) -> Path:
    """Write a table and its codebook, of the columns as the file has them (``named``)."""
    words = WorkbookWords(lang)  # an unknown language is refused before anything is written
    table = frame.reset_index() if any(frame.index.names) else frame.reset_index(drop=True)
    codebook = path.with_name(f"{path.stem}.codebook.csv")
    try:
        with new_file(path) as target, new_file(codebook) as beside:
            write(table.copy(), target, lang)
            _write_csv(_codebook(named(table) if named else table, words), beside, lang)
    except OSError as failure:
        raise DataError(path, "presenting.workbook.cannot_write", reason=failure.strerror or str(failure)) from None
    return path


def _write_csv(table: pd.DataFrame, target: Path, lang: str) -> None:
    for name, column in list(table.items()):
        if not _is_number(column):
            table[name] = column.map(lambda value: as_csv_text(value) if isinstance(value, str) else value)
    table.to_csv(target, index=False, encoding="utf-8-sig", lineterminator="\n")


def _codebook(table: pd.DataFrame, words: WorkbookWords) -> pd.DataFrame:
    """One row a column: name, type, unit, meaning, vocabulary, empty cells, smallest and largest number."""
    import pandas as pd

    known = {column.name: column for one in reversed(TABLES) for column in one.columns}
    meanings = _meanings(table, words.lang)
    rows = []
    for name, column in table.items():
        text, number = str(name), _is_number(column)
        entry = known.get(_PRINTED.get(text, text))
        rows.append(
            {
                words("codebook.column"): text,
                words("codebook.type"): str(column.dtype),
                words("codebook.unit"): entry.unit if entry else "",
                words("codebook.meaning"): meanings.get(text, ""),
                words("codebook.values"): " ".join(entry.vocabulary or ()) if entry else "",
                words("codebook.empty"): int(column.isna().sum() + (0 if number else (column == "").sum())),
                words("codebook.smallest"): column.min() if number and len(column) else "",
                words("codebook.largest"): column.max() if number and len(column) else "",
            }
        )
    return pd.DataFrame(rows)


def _meanings(table: pd.DataFrame, lang: str) -> dict[str, str]:
    """What each column means: the schema's words for a stored column, else the heading that the workbook gives it."""
    known = {
        column.name: column.en if lang == "en" else column.zh for one in reversed(TABLES) for column in one.columns
    }
    found = {}
    for name in map(str, table.columns):
        stored = _PRINTED.get(name, name)
        key = f"column.{stored}"
        heading = WORKBOOK[key][lang] if key in WORKBOOK else ""
        found[name] = known.get(stored) or ("" if "{" in heading else heading)
        if stored.endswith(OPEN_END) and stored.removesuffix(OPEN_END) in known:
            found[name] = WORKBOOK["codebook.open_end"][lang]
    return found


def _is_number(column: pd.Series[Any]) -> bool:
    from pandas.api.types import is_bool_dtype, is_numeric_dtype

    return is_numeric_dtype(column) and not is_bool_dtype(column)


def _for_stata(column: pd.Series[Any]) -> pd.Series[Any]:
    """The column with a type that Stata has: numbers with gaps as doubles, yes and no as 0 and 1, all else as text."""
    from pandas.api.types import is_bool_dtype

    if is_bool_dtype(column):
        return column.astype("float64" if column.hasnans else "int8")
    if _is_number(column):
        return column.astype("float64") if column.hasnans or column.dtype.kind not in "iuf" else column
    return column.map(_plain_text).astype(object)


def _plain_text(value: Any) -> str:
    from fazhi_analysis.dataset.cells import dump_list, is_missing

    if isinstance(value, list):
        return dump_list(value)
    return "" if is_missing(value) else str(value)


def _without_infinite(table: pd.DataFrame) -> pd.DataFrame:
    import numpy as np

    for name, column in list(table.items()):
        if _is_number(column) and bool(np.isinf(column).any()):
            place = [*map(str, table.columns)].index(str(name)) + 1
            table.insert(place, f"{name}{OPEN_END}", np.isinf(column).astype("int8"))
            table[name] = column.where(~np.isinf(column))
    return table
