"""A report's folder: what goes in comes out, whole or not at all, with the same bytes every time."""

from __future__ import annotations

import csv
import errno
import math
import subprocess
import sys
import tempfile
import textwrap
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fazhi_analysis.dataset import atomic_writes, read_report_folder, write_report_folder
from fazhi_analysis.dataset.cells import from_cell, to_cell
from fazhi_analysis.dataset.report_ids import check_report_id, make_report_id
from fazhi_analysis.dataset.schema import METRICS, STATEMENTS
from fazhi_analysis.errors import DataError
from fazhi_analysis.model import CHANGES, METRIC_KINDS, ORIGINS, QUALIFIERS, ROLES, Evidence, Finding, Part, Statement

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
NUMBER = st.floats(allow_nan=False, allow_infinity=False, width=64)
PLACE = {"region": "云岭省望溪市砚桥县", "region_code": "990124", "year": 2024}


@st.composite
def figures(draw: st.DrawFn) -> dict[str, object]:
    ends = sorted(draw(st.lists(NUMBER, min_size=3, max_size=3)))
    start = draw(st.none() | st.integers(0, 10**6))
    return {
        "label": draw(TEXT.filter(bool)),
        "lower": ends[0],
        "value": ends[1],
        "upper": draw(st.sampled_from([ends[2], math.inf])),
        **{
            name: draw(TEXT)
            for name in ("indicator_id", "unit", "period", "scope", "section", "item", "quote", "source")
        },
        "qualifier": draw(st.sampled_from(QUALIFIERS)),
        "kind": draw(st.sampled_from(METRIC_KINDS)),
        "role": draw(st.sampled_from(ROLES)),
        "change": draw(st.sampled_from(CHANGES)),
        "origin": draw(st.sampled_from(ORIGINS)),
        "confidence": draw(st.floats(0, 1)),
        "start": start,
        "end": None if start is None else start + draw(st.integers(1, 99)),
    }


@settings(max_examples=60, deadline=None)
@given(st.lists(figures(), max_size=4), st.lists(TEXT.filter(bool), max_size=3))
def test_rows_survive_the_way_to_disk_and_back(rows: list[dict[str, object]], steps: list[str]) -> None:
    statements = [
        Statement("next_step", number, text, 3, 9, parts=(Part(text, 3, 5),)) for number, text in enumerate(steps, 1)
    ]
    with tempfile.TemporaryDirectory() as data:
        write_report_folder(
            "990124-2024", into=data, **PLACE, metrics=rows, statements=statements, text="一\r\n二\ufeff"
        )
        stored = read_report_folder(Path(data, "reports", "990124-2024"))
    assert [{name: row[name] for name in given} for row, given in zip(stored.metrics, rows, strict=True)] == rows
    assert [row["text"] for row in stored.statements] == steps
    assert [row["parts"] for row in stored.statements] == [[{"text": text, "start": 3, "end": 5}] for text in steps]
    assert stored.text == "一\r\n二\ufeff"


@given(TEXT)
def test_any_text_survives_and_none_is_a_formula(text: str) -> None:
    cell = to_cell(METRICS["label"], text)
    assert from_cell(METRICS["label"], cell) == text
    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))


@given(st.floats(allow_nan=False))
def test_any_number_survives(number: float) -> None:
    cell = to_cell(METRICS["upper"], number)
    assert from_cell(METRICS["upper"], cell) == number
    assert not cell.endswith(".0")


def test_csv_is_what_a_spreadsheet_and_a_diff_want(store, figure) -> None:
    data = store(metrics=[figure(2841.0, upper=math.inf), figure(97.06, label="说“好”,换\n行")])
    content = (data / "reports/159928-2023/metrics.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbfrow_id,report_id,")
    assert b"\r" not in content
    rows = list(csv.DictReader(content.decode("utf-8-sig").splitlines(keepends=True)))
    assert (rows[0]["value"], rows[0]["upper"], rows[0]["start"]) == ("2841", "inf", "")
    assert (rows[1]["value"], rows[1]["label"]) == ("97.06", "说“好”,换\n行")


def test_same_content_gives_same_bytes_and_touches_nothing(store, tree) -> None:
    data = store()
    before, stamp = tree(data), (data / "reports/159928-2023").stat().st_mtime_ns
    assert not write_report_folder(
        "159928-2023",
        into=data,
        region="内蒙古自治区云泽盟霁原旗",
        region_code="159928",
        year=2023,
        metrics=[{"label": "行政复议案件数", "value": 12, "lower": 12, "upper": 12, "unit": "件"}],
    )
    assert tree(data) == before
    assert (data / "reports/159928-2023").stat().st_mtime_ns == stamp


