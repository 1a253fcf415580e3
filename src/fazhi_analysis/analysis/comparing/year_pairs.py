"""Which two years of a series are compared.

Years come from the places: a place's earlier year is the nearest one for which it has any row at all. A series without
a figure in a year that the place reports on is new or dropped; a year without any report is no evidence of either.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from fazhi_analysis.analysis.comparing.series import Figures
from fazhi_analysis.analysis.comparing.year_values import YearValues
from fazhi_analysis.analysis.integer_codes import Ints


@dataclass(frozen=True)
class Pairs:
    """Pairs of year values (places in ``YearValues.first``), -1 where a side has none; and both years of each pair."""

    base: Ints
    later: Ints
    base_year: Ints
    year: Ints

    def __len__(self) -> int:
        return len(self.base)

    def only(self, chosen: Ints | slice) -> Pairs:
        """Chosen pairs."""
        return Pairs(self.base[chosen], self.later[chosen], self.base_year[chosen], self.year[chosen])


def neighbours(data: Figures) -> tuple[Ints, Ints, Ints]:
    """(years, previous, following): for each place and year, the place's nearest earlier and later year, 0 for none.

    ``previous[p, y]`` speaks of place code p and ``years[y]``, whether or not the place has that year itself.
    """
    years, present, _ = data.complete
    previous = np.zeros(present.shape, dtype=np.int64)
    following = np.zeros(present.shape, dtype=np.int64)
    for column in range(1, len(years)):
        previous[:, column] = np.where(present[:, column - 1], years[column - 1], previous[:, column - 1])
    for column in range(len(years) - 2, -1, -1):
        following[:, column] = np.where(present[:, column + 1], years[column + 1], following[:, column + 1])
    return years, previous, following


def consecutive(values: YearValues) -> Pairs:
    """Every year value beside that of the place's previous year, and every one that the following year lacks."""
    data, first = values.figures, values.first
    years, previous, following = neighbours(data)
    if not len(first):
        none = np.zeros(0, dtype=np.int64)
        return Pairs(none, none, none, none)
    year = data.year[first]
    slot = data.place.codes[first].astype(np.int64)
    slot *= len(years)
    slot += year
    slot -= int(years[0])
    before, after = previous.ravel()[slot], following.ravel()[slot]
    # Year values are in order of series and year: only the neighbour above can be the previous year's.
    matched = np.zeros(len(first), dtype=bool)
    np.logical_and(values.series[1:] == values.series[:-1], year[:-1] == before[1:], out=matched[1:])
    leaves = after > 0
    leaves[:-1] &= ~matched[1:]
    count = (before > 0).astype(np.int64)
    count += leaves
    later = np.repeat(np.arange(len(first)), count)
    base = later - 1
    base[~matched[later]] = -1
    base_year, later_year = before[later], year[later]
    # A figure that the following year lacks comes right after its own comparison with the year before.
    gone = np.flatnonzero(leaves)
    place = (np.cumsum(count) - 1)[gone]
    base[place], later[place] = gone, -1
    base_year[place], later_year[place] = year[gone], after[gone]
    return Pairs(base, later, base_year, later_year)
