"""Pages: what no reader sees is not read and noted; what readers see and this package cannot read is warned of."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.reading.made_files import page

from fazhi_analysis.errors import EmptyFileError
from fazhi_analysis.extracting import extract
from fazhi_analysis.model import Report
from fazhi_analysis.reading import read_report


def _figures(report: Report) -> list[str]:
    return [quantity.text for quantity in extract(report).quantities if quantity.is_metric]


@pytest.mark.parametrize(
    ("inner", "style"),
    [
        ('<span style="display: none">517</span>', ""),
        ("<span hidden>517</span>", ""),
        ('<span style="visibility:hidden">517</span>', ""),
        ('<span style="COLOR: #FFF">517</span>', ""),
        ('<font color="white">517</font>', ""),
        ('<span style="opacity:0">517</span>', ""),
        ('<span style="font-size:0">517</span>', ""),
        ('<span style="position:absolute;left:-9999px">517</span>', ""),
        ('<span style="text-decoration:line-through red">517</span>', ""),
        ("<s>517</s>", ""),
        ("<strike><b>517</b></strike>", ""),
        ('<span class="x">517</span>', ".x, .y { display : none !important }"),
        ('<span id="q">517</span>', "p > #q { visibility: hidden }"),
        ('<em class="x">517</em>', "@media screen { em.x { color: #fefefe } }"),
        ('<em class="x">517</em>', ".x { display: inline } em.x { display: none }"),
        ('<em class="x">517</em>', "div.article-content p .x { height: 0; overflow: hidden; }"),
    ],
)
def test_what_no_reader_sees_is_left_out_and_noted(tmp_path: Path, inner: str, style: str) -> None:
    report = read_report(page(tmp_path / "a.html", f"<p>全县办理行政处罚案件{inner}48件，罚没3万元。</p>", style))
    assert "517" not in report.text
    assert _figures(report) == ["48件", "3万元"]
    assert [finding.rule for finding in report.defects] == ["hidden_text"]
    assert "517" in report.defects[0].message_zh
    assert "“全县办理行政处罚案件”之后" in report.defects[0].message_zh


@pytest.mark.parametrize(
    ("inner", "style"),
    [
        ('<span style="color:#333">517</span>', ""),
        ('<span style="background:#036;color:#fff">517</span>', ""),
        ('<span style="color:#fff;background:url(x.png)">517</span>', ""),
        ('<span class="x">517</span>', ".x:hover { display: none }"),
        ('<span class="x">517</span>', "@media print { .x { display: none } }"),
        ('<span class="x">517</span>', "span.x { display: inline } .x { display: none }"),
        ('<span style="visibility:hidden"><b style="visibility:visible">517</b></span>', ""),
        ('<span style="text-indent:2em">517</span>', ""),
        ('<span class="x">517</span>', ".x { display: block; color: red"),
    ],
)
def test_what_readers_see_is_read(tmp_path: Path, inner: str, style: str) -> None:
    report = read_report(page(tmp_path / "a.html", f"<p>全县办理行政处罚案件{inner}件。</p>", style))
    assert _figures(report) == ["517件"]
    assert report.defects == ()


def test_white_heads_of_a_painted_row_are_read(tmp_path: Path) -> None:
    table = (
        '<table><tr bgcolor="#2f5496"><td style="color:#fff">项目</td><td style="color:#fff">数量（件）</td></tr>'
        "<tr><td>行政复议</td><td>73</td></tr></table>"
    )
    report = read_report(page(tmp_path / "a.html", table))
    assert "数量（件）" in report.text
    assert report.defects == ()


@pytest.mark.parametrize("mark", ["<sup>1</sup>", "<sup>[2]</sup>", '<span style="vertical-align:super">①</span>'])
def test_raised_marks_are_no_digits(tmp_path: Path, mark: str) -> None:
    report = read_report(page(tmp_path / "a.html", f"<p>全县办理行政处罚案件48{mark}件，新建用房30m<sup>2</sup>。</p>"))
    assert extract(report).quantities[-2].value == 48
    assert "30m²" in report.clean.text


def test_a_cell_with_a_mark_keeps_its_figure(tmp_path: Path) -> None:
    table = "<table><tr><td>项目</td><td>数量（件）</td></tr><tr><td>行政复议</td><td>73<sup>①</sup></td></tr></table>"
    report = read_report(page(tmp_path / "a.html", table))
    assert [quantity.value for quantity in extract(report).quantities if quantity.is_metric] == [73]


@pytest.mark.parametrize(
    ("inner", "word_of"),
    [
        ('<img src="/2024/table1.png">', "图片"),
        ('<img src="a.jpg" width="600" height="400">', "图片"),
        ('<iframe src="/2024/report.pdf" width="800" height="900"></iframe>', "框架"),
        ('<embed src="report.pdf">', "框架"),
        ("<math><mfrac><mn>36</mn><mn>37</mn></mfrac></math>", "公式"),
        ("<svg><text>517件</text></svg>", "图表"),
    ],
)
def test_what_is_no_text_is_warned_of_once(tmp_path: Path, inner: str, word_of: str) -> None:
    report = read_report(page(tmp_path / "a.html", f"<p>有关情况见下。</p><p>{inner}</p><p>{inner}</p>"))
    assert [(finding.rule, finding.severity) for finding in report.defects] == [("unread_content", "warning")]
    assert word_of in report.defects[0].message_zh


@pytest.mark.parametrize("inner", ['<img src="/images/icon_pdf.gif">', '<img src="x.png" width="20">', "<svg></svg>"])
def test_ornaments_are_not_warned_of(tmp_path: Path, inner: str) -> None:
    assert read_report(page(tmp_path / "a.html", f"<p>{inner}学法12次。</p>")).defects == ()


def test_a_plain_equation_is_read(tmp_path: Path) -> None:
    report = read_report(page(tmp_path / "a.html", "<p>按期办结率为<math><mn>97.2</mn><mo>%</mo></math>。</p>"))
    assert _figures(report) == ["97.2%"]


@pytest.mark.parametrize(
    "mark", ["~~517~~", "<del>517</del>", "<s>517</s>", "<!-- 517 -->", "<!-- 草稿\n517件 -->", "~~原报517件，~~"]
)
def test_struck_markdown_is_left_out_and_noted(tmp_path: Path, mark: str) -> None:
    file = tmp_path / "a.md"
    file.write_text(
        f"# 砚桥县2024年法治政府建设年度报告\n\n## 一、主要工作\n\n全县办理行政处罚案件{mark}48件。\n", encoding="utf-8"
    )
    report = read_report(file)
    assert [q.value for q in extract(report).quantities if q.is_metric] == [48]
    assert [finding.rule for finding in report.defects] == ["hidden_text"]
    assert "517" in report.defects[0].message_zh


def test_tildes_of_a_range_strike_nothing(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    file.write_text("# 砚桥县2024年法治政府建设年度报告\n\n每次20~~30人，全年40~~50场。\n", encoding="utf-8")
    assert "全年" in read_report(file).clean.text


def test_a_page_of_pictures_alone_is_refused_with_what_it_shows(tmp_path: Path) -> None:
    file = tmp_path / "a.html"
    file.write_text('<!DOCTYPE html><html><body><img src="p1.jpg"><img src="p2.jpg"></body></html>', encoding="utf-8")
    with pytest.raises(EmptyFileError, match="图片里的文字"):
        read_report(file)


def test_pictures_of_markdown_are_named_once(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    text = "# 砚桥县2024年法治政府建设年度报告\n\n情况见下。\n\n![表1](a.png)\n\n![](b.png)\n"
    file.write_text(text, encoding="utf-8")
    assert [finding.rule for finding in read_report(file).defects] == ["unread_content"]


def test_pronunciation_above_characters_is_not_read(tmp_path: Path) -> None:
    report = read_report(
        page(tmp_path / "a.html", "<p><ruby>砚<rp>(</rp><rt>yàn</rt><rp>)</rp></ruby>桥县学法12次。</p>")
    )
    assert "砚桥县学法12次。" in report.text
