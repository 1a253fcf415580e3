"""What extraction and ingest make of the fictional reports, measured against their truth.

The thresholds are the targets for texts that a reader has seen; synthetic reports, which nobody tunes to one by one,
have thresholds of their own below.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = ROOT / "data" / "sample"
REPORTS = sorted(path.stem for path in (SAMPLE / "truth").glob("*-20??.json"))

if str(ROOT / "tools") not in sys.path:
    sys.path.insert(0, str(ROOT / "tools"))


def truth_of(report_id: str) -> dict[str, Any]:
    truth: dict[str, Any] = json.loads((SAMPLE / "truth" / f"{report_id}.json").read_text(encoding="utf-8"))
    return truth


@pytest.fixture(scope="module")
def extractions() -> dict[str, Any]:
    from fazhi_analysis.extracting import extract
    from fazhi_analysis.reading import read_report

    return {path.stem: extract(read_report(path)) for path in sorted((SAMPLE / "texts").iterdir())}


@pytest.fixture(scope="module")
def known() -> set[str]:
    from fazhi_analysis.catalogue import load_catalogue

    return {indicator.id for indicator in load_catalogue()}


def test_every_text_has_its_truth(extractions: dict[str, Any]) -> None:
    assert sorted(extractions) == REPORTS
    for report_id, extraction in extractions.items():
        truth = truth_of(report_id)
        assert len(extraction.report.text) == truth["text"]["characters"]
        assert extraction.report.source.digest == truth["text"]["sha256"]


@pytest.mark.parametrize("report_id", REPORTS)
def test_figures(extractions: dict[str, Any], report_id: str) -> None:
    from synthetic.scoring import score

    result = score(truth_of(report_id), extractions[report_id].quantities, extractions[report_id].statements)
    assert result.f1 >= 0.985, result.misses
    for name in ("interval", "qualifier", "section"):
        assert result.share(name) >= 0.975, (name, result.misses)
    assert result.share("span") >= 0.97, result.misses
    assert result.share("role") >= 0.97, result.misses
    assert result.share("change") >= 0.97, result.misses


@pytest.mark.parametrize("report_id", REPORTS)
def test_linking(extractions: dict[str, Any], known: set[str], report_id: str) -> None:
    from synthetic.scoring import score

    truth = truth_of(report_id)
    listed = {name for row in truth["metrics"] for name in row["indicator_ids"]}
    assert listed - {""} <= known
    result = score(truth, extractions[report_id].quantities, extractions[report_id].statements, listed)
    assert result.link_recall >= 0.85, result.misses
    assert result.linked_wrong <= 0.02 * result.expected, result.misses


@pytest.mark.parametrize("report_id", REPORTS)
def test_problems_and_next_steps_all_found_none_invented(extractions: dict[str, Any], report_id: str) -> None:
    from synthetic.scoring import score

    result = score(truth_of(report_id), (), extractions[report_id].statements)
    assert (result.statements_found, result.statements) == (result.statements_expected, result.statements_expected), [
        miss for miss in result.misses if "not found" in miss or "invented" in miss
    ]


@pytest.mark.parametrize("report_id", REPORTS)
def test_metadata_and_sections(extractions: dict[str, Any], report_id: str) -> None:
    truth, report = truth_of(report_id), extractions[report_id].report
    for name, value in truth["metadata"].items():
        assert getattr(report.metadata, name) == value, name
    assert (report.metadata.year, report.metadata.region) == (truth["year"], truth["region"])
    wanted = [(section["key"], section["start"]) for section in truth["sections"]]
    assert sorted((section.key, section.start) for section in report.sections) == sorted(wanted)


@pytest.mark.parametrize("report_id", REPORTS)
def test_planted_faults_of_structure(extractions: dict[str, Any], report_id: str) -> None:
    defects = extractions[report_id].findings
    for fault in truth_of(report_id)["faults"]:
        if fault["where"] != "structure":
            continue
        found = [defect for defect in defects if defect.rule == fault["rule"]]
        assert found, fault
        for piece in fault["evidence"]:
            near = [
                one
                for defect in found
                for one in defect.evidence
                if one.start is not None
                and one.end is not None
                and one.start < piece["end"]
                and one.end > piece["start"]
            ]
            assert near, fault


def test_synthetic_reports_never_seen() -> None:
    from synthetic.scoring import Score, score

    from fazhi_analysis.extracting import extract
    from fazhi_analysis.reading import read_text
    from synthetic import make_report

    total = Score()
    for region in range(25):
        report = make_report(2024, 300 + region, 2019 + region % 6)
        extraction = extract(read_text(report.text, name=f"{report.report_id}.md"))
        total += score(report.truth, extraction.quantities, extraction.statements)
    assert total.expected > 2500
    assert total.f1 >= 0.985, total.misses[:20]
    assert total.share("interval") >= 0.985, total.misses[:20]
    assert total.share("section") >= 0.985, total.misses[:20]
    assert total.link_recall >= 0.9
    assert total.statements_found == total.statements == total.statements_expected


@pytest.mark.parametrize("report_id", REPORTS)
def test_the_store_holds_what_ingest_makes_of_the_texts(report_id: str, tmp_path: Path) -> None:
    from fazhi_analysis.dataset.storage import read_report_folder
    from fazhi_analysis.running.ingest import ingest

    (path,) = (SAMPLE / "texts").glob(f"{report_id}.*")
    (result,) = ingest(path, data=tmp_path, workers=1, progress=False)
    assert (result.report_id, result.status) == (report_id, "stored"), result.message
    stored, fresh = (read_report_folder(folder / "reports" / report_id) for folder in (SAMPLE, tmp_path))
    remedy = "run: fazhi ingest data/sample/texts/* --data data/sample"
    columns = ("start", "end", "value", "lower", "upper", "unit", "indicator_id", "role", "change", "period", "section")
    old, new = ([[row[name] for name in columns] for row in one.metrics] for one in (stored, fresh))
    assert old == new, remedy
    assert [row["text"] for row in stored.statements] == [row["text"] for row in fresh.statements], remedy
    assert stored.text == fresh.text == path.read_bytes().decode("utf-8")


def test_loaded_by_the_commands_that_a_user_runs() -> None:
    import fazhi_analysis as fz

    metrics = fz.load_metrics(data=SAMPLE)
    banner = metrics[metrics["region_code"] == "159928"]
    assert sorted(banner["year"].unique()) == [2021, 2022, 2023, 2024]
    copies = banner[(banner["year"] == 2023) & (banner["duplicate_of"] != "")]
    assert len(copies) == 5
    items = banner[(banner["indicator_id"] == "integrated_window_items")].set_index("year")["value"]
    assert items.to_dict() == {2021: 812, 2022: 906, 2023: 1024, 2024: 1180}


def test_year_over_year_agrees_with_the_truth() -> None:
    import fazhi_analysis as fz

    story = json.loads((SAMPLE / "truth" / "159928-followup.json").read_text(encoding="utf-8"))
    table = fz.year_over_year(fz.load_metrics(data=SAMPLE), region="霁原旗", year=2024, baseline=2023)
    rows = {(row.indicator_id, row.scope): row for row in table.itertuples()}
    disagreements, compared = [], 0
    for wanted in story["year_over_year"]:
        if wanted["year"] != 2024 or wanted["direction"] == "not_comparable":
            continue
        found = [row for (name, _), row in rows.items() if name == wanted["indicator_id"]]
        if len(found) != 1 or found[0].verdict in ("not_comparable", "new", "dropped"):
            continue
        compared += 1
        rises = {"up": found[0].change_lower > 0, "down": found[0].change_upper < 0}
        rises["unchanged"] = found[0].verdict == "unchanged"
        rises["uncertain"] = found[0].verdict == "uncertain"
        if not rises[wanted["direction"]]:
            disagreements.append((wanted, found[0].verdict))
    assert compared >= 60
    assert not disagreements
    power = [row.verdict for (name, _), row in rows.items() if name == "power_list_items"]
    assert not {"improved", "worsened", "increased", "decreased", "unchanged"} & set(power)
