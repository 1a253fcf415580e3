"""Pages that were made from an older version of a report are named, with both versions."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

import fazhi_analysis as fz
from fazhi_analysis.cli import main
from fazhi_analysis.dataset.ledger import add_correction
from fazhi_analysis.running.results.outdated import Outdated, outdated

ID = "990124-2024"
TEXT = """砚桥县2024年法治政府建设年度报告
一、主要工作
受理行政复议案件53件，审结50件。
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with one version, and the pages made from it."""
    folder = tmp_path_factory.mktemp("made")
    store(folder, TEXT)
    fz.run_report("砚桥县", 2024, data=folder / "data", out=folder / "out", notebooks=["data_quality"])
    return folder


@pytest.fixture
def place(made: Path, tmp_path: Path) -> Path:
    shutil.copytree(made, tmp_path, dirs_exist_ok=True)
    return tmp_path


def store(folder: Path, text: str) -> None:
    (folder / "a.txt").write_text(text, encoding="utf-8")
    (result,) = fz.ingest(folder / "a.txt", folder / "data")
    assert result.status == "stored", result.message


def found(place: Path) -> list[Outdated]:
    return outdated(place / "out", place / "data")


def folder_of(place: Path) -> str:
    return next((place / "out").glob("*/manifest.json")).parent.name


def test_pages_of_what_is_stored_are_not_named(place: Path) -> None:
    assert found(place) == []


def test_pages_of_an_older_version_are_named_with_both_versions(place: Path) -> None:
    store(place, TEXT.replace("53件", "54件"))
    assert found(place) == [Outdated(folder_of(place), ID, "version", 1, 2)]
    store(place, TEXT.replace("53件", "55件"))
    (one,) = found(place)
    assert (one.made, one.now) == (1, 3)
    assert one.message().text("zh") == f"{one.folder} 的网页依据 {ID} 的第 1 版，现存第 3 版，请重新生成"


def test_made_again_they_are_current_and_say_which_version_they_are(place: Path) -> None:
    store(place, TEXT.replace("53件", "54件"))
    result = fz.run_report("砚桥县", 2024, data=place / "data", out=place / "out", notebooks=["data_quality"])
    assert found(place) == []
    assert "2024 年报告是第 2 版" in (result.folder / "data_quality.html").read_text(encoding="utf-8")


def test_the_same_text_with_other_figures(place: Path) -> None:
    add_correction(place / "data", ID, {"value": 53}, {"value": 55}, why="核对", who="李四")
    store(place, TEXT)
    assert found(place) == [Outdated(folder_of(place), ID, "figures")]


def test_a_report_that_is_gone(place: Path) -> None:
    shutil.rmtree(place / "data" / "reports" / ID)
    assert found(place) == [Outdated(folder_of(place), ID, "gone")]


def test_foreign_and_broken_folders_are_passed_over(place: Path) -> None:
    other = place / "out" / "other"
    other.mkdir()
    for content in ("{", "[]", '{"status": "done"}', '{"status": "done", "reports": [{"report_id": "../x"}]}'):
        (other / "manifest.json").write_text(content, encoding="utf-8")
        assert found(place) == []


def test_the_commands_name_them(place: Path) -> None:
    store(place, TEXT.replace("53件", "54件"))
    data, out = str(place / "data"), str(place / "out")
    run = CliRunner().invoke
    result = run(main, ["check", "--data", data, "--out", out])
    assert result.exit_code == 0, result.stderr
    assert "第 1 版，现存第 2 版" in result.stderr
    assert "1 处网页是用旧数据生成的" in result.stderr
    english = run(main, ["check", "--data", data, "--out", out, "--lang", "en", "--json"])
    assert "version 1 of 990124-2024" in english.stderr
    assert [one["status"] for one in json.loads(english.stdout)] == ["outdated_version"]


def test_a_report_of_another_year_names_them_beside_its_own_pages(place: Path) -> None:
    store(place, TEXT.replace("2024", "2023"))
    store(place, TEXT.replace("53件", "54件"))
    args = [
        "report",
        "--region",
        "砚桥县",
        "--year",
        "2023",
        "--data",
        str(place / "data"),
        "--out",
        str(place / "out"),
    ]
    result = CliRunner().invoke(main, [*args, "--notebooks", "data_quality"])
    assert result.exit_code == 0, result.stderr
    assert f"{folder_of(place)[:-4]}2024 的网页依据 {ID} 的第 1 版" in result.stderr
