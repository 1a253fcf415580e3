"""Tables in files of other programs: nothing lost, open ends kept, columns explained."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import fazhi_analysis as fz
from fazhi_analysis.errors import DataError, UnknownNameError


@pytest.fixture(scope="module")
def metrics() -> pd.DataFrame:
    return fz.load_metrics(regions="霁原旗")


def test_stata_has_every_row_and_says_where_an_end_is_open(metrics: pd.DataFrame, tmp_path: Path) -> None:
    back = pd.read_stata(fz.to_stata(metrics, tmp_path / "panel.dta"))
    assert len(back) == len(metrics)
    assert back["row_id"].tolist() == metrics["row_id"].tolist()
    assert back["upper_open"].tolist() == np.isinf(metrics["upper"]).astype(int).tolist()
    closed = ~np.isinf(metrics["upper"].to_numpy())
    assert back["upper"].to_numpy()[closed].tolist() == metrics["upper"].to_numpy()[closed].tolist()
    assert back["upper"][~closed].isna().all()
    with pd.read_stata(tmp_path / "panel.dta", iterator=True) as reader:
        assert reader.variable_labels()["value"]


@pytest.mark.parametrize("table", ["load_statements", "load_findings", "load_reports"])
def test_every_table_of_ours_goes_to_stata(table: str, tmp_path: Path) -> None:
    frame = getattr(fz, table)(regions="霁原旗")
    assert len(pd.read_stata(fz.to_stata(frame, tmp_path / "table.dta"))) == len(frame) > 0


def test_changes_and_an_own_selection_go_as_well(metrics: pd.DataFrame, tmp_path: Path) -> None:
    changes = fz.year_over_year(metrics, region="霁原旗", year=2024)
    assert len(pd.read_stata(fz.to_stata(changes, tmp_path / "changes.dta"))) == len(changes)
    wide = metrics[metrics["is_metric"]].pivot_table(
        index="indicator_id", columns="year", values="value", observed=True
    )
    assert len(pd.read_stata(fz.to_stata(wide.rename(columns=lambda year: f"y{year}"), tmp_path / "wide.dta"))) == len(
        wide
    )
    assert len(pd.read_stata(fz.to_stata(metrics.head(0), tmp_path / "empty.dta"))) == 0


def test_parquet_keeps_infinite_ends(metrics: pd.DataFrame, tmp_path: Path) -> None:
    back = pd.read_parquet(fz.to_parquet(metrics, tmp_path / "panel.parquet"))
    assert back["upper"].tolist() == metrics["upper"].tolist()


def test_no_text_of_a_csv_runs_as_a_formula(tmp_path: Path) -> None:
    frame = pd.DataFrame({"label": ["=1+1", "@SUM(1)", "办件"], "value": [-1.0, np.inf, 2.5]})
    path = fz.to_csv(frame, tmp_path / "own.csv")
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    assert path.read_text("utf-8-sig").splitlines() == ["label,value", "'=1+1,-1.0", "'@SUM(1),inf", "办件,2.5"]


def test_a_carriage_return_ends_no_row_of_a_csv(tmp_path: Path) -> None:
    frame = pd.DataFrame({"label": ["\r=1+1", "甲\r=2+2", "乙\r\n丙"], "value": [1.0, 2.0, 3.0]})
    fz.to_csv(frame, tmp_path / "panel.csv")
    with (tmp_path / "panel.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.reader(stream))
    assert rows == [["label", "value"], ["'\n=1+1", "1.0"], ["甲\n=2+2", "2.0"], ["乙\n丙", "3.0"]]


@pytest.mark.parametrize(("lang", "heading", "meaning"), [("zh", "列", "指标名称"), ("en", "Column", "catalogue name")])
def test_the_codebook_explains_each_column(
    metrics: pd.DataFrame, tmp_path: Path, lang: str, heading: str, meaning: str
) -> None:
    fz.to_csv(metrics.assign(mine=1), tmp_path / "panel.csv", lang=lang)
    book = pd.read_csv(tmp_path / "panel.codebook.csv")
    assert book[heading].tolist() == [*metrics.columns, "mine"]
    row = book.set_index(heading).loc["label"]
    assert row.astype(str).str.contains(meaning).any()


def test_what_cannot_be_written_leaves_the_old_file(metrics: pd.DataFrame, tmp_path: Path) -> None:
    (tmp_path / "panel.csv").write_text("old")
    with pytest.raises(UnknownNameError):
        fz.to_csv(metrics, tmp_path / "panel.csv", lang="fr")
    (tmp_path / "panel.codebook.csv").mkdir()
    with pytest.raises(DataError):
        fz.to_csv(metrics, tmp_path / "panel.csv")
    assert (tmp_path / "panel.csv").read_text() == "old"


def test_the_codebook_beside_a_stata_file_names_its_columns(tmp_path: Path) -> None:
    path = fz.to_stata(fz.load_metrics(regions="霁原旗"), tmp_path / "panel.dta")
    columns = list(pd.read_stata(path).columns)
    book = pd.read_csv(tmp_path / "panel.codebook.csv")
    assert book.iloc[:, 0].tolist() == columns
    assert {"end_", "upper_open"} <= set(columns)
    with pd.read_stata(path, iterator=True) as reader:
        assert reader.variable_labels()["upper_open"] == "没有上限的为1"
