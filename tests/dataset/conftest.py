"""A cache of its own for every test, and a quick way to a small store."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from fazhi_analysis.dataset import write_report_folder

PLACES = {
    "159928": "内蒙古自治区云泽盟霁原旗",
    "990124": "云岭省望溪市砚桥县",
    "990125": "云岭省东川市砚桥县",
    "": "云岭省望溪市司法局",
}


@pytest.fixture(autouse=True)
def cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path_factory.mktemp("cache")
    monkeypatch.setenv("FAZHI_CACHE", str(folder))
    return folder


@pytest.fixture
def figure() -> Callable[..., dict[str, Any]]:
    def make(value: float = 12, **more: Any) -> dict[str, Any]:
        row = {"label": "行政复议案件数", "value": value, "lower": value, "upper": value, "unit": "件"}
        return row | more

    return make


@pytest.fixture
def store(tmp_path: Path, figure: Callable[..., dict[str, Any]]) -> Callable[..., Path]:
    """``store("159928-2023", metrics=[...])`` writes a report under one data folder and gives the folder back."""

    def write(report_id: str = "159928-2023", into: Path | None = None, **more: Any) -> Path:
        data = into or tmp_path / "data"
        code = report_id[:6] if not report_id.startswith("x") else ""
        arguments: dict[str, Any] = {
            "region": PLACES.get(code, "云岭省望溪市砚桥县"),
            "region_code": code,
            "year": int(report_id.split("-")[1]),
            "metrics": [figure()],
        }
        write_report_folder(report_id, into=data, **(arguments | more))
        return data

    return write
