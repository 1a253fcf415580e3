"""Stated changes against figures: does 同比增长21% follow from the two years' own numbers?

A claim is a row whose ``change`` is yoy_pct, yoy_abs or points. Where the earlier figure is missing, the claim implies
an interval for it, which is marked as implied, shown beside the claim, and never stored as a fact.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import numpy.typing as npt

from fazhi_analysis.analysis.claims import interpretations as readings
from fazhi_analysis.analysis.claims.matching import claim_rows, match_levels
from fazhi_analysis.analysis.comparing.rate_chance import printed_decimals
from fazhi_analysis.analysis.comparing.series_table import levels
from fazhi_analysis.analysis.comparing.year_over_year import year_over_year
from fazhi_analysis.analysis.integer_codes import category
from fazhi_analysis.analysis.series_places import check_year, resolve
from fazhi_analysis.catalogue.choices import year_asked
from fazhi_analysis.catalogue.word_lists import pattern

if TYPE_CHECKING:
    import pandas as pd

CLAIM_VERDICTS: Final = (
    "agrees",
    "agrees_by_truncation",
    "agrees_in_other_reading",
    "consistent",
    "contradicted",
    "not_comparable",
    "implied",
    "no_level",
)
"""Verdicts on a stated change; the wording is in ``messages/verdicts/claim.yaml``."""

COLUMNS: tuple[str, ...] = (
    "region_code", "region", "indicator_id", "label", "scope", "year", "change", "claimed", "claimed_lower",
    "claimed_upper", "baseline_year", "baseline_value", "baseline_lower", "baseline_upper", "value", "lower", "upper",
    "unit", "actual_lower", "actual_upper", "verdict", "reading", "reason", "implied_lower", "implied_upper",
    "other_implied_lower", "other_implied_upper", "claim_row", "row", "baseline_row",
)  # fmt: skip
"""Columns of the table of claims, in order."""

_TEXTS: Final = (
    "region_code", "region", "indicator_id", "label", "scope", "change", "unit", "reading", "reason", "claim_row",
    "row", "baseline_row",
)  # fmt: skip

_YEARS: Final = ("year", "baseline_year")
_STATISTICAL: Final = pattern("<statistical series>").pattern
_CODE = {name: code for code, name in enumerate(CLAIM_VERDICTS)}


def check_claims(
    metrics: pd.DataFrame,
    region: str | Iterable[str] | None = None,
    year: int | None = None,
    *,
    reports: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Check every stated year-on-year change against the figures of its year and of the year before.

    Parameters
    ----------
    metrics, region, reports:
        As for ``year_over_year``.
    year:
        The year whose claims are checked; None for all.

    Returns
    -------
    DataFrame
        One row a claim, columns as in ``COLUMNS``. ``claimed...`` and ``actual...`` are in percent for yoy_pct, in the
        unit of the figure for yoy_abs, in points for rates and for points. ``verdict`` is a code of
        ``CLAIM_VERDICTS`` (figures of the economy, which grow in comparable prices, are not contradicted by those of
        two reports); ``reading`` tells how the words were taken where that matters (``readings.READINGS``).
        ``implied...`` is the interval of the earlier figure that the claim implies, filled only where that figure is
        missing; ``other_implied...`` the same for the other reading.

    Raises UnknownNameError for a place or year that the data do not hold.

    >>> import pandas as pd
    >>> metrics = pd.DataFrame({
    ...     "region": "砚桥县", "year": [2023, 2024, 2024], "indicator_id": "penalty_cases", "unit": ["件", "件", "%"],
    ...     "kind": ["count", "count", "rate"], "change": ["level", "level", "yoy_pct"],
    ...     "value": [200.0, 250, 25], "lower": [200.0, 250, 24.5], "upper": [200.0, 250, 25.5]})
    >>> check_claims(metrics)[["claimed", "actual_lower", "verdict"]].values.tolist()
    [[25.0, 25.0, 'agrees']]
    """
    import pandas as pd

    year = year_asked(year)
    places = resolve(metrics, region)
    if year is not None:
        check_year(metrics, places, year)
    claims = claim_rows(metrics, places, year)
    if claims.empty:
        return _none()
    table = match_levels(claims, levels(metrics, places))
    columns = ["baseline_row", "row", "verdict", "reason"]
    bases = sorted({int(base) for base in claims["base"] if base.isdecimal()})
    pairs = pd.concat(
        [
            year_over_year(metrics, region, baseline=baseline, reports=reports)[columns].astype("str")
            for baseline in (None, *_held(metrics, bases))
        ]
    ).drop_duplicates(["baseline_row", "row"])
    pairs = pairs[(pairs["baseline_row"] != "") & (pairs["row"] != "")]
    table = table.merge(pairs.rename(columns={"verdict": "pair_verdict", "reason": "pair_reason"}), how="left")
    return _judge(table)


