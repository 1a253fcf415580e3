"""Several texts on one page: the plan of one ends where the next begins."""

from __future__ import annotations

import pytest

from fazhi_analysis.extracting import extract
from fazhi_analysis.reading import read_text

_FIRST = "全年办案45件。\n一、主要做法\n开展培训12期。\n二、下一步打算\n计划开展培训20期。\n"
_SECOND = "\n今年以来，我镇调解纠纷210件。\n一、工作开展情况\n组织宣传33场。\n二、下一步工作\n力争办案30件。\n"


def _roles(text: str) -> dict[str, str]:
    return {figure.text: figure.role for figure in extract(read_text(text, name="x.txt")).metrics}


@pytest.mark.parametrize(
    "opening", ["篇二", "【篇2】", "第二篇：镇工作总结", "范文二", "依法行政工作总结 篇2", "石门镇法治政府建设工作总结"]
)
def test_the_plan_of_one_text_ends_where_the_next_begins(opening: str) -> None:
    found = _roles("县局法治政府建设工作总结（通用2篇）\n" + _FIRST + opening + _SECOND)
    assert found == {
        "45件": "result",
        "12期": "result",
        "20期": "plan",
        "210件": "result",
        "33场": "result",
        "30件": "target",
    }


def test_a_numbered_line_that_names_a_report_is_part_of_the_plan() -> None:
    plan = "二、2025年工作安排\n（一）加强培训\n举办培训20期。\n（二）按时报送法治政府建设年度报告\n制定文件5件。\n"
    found = _roles("云汀县2024年法治政府建设年度报告\n一、主要做法\n办案8件。\n" + plan)
    assert found == {"8件": "result", "20期": "plan", "5件": "plan"}
