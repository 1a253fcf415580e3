"""What the ledgers of some reports hold beside their figures: who judged what, and corrections not applied."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from fazhi_analysis.analysis.following.verdict_judgements import ledgers
from fazhi_analysis.analysis.stored_rows import ReportRow
from fazhi_analysis.dataset.ledger_entries import Correction, Judgement


def judgements(reports: Iterable[ReportRow], data: Any) -> dict[str, Judgement]:
    """The last judgement of each finding, and of each verdict on a promise, by its id.

    >>> judgements([], None)
    {}
    """
    ledger_of = ledgers(data)
    return {entry.finding: entry for report in reports for entry in ledger_of(report["report_id"]).judgements}


def waiting_corrections(reports: Iterable[ReportRow], data: Any) -> dict[str, list[Correction]]:
    """Corrections that stand in the ledger and not in the figures, by report: nobody took the report in since, or the
    correction did not fit and nothing was changed.

    >>> waiting_corrections([], None)
    {}
    """
    ledger_of = ledgers(data)
    found = {}
    for report in reports:
        applied = report["corrections"] or []
        left = [entry for entry in ledger_of(report["report_id"]).corrections if not _is_among(entry, applied)]
        if left:
            found[report["report_id"]] = left
    return found


def _is_among(entry: Correction, applied: Iterable[Mapping[str, Any]]) -> bool:
    """Whether a correction is one of those that a report was stored with."""
    signed = {"action": entry.action, "why": entry.why, "who": entry.who, "date": entry.date}
    return any(
        all(str(one[name]) == str(text) for name, text in signed.items())
        and all(one["to"].get(name) == value for name, value in entry.new.items())
        for one in applied
    )
