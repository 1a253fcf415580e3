"""The ledger: every human touch on the figures of a report, with who, why, and what guards it.

``DIR/corrections/<report_id>.yaml`` is a list; each entry is one of::

    - correct: {start: 120, end: 124}      # which row: any columns that single it out
      from: {value: 16, label: 败诉率}      # what stands there now; when it does not, ingest stops
      to: {value: 18.75, lower: 18.75, upper: 18.75}
      why: 与当年法院通报核对
      who: 张三
      date: 2024-05-06
      source: 830bfab0...                  # optional: digest of the document that it was made for
    - remove: {start: 300, end: 303}       # a row that is no metric; with from, why, who, date as above
    - judge: ratio-75483cbc                # a finding
      status: dismissed                    # or accepted
      comment: 口径不同
      who: 张三
      date: 2024-05-06
    - sign: 5f3c...                        # digest of the figures that a person signs (see dataset.signatures)
      who: 张三
      date: 2024-05-06
      note: 与各科室核对过                   # optional
    - judge: follow_up-1b90c2de            # the verdict on a promise
      status: changed                      # or accepted
      verdict: kept                        # what the person holds it to be
      later: 2024                          # the year by whose report it was judged
      comment: 见县司法局通报
      who: 张三
      date: 2024-05-06

It lies beside the reports and not in them, so that taking a report in again never loses it.
"""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import yaml

from fazhi_analysis.dataset import atomic_writes
from fazhi_analysis.dataset.cells import is_missing
from fazhi_analysis.dataset.correcting import matching, plain, with_interval
from fazhi_analysis.dataset.ledger_entries import (
    FOLLOWED,
    Correction,
    Judgement,
    Rectification,
    Row,
    Signature,
    entry_problems,
    make_correction,
    make_judgement,
    make_rectification,
    make_signature,
)
from fazhi_analysis.dataset.report_ids import check_report_id
from fazhi_analysis.dataset.storage import read_report_folder, reports_folder
from fazhi_analysis.dataset.yaml_files import read_yaml
from fazhi_analysis.errors import LedgerError
from fazhi_analysis.messages import Message
from fazhi_analysis.model import Finding


@dataclass(frozen=True, slots=True)
class Ledger:
    """All entries about one report, in the order of the file; ``digest`` is that of the file (empty: no file)."""

    corrections: tuple[Correction, ...] = ()
    judgements: tuple[Judgement, ...] = ()
    signatures: tuple[Signature, ...] = ()
    rectifications: tuple[Rectification, ...] = ()
    digest: str = ""


def ledger_path(data: Path | str, report_id: str) -> Path:
    """File that holds the entries about a report.

    >>> ledger_path("data", "150623-2023").as_posix()
    'data/corrections/150623-2023.yaml'
    """
    return ledger_folder(data) / f"{check_report_id(report_id)}.yaml"


def ledger_folder(data: Path | str) -> Path:
    """Folder of the ledgers, beside that of the reports."""
    root = reports_folder(data, create=True)
    return (root.parent if root.name == "reports" else root) / "corrections"


def load_ledger(data: Path | str, report_id: str) -> Ledger:
    """Entries about a report; an empty ledger when there is no file. Raises LedgerError listing all that is wrong."""
    path = ledger_path(data, report_id)
    place = f"corrections/{path.name}"
    try:
        entries, content = read_yaml(path)
    except FileNotFoundError:
        return Ledger()
    except ValueError as error:
        raise LedgerError(place, "dataset.ledger.not_yaml", reason=str(error)) from None
    entries = entries or []
    if not isinstance(entries, list):
        raise LedgerError(place, "dataset.ledger.not_list")
    problems: list[Message] = []
    corrections: list[Correction] = []
    judgements: list[Judgement] = []
    signatures: list[Signature] = []
    rectifications: list[Rectification] = []
    for number, entry in enumerate(entries, start=1):
        found = [
            Message("dataset.ledger.in_entry", number=number, problem=problem) for problem in entry_problems(entry)
        ]
        problems += found
        if found:
            continue
        where = Message("dataset.ledger.entry", file=place, number=number)
        if "judge" in entry:
            judgements.append(make_judgement(entry, where))
        elif "sign" in entry:
            signatures.append(make_signature(entry))
        elif "rectify" in entry:
            rectifications.append(make_rectification(entry))
        else:
            corrections.append(make_correction(entry, where))
    if problems:
        raise LedgerError(place, "dataset.ledger.problems", problems=problems)
    digest = hashlib.sha256(content).hexdigest()
    return Ledger(tuple(corrections), tuple(judgements), tuple(signatures), tuple(rectifications), digest)


