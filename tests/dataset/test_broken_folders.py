"""A folder of reports with faults: one clear line for each, and no other report is kept from loading."""

from __future__ import annotations

import csv
import json
import os
from pathlib import Path

import pytest

from fazhi_analysis.dataset import load_findings, load_metrics, load_reports, load_statements
from fazhi_analysis.dataset.loading import broken_reports
from fazhi_analysis.errors import BrokenReportWarning, DataError, LedgerError


def _broken(change):
    def spoil(folder: Path) -> None:
        path = folder / "metrics.csv"
        path.write_bytes(change(path.read_bytes()))

    return spoil


def _cell(old: str, new: str):
    return _broken(lambda content: content.replace(f",{old},".encode(), f",{new},".encode(), 1))


@pytest.mark.parametrize(
    ("spoil", "parts"),
    [
        (_broken(lambda content: content + b"1,2,3\n"), ["metrics.csv", "第 3 行有 3 格，应有 32 格"]),
        (_broken(lambda content: content + b'"x'), ["metrics.csv", "不是有效的 CSV"]),
        (_broken(lambda content: content.replace(b",label,", b",labels,")), ["第 1 行", "缺 label", "多 labels"]),
        (_broken(lambda content: content.replace(b",label,", b",scope,")), ["第 1 行", "缺 label"]),
        (_broken(lambda content: b""), ["metrics.csv", "第 1 行的列名不对"]),
        (_broken(lambda content: content.decode("utf-8-sig").encode("gb18030")), ["metrics.csv", "不是 UTF-8"]),
        (_cell("12", "一十二"), ["第 2 行 value 不是数", "一十二"]),
        (_cell("2023", "9" * 30), ["第 2 行 year 不是整数"]),
        (_cell("2023", "2022"), ["第 2 行 year 是 2022，应为 2023"]),
        (_cell("true", "perhaps"), ["第 2 行 is_metric 应为 true 或 false"]),
        (_cell("exact", "some"), ["第 2 行", "qualifier 的值 'some' 不在 exact"]),
        (_cell("12,12,12", "12,13,14"), ["第 2 行", "lower <= value <= upper"]),
        (_cell("行政复议案件数", ""), ["第 2 行", "label", "不能为空"]),
        (
            _broken(lambda content: content.replace(b"159928-2023:m001", b"159928-2024:m001")),
            ["row_id", "159928-2023:"],
        ),
        (_broken(lambda content: content + content.splitlines(keepends=True)[-1]), ["第 3 行", "row_id 与别的行重复"]),
        (lambda folder: (folder / "metrics.csv").unlink(), ["metrics.csv", "文件不存在"]),
    ],
)
def test_a_broken_file_gives_one_clear_line(store, cache: Path, tree, spoil, parts: list[str]) -> None:
    data = store()
    spoil(data / "reports/159928-2023")
    before = tree(data)
    for _ in range(2):
        with pytest.raises(DataError) as caught:
            load_metrics(data)
        assert "159928-2023/metrics.csv" in str(caught.value)
        for part in parts:
            assert part in str(caught.value)
        assert "\n" not in str(caught.value)
    assert tree(data) == before


def test_a_broken_report_never_blocks_the_others(store, tree) -> None:
    store("990124-2022")
    store("990124-2023")
    data = store("159928-2023")
    _cell("exact", "some")(data / "reports/990124-2023")
    (data / "reports/159928-2023/report.json").write_text("{", encoding="utf-8")
    before = tree(data)
    for load in (load_metrics, load_statements, load_findings, load_reports):
        with pytest.warns(BrokenReportWarning) as noted:
            found = load(data)
        messages = [str(one.message) for one in noted]
        assert [text.split("：")[0] for text in messages] == ["没有读入报告 159928-2023", "没有读入报告 990124-2023"]
        assert "159928-2023/report.json" in messages[0]
        assert "990124-2023/metrics.csv 第 2 行" in messages[1]
        assert set(found["report_id"]) <= {"990124-2022"}
        assert load(data, regions="砚桥县", years=2022).equals(found)
        with pytest.raises(DataError, match=r"990124-2023/metrics\.csv"):
            load(data, regions="砚桥县", years=2023)
        with pytest.raises(DataError, match=r"159928-2023/report\.json"):
            load(data, regions="159928")
    assert tree(data) == before
    assert list(broken_reports(data)) == ["159928-2023", "990124-2023"]
    store("159928-2023")
    store("990124-2023")
    assert len(load_metrics(data)) == 3
    assert broken_reports(data) == {}


def test_missing_rows_are_noticed(store, figure) -> None:
    data = store(metrics=[figure(12), figure(13), figure(14)])
    path = data / "reports/159928-2023/metrics.csv"
    path.write_bytes(b"".join(path.read_bytes().splitlines(keepends=True)[:-1]))
    with pytest.raises(DataError, match="有 2 行，"):
        load_metrics(data)


