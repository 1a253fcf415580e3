"""What python-docx leaves to its users: footnotes, fonts with substitutes, repeated heads, alt text, equal bytes."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Sequence
from typing import Any, Final

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt

_FIRST_DAY: Final = (1980, 1, 1, 0, 0, 0)
_FOOTNOTES: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
_SUBSTITUTES: Final = {
    "方正小标宋简体": "方正小标宋_GBK,华文中宋,宋体,SimSun",
    "仿宋_GB2312": "仿宋,FangSong,华文仿宋,STFangsong",
    "楷体_GB2312": "楷体,KaiTi,华文楷体,STKaiti",
    "黑体": "SimHei,华文黑体,STHeiti",
}
"""The fonts of official documents, each with what stands in where it is not installed."""
_LATIN: Final = "Times New Roman"


class Memo:
    """A document under construction: A4, the fonts and sizes of official documents, footnotes, tables, pictures.

    >>> memo = Memo("标题", "zh")
    >>> memo.heading("一、主要变化", 1)
    >>> memo.paragraph([("行政复议申请86件。", "《报告》第二部分")])
    >>> memo.to_bytes() == memo.to_bytes()
    True
    """

    def __init__(self, title: str, lang: str) -> None:
        self.document: Any = Document()
        self.lang = lang
        self._notes: list[str] = []
        self._page()
        self._styles()
        self._properties(title)
        self.document.add_paragraph(title, style="Title")

    def heading(self, text: str, level: int) -> None:
        """A heading."""
        self.document.add_heading(text, level)

    def paragraph(self, sentences: Sequence[tuple[str, str]], style: str = "Normal") -> None:
        """Sentences joined to a paragraph, each with the text of its footnote (empty for none)."""
        paragraph = self.document.add_paragraph(style=style)
        for number, (text, note) in enumerate(sentences):
            gap = " " if number and self.lang != "zh" else ""
            paragraph.add_run(gap + text)
            if note:
                self._notes.append(note)
                reference = OxmlElement("w:footnoteReference")
                reference.set(qn("w:id"), str(len(self._notes)))
                run = paragraph.add_run()
                run.style = "Footnote Reference"
                run._r.append(reference)

    def table(self, caption: str, head: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[int]) -> None:
        """A table whose head is repeated on each page, with the widths of its columns in millimetres.

        The first column names the rows and the last one is a word; what is between are figures, aligned right.
        """
        numbers = range(1, len(head) - 1)
        self.document.add_paragraph(caption, style="Caption")
        table = self.document.add_table(rows=1, cols=len(head), style="Table Grid")
        for cells, texts in ((table.rows[0].cells, head), *((table.add_row().cells, row) for row in rows)):
            for place, (cell, text) in enumerate(zip(cells, texts, strict=True)):
                paragraph = cell.paragraphs[0]
                paragraph.style = "Table Head" if texts is head else "Table Text"
                paragraph.add_run(text)
                if place in numbers:
                    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        table.autofit = False
        for column, width in zip(table.columns, widths, strict=True):
            column.width = Mm(width)  # LibreOffice and WPS go by these, Word by those of the cells
        for row in table.rows:
            for cell, width in zip(row.cells, widths, strict=True):
                cell.width = Mm(width)
            row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
        self.document.add_paragraph(style="Table Text")

    def picture(self, png: bytes, caption: str, alternative: str) -> None:
        """A picture with its title above it and its alternative text."""
        self.document.add_paragraph(caption, style="Caption").paragraph_format.keep_with_next = True
        paragraph = self.document.add_paragraph(style="Table Text")
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        shape = paragraph.add_run().add_picture(io.BytesIO(png), width=Mm(110))
        shape._inline.docPr.set("descr", alternative)
        shape._inline.docPr.set("title", caption)

    def page_break(self) -> None:
        """Go on with a new page."""
        self.document.add_page_break()

    def to_bytes(self) -> bytes:
        """The document; the same content gives the same bytes."""
        self._write_notes()
        raw = io.BytesIO()
        self.document.save(raw)
        made = io.BytesIO()
        with zipfile.ZipFile(raw) as source, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
            for name in sorted(source.namelist(), key=lambda one: (one != "[Content_Types].xml", one)):
                target.writestr(zipfile.ZipInfo(name, _FIRST_DAY), source.read(name), zipfile.ZIP_DEFLATED)
        return made.getvalue()

    def _page(self) -> None:
        """A4 with the margins of official documents, the page number in the middle of the foot."""
        section = self.document.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.top_margin, section.bottom_margin = Mm(37), Mm(35)
        section.left_margin, section.right_margin = Mm(28), Mm(26)
        foot = section.footer.paragraphs[0]
        foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
        foot.add_run("— ")
        field = OxmlElement("w:fldSimple")
        field.set(qn("w:instr"), "PAGE")
        field.append(OxmlElement("w:r"))
        field[0].append(OxmlElement("w:t"))
        field[0][0].text = "1"
        foot._p.append(field)
        foot.add_run(" —")

    def _styles(self) -> None:
        styles, chinese = self.document.styles, self.lang == "zh"
        body, small, line = (16, 10.5, 29) if chinese else (11, 9, 16)
        looks = {
            "Normal": ("仿宋_GB2312", body, False),
            "Title": ("方正小标宋简体", 22 if chinese else 18, False),
            "Heading 1": ("黑体", body if chinese else 14, not chinese),
            "Heading 2": ("楷体_GB2312", body if chinese else 12, True),
            "Caption": ("黑体", small + 1.5, not chinese),
        }
        for name in ("Table Text", "Table Head", "Footnote Text"):
            styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH).base_style = styles["Normal"]
            looks[name] = ("仿宋_GB2312", small, name == "Table Head")
        styles.add_style("Footnote Reference", WD_STYLE_TYPE.CHARACTER).font.superscript = True
        for name, (font, size, bold) in looks.items():
            style = styles[name]
            _set_font(style, font, size, bold=bold)
            form = style.paragraph_format
            form.space_before = form.space_after = Pt(0)
            form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(line)
            form.first_line_indent = Pt(2 * size) if chinese and name in ("Normal", "Heading 1", "Heading 2") else Pt(0)
        for name in ("Table Text", "Table Head", "Footnote Text"):
            styles[name].paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE
        styles["Title"].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
        styles["Title"].paragraph_format.line_spacing = Pt(35)
        styles["Title"].paragraph_format.space_after = Pt(line / 2)
        for border in styles["Title"].element.iter(qn("w:pBdr")):
            border.getparent().remove(border)
        if not chinese:
            styles["Normal"].paragraph_format.space_after = Pt(6)
        self._add_fonts()

    def _add_fonts(self) -> None:
        """Tell readers without these fonts what to use instead."""
        for part in self.document.part.package.iter_parts():
            if part.partname == "/word/fontTable.xml":
                fonts = "".join(
                    f'<w:font w:name="{name}"><w:altName w:val="{others}"/><w:charset w:val="86"/></w:font>'
                    for name, others in _SUBSTITUTES.items()
                )
                part._blob = part.blob.replace(b"</w:fonts>", f"{fonts}</w:fonts>".encode())

    def _properties(self, title: str) -> None:
        properties = self.document.core_properties
        properties.title, properties.author, properties.comments = title, "fazhi_analysis", ""
        properties.language = "zh-CN" if self.lang == "zh" else "en"
        properties.created = properties.modified = dt.datetime(*_FIRST_DAY[:3])
        properties.last_modified_by = ""

    def _write_notes(self) -> None:
        """The part with the footnotes; python-docx has none."""
        if not self._notes or any(part.partname == "/word/footnotes.xml" for part in self.document.part.package.parts):
            return
        root = parse_xml(f"<w:footnotes {nsdecls('w')}/>")
        for identity, kind in ((-1, "separator"), (0, "continuationSeparator")):
            root.append(
                parse_xml(
                    f'<w:footnote {nsdecls("w")} w:type="{kind}" w:id="{identity}"><w:p><w:r><w:{kind}/></w:r></w:p>'
                    "</w:footnote>"
                )
            )
        for identity, note in enumerate(self._notes, 1):
            entry = parse_xml(
                f'<w:footnote {nsdecls("w")} w:id="{identity}"><w:p><w:pPr><w:pStyle w:val="FootnoteText"/></w:pPr>'
                '<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteRef/></w:r>'
                '<w:r><w:t xml:space="preserve"> </w:t></w:r></w:p></w:footnote>'
            )
            entry.find(f".//{qn('w:t')}").text = f" {note}"
            root.append(entry)
        from lxml import etree

        blob = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
        part = Part(PackURI("/word/footnotes.xml"), _FOOTNOTES, blob, self.document.part.package)
        self.document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)


def _set_font(style: Any, font: str, size: float, *, bold: bool) -> None:
    from docx.shared import RGBColor

    style.font.name, style.font.size, style.font.bold = _LATIN, Pt(size), bold
    style.font.italic = False
    style.font.color.rgb = RGBColor(0, 0, 0)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    fonts.set(qn("w:eastAsia"), font)
