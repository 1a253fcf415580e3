"""A page and the same page in the other language: one press there, one back, and never into nothing."""

from __future__ import annotations

import json
from pathlib import Path

import nbformat
import pytest
from playwright.sync_api import Browser

from fazhi_analysis import run_report
from fazhi_analysis.running.manifest import digest

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


def links(folder: Path, name: str) -> bool:
    return 'hreflang="' in (folder / f"{name}.html").read_text(encoding="utf-8")


def test_language_is_switched_and_back(browser: Browser, tmp_path: Path) -> None:
    one, two = book(tmp_path, "one"), book(tmp_path, "two")
    out = tmp_path / "out"
    chinese = run_report("霁原旗", 2024, out=out, notebooks=[one, two]).folder
    assert not links(chinese, "one")
    english = run_report("霁原旗", 2024, lang="en", out=out, notebooks=[one]).folder
    assert [links(chinese, name) for name in ("index", "one", "two")] == [True, True, False]

    page = browser.new_page()
    page.goto((chinese / "one.html").as_uri())
    page.get_by_role("link", name="English").click()
    assert page.url == (english / "one.html").as_uri()
    assert page.get_attribute("html", "lang") == "en"
    page.get_by_role("link", name="中文").click()
    assert page.url == (chinese / "one.html").as_uri()
    page.close()

    # Made again without that page, nothing leads to it any more; the other manifest tells of its changed pages.
    run_report("霁原旗", 2024, lang="en", out=out, notebooks=[two])
    assert [links(chinese, name) for name in ("index", "one", "two")] == [True, False, True]
    outputs = json.loads((chinese / "manifest.json").read_text(encoding="utf-8"))["outputs"]
    assert {item["file"]: item["sha256"] for item in outputs} == {
        path.name: digest(path) for path in chinese.iterdir() if path.name != "manifest.json"
    }
