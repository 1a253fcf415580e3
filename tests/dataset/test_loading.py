"""Loading: one tidy frame, of what was asked for, or one clear line saying what exists."""

from __future__ import annotations

import csv
import json
import math
import os
from pathlib import Path

import pandas as pd
import pytest

from fazhi_analysis.dataset import load_findings, load_metrics, load_reports, load_statements, load_text
from fazhi_analysis.dataset.loading import broken_reports
from fazhi_analysis.dataset.schema import METRICS, REPORTS, TABLES
from fazhi_analysis.dataset.storage import read_report_folder, write_report_folder
from fazhi_analysis.errors import BrokenReportWarning, DataError, FazhiError, LedgerError, UnknownNameError

LOADERS = {"metrics": load_metrics, "statements": load_statements, "findings": load_findings, "reports": load_reports}
TEXT = {"text", "list"}


@pytest.fixture
def data(store, figure) -> Path:
    problem = {
        "kind": "problem",
        "ordinal": 1,
        "text": "力量不足",
        "parts": [{"text": "力量不足", "start": 1, "end": 5}],
    }
    found = {"id": "sum-1", "rule": "sum", "severity": "error", "message_zh": "不等", "message_en": "unequal"}
    store("159928-2022", metrics=[figure(10), figure(300, upper=399, qualifier="over", start=5, end=9)])
    store("159928-2023", metrics=[figure(14, upper=math.inf)], statements=[problem], findings=[found])
    store("990124-2023", metrics=[figure(7)], metadata={"title": "年度报告"}, warnings=["提示"])
    store("990125-2023", metrics=[figure(8)])
    return store("xf0e26479-2023", metrics=[], region="云岭省望溪市司法局")


@pytest.mark.parametrize("storage", ["pyarrow", "python"])
@pytest.mark.parametrize("name", list(LOADERS))
def test_types_are_those_of_the_schema(data: Path, name: str, storage: str) -> None:
    with pd.option_context("mode.string_storage", storage):
        frame = LOADERS[name](data)
        table = next(table for table in TABLES if table.name == name)
        assert tuple(frame.columns) == table.names
        for column in table.columns:
            kind = frame[column.name].dtype
            expected = {
                "text": "str",
                "list": "object",
                "category": "category",
                "bool": "bool",
                "float": "float64",
                "int": "Int64" if column.nullable else "int64",
            }[column.type]
            assert str(kind) == expected, column.name
            if column.type == "text":
                assert kind.storage == storage
            if column.type in TEXT:
                assert not frame[column.name].isna().any()
            if column.vocabulary is not None:
                assert tuple(frame[column.name].cat.categories) == column.vocabulary


def test_both_string_storages_give_equal_frames(data: Path) -> None:
    frames = []
    for storage in ("python", "pyarrow"):
        with pd.option_context("mode.string_storage", storage):
            frames.append(load_metrics(data, regions="霁原旗"))
    assert frames[0].astype(object).equals(frames[1].astype(object))
    assert [str(value) for value in frames[0].dtypes] == [str(value) for value in frames[1].dtypes]


def test_values_places_and_lists(data: Path) -> None:
    metrics = load_metrics(data)
    assert metrics["row_id"].tolist() == [
        "159928-2022:m001",
        "159928-2022:m002",
        "159928-2023:m001",
        "990124-2023:m001",
        "990125-2023:m001",
    ]
    assert metrics["upper"].tolist() == [10, 399, math.inf, 7, 8]
    assert metrics["start"].tolist() == [pd.NA, 5, pd.NA, pd.NA, pd.NA]
    assert load_statements(data)["parts"].tolist() == [[{"text": "力量不足", "start": 1, "end": 5}]]
    reports = load_reports(data).set_index("report_id")
    assert reports.loc["990124-2023", "title"] == "年度报告"
    assert reports.loc["990124-2023", "warnings"] == [{"message": "提示"}]
    assert reports.loc["xf0e26479-2023", "region"] == "云岭省望溪市司法局"


