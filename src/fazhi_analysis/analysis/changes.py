"""The table of changes: one row a pair of year values, with intervals, verdict, reason and the rows it rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from fazhi_analysis.analysis import intervals
from fazhi_analysis.analysis.codes import Codes, Ints, category
from fazhi_analysis.analysis.comparability import forbidden, note_bits, note_texts, partial_rows
from fazhi_analysis.analysis.pairs import Pairs
from fazhi_analysis.analysis.reasons import REASONS, VERDICTS
from fazhi_analysis.analysis.verdicts import DIRECTIONS, VERDICT, one_sided, verdicts
from fazhi_analysis.analysis.year_values import YearValues
from fazhi_analysis.catalogue import load_catalogue

if TYPE_CHECKING:
    import pandas as pd

COLUMNS: tuple[str, ...] = (
    "region_code",
    "region",
    "indicator_id",
    "label",
    "scope",
    "unit",
    "kind",
    "direction",
    "baseline_year",
    "baseline_value",
    "baseline_lower",
    "baseline_upper",
    "year",
    "value",
    "lower",
    "upper",
    "change_lower",
    "change_upper",
    "relative_lower",
    "relative_upper",
    "verdict",
    "reason",
    "notes",
    "baseline_qualifier",
    "qualifier",
    "baseline_unit",
    "baseline_row",
    "row",
)
"""Columns of the table, in order."""


def changes_of(values: YearValues, pairs: Pairs, reports: pd.DataFrame | None = None) -> pd.DataFrame:
    """The table of changes for chosen pairs of year values; columns as in ``COLUMNS``."""
    import pandas as pd

    data = values.figures
    new, gone = np.flatnonzero(pairs.base < 0), np.flatnonzero(pairs.later < 0)
    # Where a side has no figure, the other side's stands in, so that nothing below has to choose rows.
    base_value, later_value = pairs.base.copy(), pairs.later.copy()
    base_value[new], later_value[gone] = pairs.later[new], pairs.base[gone]
    base, later = values.first[base_value], values.first[later_value]
    direction = direction_codes(data.indicator)[data.indicator.codes[later]]
    rate = data.kind.per_row(lambda kind: kind == "rate", bool)[later]

    why = forbidden(values, base_value, later_value, partial_rows(data, reports))
    notes = note_bits(data, base, later, pairs.year - pairs.base_year)
    for alone in (new, gone):
        why[alone] = notes[alone] = 0

    numbers = {
        "baseline_value": data.value[base],
        "baseline_lower": data.lower[base],
        "baseline_upper": data.upper[base],
        "value": data.value[later],
        "lower": data.lower[later],
        "upper": data.upper[later],
    }
    for name, column in numbers.items():
        column[new if name.startswith("baseline") else gone] = np.nan
    ends = (numbers["lower"], numbers["upper"], numbers["baseline_lower"], numbers["baseline_upper"])
    low, high = intervals.difference(*ends)
    ratio_low, ratio_high = intervals.relative(*ends)
    ratio_low[rate] = ratio_high[rate] = np.nan
    banned = np.flatnonzero(why)
    for column in (low, high, ratio_low, ratio_high):
        column[banned] = np.nan
    same = rate & (ends[0] == ends[2]) & (ends[1] == ends[3]) & (numbers["value"] == numbers["baseline_value"])
    verdict, reason = verdicts(low, high, same, direction)
    one_sided(values, pairs, verdict, reason)
    verdict[banned] = VERDICT["not_comparable"]
    reason[banned] = why[banned]

    # Ids are brought into the order of the series once; both columns then read them nearly in sequence. -1 is the last.
    ids = row_ids(data.frame, data.rows, np.append(values.first, -1))
    table: dict[str, Any] = {
        "region_code": data.region_code.categorical(later),
        "region": data.region.categorical(later),
        "indicator_id": data.indicator.categorical(later),
        "label": data.label.categorical(later),
        "scope": data.scope.categorical(later),
        "unit": data.unit.categorical(later),
        "kind": data.kind.categorical(later),
        "direction": category(direction, DIRECTIONS),
        "baseline_year": pairs.base_year,
        "year": pairs.year,
        **numbers,
        "change_lower": low,
        "change_upper": high,
        "relative_lower": ratio_low,
        "relative_upper": ratio_high,
        "verdict": category(verdict, list(VERDICTS)),
        "reason": category(reason, list(REASONS)),
        "notes": note_texts(notes),
        "baseline_qualifier": data.qualifier.categorical(base, new),
        "qualifier": data.qualifier.categorical(later, gone),
        "baseline_unit": data.unit.categorical(base, new),
        "baseline_row": ids.take(pairs.base),
        "row": ids.take(pairs.later),
    }
    return pd.DataFrame({name: table[name] for name in COLUMNS}, copy=False)


def direction_codes(indicator: Codes) -> npt.NDArray[np.int8]:
    """Which way is better for each distinct id, as an index into ``DIRECTIONS``; neutral outside the catalogue."""
    known = {item.id: DIRECTIONS.index(item.direction) for item in load_catalogue()}
    return indicator.lookup(lambda text: known.get(text, 0), np.int8)


def row_ids(frame: pd.DataFrame, rows: Ints | None, chosen: Ints) -> Any:
    """Ids of chosen rows (places in ``rows``, or in the frame; -1 for none) as texts; the index label without an id.

    >>> import pandas as pd
    >>> list(row_ids(pd.DataFrame({"row_id": ["a", "b"]}), None, np.array([1, -1])))
    ['b', '']
    """
    import pandas as pd

    column = frame["row_id"] if "row_id" in frame.columns else pd.Series(frame.index)
    texts = pd.concat([column.astype("str"), pd.Series([""], dtype="str")], ignore_index=True)
    place = chosen if rows is None or not len(rows) else rows[chosen]
    return texts.array.take(np.where(chosen >= 0, place, len(column)))
