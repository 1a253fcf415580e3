"""A page and the same page in the other language: one press there, one back, and never into nothing."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from playwright.sync_api import Browser

from fazhi_analysis import run_report

pytestmark = [pytest.mark.browser, pytest.mark.kernel]


def book(folder: Path, name: str) -> Path:
    given = nbformat.v4.new_code_cell('region: str = ""\nyear: int = 0\ndata: "object" = None\nlang: str = "zh"')
    given.metadata.tags = ["parameters"]
    shown = nbformat.v4.new_code_cell(
        "import fazhi_analysis as fz\n"
        "fz.open_page('data_quality', region=region, year=year, data=data, lang=lang).header()"
    )
    node = nbformat.v4.new_notebook(cells=[given, shown])
    node.metadata.kernelspec = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.write(node, folder / f"{name}.ipynb")
    return folder / f"{name}.ipynb"


def test_language_is_switched_and_back(browser: Browser, tmp_path: Path) -> None:
    made = run_report("霁原旗", 2024, lang="both", out=tmp_path / "out", notebooks=[book(tmp_path, "one")])
    assert made.other is not None
    page = browser.new_page()
    page.goto((made.folder / "one.html").as_uri())
    page.get_by_role("link", name="English").click()
    assert page.url == (made.other.folder / "one.html").as_uri()
    assert page.get_attribute("html", "lang") == "en"
    page.get_by_role("link", name="中文").click()
    assert page.url == (made.folder / "one.html").as_uri()
    page.close()
