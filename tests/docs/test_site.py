"""The site: every page and link is there, and reading it asks nothing of the network."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
_FETCHED = re.compile(
    r'<(?:script|img|iframe)[^>]+src="(https?:)?//|<link[^>]+rel="(?:stylesheet|preconnect|icon)"[^>]+href="https?://'
)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    copy = tmp_path_factory.mktemp("checkout")
    for name in (
        "docs",
        "tools",
        "data/README.md",
        "README.md",
        "README.en.md",
        "CHANGELOG.md",
        "LICENSE",
        "mkdocs.yml",
    ):
        (copy / name).parent.mkdir(parents=True, exist_ok=True)
        (shutil.copytree if (ROOT / name).is_dir() else shutil.copyfile)(ROOT / name, copy / name)
    command = [sys.executable, "tools/build_site.py", "--without-examples"]
    done = subprocess.run(command, cwd=copy, capture_output=True, text=True, env=os.environ, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    return copy / "build" / "site"


def test_every_page_of_the_docs_is_on_it(site: Path) -> None:
    expected = {f"docs/{page.stem}.html" for page in (ROOT / "docs").glob("*.md")} | {"index.html", "README.en.html"}
    assert {name for name in expected if not (site / name).is_file()} == set()
    menu = (site / "index.html").read_text(encoding="utf-8")
    assert {name for name in expected - {"index.html"} if f'href="{name}"' not in menu} == set()


def test_nothing_is_fetched_from_elsewhere(site: Path) -> None:
    for page in site.rglob("*.html"):
        assert not _FETCHED.search(page.read_text(encoding="utf-8")), page


def test_tasks_of_the_guide_are_found_from_the_start(site: Path) -> None:
    start = (site / "index.html").read_text(encoding="utf-8")
    assert 'href="docs/guide.html"' in start
    guide = (site / "docs" / "guide.html").read_text(encoding="utf-8")
    assert guide.count("<h2") >= 12