def test_findings_of_the_model_are_rows_too(store) -> None:
    evidence = (Evidence(3, 5, "12件", 12.5, "159928-2023:m001"), Evidence(7, 9, value=math.inf))
    data = store(findings=[Finding("sum-1", "sum", "error", "不等", "unequal", evidence)])
    row = read_report_folder(data / "reports/159928-2023").findings[0]
    assert row["evidence"] == [
        {"start": 3, "end": 5, "text": "12件", "value": 12.5, "row": "159928-2023:m001"},
        {"start": 7, "end": 9, "text": "", "value": math.inf, "row": ""},
    ]
    assert (row["severity"], row["status"], row["report_id"]) == ("error", "open", "159928-2023")


def test_all_failures_are_reported_at_once_and_nothing_is_written(store, figure, tree) -> None:
    data = store()
    before = tree(data)
    with pytest.raises(DataError) as caught:
        store(
            metrics=[
                figure(5, lower=6),
                figure(qualifier="some"),
                figure(label=""),
                figure(duplicate_of="159928-2023:m099"),
            ],
            statements=[{"kind": "wish", "ordinal": 1, "text": "x"}],
        )
    message = str(caught.value)
    for part in ("lower <= value <= upper", "'some'", "label 不能为空", "m099", "'wish'"):
        assert part in message
    assert "\n" not in message
    assert tree(data) == before


@pytest.mark.parametrize(
    "name",
    [
        "../x",
        "150623",
        "150623-23",
        "x12-2023",
        "150623-2023/..",
        "150623-2023-",
        "150623-2023-A",
        "",
        "１５０６２３-2023",
    ],
)
def test_what_is_no_report_id_names_no_folder(name: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="not a report id"):
        check_report_id(name)
    with pytest.raises(ValueError, match="not a report id"):
        write_report_folder(name, into=tmp_path / "data", **PLACE)
    assert not (tmp_path / "data").exists()


def test_bodies_without_a_code_get_an_id_of_their_name() -> None:
    one, other = make_report_id("云岭省望溪市司法局", "", 2024), make_report_id("云岭省望溪市公安局", "", 2024)
    assert one != other
    assert check_report_id(one).startswith("x")


@pytest.mark.parametrize("failing", ["metrics.csv", "findings.csv", "report.json", "text.txt"])
def test_a_full_disk_leaves_the_old_report(failing: str, store, figure, tree, monkeypatch) -> None:
    data = store(text="旧")
    before = tree(data)
    write = Path.write_bytes

    def full(path: Path, content: bytes) -> int:
        if path.name == failing:
            raise OSError(errno.ENOSPC, "No space left on device")
        return write(path, content)

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(DataError, match="无法写入"):
        store(metrics=[figure(13)], text="新")
    assert tree(data) == before


def test_a_failing_rename_leaves_the_old_report(store, figure, tree, monkeypatch) -> None:
    data = store()
    before = tree(data)

    def refuse(self: Path, target: Path) -> Path:
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(atomic_writes, "_exchange", lambda one, other: False)
    monkeypatch.setattr(Path, "rename", refuse)
    with pytest.raises(DataError, match="无法写入"):
        store(metrics=[figure(13)])
    assert tree(data) == before


@pytest.mark.parametrize("exchange", [True, False])
def test_what_a_user_puts_into_a_reports_folder_stays(store, figure, monkeypatch, exchange: bool) -> None:
    if not exchange:
        monkeypatch.setattr(atomic_writes, "_exchange", lambda one, other: False)
    folder = store() / "reports/159928-2023"
    (folder / "原件").mkdir()
    (folder / "原件/来函.docx").write_bytes(b"of the user")
    (folder / "批注.txt").write_text("of the user", encoding="utf-8")
    store(metrics=[figure(13)])
    assert read_report_folder(folder).metrics[0]["value"] == 13
    assert (folder / "原件/来函.docx").read_bytes() == b"of the user"
    assert (folder / "批注.txt").read_text(encoding="utf-8") == "of the user"
    before = (folder / "metrics.csv").stat().st_mtime_ns
    store(metrics=[figure(13)])
    assert (folder / "metrics.csv").stat().st_mtime_ns == before


