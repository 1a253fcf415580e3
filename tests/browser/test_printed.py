"""The PDF beside the pages, printed by the browser of this machine."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest
from playwright.sync_api import Browser

from fazhi_analysis import run_report
from fazhi_analysis.errors import RunError
from fazhi_analysis.running.results.memo_and_pdf import find_browser

pytestmark = [pytest.mark.browser, pytest.mark.kernel]


def test_a_pdf_holds_the_words_of_its_pages(browser: Browser, tmp_path: Path) -> None:
    assert find_browser()
    folder = run_report("砚桥县", 2024, out=tmp_path, notebooks=["problems_next_steps"], documents=["pdf"]).folder
    (pdf,) = folder.glob("*.pdf")
    with pypdfium2.PdfDocument(pdf) as document:
        pages = [document[number].get_textpage().get_text_range() for number in range(len(document))]
    assert "砚桥县" in pages[0]
    assert sum(map(len, pages)) > 2000
    assert all(len(page.strip()) > 20 for page in pages)


def test_a_browser_that_prints_nothing_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHROMIUM", "/bin/true")
    with pytest.raises(RunError, match="pdf"):
        run_report("砚桥县", 2024, out=tmp_path, notebooks=["problems_next_steps"], documents=["pdf"])
    assert not list(tmp_path.glob("*/*.pdf"))
