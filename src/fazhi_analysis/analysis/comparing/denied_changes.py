"""Whether a report itself denies what its figure and that of the year before seem to say.

``进出口总额96亿元，下降4.2%`` after 58 in the report of the year before: one counts another thing, or the
earlier one was revised. Two figures do not settle a direction against the words of the report that holds one of
them, nor do they if its stated change starts from quite another figure (``签约金额74亿元、增长150%`` after 69).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt

from fazhi_analysis.analysis.comparing.periods import FULL_YEAR
from fazhi_analysis.catalogue.word_lists import pattern

if TYPE_CHECKING:
    from fazhi_analysis.analysis.comparing.series import Figures
    from fazhi_analysis.analysis.integer_codes import Bools, Ints

OTHER_BASE: Final = 1.25
"""How many times a stated change may miss the earlier figure: real growth and small revisions stay below that."""

_TIMES = "倍"
_GROWTH = pattern("(?:同比)?<rise endings>$")
_FALL = pattern("(?:同比)?<fall endings>$")

Floats = npt.NDArray[np.float64]


def stem(label: str) -> str:
    """The label without its word for change.

    >>> stem("行政复议受理件数增幅"), stem("败诉率同比下降")
    ('行政复议受理件数', '败诉率')
    """
    return _FALL.sub("", _GROWTH.sub("", label)) or label


def tells_fall(label: str) -> bool:
    """Whether the label says that the printed figure is a fall (降幅5% is a change of -5 %).

    >>> tells_fall("败诉率降幅"), tells_fall("受理件数增幅")
    (True, False)
    """
    return bool(_FALL.search(label))


def implied_earlier(data: Figures) -> tuple[Floats, Floats, npt.NDArray[np.int8]]:
    """What each figure's own stated change makes of the year before: lower end, upper end, and its direction.

    The change is the row beside it of the same report, of the same indicator or label; NaN and 0 where none is.
    """
    low, high = np.full(len(data), np.nan), np.full(len(data), np.nan)
    way = np.zeros(len(data), dtype=np.int8)
    change = data.text("change", "level")
    percent = change.per_row(lambda text: text == "yoy_pct", bool)
    absolute = change.per_row(lambda text: text == "yoy_abs", bool)
    stated = (percent | absolute) & data.text("base").per_row(lambda text: not text, bool) & np.isfinite(data.value)
    times = np.where(data.unit.per_row(lambda unit: unit == _TIMES, bool), 100.0, 1.0)
    falls = data.label.per_row(tells_fall, bool) & (data.value > 0)
    for shift in (1, -1):
        of, beside = _beside(data, np.flatnonzero(stated), shift)
        ends = data.lower[beside] * times[beside], data.upper[beside] * times[beside]
        least = np.where(falls[beside], -ends[1], ends[0])
        most = np.where(falls[beside], -ends[0], ends[1])
        with np.errstate(divide="ignore", invalid="ignore"):
            by_share = data.lower[of] / (1 + most / 100), data.upper[of] / (1 + least / 100)
        by_count = data.lower[of] - most, data.upper[of] - least
        low[of] = np.where(percent[beside], by_share[0], by_count[0])
        high[of] = np.where(percent[beside], by_share[1], by_count[1])
        way[of] = (least > 0).astype(np.int8) - (most < 0).astype(np.int8)
    return low, high, way


def denied(data: Figures, earlier: tuple[Floats, Floats, npt.NDArray[np.int8]], one: Ints, two: Ints) -> Bools:
    """Whether the later report's own words on its figure are against each pair of rows of neighbouring years."""
    low, high, way = (column[two] for column in earlier)
    year = data.period.texts.index(FULL_YEAR)
    plain = (data.year[two] - data.year[one] == 1) & (data.period.codes[one] == year) & (data.period.codes[two] == year)
    plain &= data.unit_group.codes[one] == data.unit_group.codes[two]
    rose, fell = data.lower[two] > data.upper[one], data.upper[two] < data.lower[one]
    against = ((way > 0) & fell) | ((way < 0) & rose)
    against |= (low > OTHER_BASE * data.upper[one]) | (OTHER_BASE * high < data.lower[one])
    return np.asarray(plain & against)


def _beside(data: Figures, changes: Ints, shift: int) -> tuple[Ints, Ints]:
    """Levels and the change stated of each: the row ``shift`` places before it, if that is of the same thing."""
    levels = changes - shift
    inside = (levels >= 0) & (levels < len(data))
    changes, levels = changes[inside], levels[inside]
    plain = data.text("change", "level").per_row(lambda text: text in ("", "level"), bool)
    counted = data.kind.per_row(lambda kind: kind in ("count", "money"), bool)
    same = (data.report.codes[levels] == data.report.codes[changes]) & plain[levels] & counted[levels]
    same &= data.scope.codes[levels] == data.scope.codes[changes]
    same &= data.indicator.codes[levels] == data.indicator.codes[changes]
    stems = data.label.regroup(stem)
    same &= (data.indicator.codes[levels] > 0) | (stems.codes[levels] == stems.codes[changes])
    return levels[same], changes[same]
