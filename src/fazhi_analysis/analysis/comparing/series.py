"""From a table of figures to series: the rows as arrays, and the series that each belongs to.

A series is one place, one indicator, one scope, one aspect and one subject; figures outside the catalogue go by label
and unit. Everything works on arrays of integers; nothing here loops over rows.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from fazhi_analysis.analysis.comparing.periods import period_codes
from fazhi_analysis.analysis.integer_codes import Bools, Codes, Ints, column_codes, combine, constant, encode
from fazhi_analysis.analysis.series_places import chosen, series_places
from fazhi_analysis.analysis.sources import publisher, report_suffix
from fazhi_analysis.catalogue import base_unit, load_catalogue, unit_group
from fazhi_analysis.dataset.report_ids import document_of
from fazhi_analysis.errors import DataError
from fazhi_analysis.messages import Message

if TYPE_CHECKING:
    import pandas as pd

REQUIRED = ("region", "indicator_id", "year", "value", "lower", "upper", "unit", "kind")

_MANY = 2**16
_KEY_LIMIT = 2**52
"""Leaves room for the year in a key of 63 bits."""


@dataclass(frozen=True)
class Figures:
    """The rows of a metrics table as arrays; ``rows`` are their positions in ``frame``, None for all of them."""

    frame: pd.DataFrame
    rows: Ints | None
    place: Codes
    year: Ints

    def __len__(self) -> int:
        return len(self.year)

    def text(self, name: str, default: str = "") -> Codes:
        """A text column; the default in every row where the table has no such column."""
        codes = column_codes(self.frame, name, default)
        return codes if self.rows is None else codes.take(self.rows)

    def columns(self, rows: Ints, *names: str) -> dict[str, Any]:
        """Columns of a table of results for these rows, by their names there: texts as categoricals, numbers as are."""
        found = {name: getattr(self, name.removesuffix("_id")) for name in names}
        return {name: one.categorical(rows) if isinstance(one, Codes) else one[rows] for name, one in found.items()}

    def _numbers(self, name: str) -> npt.NDArray[np.float64]:
        column = self.pick(np.asarray(self.frame[name].to_numpy(dtype=float, na_value=np.nan)))
        return column if self._scale is None else column * self._scale

    def pick(self, column: npt.NDArray[Any]) -> npt.NDArray[Any]:
        """These rows of a column of the whole table."""
        return column if self.rows is None else np.asarray(column[self.rows])

    @cached_property
    def region(self) -> Codes:
        """Full name of the place."""
        return self.text("region")

    @cached_property
    def region_code(self) -> Codes:
        """Division code as stored (empty for a body without one)."""
        return self.text("region_code")

    @cached_property
    def indicator(self) -> Codes:
        """Catalogue id, or empty."""
        return self.text("indicator_id")

    @cached_property
    def label(self) -> Codes:
        """Label as printed."""
        return self.text("label")

    @cached_property
    def scope(self) -> Codes:
        """Whom the figure covers."""
        return self.text("scope")

    @cached_property
    def subject(self) -> Codes:
        """Whose figure it is; empty for the place itself."""
        return self.text("subject")

    @cached_property
    def aspect(self) -> Codes:
        """How the figure counts; what there is at all (counts, rates and shares alike) is the empty text."""
        return self.text("aspect").regroup(lambda text: text if text in ("increment", "change") else "")

    @cached_property
    def whose(self) -> tuple[Ints, int]:
        """Scope, aspect and subject as one code a row, and how many codes there are: only equal ones are compared."""
        names = self.scope, self.aspect, self.subject
        count = math.prod(len(codes.texts) for codes in names)
        code = combine(*((codes.codes, len(codes.texts)) for codes in names))
        if count <= _MANY:
            return code, count
        kept, code = np.unique(code, return_inverse=True)
        return code, len(kept)

    @cached_property
    def _raw_unit(self) -> Codes:
        return self.text("unit")

    @cached_property
    def unit(self) -> Codes:
        """Unit as printed; the base unit where a table still holds scaled ones (元 for 万元)."""
        return self._raw_unit if self._scale is None else self._raw_unit.regroup(_unscaled)

    @cached_property
    def _scale(self) -> npt.NDArray[np.float64] | None:
        """What takes each row's numbers to the base unit; None where all are in it, as stored tables always are."""
        factors = self._raw_unit.lookup(lambda unit: base_unit(unit)[1], float)
        return None if bool((factors == 1).all()) else factors[self._raw_unit.codes]

    @cached_property
    def unit_group(self) -> Codes:
        """Group of comparable units."""
        return self.unit.regroup(unit_group)

    @cached_property
    def kind(self) -> Codes:
        """Kind: count, rate or money."""
        return self.text("kind")

    @cached_property
    def qualifier(self) -> Codes:
        """Qualifier of the wording."""
        return self.text("qualifier", "exact")

    @cached_property
    def wording(self) -> Codes:
        """Printed words that widen the number."""
        return self.text("wording")

    @cached_property
    def source(self) -> Codes:
        """Digest or public address of the source."""
        return self.text("source")

    @cached_property
    def publisher(self) -> Codes:
        """Domain of the source's public address; empty for a file."""
        if "://" not in "\n".join(self.source.texts):
            return constant(len(self))
        return self.source.regroup(publisher)

    @cached_property
    def suffix(self) -> Codes:
        """What tells several reports on one place and year apart; empty for the usual one report."""
        if not any(text.count("-") > 1 for text in self.report.texts):
            return constant(len(self))
        return self.report.regroup(report_suffix)

    @cached_property
    def document(self) -> Codes:
        """Kind of document that each figure stands in; empty for the usual annual report."""
        if not any(self.suffix.texts):
            return constant(len(self))
        return self.report.regroup(lambda name: "" if (kind := document_of(name)) == "annual_report" else kind)

    @cached_property
    def beside_report(self) -> Bools | None:
        """Figures of other documents of places and years whose annual report is there too; None without any."""
        if not any(self.document.texts):
            return None
        slot = self.place.codes.astype(np.int64) * 10_000 + self.year
        marked = self.document.codes > 0
        return marked & np.isin(slot, np.unique(slot[~marked]))

    @cached_property
    def report(self) -> Codes:
        """Report id."""
        return self.text("report_id")

    @cached_property
    def complete(self) -> tuple[Ints, Bools, Bools]:
        """(years, reported, complete): which places (by code) have rows in which years, and whether all figures of
        the report can be expected there. Rows typed in from a public page are a selection; a figure that is not among
        them may well stand in the report.
        """
        if not len(self):
            none = np.zeros((len(self.place.texts), 0), dtype=bool)
            return np.zeros(0, dtype=np.int64), none, none
        first = int(self.year.min())
        years = np.arange(first, int(self.year.max()) + 1)
        slot = self.place.codes.astype(np.int64) * len(years) + (self.year - first)
        reported = np.zeros((len(self.place.texts), len(years)), dtype=bool)
        whole = reported.copy()
        reported.ravel()[slot] = True
        if any(self.publisher.texts):
            picked = self.publisher.codes > 0
            picked &= self.text("origin").per_row(lambda text: text == "curated", bool)
            slot = slot[~picked]
        whole.ravel()[slot] = True
        return years, reported, whole

    @cached_property
    def value(self) -> npt.NDArray[np.float64]:
        """Value in the base unit."""
        return self._numbers("value")

    @cached_property
    def lower(self) -> npt.NDArray[np.float64]:
        """Lower end of the interval."""
        return self._numbers("lower")

    @cached_property
    def upper(self) -> npt.NDArray[np.float64]:
        """Upper end of the interval, may be infinite."""
        return self._numbers("upper")

    @cached_property
    def stock(self) -> Bools:
        """Whether the indicator counts what exists at a moment, rather than what happened over a year."""
        stocks = {item.id for item in load_catalogue() if item.stock}
        return self.indicator.per_row(stocks.__contains__, bool)

    @cached_property
    def period(self) -> Codes:
        """Period as seen from the row's own year; ``Y`` is the full year."""
        return period_codes(self.text("period"), self.year, self.stock)

    @cached_property
    def series_key(self) -> Ints:
        """One integer a series, below 2**52: place, then indicator (or label and unit), then ``whose``."""
        classified = self.indicator.codes > 0
        item = self.indicator.codes.astype(np.int64)
        count = len(self.indicator.texts)
        if not classified.all():
            units = len(self.unit_group.texts)
            by_label = combine((self.label.codes, len(self.label.texts)), (self.unit_group.codes, units))
            item = np.where(classified, item, count + by_label)
            count += len(self.label.texts) * units
        if count * len(self.place.texts) * self.whose[1] >= _KEY_LIMIT:
            # Most combinations of label and unit do not occur: number those that do.
            distinct, item = np.unique(item, return_inverse=True)
            count = len(distinct)
        parts = (self.place.codes, len(self.place.texts)), (item, count), self.whose
        return combine(*parts, limit=_KEY_LIMIT)


