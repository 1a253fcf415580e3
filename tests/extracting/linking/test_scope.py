"""Scope: whose figure it is, where the wording says so."""

from __future__ import annotations

import pytest

from fazhi_analysis.extracting import extract
from fazhi_analysis.extracting.linking.scope import scope_of
from fazhi_analysis.reading import read_text


@pytest.mark.parametrize(
    ("own", "clause", "scope"),
    [
        ("公布旗本级权责清单", "", "旗本级"),
        ("县本级办理行政复议案件", "", "县本级"),
        ("以区政府为被告的行政诉讼案件", "", "以区政府为被告"),
        ("以县级部门为被申请人的行政复议案件", "", "以县级部门为被申请人"),
        ("全县共调解矛盾纠纷", "", "全县"),
        ("调解矛盾纠纷", "2023年全市各级调解组织", "全市"),
        ("全面清理文件", "", ""),
        ("健全市场监管机制", "", ""),
        ("办理行政复议案件", "", ""),
        ("全市场主体", "", ""),
        ("省政府本级收到行政复议申请", "", "省本级"),
        ("评查行政许可案卷", "", "行政许可案卷"),
        ("评查行政处罚案卷和行政许可案卷", "", ""),
        ("新收一审行政应诉案件", "", "一审"),
    ],
)
def test_scope(own: str, clause: str, scope: str) -> None:
    assert scope_of(own, clause) == scope


def test_the_narrower_scope_wins() -> None:
    assert scope_of("全县行政诉讼案件中以县政府为被告的") == "以县政府为被告"


@pytest.mark.parametrize(
    ("text", "scopes"),
    [
        (
            "街道级事项182项，网上可办率98.1%；社区级事项64项，网上可办率97.2%。",
            ["街道级", "街道级", "社区级", "社区级"],
        ),
        ("主要负责人出庭12件，出庭应诉率100%。", ["主要负责人", ""]),
        ("县政府负责人出庭应诉率95%，部门和乡镇负责人出庭应诉率91.2%。", ["县政府", "部门和乡镇"]),
        ("涉企行政复议案件45件，调解和解28件。", ["涉企行政复议", "涉企行政复议"]),
        ("涉企行政复议案件45件，开展普法宣传30场。", ["涉企行政复议", ""]),
        ("全年办理卫生健康类行政许可事项6520件。", ["卫生健康类"]),
    ],
)
def test_levels_offices_and_kinds_are_parts_of_the_place(text: str, scopes: list[str]) -> None:
    report = read_text(f"云汀县人民政府2025年法治政府建设年度报告\n\n{text}", name="a.txt")
    assert [figure.scope for figure in extract(report).metrics] == scopes
