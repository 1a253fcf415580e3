"""Twenty-two real reports of a neighbouring genre: every grave finding was read by a person, and the verdict kept.

``work_report_verdicts.csv`` holds digest of the document, place of the figure, rule, severity at which it was (or once
was) given, and what reading it showed: ``right``, or ``wrong`` for an alarm that must not come back. No sentences.
"""

from __future__ import annotations

import csv
import hashlib
from pathlib import Path

import pytest

from fazhi_analysis.analysis.audit.runner import audit
from fazhi_analysis.model import Finding

VERDICTS = list(csv.DictReader(Path(__file__).with_name("work_report_verdicts.csv").open(encoding="utf-8")))


@pytest.fixture(scope="module")
def audits(shared: Path) -> dict[str, list[Finding]]:
    return {
        hashlib.sha256(path.read_bytes()).hexdigest(): audit(path)
        for path in sorted((shared / "corpus").glob("work_report_*.txt"))
    }


def grave(found: list[Finding], *severities: str) -> set[tuple[int | None, str, str]]:
    return {(item.evidence[0].start, item.rule, item.severity) for item in found if item.severity in severities}


def test_fewer_than_one_error_a_report(audits: dict[str, list[Finding]]):
    assert len(audits) == 22
    errors = sum(item.severity == "error" for found in audits.values() for item in found)
    assert errors < len(audits)


def test_every_grave_finding_was_read_and_found_right(audits: dict[str, list[Finding]]):
    right = {(row["digest"], int(row["start"]), row["rule"]) for row in VERDICTS if row["verdict"] == "right"}
    for digest, found in audits.items():
        for start, rule, severity in grave(found, "error", "warning"):
            assert (digest, start, rule) in right, (digest, start, rule, severity)


def test_refuted_alarms_do_not_come_back(audits: dict[str, list[Finding]]):
    refuted = [row for row in VERDICTS if row["verdict"] == "wrong"]
    assert refuted
    for row in refuted:
        reported = {(start, rule) for start, rule, _ in grave(audits[row["digest"]], "error", "warning")}
        assert (int(row["start"]), row["rule"]) not in reported, row


def test_no_duty_is_held_against_another_genre(audits: dict[str, list[Finding]]):
    assert not [item for found in audits.values() for item in found if item.rule.startswith("statutory")]


def test_the_verdicts_hold_no_sentences():
    for row in VERDICTS:
        assert set(row) == {"digest", "start", "rule", "severity", "verdict", "why"}
        assert len(row["digest"]) == 64
        assert row["verdict"] in ("right", "wrong")
        assert sum("一" <= sign <= "鿿" for sign in row["why"]) <= 3
