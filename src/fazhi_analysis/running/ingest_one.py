"""One file on its way into the store, up to the point where it is written: read, extract, correct, audit.

Runs in worker processes, so that what goes in and what comes out can be pickled, and nothing is written here.
"""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields, replace
from importlib import resources
from pathlib import Path
from typing import Any

from fazhi_analysis import __version__, plugins
from fazhi_analysis._paths import bundled_data
from fazhi_analysis.analysis.audit.runner import audit_extraction
from fazhi_analysis.analysis.audit.stored_reports import year_before_of
from fazhi_analysis.analysis.audit_rulebook import rule_of
from fazhi_analysis.analysis.following.verdict_judgements import without_statement
from fazhi_analysis.catalogue import Catalogue, load_catalogue
from fazhi_analysis.catalogue.chosen_place import NOTHING_GIVEN, Given
from fazhi_analysis.dataset.correcting import apply_corrections
from fazhi_analysis.dataset.ledger import Ledger, judge, load_ledger, unanswered
from fazhi_analysis.dataset.ledger_entries import Judgement
from fazhi_analysis.dataset.printed_place import Place, printed_place
from fazhi_analysis.dataset.provenance import Provenance
from fazhi_analysis.dataset.report_ids import check_report_id, document_suffix, make_report_id
from fazhi_analysis.errors import DamagedFileError, DataError, FazhiError, NotAReportError
from fazhi_analysis.extracting import Extraction, extract
from fazhi_analysis.messages import Message
from fazhi_analysis.model import Finding, Metadata, Quantity, Report, Statement
from fazhi_analysis.reading import read_report
from fazhi_analysis.reading.reader import with_given

_LOCAL = ("m", "p", "n")
_FIELDS = tuple(item.name for item in fields(Quantity))
_ROWS = ("row_id", "duplicate_of", "whole")  # fields that name a row of the same report


@dataclass(frozen=True, slots=True)
class Options:
    """What the caller asked for, the same for every file. ``suffix`` distinguishes it from another source;
    ``tail`` is all that follows place and year in its id, where that is known already.
    """

    data: str
    given: Given = NOTHING_GIVEN
    text_kept: bool = True
    suffix: str = ""
    tail: str | None = None


@dataclass(frozen=True, slots=True)
class Prepared:
    """A report ready to be written: its id, the digests of its bytes and of its wording, what it was taken for, the
    writer's arguments, and what the reader of the store should know.
    """

    report_id: str
    digest: str
    content: str
    metadata: Metadata
    arguments: dict[str, Any] = field(repr=False)
    notes: tuple[Message, ...] = ()


def prepare(path: str, options: Options) -> Prepared | FazhiError:
    """Everything that can be done to a file without writing. Errors come back as values: one file fails only itself.

    >>> str(prepare("没有这份文件.txt", Options("data")))
    '没有这份文件.txt：找不到文件。请检查路径和文件名。 [read]'
    """
    try:
        return _prepare(Path(path), options)
    except FazhiError as error:
        return error
    except MemoryError:
        return DamagedFileError(path, "running.ingest.too_much_memory")
    except Exception as error:  # a fault of ours must not stop the other files
        what = " ".join(f"{type(error).__name__}: {error}".split())[:200]
        return DataError(path, "running.ingest.fault", reason=what)


