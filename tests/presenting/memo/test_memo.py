"""The memo opens in an office program: nothing is lost, its parts are those of a Word document, its bytes repeat."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from collections import Counter
from pathlib import Path

import pytest
from docx import Document
from lxml import etree

from fazhi_analysis.analysis.place_year import PlaceYear
from fazhi_analysis.presenting.memo.memo import memo
from fazhi_analysis.presenting.wording.page_texts import Words

WORD = {"w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main"}
MEMOS = [("霁原旗", 2024, "zh"), ("砚桥县", 2024, "en"), ("鄂托克前旗", 2023, "zh")]


@pytest.fixture(scope="module", params=MEMOS, ids=lambda one: f"{one[0]}-{one[2]}")
def made(request: pytest.FixtureRequest) -> bytes:
    region, year, lang = request.param
    return memo(PlaceYear.open(region=region, year=year), Words(lang))


def part(made: bytes, name: str) -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        return etree.fromstring(archive.read(name))


def texts_of(root: etree._Element) -> list[str]:
    paragraphs = root.iterfind(".//w:p", WORD)
    return ["".join(piece.text or "" for piece in one.iterfind(".//w:t", WORD)) for one in paragraphs]


def bare(text: str) -> str:
    return re.sub(r"\s", "", text)


def test_the_same_data_give_the_same_bytes() -> None:
    place_year = PlaceYear.open(region="砚桥县", year=2024)
    assert memo(place_year, Words("zh")) == memo(place_year, Words("zh"))


def test_it_is_a4_with_styles_headings_and_named_fonts(made: bytes) -> None:
    document = Document(io.BytesIO(made))
    section = document.sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    names = [paragraph.style.name for paragraph in document.paragraphs]
    assert names[0] == "Title"
    assert names.count("Heading 1") >= 5
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        styles, fonts = (archive.read(f"word/{name}.xml").decode() for name in ("styles", "fontTable"))
    for font in ("仿宋_GB2312", "方正小标宋简体", "黑体"):
        assert font in styles
        assert font in fonts


def test_sentences_cite_their_sources_in_footnotes(made: bytes) -> None:
    document, notes = part(made, "word/document.xml"), part(made, "word/footnotes.xml")
    key = f"{{{WORD['w']}}}id"
    used = [one.get(key) for one in document.iterfind(".//w:footnoteReference", WORD)]
    assert used == [str(number) for number in range(1, len(used) + 1)]
    assert {one.get(key) for one in notes.iterfind("w:footnote", WORD)} == {"-1", "0", *used}
    assert all(bare(text) for text in texts_of(notes)[2:])
    assert not re.search(r"[a-z]+_[a-z]+|第\d+～\d+字符", "".join(texts_of(notes)))


def test_heads_of_tables_repeat_and_pictures_are_described() -> None:
    root = part(memo(PlaceYear.open(region="霁原旗", year=2024), Words("zh")), "word/document.xml")
    first = root.find(".//w:tbl/w:tr", WORD)
    assert first is not None
    assert first.find("w:trPr/w:tblHeader", WORD) is not None
    width = f"{{{WORD['w']}}}w"
    columns = [one.get(width) for one in root.iterfind(".//w:tbl/w:tblGrid/w:gridCol", WORD)]
    cells = [one.get(width) for one in first.iterfind("w:tc/w:tcPr/w:tcW", WORD)]
    assert columns == cells  # office programs go by the one or by the other
    assert len(set(columns)) > 1
    described = [one.get("descr") for one in root.iter("{*}docPr")]
    assert described
    assert all("→" in (text or "") for text in described)


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_an_office_program_prints_every_line(made: bytes, tmp_path: Path) -> None:
    import pypdfium2

    (tmp_path / "memo.docx").write_bytes(made)
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), "memo.docx"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, timeout=180)
    pages = pypdfium2.PdfDocument(tmp_path / "memo.pdf")
    printed = bare("".join(page.get_textpage().get_text_range() for page in pages))
    # Page ends and footnotes cut sentences, hyphens come and go at line ends: every letter must be there as often.
    written = [*texts_of(part(made, "word/document.xml")), *texts_of(part(made, "word/footnotes.xml"))]
    lost = Counter(bare("".join(written))) - Counter(printed)
    assert not {letter: count for letter, count in lost.items() if letter.isalpha()}
    for text in written:
        assert bare(text)[:6] in printed or any(bare(piece)[:6] in printed for piece in re.split("[。；]", text)[1:])
