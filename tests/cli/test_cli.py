"""The command line: what goes to which stream, exit status, and one clear line for everything that is wrong."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from fazhi_analysis._paths import bundled_data
from fazhi_analysis.cli import main

SAMPLE = bundled_data() / "sample"
TEXTS = SAMPLE / "texts"


def fazhi(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def digest(folder: Path) -> str:
    seen = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            seen.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes())
    return seen.hexdigest()


@pytest.fixture
def text() -> Path:
    return next(path for path in sorted(TEXTS.iterdir()) if path.stem == "159928-2024")


@pytest.fixture
def store(tmp_path: Path) -> Path:
    data = tmp_path / "data"
    shutil.copytree(SAMPLE / "reports" / "159928-2023", data / "reports" / "159928-2023")
    return data


def test_extract_prints_json_on_stdout_only(text: Path) -> None:
    answer = fazhi("extract", text, "--json")
    assert answer.exit_code == 0
    content = json.loads(answer.stdout)
    assert set(content) == {"report", "quantities", "statements", "findings"}
    source = text.read_bytes().decode("utf-8").removeprefix("\ufeff")
    for quantity in content["quantities"]:
        assert source[quantity["start"] : quantity["end"]] == quantity["text"]
    assert {item["kind"] for item in content["statements"]} == {"problem", "next_step"}


def test_extract_without_json_keeps_stdout_empty(text: Path) -> None:
    answer = fazhi("extract", text)
    assert answer.exit_code == 0
    assert answer.stdout == ""
    assert "霁原旗" in answer.stderr


def test_audit_of_a_file_and_of_what_was_ingested_from_it_agree(text: Path, tmp_path: Path) -> None:
    direct = json.loads(fazhi("audit", text, "--json").stdout)
    data = tmp_path / "data"
    assert fazhi("ingest", text, "--data", data).exit_code == 0
    stored = json.loads(fazhi("audit", "159928-2024", "--data", data, "--json").stdout)
    assert direct["report"]["year"] == stored["report"]["year"] == 2024
    assert {item["id"] for item in direct["findings"]} == {item["id"] for item in stored["findings"]}


def test_audit_by_rule_and_in_english(text: Path) -> None:
    found = json.loads(fazhi("audit", text, "--rule", "ratio", "--rule", "sum", "--json").stdout)["findings"]
    assert {item["rule"] for item in found} == {"ratio", "sum"}
    answer = fazhi("audit", text, "--rule", "ratio", "--lang", "en")
    assert (answer.exit_code, answer.stdout) == (0, "")
    assert "which agrees with the printed" in answer.stderr
    assert "请核对" not in answer.stderr
    unknown = fazhi("audit", text, "--rule", "rato")
    assert unknown.exit_code == 2
    assert "attainable_rate" in unknown.stderr


def test_a_judgement_from_the_command_line(tmp_path: Path) -> None:
    data = tmp_path / "data"
    shutil.copytree(SAMPLE / "reports" / "159928-2024", data / "reports" / "159928-2024")
    before = json.loads(fazhi("audit", "159928-2024", "--data", data, "--json").stdout)["findings"]
    errors = [item["id"] for item in before if item["severity"] == "error"]
    for name in errors:
        message = fazhi(
            "judge",
            "159928-2024",
            name,
            "--status",
            "dismissed",
            "--comment",
            "口径不同",
            "--who",
            "李四",
            "--data",
            data,
        )
        assert message.exit_code == 0, message.stderr
        assert name in message.stderr
    after = fazhi("audit", "159928-2024", "--data", data, "--fail-on", "error")
    assert after.exit_code == 0
    assert after.stderr.count("（已排除、口径不同）") == len(errors)
    wrong = fazhi("judge", "159928-2024", "x", "--status", "open", "--comment", "a", "--who", "b", "--data", data)
    assert (wrong.exit_code, errors[0] in wrong.stderr) == (2, True)


def test_a_judgement_in_the_words_of_the_pages(tmp_path: Path) -> None:
    data = tmp_path / "data"
    shutil.copytree(SAMPLE / "reports" / "159928-2024", data / "reports" / "159928-2024")
    found = json.loads(fazhi("audit", "159928-2024", "--data", data, "--json").stdout)["findings"][0]["id"]

    def say(status: str):
        arguments = ("--status", status, "--comment", "口径不同", "--who", "李四", "--data", data)
        return fazhi("judge", "159928-2024", found, *arguments)

    for word, shown in (("排除", "已排除"), ("已采纳", "已采纳"), ("待处理", "待处理"), ("dismissed", "已排除")):
        answer = say(word)
        assert (answer.exit_code, shown in answer.stderr) == (0, True), answer.stderr
    refused = say("不理")
    assert refused.exit_code == 2
    assert "dismissed（排除、已排除）" in refused.stderr


def test_audit_fails_only_when_asked_to(text: Path) -> None:
    assert fazhi("audit", text).exit_code == 0
    assert fazhi("audit", text, "--fail-on", "error").exit_code == 1
    assert fazhi("audit", "150623-2023", "--fail-on", "error").exit_code == 0


def test_catalogue_lists_every_indicator() -> None:
    rows = json.loads(fazhi("catalogue", "--json").stdout)
    assert {"litigation_loss_rate", "reconsideration_accepted"} <= {row["id"] for row in rows}
    assert "没有这个领域" in fazhi("catalogue", "--domain", "nothing").stderr


def test_catalogue_tells_the_direction_in_words() -> None:
    listed = fazhi("catalogue").stderr
    assert not re.search("neutral|_better", listed)
    assert "行政诉讼败诉率（%）　越低越好" in listed


def test_ingest_passes_over_what_lies_beside_an_open_document(text: Path, store: Path, tmp_path: Path) -> None:
    lock = tmp_path / "~$报告.docx"
    lock.write_bytes(bytes(162))
    result = fazhi("ingest", text, lock, "--data", store)
    assert result.exit_code == 0
    assert "略过　~$报告.docx" in result.stderr


def test_ingest_is_idempotent(text: Path, store: Path) -> None:
    assert fazhi("ingest", text, "--data", store).exit_code == 0
    before = digest(store)
    again = fazhi("ingest", text, "--data", store, "--json")
    assert json.loads(again.stdout)[0]["status"] == "unchanged"
    assert digest(store) == before


def _missing(folder: Path) -> Path:
    return folder / "没有.txt"


def _empty(folder: Path) -> Path:
    path = folder / "空.txt"
    path.write_bytes(b"")
    return path


def _binary(folder: Path) -> Path:
    path = folder / "乱码.txt"
    path.write_bytes(bytes(range(256)) * 8)
    return path


def _letter(folder: Path) -> Path:
    path = folder / "便条.txt"
    path.write_text("今天天气不错，我们去散步吧。", encoding="utf-8")
    return path


def _truncated(folder: Path) -> Path:
    path = folder / "残缺.docx"
    path.write_bytes(b"PK\x03\x04" + b"\0" * 60)
    return path


def _old_word(folder: Path) -> Path:
    path = folder / "旧格式.doc"
    path.write_bytes(bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600)
    return path


@pytest.mark.parametrize("make", [_missing, _empty, _binary, _letter, _truncated, _old_word])
def test_bad_input_is_one_line_and_changes_nothing(make: Callable[[Path], Path], store: Path, tmp_path: Path) -> None:
    path = make(tmp_path)
    before = digest(store)
    answer = fazhi("ingest", path, "--data", store)
    assert answer.exit_code == 1, answer.output
    lines = [line for line in answer.stderr.splitlines() if line.strip()]
    assert len(lines) == 1
    assert path.name in lines[0]
    assert "Traceback" not in answer.output
    assert digest(store) == before


def test_a_broken_row_is_named_with_file_and_line(store: Path, tmp_path: Path) -> None:
    path = store / "reports" / "159928-2023" / "metrics.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    lines[3] = "x," + lines[3]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    before = digest(store)
    answer = fazhi("report", "--region", "霁原旗", "--year", 2023, "--data", store, "--out", tmp_path / "out")
    assert answer.exit_code == 1
    assert "metrics.csv" in answer.stderr
    assert "4" in answer.stderr
    assert digest(store) == before
    assert not list((tmp_path / "out").glob("*/index.html"))


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["report", "--region", "无此旗", "--year", 2023], "没有这个地方"),
        (["report", "--region", "鄂托克前旗", "--year", 1999], "2023"),
        (["report", "--region", "鄂托克前旗", "--year", 2023, "--baseline", 2020], "2023"),
        (["report", "--region", "鄂托克前旗", "--year", 2023, "--data", "no-such-folder"], "no-such-folder"),
        (["audit", "999999-2099"], "没有"),
        (["ingest", "a.txt", "--data", "d", "--region", "x", "--code", "1"], "--region"),
        (["report", "--region", "鄂托克前旗"], "--year"),
        (["nothing"], "nothing"),
    ],
)
def test_what_cannot_be_had_is_wrong_usage_and_says_what_exists(arguments: list[object], expected: str) -> None:
    answer = fazhi(*arguments)
    assert answer.exit_code == 2, answer.output
    assert expected in answer.stderr
    assert "Traceback" not in answer.output


def test_the_pair_of_commands_in_the_help_of_export_goes_together(
    store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The book that the first line writes is one that the second line takes in."""
    store.rename(tmp_path / "我的数据")
    monkeypatch.chdir(tmp_path)
    lines = [line.split("#")[0] for line in fazhi("export", "--help").output.splitlines() if "  fazhi " in line]
    assert len(lines) == 2
    for line in lines:
        words = line.replace("方城县", "霁原旗").replace("2024", "2023").split()
        assert fazhi(*words[1:]).exit_code == 0, line


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["report", "--region", "Nowhere", "--year", "2023"], "no such place in the bundled data."),
        (["report", "--region", "延庆区", "--year", "1990"], "Available years: 2021, 2022, 2023, 2024."),
        (["export", "--region", "Nowhere", "--year", "2023", "--xlsx", "x.xlsx"], "no such place in the bundled data."),
        (
            ["export", "--region", "延庆区", "--year", "2024", "--xlsx", "x.xls"],
            "The name of a workbook must end in .xlsx.",
        ),
        (["audit", "000000-2000"], "There is no such file"),
    ],
)
def test_what_is_asked_for_in_english_fails_in_english(arguments: list[str], expected: str) -> None:
    answer = fazhi(*arguments, "--lang", "en")
    assert answer.exit_code == 2
    assert answer.stderr.startswith("Error: ")
    assert expected in answer.stderr
    assert not re.search("[。：、；！-～]", answer.stderr)


