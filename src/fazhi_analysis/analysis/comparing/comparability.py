"""What forbids holding two figures of one series against each other, and what only has to be remarked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from fazhi_analysis.analysis.comparing.breaks import Break, crossed, load_breaks
from fazhi_analysis.analysis.comparing.denied_changes import denied, implied_earlier
from fazhi_analysis.analysis.comparing.series import Figures
from fazhi_analysis.analysis.comparing.verdicts import REASON
from fazhi_analysis.analysis.comparing.year_values import YearValues
from fazhi_analysis.analysis.integer_codes import Bools, Codes, Ints, category
from fazhi_analysis.analysis.series_places import territory_changed, territory_spans
from fazhi_analysis.analysis.sources import is_national

if TYPE_CHECKING:
    import pandas as pd

NOTE_NAMES = ("place_renamed", "source_changed", "approximate", "unit_word", "gap", "ceiling", "law_changed")

BROKEN = 1 << NOTE_NAMES.index("law_changed")
"""The bit of the remark that what is counted changed in between."""

CEILING_POINTS = 0.5
"""A rate within this many points of 0 or 100 in both years moves at its ceiling: 100 -> 99.9 is no headline."""


@dataclass(frozen=True)
class Comparability:
    """The checks on pairs of year values. What depends on the table alone is worked out once, so that the pairs can be
    checked block by block.
    """

    values: YearValues
    reports: pd.DataFrame | None = None
    breaks: Sequence[Break] = field(default_factory=load_breaks)

    def forbidden(self, base: Ints, later: Ints) -> npt.NDArray[np.int8]:
        """Why each pair of year values (all there) must not be compared, as a reason code; 0 where it may be."""
        values, data = self.values, self.values.figures
        one, two = values.first[base], values.first[later]
        why = np.zeros(len(base), dtype=np.int8)
        years = data.year[one], data.year[two]
        # The last assignment wins: the plainest reason comes last.
        why[territory_changed(self._territory, data.place.codes[two], *years)] = REASON["place_split"]
        if self._national is not None:
            issuer = data.publisher.codes
            known = (issuer[one] > 0) & (issuer[two] > 0)
            why[known & (self._national[one] != self._national[two])] = REASON["other_source"]
        if any(data.document.texts):
            why[differs(data.document, one, two)] = REASON["other_document"]
        if self._partial is not None:
            # A stock has no length of time, so that a short year does not matter to it.
            why[(self._partial[one] | self._partial[two]) & ~data.stock[two]] = REASON["partial_year"]
        if len(data.period.texts) > 2:
            why[differs(data.period, one, two)] = REASON["period"]
        why[differs(data.unit_group, one, two)] = REASON["unit"]
        why[differs(data.kind, one, two)] = REASON["kind"]
        why[values.conflict[base] | values.conflict[later]] = REASON["conflicting_values"]
        return why

    def notes(self, one: Ints, two: Ints) -> npt.NDArray[np.int8]:
        """Remarks on each pair of rows (all there) as bits in the order of ``NOTE_NAMES``."""
        data = self.values.figures
        years = data.year[one], data.year[two]
        marks = (
            differs(data.region, one, two) | differs(data.region_code, one, two),
            self._source_changed(one, two),
            self._rough[data.qualifier.codes[one]] | self._rough[data.qualifier.codes[two]],
            differs(data.unit, one, two),
            years[1] - years[0] > 1,
            self._at_ceiling(one, two),
            self.crossed(one, two),
        )
        bits = np.zeros(len(one), dtype=np.int8)
        for place, mark in enumerate(marks):
            bits |= mark.astype(np.int8) << place
        return bits

    def crossed(self, one: Ints, two: Ints) -> Bools:
        """Whether what is counted changed between the years of each pair of rows."""
        data = self.values.figures
        return crossed(self.breaks, data.indicator, data.region_code, two, (data.year[one], data.year[two]))

    def denied(self, one: Ints, two: Ints) -> Bools:
        """Whether the later report's own stated change is against each pair of rows."""
        return denied(self.values.figures, self._implied, one, two)

    @cached_property
    def _implied(self) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64], npt.NDArray[np.int8]]:
        return implied_earlier(self.values.figures)

    @cached_property
    def _territory(self) -> list[npt.NDArray[np.int64]]:
        return territory_spans(self.values.figures.place)

    @cached_property
    def _national(self) -> Bools | None:
        issuer = self.values.figures.publisher
        return issuer.per_row(is_national, bool) if any(map(is_national, issuer.texts)) else None

    @cached_property
    def _partial(self) -> Bools | None:
        return partial_rows(self.values.figures, self.reports)

    @cached_property
    def _rough(self) -> Bools:
        return self.values.figures.qualifier.lookup(lambda text: text != "exact", bool)

    def _source_changed(self, one: Ints, two: Ints) -> Bools:
        data = self.values.figures
        changed = np.zeros(len(one), dtype=bool)
        if len(data.suffix.texts) > 1:
            changed |= differs(data.suffix, one, two)
        if len(data.publisher.texts) > 1:
            issuer = data.publisher.codes
            changed |= differs(data.publisher, one, two) & (issuer[one] > 0) & (issuer[two] > 0)
        return changed

    def _at_ceiling(self, one: Ints, two: Ints) -> Bools:
        data = self.values.figures
        rate = data.kind.lookup(lambda kind: kind == "rate", bool)
        first, second = data.value[one], data.value[two]
        low, high = np.minimum(first, second), np.maximum(first, second)
        extreme = (low >= 100 - CEILING_POINTS) | (high <= CEILING_POINTS)
        return np.asarray(rate[data.kind.codes[two]] & rate[data.kind.codes[one]] & extreme & (low != high))


def differs(column: Codes, one: Ints, two: Ints) -> Bools:
    """Whether two rows hold different texts."""
    return np.asarray(column.codes[one] != column.codes[two])


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


def note_texts(bits: npt.NDArray[np.int8]) -> pd.Categorical[str]:
    """Remarks as text, codes joined by ``;``, one category a combination.

    >>> list(note_texts(np.array([0, 12], dtype=np.int8)))
    ['', 'approximate;unit_word']
    """
    texts = [
        ";".join(name for place, name in enumerate(NOTE_NAMES) if code >> place & 1)
        for code in range(1 << len(NOTE_NAMES))
    ]
    return category(bits, texts)
