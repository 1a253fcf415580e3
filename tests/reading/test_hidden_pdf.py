"""PDF: what no reader sees is not read and noted; what readers see and this package cannot read is warned of."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from tests.reading.made_files import AFTER, BEFORE, at, pdf, pdf_report

from fazhi_analysis.extracting import extract
from fazhi_analysis.model import Report
from fazhi_analysis.reading import ocr, read_report

_SECRET = "全县调解矛盾纠纷517件。"
_PICTURE = "q {width} 0 0 {height} {x} {y} cm /Im Do Q\n"
_PLACES = [(80 + 7 * (number % 50), 700 - 20 * (number // 50)) for number in range(120)]
_SHAPES = "".join(f"{x} {y} m {x + 5} {y + 12} l {x} {y + 12} l f\n" for x, y in _PLACES)


def _figures(report: Report) -> list[str]:
    return [quantity.text for quantity in extract(report).quantities if quantity.is_metric]


def _rules(report: Report) -> list[str]:
    return [finding.rule for finding in report.defects]


@pytest.fixture
def no_recognition(monkeypatch: pytest.MonkeyPatch) -> None:
    ocr._loaded.cache_clear()
    monkeypatch.setitem(sys.modules, "rapidocr", None)


@pytest.mark.parametrize(
    ("extra", "before"),
    [
        (at(_SECRET, 80, 400, mode="3 Tr"), ""),
        (at(_SECRET, 80, 400, mode="1 1 1 rg"), ""),
        (at(_SECRET, 80, 400, mode="0.2 0.4 0.6 rg"), "q 0.2 0.4 0.6 rg 60 380 400 40 re f Q\n"),
        (at(_SECRET, 80, -40), ""),
        (at(_SECRET, 640, 400), ""),
        (at(_SECRET, 80, 400, 0.5), ""),
        (at(_SECRET, 80, 400, mode="0 0 50 50 re W n"), ""),
        (at(_SECRET, 80, 400) + "q 1 1 1 rg 60 380 400 40 re f Q\n", ""),
        (at(_SECRET, 80, 400) + "q 0 0 0 rg 60 380 400 40 re f Q\n", ""),
    ],
)
def test_what_no_reader_sees_is_left_out_and_noted(tmp_path: Path, extra: str, before: str) -> None:
    report = read_report(pdf(tmp_path / "a.pdf", pdf_report(extra, before=before)))
    assert report.text.splitlines() == [*BEFORE, "全县办理行政复议案件26件，审结24件。", *AFTER]
    assert _rules(report) == ["hidden_text"]
    assert "517" in report.defects[0].message_zh
    assert "第1页" in report.defects[0].message_zh


@pytest.mark.parametrize("line", ["158 764.5 26 0.8 re f", "0.7 w 158 765 m 184 765 l S"])
def test_a_line_through_the_middle_strikes_out(tmp_path: Path, line: str) -> None:
    shown = at("全县办理行政处罚案件517", 20, 760) + at("48件。", 190, 760)
    report = read_report(pdf(tmp_path / "a.pdf", shown + f"q {line} Q\n"))
    assert report.text == "全县办理行政处罚案件48件。\n"
    assert "517" in report.defects[0].message_zh
    under = line.replace("764.5", "757").replace("765", "757")
    assert "517" in read_report(pdf(tmp_path / "b.pdf", shown + f"q {under} Q\n")).text


def test_what_lies_beside_the_cut_of_the_page_is_left_out(tmp_path: Path) -> None:
    boxes = "/MediaBox[0 0 595 842]/CropBox[0 200 595 842]"
    report = read_report(pdf(tmp_path / "a.pdf", pdf_report(at(_SECRET, 80, 60)), boxes=boxes))
    assert _figures(report) == ["26件", "24件"]
    assert _rules(report) == ["hidden_text"]


@pytest.mark.parametrize(
    ("extra", "before"),
    [
        (at(_SECRET, 80, 400, mode="1 1 1 rg"), "q 0.1 0.2 0.5 rg 60 380 400 40 re f Q\n"),
        (at(_SECRET, 80, 400, mode="1 1 1 rg 0 0 0 RG 2 Tr"), ""),
        (at(_SECRET, 80, 400, mode="0.6 0.6 0.6 rg"), ""),
        (at(_SECRET, 80, 400), "q 1 1 1 rg 60 380 400 40 re f Q\n"),
        (at(_SECRET, 80, 400) + "q 0 0 0 RG 60 380 400 40 re S Q\n", ""),
        (at(_SECRET, 80, 400, mode="60 380 400 40 re W n"), ""),
        (at(_SECRET, 80, 400) + "q 1 1 1 rg 60 300 400 40 re f Q\n", ""),
    ],
)
def test_what_readers_see_is_read(tmp_path: Path, extra: str, before: str) -> None:
    report = read_report(pdf(tmp_path / "a.pdf", pdf_report(extra, before=before)))
    assert _figures(report) == ["26件", "24件", "517件"]
    assert _rules(report) == []


def test_a_recognised_text_under_its_scan_is_read(tmp_path: Path) -> None:
    lines = [*BEFORE, "全县办理行政复议案件26件，审结24件。", *AFTER]
    layer = "".join(at(line, 80 + 150 * (n == 0), 760 - 24 * n, mode="3 Tr") for n, line in enumerate(lines))
    scan = _PICTURE.format(width=595, height=842, x=0, y=0)
    long = "".join(
        at("依法履行各项职能，营造良好的法治环境，取得了新的成效。", 80, 500 - 24 * n, mode="3 Tr") for n in range(6)
    )
    report = read_report(pdf(tmp_path / "a.pdf", scan + layer + long))
    assert _figures(report) == ["26件", "24件"]
    assert _rules(report) == []


def test_raised_digits_are_marks_of_notes(tmp_path: Path) -> None:
    middle = (
        at("全县办理行政处罚案件48", 80, 700)
        + at("1", 80 + 14 * 11, 705, 8)
        + at("件，罚没3万元。", 80 + 14 * 11 + 5, 700)
    )
    report = read_report(pdf(tmp_path / "a.pdf", pdf_report(middle, middle="")))
    assert [(q.value, q.unit) for q in extract(report).quantities if q.is_metric] == [(48, "件"), (30000, "元")]


@pytest.mark.parametrize(
    ("page", "cause"),
    [
        (_PICTURE.format(width=500, height=700, x=40, y=60), "扫描页"),
        (
            _PICTURE.format(width=500, height=700, x=40, y=60) + at("砚桥县人民政府办公室 仅供内部核对使用", 80, 40),
            "扫描页",
        ),
        (_SHAPES, "线条"),
    ],
)
@pytest.mark.usefixtures("no_recognition")
def test_without_recognition_a_page_that_shows_no_text_is_named(tmp_path: Path, page: str, cause: str) -> None:
    report = read_report(pdf(tmp_path / "a.pdf", pdf_report(), page, page))
    assert _figures(report) == ["26件", "24件"]
    assert [(finding.rule, finding.severity) for finding in report.defects] == [("unread_content", "warning")]
    message = report.defects[0].message_zh
    assert cause in message
    assert "第2页、第3页" in message
    assert "fazhi_analysis[ocr]" in message


def test_shapes_that_recognition_makes_nothing_of_are_named(tmp_path: Path) -> None:
    report = read_report(pdf(tmp_path / "a.pdf", pdf_report(), _SHAPES))
    assert "第2页" in report.defects[0].message_zh


def test_a_larger_picture_beside_text_is_named_and_a_seal_is_not(tmp_path: Path) -> None:
    seal = _PICTURE.format(width=110, height=110, x=400, y=300)
    assert _rules(read_report(pdf(tmp_path / "a.pdf", pdf_report(seal)))) == []
    table = _PICTURE.format(width=420, height=180, x=80, y=300)
    report = read_report(pdf(tmp_path / "b.pdf", pdf_report(), at("附表如下，数据截至年底。", 80, 700) + table))
    assert _rules(report) == ["unread_content"]
    assert "第2页" in report.defects[0].message_zh


_WITH_OTHER_FONTS = """
import ctypes, sys
import pypdfium2.raw as raw
import pypdfium2._library_scope as library
from pypdfium2.internal import bases
library.destroy_lib()
paths = (ctypes.c_char_p * 2)(sys.argv[2].encode(), None)
paths = ctypes.cast(paths, ctypes.POINTER(ctypes.POINTER(ctypes.c_char)))
raw.FPDF_InitLibraryWithConfig(raw.FPDF_LIBRARY_CONFIG(version=2, m_pUserFontPaths=paths))
bases.LIBRARY_AVAILABLE = True
from fazhi_analysis.reading import read_report
sys.stdout.buffer.write(read_report(sys.argv[1]).text.encode())
"""


def test_the_fonts_of_the_machine_change_nothing(tmp_path: Path) -> None:
    words = [("项目", "数量（件）"), ("行政赔偿", "3"), ("行政裁决", "—"), ("听证", "零")]
    table = "".join(
        at(text, 80 + 200 * x, 600 - 24 * y, 12) for y, row in enumerate(words) for x, text in enumerate(row)
    )
    file = pdf(tmp_path / "a.pdf", pdf_report(table))
    without = subprocess.run(
        [sys.executable, "-c", _WITH_OTHER_FONTS, str(file), str(tmp_path / "none")], capture_output=True, check=True
    )
    assert without.stdout.decode() == read_report(file).text
    assert "行政赔偿\t3\n行政裁决\t—\n听证\t零\n" in without.stdout.decode()
