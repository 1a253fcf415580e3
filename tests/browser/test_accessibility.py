"""WCAG 2.2 AA by axe-core on every page of a batch: both languages, light and dark, desktop and phone, real or not."""

from __future__ import annotations

import functools
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from fazhi_analysis import run_batch

pytestmark = [pytest.mark.browser, pytest.mark.kernel]
ALL = ["year_over_year", "problems_next_steps", "data_quality", "trend", "peer_comparison", "corpus_survey"]
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SIZES = {"desktop": (1280, 900), "phone": (390, 844)}
UNFOLD = """() => {
  document.querySelectorAll('details').forEach(item => item.open = true);
  document.querySelectorAll('tbody').forEach(body => [...body.rows].slice(8).forEach(row => row.remove()));
  document.querySelectorAll('ul, ol, .fz-ev-text').forEach(
    list => [...list.children].slice(12).forEach(item => item.remove()));
}"""
RUN = "tags => axe.run(document, {runOnly: {type: 'tag', values: tags}, resultTypes: ['violations']})"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, tuple[str, ...]], list[Path]]:
    """All pages of a batch in a language, made when first asked for: its index, start pages, every notebook."""
    out = tmp_path_factory.mktemp("pages")

    @functools.cache
    def make(lang: str, places: tuple[str, ...]) -> list[Path]:
        folder = out / f"{lang}-{len(places)}"
        years = [2023] if places == ("鄂托克前旗",) else [2023, 2024]
        result = run_batch(places, years, ALL, lang=lang, out=folder, workers=2, progress=False)
        assert not [one for one in result.outcomes if one.status == "failed"]
        pages = sorted(folder.rglob("*.html"))
        assert len(pages) == 1 + len(result.outcomes) * (2 + len(ALL))  # a start page and an appendix each
        return pages

    return make


def faults(page: Any, axe: str) -> list[str]:
    """What axe finds, with everything unfolded and long tables cut to their first rows, one line a node."""
    page.evaluate(UNFOLD)
    page.evaluate(axe)
    found = page.evaluate(RUN, TAGS)
    return [
        f"{item['id']}: {' '.join(map(str, node['target']))} {node['failureSummary'].splitlines()[-1].strip()}"
        for item in found["violations"]
        for node in item["nodes"][:5]
    ]


def look(browser: Browser, axe: str, pages: list[Path], scheme: str, size: str) -> dict[str, list[str]]:
    width, height = SIZES[size]
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme=scheme,  # type: ignore[arg-type]
        bypass_csp=True,
    )
    view = context.new_page()
    found = {}
    for path in pages:
        view.goto(path.as_uri())
        found[f"{path.parent.name}/{path.name}"] = faults(view, axe)
    context.close()
    return {name: lines for name, lines in found.items() if lines}


@pytest.mark.parametrize(("lang", "scheme", "size"), [("zh", "light", "phone"), ("en", "dark", "desktop")])
def test_no_violation(
    browser: Browser,
    axe: str,
    made: Callable[[str, tuple[str, ...]], list[Path]],
    lang: str,
    scheme: str,
    size: str,
) -> None:
    assert look(browser, axe, made(lang, ("鄂托克前旗",)), scheme, size) == {}


@pytest.mark.nightly
@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
def test_no_violation_anywhere(
    browser: Browser,
    axe: str,
    made: Callable[[str, tuple[str, ...]], list[Path]],
    lang: str,
    scheme: str,
    size: str,
) -> None:
    assert look(browser, axe, made(lang, ("霁原旗", "鄂托克前旗", "延庆区")), scheme, size) == {}


def test_axe_finds_what_is_wrong(browser: Browser, axe: str) -> None:
    view = browser.new_page()
    view.set_content("<html><body><img src='data:,'><p style='color:#ccc'>hard to read</p></body></html>")
    found = {line.partition(":")[0] for line in faults(view, axe)}
    view.close()
    assert {"image-alt", "color-contrast", "html-has-lang"} <= found
