"""The fictional reports: every planted fault is reported, what holds is confirmed, and nothing else is an error."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from fazhi_analysis.analysis.audit.runner import audit
from fazhi_analysis.model import Finding

SAMPLE = Path(__file__).resolve().parents[3] / "data" / "sample"
TRUTHS = [json.loads(path.read_text(encoding="utf-8")) for path in sorted((SAMPLE / "truth").glob("??????-20??.json"))]
IDS = [truth["report_id"] for truth in TRUTHS]
# The comparison of two years says these, not the audit.
ELSEWHERE = {"year_over_year"}


@pytest.fixture(scope="module")
def audits() -> dict[str, list[Finding]]:
    return {truth["report_id"]: audit(truth["report_id"]) for truth in TRUTHS}


def touches(found: Finding, evidence: list[dict[str, Any]]) -> bool:
    """Whether a finding stands at the places of a truth (a truth without places is met by any)."""
    return not evidence or any(
        piece.start is not None and piece.end is not None and piece.start < place["end"] and place["start"] < piece.end
        for piece in found.evidence
        for place in evidence
    )


def faults() -> list[Any]:
    rows = [
        (truth["report_id"], fault) for truth in TRUTHS for fault in truth["faults"] if fault["where"] not in ELSEWHERE
    ]
    return [pytest.param(report_id, fault, id=f"{report_id}-{fault['id']}") for report_id, fault in rows]


@pytest.mark.parametrize(("report_id", "fault"), faults())
def test_every_planted_fault_is_reported(audits: dict[str, list[Finding]], report_id: str, fault: dict[str, Any]):
    found = [item for item in audits[report_id] if item.rule == fault["rule"] and touches(item, fault["evidence"])]
    severities = {item.severity for item in found}
    if fault["where"] == "structure":
        assert severities & {"warning", "note"}, fault["note"]  # how grave, the reading decides: see tests/reading
    else:
        assert fault["severity"] in severities, fault["note"]


def identities() -> list[Any]:
    rows = [(truth["report_id"], row) for truth in TRUTHS for row in truth["confirmed"]]
    return [pytest.param(report_id, row, id=f"{report_id}-{row['note']}") for report_id, row in rows]


@pytest.mark.parametrize(("report_id", "identity"), identities())
def test_every_identity_that_holds_is_confirmed(
    audits: dict[str, list[Finding]], report_id: str, identity: dict[str, Any]
):
    places = {(row["start"], row["end"]) for row in identity["evidence"]}
    assert any(
        item.rule == identity["rule"]
        and item.severity == "confirmed"
        and places <= {(piece.start, piece.end) for piece in item.evidence}
        for item in audits[report_id]
    ), identity["note"]


@pytest.mark.parametrize("truth", TRUTHS, ids=IDS)
def test_nothing_else_is_an_error(audits: dict[str, list[Finding]], truth: dict[str, Any]):
    planted = [fault for fault in truth["faults"] if fault["severity"] == "error"]
    for item in audits[truth["report_id"]]:
        if item.severity == "error":
            assert any(item.rule == fault["rule"] and touches(item, fault["evidence"]) for fault in planted), item


@pytest.mark.parametrize("truth", TRUTHS, ids=IDS)
def test_figure_warnings_are_planted_too(audits: dict[str, list[Finding]], truth: dict[str, Any]):
    form = {"section_number", "list_marker", "statutory_content", "statutory_time"}
    for item in audits[truth["report_id"]]:
        if item.severity == "warning" and item.rule not in form:
            assert any(item.rule == f["rule"] and touches(item, f["evidence"]) for f in truth["faults"]), item


@pytest.mark.parametrize("truth", TRUTHS, ids=IDS)
def test_traps_raise_no_doubt(audits: dict[str, list[Finding]], truth: dict[str, Any]):
    grave = [item for item in audits[truth["report_id"]] if item.severity in ("error", "warning")]
    meant = [fault for fault in truth["faults"] if fault["severity"] in ("error", "warning")]
    for trap in truth["not_errors"]:
        for item in grave:
            if touches(item, trap["evidence"]):
                assert any(item.rule == fault["rule"] and touches(item, fault["evidence"]) for fault in meant), trap
