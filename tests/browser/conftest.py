"""A real Chromium. In CI a missing browser is a failure; elsewhere the tests are skipped with a loud line."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def find_chromium() -> str | None:
    names = ("chromium", "chromium-browser", "google-chrome")
    return os.environ.get("CHROMIUM") or next((path for name in names if (path := shutil.which(name))), None)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = find_chromium()
    if path is None:
        line = "NO CHROMIUM: the pages were not looked at in a browser"
        if os.environ.get("CI"):
            pytest.fail(line)
        print(f"\n{'!' * 80}\n{line}\n{'!' * 80}", file=sys.stderr)
        pytest.skip(line)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def axe() -> str:
    """The source of axe-core, fetched once by npm into ``node_modules`` beside this file."""
    folder = Path(__file__).parent
    source = folder / "node_modules" / "axe-core" / "axe.min.js"
    if not source.is_file() and shutil.which("npm"):
        command = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"]
        subprocess.run(command, cwd=folder, check=False, timeout=120, capture_output=True)
    if not source.is_file():
        line = "NO AXE-CORE: run `npm ci` in tests/browser to check the pages for accessibility"
        if os.environ.get("CI"):
            pytest.fail(line)
        print(f"\n{'!' * 80}\n{line}\n{'!' * 80}", file=sys.stderr)
        pytest.skip(line)
    return source.read_text(encoding="utf-8")


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 390, "height": 844})
    yield context.new_page()
    context.close()
