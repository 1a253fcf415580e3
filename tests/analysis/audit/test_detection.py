"""Planted faults: how many the audit finds. A sample in the ordinary suite, a thousand at night."""

from __future__ import annotations

import re
from pathlib import Path

import audit_detection
import pytest

from synthetic import KINDS

ROOT = Path(__file__).resolve().parents[3]
ARITHMETIC = [name for name, kind in KINDS.items() if kind.arithmetic]
LEAST = 0.95


def test_a_sample_of_planted_faults_is_found():
    result = audit_detection.detect(2 * len(KINDS), seed=7)
    assert set(result.planted) == set(KINDS)
    assert sum(result.found.values()) >= LEAST * sum(result.planted.values()), result.missed
    assert result.stray == []


def test_a_sample_of_clean_reports_raises_no_error():
    errors, doubts, rules = audit_detection.false_alarms(30, seed=7)
    assert errors == 0, rules
    assert doubts <= 1, rules


@pytest.mark.nightly
def test_a_thousand_planted_faults():
    result = audit_detection.detect(1000, seed=20)
    for name in ARITHMETIC:
        assert result.rate(name) >= LEAST, (name, [line for line in result.missed if line.startswith(name)])
    assert len(result.stray) <= 10, result.stray


@pytest.mark.nightly
def test_a_thousand_clean_reports():
    errors, _, rules = audit_detection.false_alarms(1000, seed=20)
    assert errors <= 10, rules


def test_the_published_rates_keep_what_is_promised():
    page = (ROOT / "docs" / "audit-detection.md").read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| (\w+) \|.*\| ([\d.]+)% \| \d+ \|$", page, re.MULTILINE))
    assert set(rows) == set(KINDS)
    for name in ARITHMETIC:
        assert float(rows[name]) >= 100 * LEAST, name
    counts = re.findall(r"^\| \w+ \|.*?\| (\d+) \| (\d+) \| [\d.]+% \|", page, re.MULTILINE)
    assert sum(int(planted) for planted, _ in counts) == 1000
    (share,) = re.findall(r"有“错误”的 \d+ 份（([\d.]+)%）", page)
    assert float(share) <= 1.0
