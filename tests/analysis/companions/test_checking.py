"""The planted truth of the fictional documents: every check with its verdict, and no other."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest

import fazhi_analysis as fz
from fazhi_analysis.errors import UnknownNameError

DATA = Path(__file__).resolve().parents[3] / "data"
PLACES = [("砚桥县", 2023), ("砚桥县", 2024), ("霁原旗", 2023), ("霁原旗", 2024)]


@pytest.fixture(scope="module")
def stored(tmp_path_factory: pytest.TempPathFactory) -> Path:
    data = tmp_path_factory.mktemp("companions")
    files = [*(DATA / "sample/texts").glob("*.md"), *(DATA / "sample_companions/texts").glob("*.md")]
    results = fz.ingest(sorted(files), data, workers=1)
    assert {result.status for result in results} == {"stored"}
    return data


def truth() -> list[dict[str, str]]:
    with (DATA / "sample_companions/truth.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


@pytest.mark.parametrize(("region", "year"), PLACES)
def test_all_planted_checks_are_found_and_none_is_invented(stored: Path, region: str, year: int) -> None:
    found = fz.cross_check(region, year, stored)
    names = ["what", "indicator_id", "left_kind", "right_kind", "verdict", "reason"]
    wanted = Counter(
        (row["what"], row["indicator_id"], row["left"], row["right"], row["verdict"], row["reason"])
        for row in truth()
        if (row["region"], row["year"]) == (region, str(year))
    )
    assert Counter(found[names].itertuples(index=False, name=None)) == wanted


def test_the_truth_has_every_verdict() -> None:
    assert len(truth()) >= 40
    verdicts = {row["verdict"] for row in truth()}
    assert verdicts == {"agrees", "other_period", "other_scope", "other_definition", "contradicts"}


def test_both_places_lead_to_the_figures(stored: Path) -> None:
    found = fz.cross_check("砚桥县", 2024, stored)
    row = found[found["indicator_id"] == "litigation_cases"].iloc[0]
    for side, printed in (("left", "33件"), ("right", "35件")):
        text = (stored / "reports" / row[f"{side}_report_id"] / "text.txt").read_text(encoding="utf-8")
        assert text[row[f"{side}_start"] : row[f"{side}_end"]] == printed


def test_a_bureau_of_its_own_is_another_body(tmp_path: Path) -> None:
    texts = {
        "a.txt": "砚桥县2024年法治政府建设年度报告\n行政处罚案件53件。\n",
        "b.txt": "砚桥县市场监督管理局2024年行政执法统计年报\n行政处罚案件20件。\n",
    }
    for name, text in texts.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
        fz.ingest(tmp_path / name, tmp_path / "data")
    assert len(fz.cross_check("砚桥县", 2024, tmp_path / "data")) == 0


def test_what_is_not_there_is_an_error(stored: Path) -> None:
    with pytest.raises(UnknownNameError):
        fz.cross_check("砚桥县", 2019, stored)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_page_shows_every_check(stored: Path, lang: str) -> None:
    page = fz.open_page("cross_check", region="砚桥县", year=2024, data=stored, lang=lang)
    assert len(str(page.checks()).split("<tr")) == 22 + 2
    assert ("不一致 4" if lang == "zh" else "4 contradict") in str(page.headline())
    assert "126 + 9 − 17 = 118" in str(page.checks())
    alone = fz.open_page("cross_check", region="砚桥县", year=2024, lang=lang)
    assert "fazhi ingest" in str(alone.headline())
    assert not str(alone.checks())
