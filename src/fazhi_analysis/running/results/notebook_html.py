"""An executed notebook as one self-contained HTML page: own template, nothing fetched, inputs one click away.

nbconvert's own templates load scripts from elsewhere; this one embeds the style sheet, a font subset with the glyphs
that the page shows, and a few lines of script whose digest the page's content policy names. Nothing else can run, and
nothing can be requested.
"""

from __future__ import annotations

import base64
import functools
import hashlib
import html
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from importlib import resources
from pathlib import Path
from typing import Any

from fazhi_analysis import __version__
from fazhi_analysis.presenting.html.fonts import font_face
from fazhi_analysis.presenting.html.markup import SUPPORTING, escape, plain_text
from fazhi_analysis.presenting.wording.page_texts import Words

LANGUAGES = {"zh": "中文", "en": "English"}
"""Languages of pages, each by its own name."""
_THEME = re.compile(r'<style class="fz-theme">.*?</style>', re.DOTALL)
_HEADER = re.compile(r'<header class="fz-header">.*?</header>', re.DOTALL)
_SORT = re.compile(r'<details class="fz-sort">.*?</details>', re.DOTALL)
"""Tables that a program sorts: no program of a notebook runs on a page, and the table stands before it."""
_HEADING = re.compile(r'<h2 id="([^"]+)">(.*?)</h2>', re.DOTALL)
_SVG_TEXT = re.compile(r"<text\b[^>]*>([^<]*)</text>")
_TITLE = re.compile(r"<h1[^>]*>(.*?)</h1>", re.DOTALL)
_ESCAPE = re.compile(r"\\u([0-9a-f]{4})")
_HIDDEN_TAGS = frozenset({"notebook-only", "remove-cell", "papermill-error-cell-tag"})


@functools.cache
def _resource(name: str) -> str:
    return resources.files("fazhi_analysis.presenting.html").joinpath(name).read_text(encoding="utf-8")


@functools.cache
def _template() -> Any:
    import jinja2

    environment = jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined)
    return environment.from_string(_resource("page.html.j2"))


@dataclass(frozen=True, slots=True)
class Draft:
    """A page before its font is embedded: what it says, so that several pages can share one font.

    ``supporting`` is what its notebook hands over to the appendix.
    """

    title: str
    lang: str
    header: str
    body: str
    code: tuple[str, ...]
    notebook: str
    index: str
    supporting: tuple[Mapping[str, Any], ...] = ()

    @property
    def characters(self) -> str:
        """Every character that the page shows, each once."""
        shown = plain_text(self.header) + plain_text(self.body) + "".join(self.code) + self.title + self.notebook
        labels = "".join(re.findall(r'data-label="([^"]*)"', self.body)) + "".join(_SVG_TEXT.findall(self.body))
        return "".join(sorted(set(shown + html.unescape(labels) + _own_words(self.lang))))


@functools.cache
def _own_words(lang: str) -> str:
    words = Words(lang)
    keys = ("skip", "contents", "code", "code_intro", "back_to_index", "offline", "theme_toggle")
    return "".join([*(words(f"page.{key}") for key in keys), *LANGUAGES.values()])


def draft_notebook(path: Path, lang: str, *, index: str = "index.html") -> Draft:
    """Read an executed notebook into a draft page in ``lang``."""
    cells = _cells(path)
    shown = [cell for cell in cells if not _HIDDEN_TAGS & set(cell.get("metadata", {}).get("tags", []))]
    body = "\n".join(filter(None, (_failure(cells, lang), *(_cell(cell) for cell in shown))))
    code = tuple(_source(cell) for cell in cells if cell["cell_type"] == "code")
    draft = draft_page(body, lang, code=code, notebook=path.name, index=index, fallback=path.stem)
    return replace(draft, supporting=tuple(_handed_over(cells)))


def supporting_of(path: Path) -> list[Mapping[str, Any]]:
    """What an executed notebook hands over to the appendix."""
    return list(_handed_over(_cells(path)))


def _cells(path: Path) -> list[dict[str, Any]]:
    cells: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return cells


def _handed_over(cells: Iterable[Mapping[str, Any]]) -> Iterable[Mapping[str, Any]]:
    outputs = (output for cell in cells for output in cell.get("outputs", []))
    return (each for output in outputs for each in output.get("data", {}).get(SUPPORTING, []))


