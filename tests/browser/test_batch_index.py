"""The page over a batch, sorted by its headline figures with the heads of columns: at a desk and on a phone."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from playwright.sync_api import Browser, Page

from fazhi_analysis import load_metrics, run_batch
from fazhi_analysis._paths import bundled_data

pytestmark = [pytest.mark.browser, pytest.mark.kernel]
CELLS = "[...document.querySelectorAll('tbody tr')].map(row => row.cells[4].textContent)"


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("batch")
    node = nbformat.v4.new_notebook()
    node.metadata.kernelspec = {"name": "python3", "display_name": "Python 3", "language": "python"}
    given = nbformat.v4.new_code_cell('region: str = ""\nyear: int = 0\ndata: "object" = None\nlang: str = "zh"')
    given.metadata.tags = ["parameters"]
    node.cells = [given]
    nbformat.write(node, folder / "empty.ipynb")
    made = run_batch(
        years=[2024],
        notebooks=[folder / "empty.ipynb"],
        data=bundled_data() / "sample",
        out=folder / "out",
        progress=False,
    )
    assert made.index
    return made.index


def ordered(page: Page, name: str) -> tuple[list[float], list[float]]:
    """The values of the first headline column after one and after two presses of its head, empty cells left out."""
    values = "[...document.querySelectorAll('tbody tr')].map(row => row.cells[4].dataset.value).filter(Boolean)"
    button = page.get_by_role("button", name=name)
    assert button.is_visible()
    shown = []
    for _ in range(2):
        button.click()
        shown.append([float(value) for value in page.evaluate(values)])
    return shown[0], shown[1]


@pytest.mark.parametrize("width", [1280, 390])
def test_rows_sort_by_a_headline_figure(browser: Browser, index: Path, width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 844})
    page.goto(index.as_uri())
    name = str(page.evaluate("document.querySelectorAll('thead th')[4].textContent"))
    up, down = ordered(page, name)
    assert len(up) >= 2
    assert up == sorted(up)
    assert down == sorted(up, reverse=True)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    shown = {str(text) for text in page.evaluate(CELLS) if text}
    page.close()
    # Every figure shown is a row of the data, printed as the report words it.
    rows = load_metrics(data=bundled_data() / "sample", years=[2024])
    rows = rows[(rows["label"].astype(str) == name) & (rows["scope"].astype(str) == "")]
    printed = {f"{value:,.10g}" if value >= 10_000 else f"{value:.10g}" for value in rows["value"]}
    assert {text.removesuffix("（存疑）").rstrip("件次个份%余多") for text in shown} <= printed
