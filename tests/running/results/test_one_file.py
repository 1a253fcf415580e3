"""All pages in one file: links work inside it, no id stands twice, nothing points outside."""

from __future__ import annotations

import re
from pathlib import Path

from fazhi_analysis.presenting.wording.page_texts import Words
from fazhi_analysis.running.results.notebook_html import draft_page, render
from fazhi_analysis.running.results.one_file import one_file


def test_pages_become_articles_with_working_links(tmp_path: Path) -> None:
    (tmp_path / "metrics.csv").write_text("甲", encoding="utf-8")
    first = (
        '<header class="fz-header"><h1>要点</h1></header><p><a href="second.html#row-1">一</a> '
        '<a href="second.html">二</a> <a href="metrics.csv" download>表</a> '
        '<a href="second.ipynb">笔记本</a> <a href="third.html#row-1">别处</a> <a href="#here">此处</a></p>'
        '<h2 id="here">此处</h2>'
    )
    second = (
        '<header class="fz-header"><h1>对比</h1></header><section id="s" aria-labelledby="here"><h2 id="here">标题</h2>'
        '<svg><clipPath id="clip"/><use clip-path="url(#clip)" xlink:href="#clip"/></svg><i id="row-1"></i></section>'
    )
    drafts = {"index": draft_page(first, "zh"), "second": draft_page(second, "zh")}
    page = render(one_file(drafts, tmp_path, Words("zh")))
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    inside = re.findall(r'href="#([^"]+)"', page) + re.findall(r"url\(#([^)]+)\)", page)
    assert {"second--row-1", "page-second", "index--here", "second--clip"} <= set(inside)
    assert set(inside) <= set(ids)
    assert 'href="data:text/csv;base64,' in page
    assert not re.findall(r'href="(?!#|data:)', page)
    assert "笔记本" in page
    assert "<span>别处</span>" in page
    assert "<title>要点</title>" in page
