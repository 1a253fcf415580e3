"""Each rule, where it must speak and where it must not, as data in ``rule_cases.yaml`` and ``hard_cases.yaml``."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from syrupy.assertion import SnapshotAssertion

from fazhi_analysis.analysis.audit import load_rules
from fazhi_analysis.analysis.audit.applying import run_rules
from fazhi_analysis.analysis.audit.context import AuditContext
from fazhi_analysis.analysis.audit.runner import audit_extraction
from fazhi_analysis.catalogue import load_catalogue
from fazhi_analysis.errors import UnknownNameError
from fazhi_analysis.extracting import extract
from fazhi_analysis.model import Finding, Quantity
from fazhi_analysis.reading import read_text

_FILES = ("rule_cases.yaml", "hard_cases.yaml", "edge_cases.yaml")
CASES: list[dict[str, Any]] = [
    case
    for name in _FILES
    for case in yaml.load(Path(__file__).with_name(name).read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
]
DUTIES = {"statutory_content", "statutory_time"}
_YEAR = 2024
_WITH_A_READING = ("ratio", "sum", "magnitude", "claimed_change", "attainable_rate", "conflicting_values")


_KNOWN: dict[str, list[Finding]] = {}


def findings_of(case: dict[str, Any]) -> list[Finding]:
    """As ``audited``, once for each case."""
    if case["name"] not in _KNOWN:
        _KNOWN[case["name"]] = audited(case)
    return _KNOWN[case["name"]]


def audited(case: dict[str, Any]) -> list[Finding]:
    """The audit of a case's text as the report on 2024, beside that of 2023 where the case has one."""
    report = read_text(f"甲县{_YEAR}年法治政府建设年度报告\n\n{case['text']}", name="例")
    more: dict[str, Any] = {}
    if "earlier" in case:
        before = extract(read_text(f"甲县{_YEAR - 1}年法治政府建设年度报告\n\n{case['earlier']}", name="上年"))
        texts = {_YEAR - 1: before.report.text}
        more = {"earlier": tuple(before.metrics), "earlier_year": _YEAR - 1, "texts": texts}
    return audit_extraction(extract(report), **more)


def fits(found: Finding, wanted: dict[str, Any]) -> bool:
    """Whether a finding is of the rule, severity and figures that a case names."""
    figures = {re.sub(r"\s", "", item.text) for item in found.evidence}
    return (
        found.rule == wanted["rule"]
        and found.severity == wanted.get("severity", found.severity)
        and {re.sub(r"\s", "", item) for item in wanted.get("figures", ())} <= figures
    )


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_case(case: dict[str, Any]):
    found = findings_of(case)
    listed = [(item.rule, item.severity, item.message_zh) for item in found]
    for wanted in case.get("expect", ()):
        assert any(fits(item, wanted) for item in found), (wanted, listed)
    for unwanted in case.get("never", ()):
        assert not any(fits(item, unwanted) for item in found), (unwanted, listed)
    if "grave" in case:
        accused = [item for item in found if item.severity in ("error", "warning")]
        assert {item.rule for item in accused} - DUTIES == set(case["grave"]), listed
    if "only" in case:
        others = [item for item in found if item.rule in case["only"]]
        assert all(any(fits(item, wanted) for wanted in case["expect"]) for item in others), listed


def test_every_rule_has_cases_that_speak_and_cases_that_do_not():
    reported = {item["rule"] for case in CASES for item in case.get("expect", ())}
    silent = {item["rule"] for case in CASES for item in case.get("never", ())}
    known = {rule.id for rule in load_rules()}
    elsewhere = set(DUTIES)  # see test_duties.py
    elsewhere |= {"missing_title", "title_mismatch", "hidden_text", "unread_content"}  # see tests/reading
    assert reported == known - elsewhere
    form = {"section_number", "list_marker", "split_sentence", "heading_style", "missing_heading"}
    assert silent >= known - elsewhere - form - {"several_scopes"}


def test_the_contracted_rules_exist():
    contracted = (
        "ratio attainable_rate sum part_exceeds_whole conflicting_values repeated_passage several_scopes bounds "
        "magnitude claimed_change odd_wording plan_not_result level_not_change section_number list_marker "
        "split_sentence statutory_content statutory_time reused_text"
    )
    assert {rule.id for rule in load_rules()} >= set(contracted.split(" "))


