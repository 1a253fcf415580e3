"""The audit of a stored report: its rows, its text where that was kept, the year before, and people's judgements."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

from fazhi_analysis.analysis.audit.applying import place, run_rules
from fazhi_analysis.analysis.audit.context import AuditContext
from fazhi_analysis.catalogue import load_catalogue
from fazhi_analysis.catalogue.chosen_place import Given
from fazhi_analysis.catalogue.succession import succession
from fazhi_analysis.dataset.ledger import judge, load_ledger
from fazhi_analysis.dataset.loading import data_roots
from fazhi_analysis.dataset.printed_place import noted_identity, printed_place
from fazhi_analysis.dataset.report_folders import find_folder
from fazhi_analysis.dataset.report_ids import REPORT_ID, document_of, document_suffix, make_report_id, year_of
from fazhi_analysis.dataset.storage import StoredReport, read_report_folder, reports_folder
from fazhi_analysis.errors import DataError
from fazhi_analysis.model import Answer, Evidence, Finding, Metadata, Part, Quantity, Statement

_CLAUSE_ENDS = "，。；：！？,;|"


def year_before(folder: Path) -> Path | None:
    """Folder of the same body's nearest earlier report of the same kind in the same data folder, or None.

    A place that was renamed or got another code is the same place; its own code goes before the others in one year.
    """
    place, _, rest = folder.name.partition("-")
    year = int(rest[:4])
    codes = [place, *(code for code in succession().series_codes(place) if code != place)]
    kind = document_of(folder.name)
    mark = f"-{document_suffix(kind)}".rstrip("-")
    for code in codes:
        likely = folder.parent / f"{code}-{year - 1}{mark}"
        if likely.is_dir():
            return likely  # no need to list a store of thousands
    earlier = [
        path
        for path in folder.parent.iterdir()
        if path.name.partition("-")[0] in codes
        and REPORT_ID.fullmatch(path.name)
        and year_of(path.name) < year
        and document_of(path.name) == kind
    ]
    rank = {code: -number for number, code in enumerate(codes)}
    return max(
        earlier,
        key=lambda path: (year_of(path.name), rank[path.name.partition("-")[0]], -len(path.name)),
        default=None,
    )


def stored_as(metadata: Metadata, data: Any = None) -> list[Path]:
    """Where a document's report would lie in each data folder: under its place's code, or that of a body without one.

    Empty where the document does not name its place or year.

    >>> stored_as(Metadata(year=2024, region="云岭省望溪市砚桥县", region_code="990124"))[0].name
    '990124-2024'
    >>> stored_as(Metadata(year=2024, issuer="砚桥县司法局", region="云岭省望溪市砚桥县"))[0].name
    'x7a161e7a-2024'
    >>> stored_as(Metadata(year=2024))
    []
    """
    if metadata.year is None:
        return []
    try:
        place = printed_place(metadata, metadata.title)
    except DataError:  # it names no place, or one that fits several
        return []
    suffix = document_suffix(metadata.doc_kind, metadata.doc_kind_from)
    name = make_report_id(place.region, place.code, metadata.year, suffix)
    return [root / name for root in data_roots(data)]


def earlier_of(metadata: Metadata, data: Any = None) -> dict[str, Any]:
    """Fields of the context about the same place's nearest earlier report in a data folder; may be empty.

    >>> earlier_of(Metadata(year=2024, region="内蒙古自治区云泽盟霁原旗", region_code="159928"))["earlier_year"]
    2023
    """
    found: Path | None = None
    for folder in stored_as(metadata, data):
        found = year_before(folder) or found
    return _earlier(found)


def year_before_of(report_id: str, data: Any) -> dict[str, Any]:
    """Fields of the context about the nearest earlier report beside the one of this id, which need not be stored yet.

    >>> year_before_of("159928-2024", "data/sample")["earlier_year"], year_before_of("159928-2024", "no such folder")
    (2023, {})
    """
    root = reports_folder(data, create=True)
    return _earlier(year_before(root / report_id)) if root.is_dir() else {}


def judged_as_stored(findings: list[Finding], metadata: Metadata, data: Any = None) -> list[Finding]:
    """Findings on a document with the judgements of those of the same stored report; the later data folder counts."""
    stored = [folder for folder in stored_as(metadata, data) if (folder / "report.json").is_file()]
    return judge(findings, load_ledger(stored[-1].parent.parent, stored[-1].name)) if stored else findings


def _earlier(folder: Path | None) -> dict[str, Any]:
    if folder is None:
        return {}
    stored = read_report_folder(folder)
    year = int(stored.document["year"])
    texts = {year: stored.text} if stored.text is not None else {}
    return {"earlier": quantities_of(stored), "earlier_year": year, "texts": texts}


def clause_at(text: str, start: int, end: int) -> str:
    """The clause that a figure stands in, without line breaks.

    >>> clause_at("一是抽查案卷300件，合格285件。", 12, 16)
    '合格285件'
    """
    first = max(text.rfind(sign, 0, start) for sign in _CLAUSE_ENDS) + 1
    last = min((place for sign in _CLAUSE_ENDS if (place := text.find(sign, end)) >= 0), default=len(text))
    return re.sub(r"\s*\n\s*", "", text[first:last]).strip()


def quantities_of(stored: StoredReport) -> tuple[Quantity, ...]:
    """Stored metric rows as quantities; ``text`` and a missing quote come from the kept text, empty without one."""
    names = {item.name for item in fields(Quantity)} - {"text"}
    rows = []
    for row in stored.metrics:
        values = {name: row[name] for name in names if name in row}
        start, end = row["start"], row["end"]
        printed = stored.text[start:end] if stored.text is not None and start is not None else ""
        place = {"start": -1 if start is None else start, "end": -1 if end is None else end}
        if printed and not values.get("quote"):
            values["quote"] = clause_at(stored.text or "", start, end)
        rows.append(Quantity(**{**values, **place, "text": printed}))
    return tuple(rows)


def statements_of(stored: StoredReport) -> tuple[Statement, ...]:
    """Stored statements as objects of the model."""
    names = {item.name for item in fields(Statement)}
    return tuple(
        Statement(
            **{
                **{name: row[name] for name in names if name in row},
                "parts": tuple(Part(part["text"], part["start"], part["end"]) for part in row["parts"]),
                "answers": tuple(Answer(answer["problem"], answer["strength"]) for answer in row["answers"]),
            }
        )
        for row in stored.statements
    )


def findings_of(stored: StoredReport) -> tuple[Finding, ...]:
    """Stored findings as objects of the model."""
    names = {item.name for item in fields(Finding)} - {"evidence"}
    keys = {item.name for item in fields(Evidence)}
    return tuple(
        Finding(
            **{name: row[name] for name in names if name in row},
            evidence=tuple(Evidence(**{k: v for k, v in item.items() if k in keys}) for item in row["evidence"]),
        )
        for row in stored.findings
    )


def _rests_on_earlier(item: Finding, report_id: str) -> bool:
    return any(piece.row and not piece.row.startswith(f"{report_id}:") for piece in item.evidence)


def audit_stored(
    report_id: str, data: Any = None, rules: Iterable[str] | None = None
) -> tuple[dict[str, Any], list[Finding]]:
    """Header and findings of a stored report.

    Rules that need the text run on it where it was kept; otherwise the findings stored with the report stand for them.
    Judgements that people recorded in the ledger are applied. Raises UnknownNameError for an unknown report or rule.

    >>> header, findings = audit_stored("150623-2023")
    >>> header["region"], any(item.rule == "ratio" and item.severity == "confirmed" for item in findings)
    ('内蒙古自治区鄂托克前旗', True)
    """
    folder = find_folder(report_id, data)
    stored = read_report_folder(folder)
    context = stored_context(folder, stored)
    wanted = None if rules is None else set(rules)
    found = {item.id: item for item in run_rules(context, wanted, with_text=context.report is not None)}
    if context.report is None and stored.findings:
        # The document was audited when it was at hand: that stands, and the year before is all that can be added.
        kept = {item.id: item for item in findings_of(stored) if wanted is None or item.rule in wanted}
        found = {key: item for key, item in found.items() if _rests_on_earlier(item, report_id)} | kept
    judged = judge(found.values(), load_ledger(folder.parent.parent, report_id))
    header = {
        **{key: stored.document[key] for key in ("report_id", "region_code", "region", "year")},
        "metadata": stored.document["metadata"],
        "source": stored.document["source"],
    }
    return header, sorted((replace(item, report_id=report_id) for item in judged), key=place)


def stored_context(folder: Path, stored: StoredReport) -> AuditContext:
    """What the rules may look at in a stored report: its rows, its text where that was kept, the year before."""
    report, report_id = None, folder.name
    if stored.text is not None:
        from fazhi_analysis.reading import read_text
        from fazhi_analysis.reading.reader import with_given

        year = int(stored.document["year"])
        report = with_given(read_text(stored.text, name=report_id), Given(year=year))
    return AuditContext(
        metrics=quantities_of(stored),
        catalogue=load_catalogue(),
        report=report,
        statements=statements_of(stored),
        year=int(stored.document["year"]),
        region=str(stored.document["region"]),
        report_id=report_id,
        metadata={**stored.document["metadata"], **noted_identity(stored.document)},
        **_earlier(year_before(folder)),
    )
