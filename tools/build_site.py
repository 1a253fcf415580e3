"""The site in ``build/site``: README, docs and data dictionary as pages, with the pages that the notebooks make.

``make docs`` runs it. The site needs no network: fonts are the reader's own, scripts and styles lie beside the pages.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BUILD = ROOT / "build"
PAGES = ["README.md", "README.en.md", "CHANGELOG.md", "LICENSE", "data/README.md"]
_QUIET = {"NO_MKDOCS_2_WARNING": "1"}
EXAMPLES = [("霁原旗", 2024), ("鄂托克前旗", 2023)]
_LINK = re.compile(r"\[([^\]]*)\]\((?:\.\./)*(?!data/README)(?:src|tests|tools|notebooks|data|benchmarks)/[^)\s]*\)")


def gather(into: Path) -> None:
    """Copy every page below one folder, under the paths that they link to each other by."""
    shutil.rmtree(into, ignore_errors=True)
    shutil.copytree(ROOT / "docs", into / "docs")
    for name in PAGES:
        (into / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / name, into / name)
    for page in into.rglob("*.md"):
        page.write_text(_without_code_links(page.read_text(encoding="utf-8")), encoding="utf-8")


def _without_code_links(text: str) -> str:
    """Links to files that are no pages become their words: the site holds no source code."""
    return _LINK.sub(r"\1", text)


def examples(into: Path, places: list[tuple[str, int]]) -> str:
    """Make the pages of some places and return the page of the site that lists them."""
    lines = [
        "# 示例网页 · Example pages",
        "",
        "笔记本生成的网页原样放在这里。The pages as the notebooks make them.",
        "",
    ]
    for region, year in places:
        command = [sys.executable, "-m", "fazhi_analysis.cli", "report", "--region", region, "--year", str(year)]
        subprocess.run([*command, "--lang", "both", "--out", str(into / "pages")], check=True, capture_output=True)
    for start in sorted((into / "pages").rglob("index.html")):
        folder = start.parent.relative_to(into / "pages").as_posix()
        lines.append(f"- [{folder}](pages/{folder}/index.html)")
    return "\n".join(lines) + "\n"


def main(arguments: list[str] | None = None) -> None:
    """Build the site and print where it lies."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--without-examples", action="store_true", help="leave out the pages that notebooks make")
    options = parser.parse_args(arguments)
    docs = BUILD / "docs"
    gather(docs)
    listed = examples(docs, [] if options.without_examples else EXAMPLES)
    (docs / "examples.md").write_text(listed, encoding="utf-8")
    subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet"], cwd=ROOT, check=True, env=os.environ | _QUIET
    )
    print(BUILD / "site" / "index.html")


if __name__ == "__main__":
    main()
