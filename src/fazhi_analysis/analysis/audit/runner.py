"""Run the rules over a document, an extraction, or a stored report."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypedDict, Unpack

from fazhi_analysis.analysis.audit.applying import run_rules
from fazhi_analysis.analysis.audit.context import AuditContext
from fazhi_analysis.catalogue import load_catalogue
from fazhi_analysis.errors import UsageError
from fazhi_analysis.model import Finding, Report

if TYPE_CHECKING:
    from fazhi_analysis.extracting import Extraction


def audit_extraction(extraction: Extraction, rules: Iterable[str] | None = None, **more: Any) -> list[Finding]:
    """Findings of every rule on one extraction, worst first; ``more`` are further fields of the context."""
    return run_rules(context_of(extraction, **more), rules)


def context_of(extraction: Extraction, **more: Any) -> AuditContext:
    """What the rules may look at in one extraction; ``more`` are further fields."""
    report = extraction.report
    return AuditContext(
        metrics=tuple(extraction.metrics),
        catalogue=load_catalogue(),
        report=report,
        statements=tuple(extraction.statements),
        year=report.metadata.year,
        region=report.metadata.region,
        metadata=asdict(report.metadata),
        **more,
    )


class GivenOptions(TypedDict, total=False):
    """What a user says of a document: the place or body, its division code, the year."""

    region: str | None
    code: str | None
    year: int | None


def audit(
    target: object, data: object = None, rules: Iterable[str] | None = None, **given: Unpack[GivenOptions]
) -> list[Finding]:
    """Findings on a report: what cannot be right, what is doubtful, what to note, and what was confirmed.

    Parameters
    ----------
    target:
        A path, a :class:`~fazhi_analysis.model.Report`, an extraction, or the id of a stored report.
    data:
        Data folder(s) for a stored report (the bundled data by default). For a document: where to look for the same
        place's report of the year before and for judgements of the findings; without it the document is audited alone.
    rules:
        Rule ids; all by default.
    given:
        ``region``, ``code`` and ``year`` of a path, where the document does not say them, or says them wrongly.

    Returns
    -------
    list of Finding
        Worst first, then in text order. Ids are stable for the same input.

    Raises
    ------
    UnknownNameError
        A rule or a report that does not exist.
    ReadError
        A file that cannot be read.
    UsageError
        For ``given`` with something else than a path.

    >>> from fazhi_analysis.reading import read_text
    >>> report = read_text("2023年，接待来访56批43人次。")
    >>> [(item.rule, item.severity) for item in audit(report, rules=["part_exceeds_whole"])]
    [('part_exceeds_whole', 'error')]
    """
    return audit_target(target, data=data, rules=rules, **given)[1]


def audit_target(
    target: object, data: object = None, rules: Iterable[str] | None = None, **given: Unpack[GivenOptions]
) -> tuple[dict[str, Any], list[Finding]]:
    """Like :func:`audit`, together with a header that describes the report (as the JSON output shows it)."""
    extraction = extraction_of(target, **given)
    if extraction is None:
        from fazhi_analysis.analysis.audit.stored_reports import audit_stored  # a document alone needs no store

        return audit_stored(str(target), data, rules)
    header = {**asdict(extraction.report.metadata), "name": extraction.report.source.name}
    if data is not None:
        from fazhi_analysis.analysis.audit.stored_reports import earlier_of, judged_as_stored

        metadata = extraction.report.metadata
        more = earlier_of(metadata, data)
        return header, judged_as_stored(audit_extraction(extraction, rules, **more), metadata, data)
    return header, audit_extraction(extraction, rules)


def extraction_of(target: object, **given: Unpack[GivenOptions]) -> Extraction | None:
    """What a document at hand holds (a path, a report, an extraction); None for the id of a stored report.

    Raises UsageError for ``given`` with something else than a path.
    """
    from fazhi_analysis.extracting import Extraction, extract
    from fazhi_analysis.reading import read_report

    is_path = not isinstance(target, (Extraction, Report)) and bool(
        Path(str(target)).is_file() or Path(str(target)).suffix
    )
    if any(value is not None for value in given.values()) and not is_path:
        raise UsageError("--region/--code/--year", "cli.given.of_stored")
    if isinstance(target, Extraction):
        return target
    if isinstance(target, Report):
        return extract(target)
    return extract(read_report(Path(str(target)), **given)) if is_path else None