def test_every_command_has_help_with_an_example() -> None:
    for name in main.commands:
        answer = fazhi(name, "--help")
        assert answer.exit_code == 0
        assert f"fazhi {name}" in answer.output
        assert "示例" in answer.output


ENGLISH = re.compile(
    r"Usage|Options|Commands|Show |Error|default|required|TEXT|INTEGER|DIRECTORY|FLOAT|Missing|such|Try "
)


@pytest.mark.parametrize("name", ["", *main.commands])
def test_help_is_in_chinese_throughout_and_its_columns_stand_in_line(name: str) -> None:
    from fazhi_analysis.cli.chinese import width

    shown = fazhi(*([name] if name else []), "--help").output
    assert ENGLISH.findall(shown) == []
    options = [re.match(r"  (--?\S.*?\s{2,})\S", line) for line in shown.splitlines()]
    assert len({width(found[1]) for found in options if found}) == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ["frob"],
        ["report"],
        ["report", "--region", "x", "--year", "abc"],
        ["report", "--regio", "x"],
        ["report", "--lang", "fr"],
        ["extract"],
        ["extract", "a", "b"],
        ["extract", "--json=1", "a"],
        ["lab", "--port", "0"],
        ["report", "--year"],
    ],
    ids=" ".join,
)
def test_wrong_usage_is_worded_in_chinese(arguments: list[str]) -> None:
    answer = fazhi(*arguments)
    assert answer.exit_code == 2
    assert "错误：" in answer.stderr
    assert ENGLISH.findall(answer.stderr) == []