def _none() -> pd.DataFrame:
    """The table without a row: most years state no change, and matching nothing takes as long as matching some."""
    import pandas as pd

    kinds: dict[str, Any] = (
        dict.fromkeys(COLUMNS, "float64") | dict.fromkeys(_TEXTS, "str") | dict.fromkeys(_YEARS, "int64")
    )
    kinds["verdict"] = pd.CategoricalDtype(list(CLAIM_VERDICTS))
    return pd.DataFrame(columns=list(COLUMNS)).astype(kinds)


def _held(metrics: pd.DataFrame, years: list[int]) -> list[int]:
    """Those of the years that the data have before another one."""
    held = {int(year) for year in metrics["year"].unique()}
    return [year for year in years if year in held and year < max(held)]


def stated_decimals(claimed: float, lower: float, upper: float) -> int:
    """Decimals that a claim was printed with: read off its interval, else those of its value (approximate wordings).

    >>> stated_decimals(75.7, 75.65, 75.75), stated_decimals(12, 11.95, 12.05), stated_decimals(300, 250, 350)
    (1, 1, 0)
    """
    read = int(printed_decimals(np.array([claimed]), np.array([lower]), np.array([upper]))[0])
    return read if read >= 0 else len(f"{round(claimed, 6):.6f}".rstrip("0").partition(".")[2])


def actual_decimals(claimed: float, lower: float, upper: float) -> int:
    """Decimals with which the figures' own change is printed beside a claim: one more than the claim has, two at least.

    >>> actual_decimals(132.78, 132.775, 132.785), actual_decimals(26, 25.5, 26.5)
    (3, 2)
    """
    return max(stated_decimals(claimed, lower, upper) + 1, 2)


def _statistical(table: pd.DataFrame) -> npt.NDArray[np.bool_]:
    """Claims on figures of the economy, which grow in comparable prices and from revised bases."""
    outside = (table["indicator_id"] == "") & table["label"].str.contains(_STATISTICAL)
    return np.asarray(outside.to_numpy(dtype=bool))


def _judge(table: pd.DataFrame) -> pd.DataFrame:
    import pandas as pd

    numbers = {
        name: table[name].to_numpy(dtype=float)
        for name in (
            "claimed",
            "claimed_lower",
            "claimed_upper",
            "lower",
            "upper",
            "baseline_lower",
            "baseline_upper",
            "value",
            "baseline_value",
        )
    }
    percent = (table["change"] == "yoy_pct").to_numpy(dtype=bool)
    exact = ((table["qualifier"] == "exact") & (table["baseline_qualifier"] == "exact")).to_numpy(dtype=bool)
    rate = (table["kind"] == "rate").to_numpy(dtype=bool)
    has_level = np.isfinite(numbers["lower"])
    has_both = has_level & np.isfinite(numbers["baseline_lower"])
    forbidden = has_both & (table["pair_verdict"] == "not_comparable").to_numpy(dtype=bool)
    checked = has_both & ~forbidden

    main, other = readings.both_readings(numbers, percent, rate)
    verdict = np.full(len(table), _CODE["no_level"], dtype=np.int8)
    verdict[has_level] = _CODE["implied"]
    other_base = ((table["base"] != "") & (table["baseline_year"] == 0)).to_numpy(dtype=bool)
    verdict[forbidden | other_base] = _CODE["not_comparable"]
    in_main, in_other = readings.fit(main, numbers, exact), readings.fit(other, numbers, exact)
    verdict[checked] = _CODE["contradicted"]
    for fit, word in (
        (in_other.consistent, "consistent"),
        (in_other.agrees, "agrees_in_other_reading"),
        (in_main.consistent, "consistent"),
    ):
        verdict[checked & fit] = _CODE[word]
    verdict[checked & in_main.truncated] = _CODE["agrees_by_truncation"]
    verdict[checked & in_main.agrees] = _CODE["agrees"]
    statistical = checked & _statistical(table) & (verdict == _CODE["contradicted"])
    verdict[statistical] = _CODE["not_comparable"]
    by_other = verdict == _CODE["agrees_in_other_reading"]
    by_other |= (verdict == _CODE["consistent"]) & ~in_main.consistent
    implied = verdict == _CODE["implied"]

    def only(where: npt.NDArray[np.bool_], column: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        return np.where(where, column, np.nan)

    table["actual_lower"] = only(checked, np.where(by_other, other.actual_lower, main.actual_lower))
    table["actual_upper"] = only(checked, np.where(by_other, other.actual_upper, main.actual_upper))
    table["verdict"] = category(verdict, CLAIM_VERDICTS)
    table["reading"] = pd.array(np.where(by_other, other.name, main.name), dtype="str")
    reason = np.where(other_base, "other_base", np.where(forbidden, table["pair_reason"].astype("str"), ""))
    reason = np.where(statistical, "statistical", reason)
    table["reason"] = pd.array(reason, dtype="str")
    table["implied_lower"], table["implied_upper"] = (
        only(implied, main.implied_lower),
        only(implied, main.implied_upper),
    )
    table["other_implied_lower"] = only(implied, other.implied_lower)
    table["other_implied_upper"] = only(implied, other.implied_upper)
    return table[list(COLUMNS)]
