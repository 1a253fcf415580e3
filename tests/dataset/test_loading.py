"""Loading: one tidy frame, of what was asked for, or one clear line saying what exists."""

from __future__ import annotations

import csv
import math
from pathlib import Path

import pandas as pd
import pytest

from fazhi_analysis.dataset import load_findings, load_metrics, load_reports, load_statements, load_text
from fazhi_analysis.dataset.schema import METRICS, REPORTS, TABLES
from fazhi_analysis.dataset.storage import read_report_folder, write_report_folder
from fazhi_analysis.errors import FazhiError, UnknownNameError

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
    with pytest.raises(UnknownNameError, match=r"数据中没有读得出来的地方.*fazhi check"):
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


def test_long_cells_are_read_again(store, figure) -> None:
    parts = [{"text": "力量不足" * 20, "start": number, "end": number + 1} for number in range(2500)]
    problem = {"kind": "problem", "ordinal": 1, "text": "长" * 200_000, "parts": parts}
    data = store(statements=[problem])
    loaded = load_statements(data).iloc[0]
    assert (len(loaded["text"]), len(loaded["parts"])) == (200_000, 2500)


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