def _failure(cells: list[dict[str, Any]], lang: str) -> str:
    """What a page says first when its notebook was not executed to its end; empty otherwise."""
    code = [cell for cell in cells if cell["cell_type"] == "code"]
    for number, cell in enumerate(code, 1):
        if cell.get("metadata", {}).get("papermill", {}).get("status") == "failed":
            return f'<p class="fz-failed">{Words(lang).html("page.failed", n=number)}</p>'
    return ""


def draft_page(
    body: str, lang: str, *, code: tuple[str, ...] = (), notebook: str = "", index: str = "", fallback: str = ""
) -> Draft:
    """A draft page from its HTML; the first header moves to the top and its heading is the title."""
    body = _THEME.sub("", body)
    header = _HEADER.search(body)
    if header:
        body = body.replace(header.group(0), "", 1)
    found = _TITLE.search(header.group(0) if header else body)
    title = " ".join(plain_text(found.group(1)).split()) if found else fallback
    return Draft(title, lang, header.group(0) if header else "", body, code, notebook, index)


def render(draft: Draft, characters: str | None = None, *, other: str = "") -> str:
    """The finished page.

    ``characters`` are those that its font must hold (its own by default), ``other`` is the address of the same page in
    the other language.
    """
    words = Words(draft.lang)
    translation = next(lang for lang in LANGUAGES if lang != draft.lang)
    script = _resource("page.js")
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    contents = [(name, plain_text(text)) for name, text in _HEADING.findall(draft.body)]
    return str(
        _template().render(
            lang=words.html_lang,
            title=draft.title,
            words=words,
            version=__version__,
            theme=_resource("theme.css"),
            font=font_face(draft.characters if characters is None else characters),
            script=script,
            script_digest=f"sha256-{digest}",
            header=draft.header,
            body=draft.body,
            contents=contents if len(contents) > 2 and draft.index else [],
            code=draft.code,
            notebook=draft.notebook,
            index=draft.index,
            other=other,
            other_lang=Words(translation).html_lang,
            other_name=LANGUAGES[translation],
        )
    )


def _source(cell: dict[str, Any]) -> str:
    """Code as a person reads it: papermill writes Chinese parameters as escapes, and folders with their whole path."""
    source = "".join(cell["source"])
    if "injected-parameters" not in cell.get("metadata", {}).get("tags", []):
        return source
    readable = _ESCAPE.sub(lambda match: chr(int(match.group(1), 16)), source)
    return re.sub(r"(?m)^data = .*$", _short_data, readable)


def _short_data(match: re.Match[str]) -> str:
    return re.sub(r'"[^"]*[/\\\\]([^"/\\\\]+)"', r'"\1"', match.group(0))


def _cell(cell: dict[str, Any]) -> str:
    if cell["cell_type"] == "markdown":
        return _markdown("".join(cell["source"]))
    if cell["cell_type"] != "code":
        return ""
    return "\n".join(filter(None, (_output(output) for output in cell.get("outputs", []))))


def _markdown(source: str) -> str:
    import mistune

    return str(mistune.html(source))


def _output(output: dict[str, Any]) -> str:
    """One output as HTML: markup of ours as it is, pictures embedded, everything else escaped."""
    kind = output["output_type"]
    if kind == "stream":
        return f"<pre>{escape(_text(output['text']))}</pre>" if output.get("name") == "stdout" else ""
    if kind == "error":
        return f'<pre class="fz-failed">{escape(output["ename"])}: {escape(output["evalue"])}</pre>'
    data = output.get("data", {})
    if "text/html" in data:
        return _SORT.sub("", _text(data["text/html"]))
    if "image/svg+xml" in data:
        return _text(data["image/svg+xml"])
    for kind in ("image/png", "image/jpeg"):
        if kind in data:
            alt = escape(_text(data.get("text/plain", "")))
            return f'<img alt="{alt}" src="data:{kind};base64,{_text(data[kind]).strip()}">'
    if "text/markdown" in data:
        return _markdown(_text(data["text/markdown"]))
    return f"<pre>{escape(_text(data['text/plain']))}</pre>" if "text/plain" in data else ""


def _text(value: Any) -> str:
    return "".join(value) if isinstance(value, list) else str(value)
