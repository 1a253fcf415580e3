"""The page over all results of an output folder."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from fazhi_analysis.running.batch_index import write_index
from fazhi_analysis.running.batch_outcome import Outcome
from fazhi_analysis.running.batch_plan import BatchJob

pytestmark = pytest.mark.filterwarnings("ignore")


def result(**figures: object) -> dict[str, object]:
    shown = {name: {"value": value, "shown": f"{value}件", "doubt": doubt} for name, (value, doubt) in figures.items()}  # type: ignore[misc]
    return {"summary": {"metrics": 5, "figures": shown, "verdicts": {}, "findings": {"error": 1}}}


def test_the_index_shows_the_figures_that_most_places_give_and_marks_doubted_ones(tmp_path: Path) -> None:
    results = {
        "甲县": result(
            penalty_cases=(30.0, ""), reconsideration_accepted=(1200.0, "error"), law_exam_pass_rate=(9.0, "")
        ),
        "乙县": result(penalty_cases=(4.0, ""), reconsideration_accepted=(77.0, "")),
        "丙县": result(penalty_cases=(5.0, ""), normative_documents_issued=(2.0, "")),
    }
    outcomes = [Outcome(name, "", 2024, "skipped", name) for name in results]
    outcomes.append(Outcome("丁县", "", 2024, "failed", "丁县", message="单元格 <3> 出错"))
    for name, content in results.items():
        (tmp_path / name).mkdir()
        (tmp_path / name / "manifest.json").write_text(json.dumps(content), encoding="utf-8")
    page = write_index(BatchJob(out=tmp_path), outcomes).read_text(encoding="utf-8")
    heads = re.findall(r'<th[^>]*scope="col"[^>]*>([^<]+)</th>', page)
    # Two places give reviews, one the two others, of which the catalogue's own order decides.
    assert heads[4:6] == ["行政处罚案件数", "受理行政复议案件数"]
    assert len(heads) == 4 + 3 + 5
    assert heads[-2:] == ["形式", "法定事项未见"]
    assert "1200.0件（存疑）" in page
    assert "先前完成 0 份" in page
    assert "77.0件（存疑）" not in page
    assert page.count('data-value="') == 3 + 2 + 1 + 4  # penalties, reviews, the third, and each row's status
    assert "单元格 &lt;3&gt; 出错" in page


def test_the_index_keeps_results_of_other_batches_in_its_folder(tmp_path: Path) -> None:
    for name, lang, status in (
        ("甲县-2023", "zh", "done"),
        ("乙县-2023-en", "en", "done"),
        ("丙县-2023.failed", "zh", "failed"),
    ):
        (tmp_path / name).mkdir()
        content = result() | {"region": name[:2], "region_code": "", "year": 2023, "lang": lang, "status": status}
        (tmp_path / name / "manifest.json").write_text(json.dumps(content), encoding="utf-8")
    (tmp_path / "别的").mkdir()
    (tmp_path / "别的" / "manifest.json").write_text("[1", encoding="utf-8")
    page = write_index(BatchJob(out=tmp_path), [Outcome("丁县", "", 2024, "done", "丁县-2024")]).read_text(
        encoding="utf-8"
    )
    assert "新完成 1 份" in page
    assert "先前完成 1 份" in page
    assert [name for name in ("甲县", "乙县", "丙县", "丁县") if name in page] == ["甲县", "丁县"]
    assert [one["region"] for one in json.loads((tmp_path / "batch.json").read_text("utf-8"))] == ["丁县"]
