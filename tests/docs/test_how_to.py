"""The four "how to add" examples of docs/architecture.md, done as they stand there."""

from __future__ import annotations

import csv
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from fazhi_analysis import plugins
from fazhi_analysis.analysis import rulebook
from fazhi_analysis.analysis.audit import audit
from fazhi_analysis.catalogue import load_catalogue
from fazhi_analysis.errors import UnknownNameError
from fazhi_analysis.extracting import extract
from fazhi_analysis.reading import formats, read_report, read_text
from fazhi_analysis.running.report import run_report

ROOT = Path(__file__).resolve().parents[2]
_EXAMPLE = re.compile(r"<!-- example: ([^>]+?) -->\n```\w+\n(.*?)^```$", re.MULTILINE | re.DOTALL)
EXAMPLES = dict(_EXAMPLE.findall((ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")))


def test_the_page_has_all_examples() -> None:
    assert list(EXAMPLES) == ["my_indicators.csv", "note.py", "rules/full_marks.py", "parameters cell", "code cell"]


def test_an_indicator_is_one_row(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "my_indicators.csv"
    file.write_text(EXAMPLES[file.name], encoding="utf-8")
    (row,) = csv.DictReader(EXAMPLES[file.name].splitlines())
    text = "一、工作情况\n全年开展无人机巡查35次，办理行政处罚案件12件。"
    assert row["id"] not in load_catalogue()
    assert row["id"] not in {quantity.indicator_id for quantity in extract(read_text(text)).metrics}
    monkeypatch.setenv("FAZHI_CATALOGUE", str(file))
    assert row["id"] in load_catalogue()
    found = {quantity.indicator_id: quantity for quantity in extract(read_text(text)).metrics}
    assert (found[row["id"]].value, found[row["id"]].label) == (35, row["name_zh"])


@pytest.fixture
def note(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The example's module in a folder that the package of formats also looks into."""
    (tmp_path / "formats").mkdir()
    (tmp_path / "formats" / "note.py").write_text(EXAMPLES["note.py"], encoding="utf-8")
    monkeypatch.setattr(formats, "__path__", [*formats.__path__, str(tmp_path / "formats")])
    formats.all_formats.cache_clear()
    yield
    formats.all_formats.cache_clear()
    sys.modules.pop(f"{formats.__name__}.note", None)
    vars(formats).pop("note", None)


def test_a_format_is_one_module(note: None, tmp_path: Path) -> None:
    file = tmp_path / "a.note"
    file.write_text("NOTE https://example.org/a\n砚桥县2024年法治政府建设年度报告\n受理案件53件。", encoding="utf-8")
    report = read_report(file)
    assert (report.source.format, report.source.address) == ("note", "https://example.org/a")
    assert [quantity.value for quantity in extract(report).metrics] == [53]


def test_without_its_module_the_format_is_unknown(tmp_path: Path) -> None:
    file = tmp_path / "a.note"
    file.write_text("NOTE x\n受理案件53件。", encoding="utf-8")
    assert read_report(file).source.format != "note"


@pytest.fixture
def full_marks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The example's module in an installed package of its own."""
    for path, text in {
        "office_checks/rules/full_marks.py": EXAMPLES["rules/full_marks.py"],
        "office_checks-1.0.dist-info/METADATA": "Metadata-Version: 2.1\nName: office-checks\nVersion: 1.0\n",
        "office_checks-1.0.dist-info/entry_points.txt": "[fazhi_analysis.rules]\noffice = office_checks.rules\n",
    }.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    caches = (plugins.sources, plugins.parts, rulebook.checkers, rulebook._by_id)
    for cached in caches:
        cached.cache_clear()
    yield
    monkeypatch.undo()
    for cached in caches:
        cached.cache_clear()


def test_a_rule_is_one_module(full_marks: None) -> None:
    text = "一、工作情况\n办结率100%。满意率100%。公开率100%。"
    (found,) = audit(read_text(text), rules=["full_marks"])
    assert (found.rule, found.severity, len(found.evidence)) == ("full_marks", "note", 3)
    assert found.message_zh.startswith("有3个比率")
    assert audit(read_text(text.replace("公开率100%", "公开率99%")), rules=["full_marks"]) == []


def test_without_its_module_the_rule_is_unknown() -> None:
    with pytest.raises(UnknownNameError, match="full_marks"):
        audit(read_text("受理案件53件。"), rules=["full_marks"])


@pytest.mark.kernel
def test_a_notebook_is_one_file(tmp_path: Path) -> None:
    def cell(source: str, *tags: str) -> dict[str, object]:
        metadata = {"tags": list(tags)}
        return {"cell_type": "code", "metadata": metadata, "source": source, "outputs": [], "execution_count": None}

    cells = [cell(EXAMPLES["parameters cell"], "parameters"), cell(EXAMPLES["code cell"])]
    for number, entry in enumerate(cells):
        entry["id"] = f"cell-{number}"
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    book = tmp_path / "rates.ipynb"
    book.write_text(json.dumps({"cells": cells, "metadata": kernel, "nbformat": 4, "nbformat_minor": 5}), "utf-8")
    result = run_report("砚桥县", 2024, out=tmp_path / "out", notebooks=[book])
    page = next(path for path in result.pages if path.stem == "rates")
    assert "lower" in page.read_text(encoding="utf-8")