def test_folders_of_others_that_look_set_aside_are_left_alone(tmp_path: Path) -> None:
    for name in (".old-照片", ".old-159928-2023", "159928-2023"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "notes.docx").write_text(name, encoding="utf-8")
    atomic_writes.recover(tmp_path, lambda name: name != "notes.docx")
    assert sorted(path.name for path in tmp_path.iterdir()) == [".old-159928-2023", ".old-照片", "159928-2023"]


def test_a_report_behind_a_link_is_written_where_the_link_points(store, figure, tmp_path: Path) -> None:
    folder = store() / "reports/159928-2023"
    folder.rename(tmp_path / "elsewhere")
    folder.symlink_to(tmp_path / "elsewhere")
    store(metrics=[figure(13)])
    assert folder.is_symlink()
    assert read_report_folder(folder).metrics[0]["value"] == 13


def test_without_exchange_of_names_a_report_is_replaced_in_two_steps(store, figure, monkeypatch) -> None:
    monkeypatch.setattr(atomic_writes, "_exchange", lambda one, other: False)
    data = store()
    store(metrics=[figure(13)])
    assert read_report_folder(data / "reports/159928-2023").metrics[0]["value"] == 13
    assert [path.name for path in (data / "reports").iterdir()] == ["159928-2023"]


def test_cut_short_between_the_two_steps_the_old_report_comes_back(store) -> None:
    data = store()
    (data / "reports/159928-2023").rename(data / "reports/.old-159928-2023")
    atomic_writes.recover(data / "reports", lambda name: False)
    assert read_report_folder(data / "reports/159928-2023").metrics[0]["value"] == 12


def test_killed_while_writing_the_old_report_stands(store, tmp_path: Path, tree) -> None:
    data = store()
    before = tree(data)
    script = f"""
        import os
        from pathlib import Path
        from fazhi_analysis.dataset import write_report_folder
        write, done = Path.write_bytes, []
        def dying(path, content):
            if len(done) == 2:
                os._exit(9)
            done.append(path)
            return write(path, content)
        Path.write_bytes = dying
        write_report_folder("159928-2023", into={str(data)!r}, region="x", region_code="159928", year=2023)
    """
    assert subprocess.run([sys.executable, "-c", textwrap.dedent(script)], check=False).returncode == 9
    assert {name: content for name, content in tree(data).items() if "/.new-" not in name} == before
    store()
    assert read_report_folder(data / "reports/159928-2023").report_id == "159928-2023"


_WRITER = """
import sys, time
from fazhi_analysis.dataset import write_report_folder
data, value, until = sys.argv[1], int(sys.argv[2]), time.monotonic() + float(sys.argv[3])
row = {"label": "行政复议案件数", "value": value, "lower": value, "upper": value, "unit": "件"}
place = {"region": "云岭省望溪市砚桥县", "region_code": "990124", "year": 2024}
while time.monotonic() < until:
    for extra in (0, 1):
        write_report_folder("990124-2024", into=data, **place, metrics=[row] * (value + extra), text=str(value))
"""


def test_readers_and_writers_at_once_never_see_half_a_report(tmp_path: Path) -> None:
    data = tmp_path / "data"
    write_report_folder("990124-2024", into=data, **PLACE, text="0")
    command = [sys.executable, "-c", _WRITER, str(data)]
    writers = [subprocess.Popen([*command, value, "2"]) for value in ("2", "5")]
    seen = set()
    while any(writer.poll() is None for writer in writers):
        listing = {path.name for path in (data / "reports").iterdir() if not path.name.startswith(".")}
        assert listing == {"990124-2024"}
        seen.add(len((data / "reports/990124-2024/metrics.csv").read_bytes().splitlines()))
    assert [writer.returncode for writer in writers] == [0, 0]
    stored = read_report_folder(data / "reports/990124-2024")
    assert {row["value"] for row in stored.metrics} == {float(stored.text)}
    assert len(seen) > 1


def test_statement_lists_have_all_their_keys() -> None:
    assert from_cell(STATEMENTS["parts"], '[{"text": "x"}]') == [{"text": "x", "start": None, "end": None}]
    with pytest.raises(ValueError, match="JSON"):
        from_cell(STATEMENTS["parts"], "[")
    with pytest.raises(ValueError, match="每项一个对象"):
        from_cell(STATEMENTS["parts"], "[1]")


def test_content_that_no_report_has_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(TypeError, match="colour"):
        write_report_folder("990124-2024", into=tmp_path, region="砚桥县", year=2024, colour=1)  # type: ignore[call-arg]
    assert list(tmp_path.iterdir()) == []
