"""English messages have English words, numerals and punctuation; only a label outside the catalogue stays Chinese."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from fazhi_analysis._paths import bundled_data
from fazhi_analysis.analysis.audit import audit
from fazhi_analysis.dataset.loading import load_findings, load_metrics
from fazhi_analysis.model import Finding

DATA = bundled_data()
CHINESE = re.compile(r"[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]+")
TEXTS = sorted((DATA / "sample" / "texts").iterdir())


@pytest.fixture(scope="module")
def labels() -> set[str]:
    tables = (load_metrics(DATA), load_metrics(DATA / "sample"))
    return {str(label) for table in tables for label in table["label"]}


def foreign(message: str, labels: set[str]) -> list[str]:
    for label in sorted(labels, key=len, reverse=True):
        if label:
            message = message.replace(label, "")
    return [found for found in CHINESE.findall(message) if found not in ("余", "万")]


@pytest.mark.parametrize("path", TEXTS, ids=[path.stem for path in TEXTS])
def test_an_audited_text_is_worded_in_english(path: Path, labels: set[str]) -> None:
    findings: list[Finding] = list(audit(path, data=DATA / "sample"))
    assert findings
    assert [item.message_en for item in findings if foreign(item.message_en, labels)] == []


def test_stored_findings_are_worded_in_english(labels: set[str]) -> None:
    for data in (DATA, DATA / "sample"):
        messages = load_findings(data)["message_en"].astype(str)
        assert [message for message in messages if foreign(message, labels)] == []


def test_english_counts_what_the_indicator_counts() -> None:
    found = load_findings(DATA / "sample")
    sums = found[(found["report_id"] == "990124-2024") & (found["rule"] == "sum")]["message_en"].astype(str)
    assert "58 suggestions + 109 proposals = 167, which agrees with 167 items." in set(sums)


def test_a_jump_names_its_indicator_in_english() -> None:
    found = [item for item in audit("990124-2024", data=DATA / "sample") if item.rule == "magnitude"]
    assert found
    assert all(item.message_en.startswith("Fines and confiscations: 296.5 yuan against 3.184 mill") for item in found)
