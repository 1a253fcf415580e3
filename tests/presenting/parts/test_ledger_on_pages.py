"""What people entered in the ledger is on the pages: who judged what and when, and corrections that are not applied."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import fazhi_analysis as fz
from fazhi_analysis.dataset.ledger import add_correction
from fazhi_analysis.presenting.html.markup import plain_text
from fazhi_analysis.running.results.report_files import waiting_corrections

SAMPLE = Path(__file__).resolve().parents[3] / "data" / "sample_region"
PLACE = "青禾旗"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    fz.ingest([SAMPLE / "texts" / f"{PLACE}-{year}.txt" for year in (2023, 2024)], tmp_path, workers=1)
    return tmp_path


def report_of(data: Path, year: int = 2024) -> str:
    return str(fz.load_reports(data, regions=[PLACE], years=[year])["report_id"].iloc[0])


def opened(name: str, data: Path, lang: str = "zh") -> Any:
    return fz.open_page(name, region=PLACE, year=2024, data=data, lang=lang)


@pytest.mark.parametrize(
    ("lang", "words"), [("zh", "已排除：口径不同（赵<六>，"), ("en", "dismissed: 口径不同 (赵<六>, ")]
)
def test_a_judged_finding_says_who_judged_it_and_when(data: Path, lang: str, words: str) -> None:
    first = opened("data_quality", data).place_year.findings[0]
    fz.judge(report_of(data), first.id, "dismissed", comment="口径不同", who="赵<六>", data=data)
    page = opened("data_quality", data, lang)
    date = page.place_year.judgements[first.id].date
    html = str(page.findings() + page.form() + page.duties())
    assert f"{words}{date}" in plain_text(html)
    assert "赵<六>" not in html


def test_a_judged_verdict_says_who_judged_it_and_when(data: Path) -> None:
    page = opened("problems_next_steps", data)
    verdict = page.place_year.promises[0]["id"]
    fz.judge(report_of(data), verdict, "accepted", comment="同意", who="钱七", data=data)
    page = opened("problems_next_steps", data)
    assert f"已采纳：同意（钱七，{page.place_year.judgements[verdict].date}）" in plain_text(str(page.promises()))


def test_a_correction_that_is_not_applied_is_named(data: Path) -> None:
    report_id, row = report_of(data), opened("data_quality", data).place_year.rows()[0]
    new = row["value"] + 1
    changed = {"value": new, "lower": new, "upper": new}
    add_correction(data, report_id, {"row_id": row["row_id"]}, changed, why="核对原件", who="孙八")
    page = opened("data_quality", data)
    assert f"台账里另有 1 处更正没有采用，数字没有变： corrections/{report_id}.yaml 第 1 条：核对原件" in " ".join(
        plain_text(str(page.footer())).split()
    )
    (line,) = waiting_corrections(page.place_year)
    assert line.text("zh").startswith(f"corrections/{report_id}.yaml 第 1 条的更正没有采用")
    assert "is not applied" in line.text("en")


def test_an_applied_correction_is_not_waiting(data: Path) -> None:
    report_id, row = report_of(data), opened("data_quality", data).place_year.rows()[0]
    new = row["value"] + 1
    changed = {"value": new, "lower": new, "upper": new}
    add_correction(data, report_id, {"row_id": row["row_id"]}, changed, why="核对原件", who="孙八")
    fz.ingest([SAMPLE / "texts" / f"{PLACE}-2024.txt"], data, workers=1)
    page = opened("data_quality", data)
    assert waiting_corrections(page.place_year) == ()
    assert "人工更正 1 处" in plain_text(str(page.footer()))
