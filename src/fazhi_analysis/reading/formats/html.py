"""Pages of government sites: the container of the article, its title and date; navigation left out."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from fazhi_analysis.errors import DamagedFileError, EmptyFileError, MissingExtraError
from fazhi_analysis.reading.decoding import decode
from fazhi_analysis.reading.document import Document, moved_grid
from fazhi_analysis.reading.formats._html_to_text import LaidText, laid_text
from fazhi_analysis.reading.formats._html_visibility import Looks
from fazhi_analysis.reading.omissions import moved, unread_only

ORDER = 50
_OPENING = re.compile(
    rb"^(?:\xef\xbb\xbf)?\s*+(?:<\?xml[^>]*+>\s*+)?(?>(?:<!--(?>.*?-->)\s*+)*)<(?:!doctype\s+html|html[\s>])",
    re.IGNORECASE | re.DOTALL,
)
_ANYWHERE = re.compile(rb"<(?:html|head|body|div|p|table|meta)[\s>]", re.IGNORECASE)
_CHARSET = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]{2,20})|<\?xml[^>]{0,100}encoding=[\"']([\w-]{2,20})",
    re.IGNORECASE,
)
_SUFFIXES = {".html", ".htm", ".shtml", ".xhtml", ".jhtml", ".phtml"}

# Containers that the usual content systems of government sites write (拓尔思, 开普云, 博达 ...), surest first.
_IDS = ("UCAP-CONTENT", "zoom", "vsb_content", "articleContent", "article-content", "ContentRegion", "con_con")
_CLASSES = (
    *("TRS_Editor", "TRS_UEDITOR", "trs_editor_view", "v_news_content", "pages_content", "article-content"),
    *("article_content", "wp_articlecontent", "news_content", "xl_content", "zw_content", "view_content"),
    *("content_text", "art_con", "article", "article_con", "articleCon", "xxgk_content", "gkml_content"),
    *("detail-content", "content"),
)
_ENOUGH = 80
_DATE = r"(20\d\d)\s*[-年/.]\s*(\d{1,2})\s*[-月/.]\s*(\d{1,2})"
_VISIBLE_DATE = re.compile(rf"(?:发布|发文|公开|更新|生成)?(?:日期|时间)\s*[:：]?\s*{_DATE}")
_META_DATES = (
    "pubdate",
    "publishdate",
    "publish_date",
    "article:published_time",
    "og:published_time",
    "date",
    "dc.date",
)
_META_TITLES = ("articletitle", "og:title", "title", "dc.title")


def matches(data: bytes, name: str) -> bool:
    """Whether the bytes open as a page, or hold page markup under a page's suffix.

    >>> matches(b"<!DOCTYPE html><p>", "a.doc"), matches(b"<p>a</p>", "a.htm"), matches(b"<script>", "a.txt")
    (True, True, False)
    """
    head = data[:4096]
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        head = head.replace(b"\x00", b"")[2:]
    if _OPENING.match(head):
        return True
    return Path(name).suffix.lower() in _SUFFIXES and _ANYWHERE.search(data[:100_000]) is not None


def read(data: bytes, file: Path) -> Document:
    """Title and main text, one paragraph a line, a tab between table cells; date of publication and address.

    Raises
    ------
    MissingExtraError
        lxml is not installed.
    EncodingError, EmptyFileError, DamagedFileError
        Not decodable, nothing in it, or no page after all.
    """
    try:
        from lxml import etree, html
    except ImportError as error:
        raise MissingExtraError(file, "reading.html.needs_extra") from error
    found = _CHARSET.search(data[:8192])
    declared = (found[1] or found[2]).decode("ascii") if found else ""
    source, encoding = decode(data, str(file), declared)
    try:
        parser = html.HTMLParser(huge_tree=True)  # tags that are never closed go deeper than it would else read
        root = html.document_fromstring(re.sub(r"^\s*<\?xml[^>]*\?>", "", source).replace("\x00", ""), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError) as error:
        raise DamagedFileError(file, "reading.html.broken") from error
    if any("Excessive depth" in one.message for one in parser.error_log):  # it leaves the rest of the page out
        raise DamagedFileError(file, "reading.html.too_deep")
    metas = _metas(root)
    try:
        text, grids, omissions = _main_text(root, source)
    except ImportError as error:
        raise MissingExtraError(file, "reading.html.needs_extra") from error
    if not text.strip():
        raise unread_only(file, omissions) or EmptyFileError(file, "reading.html.without_text")
    title = _title(root, metas)
    if title and _squeezed(title) not in _squeezed(text[:400]):
        by = len(title) + 1
        text, grids, omissions = f"{title}\n{text}", tuple(moved_grid(grid, by) for grid in grids), moved(omissions, by)
    published, address = _published(root, metas), _address(root, metas)
    return Document(text, "html", encoding, (), (), published, address, grids, omissions)


def _metas(root: Any) -> dict[str, str]:
    """Named meta entries, first one wins."""
    result: dict[str, str] = {}
    for meta in root.iter("meta"):
        name = (meta.get("name") or meta.get("property") or "").strip().lower()
        if name and (meta.get("content") or "").strip():
            result.setdefault(name, meta.get("content").strip())
    return result


def _main_text(root: Any, source: str) -> LaidText:
    """What the article holds: a known container, else what trafilatura finds, else the whole body."""
    looks = Looks(root)
    for container in _containers(root):
        laid = laid_text(container, looks)
        if len(_squeezed(laid.text)) >= _ENOUGH:
            return laid
    whole = laid_text(root.find("body") if root.find("body") is not None else root, looks)
    size = len(_squeezed(whole.text))
    densest = _densest(root)
    if densest is not None and len(_squeezed((laid := laid_text(densest, looks)).text)) * 2 > size:
        return laid
    try:
        import trafilatura

        found = trafilatura.extract(source, include_comments=False, include_tables=True, favor_recall=True) or ""
    except (ImportError, ValueError, RecursionError):
        found = ""
    # What it drops of a body that is one article already (a numbered heading, a signature) is worse than a menu line.
    return LaidText(found) if len(_squeezed(found)) * 2 > size >= _ENOUGH * 5 or (found and not whole.text) else whole


def _densest(root: Any) -> Any:
    """The element whose own paragraphs hold the most text, or None on a page without paragraphs."""
    weights: dict[Any, int] = {}
    for paragraph in root.iter("p"):
        parent = paragraph.getparent()
        if parent is not None:
            weights[parent] = weights.get(parent, 0) + len(_squeezed(paragraph.text_content()))
    best = max(weights, key=lambda element: weights[element], default=None)
    return best if best is not None and weights[best] >= _ENOUGH else None


def _containers(root: Any) -> list[Any]:
    """Candidates in order of trust; of several with one class, the longest first."""
    result: list[Any] = []
    by_id: dict[str, Any] = {}
    by_class: dict[str, list[Any]] = {}
    for element in root.iter("div", "td", "article", "section", "main"):
        if element.get("id"):
            by_id.setdefault(element.get("id").lower(), element)
        for name in (element.get("class") or "").split():
            by_class.setdefault(name.lower(), []).append(element)
    result += [by_id[name.lower()] for name in _IDS if name.lower() in by_id]
    for name in _CLASSES:
        result += sorted(by_class.get(name.lower(), []), key=lambda item: -len(item.text_content()))
    result += [by_id[name] for name in ("content", "article") if name in by_id]
    return result + list(root.iter("article"))


def _title(root: Any, metas: dict[str, str]) -> str:
    """Title of the article: its meta entry, its heading, or the page's title without the site's name."""
    for name in _META_TITLES:
        if metas.get(name):
            return re.sub(r"\s+", "", metas[name])
    for heading in root.iter("h1", "h2"):
        text = re.sub(r"\s+", "", heading.text_content())
        if "法治" in text or "依法行政" in text:
            return text
    title = root.findtext(".//title") or ""
    return re.sub(r"\s+", "", re.split(r"\s*[_|]\s*|\s+-+\s+|--", title.strip())[0])


def _published(root: Any, metas: dict[str, str]) -> str:
    """ISO date of publication, from the meta entries or the line below the title."""
    for name in _META_DATES:
        if metas.get(name) and (match := re.search(_DATE, metas[name])):
            return _iso(match)
    match = _VISIBLE_DATE.search(re.sub(r"[ \t\xa0]+", " ", root.text_content()))
    return _iso(match) if match else ""


def _iso(match: re.Match[str]) -> str:
    year, month, day = (int(part) for part in match.groups())
    return f"{year}-{month:02}-{day:02}" if 1 <= month <= 12 and 1 <= day <= 31 else ""


def _address(root: Any, metas: dict[str, str]) -> str:
    """Public address that the page gives for itself; http and https only."""
    links = [link.get("href") or "" for link in root.iter("link") if "canonical" in (link.get("rel") or "").lower()]
    for address in (*links, metas.get("url", ""), metas.get("og:url", "")):
        if re.fullmatch(r"https?://[^\s<>\"']{4,500}", address.strip()):
            return address.strip()
    return ""


def _squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)
