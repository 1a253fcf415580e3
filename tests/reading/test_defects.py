"""Structural findings: what each rule sees, what it leaves alone, and that an ordinary report yields none."""

from __future__ import annotations

import json

import pytest

from fazhi_analysis.model import Finding
from fazhi_analysis.reading import read_text

TITLE = "砚桥县2024年法治政府建设年度报告\n"


def found(body: str, rule: str) -> list[Finding]:
    return [finding for finding in read_text(TITLE + body).defects if finding.rule == rule]


def test_an_ordinary_report_has_no_findings() -> None:
    text = (
        TITLE + "2024年，全县有力推进。\n一、成效\n（一）抓学习。一是学法5次。二是考试2次。\n（二）抓督察。督察3次。\n"
        "二、问题\n一是力量薄弱；二是经费不足。\n三、安排\n1.补力量。增加人员。\n2.增经费。列入预算。\n"
        "砚桥县人民政府\n2025年1月8日"
    )
    assert read_text(text).defects == ()


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("一、成效\n好。\n三、问题\n有。", ["缺少序号“二”"]),
        ("一、成效\n好。\n二、问题\n有。\n二、安排\n干。", ["“二”重复"]),
        ("一、成效\n好。\n三、问题\n有。\n二、安排\n干。", ["“二”顺序颠倒"]),
        ("一、成效\n（一）学。好。\n（四）考。好。\n二、问题\n有。", ["缺少序号“二、三”"]),
        ("二、成效\n好。\n三、问题\n有。", ["缺少序号“一”"]),
        ("一、成效\n1.学。好。\n2.考。好。\n二、问题\n3.少。有。", []),
        ("一、成效\n（一）学。好。\n二、问题\n（一）少。有。", []),
    ],
)
def test_section_numbers(body: str, words: list[str]) -> None:
    findings = found(body, "section_number")
    assert len(findings) == len(words)
    for finding, word in zip(findings, words, strict=True):
        assert word in finding.message_zh
        assert finding.message_en
        assert finding.severity == "warning"


@pytest.mark.parametrize(
    ("body", "markers"),
    [
        ("一、成效\n办案7件。三是抓公开。", ["三是"]),
        ("一、成效\n一是学法。三是抓公开。", ["三是"]),
        ("一、成效\n一是学法。一是考试。二是二是。", []),
        ("一、成效\n一是学法。二是考试。二是督察。", ["二是"]),
        ("一、成效\n一是学法。二是考试。\n一是督察。二是问责。", []),
    ],
)
def test_list_markers(body: str, markers: list[str]) -> None:
    findings = found(body, "list_marker")
    assert [finding.evidence[0].text for finding in findings] == markers


def test_split_sentence_names_the_break() -> None:
    findings = found(
        "一、成效\n\n（一）抓学习。集中学\n\n\n法5次，成效好。\n\n（二）抓考试。\n\n考2次。", "split_sentence"
    )
    assert len(findings) == 1
    assert findings[0].evidence[0].text == "\n\n\n"
    assert "集中学／法5次" in findings[0].message_zh


def test_layout_breaks_are_no_findings() -> None:
    assert found("一、成效\n办结案件7件，\n调解2件。", "split_sentence") == []


def test_style_notes_come_once() -> None:
    body = "## 一、成效\n（一）学。好。\n(二)考。好。\n（三）督。好。\n### 二、问题\n有。\n## 三、安排\n干。"
    notes = found(body, "heading_style")
    assert len(notes) == 2
    assert {note.severity for note in notes} == {"note"}
    assert [[place.text for place in note.evidence] for note in notes] == [["(二)考"], ["二、问题"]]


def test_missing_heading_and_title() -> None:
    body = "一、成效\n（一）抓学习。好。\n（二）清理文件4次、评查案卷2次，加强管理。\n（三）抓考核。好。"
    assert [finding.evidence[0].text for finding in found(body, "missing_heading")] == ["（二）"]
    bare = read_text("现将情况报告如下：\n一、成效\n好。\n二、问题\n有。")
    assert [finding.rule for finding in bare.defects] == ["missing_title"]


def test_ids_are_stable_and_unique() -> None:
    text = TITLE + "一、成效\n三是好。\n三、问题\n五是有。\n七、安排"
    first, second = read_text(text).defects, read_text(text).defects
    assert [finding.id for finding in first] == [finding.id for finding in second]
    assert len({finding.id for finding in first}) == len(first) == 4


def test_evidence_is_the_text_at_its_place() -> None:
    text = "　" + TITLE + "一、成效\n （一）学。\n\n三是好。\n三、问题\n"
    for finding in read_text(text).defects:
        for place in finding.evidence:
            assert text[place.start : place.end] == place.text


def test_gold_defects(shared) -> None:
    folder = shared / "gold" / "otog_front_2023"
    report = read_text((folder / "report.txt").read_bytes().decode("utf-8"))
    gold = json.loads((folder / "structure.json").read_text("utf-8"))["defects"]
    mine = {(finding.rule, finding.evidence[0].start, finding.evidence[0].end) for finding in report.defects}
    rules = {
        "missing_section_number": "section_number",
        "stray_list_marker": "list_marker",
        "page_break_in_sentence": "split_sentence",
    }
    wanted = {(rules[row["type"]], row["start"], row["end"]) for row in gold if row["type"] in rules}
    assert wanted == {row for row in mine if row[0] in rules.values()}
    assert len(report.defects) <= 12
    assert all(finding.severity != "error" for finding in report.defects)
    ordinary = read_text((shared / "gold" / "guangming_2021" / "report.txt").read_bytes().decode("utf-8"))
    assert [finding.rule for finding in ordinary.defects] == ["missing_title"]
