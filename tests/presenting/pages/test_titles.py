"""Titles name the document that a page is about; only a report on law-based government is called one."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest

import fazhi_analysis as fz
from fazhi_analysis.analysis.place_year import PlaceYear
from fazhi_analysis.dataset import write_report_folder
from fazhi_analysis.presenting.html.markup import plain_text
from fazhi_analysis.presenting.memo.memo import memo
from fazhi_analysis.presenting.narrative.brief import brief_of
from fazhi_analysis.presenting.narrative.narrator import narrative_of
from fazhi_analysis.presenting.wording.page_texts import Words
from fazhi_analysis.presenting.workbook.book import workbook_of
from fazhi_analysis.running.results.notebook_html import render
from fazhi_analysis.running.results.start_page import Contents, start_page

PLACE = "云岭省望溪市砚桥县"
STEP = {"kind": "next_step", "ordinal": 1, "text": "新建便民驿站9座", "start": 20, "end": 29}
METRIC = {
    "indicator_id": "", "label": "入驻企业家数", "value": 12, "lower": 12, "upper": 12, "unit": "家", "kind": "count",
    "start": 0, "end": 3,
}  # fmt: skip


def stored(folder: Path, kind: str, name: str = "work.txt", **metadata: Any) -> PlaceYear:
    means = dict.fromkeys(("body_from", "place_from", "doc_kind_from", "year_from"), "title")
    who = {"body": PLACE, "body_kind": "government", "department": "", "place": PLACE, "place_code": "990124"}
    meta = {"doc_kind": kind, **who, **means, **metadata}
    write_report_folder(
        "990124-2024", into=folder, region=PLACE, region_code="990124", year=2024, metadata=meta, metrics=[METRIC],
        statements=[STEP], source={"name": name, "digest": "ab" * 32, "format": "text"} if name else {},
    )  # fmt: skip
    return PlaceYear.open(region=PLACE, year=2024, data=folder)


TITLES = {
    "annual_report": ("砚桥县2024年法治政府建设情况要点", "砚桥县 2024: the report in brief"),
    "work_report": ("砚桥县2024年政府工作报告要点", "砚桥县 2024: the government work report in brief"),
    "disclosure": ("砚桥县2024年政府信息公开年报要点", "砚桥县 2024: the disclosure report in brief"),
    "other": ("砚桥县2024年报告要点", "砚桥县 2024: the report in brief"),
}


@pytest.mark.parametrize("kind", TITLES)
def test_the_brief_is_titled_by_the_kind_of_document(tmp_path: Path, kind: str) -> None:
    place_year = stored(tmp_path, kind)
    assert tuple(brief_of(place_year, Words(lang)).title for lang in ("zh", "en")) == TITLES[kind]


@pytest.mark.parametrize("kind", ["work_report", "disclosure", "other"])
def test_nothing_calls_another_document_a_report_on_law_based_government(tmp_path: Path, kind: str) -> None:
    import docx

    place_year = stored(tmp_path, kind)
    pages = [fz.open_page(name, region=PLACE, year=2024, data=tmp_path) for name in ("year_over_year", "data_quality")]
    book = workbook_of(place_year)
    document = docx.Document(io.BytesIO(memo(place_year, Words("zh"))))
    said = [
        plain_text(render(start_page(place_year, Words("zh"), Contents(["year_over_year"])))),
        narrative_of(place_year, Words("zh")).to_text(),
        *(plain_text(str(page.header())) for page in pages),
        *(str(cell.value) for row in book.worksheets[0].iter_rows(max_row=1) for cell in row),
        *(paragraph.text for paragraph in document.paragraphs),
    ]
    assert [text for text in said if "法治政府建设" in text] == []


def test_only_what_the_law_asks_for_is_asked_by_the_rules(tmp_path: Path) -> None:
    asked = brief_of(stored(tmp_path / "a", "work_report"), Words("en")).to_text()
    lead = fz.open_page("problems_next_steps", region=PLACE, year=2024, data=tmp_path / "a").narrative()
    assert "the rules ask" not in asked
    assert "法定内容" not in plain_text(str(lead))
    stored(tmp_path / "b", "annual_report")
    lead = fz.open_page("problems_next_steps", region=PLACE, year=2024, data=tmp_path / "b").narrative()
    assert "法定内容要求写明" in plain_text(str(lead))


def test_a_report_without_title_and_address_is_named_by_kind_and_file(tmp_path: Path) -> None:
    stored(tmp_path / "a", "work_report", "望溪.txt")
    zh, en = (
        fz.open_page("data_quality", region=PLACE, year=2024, data=tmp_path / "a", lang=lang) for lang in ("zh", "en")
    )
    assert plain_text(str(zh.sources())) == "2024 年报告：政府工作报告；文件 望溪.txt"
    assert plain_text(str(en.sources())) == "Report for 2024: government work report; file 望溪.txt"
    assert '<span lang="zh">望溪</span>' in str(en.sources())


def test_a_report_of_which_nothing_is_known_has_no_line(tmp_path: Path) -> None:
    stored(tmp_path, "other", "")
    page = fz.open_page("data_quality", region=PLACE, year=2024, data=tmp_path)
    assert plain_text(str(page.sources())) == ""
