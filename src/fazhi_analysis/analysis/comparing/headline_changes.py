"""What each comparison counts as, decided once for page, narrative, index, workbook and summary.

A comparison that rests on a figure which a check doubts is no result: it counts as doubtful, whatever its verdict. A
direction that chance, a small base, a ceiling or the usual yearly movement may explain is slight. What remains counts
by its verdict, and of that a headline names a few.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

from fazhi_analysis.analysis.comparing.reasons import COMPARED, SETTLED
from fazhi_analysis.analysis.comparing.significance import SURE_ENOUGH
from fazhi_analysis.analysis.doubts import Doubts
from fazhi_analysis.analysis.result_rows import ChangeRow
from fazhi_analysis.analysis.stored_rows import ids_of, rows_of

if TYPE_CHECKING:
    import pandas as pd

    from fazhi_analysis.model import Finding

COUNTED: Final = (*COMPARED, "slight", "doubtful", "new", "dropped", "not_comparable", "selection")
"""What a comparison can count as, in the order of reporting: verdicts, but that a doubted one is ``doubtful``,
one without weight ``slight``, and a figure that is only missing from a selection ``selection``."""

_NAMED: Final = 6
_DIRECTED: Final = 4
_WORSE: Final = 2
_SURELY: Final = 3.0


@dataclass(frozen=True)
class ComparedChange:
    """One row of the comparison of two years, with the findings that doubt either figure."""

    row: ChangeRow
    findings: tuple[Finding, ...] = ()

    @property
    def verdict(self) -> str:
        """The verdict as the printed figures give it."""
        return self.row["verdict"]

    @property
    def is_compared(self) -> bool:
        """Whether both years have the figure and the two may be compared."""
        return self.verdict in COMPARED

    @property
    def is_doubted(self) -> bool:
        """Whether a check doubts one of the two figures: shown and marked, never counted as a result."""
        return self.is_compared and bool(self.findings)

    @property
    def is_settled(self) -> bool:
        """Whether the change has a direction, and no check doubts its figures."""
        return self.verdict in SETTLED and not self.is_doubted

    @property
    def is_slight(self) -> bool:
        """Whether chance, a small base, a ceiling or the usual movement may explain the direction of the change."""
        return self.is_settled and not self.row["headline"]

    @property
    def is_broken(self) -> bool:
        """Whether what the indicator counts was changed between the two years: neither better nor worse."""
        return "law_changed" in self.row["notes"].split(";")

    @property
    def counted_as(self) -> str:
        """What it counts as: a word of ``COUNTED``."""
        if self.is_doubted:
            return "doubtful"
        if self.is_slight:
            return "slight"
        return "selection" if self.row["reason"] == "selection" else self.verdict

    @property
    def drawn_as(self) -> str:
        """The verdict that a chart draws: a doubted figure has no direction of its own."""
        return "doubtful" if self.is_doubted else self.verdict

    @property
    def certainty(self) -> str:
        """Whether the change is real, as far as figures tell: a code of ``CERTAINTIES``; empty without a direction."""
        return self.row["certainty"] if self.verdict in SETTLED else ""

    @property
    def against(self) -> str:
        """What speaks against the change being real: a code of ``CERTAINTIES``, empty for nothing."""
        return "" if self.certainty in SURE_ENOUGH else self.certainty

    @property
    def id(self) -> str:
        """The id of the comparison: that of its later figure, or of the earlier one where there is no later."""
        return self.row["row"] or self.row["baseline_row"]

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of the figures that it rests on, the earlier first."""
        return tuple(ids_of(self.row))

    @cached_property
    def size(self) -> float:
        """Size of the change that is certain, whatever its figures count: the end of its interval nearest to none.

        For counts and money the logarithm of the ratio, for rates a tenth of the points. A change of counts within
        their chance spread (the root of both years' sum) weighs less, so that 2 against 3 meetings does not come before
        380 against 520 cases.

        >>> def change(before, after):
        ...     ends = dict.fromkeys(("relative_lower", "relative_upper"), after / before - 1)
        ...     return ComparedChange({"kind": "count", "baseline_value": before, "value": after, **ends})
        >>> change(2.0, 3.0).size < change(380.0, 520.0).size < change(86.0, 197.0).size
        True
        """
        before, after = self.row["baseline_value"], self.row["value"]
        if self.row["kind"] == "rate":
            return _nearest(self.row["change_lower"], self.row["change_upper"]) / 10
        spread = abs(after - before) / max(1.0, abs(after) + abs(before)) ** 0.5
        weight = 1.0 if self.row["kind"] == "money" else min(1.0, spread / _SURELY)
        if before <= 0 or after <= 0:
            return weight
        relative = self.row["relative_lower"], self.row["relative_upper"]
        nearest = _nearest(*relative)
        return weight * abs(math.log(max(1 - nearest, 0.01) if max(relative) < 0 else 1 + nearest))

    @property
    def importance(self) -> int:
        """How much its indicator matters to a reader, 1 to 3 (see ``catalogue.Domain``); 0 outside the catalogue."""
        from fazhi_analysis.catalogue import load_catalogue, load_domains

        indicator = self.row["indicator_id"]
        catalogue = load_catalogue()
        return load_domains()[catalogue[indicator].domain].importance if indicator in catalogue else 0

    @property
    def rank(self) -> float:
        """What a headline names first: its size by the importance of its indicator."""
        return self.size * (0.5 + self.importance)


