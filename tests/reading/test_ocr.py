"""Scans and photographs, recognised for real from committed pictures; and what happens without the extra."""

from __future__ import annotations

import sys
from collections.abc import Callable
from difflib import SequenceMatcher
from pathlib import Path

import pytest

from fazhi_analysis import _limits
from fazhi_analysis.errors import DamagedFileError, MissingExtraError
from fazhi_analysis.reading import read_report
from fazhi_analysis.reading.formats import pdf

Path_ = Callable[[str], Path]


def normal(text: str) -> str:
    return text.replace("(", "（").replace(")", "）").replace("\n", "").replace("\t", "")


def test_photograph_of_a_page(fixture_file: Path_, lines: list[str]) -> None:
    report = read_report(fixture_file("photo.jpg"))
    wanted = normal("".join(lines[:6]))
    got = normal(report.text.removeprefix("砚桥县人民政府文件\n"))
    assert SequenceMatcher(None, wanted[: len(got)], got, autojunk=False).ratio() > 0.97
    assert report.source.format == "image"
    assert [section.key for section in report.sections if section.level == 2][:2] == ["一/（一）", "一/（二）"]
    figures = ("7次", "43项", "12个", "3208项", "98.6%", "1360万余元")
    for figure in figures:
        start = report.text.index(figure)
        [confidence] = {c for a, b, c in report.ocr_spans if a <= start < b}
        assert 0.5 <= confidence < 1


def test_scanned_pdf_has_pages_and_confidences(fixture_file: Path_, lines: list[str]) -> None:
    report = read_report(fixture_file("scan.pdf"))
    assert report.source.format == "pdf-ocr"
    assert [label for _, label in report.pages] == ["1", "2"]
    assert report.metadata.title == lines[0]
    assert report.metadata.year == 2024
    covered = sum(end - start for start, end, _ in report.ocr_spans)
    assert covered > 0.95 * len(report.text.strip())
    assert all(0 < confidence < 1 for _, _, confidence in report.ocr_spans)
    assert "成功率97.92%" in report.clean.text


def test_each_page_of_a_scan_is_told_before_it_is_recognised(fixture_file: Path_) -> None:
    told: list[tuple[int, int]] = []
    _limits.listen(lambda *page: told.append(page))
    try:
        read_report(fixture_file("scan.pdf"))
    finally:
        _limits.listen(None)
    assert told == [(1, 2), (2, 2)]


def test_too_many_scanned_pages_are_refused_in_one_line_that_says_what_to_do(
    fixture_file: Path_, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf, "MAX_SCANS", 1)
    with pytest.raises(DamagedFileError) as caught:
        read_report(fixture_file("scan.pdf"))
    line = str(caught.value)
    assert "有 2 页是扫描的图像，逐页识别最多 1 页" in line
    assert "请只留下报告所在的页" in line
    assert "\n" not in line


@pytest.mark.parametrize("name", ["photo.jpg", "scan.pdf"])
def test_without_the_extra_one_line_says_what_to_install(
    fixture_file: Path_, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    from fazhi_analysis.reading import ocr

    monkeypatch.setitem(sys.modules, "rapidocr", None)
    monkeypatch.setattr(ocr, "_loaded", ocr._loaded.__wrapped__)
    with pytest.raises(MissingExtraError) as caught:
        read_report(fixture_file(name))
    assert "pip install fazhi_analysis[ocr]" in str(caught.value)
    assert name in str(caught.value)
    assert "\n" not in str(caught.value)
