"""What the rules say about themselves, and what is made of it."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import fazhi_analysis
from fazhi_analysis.analysis.audit_rulebook import load_rules, rule_of
from fazhi_analysis.analysis.doubts import doubted_rows
from fazhi_analysis.analysis.following.figures import doubts_of
from fazhi_analysis.model import Evidence, Finding
from fazhi_analysis.presenting.wording.naming import rule_name
from fazhi_analysis.presenting.wording.page_texts import Words

PIECES = (Evidence(row="a:m1", value=9.0), Evidence(row="a:m2", value=4.0), Evidence(row="a:m3", value=6.0))


def found(rule: str, severity: str = "warning") -> Finding:
    return Finding("x", rule, severity, "", "", PIECES)  # type: ignore[arg-type]


def test_every_rule_is_of_one_lane() -> None:
    lanes = {lane: [rule.id for rule in load_rules() if rule.lane == lane] for lane in ("figures", "form", "duties")}
    assert lanes["duties"] == ["statutory_content", "statutory_time"]
    assert {"section_number", "missing_title", "repeated_passage", "reused_text"} <= set(lanes["form"])
    assert {"ratio", "bounds", "odd_wording", "claimed_change"} <= set(lanes["figures"])
    assert sum(map(len, lanes.values())) == len(list(load_rules()))


def test_what_reading_finds_has_a_rule_about_form() -> None:
    source = (Path(fazhi_analysis.__file__).parent / "reading" / "defects.py").read_text(encoding="utf-8")
    named = set(re.findall(r'make_finding\("(\w+)"', source))
    assert len(named) > 5
    assert {name: rule_of(name).lane for name in named} == dict.fromkeys(named, "form")
    assert named <= {rule.id for rule in load_rules()}


def test_a_rule_says_which_figures_its_findings_doubt() -> None:
    assert set(doubted_rows([found("ratio")])) == {"a:m1", "a:m2", "a:m3"}
    assert set(doubted_rows([found("attainable_rate")])) == set(doubts_of([found("attainable_rate")])) == {"a:m1"}
    assert set(doubted_rows([found("claimed_change")])) == {"a:m1", "a:m2", "a:m3"}
    assert doubts_of([found("claimed_change")]) == {}  # one of three is wrong, and each may be right
    assert doubted_rows([found("repeated_passage")]) == doubts_of([found("statutory_content")]) == {}


def test_a_rule_says_to_which_value_the_others_lead() -> None:
    total = {row: value for row, ((_, value),) in doubts_of([found("sum", "error")]).items()}
    assert total == {"a:m1": 10.0, "a:m2": None, "a:m3": None}
    rate = {row: value for row, ((_, value),) in doubts_of([found("ratio", "error")]).items()}
    assert rate["a:m1"] == 100 * 4 / 6
    assert doubts_of([found("bounds", "error")])["a:m1"] == (("x", None),)


def test_a_rule_that_needs_the_year_before_says_so(tmp_path: Path) -> None:
    sample = fazhi_analysis.bundled_data() / "sample" / "reports"
    found: set[str] = set()
    for later in sorted(sample.glob("*-202[1-4]")):
        shutil.copytree(later, tmp_path / "reports" / later.name)
        alone = {item.id for item in fazhi_analysis.audit(later.name, data=tmp_path)}
        shutil.rmtree(tmp_path / "reports")
        found |= {item.rule for item in fazhi_analysis.audit(later.name, data=sample.parent) if item.id not in alone}
    assert found >= {"magnitude", "reused_text"}
    assert {rule.id for rule in load_rules() if rule.across_years} >= found


def test_a_rule_that_is_no_longer_installed_is_called_by_its_id() -> None:
    assert [rule_name(found("gone"), Words(lang)) for lang in ("zh", "en")] == ["gone", "gone"]
    assert set(doubted_rows([found("gone")])) == {"a:m1", "a:m2", "a:m3"}
    assert "gone" not in {rule.id for rule in load_rules()}