def judge(findings: Iterable[Finding], ledger: Ledger) -> list[Finding]:
    """Findings with the status and comment that a person gave them.

    >>> found = Finding("sum-1", "sum", "error", "不等", "unequal")
    >>> dismissed = Judgement("sum-1", "dismissed", "口径不同", "张三", "2024-05-06")
    >>> judge([found], Ledger(judgements=(dismissed,)))[0].status
    'dismissed'
    """
    by_id = {judgement.finding: judgement for judgement in ledger.judgements}
    return [
        replace(found, status=by_id[found.id].status, comment=by_id[found.id].comment) if found.id in by_id else found
        for found in findings
    ]


def unanswered(findings: Iterable[Finding], ledger: Ledger) -> list[Judgement]:
    """Judgements about findings that are not among these; those of verdicts on promises are of another kind."""
    known = {found.id for found in findings}
    return [
        entry for entry in ledger.judgements if entry.finding not in known and not entry.finding.startswith(FOLLOWED)
    ]


def add_correction(
    data: Path | str,
    report_id: str,
    row: Row,
    to: Row | None,
    *,
    why: str,
    who: str,
    date: str | None = None,
) -> Correction:
    """Record a correction of a stored row; ``to`` None removes the row. The next ``ingest`` applies it.

    ``row`` singles the row out by any columns (``{"start": 120}``, ``{"row_id": "..."}``). What stands there now and
    the digest of the source are recorded as the expectation. A new ``indicator_id`` brings the indicator's name,
    unless ``to`` gives a ``label``. Raises LedgerError when it fits no stored row or several, and when a new value lies
    outside the interval of a figure that is not exact and ``to`` gives no ``lower`` and ``upper``: nothing is recorded.
    """
    stored = read_report_folder(reports_folder(data) / check_report_id(report_id))
    probe = Correction("correct", row, {}, to or {}, why, who, "", place=f"corrections/{report_id}.yaml")
    found = stored.metrics[matching(stored.metrics, probe)]
    names = list(to) if to is not None else ["value", "label"]
    by = {name: found[name] for name in ("start", "end") if not is_missing(found[name])} or {"label": found["label"]}
    entry: dict[str, Any] = {"correct" if to is not None else "remove": by}
    entry["from"] = {name: plain(found.get(name)) for name in names}
    if to is not None:
        entry["to"] = {name: plain(value) for name, value in to.items()}
    entry |= {"why": why, "who": who, "date": date or datetime.date.today().isoformat()}
    digest = (stored.document.get("source") or {}).get("digest", "")
    if digest:
        entry["source"] = digest
    if not any(entry_problems(entry)):
        with_interval(found, probe)  # refused now, not by the next ingest
    add_entry(data, report_id, entry)
    return load_ledger(data, report_id).corrections[-1]


def add_judgement(
    data: Path | str, report_id: str, finding: str, status: str, *, comment: str, who: str, date: str | None = None
) -> Judgement:
    """Record what a person says about a finding: ``accepted`` or ``dismissed``, with a comment."""
    return add_verdict(data, report_id, Judgement(finding, status, comment, who, date or ""))


def add_verdict(data: Path | str, report_id: str, judgement: Judgement) -> Judgement:
    """Record what a person says about the verdict on a promise: ``accepted`` or ``changed``, to which, and why."""
    about = {key: value for key, value in (("verdict", judgement.verdict), ("later", judgement.later)) if value}
    entry = {"judge": judgement.finding, "status": judgement.status} | about
    entry |= {"comment": judgement.comment, "who": judgement.who}
    add_entry(data, report_id, entry | {"date": judgement.date or datetime.date.today().isoformat()})
    return load_ledger(data, report_id).judgements[-1]


def add_entry(data: Path | str, report_id: str, entry: Mapping[str, Any]) -> None:
    """Append an entry to the ledger of a report. Raises LedgerError listing all that is wrong with it."""
    path = ledger_path(data, report_id)
    place = f"corrections/{path.name}"
    problems = list(entry_problems(entry))
    if problems:
        raise LedgerError(place, "dataset.ledger.problems", problems=problems)
    load_ledger(data, report_id)  # an unreadable ledger is not written over
    before = path.read_bytes() if path.is_file() else b""
    block = yaml.safe_dump([dict(entry)], allow_unicode=True, sort_keys=False, width=1000).encode("utf-8")
    with atomic_writes.new_file(path) as new:
        new.write_bytes(before + (b"\n" if before and not before.endswith(b"\n") else b"") + block)