def _unscaled(unit: str) -> str:
    base, factor = base_unit(unit)
    return unit if factor == 1 else base


def filled(column: pd.Series[Any]) -> Bools:
    """Which texts of a column are there and not empty.

    >>> import pandas as pd
    >>> filled(pd.Series(["a", "", None])).tolist()
    [True, False, False]
    """
    if column.dtype == object or str(column.dtype) == "category":
        return encode(column).codes > 0
    return ((column != "") & column.notna()).to_numpy(dtype=bool)


def figures(metrics: pd.DataFrame, places: Sequence[str] | None = None, years: Sequence[int] | None = None) -> Figures:
    """The rows of some places and years as arrays. Raises DataError naming the columns that are missing."""
    missing = [name for name in REQUIRED if name not in metrics.columns]
    if missing:
        raise DataError(
            Message("analysis.table.metrics"), "analysis.table.columns_missing", columns=missing, loader="load_metrics"
        )
    place = series_places(metrics)
    year = metrics["year"].to_numpy(dtype=np.int64)
    wanted = chosen(place, places)
    if years is not None:
        of_years = np.isin(year, np.asarray(years, dtype=np.int64))
        wanted = of_years if wanted is None else wanted & of_years
    if wanted is None:
        return Figures(metrics, None, place, year)
    rows = np.flatnonzero(wanted)
    return Figures(metrics, rows, place.take(rows), year[rows])
