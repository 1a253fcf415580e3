"""The wheel carries notebooks and bundled data, and works from any folder."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel's content, unpacked as an installer would."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    target = folder / "site"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(target)
    return target


def _run(installed: Path, folder: Path, code: str) -> str:
    environment = {**os.environ, "PYTHONPATH": str(installed), "FAZHI_CACHE": str(folder / "cache")}
    # -P keeps the checkout's own folder out; the unpacked wheel comes first on the path.
    command = [sys.executable, "-P", "-c", f"import sys; sys.path.insert(0, {str(installed)!r})\n{code}"]
    answer = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stderr
    return answer.stdout.strip()


def test_wheel_holds_notebooks_data_and_no_texts_of_real_reports(installed: Path) -> None:
    bundled = installed / "fazhi_analysis" / "_bundled"
    assert {path.name for path in (bundled / "notebooks").glob("*.ipynb")} == {
        path.name for path in (ROOT / "notebooks").glob("*.ipynb")
    }
    assert (bundled / "data" / "reports" / "150623-2023" / "metrics.csv").is_file()
    assert not list((bundled / "data" / "reports").rglob("text.txt"))
    assert (bundled / "data" / "sample" / "reports" / "159928-2024" / "text.txt").is_file()


def test_installed_package_loads_its_data_and_reads_a_file_from_any_folder(installed: Path, tmp_path: Path) -> None:
    code = "import fazhi_analysis as fz; print(fz.__file__); print(len(fz.load_metrics(regions='鄂托克前旗')))"
    where, rows = _run(installed, tmp_path, code).splitlines()
    assert where.startswith(str(installed))
    assert int(rows) == 103
    (tmp_path / "a.txt").write_text("2023年，办理行政复议案件7件。", encoding="utf-8")
    code = "import fazhi_analysis as fz; print(fz.extract(fz.read_report('a.txt')).metrics[0].indicator_id)"
    assert _run(installed, tmp_path, code) == "reconsideration_cases_handled"
