"""The "how to add" examples of docs/architecture.md, done as they stand there: in an installed package of one's own."""

from __future__ import annotations

import csv
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from fazhi_analysis.catalogue import load_catalogue
from fazhi_analysis.extracting import extract
from fazhi_analysis.reading import read_text
from fazhi_analysis.running.report import run_report

NOTE = (
    "NOTE https://example.org/a\n砚桥县2024年法治政府建设年度报告\n一、工作情况\n"
    "全年开展无人机巡查35次，受理案件53件。办结率100%。满意率100%。公开率100%。"
)


def fazhi(site: Path | None, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """The command line in a process of its own, with or without a folder of further packages."""
    environment = {**os.environ, "PYTHONPATH": str(site or "")}
    command = [sys.executable, "-m", "fazhi_analysis.cli", *arguments]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


def answer(site: Path | None, folder: Path, *arguments: str) -> Any:
    """What a command prints for a program."""
    done = fazhi(site, folder, *arguments, "--json")
    assert (done.returncode, done.stderr.strip()) == (0, "")
    return json.loads(done.stdout)


@pytest.fixture
def note(tmp_path: Path) -> Path:
    """A file in the format of the example."""
    file = tmp_path / "a.note"
    file.write_text(NOTE, encoding="utf-8")
    return file


def test_the_page_has_all_examples(examples: dict[str, str]) -> None:
    assert list(examples) == [
        "pyproject.toml",
        "office_checks/indicators/drones.csv",
        "office_checks/formats/note.py",
        "office_checks/rules/full_marks.py",
        "office_checks/pages/all_rates.py",
        "office_checks/sections/full_marks.py",
        "parameters cell",
        "code cell",
    ]


def test_an_indicator_and_a_format_are_one_file_each(office: Path, note: Path, tmp_path: Path) -> None:
    found = answer(office, tmp_path, "extract", str(note))
    assert found["report"]["source"]["format"] == "note"
    assert found["report"]["source"]["address"] == "https://example.org/a"
    assert ["drone_patrols", 35] in [[one["indicator_id"], one["value"]] for one in found["quantities"]]
    without = answer(None, tmp_path, "extract", str(note))
    assert without["report"]["source"]["format"] == "text"
    assert "drone_patrols" not in {one["indicator_id"] for one in without["quantities"]}


def test_a_rule_is_one_file(office: Path, note: Path, tmp_path: Path) -> None:
    (found,) = answer(office, tmp_path, "audit", str(note), "--rule", "full_marks")["findings"]
    assert (found["rule"], found["severity"], len(found["evidence"])) == ("full_marks", "note", 3)
    assert found["message_zh"].startswith("有3个比率")
    everything = answer(office, tmp_path, "audit", str(note))["findings"]
    assert found in everything
    assert [one for one in everything if one["rule"] != "full_marks"] == answer(None, tmp_path, "audit", str(note))[
        "findings"
    ]
    note.write_text(NOTE.replace("公开率100%", "公开率99%"), encoding="utf-8")
    assert answer(office, tmp_path, "audit", str(note), "--rule", "full_marks")["findings"] == []


def test_without_the_package_the_rule_and_the_page_are_unknown(note: Path, tmp_path: Path) -> None:
    done = fazhi(None, tmp_path, "audit", str(note), "--rule", "full_marks")
    assert (done.returncode, "full_marks：没有这条核对规则" in done.stderr) == (2, True)
    done = fazhi(None, tmp_path, "report", "--region", "霁原旗", "--year", "2024", "--notebooks", "all_rates")
    assert (done.returncode, "all_rates：没有这个笔记本" in done.stderr) == (2, True)


@pytest.mark.kernel
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_page_and_a_section_of_a_page_are_one_file_each(office: Path, tmp_path: Path, lang: str) -> None:
    asked = ("--region", "霁原旗", "--year", "2024", "--lang", lang, "--out", str(tmp_path))
    named = ("--notebooks", "all_rates", "--notebooks", "data_quality")
    done = fazhi(office, tmp_path, "report", *asked, *named, "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["versions"]["office-checks"] == "1.0"
    (folder,) = (path for path in tmp_path.iterdir() if path.is_dir())
    rates, checks = ((folder / f"{name}.html").read_text(encoding="utf-8") for name in ("all_rates", "data_quality"))
    title, heading, section, rule = {
        "zh": ("比率一览", "全部比率", "恰好是100%的比率", "满分比率"),
        "en": ("all rates", "All rates", "Rates of exactly 100 %", "full marks"),
    }[lang]
    assert f"{title}</title>" in rates
    assert f'<h2 id="rates-heading">{heading}</h2>' in rates
    assert f'<h2 id="full_marks-heading">{section}</h2>' in checks
    assert f"<small>{rule}</small>" in checks


def test_a_file_with_a_fault_is_named_in_one_line_and_the_others_work(office: Path, note: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    shutil.copytree(office, site)
    rule = (office / "office_checks/rules/full_marks.py").read_text("utf-8")
    form = "def matches(data, name):\n    return data.no\n\n\ndef read(data, file):\n    pass\n"
    faults = {
        "rules/broken.py": "import nothing_like_this\n",
        "rules/no_rule.py": "RULE = 1\n\n\ndef check(context):\n    return ()\n",
        "rules/taken.py": rule,
        "rules/raising.py": rule.replace('"full_marks"', '"raising"').replace("    full = ", "    1 / 0\n    full = "),
        "formats/partial.py": "ORDER = 1\n",
        "formats/raising.py": f"ORDER = 2\n\n\n{form}",
        "indicators/wrong.csv": "id,name_zh\n",
    }
    for name, text in faults.items():
        (site / "office_checks" / name).write_text(text, encoding="utf-8")
    done = fazhi(site, tmp_path, "audit", str(note), "--json")
    assert done.returncode == 0
    assert "full_marks" in {one["rule"] for one in json.loads(done.stdout)["findings"]}
    lines = done.stderr.splitlines()
    assert len(lines) == len(faults), done.stderr
    for name in faults:
        module = name.removesuffix(".py").replace("/", ".") if name.endswith(".py") else "indicators"
        assert sum(line.startswith(f"office-checks (office_checks.{module})：") for line in lines) == 1, (name, lines)
    done = fazhi(site, tmp_path, "audit", str(note), "--rule", "broken")
    assert done.returncode == 1
    assert "No module named 'nothing_like_this'" in done.stderr


def test_an_indicator_is_one_row_of_a_file_that_a_variable_names(
    examples: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    example = examples["office_checks/indicators/drones.csv"]
    file = tmp_path / "drones.csv"
    file.write_text(example, encoding="utf-8")
    (row,) = csv.DictReader(example.splitlines())
    text = "一、工作情况\n全年开展无人机巡查35次，办理行政处罚案件12件。"
    assert row["id"] not in load_catalogue()
    assert row["id"] not in {quantity.indicator_id for quantity in extract(read_text(text)).metrics}
    monkeypatch.setenv("FAZHI_CATALOGUE", str(file))
    assert row["id"] in load_catalogue()
    found = {quantity.indicator_id: quantity for quantity in extract(read_text(text)).metrics}
    assert (found[row["id"]].value, found[row["id"]].label) == (35, row["name_zh"])


@pytest.mark.kernel
def test_a_notebook_is_one_file(examples: dict[str, str], tmp_path: Path) -> None:
    def cell(source: str, *tags: str) -> dict[str, object]:
        metadata = {"tags": list(tags)}
        return {"cell_type": "code", "metadata": metadata, "source": source, "outputs": [], "execution_count": None}

    cells = [cell(examples["parameters cell"], "parameters"), cell(examples["code cell"])]
    for number, entry in enumerate(cells):
        entry["id"] = f"cell-{number}"
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    book = tmp_path / "rates.ipynb"
    book.write_text(json.dumps({"cells": cells, "metadata": kernel, "nbformat": 4, "nbformat_minor": 5}), "utf-8")
    result = run_report("砚桥县", 2024, out=tmp_path / "out", notebooks=[book])
    page = next(path for path in result.pages if path.stem == "rates")
    assert "lower" in page.read_text(encoding="utf-8")
