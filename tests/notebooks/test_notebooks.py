"""The committed notebooks: thin, typed, without outputs, and run by plain papermill from any folder."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from pathlib import Path

import pytest

from fazhi_analysis._paths import bundled_notebooks
from fazhi_analysis.running.executing.notebooks import STANDARD, find_notebooks

NOTEBOOKS = find_notebooks()
REPORTS = [name for name in NOTEBOOKS if name in (*STANDARD, "trend", "peer_comparison")]
COMMON = ("region", "year", "baseline", "data", "lang")


def cells(name: str) -> list[dict[str, object]]:
    content = json.loads(NOTEBOOKS[name].path.read_text(encoding="utf-8"))
    return list(content["cells"])


def code(name: str) -> list[str]:
    return ["".join(cell["source"]) for cell in cells(name) if cell["cell_type"] == "code"]  # type: ignore[arg-type]


def test_the_standard_notebooks_are_there() -> None:
    assert {*STANDARD, "trend", "peer_comparison"} <= set(NOTEBOOKS)


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_a_notebook_is_thin_and_clean(name: str) -> None:
    content = json.loads(NOTEBOOKS[name].path.read_text(encoding="utf-8"))
    assert content["metadata"]["kernelspec"]["name"] == "python3"
    for cell in content["cells"]:
        if cell["cell_type"] == "code":
            assert cell["outputs"] == []
            assert cell["execution_count"] is None
            assert len("".join(cell["source"]).splitlines()) <= 15


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_a_notebook_imports_the_public_api_only(name: str) -> None:
    for source in code(name):
        for node in ast.walk(ast.parse(source)):
            assert not isinstance(node, ast.ImportFrom)
            if isinstance(node, ast.Import):
                assert [alias.name for alias in node.names] == ["fazhi_analysis"]


@pytest.mark.parametrize("name", REPORTS)
def test_parameters_are_typed_with_defaults_and_comments(name: str) -> None:
    tagged = [cell for cell in cells(name) if "parameters" in cell["metadata"].get("tags", [])]  # type: ignore[attr-defined]
    assert len(tagged) == 1
    lines = "".join(tagged[0]["source"]).splitlines()  # type: ignore[arg-type]
    assert tuple(line.partition(":")[0] for line in lines[: len(COMMON)]) == COMMON
    assert all("#" in line and "=" in line for line in lines)


@pytest.mark.parametrize("name", REPORTS)
def test_papermill_sees_every_parameter(name: str) -> None:
    import papermill

    seen = papermill.inspect_notebook(str(NOTEBOOKS[name].path))
    assert list(seen) == list(NOTEBOOKS[name].parameters)
    assert all(item["help"] for item in seen.values())


@pytest.mark.kernel
@pytest.mark.parametrize(
    "name",
    # On both engines every notebook is run by tests/running/forked/test_parity.py; here by papermill's command line.
    [name if name == "year_over_year" else pytest.param(name, marks=pytest.mark.nightly) for name in REPORTS],
)
def test_plain_papermill_from_any_folder(name: str, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "papermill", str(bundled_notebooks() / f"{name}.ipynb"), "out.ipynb"]
    command += ["-p", "region", "砚桥县", "-p", "year", "2024", "--no-progress-bar"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    assert "unknown parameter" not in done.stderr
    content = json.loads((tmp_path / "out.ipynb").read_text(encoding="utf-8"))
    shown = json.dumps([cell.get("outputs") for cell in content["cells"]], ensure_ascii=False)
    assert "砚桥县" in shown
    assert [
        cell for cell in content["cells"] for item in cell.get("outputs", []) if item["output_type"] == "stream"
    ] == []


@pytest.mark.kernel
def test_a_wrong_place_fails_with_what_exists(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "papermill", str(bundled_notebooks() / "data_quality.ipynb"), "out.ipynb"]
    command += ["-p", "region", "砚桥市", "-p", "year", "2024", "--no-progress-bar"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode != 0
    assert "砚桥县" in done.stderr