def _nearest(lower: float, upper: float) -> float:
    """Distance from none of the nearest end of a change; 0 where the change may be none."""
    return 0.0 if not lower * upper > 0 else min(abs(lower), abs(upper))


@dataclass(frozen=True)
class ComparedYears:
    """Every comparison of a year with an earlier one, in the order of the table; empty where there is no earlier year.

    >>> from fazhi_analysis.analysis.place_year import PlaceYear
    >>> changes = PlaceYear.open(region="霁原旗", year=2024).changes
    >>> len(changes.compared) == len(changes.plain) + len(changes.doubted)
    True
    >>> sum(changes.counts.values()) == len(changes)
    True
    """

    changes: tuple[ComparedChange, ...] = ()

    @classmethod
    def of(cls, comparison: pd.DataFrame | None, doubts: Doubts) -> ComparedYears:
        """The decisions on a table as ``assess`` returns it."""
        if comparison is None:
            return cls()
        rows = rows_of(comparison, ChangeRow)
        return cls(tuple(ComparedChange(row, doubts.about(*ids_of(row))) for row in rows))

    def frame(self) -> pd.DataFrame:
        """One row a comparison: the columns of ``assess`` with ``counted_as`` (a word of ``COUNTED``) in front.

        >>> from fazhi_analysis.analysis.place_year import PlaceYear
        >>> changes = PlaceYear.open(region="霁原旗", year=2024).changes
        >>> changes.frame()["counted_as"].value_counts().to_dict() == changes.counts
        True
        """
        import pandas as pd

        return pd.DataFrame([{"counted_as": change.counted_as, **change.row} for change in self.changes])

    def __len__(self) -> int:
        return len(self.changes)

    def __iter__(self) -> Iterator[ComparedChange]:
        return iter(self.changes)

    def counted(self, *kinds: str) -> tuple[ComparedChange, ...]:
        """The comparisons that count as one of these words of ``COUNTED``."""
        return tuple(change for change in self.changes if change.counted_as in kinds)

    @cached_property
    def counts(self) -> dict[str, int]:
        """How many comparisons count as what, in the order of ``COUNTED``; what does not occur is left out."""
        found = Counter(change.counted_as for change in self.changes)
        return {word: found[word] for word in COUNTED if found[word]}

    @cached_property
    def compared(self) -> tuple[ComparedChange, ...]:
        """Those of figures that both years have and that may be compared."""
        return tuple(change for change in self.changes if change.is_compared)

    @cached_property
    def plain(self) -> tuple[ComparedChange, ...]:
        """Compared ones whose figures no check doubts."""
        return tuple(change for change in self.compared if not change.is_doubted)

    @cached_property
    def doubted(self) -> tuple[ComparedChange, ...]:
        """Compared ones that rest on a figure which a check doubts."""
        return tuple(change for change in self.compared if change.is_doubted)

    @cached_property
    def slight(self) -> tuple[ComparedChange, ...]:
        """Those with a direction that chance or the usual movement may explain."""
        return self.counted("slight")

    @cached_property
    def headline(self) -> tuple[ComparedChange, ...]:
        """What a headline names: settled changes by rank, first those with a better side, and of these the worse."""
        kept = [change for change in self.plain if change.is_settled and not change.is_slight]
        kept = sorted(kept, key=lambda change: change.rank, reverse=True)
        worse = [change for change in kept if change.verdict == "worsened"][:_WORSE]
        better = [change for change in kept if change.verdict == "improved"][: _DIRECTED - len(worse)]
        first = [*worse, *better]
        others = [change for change in kept if change.verdict in ("increased", "decreased")]
        return (*first, *others[: _NAMED - len(first)])

    @cached_property
    def other_worse(self) -> tuple[ComparedChange, ...]:
        """Changes for the worse that the headline does not name: what improved must not be all that is reported."""
        named = {id(one) for one in self.headline}
        return tuple(one for one in self.plain if one.verdict == "worsened" and id(one) not in named)

    @cached_property
    def one_sided(self) -> tuple[ComparedChange, ...]:
        """Figures that only one of the two years gives."""
        return self.counted("new", "dropped")
