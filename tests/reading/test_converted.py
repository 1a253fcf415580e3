"""Older documents are converted where LibreOffice is installed; here a small program stands in for it."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.reading.made_files import AFTER, BEFORE, paragraph, report_body, run, word

from fazhi_analysis.errors import DamagedFileError, UnsupportedFormatError
from fazhi_analysis.reading import read_report
from fazhi_analysis.reading.formats import _libreoffice

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
_CONVERTER = """#!{python}
import pathlib, shutil, sys
target = pathlib.Path(sys.argv[sys.argv.index("--outdir") + 1])
source = pathlib.Path(sys.argv[-1])
assert source.read_bytes() and "--headless" in sys.argv
pathlib.Path({log!r}).write_text(source.name)
if {works}:
    target.mkdir()
    shutil.copy({made!r}, target / "document.docx")
"""

Installed = Callable[[bool], Path]


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Installed:
    """Puts a converter in place that works or does not, and gives the file in which it notes what it was given."""

    def put(works: bool) -> Path:
        made = word(tmp_path / "made.docx", report_body(paragraph(run("办理行政复议案件73件。"))))
        log, program = tmp_path / "log", tmp_path / "soffice"
        program.write_text(_CONVERTER.format(python=sys.executable, log=str(log), works=works, made=str(made)))
        program.chmod(0o755)
        monkeypatch.setattr(_libreoffice, "converter", lambda: str(program))
        return log

    return put


@pytest.mark.parametrize(
    ("name", "data", "given"),
    [("a.doc", _OLE, "document.doc"), ("a.wps", _OLE, "document.doc"), ("a.rtf", b"{\\rtf1 x}", "document.rtf")],
)
def test_an_older_document_is_read_through_the_converter(
    tmp_path: Path, installed: Installed, name: str, data: bytes, given: str
) -> None:
    log = installed(True)
    (tmp_path / name).write_bytes(data)
    report = read_report(tmp_path / name)
    assert report.text.splitlines() == [*BEFORE, "办理行政复议案件73件。", *AFTER]
    assert report.source.format == given.removeprefix("document.")
    assert report.source.name == name
    assert log.read_text() == given


def test_what_the_converter_cannot_read_is_refused_as_without_it(tmp_path: Path, installed: Installed) -> None:
    installed(False)
    (tmp_path / "a.doc").write_bytes(_OLE)
    with pytest.raises(UnsupportedFormatError, match="旧版 Word"):
        read_report(tmp_path / "a.doc")


@pytest.mark.parametrize("name", ["a.xls", "a.ppt"])
def test_sheets_and_slides_are_not_converted(tmp_path: Path, installed: Installed, name: str) -> None:
    log = installed(True)
    (tmp_path / name).write_bytes(_OLE + "PowerPoint Document".encode("utf-16-le"))
    with pytest.raises(UnsupportedFormatError):
        read_report(tmp_path / name)
    assert not log.exists()


def test_an_encrypted_document_is_not_converted(tmp_path: Path, installed: Installed) -> None:
    log = installed(True)
    (tmp_path / "a.doc").write_bytes(_OLE + "EncryptedPackage".encode("utf-16-le"))
    with pytest.raises(DamagedFileError):
        read_report(tmp_path / "a.doc")
    assert not log.exists()


@pytest.mark.parametrize("name", ["~$报告.docx", ".~lock.报告.odt#"])
def test_what_lies_beside_an_open_document_is_named_as_such(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(bytes(162))
    with pytest.raises(UnsupportedFormatError, match="临时文件"):
        read_report(tmp_path / name)