@pytest.mark.parametrize(
    ("regions", "years", "expected"),
    [
        ("159928", None, ["159928-2022", "159928-2022", "159928-2023"]),
        ("霁原旗", None, ["159928-2022", "159928-2022", "159928-2023"]),
        ("云泽盟霁原旗", 2023, ["159928-2023"]),
        ("内蒙古自治区云泽盟霁原旗", [2023], ["159928-2023"]),
        (["990125", "霁原旗"], 2023, ["159928-2023", "990125-2023"]),
        ("望溪市砚桥县", None, ["990124-2023"]),
        ("望溪市司法局", None, []),
        (None, [2022], ["159928-2022", "159928-2022"]),
        (None, range(2022, 2024), ["159928-2022", "159928-2022", "159928-2023", "990124-2023", "990125-2023"]),
    ],
)
def test_places_and_years(data: Path, regions, years, expected: list[str]) -> None:
    frame = load_metrics(data, regions=regions, years=years)
    assert frame["report_id"].tolist() == expected
    assert set(frame["report_id"].cat.categories) == set(expected)


@pytest.mark.parametrize(
    ("regions", "years", "parts"),
    [
        ("霁源旗", None, ["霁源旗", "没有这个地方", "霁原旗"]),
        ("旗", None, ["没有这个地方"]),
        ("砚桥县", None, ["2 个地方", "990124 云岭省望溪市砚桥县", "990125 云岭省东川市砚桥县"]),
        ("方城县", None, ["没有这个地方", "砚桥县"]),
        ("霁原旗", 2019, ["2019", "2022、2023"]),
        ("990124", [2022, 2023], ["2022", "现有年份：2023"]),
        (None, "去年", ["年份应为整数"]),
    ],
)
def test_what_is_not_there_lists_what_is(data: Path, regions, years, parts: list[str]) -> None:
    with pytest.raises(UnknownNameError) as caught:
        load_metrics(data, regions=regions, years=years)
    for part in parts:
        assert part in str(caught.value)
    assert "\n" not in str(caught.value)


def test_places_by_the_names_that_the_division_table_knows(store) -> None:
    data = store("411322-2023", region="河南省方城县")
    for name in ("方城", "河南省南阳市方城县", "方城县", "411322"):
        assert len(load_metrics(data, regions=name)) == 1


def test_a_renamed_place_is_one_place(store) -> None:
    store("159928-2022", region="内蒙古自治区云泽盟霁原县")
    data = store("159928-2023")
    assert load_metrics(data, regions="霁原旗")["year"].tolist() == [2022, 2023]
    assert load_metrics(data, regions="霁原县")["year"].tolist() == [2022, 2023]


def test_a_former_name_or_code_loads_the_whole_series(store) -> None:
    store("110229-2014", region="北京市延庆县")
    data = store("110119-2016", region="北京市延庆区")
    for name in ("延庆县", "延庆区", "110229", "110119", "延庆"):
        assert load_metrics(data, regions=[name])["year"].tolist() == [2016, 2014]
    assert load_reports(data, regions="北京市延庆县", years=2014)["region"].tolist() == ["北京市延庆县"]


def test_a_former_name_finds_the_place_that_carries_it_on(store) -> None:
    data = store("110119-2016", region="北京市延庆区")
    assert load_metrics(data, regions=["延庆县"])["region_code"].tolist() == ["110119"]


def test_several_folders_the_later_one_counts(store, figure, tmp_path: Path) -> None:
    one, other = store("159928-2022"), tmp_path / "other"
    store("159928-2022", into=other, metrics=[figure(99)])
    store("159928-2023", into=other)
    assert load_metrics([one, other])["value"].tolist() == [99, 12]
    assert load_metrics([other, str(one)], regions="霁原旗")["value"].tolist() == [12, 12]


def test_the_folder_of_reports_itself_will_do(data: Path) -> None:
    assert len(load_metrics(data / "reports")) == 5


