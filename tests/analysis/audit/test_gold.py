"""The two annotated reports: what must be confirmed, what must be reported, and what must not be called an error."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from fazhi_analysis.analysis.audit.runner import audit
from fazhi_analysis.model import Finding

BANNER, DISTRICT = "150623-2023", "440311-2021"
FILES = {BANNER: "otog_front_2023", DISTRICT: "guangming_2021"}


def live(shared: Path, report_id: str) -> list[Finding]:
    return audit(shared / "gold" / FILES[report_id] / "report.txt")


@pytest.fixture(params=["rows", "text"])
def banner(request: pytest.FixtureRequest) -> list[Finding]:
    """The audit of the bundled rows, and of the document itself where it is there."""
    if request.param == "rows":
        return audit(BANNER)
    return live(request.getfixturevalue("shared"), BANNER)


def at(found: list[Finding], rule: str, *values: float) -> list[Finding]:
    """Findings of a rule whose evidence holds these values."""
    return [item for item in found if item.rule == rule and set(values) <= {piece.value for piece in item.evidence}]


def test_what_must_be_confirmed(banner: list[Finding]):
    assert [item.severity for item in at(banner, "sum", 4, 76, 80)] == ["confirmed"]
    twice = at(banner, "ratio", 3502, 3536, 99.04)
    assert [item.severity for item in twice] == ["confirmed", "confirmed"]


def test_the_loss_rate_cannot_be_a_share_of_the_cases_beside_it(banner: list[Finding]):
    (found,) = at(banner, "attainable_rate", 16)
    assert found.severity == "warning"
    assert found.message_zh.startswith("按16件算，得不到16%：2件为12.5%，3件为18.75%；")
    assert "可能无误" in found.message_zh


def test_two_rates_fit_neither_count(banner: list[Finding]):
    for rate, near in ((99.98, "3535件为99.97%，3536件为100%"), (99.79, "3528件为99.77%，3529件为99.8%")):
        (found,) = at(banner, "attainable_rate", rate, 3502, 3536)
        assert found.severity == "note"
        assert near in found.message_zh


def test_structure_and_wording(banner: list[Finding]):
    counts = Counter((item.rule, item.severity) for item in banner)
    assert counts["section_number", "warning"] == 1
    assert counts["list_marker", "warning"] == 1
    (twice,) = [item for item in banner if item.rule == "repeated_passage"]
    assert "5个数字" in twice.message_zh
    assert len(at(banner, "odd_wording", 28)) == len(at(banner, "odd_wording", 21)) == 1
    (scopes,) = at(banner, "several_scopes", 223, 150, 318)
    assert "不能相加" in scopes.message_zh
    (plan,) = at(banner, "plan_not_result", 100)
    assert "计划" in plan.message_zh
    (level,) = at(banner, "level_not_change", 16)
    assert "下降到" in level.message_zh


def test_duties(banner: list[Finding]):
    reported = {item.message_zh.partition("。")[0] for item in banner if item.rule.startswith("statutory")}
    assert {
        "按时报送：是",
        "按时公开：无法判断",
        "不足的原因：否",
        "存在的不足：是",
        "主要举措和成效：是",
        "下一年度安排：是",
        "第一责任人履职情况：不充分",
        "报送人大常委会：是",
        "报送党委：无法判断",
        "报送上一级政府：无法判断",
    } == reported


def test_nothing_is_called_an_error(banner: list[Finding]):
    assert [item for item in banner if item.severity == "error"] == []


def test_traps_of_the_banner(banner: list[Finding]):
    doubted = [item for item in banner if item.severity in ("error", "warning")]
    assert not at(doubted, "ratio", 100) + at(doubted, "attainable_rate", 100)  # no base of the joint checks is printed
    assert not at(banner, "sum", 264) + at(banner, "sum", 354)
    assert not [item for item in doubted if {268, 538} & {piece.value for piece in item.evidence}]
    assert not [item for item in doubted if item.rule == "conflicting_values"]


def test_the_district_has_no_false_error(shared: Path):
    rows = [
        json.loads(line)
        for line in (shared / "gold" / FILES[DISTRICT] / "relations.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    figures = {
        row["id"]: (row["start"], row["end"])
        for row in map(
            json.loads,
            (shared / "gold" / FILES[DISTRICT] / "quantities.jsonl").read_text(encoding="utf-8").splitlines(),
        )
    }
    found = live(shared, DISTRICT)
    assert {item.severity for item in found} <= {"confirmed", "note", "warning"}
    assert {item.rule for item in found if item.severity == "warning"} <= {"statutory_content"}
    traps = [row for row in rows if row["implied_by_report"] == "trap"]
    assert traps
    for trap in traps:
        places = {figures[member["id"]] for member in trap["members"] if member.get("id") in figures}
        for item in found:
            reported = {(piece.start, piece.end) for piece in item.evidence}
            assert not (len(places) > 1 and places <= reported), trap


def test_the_district_from_its_rows():
    found = audit(DISTRICT)
    assert {item.rule for item in found if item.severity in ("error", "warning")} == {"statutory_content"}
    reported = {item.message_zh.partition("。")[0] for item in found if item.rule.startswith("statutory")}
    assert {"不足的原因：否", "第一责任人履职情况：是", "按时报送：是"} <= reported


@pytest.mark.parametrize("report_id", [BANNER, DISTRICT])
def test_ids_are_those_of_the_live_audit(shared: Path, report_id: str):
    kept = {item.id: item.severity for item in audit(report_id)}
    now = {item.id: item.severity for item in live(shared, report_id)}
    assert now.items() <= kept.items()
    # One annotated figure is optional: an extraction need not see it.
    assert {name.rpartition("-")[0] for name in kept.keys() - now.keys()} <= {"plan_not_result"}


def test_no_wording_is_kept():
    for report_id in FILES:
        for item in audit(report_id):
            assert not any(piece.text for piece in item.evidence)