@pytest.mark.parametrize("command", ["report", "export", "batch"])
def test_a_place_that_cannot_be_written_to_is_one_line(tmp_path: Path, command: str) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    below = tmp_path / "file" / "out"
    arguments = {
        "report": ["--region", "砚桥县", "--year", 2024, "--out", below],
        "export": ["--region", "砚桥县", "--year", 2024, "--xlsx", below / "a.xlsx"],
        "batch": ["--regions", "砚桥县", "--years", 2024, "--out", below],
    }
    result = fazhi(command, *arguments[command])
    assert result.exit_code in (1, 2)
    assert len(result.stderr.splitlines()) == 1
    assert "file" in result.stderr


def test_what_a_terminal_obeys_is_not_printed(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("砚桥县\x1b[31m2024年\x9b法治政府建设\u202e年度报告\n办结案件3件。\n", encoding="utf-8")
    result = fazhi("extract", path)
    assert result.exit_code == 0
    assert not set(result.stderr) & set("\x1b\x9b\u202e")


def test_a_file_name_that_is_no_text_is_one_line(tmp_path: Path) -> None:
    result = fazhi("extract", str(tmp_path) + "/\udcff\x1b[2J.txt")
    assert result.exit_code == 1
    assert len(result.stderr.splitlines()) == 1


def test_a_working_folder_that_is_gone_is_named(tmp_path: Path) -> None:
    script = (
        'mkdir gone; cd gone; rmdir ../gone; "$@" -m fazhi_analysis.cli report --region 霁原旗 --year 2024 --out out'
    )
    run = subprocess.run(
        ["sh", "-c", script, "sh", sys.executable], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert run.returncode == 1
    assert run.stderr.startswith("错误：当前文件夹")
    assert len(run.stderr.splitlines()) == 1