def test_a_store_without_reports_is_an_empty_frame(tmp_path: Path) -> None:
    (tmp_path / "reports").mkdir()
    frame = load_metrics(tmp_path)
    assert len(frame) == 0
    assert tuple(frame.columns) == METRICS.names
    assert str(frame["year"].dtype) == "int64"
    assert load_reports(tmp_path).columns.tolist() == list(REPORTS.names)
    with pytest.raises(UnknownNameError, match="数据中还没有任何地方"):
        load_metrics(tmp_path, regions="霁原旗")


def test_the_bundled_data_passes_its_schema() -> None:
    frame = load_metrics()
    assert ((frame["lower"] <= frame["value"]) & (frame["value"] <= frame["upper"])).all()
    assert frame["row_id"].is_unique
    assert (frame.loc[frame["origin"] == "curated", "quote"] == "").all()
    assert set(frame["report_id"]) <= set(load_reports()["report_id"])


def test_a_file_from_before_a_column_was_added_is_read(data: Path) -> None:
    path = data / "reports/159928-2022/metrics.csv"
    later = {"wording": "", "aspect": "level", "subject": "", "whole": "", "base": ""}
    rows = list(csv.DictReader(path.read_text(encoding="utf-8-sig").splitlines()))
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.DictWriter(stream, [name for name in rows[0] if name not in later], extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows)
    found = load_metrics(data, years=[2022])
    assert found["value"].tolist() == [10, 300]
    for name, default in later.items():
        assert found[name].tolist() == [default, default]
        assert [row[name] for row in read_report_folder(path.parent).metrics] == [default, default]


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
        told = [str(one.message) for one in noted]
        assert [text.split("：")[0] for text in told] == ["没有读入报告 159928-2023", "没有读入报告 990124-2023"]
        assert "159928-2023/report.json" in told[0]
        assert "990124-2023/metrics.csv 第 2 行" in told[1]
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


def test_long_cells_are_read_again(store, figure) -> None:
    parts = [{"text": "力量不足" * 20, "start": number, "end": number + 1} for number in range(2500)]
    problem = {"kind": "problem", "ordinal": 1, "text": "长" * 200_000, "parts": parts}
    data = store(statements=[problem])
    loaded = load_statements(data).iloc[0]
    assert (len(loaded["text"]), len(loaded["parts"])) == (200_000, 2500)


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


def test_what_a_spreadsheet_saves_is_read(store) -> None:
    data = store()
    path = data / "reports/159928-2023/metrics.csv"
    before = load_metrics(data)
    text = path.read_text(encoding="utf-8-sig").replace("\n", "\r\n").replace("true", "TRUE")
    path.write_bytes(text.encode("utf-8"))
    pd.testing.assert_frame_equal(load_metrics(data), before)


@pytest.mark.parametrize("what", ["missing", "file", "empty"])
def test_a_folder_without_data_is_an_error(tmp_path: Path, what: str) -> None:
    folder = tmp_path / "here"
    if what == "file":
        folder.write_text("x")
    elif what == "empty":
        folder.mkdir()
    with pytest.raises(FazhiError) as caught:
        load_metrics(folder)
    assert str(folder) in str(caught.value)
    assert "fazhi ingest" in str(caught.value)


def test_the_text_is_that_of_the_report_that_counts(tmp_path: Path, figure) -> None:
    first, later = tmp_path / "first", tmp_path / "later"
    place = {"region": "云岭省望溪市砚桥县", "region_code": "990124", "year": 2024, "metrics": [figure(3)]}
    write_report_folder("990124-2024", into=first, text="甲\r\n乙", **place)
    write_report_folder("990124-2024", into=later, **place)
    assert load_text("990124-2024", first) == "甲\r\n乙"
    assert load_text("990124-2024", [later, first]) == "甲\r\n乙"
    assert load_text("990124-2024", [first, later]) is None  # the later folder's rows are not of that text


@pytest.mark.parametrize("name", ["990124-2030", "../990124-2024", "", "reports"])
def test_no_text_without_such_a_report(data: Path, name: str) -> None:
    assert load_text(name, data) is None