def _json(**change: object):
    def spoil(folder: Path) -> None:
        path = folder / "report.json"
        path.write_text(json.dumps(json.loads(path.read_text(encoding="utf-8")) | change), encoding="utf-8")

    return spoil


def _list(table: str, column: str, cell: str):
    def spoil(folder: Path) -> None:
        path = folder / table
        rows = list(csv.reader(path.read_text(encoding="utf-8-sig").splitlines()))
        rows[1][rows[0].index(column)] = cell
        with path.open("w", encoding="utf-8-sig", newline="") as stream:
            csv.writer(stream, lineterminator="\n").writerows(rows)

    return spoil


def _instead(name: str, make):
    def spoil(folder: Path) -> None:
        (folder / name).unlink()
        make(folder / name)

    return spoil


@pytest.mark.parametrize(
    "spoil",
    [
        *(_json(**{name: value}) for name in ("format", "year", "region") for value in (None, "x", 2024.5, [])),
        _json(year=2022),
        _json(metadata="x"),
        _json(metadata={"title": 5}),
        _json(sections=5),
        _json(sections=["a"]),
        _json(pages=[1, "a"]),
        _json(warnings="abc"),
        _json(corrections=[7]),
        _json(source="x"),
        _json(counts={"metrics": "many"}),
        _json(region="\ud800"),
        _broken(lambda content: b"\xff\xfe" + content),
        *(_list("metrics.csv", "value", cell) for cell in ("", "nan", "inf", "1e999", "1_000", "１２", "1,000")),
        *(_list("metrics.csv", "confidence", cell) for cell in ("5", "-1", "nan")),
        _list("metrics.csv", "start", "-5"),
        _list("metrics.csv", "region", "别处"),
        _list("metrics.csv", "duplicate_of", "159928-2023:m001"),
        *(_list("statements.csv", "parts", cell) for cell in ("[1]", "[" * 30_000, '[{"text": 5, "start": "a"}]')),
        _list("statements.csv", "answers", '[{"problem": "x", "strength": 5}]'),
        _list("findings.csv", "evidence", '[{"start": "x", "value": [1]}]'),
        *(_instead(name, make) for name in ("report.json", "metrics.csv") for make in (Path.mkdir, os.mkfifo)),
        _instead("report.json", lambda path: path.symlink_to(path.name)),
        _instead("findings.csv", lambda path: None),
        _instead("report.json", lambda path: path.write_text("[" * 200_000, encoding="utf-8")),
    ],
)
def test_every_fault_is_one_line_and_no_other_report_is_blocked(store, spoil) -> None:
    problem = {"kind": "problem", "ordinal": 1, "text": "x", "parts": [{"text": "y", "start": 0, "end": 1}]}
    found = {"rule": "sum", "id": "sum-1", "severity": "note", "message_zh": "x", "message_en": "x"}
    store(statements=[problem], findings=[found])
    data = store("990124-2022")
    spoil(data / "reports/159928-2023")
    for load in (load_metrics, load_statements, load_findings, load_reports):
        with pytest.warns(BrokenReportWarning, match="没有读入报告 159928-2023：159928-2023/") as noted:
            assert "159928-2023" not in set(load(data)["report_id"])
        assert len(noted) == 1
        assert len(str(noted[0].message).splitlines()) == 1


def test_a_ledger_that_cannot_be_read_is_a_warning_to_all_but_its_place(store) -> None:
    found = {"rule": "sum", "id": "sum-1", "severity": "note", "message_zh": "x", "message_en": "x"}
    store("990124-2022")
    data = store("159928-2023", findings=[found])
    (data / "corrections").mkdir()
    (data / "corrections/159928-2023.yaml").write_text("- {", encoding="utf-8")
    with pytest.warns(BrokenReportWarning, match=r"corrections/159928-2023\.yaml"):
        load_findings(data)
    load_findings(data, regions="砚桥县")
    with pytest.raises(LedgerError):
        load_findings(data, regions="霁原旗")


def test_broken_files_are_all_named_at_once(store) -> None:
    store("159928-2022")
    data = store("159928-2023")
    for name in ("159928-2022", "159928-2023"):
        _cell("exact", "some")(data / "reports" / name)
    _cell("12", "x")(data / "reports/159928-2022")
    store("990124-2023")
    with pytest.raises(DataError) as caught:
        load_metrics(data, regions="霁原旗")
    assert "159928-2022/metrics.csv" in str(caught.value)
    assert "159928-2023/metrics.csv" in str(caught.value)


@pytest.mark.parametrize(
    "content", [b"{", b"[]", b'{"report_id": "other"}', b'{"report_id": "159928-2023", "format": 99}']
)
def test_a_broken_report_json_gives_one_clear_line(store, content: bytes) -> None:
    data = store()
    (data / "reports/159928-2023/report.json").write_bytes(content)
    with pytest.raises(DataError, match=r"159928-2023/report\.json"):
        load_reports(data)
