"""Screenshots for the READMEs, from the current build: the top of pages of the fictional 霁原旗, 2024."""

from __future__ import annotations

import io
import os
import shutil
import sys
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from fazhi_analysis import run_report

TARGET = Path(__file__).resolve().parent.parent / "docs" / "images"
WIDTH, HEIGHT = 1100, 900
LARGEST = 300_000
SHOTS = (
    ("year_over_year", "zh", "year_over_year.png"),
    ("year_over_year", "en", "year_over_year.en.png"),
    ("data_quality", "zh", "data_quality.png"),
)
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]


def main() -> None:
    """Build the pages, look at them in a browser, and write small PNG files."""
    names = ("chromium", "chromium-browser", "google-chrome")
    browser_path = os.environ.get("CHROMIUM") or next((path for name in names if (path := shutil.which(name))), None)
    if browser_path is None:
        sys.exit("no Chromium: install one, or name it in CHROMIUM")
    TARGET.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path, args=ARGUMENTS)
        pages = {lang: _pages(Path(folder), lang) for lang in sorted({lang for _, lang, _ in SHOTS})}
        for notebook, lang, name in SHOTS:
            content = _small(_shot(browser, pages[lang][notebook]))
            (TARGET / name).write_bytes(content)
            print(f"{name}: {len(content) // 1000} kB", file=sys.stderr)
        browser.close()


def _pages(folder: Path, lang: str) -> dict[str, Path]:
    wanted = sorted({notebook for notebook, chosen, _ in SHOTS if chosen == lang})
    result = run_report("霁原旗", 2024, lang=lang, out=folder / lang, notebooks=wanted)
    return {path.stem: path for path in result.pages}


def _shot(browser: Browser, path: Path) -> bytes:
    page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT}, color_scheme="light")
    page.goto(path.as_uri())
    page.evaluate("document.fonts.ready")
    picture = page.screenshot(clip={"x": 0, "y": 0, "width": WIDTH, "height": HEIGHT})
    page.close()
    return picture


def _small(picture: bytes) -> bytes:
    """The picture with a palette; fewer colours until it is small enough."""
    image = Image.open(io.BytesIO(picture)).convert("RGB")
    for colours in (256, 128, 64, 32):
        out = io.BytesIO()
        image.quantize(colours, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
        if out.tell() < LARGEST:
            break
    return out.getvalue()


if __name__ == "__main__":
    main()
