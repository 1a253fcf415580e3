"""What a comparison counts as is decided once: doubted before slight before its verdict; and everything counts once."""

from __future__ import annotations

from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fazhi_analysis.analysis.comparing.decisions import COUNTED, ComparedChange, ComparedYears
from fazhi_analysis.analysis.comparing.reasons import COMPARED, SETTLED, VERDICTS
from fazhi_analysis.analysis.comparing.significance import CERTAINTIES
from fazhi_analysis.analysis.place_year import PlaceYear
from fazhi_analysis.analysis.rows import ChangeRow
from fazhi_analysis.model import Finding

DOUBT = (Finding("ratio-1", "ratio", "error", "", ""),)


def change(verdict: str, *, headline: bool = True, doubted: bool = False, **row: Any) -> ComparedChange:
    given_row = {
        "verdict": verdict,
        "headline": headline and verdict in SETTLED and not doubted,
        "reason": "",
        "certainty": "",
        "kind": "count",
        "baseline_value": 100.0,
        "value": 150.0,
        "row": "b",
        "baseline_row": "a",
        **row,
    }
    return ComparedChange(cast("ChangeRow", given_row), DOUBT if doubted else ())


@pytest.mark.parametrize(
    ("one", "word"),
    [
        (change("improved"), "improved"),
        (change("improved", headline=False), "slight"),
        (change("improved", doubted=True), "doubtful"),
        (change("unchanged"), "unchanged"),
        (change("uncertain", doubted=True), "doubtful"),
        (change("new", doubted=True), "new"),
        (change("not_comparable"), "not_comparable"),
        (change("not_comparable", reason="selection"), "selection"),
    ],
)
def test_what_a_comparison_counts_as(one: ComparedChange, word: str) -> None:
    assert one.counted_as == word


def test_a_doubted_figure_has_no_direction_of_its_own() -> None:
    one = change("worsened", doubted=True)
    assert (one.drawn_as, one.is_settled, one.is_slight) == ("doubtful", False, False)
    assert change("worsened").drawn_as == "worsened"


@pytest.mark.parametrize("code", CERTAINTIES)
def test_what_speaks_against_a_change_is_asked_of_changes_with_a_direction_only(code: str) -> None:
    assert change("uncertain", certainty=code).against == ""
    against = change("increased", certainty=code).against
    assert against in ("", code)
    assert bool(against) == (code not in ("", "no_base", "no_history", "beyond_usual", "beyond_chance"))


CHANGES = st.lists(
    st.builds(
        change,
        st.sampled_from(VERDICTS),
        headline=st.booleans(),
        doubted=st.booleans(),
        reason=st.sampled_from(["", "selection", "period"]),
        value=st.integers(1, 500).map(float),
    ),
    max_size=30,
)


@given(CHANGES)
def test_everything_counts_once_and_a_headline_names_only_what_is_plain(changes: list[ComparedChange]) -> None:
    years = ComparedYears(tuple(changes))
    assert sum(years.counts.values()) == len(changes)
    assert list(years.counts) == [word for word in COUNTED if word in years.counts]
    assert len(years.compared) == len(years.plain) + len(years.doubted)
    assert {one.verdict for one in years.compared} <= set(COMPARED)
    assert len(years.headline) <= 6
    assert all(one.row["headline"] and not one.findings for one in years.headline)
    directed = [one for one in years.headline if one.verdict in ("improved", "worsened")]
    assert len(directed) <= 4
    assert list(years.headline[: len(directed)]) == directed
    named = {id(one) for one in years.headline}
    worse = [one for one in years.plain if one.verdict == "worsened" and id(one) not in named]
    assert [id(one) for one in years.other_worse] == [id(one) for one in worse]


def test_the_largest_changes_are_named_first() -> None:
    small, large = change("increased", value=110.0), change("increased", value=900.0)
    assert ComparedYears((small, large)).headline == (large, small)


def test_without_an_earlier_year_nothing_is_decided() -> None:
    place_year = PlaceYear.open(region="鄂托克前旗", year=2023)
    assert place_year.baseline is None
    assert len(place_year.changes) == 0
    assert place_year.changes.counts == {}


def test_the_doubts_of_the_decisions_are_those_of_the_table() -> None:
    place_year = PlaceYear.open(region="霁原旗", year=2024)
    assert place_year.changes.doubted
    for one in place_year.changes:
        assert bool(one.findings) == bool(one.row["doubt"])
