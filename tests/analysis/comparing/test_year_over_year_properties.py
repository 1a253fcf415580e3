"""Year over year beside a plain loop, whatever the rows and their order."""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.analysis.conftest import make_table

from fazhi_analysis.analysis.comparing.year_over_year import year_over_year
from fazhi_analysis.model import Interval


def test_more_combinations_of_texts_than_a_key_holds() -> None:
    """Keys number the labels, units and scopes that occur, not all that could."""
    count = 40_000
    texts = pd.Series(np.arange(count).astype(str))
    table = pd.DataFrame(
        {
            "row_id": texts,
            "region": "县" + texts,
            "year": 2023,
            "indicator_id": "",
            "label": "数" + texts,
            "scope": "口径" + (texts.astype(int) % 300).astype(str),
            "unit": "量" + texts,
            "kind": "count",
            "value": 1.0,
            "lower": 1.0,
            "upper": 1.0,
        }
    )
    later = table.assign(year=2024, row_id=texts + "b", value=2.0, lower=2.0, upper=2.0)
    changes = year_over_year(pd.concat([table, later], ignore_index=True))
    assert len(changes) == count
    assert (changes["verdict"] == "increased").all()
    assert (changes["row"] == changes["baseline_row"] + "b").all()


# The whole against a plain loop

figure = st.fixed_dictionaries(
    {
        "year": st.sampled_from([2021, 2022, 2023]),
        "region_code": st.sampled_from(["990124", "159928"]),
        "indicator_id": st.sampled_from(["penalty_cases", "litigation_lost", ""]),
        "label": st.sampled_from(["甲", "乙"]),
        "scope": st.sampled_from(["", "本级"]),
        "unit": st.sampled_from(["件", "宗", "条"]),
        "role": st.sampled_from(["result", "result", "result", "plan"]),
        "value": st.integers(0, 6),
        "width": st.integers(0, 3),
    }
)
GROUP = {"件": "case", "宗": "case", "条": "clause"}


def plain(rows: list[dict[str, Any]]) -> dict[tuple[Any, ...], str]:
    """Year over year the slow way, straight from the rules: verdicts by place, series and later year."""
    reported: dict[str, set[int]] = {}
    values: dict[tuple[Any, ...], list[dict[str, Any]]] = {}
    for row in rows:
        reported.setdefault(row["region_code"], set()).add(row["year"])
        if row["role"] == "result":
            item = (row["indicator_id"],) if row["indicator_id"] else ("", row["label"], GROUP[row["unit"]])
            values.setdefault((row["region_code"], item, row["scope"], row["year"]), []).append(row)
    verdicts = {}
    for place, years in reported.items():
        ordered = sorted(years)
        for before, after in itertools.pairwise(ordered):
            for key in {key[:3] for key in values if key[0] == place and key[3] in (before, after)}:
                base, later = values.get((*key, before)), values.get((*key, after))
                verdicts[(*key, after)] = _verdict(base, later, key[1][0])
    return verdicts


def _verdict(base: list[dict[str, Any]] | None, later: list[dict[str, Any]] | None, indicator: str) -> str:
    for side in (base or [], later or []):
        if len({(row["value"], row["width"], GROUP[row["unit"]]) for row in side}) > 1:
            return "not_comparable"
    if not base or not later:
        return "new" if later else "dropped"
    if GROUP[base[0]["unit"]] != GROUP[later[0]["unit"]]:
        return "not_comparable"
    ends = [Interval(side[0]["value"], side[0]["value"] + side[0]["width"]) for side in (later, base)]
    change = ends[0] - ends[1]
    if change.lower == change.upper == 0:
        return "unchanged"
    up, down = ("worsened", "improved") if indicator == "litigation_lost" else ("increased", "decreased")
    return up if change.lower > 0 else down if change.upper < 0 else "uncertain"


@settings(max_examples=40, deadline=None)
@given(st.lists(figure, min_size=1, max_size=30))
def test_verdicts_are_those_of_a_plain_loop(rows: list[dict[str, Any]]) -> None:
    table = year_over_year(
        make_table(*({**row, "region": row["region_code"], "upper": row["value"] + row["width"]} for row in rows))
    )
    found = {}
    for row in table.to_dict("records"):
        item = (row["indicator_id"],) if row["indicator_id"] else ("", row["label"], GROUP[row["unit"]])
        key = (row["region_code"], item, row["scope"], row["year"])
        assert key not in found
        found[key] = row["verdict"]
    assert found == plain(rows)


@settings(max_examples=15, deadline=None)
@given(st.lists(figure, min_size=2, max_size=30), st.randoms())
def test_the_order_of_rows_does_not_matter(rows: list[dict[str, Any]], random: Any) -> None:
    metrics = make_table(*({**row, "region": row["region_code"], "upper": row["value"] + row["width"]} for row in rows))
    shuffled = metrics.sample(frac=1, random_state=random.randrange(2**31)).reset_index(drop=True)
    keys = ["region_code", "indicator_id", "label", "scope", "year", "verdict", "change_lower"]
    tables = [year_over_year(table)[keys].astype("str").drop(columns="label") for table in (metrics, shuffled)]
    assert sorted(map(tuple, tables[0].to_numpy().tolist())) == sorted(map(tuple, tables[1].to_numpy().tolist()))