def _prepare(path: Path, options: Options) -> Prepared:
    report = read_report(path)
    printed = report.metadata
    report = with_given(report, options.given)
    extraction = extract(report)
    named = options.given.organ is not None and options.given.year is not None
    if not (report.metadata.title or report.metadata.issuer or named or extraction.metrics):
        raise NotAReportError(path)
    place = _place(report, options, path)
    year = report.metadata.year
    if year is None:
        raise DataError(path, "running.ingest.year_not_recognised")
    report_id = _report_id(place, report.metadata, options, path)
    ledger = load_ledger(options.data, report_id)
    notes = _notes(printed, extraction, options, place)
    metadata = replace(report.metadata, region=place.region, region_code=place.code)
    report = replace(report, metadata=metadata)

    source = report.source.address or report.source.digest
    rows = [_row(row, report_id, source) for row in extraction.metrics]
    applied = apply_corrections(rows, ledger.corrections, report.source.digest)
    extraction = _with_metrics(report, extraction, applied.rows)
    findings = judge(_findings(extraction), ledger)
    notes += [
        Message("running.ingest.finding_gone", finding=entry.finding, entry=entry.place)
        for entry in _gone(findings, extraction, ledger, report_id, options)
    ]
    kept = options.text_kept
    statements = [_statement(entry, kept) for entry in extraction.statements]
    notes += [
        Message("running.ingest.verdict_gone", verdict=entry.finding, entry=entry.place)
        for entry in without_statement(statements, ledger, report.text)
    ]
    quotes = kept and not _is_bundled(options.data)
    arguments = {
        "region": place.region,
        "region_code": place.code,
        "year": year,
        "metadata": asdict(metadata),
        "source": asdict(report.source),
        "provenance": _provenance(report, kept).as_record(),
        "sections": [asdict(section) | ({} if kept else {"heading": ""}) for section in report.sections],
        "pages": report.pages,
        "corrections": applied.done,
        "warnings": [str(note) for note in notes],
        "metrics": [row if quotes else {**row, "quote": ""} for row in applied.rows],
        "statements": statements,
        "findings": [_finding(entry, report_id, kept) for entry in findings],
        "text": report.text if kept else None,
        "extra": {"content": content_digest(report), "ledger": ledger.digest},
    }
    return Prepared(report_id, report.source.digest, content_digest(report), metadata, arguments, tuple(notes))


def content_digest(report: Report) -> str:
    """Digest of the wording without spaces and line breaks: copies of one report that differ in layout share it.

    >>> from fazhi_analysis.reading import read_text
    >>> content_digest(read_text("一、情况\\n　　办结3件。")) == content_digest(read_text("一、情况\\n\\n办结3件。"))
    True
    """
    return hashlib.sha256("".join(report.clean.text.split()).encode("utf-8", "surrogatepass")).hexdigest()


_DIGESTS: dict[int, tuple[Catalogue, str]] = {}  # by identity: comparing catalogues would cost more than it saves


def catalogue_digest() -> str:
    """Digest of the catalogue that figures are linked to, of what links them, and of what other packages add."""
    catalogue = load_catalogue()
    if id(catalogue) not in _DIGESTS:
        _DIGESTS[id(catalogue)] = catalogue, _digest_with(catalogue)
    return _DIGESTS[id(catalogue)][1]


def _digest_with(catalogue: Catalogue) -> str:
    seen = hashlib.sha256("\n".join(map(repr, catalogue)).encode())
    tables = resources.files("fazhi_analysis.extracting") / "data"
    for table in sorted(tables.iterdir(), key=lambda item: item.name):
        seen.update(table.name.encode() + table.read_bytes())
    seen.update(plugins.digest().encode())
    return seen.hexdigest()[:16]


def _place(report: Report, options: Options, path: Path) -> Place:
    given = options.given.organ
    if given is not None and not report.metadata.place and not report.metadata.body:
        raise DataError(path, "running.ingest.unknown_code", code=given.code)
    return printed_place(report.metadata, str(path))


def _report_id(place: Place, metadata: Metadata, options: Options, path: Path) -> str:
    kind = document_suffix(metadata.doc_kind, metadata.doc_kind_from)
    suffix = "-".join(filter(None, (kind, options.suffix))) if options.tail is None else options.tail
    year = metadata.year or 0
    try:
        return check_report_id(make_report_id(place.region, place.code, year, suffix))
    except ValueError:
        raise DataError(path, "running.ingest.no_report_id", year=year, suffix=options.suffix) from None


