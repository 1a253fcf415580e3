"""Statutory time limits and contents: by the rule of the year, four answers, “cannot tell” never “no”."""

from __future__ import annotations

import csv
from datetime import date
from importlib.resources import files

import pytest

from fazhi_analysis.analysis.audit import audit
from fazhi_analysis.analysis.audit.applying import run_rules
from fazhi_analysis.analysis.audit.context import AuditContext
from fazhi_analysis.analysis.audit.duties import contents_for, duty_for
from fazhi_analysis.analysis.audit.rules.part_exceeds_whole import nested_counts
from fazhi_analysis.catalogue import load_catalogue
from fazhi_analysis.model import Finding, Statement
from fazhi_analysis.reading import read_text

DUTIES = ("statutory_content", "statutory_time")


def answers(found: list[Finding]) -> dict[str, str]:
    """Duty -> answer, as printed."""
    texts = [item.message_zh.partition("。")[0] for item in found if item.rule in DUTIES]
    return dict(
        f"{text.removeprefix('未见')}：否".split("：") if text.startswith("未见") else text.split("：")
        for text in texts
    )


def report(year: int = 2023, body: str = "", signed: str = "2024年2月20日", to: str = "") -> list[Finding]:
    letter = f"甲县人民政府\n\n{to}：\n\n现将报告报上。\n\n" if to else ""
    return audit(
        read_text(f"{letter}甲县人民政府{year}年法治政府建设年度报告\n\n{body}\n\n甲县人民政府\n{signed}\n", name="例"),
        rules=DUTIES,
    )


@pytest.mark.parametrize(
    ("year", "level", "due"),
    [
        (2014, "", None),
        (2016, "", date(2017, 4, 1)),
        (2018, "", None),
        (2019, "", date(2020, 3, 1)),
        (2024, "department", date(2025, 3, 1)),
        (2024, "province", date(2025, 4, 1)),
    ],
)
def test_the_due_date_is_that_of_the_year_and_level(year: int, level: str, due: date | None):
    duty = duty_for(year, level)
    assert (duty.report_before if duty else None) == due


@pytest.mark.parametrize(
    ("signed", "answer"), [("2024年2月29日", "是"), ("2024年3月1日", "否"), ("2024年3月9日", "否")]
)
def test_before_the_first_of_march(signed: str, answer: str):
    found = report(signed=signed)
    assert answers(found)["按时报送"] == answer
    (time,) = [item for item in found if item.message_zh.startswith("按时报送")]
    assert [piece.text for piece in time.evidence] == [signed]
    assert answers(found)["按时公开"] == "无法判断"


def test_no_date_is_no_answer():
    assert answers(report(signed=""))["按时报送"] == "无法判断"
    assert answers(report(2018, signed="2019年3月20日"))["按时报送"] == "无法判断"


def test_contents():
    body = (
        "一、工作成效\n党政主要负责人履行第一责任人职责。制定文件9件，培训80人，调解纠纷60件，普法30场，答复申请8件。\n"
        "二、存在问题\n一是执法力量不足，主要原因是编制偏少。二是普法形式单一。\n"
        "三、下一步打算\n一是充实执法力量。二是创新普法形式。\n"
    )
    texts = answers(report(body=body, to="甲县人大常委会"))
    assert texts["主要举措和成效"] == "是"
    assert texts["存在的不足"] == "是"
    assert texts["不足的原因"] == "不充分"
    assert texts["第一责任人履职情况"] == "是"
    assert texts["下一年度安排"] == "是"
    assert texts["报送人大常委会"] == "是"
    assert texts["报送党委"] == texts["报送上一级政府"] == "无法判断"


def test_single_acts_of_the_leader_are_weak():
    assert answers(report(body="县长带头学法2次。"))["第一责任人履职情况"] == "不充分"
    assert answers(report(body="全县学法2次。"))["第一责任人履职情况"] == "否"


@pytest.mark.parametrize(("causes", "answer"), [(0, "否"), (1, "不充分"), (2, "是")])
def test_causes_of_all_shortcomings_of_some_and_of_none(causes: int, answer: str):
    metadata = {"title": "甲县2023年法治政府建设年度报告"}
    given = ["培训太少"] * causes + [""] * (2 - causes)
    problems = tuple(Statement("problem", n, "人手不足", 0, 4, cause=cause) for n, cause in enumerate(given, 1))
    context = AuditContext((), load_catalogue(), year=2023, statements=problems, metadata=metadata)
    assert answers(run_rules(context, DUTIES, with_text=False))["不足的原因"] == answer


def test_other_kinds_of_documents_are_under_no_such_duty():
    text = "各位代表：\n现在，我代表县人民政府向大会作工作报告。\n一、2023年工作回顾\n培训80人。\n"
    assert audit(read_text(text, name="例"), rules=DUTIES) == []


def test_figures_alone_answer_nothing_they_cannot():
    context = AuditContext((), load_catalogue(), year=2023, metadata={"title": "甲县2023年法治政府建设年度报告"})
    assert set(answers(run_rules(context, DUTIES, with_text=False)).values()) == {"无法判断"}
    problems = (Statement("problem", 1, "人手不足", 0, 4),)
    context = AuditContext((), load_catalogue(), year=2023, statements=problems)
    texts = answers(run_rules(context, DUTIES, with_text=False))
    assert (texts["存在的不足"], texts["不足的原因"], texts["下一年度安排"]) == ("是", "否", "否")


@pytest.mark.parametrize(("published", "answer"), [("2024-03-31", "是"), ("2024-04-01", "否"), ("", "无法判断")])
def test_published_before_the_first_of_april(published: str, answer: str):
    metadata = {"title": "甲县2023年法治政府建设年度报告", "published_date": published}
    context = AuditContext((), load_catalogue(), year=2023, metadata=metadata)
    assert answers(run_rules(context, DUTIES, with_text=False))["按时公开"] == answer


def test_reports_before_the_rule_have_no_list_of_contents():
    assert contents_for(2017) == ()
    assert {item.key for item in contents_for(2023, "province")} == {
        *("measures", "shortcomings", "causes", "plan", "addressee-中央")
    }


def test_article_numbers_are_data_that_nobody_verified_and_never_shown():
    rows = csv.DictReader(
        files("fazhi_analysis.analysis.audit").joinpath("duty_contents.csv").read_text("utf-8").splitlines()
    )
    assert {row["verified"] for row in rows} == {"false"}
    for item in report():
        assert "条）" not in item.message_zh
        assert "article" not in item.message_en.lower()


def test_nested_counts_are_counts_of_the_catalogue():
    catalogue = load_catalogue()
    for part, whole, _ in nested_counts():
        assert catalogue[part].kind == catalogue[whole].kind == "count"
