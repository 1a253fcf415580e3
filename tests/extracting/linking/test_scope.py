"""Scope: whose figure it is, where the wording says so."""

from __future__ import annotations

import pytest

from fazhi_analysis.extracting.linking.scope import scope_of


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
