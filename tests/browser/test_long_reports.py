"""A report with thirty next steps on a phone, on paper, by keyboard and by its links."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from playwright.sync_api import Page

from fazhi_analysis import ingest, run_report

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "fixtures"))

import long_reports

pytestmark = [pytest.mark.browser, pytest.mark.kernel]
SCREENS = "document.documentElement.scrollHeight / innerHeight"


@pytest.fixture(scope="module")
def long(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("long")
    ingest(long_reports.written(out), out / "data", workers=1)
    names = ["problems_next_steps"]
    return run_report(long_reports.PLACE, 2024, data=out / "data", out=out, notebooks=names).folder


@pytest.fixture(scope="module")
def short(tmp_path_factory: pytest.TempPathFactory) -> Path:
    names = ["problems_next_steps", "data_quality"]
    return run_report("霁原旗", 2024, out=tmp_path_factory.mktemp("short"), notebooks=names).folder


def opened(page: Page, folder: Path, name: str = "problems_next_steps") -> Page:
    page.goto((folder / f"{name}.html").as_uri())
    return page


def test_pages_are_few_screens_of_a_phone(page: Page, long: Path, short: Path) -> None:
    assert opened(page, long).evaluate(SCREENS) < 15
    assert opened(page, short).evaluate(SCREENS) < 9
    assert opened(page, short, "data_quality").evaluate(SCREENS) < 7


def test_a_statement_opens_by_keyboard_and_leads_to_its_place(page: Page, long: Path) -> None:
    opened(page, long)
    first = page.locator("#promises details.fz-whole").first
    rest = first.locator("p").first
    assert not rest.is_visible()
    first.locator("summary").focus()
    page.keyboard.press("Enter")
    assert rest.is_visible()
    assert first.locator("code").is_visible()
    first.locator("a").click()
    page.wait_for_url("**/appendix.html#*")
    assert page.locator("mark:target").is_visible()


def test_print_has_every_statement_whole(page: Page, long: Path, tmp_path: Path) -> None:
    import pypdfium2

    opened(page, long)
    page.pdf(path=str(tmp_path / "page.pdf"), prefer_css_page_size=True)
    document = pypdfium2.PdfDocument(tmp_path / "page.pdf")
    printed = "".join("".join(sheet.get_textpage().get_text_range().split()) for sheet in document)
    document.close()
    headings = [long_reports.promise(number)[0] for number in range(34)]
    assert [text for text in headings if text not in printed] == []
    figures = [long_reports.promise(number)[1].rpartition("。")[2] for number in range(30) if number % 3 != 2]
    assert [text for text in figures if printed.count(text) < 2] == []  # of 2023 and of 2024
    assert "衬砌干支渠道27公里" in printed  # what cannot be judged
    assert "follow_up-" not in printed
    assert "SHA-256" in printed
