"""The bundled data and notebooks are found."""

from __future__ import annotations

from fazhi_analysis._paths import bundled_data, bundled_notebooks


def test_data_and_notebooks_are_there() -> None:
    assert {"reports", "sample"} <= {path.name for path in bundled_data().iterdir()}
    assert (bundled_notebooks() / "year_over_year.ipynb").is_file()
