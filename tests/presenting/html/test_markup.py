"""Text from a document is data: it never becomes markup, an address or a script."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fazhi_analysis.presenting.html.markup import Fragment, anchor, escape, join, plain_text, tag
from fazhi_analysis.presenting.html.tables import Column, Table
from fazhi_analysis.presenting.wording.page_texts import Words

NASTY = ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "</td></table>", "&lt;b&gt;", "javascript:1"]


@pytest.mark.parametrize("text", NASTY)
def test_text_in_elements_and_attributes_is_escaped(text: str) -> None:
    markup = str(tag("p", text, title=text))
    assert "<script" not in markup
    assert "<img" not in markup
    assert plain_text(markup) == text


@given(st.text())
def test_escaping_is_undone_by_reading(text: str) -> None:
    words = " ".join(text.split())
    shown = plain_text(str(tag("span", text)))
    assert " ".join(shown.split()) == words or not words


@given(st.text(min_size=1))
def test_an_anchor_is_a_valid_id(text: str) -> None:
    assert re.fullmatch(r"row-[0-9A-Za-z一-鿿-]*", anchor(text))


@pytest.mark.parametrize("text", NASTY)
def test_tables_escape_cells_headings_captions_and_ids(text: str) -> None:
    table = Table(text, (Column(text, main=True), Column("数", number=True)), ((text, "1"),), (text,))
    markup = table._repr_html_()
    assert "<script" not in markup
    assert "<img" not in markup
    assert markup.count("</td>") == 1
    assert text in repr(table)


def test_fragments_are_kept_and_joined_with_escaped_text() -> None:
    assert str(join([tag("b", "甲"), "<乙>"], " & ")) == "<b>甲</b> &amp; &lt;乙&gt;"
    assert escape(Fragment("<i>x</i>")) == "<i>x</i>"
    assert not Fragment("")


def test_a_fragment_shows_its_text_in_a_terminal() -> None:
    assert repr(tag("p", "甲") + tag("p", "乙")) == "甲\n乙"
    assert repr(Fragment("<svg>…</svg>", "图")) == "图"


def test_terminal_columns_line_up_with_wide_characters() -> None:
    table = Table("表", (Column("指标"), Column("n")), (("复议", "1"), ("a", "22")))
    lines = repr(table).splitlines()[1:]
    assert lines == ["指标  n", "复议  1", "a     22"]


def test_source_wording_on_an_english_page_is_marked_chinese() -> None:
    assert str(Words("en").source("行政复议")) == '<span lang="zh">行政复议</span>'
    assert Words("zh").source("行政复议") == "行政复议"


def test_markup_in_an_attribute_is_text() -> None:
    assert str(tag("a", "x", title=tag("b", "a \"b\" 'c'"))) == (
        '<a title="&lt;b&gt;a &amp;#34;b&amp;#34; &amp;#39;c&amp;#39;&lt;/b&gt;">x</a>'
    )
