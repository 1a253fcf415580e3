"""The rectification ledger on the page: what can be closed, what was entered, and nothing where there is neither."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import fazhi_analysis as fz

SAMPLE = Path(__file__).resolve().parents[3] / "data" / "sample_region"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    files = [SAMPLE / "texts" / f"{name}-{year}.txt" for name in ("青禾旗", "红柳旗") for year in (2023, 2024)]
    fz.ingest(files, tmp_path, workers=1)
    return tmp_path


def shown(data: Path, place: str, lang: str = "zh") -> tuple[str, str]:
    """The section as it is read, and as it is written."""
    page = fz.open_page("problems_next_steps", region=place, year=2024, data=data, lang=lang)
    section = page.rectification()
    return re.sub(r"\s+", " ", repr(section)), str(section)


@pytest.mark.parametrize(
    ("lang", "words"), [("zh", "有据，可以考虑销号"), ("en", "there is evidence, it can be closed")]
)
def test_a_problem_that_can_be_closed_is_shown_with_its_evidence(data: Path, lang: str, words: str) -> None:
    text, html = shown(data, "青禾旗", lang)
    assert "应急演练次数偏少" in text
    assert words in text
    assert "22" in text
    assert re.search(r'href="#[^"]+m004"', html)


def test_a_problem_that_is_named_again_is_not(data: Path) -> None:
    assert shown(data, "红柳旗") == ("", "")


def test_once_closed_it_says_who_closed_it_and_suggests_nothing(data: Path) -> None:
    report = next(name for name in fz.load_reports(data, regions=["青禾旗"], years=[2023])["report_id"])
    table = fz.rectification(report, data)
    (item,) = table.loc[table["suggestion"] == "close", "item"]
    fz.rectify(report, item, "done", who="李<四>", data=data, measure="每季一次", body="应急局", due="2024-12-31")
    text, html = shown(data, "青禾旗")
    assert "已销号" in text
    assert "（0 条）" in text
    assert all(words in text for words in ("措施：每季一次", "责任单位：应急局", "期限：2024-12-31"))
    assert "可以考虑销号" not in text.replace("可以考虑销号的上年问题", "")
    assert "李&lt;四&gt;" in html


def test_the_responsible_body_stands_beside_what_was_promised(data: Path) -> None:
    report = next(name for name in fz.load_reports(data, regions=["青禾旗"], years=[2023])["report_id"])
    table = fz.rectification(report, data)
    item = table.loc[table["kind"] == "problem", "item"].iloc[0]
    page = fz.open_page("problems_next_steps", region="青禾旗", year=2024, data=data)
    assert "责任单位" not in repr(page.promises())
    fz.rectify(report, item, "doing", who="李四", data=data, body="应急局")
    page = fz.open_page("problems_next_steps", region="青禾旗", year=2024, data=data)
    assert repr(page.promises()).count("责任单位：应急局") == 1
