"""OFD files: read where the library is installed, one clear line otherwise."""

from __future__ import annotations

import sys
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest

from fazhi_analysis.errors import DamagedFileError, UnsupportedFormatError
from fazhi_analysis.extracting import extract
from fazhi_analysis.reading import read_report

_NAMES = 'xmlns:ofd="http://www.ofdspec.org/2016"'
Word = tuple[str, float, float]  # text, millimetres from the left, millimetres from the top


def _content(words: Sequence[Word]) -> str:
    objects = "".join(
        f'<ofd:TextObject ID="{10 + number}" Boundary="{x} {y} {5 * len(text)} 6" Font="3" Size="5">'
        f'<ofd:TextCode X="0" Y="4.5" DeltaX="g {len(text) - 1} 5">{text}</ofd:TextCode></ofd:TextObject>'
        for number, (text, x, y) in enumerate(words)
    )
    return f'<ofd:Page {_NAMES}><ofd:Content><ofd:Layer ID="2">{objects}</ofd:Layer></ofd:Content></ofd:Page>'


def _ofd(path: Path, *pages: Sequence[Word]) -> Path:
    listed = "".join(f'<ofd:Page ID="{n + 1}" BaseLoc="Pages/P{n}.xml"/>' for n in range(len(pages)))
    area = (
        "<ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea></ofd:CommonData>"
    )
    with zipfile.ZipFile(path, "w") as archive:
        body = "<ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody>"
        archive.writestr("OFD.xml", f'<ofd:OFD {_NAMES} Version="1.1" DocType="OFD">{body}</ofd:OFD>')
        archive.writestr(
            "Doc_0/Document.xml", f"<ofd:Document {_NAMES}>{area}<ofd:Pages>{listed}</ofd:Pages></ofd:Document>"
        )
        for number, words in enumerate(pages):
            archive.writestr(f"Doc_0/Pages/P{number}.xml", _content(words))
    return path


_FIRST: list[Word] = [
    ("砚桥县2024年法治政府建设年度报告", 60, 20),
    ("一、主要工作", 30, 40),
    ("全年受理行政复议申请五十二件，审结四十七件。", 30, 50),
    ("项目", 30, 80),
    ("2023年（件）", 80, 80),
    ("2024年（件）", 140, 80),
    ("行政裁决", 30, 90),
    ("15", 90, 90),
    ("18", 150, 90),
    ("行政赔偿", 30, 100),
    ("4", 150, 100),
    ("行政调解", 30, 110),
    ("209", 90, 110),
    ("260", 150, 110),
]


def test_text_and_tables_of_an_ofd_file_are_read(tmp_path: Path) -> None:
    pytest.importorskip("ofdkit")
    second: list[Word] = [("二、存在的问题", 30, 20), ("执法力量不足。", 30, 30), ("页外888件", 230, 40)]
    report = read_report(_ofd(tmp_path / "a.ofd", [*_FIRST, _FIRST[0]], second))
    assert report.metadata.year == 2024
    assert report.text.count("年度报告") == 1
    found = {(q.value, q.period) for q in extract(report).quantities if q.is_metric}
    table = {(15, "2023"), (18, "2024"), (4, "2024"), (209, "2023"), (260, "2024")}
    assert found == {(52, "2024"), (47, "2024")} | table
    assert report.page_at(report.text.index("力量不足")) == "2"


def test_a_page_without_text_is_named(tmp_path: Path) -> None:
    pytest.importorskip("ofdkit")
    report = read_report(_ofd(tmp_path / "a.ofd", _FIRST, []))
    [finding] = [one for one in extract(report).findings if one.rule == "unread_content"]
    assert "2" in finding.message_zh


def test_without_the_library_or_any_text_one_line_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(UnsupportedFormatError, match="OFD"):
        read_report(_ofd(tmp_path / "empty.ofd", []))
    monkeypatch.setitem(sys.modules, "ofdkit", None)
    with pytest.raises(UnsupportedFormatError, match="PDF") as caught:
        read_report(_ofd(tmp_path / "a.ofd", _FIRST))
    assert "\n" not in str(caught.value)


def test_a_cut_off_file_is_damaged(tmp_path: Path) -> None:
    data = _ofd(tmp_path / "a.ofd", _FIRST).read_bytes()
    cut = tmp_path / "cut.ofd"
    cut.write_bytes(data[: len(data) // 2])
    with pytest.raises(DamagedFileError):
        read_report(cut)
