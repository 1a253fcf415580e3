"""What forbids holding two figures of one series against each other, and what only has to be remarked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from fazhi_analysis.analysis.codes import Bools, Codes, Ints, category
from fazhi_analysis.analysis.law_changes import law_changed
from fazhi_analysis.analysis.places import territory_changed
from fazhi_analysis.analysis.series import Figures
from fazhi_analysis.analysis.sources import is_national
from fazhi_analysis.analysis.verdicts import REASON
from fazhi_analysis.analysis.year_values import YearValues

if TYPE_CHECKING:
    import pandas as pd

NOTE_NAMES = ("place_renamed", "source_changed", "approximate", "unit_word", "gap", "ceiling", "law_changed")

CEILING_POINTS = 0.5
"""A rate within this many points of 0 or 100 in both years moves at its ceiling: 100 -> 99.9 is no headline."""


def differs(one: Codes, base: Ints, later: Ints) -> Bools:
    """Whether two rows hold different texts."""
    if not len(one.codes) or one.codes.min() == one.codes.max():
        return np.zeros(len(base), dtype=bool)
    return np.asarray(one.codes[base] != one.codes[later])


def forbidden(values: YearValues, base: Ints, later: Ints, partial: Bools | None) -> npt.NDArray[np.int8]:
    """Why each pair of year values (all there) must not be compared, as a reason code; 0 where it may be.

    ``partial`` marks rows of reports that were signed inside their own year; a stock has no length of time, so that
    it does not matter there.
    """
    data = values.figures
    one, two = values.first[base], values.first[later]
    why = np.zeros(len(base), dtype=np.int8)
    # The last assignment wins: the plainest reason comes last.
    why[territory_changed(data.place, two, data.year[one], data.year[two])] = REASON["place_split"]
    issuer = data.publisher
    if any(is_national(text) for text in issuer.texts):
        national = issuer.per_row(is_national, bool)
        known = (issuer.codes[one] > 0) & (issuer.codes[two] > 0)
        why[known & (national[one] != national[two])] = REASON["other_source"]
    if partial is not None:
        why[(partial[one] | partial[two]) & ~data.stock[two]] = REASON["partial_year"]
    why[differs(data.period, one, two)] = REASON["period"]
    why[differs(data.unit_group, one, two)] = REASON["unit"]
    why[differs(data.kind, one, two)] = REASON["kind"]
    why[values.conflict[base] | values.conflict[later]] = REASON["conflicting_values"]
    return why


def partial_rows(data: Figures, reports: pd.DataFrame | None) -> Bools | None:
    """Rows of reports that were signed inside the year that they speak of; None when that is not known."""
    if reports is None or "signed_date" not in reports.columns or "report_id" not in reports.columns:
        return None
    signed = reports["signed_date"].astype("str").str.slice(0, 4)
    of_report = dict(zip(reports["report_id"].astype("str"), signed, strict=True))

    def signed_year(report_id: str) -> int:
        text = of_report.get(report_id, "")
        return int(text) if text.isdigit() else 0

    return np.asarray(data.report.per_row(signed_year, np.int64) == data.year)


def note_bits(data: Figures, one: Ints, two: Ints, years_apart: Ints) -> npt.NDArray[np.int8]:
    """Remarks on each pair of rows (all there) as bits in the order of ``NOTE_NAMES``."""
    issuer = data.publisher
    moved = differs(issuer, one, two)
    moved[moved] = (issuer.codes[one[moved]] > 0) & (issuer.codes[two[moved]] > 0)
    rough = data.qualifier.per_row(lambda text: text != "exact", bool)
    rate = data.kind.per_row(lambda kind: kind == "rate", bool)
    near_top = (rate & (data.value >= 100 - CEILING_POINTS)).astype(np.int8)
    near_floor = (rate & (data.value <= CEILING_POINTS)).astype(np.int8)
    extreme = near_top + 2 * near_floor
    at_ceiling = extreme[one] & extreme[two]
    at_ceiling[at_ceiling > 0] = (data.value[one] != data.value[two])[at_ceiling > 0]
    marks = (
        differs(data.region, one, two) | differs(data.region_code, one, two),
        moved | differs(data.suffix, one, two),
        rough[one] | rough[two],
        differs(data.unit, one, two),
        years_apart > 1,
        at_ceiling > 0,
        law_changed(data.indicator, two, data.year[one], data.year[two]),
    )
    bits = np.zeros(len(one), dtype=np.int8)
    for place, mark in enumerate(marks):
        bits |= mark.astype(np.int8) << place
    return bits


def note_texts(bits: npt.NDArray[np.int8]) -> pd.Categorical:
    """Remarks as text, codes joined by ``;``, one category a combination.

    >>> list(note_texts(np.array([0, 12], dtype=np.int8)))
    ['', 'approximate;unit_word']
    """
    texts = [
        ";".join(name for place, name in enumerate(NOTE_NAMES) if code >> place & 1)
        for code in range(1 << len(NOTE_NAMES))
    ]
    return category(bits, texts)
