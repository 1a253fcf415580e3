"""Labels: the indicator's name, or a clean phrase of a few characters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fazhi_analysis.extracting.labels import LONGEST, label_for
from fazhi_analysis.model import Quantity


def _figure(unit: str = "件", kind: str = "count", change: str = "level") -> Quantity:
    return Quantity(0, 2, f"5{unit}", 5, 5, 5, unit, "exact", kind, True, change=change)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("head", "tail", "unit", "kind", "label"),
    [
        ("全年开通电子证照", "", "种", "count", "开通电子证照数"),
        ("", "听证事项进行严格督办", "项", "count", "听证事项数"),
        ("帮助", "求职者实现再就业", "名", "count", "求职者人数"),
        ("", "社区第一时间成立公共卫生委员会", "个", "count", "社区数"),
        ("防止矛盾激化率达", "", "%", "rate", "防止矛盾激化率"),
        ("涉案货值金额达", "", "元", "money", "涉案货值金额"),
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
