"""All pages of a result in one file: each page an article, links between them inside the file, tables embedded.

Element ids and the links to them get the name of their page in front, so that no two pages share one.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import unquote

from fazhi_analysis.presenting.html.markup import Fragment, tag
from fazhi_analysis.presenting.wording.page_texts import Words
from fazhi_analysis.running.results.notebook_html import Draft

_ID = re.compile(r'(?<= )(id|for|aria-labelledby)="([^"]+)"')
_INSIDE = re.compile(r'(?<=href=")#([^"]+)"|(?<=url\(#)([^)]+)\)')
_PAGE = re.compile(r'<a href="([^"#:/]+)\.html(?:#([^"]+))?"')
_FILE = re.compile(r'<a href="([^"#:/]+\.(csv|json))"')
_OTHER = re.compile(r'<a href="[^"#:/]+\.(?:ipynb|docx|pdf|html)"[^>]*>(.*?)</a>', re.DOTALL)
_LANDMARK = re.compile(r'(<(?:section|aside)\b[^>]*?) aria-label(?:ledby)?="[^"]*"')
"""Sections of several pages have the same names; inside an article they are no landmarks without them."""
_TYPES = {"csv": "text/csv", "json": "application/json"}


def one_file(drafts: Mapping[str, Draft], folder: Path, words: Words) -> Draft:
    """The pages in their order as one draft; ``folder`` holds the tables that they link to."""
    articles = [
        tag("article", Fragment(_within(name, draft.header + draft.body, drafts, folder)), id=f"page-{name}")
        for name, draft in drafts.items()
    ]
    first = next(iter(drafts.values()))
    links = [tag("li", tag("a", words.heading(draft.title), href=f"#page-{name}")) for name, draft in drafts.items()]
    contents = tag("nav", tag("ol", *links), cls="fz-contents", aria_label=words("page.contents"))
    body = "".join(str(article) for article in (articles[0], contents, *articles[1:]))
    return Draft(first.title, words.lang, "", body, (), "", "")


def _within(name: str, markup: str, drafts: Mapping[str, Draft], folder: Path) -> str:
    """The markup of a page as a part of the file."""
    markup = _LANDMARK.sub(r"\1", markup)
    markup = _ID.sub(lambda match: _named(match, name), markup)
    markup = _INSIDE.sub(lambda match: _inside(match, name), markup)
    markup = _PAGE.sub(lambda match: _to_page(match, drafts), markup)
    markup = _FILE.sub(lambda match: _embedded(match, folder), markup)
    return _OTHER.sub(r"<span>\1</span>", markup)


def _named(match: re.Match[str], page: str) -> str:
    attribute, value = match.groups()
    return f'{attribute}="{" ".join(f"{page}--{one}" for one in value.split())}"'


def _inside(match: re.Match[str], page: str) -> str:
    return f'#{page}--{match[1]}"' if match[1] else f"{page}--{match[2]})"


def _to_page(match: re.Match[str], drafts: Mapping[str, Draft]) -> str:
    name, row = unquote(match[1]), match[2]
    if name not in drafts:
        return f'<a href="{match[1]}.html"' if row else match.group()  # of a page that is not here, only the name stays
    return f'<a href="#{name}--{row}"' if row else f'<a href="#page-{name}"'


def _embedded(match: re.Match[str], folder: Path) -> str:
    path = folder / match[1]
    if not path.is_file():
        return match.group()
    data = base64.b64encode(path.read_bytes()).decode("ascii")
    return f'<a download="{match[1]}" href="data:{_TYPES[match[2]]};base64,{data}"'
