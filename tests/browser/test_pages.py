"""The pages as a person meets them: offline, on a phone, in the dark, on paper, with the keyboard."""

from __future__ import annotations

import base64
import io
import re
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from playwright.sync_api import Browser, Page

from fazhi_analysis import run_report
from fazhi_analysis.running.executing.own_notebook import new_notebook

pytestmark = [pytest.mark.browser, pytest.mark.kernel]
ALL = ["year_over_year", "problems_next_steps", "data_quality", "trend", "peer_comparison"]
FONTS = "document.fonts.ready.then(fonts => [...fonts].map(font => font.family.replace(/\"/g, '') + ' ' + font.status))"
TOFU = """text => {
  const canvas = document.createElement("canvas"), pen = canvas.getContext("2d", {willReadFrequently: true});
  canvas.width = canvas.height = 24;
  const draw = char => {
    pen.clearRect(0, 0, 24, 24); pen.font = '20px "Fazhi Sans"'; pen.fillText(char, 2, 20);
    return pen.getImageData(0, 0, 24, 24).data.join();
  };
  const missing = draw("\\uFFFE");
  return [...text].filter(char => draw(char) === missing);
}"""


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    out = tmp_path_factory.mktemp("pages")
    return {
        "zh": run_report("霁原旗", 2024, out=out, notebooks=ALL).folder,
        "en": run_report("砚桥县", 2024, lang="en", out=out, notebooks=ALL[:3]).folder,
        "single": run_report("鄂托克前旗", 2023, out=out, notebooks=ALL[:3]).folder,
        "long": run_report("霁原旗", 2024, lang="en", out=out, notebooks=ALL[:1]).folder,
    }


PAGES = [("zh", name) for name in ["index", *ALL]]
PAGES += [(key, name) for key in ("en", "single") for name in ["index", *ALL[:3]]]


def opened(page: Page, folders: dict[str, Path], which: tuple[str, str]) -> Page:
    page.goto((folders[which[0]] / f"{which[1]}.html").as_uri())
    return page


@pytest.mark.parametrize("which", PAGES, ids="-".join)
def test_a_page_asks_for_nothing(page: Page, folders: dict[str, Path], which: tuple[str, str]) -> None:
    requests: list[str] = []
    problems: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.on("console", lambda message: problems.append(message.text))
    page.on("pageerror", lambda error: problems.append(str(error)))
    opened(page, folders, which).wait_for_load_state("networkidle")
    assert [url for url in requests if not url.startswith("data:")] == [page.url]
    assert problems == []


@pytest.mark.parametrize("which", PAGES, ids="-".join)
def test_a_page_fits_a_phone(page: Page, folders: dict[str, Path], which: tuple[str, str]) -> None:
    opened(page, folders, which)
    page.evaluate("document.querySelectorAll('details').forEach(item => item.open = true)")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


ALONE = """() => {
  const short = [];
  for (const row of document.querySelectorAll("table.fz-table:not(.fz-sortable) tbody tr")) {
    const cells = [...row.children].map(cell => cell.getBoundingClientRect()).filter(box => box.width);
    for (const box of cells) {
      const beside = cells.filter(other => other.top === box.top);
      if (beside.length === 1 && box.width < row.clientWidth - 1) short.push(row.innerText);
    }
  }
  return short;
}"""


@pytest.mark.parametrize("name", ["year_over_year", "problems_next_steps", "data_quality"])
def test_a_cell_that_is_left_over_has_the_line_of_a_phone(page: Page, folders: dict[str, Path], name: str) -> None:
    opened(page, folders, ("zh", name))
    page.evaluate("document.querySelectorAll('details:not(.fz-quoted)').forEach(item => item.open = true)")
    assert page.evaluate(ALONE) == []


def test_no_promise_is_broken_over_two_sheets(page: Page, folders: dict[str, Path], tmp_path: Path) -> None:
    import pypdfium2

    opened(page, folders, ("zh", "problems_next_steps"))
    page.emulate_media(media="print")
    rows = "[...document.querySelectorAll('.fz-promises tbody tr')]"
    texts = page.evaluate(f"{rows}.map(row => [row.firstChild.innerText, row.lastChild.innerText])")
    page.pdf(path=str(tmp_path / "page.pdf"), prefer_css_page_size=True)
    document = pypdfium2.PdfDocument(tmp_path / "page.pdf")
    sheets = ["".join(sheet.get_textpage().get_text_range().split()) for sheet in document]
    document.close()
    assert len(texts) > 5
    for promise, outcome in texts:
        start, end = "".join(promise.split())[:9], "".join(outcome.split())[-6:]
        assert any(start in sheet and end in sheet for sheet in sheets)
    assert set(page.evaluate(f"{rows}.map(row => getComputedStyle(row).breakInside)")) == {"avoid"}


