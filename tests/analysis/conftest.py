"""Small tables of figures about places that do not exist, in the dtypes of the loader, plain texts and objects."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest

from fazhi_analysis.analysis.comparing.year_over_year import year_over_year

CATEGORIES = (
    "report_id",
    "region_code",
    "region",
    "indicator_id",
    "unit",
    "qualifier",
    "kind",
    "role",
    "change",
    "origin",
    "source",
)
TEXTS = ("row_id", "label", "period", "scope", "section", "item", "quote", "duplicate_of")
YANQIAO = {"region_code": "990124", "region": "云岭省望溪市砚桥县"}

Maker = Callable[..., pd.DataFrame]


def make_table(*rows: dict[str, Any], dtypes: str = "loaded") -> pd.DataFrame:
    """One row a dictionary; what it does not say is an exact count of penalty cases of one county in 2024."""
    records = []
    for number, given in enumerate(rows, 1):
        row: dict[str, Any] = {**YANQIAO, "year": 2024, "indicator_id": "penalty_cases", "unit": "件", "kind": "count"}
        row |= {"qualifier": "exact", "role": "result", "change": "level", "origin": "text", "is_metric": True}
        row |= dict.fromkeys(("period", "scope", "section", "item", "quote", "duplicate_of", "source", "label"), "")
        row |= given
        value = float(row["value"])
        row.setdefault("lower", value)
        row.setdefault("upper", value)
        row.setdefault("report_id", f"{row['region_code'] or row['region']}-{row['year']}")
        row.setdefault("row_id", f"r{number}")
        records.append(row)
    table = pd.DataFrame(records)
    table[["value", "lower", "upper"]] = table[["value", "lower", "upper"]].astype("float64")
    names = [name for name in (*CATEGORIES, *TEXTS) if name in table.columns]
    if dtypes == "object":
        return table.astype(dict.fromkeys(names, object))
    table = table.astype(dict.fromkeys(names, "str"))
    return table.astype(dict.fromkeys(CATEGORIES, "category")) if dtypes == "loaded" else table


@pytest.fixture
def make() -> Maker:
    return make_table


@pytest.fixture(params=["loaded", "str", "object"])
def make_any(request: pytest.FixtureRequest) -> Maker:
    """The same tables in each of the dtypes that callers come with."""

    def maker(*rows: dict[str, Any]) -> pd.DataFrame:
        return make_table(*rows, dtypes=request.param)

    return maker


def one(table: pd.DataFrame) -> pd.Series[Any]:
    assert len(table) == 1, table
    return table.iloc[0]


def two_years(make: Maker, earlier: dict[str, Any], later: dict[str, Any]) -> pd.Series[Any]:
    return one(year_over_year(make({"year": 2023, **earlier}, {"year": 2024, **later})))
