"""Which figure a stated change speaks of: by catalogue id, else by label without the words for change."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import numpy as np

from fazhi_analysis.analysis.comparing.changes import row_ids
from fazhi_analysis.analysis.comparing.denied_changes import stem, tells_fall
from fazhi_analysis.analysis.comparing.series import figures
from fazhi_analysis.analysis.comparing.usable import UNUSABLE, unusable_codes
from fazhi_analysis.analysis.integer_codes import encode

if TYPE_CHECKING:
    import pandas as pd

CLAIM_CHANGES = ("yoy_pct", "yoy_abs", "points")
_TIMES = "倍"

_MEASURE = re.compile(r"(?:件次|人次|项次|户次|场次|件数|人数|个数|项数|份数|次数|家数|户数|数量|数)$")


def bare(label: str) -> str:
    """The stem without its word for what is counted, so that 收案增幅 finds 收案数.

    >>> bare("行政复议申请收案增幅") == bare("行政复议申请收案数")
    True
    """
    short = stem(label)
    return _MEASURE.sub("", short) or short


def claim_rows(metrics: pd.DataFrame, places: Sequence[str] | None, year: int | None) -> pd.DataFrame:
    """The stated changes of some places and a year: results only, each counted once.

    Columns: place, region_code, region, indicator_id, label, scope, year, period, change, base, claimed, claimed_lower,
    claimed_upper, claim_row. A fall printed as a positive number is turned into a negative change; 倍 become percent
    (增长2倍 is +200 %). ``base`` is what the change is measured from, empty for the year before.
    """
    import pandas as pd

    data = figures(metrics, places, None if year is None else [year])
    change = data.text("change", "level")
    stated = unusable_codes(data) == UNUSABLE.index("change_only")
    rows = np.flatnonzero(stated & change.per_row(CLAIM_CHANGES.__contains__, bool) & np.isfinite(data.lower))
    times = np.where(data.unit.per_row(lambda unit: unit == _TIMES, bool)[rows], 100.0, 1.0)
    value, lower, upper = (column[rows] * times for column in (data.value, data.lower, data.upper))
    turned = data.label.per_row(tells_fall, bool)[rows] & (value > 0)

    def text(column: pd.Categorical[str]) -> pd.Series[str]:
        return pd.Series(column).astype("str")

    return pd.DataFrame(
        {
            "place": text(data.place.categorical(rows)),
            "region_code": text(data.region_code.categorical(rows)),
            "region": text(data.region.categorical(rows)),
            "indicator_id": text(data.indicator.categorical(rows)),
            "label": text(data.label.categorical(rows)),
            "scope": text(data.scope.categorical(rows)),
            "year": data.year[rows],
            "period": text(data.period.categorical(rows)),
            "change": text(change.categorical(rows)),
            "base": text(data.text("base").categorical(rows)),
            "claimed": np.where(turned, -value, value),
            "claimed_lower": np.where(turned, -upper, lower),
            "claimed_upper": np.where(turned, -lower, upper),
            "claim_row": row_ids(metrics, data.rows, rows),
        }
    )


_LEVEL = ("value", "lower", "upper", "qualifier", "unit", "kind", "row", "series")
_EARLIER = ("year", "value", "lower", "upper", "qualifier", "row")


def match_levels(claims: pd.DataFrame, known: pd.DataFrame) -> pd.DataFrame:
    """Add to each claim the figure that it speaks of, and that figure one year earlier.

    ``known`` is a table as ``levels`` makes it. A label that fits several figures fits none; the earlier year is that
    of the claim's base, the year before where it names none. Added: value, lower, upper,
    qualifier, unit, kind, row, and baseline_year, baseline_value and so on.
    """
    import pandas as pd

    usable = known[~known["conflict"]].copy()
    for name in ("place", "indicator_id", "label", "scope", "period", "unit", "unit_group", "kind", "qualifier"):
        usable[name] = usable[name].astype("str")
    by_label = ":" + usable["label"] + "|" + usable["unit_group"]
    item = usable["indicator_id"].where(usable["indicator_id"] != "", by_label)
    usable["series"] = usable["place"] + "\n" + item + "\n" + usable["scope"]
    usable["bare"] = _mapped(usable["label"], bare)
    table = claims.copy()
    table["stem"], table["bare"] = _mapped(table["label"], stem), _mapped(table["label"], bare)
    found = pd.DataFrame(index=table.index, columns=list(_LEVEL), dtype=object)
    for mine, theirs in (("indicator_id", "indicator_id"), ("stem", "label"), ("bare", "bare")):
        keys = ["place", "scope", "year", "period", theirs]
        unique = usable[usable[theirs] != ""].drop_duplicates(keys, keep=False)
        open_rows = table[found["row"].isna()]
        left = open_rows[["place", "scope", "year", "period", mine]].rename(columns={mine: theirs}).reset_index()
        hits = left.merge(unique[[*keys, *_LEVEL]], on=keys).set_index("index")
        found.loc[hits.index, list(_LEVEL)] = hits[list(_LEVEL)].astype(object)
    for name in ("value", "lower", "upper"):
        table[name] = found[name].astype(float)
    for name in ("qualifier", "unit", "kind", "row", "series"):
        table[name] = found[name].fillna("").astype("str")
    earlier = usable[["series", "year", "period", "value", "lower", "upper", "qualifier", "row"]]
    earlier = earlier.rename(columns={name: f"baseline_{name}" for name in _EARLIER})
    stated = pd.to_numeric(table["base"], errors="coerce")
    # A change over an average, a month or a target has no earlier year at all: 0 is no year of any figure.
    table["baseline_year"] = stated.where(table["base"] != "", table["year"] - 1).fillna(0).astype("int64")
    table = table.merge(earlier, how="left", on=["series", "baseline_year", "period"])
    for name in ("baseline_row", "baseline_qualifier"):
        table[name] = table[name].fillna("").astype("str")
    return table.drop(columns=["stem", "bare", "series"])


def _mapped(labels: pd.Series[str], function: Callable[[str], str]) -> pd.Series[str]:
    """A function of the label, called once a distinct label."""
    import pandas as pd

    return pd.Series(encode(labels).per_row(function, object), index=labels.index).astype("str")
