"""What an interval of a change lets one say, and what forbids saying anything."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from fazhi_analysis.analysis.comparing import intervals
from fazhi_analysis.analysis.comparing.reasons import REASONS, VERDICTS
from fazhi_analysis.analysis.comparing.year_pairs import Pairs
from fazhi_analysis.analysis.comparing.year_values import YearValues
from fazhi_analysis.analysis.integer_codes import Bools, Ints, combine

Floats = npt.NDArray[np.float64]
Small = npt.NDArray[np.int8]

VERDICT = {name: code for code, name in enumerate(VERDICTS)}
REASON = {name: code for code, name in enumerate(REASONS)}
DIRECTIONS = ("neutral", "higher_better", "lower_better")


def verdicts(low: Floats, high: Floats, same_rate: Bools, direction: Small) -> tuple[Small, Small]:
    """Verdict and reason (as codes) from the interval of each change and the direction that is better.

    ``same_rate`` marks rates that are printed alike: those are unchanged, whatever their intervals.

    >>> codes, _ = verdicts(np.array([2.0, -1.0]), np.array([3.0, 1.0]), np.array([False, False]),
    ...                     np.array([2, 0], dtype=np.int8))
    >>> [VERDICTS[code] for code in codes]
    ['worsened', 'uncertain']
    """
    way = intervals.settled(low, high)
    words = np.array(
        [  # a row a direction that is better; the verdict of going up, of going down
            [VERDICT["increased"], VERDICT["decreased"]],
            [VERDICT["improved"], VERDICT["worsened"]],
            [VERDICT["worsened"], VERDICT["improved"]],
        ],
        dtype=np.int8,
    )
    verdict = np.full(len(low), VERDICT["uncertain"], dtype=np.int8)
    reason = np.full(len(low), REASON["intervals_overlap"], dtype=np.int8)
    for settled, column in ((intervals.UP, 0), (intervals.DOWN, 1)):
        moved = way == settled
        np.copyto(verdict, words[direction, column], where=moved)
        reason[moved] = REASON["settled"]
    verdict[way == intervals.SAME] = VERDICT["unchanged"]
    reason[way == intervals.SAME] = REASON["equal"]
    verdict[same_rate] = VERDICT["unchanged"]
    reason[same_rate] = REASON["equal_as_printed"]
    return verdict, reason


def one_sided(values: YearValues, pairs: Pairs, verdict: Small, reason: Small) -> None:
    """Write in the verdicts of figures that only one year has: new, dropped, or no verdict."""
    for figure, other_year, word, plain in (
        (pairs.later, pairs.base_year, "new", "not_in_baseline"),
        (pairs.base, pairs.year, "dropped", "not_in_year"),
    ):
        lonely = np.flatnonzero(pairs.base < 0 if word == "new" else pairs.later < 0)
        if not len(lonely):
            continue
        verdict[lonely] = VERDICT[word]
        reason[lonely] = REASON[plain]
        group, year = figure[lonely], other_year[lonely]
        reason[lonely[_in_other_unit(values, group, year)]] = REASON["other_unit"]
        reason[lonely[_in_other_scope(values, group, year)]] = REASON["other_scope"]
        # A selection proves no absence, whatever else of the same indicator it holds; that keeps its own reason.
        selected = lonely[_from_selection(values, group, year)]
        verdict[selected] = VERDICT["not_comparable"]
        reason[selected[reason[selected] == REASON[plain]]] = REASON["selection"]
        torn = lonely[values.conflict[group]]
        verdict[torn] = VERDICT["not_comparable"]
        reason[torn] = REASON["conflicting_values"]


def _from_selection(values: YearValues, group: Ints, year: Ints) -> Bools:
    """Whether only selected figures of the place's report on that year are stored, so that absence proves nothing."""
    years, _, complete = values.figures.complete
    return np.asarray(~complete[values.figures.place.codes[values.first[group]], year - years[0]])


def _in_other_scope(values: YearValues, group: Ints, year: Ints) -> Bools:
    """Whether the place has the same indicator in that year for any scope (its own it has not)."""
    scopes = values.figures.whose[1]
    item = values.series[group] // scopes
    start = np.searchsorted(values.series, item * scopes)
    end = np.searchsorted(values.series, (item + 1) * scopes)
    years = values.figures.year[values.first]
    there = np.zeros(len(group), dtype=bool)
    # One turn for each place in the longest run of scopes and years, with all figures in every turn.
    for turn in range(int((end - start).max(initial=0))):
        inside = start + turn < end
        there[inside] |= years[start[inside] + turn] == year[inside]
    return there


def _in_other_unit(values: YearValues, group: Ints, year: Ints) -> Bools:
    """Whether the place has the same label outside the catalogue in that year, counted in another unit."""
    data = values.figures
    result = np.zeros(len(group), dtype=bool)
    by_label = np.flatnonzero(data.indicator.codes[values.first] == 0)
    asked = np.flatnonzero(data.indicator.codes[values.first[group]] == 0)
    if not len(by_label) or not len(asked):
        return result
    first = int(min(data.year.min(), year.min()))
    span = int(max(data.year.max(), year.max())) - first + 1

    def key(rows: Ints, of_year: Ints) -> Ints:
        return combine(
            (data.place.codes[rows], len(data.place.texts)),
            (data.label.codes[rows], len(data.label.texts)),
            (data.scope.codes[rows], len(data.scope.texts)),
            (of_year - first, span),
        )

    known = values.first[by_label]
    result[asked] = np.isin(key(values.first[group[asked]], year[asked]), key(known, data.year[known]))
    return result
