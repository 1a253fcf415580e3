"""Three totals of one indicator and time cannot all be its total."""

from __future__ import annotations

import pytest

from fazhi_analysis import extract
from fazhi_analysis.reading import read_text

HEAD = "云汀县农业农村局2024年法治政府建设年度报告\n\n一、主要工作\n"


def links(body: str) -> list[tuple[str, str, str]]:
    found = extract(read_text(HEAD + body, name="报告.txt")).metrics
    return [(metric.text, metric.indicator_id, metric.scope) for metric in found]


def test_bodies_counted_one_by_one_are_no_totals() -> None:
    bodies = [("机关本部", 27), ("农机监理站", 47), ("种苗管理站", 3)]
    body = "；\n\n".join(f"{name}执法岗位设置{at + 1}个，执法人员{count}人" for at, (name, count) in enumerate(bodies))
    officers = [(text, indicator) for text, indicator, _ in links(f"{body}。\n") if text.endswith("人")]
    assert officers == [("27人", ""), ("47人", ""), ("3人", "")]
    first = [(text, indicator) for text, indicator, _ in links(f"{body[:20]}。\n") if text.endswith("人")]
    assert first == [("27人", "enforcement_officers")]


def test_the_one_that_the_others_add_up_to_remains() -> None:
    body = "适用简易程序案件，罚款1100元；适用普通程序案件，罚款700元，全年罚款1800元。\n"
    assert [(text, indicator) for text, indicator, _ in links(body)] == [
        ("1100元", ""),
        ("700元", ""),
        ("1800元", "fines_amount"),
    ]


@pytest.mark.parametrize(
    "body",
    [
        "全局执法人员27人。\n\n二、执法情况\n现有执法人员29人。\n",  # a slip of the report, which the audit names
        "全局执法人员27人。\n\n二、执法情况\n全局执法人员27人。\n\n三、其他\n全局执法人员27人。\n",
    ],
)
def test_two_values_and_a_repeated_one_keep_their_indicator(body: str) -> None:
    assert {indicator for _, indicator, _ in links(body)} == {"enforcement_officers"}


def test_figures_of_several_years_are_totals_of_their_years() -> None:
    body = "2022年受理行政复议案件40件，2023年受理行政复议案件50件，2024年受理行政复议案件65件。\n"
    assert {indicator for _, indicator, _ in links(body)} == {"reconsideration_accepted"}
