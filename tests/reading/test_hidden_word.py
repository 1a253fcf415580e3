"""Word files: what no reader sees is not read and noted; what readers see and this package cannot read is warned of."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.reading.made_files import AFTER, BEFORE, paragraph, report_body, run, word

from fazhi_analysis.errors import EmptyFileError
from fazhi_analysis.extracting import extract
from fazhi_analysis.model import Report
from fazhi_analysis.reading import read_report

_BASED = (
    '<w:style w:type="paragraph" w:styleId="old"><w:rPr><w:strike/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="older"><w:basedOn w:val="old"/></w:style>'
    '<w:style w:type="character" w:styleId="secret"><w:rPr><w:vanish/></w:rPr></w:style>'
    '<w:style w:type="character" w:styleId="note"><w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style>'
    '<w:style w:type="table" w:styleId="blue"><w:tblStylePr w:type="firstRow"><w:tcPr><w:shd w:fill="1F4E79"/></w:tcPr>'
    "</w:tblStylePr></w:style>"
)
_WHITE = '<w:color w:val="FFFFFF"/>'


def _figures(report: Report) -> list[str]:
    return [quantity.text for quantity in extract(report).quantities if quantity.is_metric]


def _rules(report: Report) -> list[str]:
    return [finding.rule for finding in report.defects]


@pytest.mark.parametrize(
    "looks",
    [
        "<w:vanish/>",
        "<w:strike/>",
        '<w:dstrike w:val="true"/>',
        _WHITE,
        '<w:color w:val="FEFEFE"/>',
        '<w:sz w:val="2"/>',
        '<w:rStyle w:val="secret"/>',
        '<w:color w:val="4472C4"/><w:shd w:val="clear" w:fill="4472C4"/>',
    ],
)
def test_a_run_that_no_reader_sees_is_left_out_and_noted(tmp_path: Path, looks: str) -> None:
    middle = paragraph(run("全县办理行政处罚案件") + run("517", looks) + run("48件，罚没3万元。"))
    report = read_report(word(tmp_path / "a.docx", report_body(middle), styles=_BASED))
    assert "517" not in report.text
    assert _figures(report) == ["48件", "3万元"]
    assert _rules(report) == ["hidden_text"]
    finding = report.defects[0]
    assert "517" in finding.message_zh
    assert "全县办理行政处罚案件" in finding.message_zh
    assert finding.evidence[0].text == report.text[finding.evidence[0].start : finding.evidence[0].end]


@pytest.mark.parametrize(
    "looks",
    [
        '<w:vanish w:val="0"/>',
        '<w:strike w:val="false"/>',
        '<w:color w:val="auto"/>',
        '<w:color w:val="808080"/>',
        f'{_WHITE}<w:shd w:val="clear" w:fill="1F4E79"/>',
        f'{_WHITE}<w:highlight w:val="darkBlue"/>',
        '<w:color w:val="C00000"/><w:shd w:val="clear" w:color="auto" w:fill="FFFF00"/>',
    ],
)
def test_a_run_that_readers_see_is_read(tmp_path: Path, looks: str) -> None:
    middle = paragraph(run("全县办理行政处罚案件") + run("517", looks) + run("件。"))
    report = read_report(word(tmp_path / "a.docx", report_body(middle), styles=_BASED))
    assert _figures(report) == ["517件"]
    assert _rules(report) == []


def test_a_paragraph_style_may_strike_out_and_a_run_undo_it(tmp_path: Path) -> None:
    style = '<w:pStyle w:val="older"/>'
    middle = paragraph(run("办理案件517件。"), style) + paragraph(run("办理案件48件。", '<w:strike w:val="0"/>'), style)
    report = read_report(word(tmp_path / "a.docx", report_body(middle), styles=_BASED))
    assert _figures(report) == ["48件"]


def test_deleted_and_inserted_revisions(tmp_path: Path) -> None:
    middle = paragraph(
        run("办理行政处罚案件")
        + "<w:del><w:r><w:delText>517</w:delText></w:r></w:del>"
        + f"<w:ins>{run('48')}</w:ins>"
        + run("件。")
    )
    report = read_report(word(tmp_path / "a.docx", report_body(middle)))
    assert _figures(report) == ["48件"]
    assert _rules(report) == ["hidden_text"]


def test_a_deleted_end_of_paragraph_joins_two_lines(tmp_path: Path) -> None:
    middle = paragraph(run("办理行政处罚案件"), "<w:rPr><w:del/></w:rPr>") + paragraph(run("48件。"))
    assert "案件48件。" in read_report(word(tmp_path / "a.docx", report_body(middle))).text


def test_white_heads_of_a_painted_table_are_read(tmp_path: Path) -> None:
    cell = "<w:tc><w:tcPr>{shade}</w:tcPr>{inner}</w:tc>"
    shade = '<w:shd w:val="clear" w:fill="2F5496"/>'
    head = "".join(cell.format(shade=shade, inner=paragraph(run(text, _WHITE))) for text in ("项目", "数量（件）"))
    row = "".join(cell.format(shade="", inner=paragraph(run(text))) for text in ("行政复议", "73"))
    for properties, top in (("", head), ('<w:tblStyle w:val="blue"/>', head.replace(shade, ""))):
        table = f"<w:tbl><w:tblPr>{properties}</w:tblPr><w:tr>{top}</w:tr><w:tr>{row}</w:tr></w:tbl>"
        report = read_report(word(tmp_path / "a.docx", report_body(table), styles=_BASED))
        assert "数量（件）" in report.text
        assert _rules(report) == []


def test_hidden_and_deleted_rows_are_left_out(tmp_path: Path) -> None:
    rows = [
        ("项目", "数量（件）", ""),
        ("行政复议", "73", ""),
        ("行政应诉", "517", "<w:hidden/>"),
        ("行政裁决", "8", ""),
    ]
    cells = "".join(
        f"<w:tr><w:trPr>{mark}</w:trPr>"
        + "".join(f"<w:tc><w:tcPr/>{paragraph(run(text))}</w:tc>" for text in texts)
        + "</w:tr>"
        for *texts, mark in rows
    )
    report = read_report(word(tmp_path / "a.docx", report_body(f"<w:tbl><w:tblPr/>{cells}</w:tbl>")))
    assert _figures(report) == ["73", "8"]
    assert "517" in report.defects[0].message_zh


@pytest.mark.parametrize(
    "mark",
    [
        run("1", '<w:vertAlign w:val="superscript"/>'),
        run("[2]", '<w:rStyle w:val="note"/>'),
        run("①", '<w:vertAlign w:val="superscript"/>'),
        '<w:r><w:footnoteReference w:customMarkFollows="1" w:id="2"/><w:t>3</w:t></w:r>',
    ],
)
def test_raised_marks_of_notes_are_no_digits(tmp_path: Path, mark: str) -> None:
    middle = paragraph(run("全县办理行政处罚案件48") + mark + run("件。"))
    report = read_report(word(tmp_path / "a.docx", report_body(middle), styles=_BASED))
    assert [(quantity.value, quantity.unit) for quantity in extract(report).quantities if quantity.is_metric] == [
        (48, "件")
    ]


def test_square_metres_keep_their_raised_digit(tmp_path: Path) -> None:
    middle = paragraph(run("新建用房300m") + run("2", '<w:vertAlign w:val="superscript"/>') + run("。"))
    report = read_report(word(tmp_path / "a.docx", report_body(middle)))
    assert "300m²" in report.clean.text


def test_notes_are_named_once(tmp_path: Path) -> None:
    mark = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    middle = paragraph(run("办理行政处罚案件48件") + mark + run("，罚没3万元") + mark + run("。"))
    report = read_report(word(tmp_path / "a.docx", report_body(middle)))
    assert _rules(report) == ["unread_content"]
    assert report.defects[0].severity == "warning"


def _math(inner: str) -> str:
    return f"<m:oMath>{inner}</m:oMath>"


def test_a_plain_equation_is_read_and_a_built_one_warned_of(tmp_path: Path) -> None:
    plain = _math("<m:r><m:t>97.2%</m:t></m:r>")
    report = read_report(word(tmp_path / "a.docx", report_body(paragraph(run("按期办结率为") + plain + run("。")))))
    assert _figures(report) == ["97.2%"]
    assert _rules(report) == []
    part = "<m:r><m:t>{}</m:t></m:r>"
    fraction = f"<m:f><m:num>{part.format('36')}</m:num><m:den>{part.format('37')}</m:den></m:f>"
    body = report_body(paragraph(run("按期办结率为") + _math(fraction) + run("。")))
    report = read_report(word(tmp_path / "a.docx", body))
    assert "3637" not in report.text
    assert [finding.message_zh[:2] for finding in report.defects] == ["公式"]


def _picture(width: int, height: int) -> str:
    return (
        f'<w:r><w:drawing><wp:inline><wp:extent cx="{width}" cy="{height}"/><a:graphic><a:graphicData><pic:pic/>'
        "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


@pytest.mark.parametrize(
    ("shape", "word_of"),
    [
        (_picture(5_000_000, 2_000_000), "图片"),
        ('<w:r><w:object><v:shape style="width:300pt;height:120pt"><v:imagedata/></v:shape></w:object></w:r>', "图片"),
        ('<w:r><w:object><o:OLEObject ProgID="Excel.Sheet.12"/></w:object></w:r>', "嵌入"),
        ('<w:r><w:object><o:OLEObject ProgID="Equation.DSMT4"/></w:object></w:r>', "公式"),
        ("<w:r><w:drawing><wp:inline><a:graphic><c:chart/></a:graphic></wp:inline></w:drawing></w:r>", "图表"),
    ],
)
def test_what_is_no_text_is_warned_of_with_its_place(tmp_path: Path, shape: str, word_of: str) -> None:
    middle = paragraph(run("有关情况见下。")) + paragraph(shape) + paragraph(shape)
    report = read_report(word(tmp_path / "a.docx", report_body(middle)))
    assert _rules(report) == ["unread_content"]
    assert word_of in report.defects[0].message_zh
    assert "“有关情况见下。”之后" in report.defects[0].message_zh


def test_a_seal_is_not_warned_of(tmp_path: Path) -> None:
    report = read_report(word(tmp_path / "a.docx", report_body(paragraph(_picture(600_000, 600_000)))))
    assert _rules(report) == []


def test_files_inside_are_read_where_they_are_pages_or_documents(tmp_path: Path) -> None:
    inner = word(tmp_path / "inner.docx", paragraph(run("开展培训9期。"))).read_bytes()
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    parts = {
        "f1": ("a.html", "text/html", "<html><body><p>调解纠纷37件。</p></body></html>".encode("utf-8-sig")),
        "f2": ("b.docx", kind, inner),
        "f3": ("c.rtf", "application/rtf", b"{\\rtf1 x}"),
    }
    chunks = "".join(f'<w:altChunk r:id="{key}"/>' for key in parts)
    report = read_report(word(tmp_path / "a.docx", report_body(chunks), parts=parts))
    assert _figures(report) == ["37件", "9期"]
    assert _rules(report) == ["unread_content"]


@pytest.mark.parametrize("strict", [False, True])
@pytest.mark.parametrize(
    ("main", "kind"),
    [
        ("word/document2.xml", "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"),
        ("word/document.xml", "application/vnd.ms-word.document.macroEnabled.main+xml"),
        ("word/document.xml", "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml"),
    ],
)
def test_every_form_of_the_package_is_read(tmp_path: Path, main: str, kind: str, strict: bool) -> None:
    body = report_body(paragraph(run("全县办理行政复议案件73件。")))
    report = read_report(word(tmp_path / "a.docx", body, main=main, kind=kind, strict=strict))
    assert report.text.splitlines() == [*BEFORE, "全县办理行政复议案件73件。", *AFTER]


def test_pronunciation_above_characters_is_not_read(tmp_path: Path) -> None:
    ruby = f"<w:r><w:ruby><w:rt>{run('yàn')}</w:rt><w:rubyBase>{run('砚')}</w:rubyBase></w:ruby></w:r>"
    report = read_report(word(tmp_path / "a.docx", report_body(paragraph(ruby + run("桥县学法12次。")))))
    assert "砚桥县学法12次。" in report.text.splitlines()


def test_a_document_of_pictures_alone_is_refused_with_what_it_shows(tmp_path: Path) -> None:
    with pytest.raises(EmptyFileError, match="图片里的文字") as caught:
        read_report(word(tmp_path / "a.docx", paragraph(_picture(5_000_000, 7_000_000))))
    assert "fazhi_analysis[ocr]" in caught.value.remedy
