"""What is planted in the fictional places, counted over all parts: every fact is found, and none is invented.

The parts have tests of their own that say where each fact stands; here they are counted together.
"""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

import fazhi_analysis as fz
from fazhi_analysis.analysis.coverage import coverage
from fazhi_analysis.analysis.region.review import CONTENTS
from fazhi_analysis.analysis.revising.changes import compare_versions
from fazhi_analysis.analysis.revising.version import open_version

DATA = Path(__file__).resolve().parents[2] / "data"
Fact = tuple[str, ...]

EDITS = [
    ("受理72件", "受理74件"),
    ("| 行政检查（次） | 8215 | 7640 |", "| 行政检查（次） | 8215 | 7604 |"),
    ("，组织听证5次", ""),
    ("开展决策后评估2项。", "开展决策后评估2项，公开评估报告2份。"),
    ("兑现奖补资金2165万元", "兑现奖补资金2165亿元"),
    ("执法案卷合格率不低于98%，全面推行", "执法案卷合格率不低于98%，稳步推行"),
]
"""Edits of the report of 砚桥县 for 2024: value, table cell, removal, addition, unit, wording of a plan."""
CHANGES = Counter(
    {("changed", "figure"): 3, ("removed", "figure"): 1, ("added", "figure"): 1, ("changed", "next_step"): 1}
)

COVERED = {
    "159928-2024": "figures figures figures figures figures figures figures mentions figures",
    "990124-2024": "figures figures figures figures figures figures figures mentions mentions",
}
"""States of the outline's parts 二 to 十, labelled by hand."""


def rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


@pytest.fixture(scope="module")
def region(tmp_path_factory: pytest.TempPathFactory) -> Path:
    data = tmp_path_factory.mktemp("region")
    fz.ingest(sorted((DATA / "sample_region/texts").glob("*.txt")), data, workers=1)
    (data / "expected.csv").write_bytes((DATA / "sample_region/expected.csv").read_bytes())
    return data


@pytest.fixture(scope="module")
def companions(tmp_path_factory: pytest.TempPathFactory) -> Path:
    data = tmp_path_factory.mktemp("companions")
    files = [*(DATA / "sample/texts").glob("*.md"), *(DATA / "sample_companions/texts").glob("*.md")]
    fz.ingest(sorted(files), data, workers=1)
    return data


def of_diff(folder: Path) -> tuple[Counter[Fact], Counter[Fact]]:
    """Edits that are planted in a report, and those that are listed."""
    source = DATA / "sample/texts/990124-2024.md"
    text = source.read_text(encoding="utf-8")
    for old, new in EDITS:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    edited = folder / "990124-2024.md"
    edited.write_text(text, encoding="utf-8")
    found = compare_versions(open_version(source), open_version(edited))
    return Counter(CHANGES), Counter((change.kind, change.what) for change in found)


def of_ledger(data: Path) -> tuple[Counter[Fact], Counter[Fact]]:
    """Problems that can be closed, by body: planted, and suggested."""
    planted = Counter((row["body"], "close") for row in rows("sample_region/truth.csv") if row["closure"] == "close")
    found: Counter[Fact] = Counter()
    for report in fz.load_reports(data, years=[2023]).to_dict("records"):
        closed = (fz.rectification(str(report["report_id"]), data)["suggestion"] == "close").sum()
        found += Counter({(str(report["region"]), "close"): int(closed)})
    return planted, found


def _plants(body: str, row: dict[str, Any], missing: list[str]) -> Counter[Fact]:
    """What a review says of a body that is worth a word, each as a fact."""
    return Counter(
        [
            *([(body, "not reported")] if row["reported"] == "no" else []),
            *([(body, "late")] if row["in_time"] == "no" else []),
            *((body, "missing", name) for name in missing),
            *[(body, "error")] * int(row["errors"]),
            *[(body, "promise", name) for name in ("kept", "contradicted") for _ in range(int(row[name]))],
            *[
                (body, "corroboration", name)
                for name in ("agrees", "contradicts")
                for _ in range(int(row[f"said_{name}"]))
            ],
        ]
    )


def of_review(data: Path) -> tuple[Counter[Fact], Counter[Fact]]:
    """Facts of the review of the league."""
    planted: Counter[Fact] = Counter()
    for row in rows("sample_region/truth.csv"):
        promises = {name: row["promise"] == name for name in ("kept", "contradicted")}
        claimed = {f"said_{name}": row["corroboration"] == name for name in ("agrees", "contradicts")}
        planted += _plants(row["body"], row | promises | claimed, row["missing"].split())
    found: Counter[Fact] = Counter()
    for seen in fz.region_review("云泽盟", 2024, data).to_dict("records"):
        reported = {
            "errors": seen["errors_figures"],
            "said_agrees": seen["agrees"],
            "said_contradicts": seen["contradicts"],
        }
        missing = [name for name in CONTENTS if seen[name] == "no"]
        found += _plants(str(seen["region"]), {str(key): value for key, value in seen.items()} | reported, missing)
    return planted, found


def of_companions(data: Path) -> tuple[Counter[Fact], Counter[Fact]]:
    """Checks between documents that do not simply agree: every contradiction, other period, scope and definition."""
    planted = Counter(
        (row["region"], row["year"], row["what"], row["indicator_id"], row["verdict"], row["reason"])
        for row in rows("sample_companions/truth.csv")
        if row["verdict"] != "agrees"
    )
    found: Counter[Fact] = Counter()
    for place, year in (("砚桥县", 2023), ("砚桥县", 2024), ("霁原旗", 2023), ("霁原旗", 2024)):
        for row in fz.cross_check(place, year, data).to_dict("records"):
            if row["verdict"] != "agrees":
                reported = (str(row[name]) for name in ("what", "indicator_id", "verdict", "reason"))
                found[(place, str(year), *reported)] += 1
    return planted, found


def of_coverage() -> tuple[Counter[Fact], Counter[Fact]]:
    """The states of the outline's parts."""
    planted, found = Counter[Fact](), Counter[Fact]()
    for report, states in COVERED.items():
        planted += Counter(
            (report, part, state) for part, state in zip("二三四五六七八九十", states.split(), strict=True)
        )
        table = coverage(report)
        found += Counter(
            (report, str(part), str(state)) for part, state in zip(table["part"], table["state"], strict=True)
        )
    return planted, found


def test_all_planted_facts_are_found_and_none_is_invented(region: Path, companions: Path, tmp_path: Path) -> None:
    parts = {
        "diff": of_diff(tmp_path),
        "ledger": of_ledger(region),
        "review": of_review(region),
        "companions": of_companions(companions),
        "coverage": of_coverage(),
    }
    for name, (planted, found) in parts.items():
        assert found - planted == Counter(), f"{name}: invented"
        assert planted - found == Counter(), f"{name}: not found"
    counts = {name: planted.total() for name, (planted, _) in parts.items()}
    assert counts == {"diff": 6, "ledger": 2, "review": 17, "companions": 16, "coverage": 18}
    assert sum(counts.values()) >= 40
