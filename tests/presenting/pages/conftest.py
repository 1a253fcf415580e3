"""A store of two small reports with every kind of row, and pages opened on it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

import fazhi_analysis as fz
from fazhi_analysis.dataset import write_report_folder

PLACE = "云岭省望溪市砚桥县"
NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")


def row(indicator: str, value: float, unit: str, number: int, **more: Any) -> dict[str, Any]:
    name = fz.load_catalogue()[indicator].name_zh if indicator else more.pop("label")
    kind = "rate" if unit == "%" else "money" if unit == "元" else "count"
    ends = {"lower": value, "upper": value} if unit != "%" else {"lower": value - 0.05, "upper": min(100, value + 0.05)}
    place = {"section": "三/（一）", "start": 10 * number, "end": 10 * number + 4}
    return {
        "indicator_id": indicator,
        "label": name,
        "value": value,
        "unit": unit,
        "kind": kind,
        **ends,
        **place,
        **more,
    }


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two small reports with every kind of row."""
    folder = tmp_path_factory.mktemp("data")
    common = {"into": folder, "region": PLACE, "region_code": "990124"}
    earlier = [
        row("penalty_cases", 280, "件", 1),
        row("litigation_loss_rate", 12.5, "%", 2),
        row("reconsideration_accepted", 300, "件", 3, qualifier="over", upper=399),
        row("legal_aid_cases", 40, "件", 4),
        row("", 7, "场", 5, label="晨会普法"),
    ]
    later = [
        row("penalty_cases", 360, "件", 1),
        row("litigation_loss_rate", 9.1, "%", 2),
        row("reconsideration_accepted", 350, "件", 3),
        row("legal_aid_cases", 60, "件", 4, role="plan"),
        row("normative_documents_issued", 6, "件", 5),
        row("penalty_cases", 28.6, "%", 6, change="yoy_pct", kind="rate"),
    ]
    later = [item for item in later if item["indicator_id"] in fz.load_catalogue()]
    problems = [{"kind": "problem", "ordinal": 1, "text": "基层执法人手偏少", "start": 90, "end": 98}]
    steps = [
        {
            "kind": "next_step",
            "ordinal": 1,
            "text": "充实基层执法力量",
            "start": 100,
            "end": 120,
            "parts": [{"text": "新增执法人员", "start": 5, "end": 9}],
            "answers": [{"problem": 1, "strength": "direct"}],
        }
    ]
    for year, metrics in ((2023, earlier), (2024, later)):
        meta = {"title": f"砚桥县{year}年法治政府建设年度报告", "signed_date": f"{year + 1}-02-10"}
        write_report_folder(
            f"990124-{year}", year=year, metadata=meta, metrics=metrics, statements=problems + steps,
            source={"name": "a.txt", "digest": "ab" * 32, "format": "text"}, **common,
        )  # fmt: skip
    return folder


def opened(name: str, store: Path, year: int = 2024, lang: str = "zh", region: str = "砚桥县", **more: Any) -> Any:
    return fz.open_page(name, region=region, year=year, data=store, lang=lang, **more)


def numbers(text: str) -> set[float]:
    return {float(found.replace(",", "")) for found in NUMBER.findall(text)}
