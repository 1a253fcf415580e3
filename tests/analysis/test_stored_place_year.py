"""What the data hold of a place and year: each table read once, its rows in order, its figures as the file has them."""

from __future__ import annotations

import hashlib
import io

import pandas as pd
import pytest

from fazhi_analysis.analysis.place_year import PlaceYear
from fazhi_analysis.analysis.stored_place_year import StoredPlaceYear


@pytest.fixture(scope="module")
def sample() -> StoredPlaceYear:
    found = PlaceYear.open(region="霁原旗", year=2024)
    return StoredPlaceYear(
        found.data, found.region_code, found.region, found.year, found.baseline, found.years, found.places
    )


def test_reports_stand_latest_first(sample: StoredPlaceYear) -> None:
    assert [report["year"] for report in sample.reports] == [2024, 2023]
    assert [report["year"] for report in sample.reports_of([2021, 2022])] == [2022, 2021]
    assert [sample.is_text_kept(year) for year in (2024, 1999)] == [True, False]


def test_rows_are_those_of_the_year_in_the_order_of_the_text(sample: StoredPlaceYear) -> None:
    rows = sample.rows()
    assert rows
    assert {row["year"] for row in rows} == {2024}
    starts = [row["start"] for row in rows]
    assert starts == sorted(starts)
    assert all(sample.rows_by_id[row["row_id"]] == row for row in rows)
    assert not sample.is_selection(2024)


def test_the_file_of_figures_holds_the_years_asked_for_and_its_digest_is_of_that_file(sample: StoredPlaceYear) -> None:
    written = sample.figures_csv([2023, 2024])
    table = pd.read_csv(io.BytesIO(written))
    assert sorted(table["year"].unique()) == [2023, 2024]
    assert len(table) == len(sample.rows(2023)) + len(sample.rows(2024))
    assert sample.digest([2023, 2024]) == hashlib.sha256(written).hexdigest() != sample.digest([2024])


def test_a_sample_place_has_its_peers_in_the_sample(sample: StoredPlaceYear) -> None:
    assert sample.is_fictional
    assert str(sample.peers_data).endswith("sample")
    assert sample.place == "霁原旗"
