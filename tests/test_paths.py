"""The bundled data and notebooks are found, and what environment variables name."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from fazhi_analysis._paths import OWN_FILES, OWN_FOLDERS, bundled_data, bundled_notebooks, settle_environment


def test_data_and_notebooks_are_there() -> None:
    assert {"reports", "sample"} <= {path.name for path in bundled_data().iterdir()}
    assert (bundled_notebooks() / "year_over_year.ipynb").is_file()


def test_paths_in_the_environment_count_from_the_folder_of_the_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in (*OWN_FILES, *OWN_FOLDERS):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("FAZHI_CATALOGUE", "我的指标.csv")
    monkeypatch.setenv("FAZHI_CACHE", "../cache")
    full = {"FAZHI_CATALOGUE": str(tmp_path / "我的指标.csv"), "FAZHI_CACHE": str(tmp_path.parent / "cache")}
    assert settle_environment() == full
    monkeypatch.chdir(tmp_path.parent)
    assert settle_environment() == full
    assert os.environ["FAZHI_CATALOGUE"] == full["FAZHI_CATALOGUE"]
