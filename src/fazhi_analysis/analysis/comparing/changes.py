"""The table of changes: one row a pair of year values, with intervals, verdict, reason and the rows it rests on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from fazhi_analysis.analysis.comparing import intervals
from fazhi_analysis.analysis.comparing.breaks import Break, load_breaks
from fazhi_analysis.analysis.comparing.comparability import BROKEN, Comparability, note_texts
from fazhi_analysis.analysis.comparing.reasons import REASONS, VERDICTS
from fazhi_analysis.analysis.comparing.verdicts import DIRECTIONS, REASON, VERDICT, one_sided, verdicts
from fazhi_analysis.analysis.comparing.year_pairs import Pairs
from fazhi_analysis.analysis.comparing.year_values import YearValues
from fazhi_analysis.analysis.doubts import DOUBTS, doubt_codes
from fazhi_analysis.analysis.integer_codes import Bools, Codes, Ints, category
from fazhi_analysis.catalogue import load_catalogue

if TYPE_CHECKING:
    import pandas as pd

COLUMNS: tuple[str, ...] = (
    "region_code", "region", "indicator_id", "label", "scope", "unit", "kind", "direction", "baseline_year",
    "baseline_value", "baseline_lower", "baseline_upper", "year", "value", "lower", "upper", "change_lower",
    "change_upper", "relative_lower", "relative_upper", "verdict", "reason", "notes", "baseline_qualifier",
    "qualifier", "baseline_unit", "baseline_row", "row", "baseline_wording", "wording", "doubt",
)  # fmt: skip
"""Columns of the table, in order."""


BLOCK = 1 << 16
"""Pairs worked on at a time: what is computed on the way stays in the processor's cache, and memory stays small."""

_NUMBERS = (
    COLUMNS[COLUMNS.index("baseline_value") : COLUMNS.index("year")]
    + COLUMNS[COLUMNS.index("value") : COLUMNS.index("verdict")]
)
_WORDS = ("qualifier", "wording")
_LATER = ("region_code", "region", "indicator", "label", "scope", "unit", "kind")


def changes_of(
    values: YearValues,
    pairs: Pairs,
    reports: pd.DataFrame | None = None,
    doubts: dict[str, str] | None = None,
    breaks: Sequence[Break] | None = None,
) -> pd.DataFrame:
    """The table of changes for chosen pairs of year values; columns as in ``COLUMNS``, ``doubts`` as
    ``doubted_rows`` gives them, ``breaks`` as ``load_breaks`` (the bundled ones by default).
    """
    import pandas as pd

    data, size = values.figures, len(pairs)
    numbers = {name: np.empty(size) for name in _NUMBERS}
    words = {name: np.empty(size, dtype=np.int8) for name in ("direction", "verdict", "reason", "notes")}
    codes = {name: np.empty(size, dtype=getattr(data, name).codes.dtype) for name in (*_LATER, *_WORDS)}
    codes |= {f"baseline_{name}": np.empty_like(codes[name]) for name in ("unit", *_WORDS)}
    checks = Comparability(values, reports, load_breaks() if breaks is None else breaks)
    directions = direction_codes(data.indicator)
    rates = data.kind.lookup(lambda kind: kind == "rate", bool)
    for start in range(0, size, BLOCK):
        block = slice(start, min(start + BLOCK, size))
        part = {name: column[block] for table in (numbers, words, codes) for name, column in table.items()}
        _fill(part, checks, pairs.only(block), directions, rates)
    one_sided(values, pairs, words["verdict"], words["reason"])

    table: dict[str, Any] = {name: category(codes[name], getattr(data, name).texts) for name in (*_LATER, *_WORDS)}
    table["indicator_id"] = table["indicator"]
    for name in ("unit", *_WORDS):
        table[f"baseline_{name}"] = category(codes[f"baseline_{name}"], getattr(data, name).texts)
    # Ids are brought into the order of the series once; both columns then read them nearly in sequence. -1 is the last.
    ids = row_ids(data.frame, data.rows, np.append(values.first, -1))
    table |= numbers | {
        "direction": category(words["direction"], DIRECTIONS),
        "baseline_year": pairs.base_year,
        "year": pairs.year,
        "verdict": category(words["verdict"], VERDICTS),
        "reason": category(words["reason"], REASONS),
        "notes": note_texts(words["notes"]),
        "baseline_row": ids.take(pairs.base),
        "row": ids.take(pairs.later),
    }
    table["doubt"] = category(doubt_codes(doubts or {}, table["baseline_row"], table["row"]), DOUBTS)
    return pd.DataFrame({name: table[name] for name in COLUMNS}, copy=False)


def _fill(
    part: dict[str, npt.NDArray[Any]],
    checks: Comparability,
    pairs: Pairs,
    directions: npt.NDArray[np.int8],
    rates: Bools,
) -> None:
    """Work out one block of pairs and write it into its part of the columns."""
    values, data = checks.values, checks.values.figures
    new, gone = np.flatnonzero(pairs.base < 0), np.flatnonzero(pairs.later < 0)
    # Where a side has no figure, the other side's stands in, so that nothing below has to choose rows.
    base_value, later_value = pairs.base.copy(), pairs.later.copy()
    base_value[new], later_value[gone] = pairs.later[new], pairs.base[gone]
    base, later = values.first[base_value], values.first[later_value]

    for name in _LATER:
        part[name][:] = getattr(data, name).codes[later]
    for name, rows, empty in (("baseline_", base, new), ("", later, gone)):
        part[f"{name}value"][:] = data.value[rows]
        part[f"{name}lower"][:] = data.lower[rows]
        part[f"{name}upper"][:] = data.upper[rows]
        for word in _WORDS:
            part[f"{name}{word}"][:] = getattr(data, word).codes[rows]
        for end in ("value", "lower", "upper"):
            part[f"{name}{end}"][empty] = np.nan
        for word in _WORDS:
            part[f"{name}{word}"][empty] = 0
    part["baseline_unit"][:] = data.unit.codes[base]
    part["baseline_unit"][new] = 0
    part["direction"][:] = directions[data.indicator.codes[later]]
    rate = rates[data.kind.codes[later]]

    ends = part["lower"], part["upper"], part["baseline_lower"], part["baseline_upper"]
    low, high = intervals.difference(*ends)
    ratio_low, ratio_high = intervals.relative(*ends)
    ratio_low[rate] = ratio_high[rate] = np.nan
    why, notes = checks.forbidden(base_value, later_value), checks.notes(base, later)
    for alone in (new, gone):
        why[alone] = notes[alone] = 0
    banned = np.flatnonzero(why)
    for name, column in zip(_CHANGES, (low, high, ratio_low, ratio_high), strict=True):
        column[banned] = np.nan
        part[name][:] = column
    same = rate & (ends[0] == ends[2]) & (ends[1] == ends[3]) & (part["value"] == part["baseline_value"])
    # Across a break a figure may rise or fall, but neither side is better.
    direction = np.where(notes & BROKEN, np.int8(0), part["direction"])
    verdict, reason = verdicts(low, high, same, direction)
    against = checks.denied(base, later)
    verdict[against], reason[against] = VERDICT["uncertain"], REASON["stated_otherwise"]
    verdict[banned] = VERDICT["not_comparable"]
    reason[banned] = why[banned]
    part["verdict"][:], part["reason"][:], part["notes"][:] = verdict, reason, notes


_CHANGES = ("change_lower", "change_upper", "relative_lower", "relative_upper")


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
