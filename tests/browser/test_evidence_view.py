"""A figure of the narrative leads to its place in the source text, and marks can be switched off."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from fazhi_analysis.presenting.pages import open_page

pytestmark = pytest.mark.browser


def test_a_figure_of_the_narrative_leads_to_its_place(tmp_path: Path, browser: Browser) -> None:
    opened = open_page("problems_next_steps", region="霁原旗", year=2024)
    parts = [opened.header(), opened.narrative(), opened.source_text()]
    path = tmp_path / "page.html"
    body = "".join(part._repr_html_() for part in parts)
    path.write_text(f"<!doctype html><meta charset='utf-8'><body class='fz'>{body}", "utf-8")
    page = browser.new_page(viewport={"width": 390, "height": 844})
    page.goto(path.as_uri())
    page.locator(".fz-narrative .fz-sentence a", has_text="86.4%").first.click()
    target = page.locator("mark:target")
    assert target.inner_text().replace(" ", "") == "86.4%"
    assert target.evaluate("node => node.getBoundingClientRect().top >= 0")
    assert target.evaluate("node => node.getBoundingClientRect().bottom <= innerHeight")
    figure = page.locator("mark.fz-ev-figure").first
    before = figure.evaluate("node => getComputedStyle(node).textDecorationLine")
    page.locator("input.fz-show-figure").first.uncheck()
    assert figure.evaluate("node => getComputedStyle(node).textDecorationLine") != before
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.close()
