"""The notebooks that people work in: thin, without outputs, public API only; they run headless with their defaults."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from fazhi_analysis._paths import bundled_notebooks
from fazhi_analysis.running.executing.notebooks import INTERACTIVE, find_notebooks

COMMON = ["region", "year", "baseline", "data", "lang"]


def content(name: str) -> dict[str, Any]:
    return dict(json.loads((bundled_notebooks() / f"{name}.ipynb").read_text(encoding="utf-8")))


def code(name: str) -> list[str]:
    return ["".join(cell["source"]) for cell in content(name)["cells"] if cell["cell_type"] == "code"]


@pytest.mark.parametrize("name", INTERACTIVE)
def test_they_are_thin_and_clean(name: str) -> None:
    assert content(name)["metadata"]["kernelspec"]["name"] == "python3"
    for cell in content(name)["cells"]:
        if cell["cell_type"] == "code":
            assert cell["outputs"] == []
            assert cell["execution_count"] is None
            assert len("".join(cell["source"]).splitlines()) <= 15


@pytest.mark.parametrize("name", INTERACTIVE)
def test_they_import_the_public_api_only_and_hold_no_logic(name: str) -> None:
    for source in code(name):
        for node in ast.walk(ast.parse(source)):
            assert not isinstance(node, (ast.ImportFrom, ast.FunctionDef, ast.For, ast.If, ast.While))
            if isinstance(node, ast.Import):
                assert [alias.name for alias in node.names] == ["fazhi_analysis"]


@pytest.mark.parametrize("name", INTERACTIVE)
def test_they_take_the_parameters_of_all_notebooks(name: str) -> None:
    tagged = [cell for cell in content(name)["cells"] if "parameters" in cell["metadata"].get("tags", [])]
    lines = "".join(tagged[0]["source"]).splitlines()
    assert [line.partition(":")[0] for line in lines] == COMMON
    assert all("#" in line for line in lines)


def test_no_report_is_made_from_them() -> None:
    assert not set(INTERACTIVE) & set(find_notebooks())


def run(name: str, folder: Path, *parameters: str) -> dict[str, Any]:
    command = [sys.executable, "-m", "papermill", str(bundled_notebooks() / f"{name}.ipynb"), "out.ipynb"]
    command += [*parameters, "--no-progress-bar"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    return dict(json.loads((folder / "out.ipynb").read_text(encoding="utf-8")))


@pytest.mark.kernel
def test_explore_runs_headless_and_has_its_widgets(tmp_path: Path) -> None:
    made = run("explore", tmp_path)
    views = [
        output["data"]["application/vnd.jupyter.widget-view+json"]
        for cell in made["cells"]
        for output in cell.get("outputs", [])
        if "application/vnd.jupyter.widget-view+json" in output.get("data", {})
    ]
    assert len(views) == 2
    state = json.dumps(made["metadata"]["widgets"], ensure_ascii=False)
    assert "延庆区" in state
    assert "fz-table" in state
    assert "上传一份报告" in state


@pytest.mark.parametrize(("lang", "other"), [("zh", re.compile("[A-Za-z]")), ("en", re.compile("[一-鿿]"))])
def test_explore_has_its_headings_in_one_language(lang: str, other: re.Pattern[str]) -> None:
    """Between its cells stands nothing: what the application shows comes from the page, in the page's language."""
    import fazhi_analysis as fz

    assert {cell["cell_type"] for cell in content("explore")["cells"]} == {"code"}
    page = fz.open_page("explore", region="延庆区", year=2024, lang=lang)
    for shown in (page.introduction(), page.take_in()):
        message = repr(shown).replace("Tab", "") if lang == "zh" else repr(shown)
        assert message
        assert not other.search(message)


@pytest.mark.kernel
def test_the_tour_runs_and_shows_real_figures(tmp_path: Path) -> None:
    made = run("start_here", tmp_path)
    outputs = [output for cell in made["cells"] for output in cell.get("outputs", [])]
    assert [output for output in outputs if output["output_type"] == "stream"] == []
    shown = "".join("".join(output["data"].get("text/html", "")) for output in outputs)
    for expected in ("鄂托克前旗", "延庆区", "存疑", "近2000份", "业务不熟"):
        assert expected in shown
    assert len(re.findall('class="fz-lab"', shown)) >= 6
    # A table shows itself in words; where only pandas speaks, no code word of a column may stand.
    bare = ["".join(output["data"].get("text/plain", "")) for output in outputs if "text/html" not in output["data"]]
    assert not re.search(r"settled|not_in_year|\bcount +\d|\brate\b", "".join(bare))
