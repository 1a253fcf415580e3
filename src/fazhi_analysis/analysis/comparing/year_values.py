"""Which figure stands for a series in a year, and which years contradict themselves."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from fazhi_analysis.analysis.comparing.periods import FULL_YEAR
from fazhi_analysis.analysis.comparing.series import Figures
from fazhi_analysis.analysis.comparing.usable import UNUSABLE, unusable_codes
from fazhi_analysis.analysis.integer_codes import Bools, Ints
from fazhi_analysis.catalogue import load_catalogue
from fazhi_analysis.catalogue.choices import nearest_first
from fazhi_analysis.errors import UnknownNameError

_SHOWN = 40

LEFT_OUT: tuple[str, ...] = (*UNUSABLE, "no_series", "other_document", "repeated_value", "other_period")
"""Why a row takes no part in any comparison, by code; code 0 takes part: what is no usable result, and what a series
cannot hold or needs once only."""

_NO_SERIES, _OTHER_DOCUMENT = LEFT_OUT.index("no_series"), LEFT_OUT.index("other_document")
_REPEATED, _OTHER_PERIOD = LEFT_OUT.index("repeated_value"), LEFT_OUT.index("other_period")


@dataclass(frozen=True)
class YearValues:
    """One figure a series and year, in order of series, then year.

    ``first`` is the place (in the arrays of Figures) of the row that stands for the year; ``conflict`` says that other
    rows of the same year and period say something else; ``left_out`` says why a row takes no part (index into
    ``LEFT_OUT``): among others since it only repeats the first, or its period gives way to a full-year figure.
    ``rows`` are all rows that take part, year value by year value, and ``starts`` marks where each year value begins
    among them.
    """

    figures: Figures
    series: Ints
    first: Ints
    conflict: Bools
    left_out: npt.NDArray[np.int8]
    rows: Ints
    starts: Bools

    @cached_property
    def group(self) -> Ints:
        """Place of each row's year value here, -1 for rows left out before."""
        group = np.full(len(self.figures), -1, dtype=np.int64)
        group[self.rows] = np.cumsum(self.starts) - 1
        return group

    def keep(self, wanted: Bools) -> YearValues:
        """Only some of the year values."""
        kept = wanted[np.cumsum(self.starts) - 1]
        return YearValues(
            self.figures,
            self.series[wanted],
            self.first[wanted],
            self.conflict[wanted],
            self.left_out,
            self.rows[kept],
            self.starts[kept],
        )


def year_values(data: Figures) -> YearValues:
    """Choose the row that stands for each series and year, and mark years that contradict themselves."""
    left_out = unusable_codes(data)
    left_out[(left_out == 0) & (data.indicator.codes == 0) & (data.label.codes == 0)] = _NO_SERIES
    if data.beside_report is not None:
        left_out[(left_out == 0) & data.beside_report] = _OTHER_DOCUMENT
    usable = np.flatnonzero(left_out == 0)
    if not len(usable):
        none = np.zeros(0, dtype=np.int64)
        return YearValues(data, none, none, none.astype(bool), left_out, none, none.astype(bool))
    year = data.year[usable]
    first_year, span = int(year.min()), int(year.max() - year.min()) + 1
    series = data.series_key[usable]
    # A full-year figure sorts before the others of its year, so that it becomes the one that stands for the year.
    partial = data.period.codes[usable] != data.period.texts.index(FULL_YEAR)
    series *= span
    series += year - first_year
    series *= 2
    series += partial
    sorted_key, order = sort_keys(series)
    sorted_rows = usable[order]
    sorted_key >>= 1
    starts = np.ones(len(order), dtype=bool)
    np.not_equal(sorted_key[1:], sorted_key[:-1], out=starts[1:])
    first = sorted_rows[starts]
    conflict = _rivals(data, sorted_rows, first, starts, left_out)
    return YearValues(data, sorted_key[starts] // span, first, conflict, left_out, sorted_rows, starts)


def of_indicators(values: YearValues, indicators: str | Iterable[str] | None) -> YearValues:
    """Only the year values of these indicators: catalogue ids or names, or labels of figures outside the catalogue.

    Raises UnknownNameError for one that the figures do not hold, listing what they hold.
    """
    if indicators is None:
        return values
    names = {name: item.id for item in load_catalogue() for name in (item.name_zh, item.name_en)}
    asked = [names.get(text, text) for text in ([indicators] if isinstance(indicators, str) else indicators)]
    data = values.figures
    ids, labels = data.indicator.codes[values.first], data.label.codes[values.first]
    held = [data.indicator.texts[code] for code in np.unique(ids).tolist() if code]
    named = [data.label.texts[code] for code in np.unique(labels[ids == 0]).tolist() if code]
    for name in asked:
        if name not in held and name not in named:
            shown = nearest_first(str(name), [*held, *named], _SHOWN)
            raise UnknownNameError(str(name), "choice.indicator.without_figures", indicators=shown)
    wanted = data.indicator.lookup(set(asked).__contains__, bool)[ids]
    wanted |= data.label.lookup(set(asked).__contains__, bool)[labels] & (ids == 0)
    return values.keep(wanted)


def sort_keys(key: Ints) -> tuple[Ints, Ints]:
    """Keys (not negative) in order, and where each stood; equal keys keep their order.

    >>> [part.tolist() for part in sort_keys(np.array([3, 1, 3, 0]))]
    [[0, 1, 3, 3], [3, 1, 0, 2]]
    """
    bits = max(len(key) - 1, 1).bit_length()
    if int(key.max()) >= 1 << (62 - bits):
        order = np.argsort(key, kind="stable")
        return key[order], order
    # Sorting whole numbers that carry their place is several times as fast as sorting places by number.
    packed = (key << bits) | np.arange(len(key))
    packed.sort()
    return packed >> bits, packed & ((1 << bits) - 1)


def _rivals(data: Figures, sorted_rows: Ints, first: Ints, starts: Bools, left_out: npt.NDArray[np.int8]) -> Bools:
    """Which years contradict themselves; rows that repeat the one that stands for their year are marked left out."""
    conflict = np.zeros(len(first), dtype=bool)
    further = np.flatnonzero(~starts)
    if not len(further):
        return conflict
    # Before the i-th further row, i rows are further ones and all others start a year value.
    member = further - np.arange(len(further)) - 1
    row, head = sorted_rows[further], first[member]
    same_period = data.period.codes[row] == data.period.codes[head]
    full_year = data.period.codes[head] == data.period.texts.index(FULL_YEAR)
    same = (
        (data.value[row] == data.value[head])
        & (data.lower[row] == data.lower[head])
        & (data.upper[row] == data.upper[head])
        & (data.unit_group.codes[row] == data.unit_group.codes[head])
    )
    left_out[row[same & same_period]] = _REPEATED
    left_out[row[~same_period & full_year]] = _OTHER_PERIOD
    rival = (same_period & ~same) | (~same_period & ~full_year)
    conflict[member[rival]] = True
    return conflict
