"""The package of one's own that docs/architecture.md describes, installed as it stands there."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from fazhi_analysis import plugins
from fazhi_analysis.analysis import audit_rulebook
from fazhi_analysis.presenting import pages

ROOT = Path(__file__).resolve().parents[2]
_EXAMPLE = re.compile(r"<!-- example: ([^>]+?) -->\n```\w+\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_CACHES = (
    plugins._entry_points,
    plugins.sources,
    plugins.parts,
    audit_rulebook.checkers,
    audit_rulebook._by_id,
    pages._parts,
)
PACKAGE = "office_checks"


@pytest.fixture(scope="session")
def examples() -> dict[str, str]:
    """The examples of docs/architecture.md by name."""
    return dict(_EXAMPLE.findall((ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")))


@pytest.fixture(scope="session")
def office(examples: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The package of the examples, installed with pip into a folder of its own."""
    project, site = tmp_path_factory.mktemp("office"), tmp_path_factory.mktemp("site")
    for name, text in examples.items():
        if name.startswith(("pyproject.toml", f"{PACKAGE}/")):
            (project / name).parent.mkdir(parents=True, exist_ok=True)
            (project / name).write_text(text, encoding="utf-8")
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-build-isolation", "--no-index"]
    subprocess.run([*command, "--target", str(site), str(project)], check=True, capture_output=True, text=True)
    return site


@pytest.fixture(scope="session")
def copy_office(office: Path) -> Callable[[Path], Path]:
    """Copy the installed package, without its indicators: what this process keeps of a catalogue outlives a test."""

    def copy(site: Path) -> Path:
        shutil.copytree(office, site)
        (points,) = site.rglob("entry_points.txt")
        text = points.read_text("utf-8").replace("[fazhi_analysis.indicators]", "[nothing.indicators]")
        points.write_text(text, encoding="utf-8")
        return site

    return copy


@pytest.fixture(scope="module")
def plug_in() -> Iterator[Callable[[Path], None]]:
    """Put a folder of installed packages first on this process's path, instead of the one before."""
    patch = pytest.MonkeyPatch()

    def forget() -> None:
        patch.undo()
        for name in [name for name in sys.modules if name.partition(".")[0] == PACKAGE]:
            del sys.modules[name]
        for cached in _CACHES:
            cached.cache_clear()

    def put(site: Path) -> None:
        forget()
        patch.syspath_prepend(site)

    yield put
    forget()
