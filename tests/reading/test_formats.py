"""Every format is read from a committed file that another program wrote, and ends in the same report."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

from fazhi_analysis.reading import read_report

Path_ = Callable[[str], Path]
KEYS = ["title", "preamble", "一", *(f"一/（{number}）" for number in "一二三四五"), "二", "三", "colophon"]


def table_lines(script: ModuleType) -> list[str]:
    return ["\t".join(row) for row in script.TABLE]


@pytest.mark.parametrize(
    ("name", "encoding"),
    [
        ("utf8_bom.txt", "utf-8"),
        ("gb18030.txt", "gb18030"),
        ("utf16.txt", "utf-16-le"),
        ("wrapped.txt", "utf-8"),
        ("report.md", "utf-8"),
    ],
)
def test_text_in_every_encoding(fixture_file: Path_, lines: list[str], name: str, encoding: str) -> None:
    report = read_report(fixture_file(name))
    assert report.clean.text.split("\n") == lines
    assert report.source.encoding == encoding
    assert [section.key for section in report.sections] == KEYS
    assert report.pages == ()
    assert report.ocr_spans == ()
    assert not report.text.startswith("\ufeff")


def test_newlines_stay_and_the_mark_does_not_count(fixture_file: Path_, lines: list[str]) -> None:
    report = read_report(fixture_file("utf8_bom.txt"))
    assert report.text == "\r\n".join(lines) + "\r\n"
    assert report.sections[0].start == 0


def test_markdown_page_break_is_a_finding(fixture_file: Path_) -> None:
    report = read_report(fixture_file("report.md"))
    assert report.source.format == "markdown"
    assert [finding.rule for finding in report.defects] == ["split_sentence"]


def test_source_names_no_path(fixture_file: Path_) -> None:
    path = fixture_file("gb18030.txt")
    source = read_report(str(path)).source
    assert source.name == "gb18030.txt"
    assert source.digest == hashlib.sha256(path.read_bytes()).hexdigest()


def test_metadata(fixture_file: Path_) -> None:
    found = read_report(fixture_file("gb18030.txt")).metadata
    assert (found.region, found.region_code, found.level) == ("云岭省望溪市砚桥县", "990124", "county")
    assert (found.year, found.signed_date, found.issuer) == (2024, "2025-01-20", "砚桥县人民政府")


def test_docx_has_its_table_in_place_and_no_header(fixture_file: Path_, lines: list[str], script: ModuleType) -> None:
    report = read_report(fixture_file("report.docx"))
    expected = lines.copy()
    place = lines.index("二、存在的主要问题")
    expected[place:place] = table_lines(script)
    assert report.text.splitlines() == expected
    assert [section.key for section in report.sections] == KEYS
    assert report.defects == ()


def test_docx_automatic_numbers_and_tracked_changes(fixture_file: Path_) -> None:
    report = read_report(fixture_file("numbered.docx"))
    assert [section.key for section in report.sections] == KEYS
    assert "四是做好迎检准备。" in report.text
    assert "五是另行安排" not in report.text
    section = next(section for section in report.sections if section.key == "一/（三）")
    assert section.heading == "规范行政执法，提升监管效能"
    assert report.text[section.start :].startswith("（三）规范")


@pytest.mark.parametrize("name", ["libreoffice.pdf", "chromium.pdf", "two_columns.pdf"])
def test_pdf_reads_as_the_report_does(fixture_file: Path_, lines: list[str], script: ModuleType, name: str) -> None:
    report = read_report(fixture_file(name))
    rows = table_lines(script)
    assert [line for line in report.text.splitlines() if line not in rows] == lines
    assert [line for line in report.text.splitlines() if line in rows] == rows
    assert [section.key for section in report.sections] == KEYS
    assert report.source.format == "pdf"
    assert report.defects == ()
    for margin in ("砚桥县人民政府文件", "- 1 -", "file://", "1/2"):
        assert margin not in report.text


def test_pdf_pages_lead_back(fixture_file: Path_) -> None:
    report = read_report(fixture_file("libreoffice.pdf"))
    assert [label for _, label in report.pages] == ["1", "2", "3"]
    second = report.pages[1][0]
    assert report.text[second - 1] not in "\n。"  # the page ends inside a sentence, which goes on
    assert report.page_at(second - 1) == "1"
    assert report.page_at(second) == "2"
    assert report.page_at(len(report.text) - 2) == "3"


@pytest.mark.parametrize("name", ["trs.html", "ucap.html", "plain.htm"])
def test_pages_of_government_sites(fixture_file: Path_, lines: list[str], script: ModuleType, name: str) -> None:
    report = read_report(fixture_file(name))
    extra = {"trs.html": table_lines(script), "plain.htm": ["<script>alert(1)</script>"]}.get(name, [])
    assert [line for line in report.clean.text.split("\n") if line not in extra] == lines
    assert all(line in report.text.splitlines() for line in extra)
    for noise in ("首页", "浏览次数", "分享", "备案号", "var visits", "999", "888", "margin"):
        assert noise not in report.text
    assert report.source.format == "html"
    assert report.metadata.signed_date == "2025-01-20"


def test_publication_date_and_address_of_pages(fixture_file: Path_) -> None:
    trs, ucap, plain = (read_report(fixture_file(name)) for name in ("trs.html", "ucap.html", "plain.htm"))
    assert trs.metadata.published_date == ucap.metadata.published_date == "2025-02-17"
    assert trs.source.address == "http://www.yanqiao.example/zwgk/t20250217_1001.html"
    assert ucap.source.address == "https://www.yanqiao.example/art/2025/2/17/art_1_2.html"
    assert (plain.metadata.published_date, plain.source.address) == ("", "")
    assert trs.source.encoding == "gb18030"


def test_content_decides_and_not_the_suffix(fixture_file: Path_, tmp_path: Path) -> None:
    for name, suffix, kind in (
        ("report.docx", ".pdf", "docx"),
        ("chromium.pdf", ".docx", "pdf"),
        ("trs.html", ".doc", "html"),
        ("gb18030.txt", ".doc", "text"),
        ("utf16.txt", ".wps", "text"),
    ):
        path = tmp_path / f"renamed{suffix}"
        path.write_bytes(fixture_file(name).read_bytes())
        assert read_report(path).source.format == kind


def test_markup_in_a_text_is_text(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("<script>alert('甲')</script>\n一、成效\n办结7件。", encoding="utf-8")
    report = read_report(path)
    assert report.text.startswith("<script>alert")
    assert report.source.format == "text"


def test_a_new_format_is_one_file() -> None:
    from fazhi_analysis.reading.formats import all_formats

    orders = [module.ORDER for _, module in all_formats()]
    assert orders == sorted(orders)
    assert len(orders) == len(set(orders)) >= 6
