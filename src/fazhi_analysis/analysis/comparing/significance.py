"""Is a change real: could chance alone explain a rate's, and is a count's beyond what the series usually does?

Nothing here says that a change is important. For a rate whose counts stand in the same report, Newcombe's interval says
what chance allows; without counts, the smallest base that fits the printed rate says how little may lie behind it. A
count is compared with the median yearly change of its own series, when at least three years exist.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import numpy.typing as npt

from fazhi_analysis.analysis.comparing.rate_chance import SMALL_BASE, newcombe, printed_decimals, smallest_base
from fazhi_analysis.analysis.comparing.rate_counts import Bases, bases_of, confirmed_counts
from fazhi_analysis.analysis.comparing.reasons import COMPARED, SETTLED
from fazhi_analysis.analysis.comparing.series import figures
from fazhi_analysis.analysis.comparing.series_table import levels_of
from fazhi_analysis.analysis.comparing.usual_change import usual_changes
from fazhi_analysis.analysis.comparing.year_values import year_values
from fazhi_analysis.analysis.doubts import DOUBTS, confirmed_ratios, refuted_ratios
from fazhi_analysis.analysis.integer_codes import Bools, Codes, category
from fazhi_analysis.analysis.series_places import series_places

if TYPE_CHECKING:
    import pandas as pd

    from fazhi_analysis.model import Finding

CERTAINTIES: Final = (
    "",
    "beyond_chance",
    "within_chance",
    "small_base",
    "maybe_small_base",
    "no_base",
    "refuted_base",
    "other_base",
    "beyond_usual",
    "within_usual",
    "no_history",
    "no_cases",
)
"""Reasons why a change counts as real or not; the wording is in ``messages/verdicts/comparison.yaml``."""

_CODE = {name: code for code, name in enumerate(CERTAINTIES)}
_WEAK = ("within_chance", "small_base", "other_base", "refuted_base", "within_usual")
SURE_ENOUGH: Final = ("", "no_base", "no_cases", "no_history", "beyond_usual", "beyond_chance")
"""Codes that do not speak against a change being real; all others of ``CERTAINTIES`` do."""


def assess(
    changes: pd.DataFrame,
    metrics: pd.DataFrame,
    confidence: float = 0.95,
    *,
    reports: pd.DataFrame | None = None,
    findings: pd.DataFrame | Iterable[Finding] | None = None,
) -> pd.DataFrame:
    """Add to a table of changes whether each is real, and why.

    Parameters
    ----------
    changes:
        A table as ``year_over_year`` returns it.
    metrics:
        The metrics it was made from, better with all years of its places, since the usual change needs three.
    confidence:
        Of Newcombe's interval.
    reports:
        A table as ``load_reports()`` returns it; with it, steps from or to a partial year are no yardstick.
    findings:
        Findings of ``audit``, or a table as ``audit_all()`` returns it: rates that the audit confirmed by counts
        which the catalogue does not name for them are tested with those counts. Counts that it found not to give the
        printed rate are shown, and nothing is tested with them.

    Returns
    -------
    The table with these columns added: ``baseline_cases``, ``baseline_base``, ``cases``, ``base`` (the counts behind
    a rate, from the same place, scope and year; missing where the report does not give them, or they do not give the
    printed rate and no finding names them; the base alone where it is stated and several counts give the rate);
    ``chance_lower``, ``chance_upper`` (Newcombe, percentage points);
    ``baseline_smallest_base``, ``smallest_base`` (for rates whose base is not known; missing where the wording is not
    exact); ``usual_change`` (median absolute yearly change of the series' other years, in its unit, over steps that may
    be compared), ``history`` (how many such changes), ``times_usual`` (this yearly change over that); ``ceiling``;
    ``certainty`` (a code of ``CERTAINTIES``); ``headline`` (settled, not at a ceiling, not within chance, not on bases
    that are small or differ, not within the usual change, and not resting on a figure that the audit doubts).

    >>> import pandas as pd
    >>> from fazhi_analysis import year_over_year
    >>> metrics = pd.DataFrame({"region": "砚桥县", "year": [2023, 2024], "indicator_id": "litigation_loss_rate",
    ...     "unit": "%", "kind": "rate", "value": [12.5, 16.0], "lower": [12.45, 15.5], "upper": [12.55, 16.5]})
    >>> row = assess(year_over_year(metrics), metrics).iloc[0]
    >>> print(row["verdict"], row["baseline_smallest_base"], row["smallest_base"], row["certainty"], row["headline"])
    worsened 8 19 maybe_small_base True
    """
    table = changes.copy()
    place = series_places(changes)
    values = year_values(figures(metrics, sorted(set(place.texts) - {""})))
    compared, rate = _is(changes, "verdict", COMPARED), _is(changes, "kind", ("rate",))
    sides = _sides(changes, metrics, place, levels_of(values), findings)
    earlier, later = sides
    other_base = compared & rate & earlier.tested.known & later.tested.known & (earlier.scope != later.scope)
    tested = compared & rate & earlier.tested.known & later.tested.known & ~other_base
    ends = newcombe(later.tested.cases, later.tested.base, earlier.tested.cases, earlier.tested.base, confidence)
    chance = np.where(tested, ends[0], np.nan), np.where(tested, ends[1], np.nan)
    usual, history = usual_changes(changes, place, values, reports)
    times = np.where(compared & ~rate & (history >= 1), _times_usual(changes, usual), np.nan)
    certainty = _certainty(compared, rate, chance, sides, times)
    certainty[other_base] = _CODE["other_base"]
    certainty[compared & rate & (earlier.refuted | later.refuted)] = _CODE["refuted_base"]
    for prefix, side in zip(_PREFIXES, sides, strict=True):
        table[f"{prefix}cases"], table[f"{prefix}base"] = _whole(side.shown.cases, rate), _whole(side.shown.base, rate)
    table["chance_lower"], table["chance_upper"] = chance
    for prefix, side in zip(_PREFIXES, sides, strict=True):
        table[f"{prefix}smallest_base"] = _whole(side.smallest, side.smallest > 0)
    table["usual_change"] = np.where(rate, np.nan, usual)
    table["history"] = history
    table["times_usual"] = times
    table["ceiling"] = changes["notes"].astype("str").str.contains("ceiling").to_numpy(dtype=bool)
    table["certainty"] = category(certainty, CERTAINTIES)
    weak = np.isin(certainty, [_CODE[name] for name in _WEAK])
    doubted = _is(changes, "doubt", DOUBTS[1:]) if "doubt" in changes.columns else np.zeros(len(changes), dtype=bool)
    table["headline"] = _is(changes, "verdict", SETTLED) & ~table["ceiling"].to_numpy(dtype=bool) & ~weak & ~doubted
    return table


_PREFIXES: Final = ("baseline_", "")


@dataclass(frozen=True)
class _Side:
    """The counts behind the rates of one of the two years.

    ``tested`` are those that give the printed rate, with the ``scope`` of the base; ``shown`` moreover those that the
    audit found not to give it; ``smallest`` is the smallest base that fits a rate of which no counts are shown, 0 where
    there is none.
    """

    tested: Bases
    scope: npt.NDArray[np.object_]
    shown: Bases
    smallest: npt.NDArray[np.int64]

    @property
    def refuted(self) -> Bools:
        """Where the report gives counts that do not give the printed rate."""
        return np.asarray(self.shown.known & ~self.tested.known)


def _sides(
    changes: pd.DataFrame,
    metrics: pd.DataFrame,
    place: Codes,
    known: pd.DataFrame,
    findings: pd.DataFrame | Iterable[Finding] | None,
) -> tuple[_Side, _Side]:
    """The earlier and the later year of each change; ``known`` is a table as ``levels`` makes it."""
    confirmed = confirmed_counts(metrics, confirmed_ratios(findings))
    refuted = confirmed_counts(metrics, refuted_ratios(findings))
    rate = _is(changes, "kind", ("rate",))

    def side(prefix: str) -> _Side:
        columns = [f"{prefix}{name}" for name in ("year", "value", "lower", "upper")]
        tested, scope = confirmed.of(changes[f"{prefix}row"], bases_of(changes, place, known, *columns))
        shown = refuted.of(changes[f"{prefix}row"], tested)[0]
        return _Side(tested, scope, shown, _smallest(changes, prefix, rate & (shown.base <= 0)))

    return side(_PREFIXES[0]), side(_PREFIXES[1])


def _times_usual(changes: pd.DataFrame, usual: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """The yearly change of each row over the usual one; 0 where nothing changed."""
    apart = np.maximum((changes["year"] - changes["baseline_year"]).to_numpy(dtype=float), 1)
    own = (changes["value"] - changes["baseline_value"]).abs().to_numpy(dtype=float) / apart
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(own == 0, 0.0, own / usual)


def _is(table: pd.DataFrame, column: str, texts: tuple[str, ...]) -> Bools:
    return table[column].isin(texts).to_numpy(dtype=bool)


def _whole(numbers: npt.NDArray[Any], there: Bools) -> Any:
    """Whole numbers with gaps, as a nullable integer column."""
    import pandas as pd

    usable = there & (numbers >= 0)
    return pd.arrays.IntegerArray(np.where(usable, numbers, 0).astype(np.int64), ~usable)


def _smallest(changes: pd.DataFrame, side: str, wanted: Bools) -> npt.NDArray[np.int64]:
    value = changes[f"{side}value"].to_numpy(dtype=float)
    decimals = printed_decimals(value, changes[f"{side}lower"].to_numpy(), changes[f"{side}upper"].to_numpy())
    exact = changes[f"{side}qualifier"].isin(["exact"]).to_numpy(dtype=bool)
    return smallest_base(value, np.where(wanted & exact, decimals, -1))


def _certainty(
    compared: Bools,
    rate: Bools,
    chance: tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]],
    sides: tuple[_Side, _Side],
    times: npt.NDArray[np.float64],
) -> npt.NDArray[np.int8]:
    """Codes of ``CERTAINTIES``; ``chance`` are the ends of Newcombe's interval, NaN where nothing is tested."""
    certainty = np.zeros(len(compared), dtype=np.int8)
    # The last assignment wins: what the counts show comes after what their absence leaves open.
    certainty[compared & rate] = _CODE["no_base"]
    certainty[compared & rate & (sides[0].tested.base > 0) & (sides[1].tested.base > 0)] = _CODE["no_cases"]
    certainty[compared & ~rate] = _CODE["no_history"]
    maybe = np.zeros(len(compared), dtype=bool)
    small = np.zeros(len(compared), dtype=bool)
    for side in sides:
        maybe |= ~side.tested.known & (side.smallest > 0) & (side.smallest < SMALL_BASE)
        small |= (side.tested.base > 0) & (side.tested.base < SMALL_BASE)
    certainty[compared & rate & maybe] = _CODE["maybe_small_base"]
    certainty[compared & rate & small] = _CODE["small_base"]
    certainty[compared & (times > 1)] = _CODE["beyond_usual"]
    certainty[compared & (times <= 1)] = _CODE["within_usual"]
    tested, beyond = ~np.isnan(chance[0]), (chance[0] > 0) | (chance[1] < 0)
    certainty[tested & ~small & beyond] = _CODE["beyond_chance"]
    certainty[tested & ~small & ~beyond] = _CODE["within_chance"]
    return certainty
