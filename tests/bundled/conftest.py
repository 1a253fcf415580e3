"""The bundled figures of real places, loaded once."""

from __future__ import annotations

import csv
import importlib.util
from pathlib import Path
from types import ModuleType

import pandas as pd
import pytest

from fazhi_analysis.analysis.comparing.year_over_year import year_over_year
from fazhi_analysis.dataset.loading import load_metrics, load_reports

ROOT = Path(__file__).resolve().parents[2]
REPORTS = ROOT / "data" / "reports"
BANNER, DISTRICT = "150623-2023", "440311-2021"
FICTIONAL = ("159928", "990124")


@pytest.fixture(scope="module")
def metrics() -> pd.DataFrame:
    table = load_metrics(ROOT / "data")
    return table[~table["region_code"].isin(FICTIONAL)]


@pytest.fixture(scope="module")
def pages(metrics: pd.DataFrame) -> pd.DataFrame:
    return metrics[metrics["report_id"].isin([row["report_id"] for row in annotated_pages()])]


@pytest.fixture(scope="module")
def public(metrics: pd.DataFrame) -> pd.DataFrame:
    others = [BANNER, DISTRICT, *(row["report_id"] for row in annotated_pages())]
    return metrics[~metrics["report_id"].isin(others)]


@pytest.fixture(scope="module")
def changes() -> pd.DataFrame:
    return year_over_year(load_metrics(ROOT / "data"), reports=load_reports(ROOT / "data"))


@pytest.fixture(scope="module")
def builder() -> ModuleType:
    spec = importlib.util.spec_from_file_location("build_bundled_data", ROOT / "tools" / "build_bundled_data.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def annotated_pages() -> list[dict[str, str]]:
    with (ROOT / "tools" / "bundled" / "pages.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def mapping() -> dict[str, dict[str, str]]:
    with (ROOT / "tools" / "bundled" / "public_mapping.csv").open(encoding="utf-8", newline="") as stream:
        return {row["name"]: row for row in csv.DictReader(stream)}