def test_every_finding_says_what_to_check_in_two_languages_and_shows_where():
    for item in (one for case in CASES for one in findings_of(case)):
        assert re.search(r"[一-鿿]", item.message_zh)
        assert re.search(r"[A-Za-z]{3}", item.message_en)
        assert item.message_zh.count("\n") == 0
        assert re.fullmatch(r"[a-z_]+-[0-9a-f]{8}", item.id)
        if item.severity == "error":
            assert item.evidence
        if item.severity == "warning":
            assert "可能无误" in item.message_zh  # the reading under which it holds
            assert "may be right" in item.message_en
        if item.severity in ("warning", "note"):
            assert "请" in item.message_zh


def test_ids_are_stable_and_distinct():
    for case in CASES[::4]:
        first, second = findings_of(case), audited(case)
        assert [item.id for item in first] == [item.id for item in second]
        assert len({item.id for item in first}) == len(first)


def test_an_unknown_rule_is_named_with_those_that_exist():
    with pytest.raises(UnknownNameError, match="ratio"):
        list(load_rules(["rato"]))


def test_what_a_rule_needs():
    rules = list(load_rules())
    assert {rule.id for rule in rules if rule.across_years} == {
        "magnitude",
        "claimed_change",
        "conflicting_values",
        "reused_text",
    }
    without_text = (
        "attainable_rate bounds claimed_change conflicting_values magnitude part_exceeds_whole plan_not_result ratio"
    )
    without_text += " several_scopes statutory_content statutory_time"
    assert {rule.id for rule in rules if not rule.needs_text} == set(without_text.split())


def test_without_the_text_labels_say_what_is_one_measure():
    def figure(label: str, value: int) -> Quantity:
        start = value * 10
        return Quantity(start, start + 3, f"{value}件", value, value, value, "件", "exact", "count", True, label=label)

    def conflicts(*figures: Quantity) -> int:
        context = AuditContext(figures, load_catalogue())
        return sum(item.rule == "conflicting_values" for item in run_rules(context, None, with_text=False))

    assert conflicts(figure("案件数", 30), figure("案件数", 45)) == 1
    assert conflicts(figure("甲案件数", 30), figure("乙案件数", 45)) == 0
    assert conflicts(figure("乙案件数", 30), figure("甲案件数", 45)) == 0


def test_one_wrong_total_printed_twice_is_one_finding_on_both():
    text = "清理规章共计85件，分别为废止12件、修改9件、继续有效62件，合计85件。"
    found = [item for item in audited({"text": text}) if item.rule == "sum"]
    (wrong,) = found
    assert [piece.text for piece in wrong.evidence] == ["85件", "12件", "9件", "62件", "85件"]
    assert len({piece.start for piece in wrong.evidence}) == 5


def test_what_is_counted_as_used_again_is_listed():
    again = (
        "组建流动普法服务队走进夏季牧场开展双语巡回宣讲{}场次，受到{}名牧民群众欢迎。",
        "县政务大厅在每个窗口摆放方言翻译牌并配备{}名帮办员，老年人办事不再来回跑{}趟。",
        "乡镇综合执法队在集贸市场设置公平秤{}台并逐日校验登记公示结果。",
        "司法所为边远嘎查牧户上门办理继承析产法律文书并留存影像档案。",
    )
    before = "".join((again[0].format(30, 400), "上年另做一事。", again[1].format(12, 3), again[2].format(4), again[3]))
    now = "".join((again[0].format(45, 500), "今年另做两事。", again[1].format(12, 3), again[2].format(6), again[3]))
    found = [item for item in audited({"text": now, "earlier": before}) if item.rule == "reused_text"]
    (share,) = [item for item in found if "一字不差" in item.message_zh]
    others = [item for item in found if item is not share]
    assert "4句与2023年报告一字不差" in share.message_zh
    assert "2句连数字也相同，2句只改了数字" in share.message_zh
    cited = [piece.text for item in found for piece in item.evidence if piece.start is not None]
    assert sum(text.count("。") for text in cited) == 4
    assert not any("另做" in piece.text for item in found for piece in item.evidence)
    assert others


def test_every_word_of_what_is_reported_of_the_cases(snapshot: SnapshotAssertion):
    """All findings but those on duties, which are the same for each case; read the difference when it changes."""
    lines = []
    for case in CASES:
        lines.append(f"# {case['name']}")
        for item in findings_of(case):
            if item.rule not in DUTIES:
                evidence = " ".join(
                    f"{piece.text}@{piece.start}-{piece.end}".replace("\n", " ") for piece in item.evidence
                )
                lines.append(f"{item.severity} {item.rule} {item.message_zh} / {item.message_en} / {evidence}")
    assert "\n".join(lines) == snapshot
