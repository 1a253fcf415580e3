"""The tree keeps its shape: rooms that one can look through, and every module with tests where one looks for them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "src" / "fazhi_analysis"
MODULES = sorted(path.relative_to(PACKAGE) for path in PACKAGE.rglob("*.py"))
FOLDERS = sorted({path.parent for path in MODULES})
MOST = 25


@pytest.mark.parametrize("folder", FOLDERS, ids=str)
def test_no_folder_holds_more_modules_than_one_can_look_through(folder: Path) -> None:
    held = [path for path in MODULES if path.parent == folder and path.name != "__init__.py"]
    assert len(held) <= MOST, sorted(path.name for path in held)


@pytest.mark.parametrize("module", [path for path in MODULES if path.name != "__init__.py"], ids=str)
def test_every_module_has_tests_at_the_mirrored_place(module: Path) -> None:
    """Tests of ``a/b/c.py`` are ``a/b/test_c.py``, another module of ``a/b/``, or ``a/test_b.py``."""
    mirrored = ROOT / "tests" / module.parent
    own = mirrored / f"test_{module.stem.strip('_')}.py"
    of_package = module.parent != Path() and (
        any(mirrored.glob("test_*.py")) or (mirrored.parent / f"test_{module.parent.name}.py").is_file()
    )
    assert own.is_file() or of_package, f"no {own.relative_to(ROOT)}"


def _section(title: str) -> str:
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    return text.partition(f"## {title}\n")[2].partition("\n## ")[0].partition("\n---\n")[0]


def test_the_architecture_page_lists_every_room_and_no_other() -> None:
    named = re.findall(r"^\| `([\w/]+)` \|", _section("房间 · Rooms"), re.MULTILINE)
    assert sorted(named) == sorted(folder.as_posix() for folder in FOLDERS if folder != Path())


def test_what_the_architecture_page_names_is_there() -> None:
    named = set(
        re.findall(
            r"`((?:analysis|catalogue|dataset|extracting|messages|presenting|reading|running)/[\w/.]*)`",
            (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8"),
        )
    )
    assert len(named) > 40
    assert not [name for name in named if not (PACKAGE / name).exists()]
    terms = re.findall(r"^\| (\w+) \S+ \|", _section("用语 · Terms"), re.MULTILINE)
    assert len(terms) > 25
    assert len(terms) == len(set(terms))
