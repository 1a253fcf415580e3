"""Documents beside the pages of a result: all pages in one file, an editable memo, a PDF as the pages print."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

from fazhi_analysis.analysis.place_year import PlaceYear
from fazhi_analysis.errors import RunError, UnknownNameError, UsageError
from fazhi_analysis.presenting.parts.supporting import APPENDIX
from fazhi_analysis.presenting.wording.page_texts import Words
from fazhi_analysis.running.results import notebook_html
from fazhi_analysis.running.results.one_file import one_file

KINDS: Final = ("html", "docx", "pdf")
"""Kinds of documents, each by the ending of its file."""
_BROWSERS: Final = ("chromium", "chromium-browser", "google-chrome", "chrome", "msedge")
_SECONDS: Final = 120
_FONTS_READ: Final = "--virtual-time-budget=10000"
"""Print when nothing is under way any more. A page counts as loaded before the font that it holds is read, and until
then its letters are left out: on a busy machine every second PDF of a small page was empty. Nobody waits so long; the
time is the page's own."""


def check_documents(kinds: Iterable[str]) -> tuple[str, ...]:
    """The kinds in their order. Raises UnknownNameError for an unknown one, UsageError for one that this
    computer cannot make, before anything runs.

    >>> check_documents(["html"])
    ('html',)
    """
    asked = list(kinds)
    for kind in asked:
        if kind not in KINDS:
            raise UnknownNameError(kind, "running.document.unknown", kinds=KINDS)
    if "docx" in asked and importlib.util.find_spec("docx") is None:
        raise UsageError("--docx", "running.document.no_docx")
    if "pdf" in asked and find_browser() is None:
        raise UsageError("--pdf", "running.document.no_browser")
    return tuple(kind for kind in KINDS if kind in asked)


def find_browser() -> str | None:
    """A Chromium that can print, or None; the environment variable CHROMIUM names one."""
    named = os.environ.get("CHROMIUM")
    return named or next((path for name in _BROWSERS if (path := shutil.which(name))), None)


def write_documents(
    kinds: Iterable[str], stem: Path, place_year: PlaceYear, words: Words, pages: Mapping[str, notebook_html.Draft]
) -> None:
    """Write the documents as ``<stem>.<kind>``; ``pages`` are those of the result, the start page first.

    The appendix is for looking up, not for reading: the PDF leaves it out.
    """
    for kind in kinds:
        target = stem.with_name(f"{stem.name}.{kind}")
        if kind == "docx":
            from fazhi_analysis.presenting.memo.memo import memo

            target.write_bytes(memo(place_year, words))
            continue
        printed = {name: draft for name, draft in pages.items() if kind == "html" or name != APPENDIX}
        text = notebook_html.render(one_file(printed, stem.parent, words))
        if kind == "html":
            target.write_text(text, encoding="utf-8")
        else:
            _print(text, target)


def _print(page: str, target: Path) -> None:
    """Print a page to PDF. Raises RunError where the browser does not."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "page.html"
        source.write_text(page, encoding="utf-8")
        sandbox = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
        command = [
            find_browser() or "chromium",
            "--headless",
            "--disable-gpu",
            *sandbox,
            f"--user-data-dir={folder}/profile",
            "--no-pdf-header-footer",
            _FONTS_READ,
            f"--print-to-pdf={target}",
            source.as_uri(),
        ]
        try:
            done = subprocess.run(command, capture_output=True, timeout=_SECONDS, check=False)
        except (OSError, subprocess.TimeoutExpired) as error:
            raise RunError(target.name, "running.document.not_printed", reason=str(error)) from error
    if not target.is_file():
        raise RunError(target.name, "running.document.not_printed", reason=f"exit {done.returncode}")
