"""The pages about the audit are generated, and in step with the code."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path

import build_rules_doc

from fazhi_analysis.analysis.audit import load_rules

DOCS = Path(__file__).resolve().parents[3] / "docs"


def test_the_page_of_rules_is_what_the_script_writes():
    assert (DOCS / "rules.md").read_text(encoding="utf-8") == build_rules_doc.page()


def test_every_rule_says_all_that_a_reader_must_know():
    for rule in load_rules():
        for field in dataclasses.fields(rule.zh):
            assert len(getattr(rule.zh, field.name)) >= (2 if field.name == "short" else 4), (rule.id, field.name)
            assert re.search("[\u4e00-\u9fff]", rule.zh.short), rule.id


def test_every_rule_says_it_in_english_too():
    for rule in load_rules():
        for field in dataclasses.fields(rule.en):
            text = re.sub("“[^”]*”|万", "", getattr(rule.en, field.name))
            assert len(text) >= 3, (rule.id, field.name)
            assert not re.search("[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]", text), (rule.id, text)


def test_prior_work_is_set_beside_ours():
    page = (DOCS / "audit-prior-work.md").read_text(encoding="utf-8")
    for name in ("GRIM", "KIROGOVCOMPARE", *(f"T{number}" for number in range(1, 10))):
        assert name in page
