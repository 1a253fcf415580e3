"""What a comparison counts as is decided once: doubted before slight before its verdict; and everything counts once."""

from __future__ import annotations

from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fazhi_analysis.analysis.comparing.headline_changes import COUNTED, ComparedChange, ComparedYears
from fazhi_analysis.analysis.comparing.reasons import COMPARED, SETTLED, VERDICTS
from fazhi_analysis.analysis.comparing.significance import CERTAINTIES
from fazhi_analysis.analysis.place_year import PlaceYear
from fazhi_analysis.analysis.result_rows import ChangeRow
from fazhi_analysis.model import Finding

DOUBT = (Finding("ratio-1", "ratio", "error", "", ""),)


def change(verdict: str, *, headline: bool = True, doubted: bool = False, **row: Any) -> ComparedChange:
    before, after = row.get("baseline_value", 100.0), row.get("value", 150.0)
    relative = after / before - 1 if before else float("nan")
    given_row = {
        "indicator_id": "",
        **dict.fromkeys(("change_lower", "change_upper"), after - before),
        **dict.fromkeys(("relative_lower", "relative_upper"), relative),
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
    assert bool(against) == (code not in ("", "no_base", "no_cases", "no_history", "beyond_usual", "beyond_chance"))


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


def test_importance_goes_before_the_size_of_the_number() -> None:
    review = change("increased", indicator_id="reconsideration_accepted", baseline_value=86.0, value=197.0)
    leaflets = change("increased", baseline_value=100000.0, value=140000.0)
    open_end = change("increased", baseline_value=100000.0, value=140000.0, relative_lower=0.0, relative_upper=0.4)
    years = ComparedYears((leaflets, open_end, review))
    assert years.headline == (review, leaflets, open_end)
    assert open_end.size == 0
    assert review.importance > leaflets.importance


@pytest.mark.parametrize(
    ("smaller", "larger"),
    [
        ({"baseline_value": 2.0, "value": 3.0}, {"baseline_value": 380.0, "value": 520.0}),
        ({"baseline_value": 380.0, "value": 520.0}, {"baseline_value": 86.0, "value": 197.0}),
        ({"baseline_value": 4.0, "value": 0.0}, {"baseline_value": 90.0, "value": 0.0}),
        ({"baseline_value": 200.0, "value": 180.0}, {"baseline_value": 200.0, "value": 100.0}),
        (
            {"kind": "rate", "baseline_value": 99.0, "value": 99.9},
            {"kind": "rate", "baseline_value": 88.0, "value": 96.0},
        ),
    ],
)
def test_the_size_of_a_change_is_that_of_the_change(smaller: dict[str, Any], larger: dict[str, Any]) -> None:
    assert change("increased", **smaller).size < change("increased", **larger).size


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
