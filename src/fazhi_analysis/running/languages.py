"""The same page in the other language: results of one place and year in Chinese and in English link to each other.

Both lie side by side (``霁原旗-2024``, ``霁原旗-2024-en``), made in either order. A page links only to a page that is
there; when one of the two folders is made again, the pages of the other are given links to what it holds now.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote

from fazhi_analysis.dataset.swapping import new_file
from fazhi_analysis.presenting.wording.words import Words
from fazhi_analysis.running.export import LANGUAGES
from fazhi_analysis.running.manifest import outputs, read_manifest

_SLOT = re.compile(r"<!--language-->.*?<!--/language-->", re.DOTALL)
_SUFFIX = "-en"


def counterpart(target: Path) -> Path:
    """The result folder of the same place and year in the other language.

    >>> counterpart(Path("out/霁原旗-2024")).name, counterpart(Path("out/霁原旗-2024-en")).name
    ('霁原旗-2024-en', '霁原旗-2024')
    """
    name = target.name
    return target.with_name(name.removesuffix(_SUFFIX) if name.endswith(_SUFFIX) else name + _SUFFIX)


def linked(page: str, lang: str, address: str | None) -> str:
    """A page with its link to the other language set, or taken out where ``address`` is None.

    >>> slot = "<!--language--><!--/language-->"
    >>> linked(slot, "zh", "x.html")
    '<!--language--><a href="x.html" hreflang="en" lang="en">English</a><!--/language-->'
    >>> linked(linked(slot, "zh", "x.html"), "zh", None) == slot
    True
    """
    other = next(name for name in LANGUAGES if name != lang)
    code = Words(other).html_lang
    link = f'<a href="{html.escape(address)}" hreflang="{code}" lang="{code}">{LANGUAGES[other]}</a>' if address else ""
    return _SLOT.sub(lambda _: f"<!--language-->{link}<!--/language-->", page, count=1)


def link_new(folder: Path, target: Path, content: Mapping[str, Any]) -> None:
    """Link the pages of a new result, still in ``folder``, to those of its counterpart, as far as these are there.

    ``content`` is the new result's manifest.
    """
    other = _partner(target, content)
    if other is None:
        return
    for path in sorted(folder.glob("*.html")):
        if (other / path.name).is_file():
            page = linked(path.read_text("utf-8"), str(content["lang"]), _address(other, path.name))
            path.write_text(page, encoding="utf-8")


def link_back(target: Path, content: Mapping[str, Any]) -> None:
    """Let the pages of the counterpart link to what a result that was just put in place holds, and to nothing else."""
    other = _partner(target, content)
    if other is None:
        return
    theirs = read_manifest(other)
    for path in sorted(other.glob("*.html")):
        before = path.read_text("utf-8")
        address = _address(target, path.name) if (target / path.name).is_file() else None
        after = linked(before, str(theirs["lang"]), address)
        if after != before:
            with new_file(path) as new:
                new.write_text(after, encoding="utf-8")
    told = {item["file"] for item in theirs.get("outputs", [])}
    theirs["outputs"] = [item for item in outputs(other) if item["file"] in told]
    with new_file(other / "manifest.json") as new:
        new.write_text(json.dumps(theirs, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def _partner(target: Path, content: Mapping[str, Any]) -> Path | None:
    """The counterpart, where it is a finished result of the same place and year in the other language."""
    other = counterpart(target)
    theirs = read_manifest(other)
    same = all(theirs.get(name) == content.get(name) for name in ("region", "region_code", "year", "status"))
    return other if same and theirs.get("lang") in LANGUAGES and theirs["lang"] != content["lang"] else None


def _address(folder: Path, name: str) -> str:
    return f"../{quote(folder.name)}/{quote(name)}"
