"""What an analyst wrote into the workbook: corrections into the ledger and onto the stored rows, and what is done about
the items of the rectification ledger.

All or nothing: every changed row is checked before anything is written, and a fault names sheet, line and remedy.
Taking the same workbook in again changes nothing. A later ``ingest`` of the source document applies the ledger anew.
"""

from __future__ import annotations

import contextlib
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from fazhi_analysis.analysis.audit.applying import run_rules
from fazhi_analysis.analysis.audit.context import AuditContext
from fazhi_analysis.analysis.audit.stored_reports import findings_of, quantities_of, statements_of
from fazhi_analysis.analysis.audit_rulebook import load_rules
from fazhi_analysis.analysis.rectifying import enter
from fazhi_analysis.catalogue import load_catalogue
from fazhi_analysis.dataset import atomic_writes
from fazhi_analysis.dataset.correcting import apply_corrections
from fazhi_analysis.dataset.ledger import Ledger, add_correction, judge, ledger_path, load_ledger
from fazhi_analysis.dataset.report_ids import REPORT_ID
from fazhi_analysis.dataset.storage import StoredReport, read_report_folder, reports_folder, write_report_folder
from fazhi_analysis.errors import DataError, LedgerError, UnsupportedFormatError
from fazhi_analysis.messages import Message
from fazhi_analysis.model import Finding
from fazhi_analysis.reading import read_text
from fazhi_analysis.running.corrections.rectification_reader import Entered, read_rectifications
from fazhi_analysis.running.corrections.sheet_reader import Change, changes_of, read_sheet
from fazhi_analysis.running.corrections.workbook_file import open_workbook
from fazhi_analysis.running.ingest_store import IngestResult
from fazhi_analysis.running.sandbox import guarded


def take_corrections(path: Path | str, data: Path | str, lang: str = "zh") -> list[IngestResult]:
    """Take the corrections of a workbook into the ledger of ``data`` and apply them to the stored reports, and take in
    what its sheet of the rectification ledger says.

    ``lang`` is the language of the results' messages.

    Returns
    -------
    list of IngestResult
        One a report that the workbook says something of: ``stored``, or ``unchanged`` when all of it was done before. A
        workbook without an entry gives one ``unchanged`` result.

    Raises
    ------
    ReadError
        When the file is no workbook of ours, or damaged.
    LedgerError
        Naming every line at fault: no reason, name or date, an unknown row, a value that cannot stand there, a
        grey cell that was changed, or an entry for a row that has changed since the workbook was made. Nothing is
        written then.
    DataError
        When the folder cannot be read or written.
    """
    path = Path(path)
    guarded(str(path), _look_through, path, data)
    book = open_workbook(path)
    rows, root = read_sheet(book, path.name), reports_folder(data)
    with atomic_writes.locked(root):
        entered = read_rectifications(book, path.name, data)
        if rows is None and entered is None:
            raise UnsupportedFormatError(path.name, "running.correction.no_sheet")
        rows, entered = rows or [], entered or []
        shown = {row.report_id for row in rows if row.entered or REPORT_ID.fullmatch(row.report_id)}
        stored = {report_id: _stored(root, report_id) for report_id in shown}
        by_row = {str(row["row_id"]): row for report in stored.values() if report for row in report.metrics}
        done = _done_before(data, stored)
        changes = changes_of(rows, by_row, done, path.name)
        if not changes and not entered:
            known = sorted({row.report_id for row in rows if row.entered}) or [""]
            note = Message("running.correction.none_new").text(lang)
            return [IngestResult(path, report_id, "unchanged", note) for report_id in known]
        _take(data, root, changes, {key: report for key, report in stored.items() if report}, entered)
    return [IngestResult(path, report_id, "stored", note.text(lang)) for report_id, note in _notes(changes, entered)]


def _look_through(path: Path, data: Path | str) -> None:
    """Read the sheets once, for the sake of what it may take: a hostile workbook harms only the child."""
    book = open_workbook(path)
    read_sheet(book, path.name)
    read_rectifications(book, path.name, data)


def _notes(changes: list[Change], entered: list[Entered]) -> Iterator[tuple[str, Message]]:
    """What was taken in of each report."""
    corrected = Counter(change.report_id for change in changes)
    noted = Counter(one.report_id for one in entered)
    for report_id in sorted({*corrected, *noted}):
        numbers = (("done", corrected[report_id]), ("rectified", noted[report_id]))
        yield (
            report_id,
            Message("common.clauses", items=[Message(f"running.correction.{key}", n=n) for key, n in numbers if n]),
        )


def _stored(root: Path, report_id: str) -> StoredReport | None:
    folder = root / report_id
    return read_report_folder(folder) if (folder / "report.json").is_file() else None


def _done_before(data: Path | str, stored: Mapping[str, StoredReport | None]) -> set[tuple[str, str]]:
    """(report, row) of rows that were removed already: their absence is what was asked for."""
    return {
        (report_id, str(entry.get("row", "")))
        for report_id, report in stored.items()
        if report is not None
        for entry in report.document.get("corrections", [])
        if entry.get("action") == "remove"
    }


