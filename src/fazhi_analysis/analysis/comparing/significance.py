"""Is a change real: could chance alone explain a rate's, and is a count's beyond what the series usually does?

Nothing here says that a change is important. For a rate whose counts stand in the same report, Newcombe's interval says
what chance allows; without counts, the smallest base that fits the printed rate says how little may lie behind it. A
count is held against the median yearly change of its own series, when at least three years exist.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import numpy.typing as npt

from fazhi_analysis.analysis.codes import Bools, category
from fazhi_analysis.analysis.comparing.bases import Bases, bases_of, confirmed_counts
from fazhi_analysis.analysis.comparing.levels import levels_of
from fazhi_analysis.analysis.comparing.rates import SMALL_BASE, newcombe, printed_decimals, smallest_base
from fazhi_analysis.analysis.comparing.reasons import COMPARED, SETTLED
from fazhi_analysis.analysis.comparing.series import figures
from fazhi_analysis.analysis.comparing.spread import usual_changes
from fazhi_analysis.analysis.comparing.year_values import year_values
from fazhi_analysis.analysis.doubts import DOUBTS, confirmed_ratios, refuted_ratios
from fazhi_analysis.analysis.places import series_places

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
)
"""What can be said on whether a change is real; the wording is in ``messages/comparison.yaml``."""

_CODE = {name: code for code, name in enumerate(CERTAINTIES)}
_WEAK = ("within_chance", "small_base", "other_base", "refuted_base", "within_usual")
SURE_ENOUGH: Final = ("", "no_base", "no_history", "beyond_usual", "beyond_chance")
"""Codes that do not speak against a change being real; all others of ``CERTAINTIES`` do."""


def assess(
    changes: pd.DataFrame,
    metrics: pd.DataFrame,
    confidence: float = 0.95,
    *,
    reports: pd.DataFrame | None = None,
    findings: pd.DataFrame | Iterable[Finding] | None = None,
) -> pd.DataFrame:
    """Add to a table of changes what can be said on whether each is real.

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
        Findings of ``audit``, or a table as ``load_findings()`` returns it: rates that the audit confirmed by counts
        which the catalogue does not name for them are tested with those counts. Counts that it found not to give the
        printed rate are shown, and nothing is tested with them.

    Returns
    -------
    The table with these columns added: ``baseline_cases``, ``baseline_base``, ``cases``, ``base`` (the counts behind
    a rate, from the same place, scope and year; missing where the report does not give them, or they do not give the
    printed rate and no finding names them); ``chance_lower``, ``chance_upper`` (Newcombe, percentage points);
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
    known = levels_of(values)
    compared = _is(changes, "verdict", COMPARED)
    rate = _is(changes, "kind", ("rate",))
    earlier = bases_of(changes, place, known, "baseline_year", "baseline_value", "baseline_lower", "baseline_upper")
    later = bases_of(changes, place, known, "year", "value", "lower", "upper")
    counts = confirmed_counts(metrics, confirmed_ratios(findings))
    earlier, earlier_scope = counts.of(changes["baseline_row"], earlier)
    later, later_scope = counts.of(changes["row"], later)
    both = earlier.known & later.known
    shown = confirmed_counts(metrics, refuted_ratios(findings))
    shown_before, shown_after = shown.of(changes["baseline_row"], earlier)[0], shown.of(changes["row"], later)[0]
    refuted = (shown_before.known & ~earlier.known) | (shown_after.known & ~later.known)
    other_base = compared & rate & both & (earlier_scope != later_scope)
    tested = compared & rate & both & ~other_base
    chance = newcombe(later.cases, later.base, earlier.cases, earlier.base, confidence)
    chance_lower, chance_upper = (np.where(tested, end, np.nan) for end in chance)
    small = (
        _smallest(changes, "baseline_", rate & ~shown_before.known),
        _smallest(changes, "", rate & ~shown_after.known),
    )
    usual, history = usual_changes(changes, place, values, reports)
    apart = np.maximum((changes["year"] - changes["baseline_year"]).to_numpy(dtype=float), 1)
    own = (changes["value"] - changes["baseline_value"]).abs().to_numpy(dtype=float) / apart
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = np.where(own == 0, 0.0, own / usual)
    times = np.where(compared & ~rate & (history >= 1), ratio, np.nan)
    ceiling = changes["notes"].astype("str").str.contains("ceiling").to_numpy(dtype=bool)
    certainty = _certainty(compared, rate, tested, chance_lower, chance_upper, (earlier, later), small, times)
    certainty[other_base] = _CODE["other_base"]
    certainty[compared & rate & refuted] = _CODE["refuted_base"]
    weak = np.isin(certainty, [_CODE[name] for name in _WEAK])
    table["baseline_cases"], table["baseline_base"] = _whole(shown_before.cases, rate), _whole(shown_before.base, rate)
    table["cases"], table["base"] = _whole(shown_after.cases, rate), _whole(shown_after.base, rate)
    table["chance_lower"], table["chance_upper"] = chance_lower, chance_upper
    table["baseline_smallest_base"], table["smallest_base"] = (_whole(one, one > 0) for one in small)
    table["usual_change"] = np.where(rate, np.nan, usual)
    table["history"] = history
    table["times_usual"] = times
    table["ceiling"] = ceiling
    table["certainty"] = category(certainty, CERTAINTIES)
    doubted = _is(changes, "doubt", DOUBTS[1:]) if "doubt" in changes.columns else np.zeros(len(changes), dtype=bool)
    table["headline"] = _is(changes, "verdict", SETTLED) & ~ceiling & ~weak & ~doubted
    return table


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
    tested: Bools,
    chance_lower: npt.NDArray[np.float64],
    chance_upper: npt.NDArray[np.float64],
    counts: tuple[Bases, Bases],
    smallest: tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]],
    times: npt.NDArray[np.float64],
) -> npt.NDArray[np.int8]:
    certainty = np.zeros(len(compared), dtype=np.int8)
    # The last assignment wins: what the counts show comes after what their absence leaves open.
    certainty[compared & rate] = _CODE["no_base"]
    certainty[compared & ~rate] = _CODE["no_history"]
    maybe = np.zeros(len(compared), dtype=bool)
    small = np.zeros(len(compared), dtype=bool)
    for bases, fit in zip(counts, smallest, strict=True):
        maybe |= ~bases.known & (fit > 0) & (fit < SMALL_BASE)
        small |= bases.known & (bases.base < SMALL_BASE)
    certainty[compared & rate & maybe] = _CODE["maybe_small_base"]
    certainty[compared & rate & small] = _CODE["small_base"]
    certainty[compared & (times > 1)] = _CODE["beyond_usual"]
    certainty[compared & (times <= 1)] = _CODE["within_usual"]
    beyond = (chance_lower > 0) | (chance_upper < 0)
    certainty[tested & ~small & beyond] = _CODE["beyond_chance"]
    certainty[tested & ~small & ~beyond] = _CODE["within_chance"]
    return certainty
