"""Rules on rows whose text is not kept: values, units and labels are all that they can go by."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fazhi_analysis.analysis.audit.applying import run_rules
from fazhi_analysis.analysis.audit.context import AuditContext
from fazhi_analysis.analysis.audit.rules.claimed_change import falls
from fazhi_analysis.catalogue import load_catalogue
from fazhi_analysis.model import Quantity


def _row(value: float, unit: str = "件", kind: str = "count", **more: str) -> Quantity:
    wanted = {"qualifier": "exact", "label": "办件", "row_id": "x:m001"} | more
    qualifier = wanted.pop("qualifier")
    return Quantity(-1, -1, "", value, value, value, unit, qualifier, kind, True, **wanted)


def _of_rule(rule: str, *rows: Quantity, earlier: tuple[Quantity, ...] = ()) -> list[str]:
    context = AuditContext(rows, load_catalogue(), year=2024, earlier=earlier, earlier_year=2023)
    return [item.severity for item in run_rules(context, None, with_text=False) if item.rule == rule]


@pytest.mark.parametrize(
    ("row", "severities"),
    [
        (_row(-3), ["error"]),
        (_row(-0.5), ["error"]),
        (_row(0), []),
        (_row(-3, "%", "rate"), []),
        (_row(-3, "元", "money"), []),
        (_row(-3, change="yoy_abs"), []),
        (_row(100, "%", "rate"), []),
        (_row(100.5, "%", "rate"), ["warning"]),
        (_row(100.5, "%", "rate", label="群众满意率"), ["error"]),
        (_row(100.5, "%", "rate", change="yoy_pct"), []),
        (_row(3.5), ["warning"]),
        (_row(1.5, qualifier="over"), ["warning"]),
        (_row(3.5, qualifier="about"), []),
        (_row(3.5, role="plan"), []),
        (_row(3.5, role="target"), []),
        (_row(3.5, "公里"), []),
        (_row(3.5, "元", "money"), []),
        (_row(3.5, label="人均办件"), []),
    ],
)
def test_what_a_measure_cannot_be(row: Quantity, severities: list[str]) -> None:
    assert _of_rule("bounds", row) == severities


def test_each_row_is_judged_by_itself() -> None:
    rows = (_row(150, "%", "rate", label="任务完成率"), _row(5, change="yoy_abs"), _row(-3))
    assert _of_rule("bounds", *rows) == ["error"]


@pytest.mark.parametrize(
    ("now", "before", "told"),
    [
        ("复议机关收案", "复议机关结案", 1),
        ("复议机关收案", "信访窗口登记", 0),
        ("收案", "信访窗口登记", 0),
        ("", "信访窗口登记", 1),
    ],
)
def test_what_other_words_say_is_not_measured_by_last_year(now: str, before: str, told: int) -> None:
    of = {"indicator_id": "reconsideration_accepted"}
    rows = _row(650, quote=f"{now}650件", **of), _row(13, quote=f"{before}13件", **of)
    assert len(_of_rule("magnitude", rows[0], earlier=(rows[1],))) == told


@pytest.mark.parametrize(
    ("quote", "fell"), [("同比增长3.2%，增速下降", False), ("同比下降3.2%，降幅比增幅高", True), ("同比3.2%", None)]
)
def test_which_way_a_figure_went_is_said_before_it(quote: str, fell: bool | None) -> None:
    claim = replace(_row(3.2, "%", "rate", quote=quote, change="yoy_pct"), text="3.2%")
    assert falls(AuditContext((claim,), load_catalogue()), claim) is fell


@pytest.mark.parametrize(
    ("now", "before", "told"),
    [(650, 13, 1), (640, 13, 0), (13, 650, 1), (130, 13, 1), (4, 0.04, 0), (5, 0.05, 1), (-650, 13, 1), (0, 13, 0)],
)
def test_how_far_from_last_year_is_no_ordinary_change(now: float, before: float, told: int) -> None:
    of = {"indicator_id": "reconsideration_accepted"}
    rows = _row(now, **of), _row(before, **of)
    assert len(_of_rule("magnitude", rows[0], earlier=(rows[1],))) == told