def test_the_page_of_ones_own_notebook_fits_a_phone(page: Page, tmp_path: Path) -> None:
    own = new_notebook("我的", "year_over_year", tmp_path)
    page.goto((run_report("霁原旗", 2024, out=tmp_path, notebooks=[own]).folder / "我的.html").as_uri())
    assert page.locator("img").count() == 1
    page.evaluate("document.querySelectorAll('details').forEach(item => item.open = true)")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.mark.parametrize("which", PAGES, ids="-".join)
def test_every_character_has_a_glyph(page: Page, folders: dict[str, Path], which: tuple[str, str]) -> None:
    opened(page, folders, which)
    loaded = page.evaluate(FONTS)
    assert "Fazhi Sans loaded" in loaded
    assert {face.rpartition(" ")[0] for face in loaded} == {"Fazhi Sans", "Fazhi Latin Quotes"}  # the latter is local
    text = page.evaluate("document.body.innerText + document.body.textContent + document.title")
    source = re.search(r"font/woff2;base64,([^)]+)\)", page.content())
    assert source
    glyphs = set(TTFont(io.BytesIO(base64.b64decode(source[1]))).getBestCmap())
    script = page.evaluate("[...document.scripts].map(script => script.textContent).join('')")
    assert {char for char in set(text) - set(script) if not char.isspace() and ord(char) not in glyphs} == set()
    headings = page.evaluate("[...document.querySelectorAll('h1, h2')].map(item => item.innerText).join('')")
    assert page.evaluate(TOFU, "".join(sorted(set(headings) - set(" \n\u3000")))) == []


@pytest.mark.parametrize("which", PAGES, ids="-".join)
def test_language_title_contents_and_alternative_texts(
    page: Page, folders: dict[str, Path], which: tuple[str, str]
) -> None:
    opened(page, folders, which)
    place, lang = (
        ("砚桥县", "en") if which[0] == "en" else ({"zh": "霁原旗", "single": "鄂托克前旗"}[which[0]], "zh-CN")
    )
    assert page.get_attribute("html", "lang") == lang
    assert place in page.title()
    assert ("2023" if which[0] == "single" else "2024") in page.title()
    assert page.locator("h1").count() == 1
    for link in page.locator("nav a").all():
        assert page.locator(link.get_attribute("href") or "").count() == 1
    for svg in page.locator("figure svg").all():
        assert len(svg.locator("desc").inner_html()) > 10
    ids = page.evaluate("[...document.querySelectorAll('[id]')].map(element => element.id)")
    assert [name for name in ids if ids.count(name) > 1] == []


def test_english_pages_have_no_chinese_of_our_own(page: Page, folders: dict[str, Path]) -> None:
    for name in ["index", *ALL[:3]]:
        opened(page, folders, ("en", name))
        # A drawing holds the labels of its rows; what is said about it is marked like all other text.
        page.evaluate("document.querySelectorAll('[lang=zh], .fz-code, svg').forEach(item => item.remove())")
        text = page.evaluate("document.body.textContent")
        assert re.findall("[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]+", text) == []


@pytest.mark.parametrize("which", PAGES, ids="-".join)
def test_links_lead_somewhere(page: Page, folders: dict[str, Path], which: tuple[str, str]) -> None:
    opened(page, folders, which)
    lost = page.evaluate(
        "[...document.querySelectorAll('a[href^=\"#\"]')].map(a => decodeURIComponent(a.getAttribute('href').slice(1)))"
        ".filter(id => !document.getElementById(id))"
    )
    assert lost == []
    for link in page.locator('a[href$=".html"], a[href$=".csv"], a[href$=".json"], a[href$=".ipynb"]').all():
        assert (folders[which[0]] / (link.get_attribute("href") or "")).is_file()


def test_evidence_opens_when_its_link_is_followed(page: Page, folders: dict[str, Path]) -> None:
    opened(page, folders, ("zh", "year_over_year"))
    page.locator("#changes_table > details > summary").first.click()
    sentence = page.locator("#changes_table details.fz-quoted").first
    sentence.locator("summary").click()  # a figure opens its sentence in place
    sentence.locator("mark").first.wait_for(state="visible")
    link = sentence.locator("a").first
    target = (link.get_attribute("href") or "").partition("#")[2]
    link.click()
    page.wait_for_url("**/appendix.html#*")
    row = page.locator(f'[id="{target}"]')
    row.wait_for(state="visible")  # the year that it stands in was one click away
    row.locator("th a").click()
    page.wait_for_url("**/year_over_year.html#change-*")
    assert page.locator("tr:target").is_visible()


def test_findings_and_evidence_are_linked_both_ways(page: Page, folders: dict[str, Path]) -> None:
    opened(page, folders, ("single", "data_quality"))
    page.locator("#findings .fz-places summary").first.click()
    page.locator("#findings .fz-places a").first.click()
    back = page.locator(".fz-evidence tr:target a[href*='#finding-']").first
    back.click()
    page.wait_for_url("**/data_quality.html#*")
    assert page.url.split("#")[1].startswith("finding-")


