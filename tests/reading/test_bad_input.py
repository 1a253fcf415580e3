"""Bad files: a typed error with one line that names the file and the remedy, whatever is wrong with it."""

from __future__ import annotations

import io
import sys
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fazhi_analysis.errors import (
    DamagedFileError,
    EmptyFileError,
    EncodingError,
    FazhiError,
    MissingExtraError,
    ReadError,
    UnsupportedFormatError,
)
from fazhi_analysis.reading import read_report
from fazhi_analysis.reading.formats import _libreoffice

Path_ = Callable[[str], Path]


@pytest.fixture(scope="module", autouse=True)
def no_converter() -> Iterator[None]:
    """Here no machine has LibreOffice; see test_converted.py."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_libreoffice, "converter", lambda: "")
        yield


def refused(path: Path, kind: type[ReadError], *words: str) -> None:
    with pytest.raises(kind) as caught:
        read_report(path)
    message = str(caught.value)
    assert type(caught.value) is kind
    assert "\n" not in message
    assert path.name in message
    assert caught.value.remedy
    for word in words:
        assert word in message


def _outcome(path: Path) -> str:
    """ "read", or the one line of the error; anything else that is raised fails the test."""
    try:
        read_report(path)
    except FazhiError as error:
        return str(error)
    return "read"


def zipped(members: dict[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", compression) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "kind", "word"),
    [
        ("empty.txt", b"", EmptyFileError, "空"),
        ("blank.txt", "　\n\n \t".encode(), EmptyFileError, "没有文字"),
        ("mark.txt", b"\xef\xbb\xbf", EmptyFileError, "没有文字"),
        ("binary.txt", bytes(range(256)) * 40, EncodingError, "编码"),
        ("noise.txt", b"\x93\x12\x00\xfe\x81" * 500, EncodingError, "编码"),
        ("latin.txt", "Façade déjà vu à l'été\n".encode("latin-1") * 20, EncodingError, "编码"),
        ("cut.txt", "一、成效\n全县办结案件七件".encode()[:-1], DamagedFileError, "中断"),
        ("lying.txt", b"\xff\xfe" + "一、成效".encode("utf-16-le") + b"\x00", DamagedFileError, "中断"),
        ("cut.pdf", b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n", DamagedFileError, "不完整"),
        ("broken.pdf", b"%PDF-1.7\nnothing\nstartxref\n0\n%%EOF", DamagedFileError, "残缺"),
        ("cut.docx", b"PK\x03\x04" + b"\x00" * 400, DamagedFileError, "不完整"),
        ("hollow.docx", zipped({"word/document.xml": b"<a/>"}), DamagedFileError, "残缺"),
        ("old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, UnsupportedFormatError, ".docx"),
        ("old.wps", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, UnsupportedFormatError, "WPS"),
        ("rich.rtf", b"{\\rtf1\\ansi abc}", UnsupportedFormatError, "RTF"),
        ("all.rar", b"Rar!\x1a\x07\x01\x00abc", UnsupportedFormatError, "解压"),
        ("all.zip", zipped({"a.txt": b"abc"}), UnsupportedFormatError, "解压"),
        ("sheet.xlsx", zipped({"xl/workbook.xml": b"<a/>"}), UnsupportedFormatError, "表格"),
        ("open.odt", zipped({"mimetype": b"a", "content.xml": b"<a/>"}), UnsupportedFormatError, "OpenDocument"),
        ("saved.mht", b"MIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n", UnsupportedFormatError, "网页存档"),
        ("cut.png", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00", DamagedFileError, "图片"),
        ("photo.heic", b"\x00\x00\x00\x18ftypheic" + b"\x00" * 90, UnsupportedFormatError, "HEIC"),
        (
            "script.html",
            b"<!DOCTYPE html><html><body><script>draw()</script></body></html>",
            EmptyFileError,
            "没有正文",
        ),
        ("bare.html", b"<html></html>", EmptyFileError, "没有正文"),
    ],
)
def test_bad_content(tmp_path: Path, name: str, data: bytes, kind: type[ReadError], word: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    refused(path, kind, word)


def test_no_such_file_and_folder(tmp_path: Path) -> None:
    refused(tmp_path / "没有.txt", ReadError, "找不到")
    (tmp_path / "folder").mkdir()
    refused(tmp_path / "folder", ReadError, "文件夹")


def test_a_path_with_a_zero_byte_is_an_error_of_ours() -> None:
    with pytest.raises(ReadError):
        read_report("a\x00b.txt")


def test_encrypted_files(fixture_file: Path_, tmp_path: Path) -> None:
    refused(fixture_file("encrypted.pdf"), DamagedFileError, "加密")
    path = tmp_path / "locked.docx"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600 + "EncryptedPackage".encode("utf-16-le"))
    refused(path, DamagedFileError, "加密")
    data = bytearray(zipped({"word/document.xml": b"<a/>"}, zipfile.ZIP_STORED))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + place] |= 1
    path.write_bytes(bytes(data))
    refused(path, DamagedFileError, "加密")


def test_files_of_other_programs_that_are_not_read(fixture_file: Path_) -> None:
    refused(fixture_file("old.doc"), UnsupportedFormatError, "旧版 Word", ".docx")
    refused(fixture_file("layout.ofd"), UnsupportedFormatError, "OFD", "PDF")


@pytest.mark.parametrize("name", ["libreoffice.pdf", "report.docx", "photo.jpg"])
@pytest.mark.parametrize("share", [0.3, 0.9])
def test_files_that_are_cut_off(fixture_file: Path_, tmp_path: Path, name: str, share: float) -> None:
    data = fixture_file(name).read_bytes()
    path = tmp_path / name
    path.write_bytes(data[: int(len(data) * share)])
    refused(path, DamagedFileError, "不完整")


def test_zip_bomb_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "bomb.docx"
    path.write_bytes(zipped({"word/document.xml": b"0" * 30_000_000}))
    assert path.stat().st_size < 100_000
    refused(path, DamagedFileError, "解压后达 30 MB")


def test_entities_in_a_docx_are_refused(fixture_file: Path_, tmp_path: Path) -> None:
    members = {}
    with zipfile.ZipFile(fixture_file("report.docx")) as archive:
        for name in archive.namelist():
            members[name] = archive.read(name)
    declaration = b'<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;&b;&b;">]>'
    body = members["word/document.xml"]
    cut = body.index(b"?>") + 2
    members["word/document.xml"] = body[:cut] + declaration + body[cut:].replace("砚桥县".encode(), b"&c;", 1)
    path = tmp_path / "entities.docx"
    path.write_bytes(zipped(members))
    refused(path, DamagedFileError)


def test_pictures_of_absurd_size_are_refused(tmp_path: Path) -> None:
    head = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + (200_000).to_bytes(4, "big") * 2 + b"\x08\x00\x00\x00\x00"
    path = tmp_path / "wide.png"
    path.write_bytes(head + b"\x00\x00\x00\x00" * 20)
    refused(path, DamagedFileError)


def test_deep_markup_is_read_without_recursion(tmp_path: Path) -> None:
    path = tmp_path / "deep.html"
    path.write_bytes(
        b"<!doctype html><html><body>" + b"<div>" * 5000 + "一、成效。办结7件。".encode() + b"</div>" * 5000
    )
    assert _outcome(path) != ""


@pytest.mark.parametrize(
    ("name", "module", "extra"),
    [("report.docx", "docx", "formats"), ("chromium.pdf", "pypdfium2", "formats"), ("trs.html", "lxml", "formats")],
)
def test_missing_extras(
    fixture_file: Path_, monkeypatch: pytest.MonkeyPatch, name: str, module: str, extra: str
) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    refused(fixture_file(name), MissingExtraError, f"pip install fazhi_analysis[{extra}]")


HEADS = [
    b"",
    b"%PDF-1.4\n",
    b"PK\x03\x04",
    b"<!doctype html>",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"\x89PNG\r\n\x1a\n",
    b"{\\rtf",
]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150, deadline=None)
@given(
    head=st.sampled_from(HEADS),
    rest=st.binary(max_size=300),
    suffix=st.sampled_from([".txt", ".docx", ".pdf", ".html"]),
)
def test_any_bytes_are_read_or_refused(tmp_path: Path, head: bytes, rest: bytes, suffix: str) -> None:
    path = tmp_path / f"any{suffix}"
    path.write_bytes(head + rest)
    assert "\n" not in _outcome(path)


def test_a_spreadsheet_of_libreoffice_is_given_its_new_format(tmp_path: Path) -> None:
    import zipfile

    path = tmp_path / "更正.ods"
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        file.writestr("content.xml", "<office/>")
    with pytest.raises(UnsupportedFormatError, match=r"\.xlsx"):
        read_report(path)


@pytest.mark.parametrize("depth", [100, 300, 600])
def test_a_page_whose_tags_are_never_closed_is_read_to_its_end(depth: int, tmp_path: Path) -> None:
    page = tmp_path / "a.html"
    page.write_text("<html><body>" + "".join(f"<div><p><b>培训{at}场" for at in range(depth)), encoding="utf-8")
    text = read_report(page).text
    assert [f"培训{at}场" in text for at in range(depth)] == [True] * depth


def test_a_page_too_deep_to_be_read_whole_is_refused_and_not_cut_off(tmp_path: Path) -> None:
    page = tmp_path / "a.html"
    page.write_text("<html><body>" + "<div><p><b>培训3场" * 3000, encoding="utf-8")
    with pytest.raises(DamagedFileError) as caught:
        read_report(page)
    assert "两千多层" in str(caught.value)
    assert len(str(caught.value).splitlines()) == 1


@pytest.mark.parametrize("text", ["---", "| --- | --\n|", "|\n", "\n\n***\n"])
def test_a_file_of_layout_alone_has_no_text(text: str, tmp_path: Path) -> None:
    """And it is not stored under a place that it does not name."""
    path = tmp_path / "a.txt"
    path.write_text(text, encoding="utf-8")
    for chosen in ({}, {"region": "方城县", "year": 2024}):
        with pytest.raises(EmptyFileError):
            read_report(path, **chosen)
