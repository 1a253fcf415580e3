"""``fazhi check``: every broken report is named, and what can be taken in again is mended."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from fazhi_analysis import ingest, load_metrics
from fazhi_analysis.cli import main
from fazhi_analysis.errors import BrokenReportWarning
from fazhi_analysis.running.mending import check_store

TEXT = "砚桥县{year}年法治政府建设年度报告\n受理行政复议案件53件，审结48件。\n"


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder = tmp_path_factory.mktemp("texts")
    files = [folder / "2022.txt", folder / "2023.txt"]
    for file in files:
        file.write_text(TEXT.format(year=file.stem), encoding="utf-8")
    return files


@pytest.fixture(scope="module")
def made(sources: list[Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    data = tmp_path_factory.mktemp("made") / "data"
    ingest(sources, data, workers=1)
    return data


@pytest.fixture
def data(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "data"))


def check(*arguments: object) -> tuple[int, str, str]:
    result = CliRunner().invoke(main, ["check", *map(str, arguments)])
    return result.exit_code, result.stdout, result.stderr


def test_a_sound_store_has_nothing_to_mend(data: Path) -> None:
    assert check("--data", data) == (0, "", "共 2 份报告，损坏 0 份，已修复 0 份\n")


def test_a_broken_table_is_mended_from_the_kept_text(data: Path) -> None:
    path = data / "reports/990124-2022/metrics.csv"
    whole = path.read_bytes()
    path.write_bytes(whole[:-40])
    status, shown, message = check("--data", data, "--json")
    assert status == 0
    assert [(one["report_id"], one["status"]) for one in json.loads(shown)] == [("990124-2022", "mended")]
    assert "已修复　990124-2022　990124-2022/metrics.csv" in message
    assert path.read_bytes() == whole


def test_a_broken_document_is_named_and_mended_from_its_file(data: Path, sources: list[Path]) -> None:
    path = data / "reports/990124-2022/report.json"
    whole = path.read_bytes()
    path.write_bytes(b"{")
    for _ in range(2):
        status, _, message = check("--data", data)
        assert status == 1
        assert "损坏　990124-2022　990124-2022/report.json：不是有效的 JSON" in message
    assert check("--data", data, *sources)[0] == 0
    assert path.read_bytes() == whole
    assert len(load_metrics(data)) == 4


@pytest.mark.parametrize("change", [lambda text: text[:30], lambda text: text.replace("53", "35"), None])
def test_a_text_that_is_not_that_of_the_figures_is_named(data: Path, change) -> None:
    path = data / "reports/990124-2022/text.txt"
    if change is None:
        path.unlink()
    else:
        path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8")
    (one,) = check_store(data)
    assert (one.report_id, one.mended) == ("990124-2022", False)
    assert "990124-2022/text.txt" in str(one.error)


def test_ledgers_are_looked_at_and_left_alone(data: Path) -> None:
    folder = data / "corrections"
    folder.mkdir()
    (folder / "990124-2022.yaml").write_text("- {", encoding="utf-8")
    (folder / "notes.yaml").write_text("x", encoding="utf-8")
    status, _, message = check("--data", data, "--lang", "en")
    assert status == 1
    assert [line.split("  ")[1] for line in message.splitlines()[:2]] == ["990124-2022", "notes"]
    assert (folder / "990124-2022.yaml").read_text(encoding="utf-8") == "- {"


def test_a_folder_that_is_none_is_an_error(tmp_path: Path) -> None:
    assert check("--data", tmp_path / "none")[0] == 1


@pytest.mark.parametrize("many", [1, 8])
def test_taking_in_again_writes_what_is_broken_anew(data: Path, sources: list[Path], many: int) -> None:
    path = data / "reports/990124-2022/statements.csv"
    whole = path.read_bytes()
    path.write_bytes(b"x")
    results = ingest([sources[0]] * many, data, workers=1, progress=False)
    assert results[0].status == "stored"
    assert path.read_bytes() == whole


def test_an_indicator_that_the_catalogue_lacks_is_named_and_mended(data: Path) -> None:
    path = data / "reports/990124-2022/metrics.csv"
    whole = path.read_text(encoding="utf-8")
    identity = str(load_metrics(data)["indicator_id"].iloc[0])
    path.write_text(whole.replace(f",{identity},", ",no_such_thing,"), encoding="utf-8")
    with pytest.warns(BrokenReportWarning, match=r"990124-2022 等 1 份报告的 metrics\.csv .*：no_such_thing。"):
        assert len(load_metrics(data)) == 4
    status, _, message = check("--data", data)
    assert status == 0
    assert "已修复　990124-2022　990124-2022/metrics.csv：990124-2022:m001 的指标编号 no_such_thing" in message
    assert path.read_text(encoding="utf-8") == whole
    assert check("--data", data)[2] == "共 2 份报告，损坏 0 份，已修复 0 份\n"
