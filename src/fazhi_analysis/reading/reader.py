"""One way in for every format: bytes, then a format module, then clean text, metadata, sections and defects."""

from __future__ import annotations

import hashlib
import os
from dataclasses import replace
from pathlib import Path

from fazhi_analysis.catalogue.chosen_place import NOTHING_GIVEN, Given, given
from fazhi_analysis.errors import DamagedFileError, EmptyFileError, ReadError, UnsupportedFormatError
from fazhi_analysis.model import Report, Source
from fazhi_analysis.reading.characters import common_form
from fazhi_analysis.reading.cleaning import clean
from fazhi_analysis.reading.defects import in_text_order
from fazhi_analysis.reading.document import Document
from fazhi_analysis.reading.formats import read_document
from fazhi_analysis.reading.grids import find_grids
from fazhi_analysis.reading.metadata import Outside
from fazhi_analysis.reading.omissions import OMISSION_RULES, omission_findings, struck_out, unread_only
from fazhi_analysis.reading.structure import read_structure
from fazhi_analysis.reading.visibility import as_seen

MAX_BYTES = 200_000_000


def read_report(
    path: str | Path, *, region: str | None = None, code: str | None = None, year: int | None = None
) -> Report:
    """Read one published report, whatever its format.

    Parameters
    ----------
    path:
        Text, Markdown, DOCX, PDF, HTML, a scan or an image. The content decides, not the suffix.
    region, code, year:
        The place or body that reports (by name, or by division code), and the year that it reports on, where the
        document does not say so, or says it wrongly.

    Returns
    -------
    Report
        Text with offsets, metadata, section tree, structural defects. Offsets count characters of ``report.text``.

    Raises
    ------
    ReadError
        Missing, empty, encrypted, damaged, in no known format or encoding; one line says which, and what to do.
    UnknownNameError, UsageError
        For a place, code or year that cannot be.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = Path(folder, "砚桥县.txt")
    ...     _ = file.write_text("砚桥县2024年法治政府建设年度报告\\n一、问题\\n一是力量不足。", encoding="gb18030")
    ...     report = read_report(file)
    >>> report.metadata.year, report.source.encoding, report.source.name
    (2024, 'gb18030', '砚桥县.txt')
    """
    by_user = given(region, code, year)
    file = Path(path)
    data = _load(file)
    document = read_document(data, file)
    name = os.fsencode(file.name).decode("utf-8", "replace")  # whatever the locale says of file names
    report = build_report(document, name, hashlib.sha256(data).hexdigest())
    if not report.clean.text.strip():  # nothing, or rules and other marks of layout alone
        raise unread_only(file, document.omissions) or EmptyFileError(file, "reading.file.without_text")
    return with_given(report, by_user)


def with_given(report: Report, by_user: Given) -> Report:
    """The report with what a user says of it: place, body and year as given, and what follows from them.

    >>> report = with_given(read_text("我县全年办结案件12件。"), given("方城县", year=2024))
    >>> report.metadata.region, report.metadata.year, report.metadata.year_from
    ('河南省方城县', 2024, 'given')
    """
    if by_user == NOTHING_GIVEN:
        return report
    outside = Outside(by_user, report.metadata.published_date, common_form(Path(report.source.name).stem))
    structure = read_structure(report.text, report.clean, outside)
    kept = [finding for finding in report.defects if finding.rule in OMISSION_RULES]
    return replace(report, metadata=structure.metadata, defects=in_text_order([*structure.defects, *kept]))


def read_text(text: str, name: str = "text") -> Report:
    """Read a text that is already in memory; never fails. ``name`` stands where a file name would.

    >>> read_text("　　一、存在问题").sections[0].heading
    '存在问题'
    """
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return build_report(Document(text, "text"), name, digest)


def build_report(document: Document, name: str, digest: str) -> Report:
    """The Report of a document: clean copy, sections, metadata and structural defects.

    >>> build_report(Document("一、总体", "text"), "a", "0").source.format
    'text'
    """
    grids = find_grids(as_seen(common_form(document.text)), document.grids)
    copy = clean(document.text, grids)
    outside = Outside(NOTHING_GIVEN, document.published_date, common_form(Path(name).stem))
    structure = read_structure(document.text, copy, outside, grids)
    omissions = [*document.omissions, *struck_out(document.text)]
    return Report(
        text=document.text,
        metadata=structure.metadata,
        sections=structure.sections,
        source=Source(name, digest, document.format, document.encoding, document.address),
        clean=copy,
        pages=document.pages,
        ocr_spans=document.ocr_spans,
        defects=in_text_order([*structure.defects, *omission_findings(document.text, document.pages, omissions)]),
        grids=grids,
    )


def is_lock(file: Path) -> bool:
    """Whether a file is what Word or LibreOffice leaves beside a document that is open.

    >>> is_lock(Path("~$报告.docx")), is_lock(Path(".~lock.报告.docx#")), is_lock(Path("报告.docx"))
    (True, True, False)
    """
    return file.name.startswith(("~$", ".~lock."))


def _load(file: Path) -> bytes:
    """Bytes of a file, or the reason why there are none."""
    try:
        if file.is_dir():
            raise ReadError(file, "reading.file.is_folder")
        if is_lock(file):
            raise UnsupportedFormatError(file, "reading.format.lock")
        if file.exists() and not file.is_file():
            raise ReadError(file, "reading.file.not_regular")
        size = file.stat().st_size
        if size > MAX_BYTES:
            raise DamagedFileError(file, "reading.file.too_large", size=size // 1_000_000)
        data = file.read_bytes()
    except FileNotFoundError as error:
        raise ReadError(file, "reading.file.not_found") from error
    except (OSError, ValueError) as error:
        raise ReadError(file, "reading.file.cannot_open") from error
    if not data:
        raise EmptyFileError(file)
    return data
