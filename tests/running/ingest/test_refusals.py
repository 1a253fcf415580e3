"""Bad input gets one clear line and leaves every stored byte as it was."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from fazhi_analysis import ingest
from fazhi_analysis.dataset import read_report_folder, write_report_folder
from fazhi_analysis.errors import DataError, NotAReportError, UnknownNameError, UsageError
from fazhi_analysis.running import ingest_one

from .conftest import text, tree


@pytest.mark.parametrize(
    ("options", "error", "parts"),
    [
        ({"region": "砚乔县"}, UnknownNameError, ["砚乔县", "没有这个地方"]),
        ({"region": "朝阳区"}, UnknownNameError, ["朝阳区", "110105", "220104"]),
        ({"code": "4113"}, UsageError, ["6 位数字"]),
        ({"year": 24}, UsageError, ["年份"]),
    ],
)
def test_options_that_cannot_be_had_are_refused_before_reading(data: Path, options, error, parts) -> None:
    with pytest.raises(error) as caught:
        ingest("没有这份文件.txt", data, **options)
    for part in parts:
        assert part in str(caught.value)
    assert not data.exists()


BAD = {
    "missing": (None, "找不到文件"),
    "empty": (b"", "文件是空的"),
    "blank": (b" \n\n", "没有文字"),
    "binary": (bytes(range(256)) * 8, ""),
    "encoding": (b"\xff\xfe\x00\xd8" * 40, ""),
    "note": ("关于召开会议的通知\n请大家下午到会。".encode(), "不像一份法治政府建设年度报告"),
    "no place": ("2024年法治政府建设年度报告\n一、情况\n受理行政复议案件53件。".encode(), "--region"),
    "no year": ("砚桥县法治政府建设年度报告\n一、情况\n受理行政复议案件53件。".encode(), "--year"),
    "several places": ("鼓楼区2024年法治政府建设年度报告\n受理行政复议案件53件。".encode(), "--code"),
    "cut pdf": (b"%PDF-1.7\n1 0 obj\n<<", ""),
    "cut docx": (b"PK\x03\x04\x14\x00", ""),
}


@pytest.mark.parametrize("name", list(BAD))
def test_bad_input_is_one_line_and_leaves_no_trace(name: str, file, data: Path, tmp_path: Path) -> None:
    ingest(file(), data)
    before = tree(data)
    content, part = BAD[name]
    path = tmp_path / "没有.txt" if content is None else file(content, "坏.txt")
    (result,) = ingest(path, data)
    assert result.status == "failed"
    assert part in result.message
    assert path.name in result.message
    assert "\n" not in result.message
    assert "内部错误" not in result.message
    assert tree(data) == before
    assert [p.name for p in (data / "reports").iterdir()] == ["990124-2024"]


def test_not_a_report_is_its_own_error_unless_place_and_year_are_given(file, data: Path) -> None:
    note = file("关于召开会议的通知\n请大家下午到会。")
    assert isinstance(ingest(note, data)[0].error, NotAReportError)
    assert not data.exists()
    (result,) = ingest(note, data, region="方城县", year=2024)
    assert (result.status, "没有提取到任何指标" in result.message) == ("stored", True)


def test_one_bad_file_fails_only_itself(file, data: Path) -> None:
    files = [file(text(2023), "a.txt"), file(b"\x00" * 99, "b.txt"), file(text(2024), "c.txt")]
    results = ingest(files, data)
    assert [result.status for result in results] == ["stored", "failed", "stored"]
    assert [result.path.name for result in results] == ["a.txt", "b.txt", "c.txt"]
    assert sorted(path.name for path in (data / "reports").iterdir()) == ["990124-2023", "990124-2024"]


def test_a_fault_of_ours_fails_one_file_too(file, data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(report: object) -> None:
        raise RuntimeError("boom\nboom")

    monkeypatch.setattr(ingest_one, "extract", broken)
    (result,) = ingest(file(), data)
    assert result.status == "failed"
    assert "RuntimeError: boom boom" in result.message
    assert "\n" not in result.message


def test_a_full_disk_is_one_line_and_leaves_no_trace(file, data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ingest(file(), data)
    before = tree(data)
    write = Path.write_bytes

    def full(path: Path, content: bytes) -> int:
        if path.name == "findings.csv":
            raise OSError(errno.ENOSPC, "No space left on device")
        return write(path, content)

    monkeypatch.setattr(Path, "write_bytes", full)
    (result,) = ingest(file(text(2023), "b.txt"), data)
    assert (result.status, type(result.error)) == ("failed", DataError)
    assert "磁盘" in result.message
    assert tree(data) == before


def test_a_report_curated_by_hand_is_not_written_over(file, data: Path) -> None:
    ingest(file(), data)
    digest = read_report_folder(data / "reports/990124-2024").document["source"]["digest"]
    write_report_folder(
        "990124-2024",
        into=data,
        region="云岭省望溪市砚桥县",
        region_code="990124",
        year=2024,
        source={"digest": digest},
    )
    before = tree(data)
    (result,) = ingest(file(), data)
    assert result.status == "failed"
    assert "人工整理" in result.message
    assert tree(data) == before


def test_a_name_in_a_document_is_never_a_path(file, data: Path, tmp_path: Path) -> None:
    evil = text().replace("砚桥县", "../../砚桥县").replace("53件", "53件（=HYPERLINK(1)）")
    before = {path.name for path in tmp_path.iterdir()}
    for result in ingest(file(evil, "b.txt"), data):
        assert result.status in ("stored", "failed")
    assert {path.name for path in tmp_path.iterdir()} - before <= {"b.txt", "data"}
    assert all("," + sign not in row for row in _cells(data) for sign in "=@")


def _cells(data: Path) -> list[str]:
    return [line for path in data.rglob("*.csv") for line in path.read_text(encoding="utf-8-sig").splitlines() if line]
