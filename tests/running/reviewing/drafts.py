"""Drafts of different make of one text: what programs and people do to a Word document."""

from __future__ import annotations

import io
import random
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from docx import Document
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn

from fazhi_analysis._paths import bundled_data

TEXT = (bundled_data() / "sample" / "texts" / "990124-2024.md").read_text(encoding="utf-8")
LINES = [re.sub(r"^#+\s*", "", line).strip() for line in TEXT.splitlines() if line.strip()]


def saved(document: Any) -> bytes:
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def plain() -> Any:
    document = Document()
    for line in LINES:
        document.add_paragraph(line)
    return document


def split_runs() -> Any:
    """Word cuts runs anywhere, each with properties of its own."""
    chance, document = random.Random(7), Document()
    for line in LINES:
        paragraph = document.add_paragraph()
        while line:
            size = chance.randint(1, 9)
            run = paragraph.add_run(line[:size])
            run.bold = chance.random() < 0.3
            line = line[size:]
    return document


def with_table() -> Any:
    """A table with text among the paragraphs."""
    document = Document()
    for number, line in enumerate(LINES):
        if number == 6:
            table = document.add_table(rows=2, cols=2)
            for cell, text in zip(table._cells, ("项目", "数量", "行政复议", "12件 & <备注>"), strict=True):
                cell.text = text
        document.add_paragraph(line)
    return document


def numbered() -> Any:
    """Headings get their numbers from the program, not from the text."""
    document = Document()
    for line in LINES:
        heading = re.match(r"[一二三四五六七八九十]+、(.*)", line)
        document.add_paragraph(heading[1] if heading else line, style="List Number" if heading else None)
    return document


def with_boxes() -> Any:
    """A text box, given twice: for new and for old programs."""
    document = plain()
    inner = "<w:p><w:r><w:t>文本框里的说明：编排使用。</w:t></w:r></w:p>"
    box = parse_xml(
        f"<w:r {nsdecls('w')} xmlns:mc='http://schemas.openxmlformats.org/markup-compatibility/2006' "
        "xmlns:wps='http://schemas.microsoft.com/office/word/2010/wordprocessingShape' "
        "xmlns:v='urn:schemas-microsoft-com:vml'><mc:AlternateContent>"
        f"<mc:Choice Requires='wps'><wps:txbx><w:txbxContent>{inner}</w:txbxContent></wps:txbx></mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox><w:txbxContent>{inner}</w:txbxContent></v:textbox></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )
    document.paragraphs[4]._p.append(box)
    return document


def tracked() -> Any:
    """Insertions and deletions, a hyperlink, a comment of somebody else, spaces that are kept."""
    document = plain()
    for number, paragraph in enumerate(document.paragraphs):
        run = paragraph.runs[0]
        if number % 3 == 0:
            inserted = OxmlElement("w:ins")
            inserted.set(qn("w:id"), str(900 + number))
            inserted.set(qn("w:author"), "甲")
            run._r.addprevious(inserted)
            inserted.append(run._r)
            gone = parse_xml(
                f'<w:del {nsdecls("w")} w:id="{500 + number}" w:author="甲"><w:r><w:delText>旧的说法</w:delText></w:r>'
                "</w:del>"
            )
            inserted.addnext(gone)
        elif number % 3 == 1:
            link = OxmlElement("w:hyperlink")
            link.set(qn("w:anchor"), "here")
            run._r.addprevious(link)
            link.append(run._r)
    document.add_comment(document.paragraphs[2].runs or document.paragraphs[5].runs, "请再核实", author="乙")
    document.add_paragraph("  前后有空格  ")
    return document


DRAFTS: dict[str, Callable[[], Any]] = {
    "plain": plain,
    "split_runs": split_runs,
    "with_table": with_table,
    "numbered": numbered,
    "with_boxes": with_boxes,
    "tracked": tracked,
}


def write(folder: Path, name: str) -> Path:
    path = folder / f"{name}.docx"
    path.write_bytes(saved(DRAFTS[name]()))
    return path