def _take(
    data: Path | str, root: Path, changes: list[Change], stored: Mapping[str, StoredReport], entered: list[Entered]
) -> None:
    """Ledger first, then folders; whatever fails, the ledger and the folders are put back as they were."""
    touched = sorted({change.report_id for change in changes})
    ledgers = {one: ledger_path(data, one) for one in sorted({*touched, *(each.report_id for each in entered)})}
    before = {report_id: file.read_bytes() if file.is_file() else None for report_id, file in ledgers.items()}
    counts = {report_id: _known(stored[report_id], load_ledger(data, report_id)) for report_id in touched}
    try:
        for change in changes:
            add_correction(
                data, change.report_id, {"row_id": change.row_id}, change.to,
                why=change.why, who=change.who, date=change.date,
            )  # fmt: skip
        for each in entered:
            enter(data, each.report_id, each.entry)
        fresh: dict[str, _Fresh] = {}
        for report_id in touched:
            ledger = load_ledger(data, report_id)
            changed = {change.row_id for change in changes}
            fresh[report_id] = _audited(_applied(stored[report_id], ledger, counts[report_id]), ledger, changed)
        with tempfile.TemporaryDirectory() as trial:  # a row that breaks the schema shows here
            for report_id, new in fresh.items():
                _write(Path(trial), report_id, new)
        for report_id, new in fresh.items():
            _write(root, report_id, new)
    except BaseException:
        _restore(root, ledgers, before, stored)
        raise


def _restore(
    root: Path, ledgers: Mapping[str, Path], before: Mapping[str, bytes | None], stored: Mapping[str, StoredReport]
) -> None:
    for report_id, file in ledgers.items():
        content = before[report_id]
        with contextlib.suppress(OSError):
            if content is None:
                file.unlink(missing_ok=True)
                file.parent.rmdir()  # only when it is empty, that is, when we made it
            elif file.read_bytes() != content:
                with atomic_writes.new_file(file) as new:
                    new.write_bytes(content)
        if report_id not in stored:
            continue
        with contextlib.suppress(OSError, DataError):
            _write(root, report_id, _Fresh.of(stored[report_id]))


@dataclass(frozen=True)
class _Fresh:
    """A report as it is to be written: what is stored, but for rows, findings and what ``report.json`` says of them."""

    stored: StoredReport
    metrics: list[dict[str, Any]]
    findings: list[Any]
    corrections: list[Mapping[str, Any]]
    ledger: str

    @classmethod
    def of(cls, stored: StoredReport) -> _Fresh:
        """The report just as it is stored."""
        document = stored.document
        return cls(stored, stored.metrics, stored.findings, document["corrections"], document.get("ledger", ""))


def _known(stored: StoredReport, ledger: Ledger) -> int:
    """How many entries of the ledger the stored rows have had. Raises LedgerError when that cannot be determined."""
    had = len(stored.document["corrections"])
    if stored.document.get("ledger", "") != ledger.digest and had != len(ledger.corrections):
        raise LedgerError(f"corrections/{stored.report_id}.yaml", "running.correction.ledger_ahead")
    return len(ledger.corrections)


def _applied(stored: StoredReport, ledger: Ledger, known: int) -> _Fresh:
    """The stored rows with the entries that are new; those before were applied when the rows were stored."""
    digest = (stored.document.get("source") or {}).get("digest", "")
    applied = apply_corrections(stored.metrics, ledger.corrections[known:], digest)
    done = [*stored.document["corrections"], *applied.done]
    return replace(_Fresh.of(stored), metrics=list(applied.rows), corrections=done, ledger=ledger.digest)


def _audited(new: _Fresh, ledger: Ledger, changed: set[str]) -> _Fresh:
    """With the findings that the corrected rows give, as taking the document in again would find them.

    Without the text, what was found on it stays, unless it rests on a corrected row.
    """
    text, document = new.stored.text, new.stored.document
    report = None if text is None else read_text(text, name=new.stored.report_id)
    stored = replace(new.stored, metrics=new.metrics)
    context = AuditContext(
        metrics=quantities_of(stored),
        catalogue=load_catalogue(),
        report=report,
        statements=tuple(replace(item, row_id="") for item in statements_of(stored)),  # as ingest has them
        year=int(document["year"]),
        region=str(document["region"]),
        metadata=dict(document["metadata"]),
    )
    found = {item.id: item for item in run_rules(context, None, with_text=report is not None)}
    if report is None:
        on_text = {entry.id for entry in load_rules() if entry.needs_text}
        kept = (item for item in findings_of(stored) if item.rule in on_text or not _rests_on(item, changed))
        found |= {item.id: item for item in kept}
    else:
        for item in report.defects:
            found.setdefault(item.id, item)
    return replace(new, findings=[asdict(item) for item in judge(found.values(), ledger)])


def _rests_on(finding: Finding, rows: set[str]) -> bool:
    return any(piece.row in rows for piece in finding.evidence)


_KNOWN = frozenset(
    {
        "format", "report_id", "region_code", "region", "year", "metadata", "source", "provenance", "counts",
        "sections", "pages", "corrections", "warnings",
    }
)  # fmt: skip


def _write(into: Path, report_id: str, new: _Fresh) -> None:
    document = new.stored.document
    extra = {key: value for key, value in document.items() if key not in _KNOWN}
    if new.ledger:
        extra["ledger"] = new.ledger
    write_report_folder(
        report_id,
        into=into,
        **{name: document[name] for name in ("region", "year", "region_code")},
        **{name: document[name] for name in ("metadata", "source", "provenance", "sections", "warnings")},
        pages=[tuple(page) for page in document["pages"]],
        corrections=new.corrections,
        metrics=new.metrics,
        statements=new.stored.statements,
        findings=new.findings,
        text=new.stored.text,
        extra=extra,
    )