def test_code_is_hidden_and_one_click_away(page: Page, folders: dict[str, Path]) -> None:
    opened(page, folders, ("zh", "data_quality"))
    code = page.locator(".fz-code pre").first
    assert not code.is_visible()
    page.locator(".fz-code summary").click()
    assert code.is_visible()


def test_dark_and_light(browser: Browser, folders: dict[str, Path]) -> None:
    for scheme, dark in (("light", False), ("dark", True)):
        context = browser.new_context(color_scheme=scheme)  # type: ignore[arg-type]
        view = opened(context.new_page(), folders, ("zh", "year_over_year"))
        shade = "getComputedStyle(document.body).backgroundColor"
        light = "rgb(255, 255, 255)"
        assert (view.evaluate(shade) != light) is dark
        view.locator("#fz-theme").click()
        assert (view.evaluate(shade) != light) is not dark
        context.close()


def test_charts_and_their_data_can_be_downloaded(page: Page, folders: dict[str, Path]) -> None:
    opened(page, folders, ("zh", "year_over_year"))
    figure = page.locator("figure").first
    with page.expect_download() as picture:
        figure.locator("button[data-name$=png]").click()
    assert Path(picture.value.path()).read_bytes()[:8] == b"\x89PNG\r\n\x1a\n"
    with page.expect_download() as picture:
        figure.locator("button[data-name$=svg]").click()
    svg = Path(picture.value.path()).read_text(encoding="utf-8")
    assert svg.startswith("<svg")
    assert "var(" not in svg
    with page.expect_download() as table:
        figure.locator("a[download]").click()
    assert Path(table.value.path()).read_bytes().startswith(b"\xef\xbb\xbf")


def test_the_start_page_leads_to_the_places_of_its_figures(page: Page, folders: dict[str, Path]) -> None:
    opened(page, folders, ("zh", "index"))
    page.locator("#brief-changed a").first.click()
    page.wait_for_selector("h1:has-text('附录')")
    assert "#text-row-" in page.url
    assert page.locator("mark:target").is_visible()


PRINTED = {
    ("single", "year_over_year"): (4, 7),
    ("zh", "year_over_year"): (4, 6),
    ("long", "year_over_year"): (4, 7),
    ("zh", "data_quality"): (3, 5),
    ("en", "index"): (1, 1),
    ("zh", "index"): (1, 1),
}


@pytest.mark.parametrize("which", PRINTED)
def test_printing_gives_clean_a4(page: Page, folders: dict[str, Path], tmp_path: Path, which: tuple[str, str]) -> None:
    import numpy as np
    import pypdfium2

    opened(page, folders, which)
    page.evaluate(FONTS)  # until its font is read, a page is printed without a letter
    target = tmp_path / "page.pdf"
    page.pdf(path=str(target), prefer_css_page_size=True)
    document = pypdfium2.PdfDocument(target)
    fewest, most = PRINTED[which]
    assert fewest <= len(document) <= most
    width, height = document[0].get_size()
    assert (round(width), round(height)) == (595, 842)
    first = document[0].get_textpage().get_text_range()
    assert page.title().partition("：")[0].partition(":")[0][:4] in first
    assert "离线打开" not in first
    for number in range(len(document)):
        assert f"{number + 1} / {len(document)}" in document[number].get_textpage().get_text_range()
        dark = np.asarray(document[number].render(scale=1).to_pil().convert("L")) < 200
        used = np.flatnonzero(dark[: int(0.93 * height)].any(axis=1))  # without the page number
        assert used.size
        if number + 1 < len(document):  # the last page ends where the text ends
            assert used[-1] > 0.5 * height, f"page {number + 1} is mostly blank"
        assert not dark[:, : int(0.05 * width)].any()
        assert not dark[:, int(0.95 * width) :].any()
    document.close()


def test_long_lists_keep_their_numbers_in_print(page: Page, folders: dict[str, Path]) -> None:
    """Numbers hang in the padding of their list; what hangs beyond the text is cut at the edge of the sheet."""
    opened(page, folders, ("zh", "data_quality"))
    page.emulate_media(media="print")
    room = page.evaluate("""() => [...document.querySelectorAll('ol.fz-findings')].map(list => {
        const style = getComputedStyle(list), pen = document.createElement('canvas').getContext('2d');
        pen.font = style.font;
        const last = Math.max(...[...list.children].map(item => item.value));
        return [parseFloat(style.paddingLeft), pen.measureText(`${last}. `).width];
    })""")
    assert room
    for padding, needed in room:
        assert padding >= needed


def test_everything_works_with_the_keyboard(page: Page, folders: dict[str, Path]) -> None:
    opened(page, folders, ("zh", "data_quality"))
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == "#main"
    outline = "getComputedStyle(document.activeElement).outlineStyle"
    for _ in range(4):
        page.keyboard.press("Tab")
        assert page.evaluate(outline) != "none"
