"""Labels: the indicator's name, or a clean phrase of a few characters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fazhi_analysis import extract
from fazhi_analysis.extracting.linking.labels import LONGEST, label_for
from fazhi_analysis.model import Quantity
from fazhi_analysis.reading import read_text


def _figure(unit: str = "件", kind: str = "count", change: str = "level") -> Quantity:
    return Quantity(0, 2, f"5{unit}", 5, 5, 5, unit, "exact", kind, True, change=change)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("head", "tail", "unit", "kind", "label"),
    [
        ("全年开设夜间窗口", "", "个", "count", "开设夜间窗口数"),
        ("", "便民举措得到推广", "项", "count", "便民举措数"),
        ("帮扶", "创业者获得贷款", "名", "count", "创业者人数"),
        ("", "村庄均建成文化广场", "个", "count", "村庄数"),
        ("证照按时送达率达", "", "%", "rate", "证照按时送达率"),
        ("追缴欠缴金额达", "", "元", "money", "追缴欠缴金额"),
        ("先后组织座谈会", "", "次", "count", "座谈会次数"),
        ("涉及资金", "", "元", "money", "涉及资金"),
    ],
)
def test_phrase(head: str, tail: str, unit: str, kind: str, label: str) -> None:
    assert label_for(_figure(unit, kind), "", head, tail) == label


def test_name_of_the_indicator_comes_first() -> None:
    assert label_for(_figure(), "受理行政复议案件数", "其中受理", "") == "受理行政复议案件数"


def test_change_is_named() -> None:
    assert label_for(_figure("%", "rate", "yoy_pct"), "受理行政复议案件数", "", "") == "受理行政复议案件数同比变化率"


def test_without_words_the_label_says_so() -> None:
    assert label_for(_figure("件"), "", "", "") == "未注明事项（件）"


@given(st.text(max_size=60), st.text(max_size=60), st.sampled_from(["件", "%", "元", "名", ""]))
def test_label_is_short_and_never_empty(head: str, tail: str, unit: str) -> None:
    kind = {"%": "rate", "元": "money"}.get(unit, "count")
    label = label_for(_figure(unit, kind), "", head, tail)
    assert 0 < len(label) <= LONGEST + 12
    assert "\n" not in label


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("考试通过率由上年的80.5%提高到91.2%。", ["考试通过率", "考试通过率"]),
        ("办理司法鉴定320件，同比增长8%。", ["办理司法鉴定数", "办理司法鉴定数同比增幅"]),
        ("来信42件，较去年同期的50件下降16%。", ["来信数", "上年同期来信数", "来信数同比降幅"]),
        ("印发6家单位的“三定”规定和4个文件。", ["单位家数", "文件数"]),
        ("督导覆盖人数超900余人次。", ["督导覆盖人次"]),
        ("新增律师事务所3家。", ["新增律师事务所家数"]),
    ],
)
def test_labels_in_sentences(text: str, labels: list[str]) -> None:
    found = extract(read_text(f"青湖县2023年法治政府建设情况报告\n{text}", name="a.txt")).metrics
    assert [figure.label for figure in found] == labels


@pytest.mark.parametrize(
    ("heading", "role"),
    [
        ("2023年主要举措和成效", "result"),
        ("2023年重点任务完成情况", "result"),
        ("2024年重点任务", "plan"),
        ("下一步工作举措", "plan"),
    ],
)
def test_heading_tells_plans_from_results(heading: str, role: str) -> None:
    report = read_text(f"青湖县2023年法治政府建设情况报告\n\n一、{heading}\n召开会议5次。\n", name="a.txt")
    assert [figure.role for figure in extract(report).metrics] == [role]