def _notes(printed: Metadata, extraction: Extraction, options: Options, place: Place) -> list[Message]:
    """What the reader of the store should know about this report; ``printed`` is what the document itself says."""
    notes: list[Message] = []
    taken, given = extraction.report.metadata, options.given
    if given.organ is not None and printed.region and printed.region not in (taken.place, taken.region):
        notes.append(Message("running.ingest.other_place", printed=printed.region, given=place.region))
    if printed.year not in (None, taken.year) and printed.year_from not in ("plan", "file_name"):
        notes.append(Message("running.ingest.other_year", printed=printed.year, given=taken.year))
    if not taken.place_code and taken.body_kind == "government":
        notes.append(Message("running.ingest.place_without_code", place=place.region))
    if not extraction.metrics:
        notes.append(Message("running.ingest.no_figures"))
    return notes


def _is_bundled(data: str) -> bool:
    """Whether this is the data that ships with the package: its figures never carry the source clause."""
    return Path(data).resolve().is_relative_to(bundled_data().resolve())


def _row(row: Quantity, report_id: str, source: str) -> dict[str, Any]:
    """The figure as a row of the table, its own id and that of the row it repeats made those of this report."""
    record = {name: getattr(row, name) for name in _FIELDS}
    rows = {name: f"{report_id}:{row}" for name in _ROWS if (row := record[name])}
    return {**record, "source": source, **rows}


def _with_metrics(report: Report, extraction: Extraction, rows: Sequence[Mapping[str, Any]]) -> Extraction:
    """The extraction of the report with these rows as its figures, under their short ids, as the audit expects them."""
    corrected = Extraction(report, extraction.catalogue)
    quantities = []
    for row in rows:
        values = {name: row[name] for name in _FIELDS}
        for name in _ROWS:
            values[name] = values[name].rpartition(":")[2]
        quantities.append(Quantity(**values))
    vars(corrected).update(metrics=tuple(quantities), statements=extraction.statements)  # as if computed already
    return corrected


def _findings(extraction: Extraction) -> list[Finding]:
    """What the audit says, and structural defects that no rule repeated."""
    found = {finding.id: finding for finding in audit_extraction(extraction)}
    for finding in extraction.findings:
        found.setdefault(finding.id, finding)
    return list(found.values())


def _gone(
    findings: Sequence[Finding], extraction: Extraction, ledger: Ledger, report_id: str, options: Options
) -> list[Judgement]:
    """Judgements whose finding is there no more, not even beside the year before, as ``audit`` of the report sees it.

    The report of that year may come in later, even with this very call: a rule that needs it is given the benefit.
    """
    missing = unanswered(findings, ledger)
    if not missing:
        return []
    earlier: dict[str, Any] = {}
    with contextlib.suppress(DataError):  # a broken report of that year is as good as none
        earlier = year_before_of(report_id, options.data)
    if earlier:
        return unanswered([*findings, *audit_extraction(extraction, report_id=report_id, **earlier)], ledger)
    return [entry for entry in missing if not rule_of(entry.finding.rpartition("-")[0]).across_years]


def _provenance(report: Report, kept: bool) -> Provenance:
    return Provenance(
        producer=report.metadata.issuer,
        title=report.metadata.title,
        address=report.source.address,
        date_published=report.metadata.published_date,
        digest=report.source.digest,
        text_kept=kept,
        package_version=__version__,
        catalogue=catalogue_digest(),
    )


def _statement(statement: Statement, kept: bool) -> dict[str, Any]:
    row = asdict(statement)
    if not kept:
        word = "问题" if statement.kind == "problem" else "打算"
        row |= {"text": f"{word}{statement.ordinal}（{statement.theme or '未分类'}）", "cause": ""}
        row["parts"] = [{**part, "text": ""} for part in row["parts"]]
    return row


def _finding(finding: Finding, report_id: str, kept: bool) -> dict[str, Any]:
    row = asdict(finding)
    row["report_id"] = report_id
    row["evidence"] = [_evidence(entry, report_id, kept) for entry in row["evidence"]]
    return row


def _evidence(entry: dict[str, Any], report_id: str, kept: bool) -> dict[str, Any]:
    local = entry["row"][:1] in _LOCAL and entry["row"][1:].isdigit()
    return {
        **entry,
        "row": f"{report_id}:{entry['row']}" if local else entry["row"],
        "text": entry["text"] if kept else "",
    }
