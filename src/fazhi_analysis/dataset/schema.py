"""The tables on disk: which columns, which types, which words, and what each means.

This is the only place that says so: the columns are the rows of ``columns.csv``, in the order of each table (a
vocabulary there is words, or the name of one in :mod:`fazhi_analysis.model`). Reading, writing, checking and the data
dictionary (``data/README.md``) all follow from it. Nothing here imports pandas, so that writing a report costs no
heavy import.

>>> [column.name for column in METRICS.columns][:5]
['row_id', 'report_id', 'region_code', 'region', 'year']
>>> METRICS["qualifier"].vocabulary
('exact', 'over', 'about', 'under', 'range')
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, cast

from fazhi_analysis import model
from fazhi_analysis.catalogue.data_files import data_rows

FORMAT = 1
"""Version of the layout on disk; part of every ``report.json``."""

Type = Literal["text", "category", "int", "float", "bool", "list"]


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its type on disk and after loading, and what it means.

    ``type`` is ``text`` (pandas ``str``), ``category`` (text, categorical after loading), ``int`` (int64, or Int64
    where ``nullable``), ``float`` (float64), ``bool``, or ``list`` (JSON text on disk, a list of dictionaries after
    loading). Missing text is the empty string, never NaN; missing numbers are empty cells. ``fields`` names the
    keys of each dictionary of a ``list`` column. An ``optional`` column may be missing from a file that was written
    before there was such a column; its cells are then ``default``.
    """

    name: str
    type: Type
    zh: str
    en: str
    unit: str = ""
    vocabulary: tuple[str, ...] | None = None
    nullable: bool = False
    required: bool = False
    fields: tuple[str, ...] = ()
    optional: bool = False
    default: str = ""

    @property
    def is_number(self) -> bool:
        """Whether the cells are numbers."""
        return self.type in ("int", "float")


@dataclass(frozen=True, slots=True)
class Table:
    """One table: its name (the CSV is ``<name>.csv``), its columns in order, and its key."""

    name: str
    zh: str
    en: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]

    def __getitem__(self, name: str) -> Column:
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(name)

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the columns, in order."""
        return tuple(column.name for column in self.columns)


def _columns(table: str) -> tuple[Column, ...]:
    return tuple(_column(row) for row in data_rows("dataset/columns.csv") if table in row["tables"].split())


def _column(row: dict[str, str]) -> Column:
    words = row["vocabulary"]
    return Column(
        row["name"],
        cast(Type, row["type"]),
        row["zh"],
        row["en"],
        unit=row["unit"],
        vocabulary=(getattr(model, words) if words.isupper() else tuple(words.split("|"))) if words else None,
        fields=tuple(filter(None, row["fields"].split("|"))),
        default=row["default"],
        **dict.fromkeys(row["flags"].split(), True),
    )


METRICS = Table("metrics", "指标：一行一个数字", "metrics: one figure a row", _columns("metrics"), ("row_id",))
STATEMENTS = Table(
    "statements", "问题与打算：一行一条", "problems and next steps: one a row", _columns("statements"), ("row_id",)
)
FINDINGS = Table("findings", "核查发现：一行一条", "findings: one a row", _columns("findings"), ("report_id", "id"))
REPORTS = Table(
    "reports",
    "报告：一行一份（取自 report.json）",
    "reports: one a row (from report.json)",
    _columns("reports"),
    ("report_id",),
)

TABLES: tuple[Table, ...] = (METRICS, STATEMENTS, FINDINGS, REPORTS)
CSV_TABLES: tuple[Table, ...] = (METRICS, STATEMENTS, FINDINGS)
