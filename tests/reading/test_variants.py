"""What real files do besides the fixtures: odd tables, odd pages, wrong labels. Built in memory, by other libraries."""

from __future__ import annotations

from pathlib import Path

import pytest

from fazhi_analysis.reading import read_report
from fazhi_analysis.reading.characters import common_form

PARAGRAPHS = [
    "霁原旗2024年法治政府建设年度报告",
    "2024年，全旗各级行政机关坚持依法行政，各项任务按期完成，法治政府建设取得新的成效。",
    "一、主要成效",
    "（一）抓学习。组织领导干部学法5次，培训1045人次，参考率98.6%，旁听庭审186人次，述法全覆盖。",
    "二、存在问题",
    "一是执法力量薄弱；二是宣传方式单一，针对性不强。",
]


def page(body: str, head: str = '<meta charset="utf-8">') -> str:
    return f"<!DOCTYPE html><html><head>{head}<title></title></head><body>{body}</body></html>"


def read_page(tmp_path: Path, data: bytes) -> str:
    path = tmp_path / "page.html"
    path.write_bytes(data)
    return read_report(path).clean.text


@pytest.mark.parametrize(
    "body",
    [
        '<td id="Zoom">{br}</td>',
        '<div class="view TRS_UEDITOR trs_paper_default">{p}</div>',
        '<form id="aspnetForm"><div id="zoom"><div>{span}</div></div></form>',
        "<article>{p}</article>",
        "<table><tr><td>{p}</td></tr></table>",
        "<div><div><section>{p}</section></div></div>",
        '<div class="con">{br}</div>',
    ],
)
def test_page_structures(tmp_path: Path, body: str) -> None:
    forms = {
        "br": "<br/>".join(f"&emsp;&emsp;{line}" for line in PARAGRAPHS),
        "p": "".join(f"\n <p>\n　　{line}\n </p>" for line in PARAGRAPHS),
        "span": "".join(f"<p><span>{line[:4]}</span><font>{line[4:]}</font></p>" for line in PARAGRAPHS),
    }
    if body.startswith("<td"):
        body = f"<table><tr>{body}</tr></table>"
    menu = '<ul class="nav"><li>首页</li><li>政务公开</li></ul>'
    text = read_page(tmp_path, page(menu + body.format(**forms)).encode())
    assert text.split("\n") == PARAGRAPHS


@pytest.mark.parametrize(
    ("label", "encoding"),
    [("gb2312", "gbk"), ("GBK", "utf-8"), ("utf-8", "gb18030"), ("x-none", "utf-8"), ("big5", "big5")],
)
def test_labels_of_encodings_right_and_wrong(tmp_path: Path, label: str, encoding: str) -> None:
    traditional = ["雲嶺縣2024年法治政府建設年度報告", "一、成效", "辦結案件7件，成效明顯。" * 9]
    lines = traditional if encoding == "big5" else PARAGRAPHS
    source = page("".join(f"<p>{line}</p>" for line in lines), f'<meta charset="{label}">')
    assert read_page(tmp_path, source.encode(encoding)).split("\n") == [common_form(line) for line in lines]


def test_utf16_page(tmp_path: Path) -> None:
    assert read_page(tmp_path, page("<p>一、成效</p><p>办结7件。</p>").encode("utf-16")).endswith("一、成效\n办结7件。")


@pytest.mark.parametrize(
    ("head", "body", "date"),
    [
        ('<meta name="PubDate" content="2025-03-01 08:00:00">', "", "2025-03-01"),
        ('<meta property="article:published_time" content="2025-03-02T08:00">', "", "2025-03-02"),
        ("", "<p>发布时间： 2025年3月3日</p>", "2025-03-03"),
        ("", "<span>日期：2025/03/04</span>", "2025-03-04"),
        ("", "<p>会议于2025年3月5日召开。</p>", ""),
        ('<meta name="PubDate" content="2025-13-99">', "", ""),
    ],
)
def test_publication_dates(tmp_path: Path, head: str, body: str, date: str) -> None:
    path = tmp_path / "page.html"
    path.write_text(page(body + "<p>一、成效。办结7件。</p>", '<meta charset="utf-8">' + head), encoding="utf-8")
    assert read_report(path).metadata.published_date == date


def test_address_must_be_one(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    for address in ("javascript:alert(1)", "file:///etc/passwd", "//host/x"):
        path.write_text(page("<p>一、成效。</p>", f'<link rel="canonical" href="{address}">'), encoding="utf-8")
        assert read_report(path).source.address == ""


def test_docx_table_that_only_places_the_text(tmp_path: Path) -> None:
    from docx import Document

    document = Document()
    cell = document.add_table(rows=1, cols=1).rows[0].cells[0]
    cell.paragraphs[0].text = PARAGRAPHS[0]
    for line in PARAGRAPHS[1:]:
        cell.add_paragraph(line)
    inner = cell.add_table(rows=2, cols=2)
    for row, texts in zip(inner.rows, (("指标", "数量"), ("复议", "7")), strict=True):
        for target, text in zip(row.cells, texts, strict=True):
            target.text = text
    path = tmp_path / "placed.docx"
    document.save(str(path))
    report = read_report(path)
    assert report.clean.text.split("\n") == [*PARAGRAPHS, "指标\t数量", "复议\t7"]


def test_docx_page_breaks_become_pages(tmp_path: Path) -> None:
    from docx import Document
    from docx.enum.text import WD_BREAK

    document = Document()
    document.add_paragraph(PARAGRAPHS[0]).add_run().add_break(WD_BREAK.PAGE)
    document.add_paragraph(PARAGRAPHS[1])
    path = tmp_path / "pages.docx"
    document.save(str(path))
    report = read_report(path)
    assert report.pages == ((0, "1"), (len(PARAGRAPHS[0]), "2"))
    assert report.page_at(report.text.index(PARAGRAPHS[1])) == "2"


def test_docx_with_soft_breaks_keeps_lines_apart(tmp_path: Path) -> None:
    from docx import Document

    document = Document()
    document.add_paragraph("\n".join(PARAGRAPHS))
    path = tmp_path / "soft.docx"
    document.save(str(path))
    assert read_report(path).clean.text.split("\n") == PARAGRAPHS


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_turned_pdf_pages(tmp_path: Path, turn: int) -> None:
    """Whether a page is shown turned, or its text is turned as well so that it reads level: the text is the same."""
    import pypdfium2

    source = Path(__file__).resolve().parents[1] / "fixtures" / "reading" / "chromium.pdf"
    straight = read_report(source)
    for both in (False, True):
        path = tmp_path / f"turned{both}.pdf"
        with pypdfium2.PdfDocument(source) as pdf:
            width, height = pdf[0].get_size()
            moves = {90: (0, 1, -1, 0, height, 0), 180: (-1, 0, 0, -1, width, height), 270: (0, -1, 1, 0, 0, width)}
            for page in pdf:
                if both:
                    for item in list(page.get_objects(max_depth=1)):
                        item.transform(pypdfium2.PdfMatrix(*moves[turn]))
                    page.gen_content()
                    if turn != 180:
                        page.set_mediabox(0, 0, height, width)
                page.set_rotation(turn)
            pdf.save(path)
        turned = read_report(path)
        lines = set(straight.text.splitlines())
        # PDFium loses the odd object when it writes a page anew, so that a few lines may differ there.
        assert sum(line in lines for line in turned.text.splitlines()) >= (0.6 if both else 1) * len(lines), (
            turn,
            both,
        )
