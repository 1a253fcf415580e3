"""Units: what may be compared, and what never."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fazhi_analysis.catalogue import base_unit, comparable_units, known_units, load_catalogue, unit_group


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("件", "宗"),
        ("件", "起"),
        ("例", "件"),
        ("人", "名"),
        ("户", "家"),
        ("批", "批次"),
        ("场", "次"),
        ("万元", "元"),
    ],
)
def test_words_for_the_same_thing(one: str, other: str):
    assert comparable_units(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("项", "条"),
        ("件", "项"),
        ("人", "人次"),
        ("批", "人次"),
        ("件", "份"),
        ("%", "个百分点"),
        ("户", "户次"),
        ("篇", "条"),
    ],
)
def test_words_for_different_things(one: str, other: str):
    assert not comparable_units(one, other)


@given(st.text(max_size=4), st.text(max_size=4))
def test_comparing_is_the_same_both_ways(one: str, other: str):
    assert comparable_units(one, one)
    assert comparable_units(one, other) == comparable_units(other, one)


@given(st.sampled_from(known_units()))
def test_a_unit_and_its_base_compare(unit: str):
    base, factor = base_unit(unit)
    assert unit_group(unit) == unit_group(base)
    assert factor >= 1
    assert base_unit(base) == (base, 1.0)


def test_money_is_multiplied_out():
    assert base_unit("亿元") == ("元", 1e8)
    assert base_unit("万元") == ("元", 1e4)


def test_units_of_the_catalogue_are_known():
    assert {item.unit for item in load_catalogue()} <= set(known_units())
