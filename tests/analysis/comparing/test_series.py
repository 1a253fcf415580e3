"""The parts that series are made of: codes, periods, places, publishers."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.analysis.conftest import Maker

from fazhi_analysis.analysis.comparing.periods import normalise
from fazhi_analysis.analysis.comparing.series_table import levels
from fazhi_analysis.analysis.comparing.year_values import sort_keys
from fazhi_analysis.analysis.integer_codes import combine, encode
from fazhi_analysis.analysis.series_places import resolve
from fazhi_analysis.analysis.sources import publisher, report_suffix
from fazhi_analysis.errors import UnknownNameError

texts = st.lists(st.sampled_from(["", "件", "宗", "a;b", None]), max_size=20)


@given(texts, st.sampled_from(["object", "str", "category", "string"]))
def test_codes_give_the_texts_back_whatever_the_dtype(column: list[str | None], dtype: str) -> None:
    codes = encode(pd.Series(column, dtype=object).astype(dtype))
    assert [codes.texts[code] for code in codes.codes] == [text or "" for text in column]
    assert codes.texts[0] == ""
    assert len(set(codes.texts)) == len(codes.texts)


def test_many_texts_do_not_overflow_small_codes() -> None:
    for count in (126, 127, 128, 129, 32767, 32768):
        values = [f"t{number}" for number in range(count)]
        codes = encode(pd.Series(values, dtype="category"))
        assert codes.texts[codes.codes[-1]] in values
        assert len(set(codes.codes.tolist())) == count


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 6), st.integers(0, 2)), min_size=1, max_size=30))
def test_combined_keys_order_like_tuples(rows: list[tuple[int, int, int]]) -> None:
    columns = [np.array(column) for column in zip(*rows, strict=True)]
    key = combine((columns[0], 5), (columns[1], 7), (columns[2], 3))
    assert [rows[place] for place in np.argsort(key, kind="stable")] == sorted(rows)


def test_too_many_combinations_are_an_error_not_a_collision() -> None:
    with pytest.raises(OverflowError):
        combine((np.array([1]), 2**32), (np.array([1]), 2**32))


@given(st.lists(st.integers(0, 2**50), min_size=1, max_size=60))
def test_sorted_keys_are_stable_small_or_large(keys: list[int]) -> None:
    for factor in (1, 2**11):
        sorted_keys, order = sort_keys(np.array(keys) * factor)
        assert sorted_keys.tolist() == sorted(key * factor for key in keys)
        assert order.tolist() == sorted(range(len(keys)), key=lambda place: (keys[place], place))


@pytest.mark.parametrize("period", ["", "2023", "2023年", "2023年度", "2023年1月至12月", "2023-01/2023-12", "2023 年"])
def test_the_full_year(period: str) -> None:
    assert normalise(period, 2023) == "Y"


@pytest.mark.parametrize(
    "period", ["2021以来", "2022", "2023年上半年", "2023-01", "2007-2023", "累计至2023", "截至2023年底", "计划"]
)
def test_not_the_full_year(period: str) -> None:
    assert normalise(period, 2023) != "Y"


@given(st.sampled_from(["{0}以来", "{0}-08至{1}-07", "{1}年上半年", "{0}-{1}"]), st.integers(1990, 2080))
def test_the_same_period_looks_the_same_from_every_year(form: str, year: int) -> None:
    assert normalise(form.format(year - 1, year), year) == normalise(form.format(year, year + 1), year + 1)


def test_places_without_data_are_named(make: Maker) -> None:
    metrics = make({"value": 1})
    with pytest.raises(UnknownNameError, match=r"延庆区.*砚桥县"):
        resolve(metrics, "延庆区")
    assert resolve(metrics, None) is None


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("https://sfj.gz.gov.cn/a", "gz.gov.cn"),
        ("http://www.moj.gov.cn:8080/x", "national:moj.gov.cn"),
        ("https://www.gov.cn/x", "national:www.gov.cn"),
        ("https://example.org/x", "example.org"),
        ("ab" * 32, ""),
        ("http://[broken", ""),
        ("", ""),
    ],
)
def test_publishers(address: str, name: str) -> None:
    assert publisher(address) == name


def test_report_suffixes() -> None:
    assert [report_suffix(text) for text in ("990124-2024", "990124-2024-b", "x12ab34cd-2024-c-d")] == ["", "b", "c-d"]


def test_levels_hold_one_figure_a_series_and_year(make_any: Maker) -> None:
    table = levels(make_any({"value": 1}, {"value": 1}, {"year": 2023, "value": 2}, {"value": 3, "role": "plan"}))
    assert table[["year", "value", "row", "conflict"]].values.tolist() == [
        [2023, 2, "r3", False],
        [2024, 1, "r1", False],
    ]
